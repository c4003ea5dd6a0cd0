"""A frame about a date of the member's -> its condition: the date itself, or the day that returns.

What lies ahead can be asked of a date, never of what members did.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import assert_never

from assistant.grammar import vague
from assistant.grammar.frames import Frame
from assistant.grammar.meaning.unclear import Unclear, ask_at
from assistant.grammar.moves.context import Context
from assistant.grammar.moves.dates import lies_ahead
from assistant.grammar.pieces import VagueWord, When
from assistant.grammar.reading import Note
from assistant.grammar.variants import Variants, asked, noted, settled
from assistant.grammar.years import in_year, lacks_year, plain_year, year_of
from segments.catalogue import Attribute, Type
from segments.definition import (
    Ago,
    Ahead,
    Anniversary,
    Calendar,
    Condition,
    DateField,
    Fixed,
    Near,
    Operator,
    Period,
    Rolling,
    Several,
    Span,
    Stretch,
    Test,
    Turn,
    Unit,
    Whole,
)
from segments.predictions import Target

_PAST = frozenset({"birth_date", "registered", "age"})  # such a date never lies ahead
_AHEAD = frozenset({Target.NEXT_ORDER})  # and such a one always does
_A_YEAR = {Unit.YEAR: 1, Unit.QUARTER: 4, Unit.MONTH: 12}
_BY_DAY = frozenset({Unit.DAY, Unit.WEEK})
_OPEN = frozenset({Operator.GT, Operator.GE})


def date_condition(context: Context, frame: Frame) -> Variants:
    """The date of a field in its window, or in one of those listed. Raises Unclear."""
    field = context.catalogue.fields[frame.field or ""]
    if field.type not in (Type.DATE, Type.TIME, Type.AGE):
        raise Unclear("no_place_for")
    if isinstance(frame.window, VagueWord):
        return _vague(frame, field, frame.window)
    assert frame.window is not None
    if not frame.also:
        return _one(frame, field, frame.window)
    joints = {joint for joint, _ in frame.also}
    if not joints & {"and", "or"} or joints >= {"and", "or"}:
        raise Unclear("scope")
    notes = (Note("and_means_or"),) if "and" in joints else ()
    return noted(_one(frame, field, _listed(frame.window, frame.also)), *notes)


def _listed(first: When, others: Sequence[tuple[str, When]]) -> When:
    """One time for several. Raises Unclear where they are not all of a plain kind."""
    said = _dated((first, *(when for _, when in others)))
    windows = [when.window for when in said]
    if any(when != When(when.window, bare=when.bare) for when in said):
        raise Unclear("scope")
    stretches = tuple(w for w in windows if isinstance(w, Stretch))
    if len(stretches) < len(windows):
        raise Unclear("scope")
    return When(Several(stretches))


def _dated(said: tuple[When, ...]) -> tuple[When, ...]:
    """As in "November and December 2024": the year that closes a list holds for all of it. Raises
    Unclear when it stands elsewhere."""
    lacking = [when for when in said if lacks_year(when.window)]
    year = year_of(said[-1].window)
    before = [
        each for when in said[:-1] if (each := year_of(when.window) or plain_year(when.window))
    ]
    if not lacking or not (year or before):
        return said
    if year is None or before:
        raise Unclear("scope")
    dated = [in_year(when.window, year) if when in lacking else when.window for when in said]
    if not all(dated):
        raise Unclear("scope")
    return tuple(replace(when, window=w) for when, w in zip(said, dated, strict=True) if w)


def _one(frame: Frame, field: Attribute, said: When) -> Variants:
    window = said.window
    if said.negated or isinstance(window, Near):
        raise Unclear("no_place_for")
    parts = window.windows if isinstance(window, Several) else (window,)
    yearless = any(_yearless(each) for each in parts)
    birth = field.role == "birth_date" or field.type is Type.AGE
    if frame.turning is not None:
        return settled(DateField(field.name, _turned(said, frame.turning)))
    if frame.yearly or (birth and yearless):
        return _returning(frame, field, said)  # born in May: in any year
    if birth and not all(isinstance(each, Span | Period) for each in parts):
        raise Unclear("born_when")
    if lies_ahead(said) and field.role in _PAST:
        raise Unclear("ahead_of_event")
    if field.role not in _PAST and yearless:
        raise Unclear("which_year")  # the last March, or the next?
    if said.within and field.role not in _PAST and isinstance(window, Rolling):
        if field.role in _AHEAD:
            return settled(DateField(field.name, _mirrored(window)))
        both = (DateField(field.name, _mirrored(window)), DateField(field.name, window))
        return asked(ask_at(frame, "within_date"), both)
    return _by_then(frame, said, lambda each: DateField(field.name, each))


def _turned(said: When, age: int) -> Fixed:
    """As in "turn 50 next month": they were born that month 50 years before. Raises Unclear."""
    window = said.window
    if not isinstance(window, Calendar) or window.unit not in _A_YEAR:
        raise Unclear("turning_when")
    return Calendar(window.unit, window.offset - age * _A_YEAR[window.unit])


def _yearless(window: Fixed) -> bool:
    """Whether it is a part of the year, and not said of which: not "2024", nor "last"."""
    ends = (window.start, window.end) if isinstance(window, Span) else (window,)
    periods = (each for each in ends if isinstance(each, Period))
    return any(each.year is None and each.turn is Turn.LATEST for each in periods)


def _returning(frame: Frame, field: Attribute, said: When) -> Variants:
    window = said.window
    if isinstance(window, Near):
        raise Unclear("no_place_for")
    if said.within and isinstance(window, Rolling):
        window = _mirrored(window)
    if not _within_a_year(window):
        raise Unclear("no_place_for")
    found = _by_then(frame, replace(said, window=window), lambda w: Anniversary(field.name, w))
    parts = window.windows if isinstance(window, Several) else (window,)
    return noted(found, Note("leap_day")) if any(map(_splits_february, parts)) else found


def _by_then(frame: Frame, said: When, made: Callable[[Fixed], Condition]) -> Variants:
    """The condition in its window; "in 30 days" may be that day, or any until then."""
    window = said.window
    assert not isinstance(window, Near)
    if not said.by_then or not isinstance(window, Ahead):
        return settled(made(window))
    until = replace(window, test=Test(Operator.LE, window.test.values))
    return asked(ask_at(frame, "ahead_exact"), (made(until), made(window)))


def _mirrored(window: Rolling) -> Fixed:
    """The same length of time, ahead of today."""
    if window.unit is Unit.HOUR:
        raise Unclear("no_place_for")
    return Ahead(Test(Operator.LE, (window.count,)), window.unit)


def _within_a_year(window: Fixed) -> bool:
    """Whether the window leaves some days of the year out, so that an anniversary says anything."""
    match window:
        case Rolling(unit=unit) | Calendar(unit=unit) | Whole(unit=unit):
            return unit not in (Unit.HOUR, Unit.YEAR)
        case Period():
            return window != Period(window.year)
        case Ago(test, unit) | Ahead(test, unit):
            return test.operator not in _OPEN and unit not in (Unit.HOUR, Unit.YEAR)
        case Span(start, end):
            return start is not None and end is not None
        case Several(windows):
            return all(map(_within_a_year, windows))
        case _:
            assert_never(window)


def _splits_february(window: Fixed) -> bool:
    """Whether the window may tell 28 from 29 February."""
    match window:
        case Calendar(unit=unit) | Whole(unit=unit):
            return unit in _BY_DAY
        case Period():
            months = window.half or window.quarter or window.month
            return months is None or window.day is not None
        case _:
            return True


def _vague(frame: Frame, field: Attribute, word: VagueWord) -> Variants:
    """As in "Recently" and "soon": how long ago, or how far ahead, is asked."""
    returns = frame.yearly
    soon = word.concept == "soon"
    if soon and field.role in _PAST and not returns:
        raise Unclear("ahead_of_event")
    if field.type is Type.AGE and not returns:
        raise Unclear("born_when")
    windows = vague.SOON if soon else vague.RECENT
    kind = Anniversary if returns else DateField
    found: list[Condition] = [kind(field.name, window) for window in windows]
    notes = (Note("leap_day"),) if returns else ()
    return asked(ask_at(frame, f"vague_{word.concept}"), found, *notes)
