"""How many in a month, a week … -> on average, or in each one of a time that is said or asked.

The average is either the time between one record and the next, over all that they did, or so many
in a time as its parts come to. Start at `per_unit`.
"""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from assistant.grammar.frames import Frame
from assistant.grammar.meaning.every import parts
from assistant.grammar.meaning.unclear import Unclear, ask_at
from assistant.grammar.moves.context import Context
from assistant.grammar.pieces import Amount, Compare, When
from assistant.grammar.proportions import exact
from assistant.grammar.reading import Note
from assistant.grammar.rhythms import DAYS, ROUGH
from assistant.grammar.variants import Variants, asked, noted, settled
from segments.catalogue import Event
from segments.definition import (
    EXISTS,
    Condition,
    Gap,
    Grouped,
    Kind,
    Measure,
    Not,
    Operator,
    Rolling,
    Test,
    Unit,
    Whole,
    Window,
)

Meant = Callable[[Context, Event, Frame], Variants]
WEEKS = 13  # of a quarter
_YEAR = {
    Unit.DAY: Rolling(30, Unit.DAY),
    Unit.WEEK: Rolling(52, Unit.WEEK),
    Unit.MONTH: Rolling(12, Unit.MONTH),
    Unit.QUARTER: Rolling(12, Unit.MONTH),
    Unit.YEAR: Rolling(1, Unit.YEAR),
}
_TURNED = {
    Operator.LT: Operator.GT,
    Operator.LE: Operator.GE,
    Operator.GT: Operator.LT,
    Operator.GE: Operator.LE,
}
_BEYOND = {Operator.LT: Operator.GE, Operator.LE: Operator.GT}  # what no part of the time may have
_ONCE = Compare(Test(Operator.GE, (1,)), Amount(1, times=True))
_AVERAGED = frozenset({Kind.COUNT, Kind.SUM})


def per_unit(context: Context, event: Event, frame: Frame, meant: Meant) -> Variants:
    """Every reading of so many in each unit of time; `meant` is what the frame says without it.
    Raises Unclear."""
    unit = Unit(frame.each_unit)
    compare, said = frame.compare or _ONCE, frame.window
    vague = said is not None and not isinstance(said, When)
    if not isinstance(compare, Compare) or vague or event.time is None or frame.negated:
        raise Unclear("not_yet", what="rate")
    if unit not in _YEAR:  # an hour
        raise Unclear("not_yet", what="rate")
    if frame.which or frame.spaced or frame.rhythm or frame.mode not in ("", "average"):
        raise Unclear("not_yet", what="rate")
    notes: tuple[Note, ...] = ()
    if compare.bare:
        test = Test(Operator.GE, compare.test.values)
        compare = replace(compare, test=test, bare=False)
        notes = (Note("rate_at_least"),)
    window = said.window if isinstance(said, When) else _YEAR[unit]
    plain = frame._replace(each_unit="", compare=compare, mode="", window=When(window))
    found: Variants = ()
    for variant in meant(context, event, plain):
        if variant.picks or not isinstance(variant.condition, Measure):
            raise Unclear("not_yet", what="rate")
        found += noted(_readings(frame, variant.condition, unit, window), *variant.notes)
    return noted(found, *notes)


def _readings(frame: Frame, one: Measure, unit: Unit, window: Window) -> Variants:
    number = _whole(window, unit)
    spacing = _spacing(one, unit) if frame.window is None else None
    if frame.each_of and number is not None:
        return settled(_in_each(_in_whole(one, number, unit), number, unit), Note("whole_units"))
    found: list[Condition] = []
    notes = []
    if spacing is not None:
        found.append(spacing)
        notes += [Note("month_in_days")] if unit in ROUGH else []
    if number is not None and one.aggregate.kind in _AVERAGED:
        found.append(_on_average(one, number))
    if number is not None and number > 1 and frame.mode != "average":
        found.append(_in_each(one, number, unit))
    if unit is Unit.WEEK and not _in_weeks(window):
        notes.append(Note("month_in_days"))
    if not found:
        raise Unclear("not_yet", what="rate")
    if frame.window is None and number is not None:
        notes.append(Note("rate_latest" if len(found) == 1 else "rate_window"))
    if len(found) == 1:
        return settled(found[0], *notes)
    return asked(ask_at(frame, "rate"), found, *notes)


def _spacing(one: Measure, unit: Unit) -> Gap | None:
    """The time between records that so many of them leave: 3 a month are 10 days apart."""
    aggregate, test = one.aggregate, one.test
    if aggregate.kind is not Kind.COUNT or test.operator not in _TURNED:
        return None
    many = test.values[0]
    if not isinstance(many, int | Decimal) or many <= 0:
        return None
    days = exact(Fraction(DAYS[unit]) / Fraction(many))
    if days is None:
        return None
    records = replace(aggregate.records, window=None)
    return Gap(Kind.AVERAGE, records, Test(_TURNED[test.operator], (days,)))


def _in_weeks(window: Window) -> bool:
    return isinstance(window, Rolling) and window.unit in (Unit.DAY, Unit.WEEK)


def _on_average(one: Measure, number: int) -> Measure:
    values = tuple(
        value * number if isinstance(value, int | Decimal) else value for value in one.test.values
    )
    return replace(one, test=Test(one.test.operator, values))


def _in_each(one: Measure, number: int, unit: Unit) -> Condition:
    """As many in every part of the time; or in none of them more, as some may have none at all.

    A rolling time touches a calendar unit more than it is long: the whole ones that are over are
    asked for."""
    beyond = _BEYOND.get(one.test.operator)
    if beyond is None:
        whole = _in_whole(one, number, unit)
        return Grouped(unit.value, (whole,), Test(Operator.GE, (number,)))
    more = replace(one, test=Test(beyond, one.test.values))
    return Not(Grouped(unit.value, (more,), EXISTS))


def _in_whole(one: Measure, number: int, unit: Unit) -> Measure:
    records = one.aggregate.records
    if not isinstance(records.window, Rolling):
        return one
    records = replace(records, window=Whole(number, unit))
    return replace(one, aggregate=replace(one.aggregate, records=records))


def _whole(window: Window, unit: Unit) -> int | None:
    """How many whole units a time has, 13 weeks in a quarter; None where that changes."""
    if unit is Unit.WEEK:
        quarters = _whole(window, Unit.QUARTER)
        if quarters is not None:
            return quarters * WEEKS
    if not isinstance(window, Rolling):
        return parts(window, unit)
    for steps in ({Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}, {Unit.DAY: 1, Unit.WEEK: 7}):
        if unit in steps and window.unit in steps:
            number, rest = divmod(window.count * steps[window.unit], steps[unit])
            return None if rest else number
    return None
