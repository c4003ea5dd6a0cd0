"""A time that another tells: "the period before", "the same month last year"."""

from dataclasses import replace

from assistant.grammar.pieces import When
from segments.definition import Calendar, Period, Rolling, Unit, Window

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
