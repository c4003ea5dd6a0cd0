"""The two stretches of time of a comparison: what one of them leaves to the other.

Each way to read them comes with what it takes for granted. Start at `stretches`.
"""

from dataclasses import replace

from assistant.grammar.meaning.unclear import Unclear
from assistant.grammar.pieces import VagueWord, When
from assistant.grammar.reading import Note
from segments.definition import (
    Ago,
    Calendar,
    Operator,
    Period,
    Rolling,
    Test,
    Unit,
    Window,
)

Pair = tuple[Window | None, Window | None, tuple[Note, ...]]
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}


def stretches(
    left: When | VagueWord | None, right: When | VagueWord | None, *, apart: bool
) -> list[Pair]:
    """Every way to read the two; `apart` when the sides differ otherwise too. Raises Unclear."""
    one = left.window if isinstance(left, When) else None
    other = right.window if isinstance(right, When) else None
    if isinstance(left, When) and left.before:
        raise Unclear("no_place_for")
    if isinstance(right, When) and right.before:
        return [(one, _before(one, right.window), ())]
    if one is None and not apart and isinstance(other, Calendar) and other.offset == -1:
        now = replace(other, offset=0)
        return [(now, other, (Note("against_last"),))]
    if one is None or other is None:
        said = one if one is not None else other
        return [(said, said, (Note("window_all"),) if said is not None else ())]
    if isinstance(one, Period) and isinstance(other, Period):
        return [(*_dated(one, other), ())]
    if isinstance(one, Period) and isinstance(other, Calendar) and other.offset == -1:
        return _last_or_before(one, other)
    return [(one, other, ())]


def _before(one: Window | None, said: Window) -> Window:
    """The stretch right before another: "the 90 days before", "the year before"."""
    assert isinstance(said, Rolling)
    count, unit = said.count, said.unit
    if isinstance(one, Rolling) and one.unit in _DAYS and unit in _DAYS:
        near = one.count * _DAYS[one.unit]
        far = near + count * _DAYS[unit]
        return Ago(Test(Operator.BETWEEN, (near + 1, far)), Unit.DAY)
    if isinstance(one, Calendar) and one.unit is unit and count == 1:
        return replace(one, offset=one.offset - 1)
    if isinstance(one, Period) and count == 1 and unit is Unit.YEAR and one.year is not None:
        return replace(one, year=one.year - 1)
    raise Unclear("not_yet", what="comparison")  # months are of different lengths


def _dated(one: Period, other: Period) -> tuple[Period, Period]:
    """A year said once: "in the second half of 2017 than in the first half"."""
    if (one.year is None) is (other.year is None):
        return one, other
    if _unit(one) != _unit(other):
        raise Unclear("scope")
    year = one.year if one.year is not None else other.year
    return replace(one, year=year), replace(other, year=year)


def _unit(period: Period) -> tuple[bool, ...]:
    parts = (
        *(period.half, period.quarter, period.month, period.week),
        *(period.day, period.weekday, period.named),
    )
    return tuple(part is not None for part in parts)


def _last_or_before(one: Period, last: Calendar) -> list[Pair]:
    """As in "in 2024 than the previous year": last year, or the year before the one named."""
    if last.unit is not Unit.YEAR or one.year is None or Period(one.year) != one:
        raise Unclear("scope")
    return [(one, last, ()), (one, Period(one.year - 1), ())]
