"""The two stretches of time of a comparison: what one of them leaves to the other.

Each way to read them comes with what it takes for granted. Start at `stretches`.
"""

from dataclasses import replace
from typing import NamedTuple

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

_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}
_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}


class Pair(NamedTuple):
    """The stretches of both sides. `together` where the other one is both of them: months are of
    different lengths, so that no window says "the 3 months before"."""

    one: Window | None
    other: Window | None
    notes: tuple[Note, ...] = ()
    together: bool = False


def stretches(
    left: When | VagueWord | None, right: When | VagueWord | None, *, apart: bool
) -> list[Pair]:
    """Every way to read the two; `apart` when the sides differ otherwise too. Raises Unclear."""
    one = left.window if isinstance(left, When) else None
    other = right.window if isinstance(right, When) else None
    if isinstance(left, When) and left.before:
        raise Unclear("no_place_for")
    if isinstance(right, When) and right.before:
        return [_before(one, right.window)]
    if one is None and not apart and isinstance(other, Calendar) and other.offset == -1:
        now = replace(other, offset=0)
        return [Pair(now, other, (Note("against_last"),))]
    if one is None or other is None:
        said = one if one is not None else other
        return [Pair(said, said, (Note("window_all"),) if said is not None else ())]
    if isinstance(one, Period) and isinstance(other, Period):
        return [Pair(*_dated(one, other))]
    if isinstance(one, Period) and isinstance(other, Calendar) and other.offset == -1:
        return _last_or_before(one, other)
    return [Pair(one, other)]


def _before(one: Window | None, said: Window) -> Pair:
    """One stretch and that right before it: "the 90 days before", "the year before"; without one,
    as much time until now."""
    assert isinstance(said, Rolling)
    if one is None:
        if said.count == 1 and said.unit is not Unit.HOUR:
            raise Unclear("not_yet", what="comparison")  # "the previous month" is of the calendar
        return _before(said, said)._replace(notes=(Note("against_before"),))
    count, unit = said.count, said.unit
    if isinstance(one, Rolling) and one.unit in _DAYS and unit in _DAYS:
        near = one.count * _DAYS[one.unit]
        far = near + count * _DAYS[unit]
        return Pair(one, Ago(Test(Operator.BETWEEN, (near + 1, far)), Unit.DAY))
    if isinstance(one, Rolling) and one.unit in _MONTHS and unit in _MONTHS:
        months = one.count * _MONTHS[one.unit]
        if months == count * _MONTHS[unit]:
            return Pair(one, Rolling(2 * months, Unit.MONTH), together=True)
    if isinstance(one, Calendar) and one.unit is unit and count == 1:
        return Pair(one, replace(one, offset=one.offset - 1))
    if isinstance(one, Period) and count == 1 and unit is Unit.YEAR and one.year is not None:
        return Pair(one, replace(one, year=one.year - 1))
    raise Unclear("not_yet", what="comparison")


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
    return [Pair(one, last), Pair(one, Period(one.year - 1))]
