"""A time that another tells: "the period before", "the same month last year"."""

from dataclasses import replace

from assistant.grammar.pieces import When
from segments.definition import Ago, Calendar, Operator, Period, Rolling, Test, Unit, Window

_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}
_A_YEAR = {Unit.MONTH: 12, Unit.QUARTER: 4}  # weeks and days of a year have no fixed number


def right_before(said: Window | None) -> When | None:
    """As long a stretch before one; None where that is none."""
    match said:
        case Rolling():
            return When(said, before=True)
        case Calendar(unit) if unit is not Unit.HOUR:
            return When(Rolling(1, unit), before=True)
        case Period(year=int()) if Period(said.year) == said:
            return When(Rolling(1, Unit.YEAR), before=True)
        case _:
            return None


def earlier(said: Window | None, so_long: Window) -> Window | None:
    """The stretch before one, as "the year before" after "in 2025"; None where none is told."""
    if not isinstance(so_long, Rolling):
        return None
    count, unit = so_long.count, so_long.unit
    match said:
        case Calendar(own) if own is unit and count == 1:
            return replace(said, offset=said.offset - 1)
        case Period(year=int(year)) if Period(year) == said and unit is Unit.YEAR and count == 1:
            return replace(said, year=year - 1)
        case Rolling(near, own) if own in _DAYS and unit in _DAYS:
            first = near * _DAYS[own]
            return Ago(Test(Operator.BETWEEN, (first + 1, first + count * _DAYS[unit])), Unit.DAY)
        case _:
            return None


def a_year_before(said: Window | None, unit: Unit | None) -> When | None:
    """The same month or quarter of the year before; None for another stretch, and where as much of
    it may be meant as has passed of this one."""
    match said:
        case Calendar(own, offset) if own in _A_YEAR and unit in (own, None):
            if unit is None and offset == 0:
                return None
            return When(replace(said, offset=offset - _A_YEAR[own]))
        case _:
            return None
