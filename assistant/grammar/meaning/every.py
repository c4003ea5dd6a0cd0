"""What is done in every month, quarter … of a time whose parts can be counted, or is part of every
record -> its condition."""

from datetime import date, timedelta

from assistant.grammar.frames import Frame
from assistant.grammar.meaning.groups import grouped_condition
from assistant.grammar.meaning.records import filters
from assistant.grammar.meaning.unclear import Unclear
from assistant.grammar.moves.context import Context
from assistant.grammar.pieces import When
from assistant.grammar.reading import Note
from assistant.grammar.variants import Variants, mapped, settled
from segments.catalogue import Event
from segments.definition import (
    Aggregate,
    All,
    Calendar,
    Condition,
    Kind,
    Measure,
    Not,
    Operator,
    Period,
    Records,
    Rolling,
    Span,
    Test,
    Unit,
    Whole,
    Window,
)

_IN_YEAR = {Unit.MONTH: 12, Unit.QUARTER: 4}
_IN_HALF = {Unit.MONTH: 6, Unit.QUARTER: 2}


def in_every(context: Context, event: Event, frame: Frame) -> Variants:
    """As in "bought in every month of 2025": in as many different ones as there are. Raises
    Unclear."""
    more = frame.compare or frame.distinct or frame.which or frame.mode or frame.measured
    several = any(len(said.options) > 1 and said.joint != "or" for said in frame.restrictions)
    if more or several or frame.group or frame.texts or not isinstance(frame.window, When):
        raise Unclear("not_yet", what="every")
    if frame.each_of and frame.negated:
        raise Unclear("scope")  # "not bought in each of the last 3 months": in none, or not in all?
    unit = Unit(frame.each_unit)
    window, notes = _over(frame.window.window, unit)
    number = parts(window, unit)
    if number is None or event.time is None:
        raise Unclear("not_yet", what="every")
    records = Records(event.name, filters(context, event, frame), window)
    there = Aggregate(Kind.DISTINCT, records, frame.each_unit)
    return settled(Measure(there, Test(Operator.GE, (number,))), *notes)


def _over(window: Window, unit: Unit) -> tuple[Window, tuple[Note, ...]]:
    """As in "every month of the last six": the whole ones that are over, which is said."""
    match window:
        case Rolling(count, rolled) if rolled is unit and count > 1:
            return Whole(count, unit), (Note("whole_units"),)
        case _:
            return window, ()


def in_each_record(context: Context, event: Event, frame: Frame, some: Condition) -> Variants:
    """As in "bought tea on every order": some of it in each, and so no order without it."""
    others = (*frame.restrictions[: frame.sole], *frame.restrictions[frame.sole + 1 :])
    said, window = frame.restrictions[frame.sole], frame.window
    lacking = frame._replace(restrictions=others, lacking=(said,), sole=-1, every=False)
    time = window.window if isinstance(window, When) else None
    without = grouped_condition(context, event, lacking, time)
    return mapped(without, lambda each: All((some, Not(each))))


def parts(window: Window, unit: Unit) -> int | None:
    """How many whole parts a time has that is over or has an end; None where that changes."""
    match window:
        case Calendar(Unit.YEAR, offset) if offset < 0:
            return _IN_YEAR.get(unit)
        case Calendar(Unit.QUARTER, offset) if offset < 0 and unit is Unit.MONTH:
            return 3
        case Whole(count, whole) if whole is unit:
            return count
        case Whole(count, Unit.YEAR) if unit in _IN_YEAR:
            return count * _IN_YEAR[unit]
        case Whole(count, Unit.QUARTER) if unit is Unit.MONTH:
            return 3 * count
        case Period(year=int(), half=int()) if window == Period(window.year, half=window.half):
            return _IN_HALF.get(unit)
        case Period(year=int(), quarter=int()) if window == Period(
            window.year, quarter=window.quarter
        ):
            return 3 if unit is Unit.MONTH else None
        case Period(year=int()) if window == Period(window.year):
            return _IN_YEAR.get(unit)
        case Span(date() as start, date() as end, after=False, before=False):
            return _months(start, end) if unit is Unit.MONTH else None
        case _:
            return None


def _months(start: date, end: date) -> int | None:
    """How many, where both ends are those of months."""
    if start.day > 1 or (end + timedelta(days=1)).day > 1 or end < start:
        return None
    return 12 * (end.year - start.year) + end.month - start.month + 1
