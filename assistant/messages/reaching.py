"""How far back a window reaches, and whether it comes round, for what messages may say of it.

In: a window. Out: yes or no. Start at `reaches_within`.
"""

from decimal import Decimal

from segments.definition import Ago, Calendar, Period, Rolling, Unit, Whole, Window

_DAYS = {
    Unit.HOUR: Decimal(1) / 24,
    Unit.DAY: Decimal(1),
    Unit.WEEK: Decimal(7),
    Unit.MONTH: Decimal(30),
    Unit.QUARTER: Decimal(91),
    Unit.YEAR: Decimal(365),
}


def reaches_within(window: Window | None, days: int) -> bool:
    """Whether the window reaches no further back than so many days."""
    match window:
        case Rolling(count, unit):
            return count * _DAYS[unit] <= days
        case Calendar(unit, offset):
            return (1 - offset) * _DAYS[unit] <= days
        case Whole(count, unit):
            return (1 + count) * _DAYS[unit] <= days
        case Ago(test, unit):
            return all(
                Decimal(str(each)) * _DAYS[unit] <= days
                for each in test.values
                if isinstance(each, int | Decimal)
            )
        case _:
            return False


def recurs(window: Window) -> bool:
    """Whether it is a part of the year: a month, a season, a feast."""
    return isinstance(window, Period) and bool(window.named or window.month or window.quarter)
