"""Named parts of the calendar become days: in a `Period` and the as-of day, out first and end.

Pure calendar arithmetic. The end is the day after the last. Start at `period_days`; the ends of a
span, which depend on each other, are `span_days`.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import assert_never

from segments.definition import Period, Span, Turn
from segments.errors import Broken
from segments.feasts import feast_days

Days = tuple[date, date]  # first day, day after the last

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
_LATE = date(9000, 1, 1)  # whatever comes round at all has come round by then
_AWAY = 8  # years that a part of the year stays away at most: 29 February from 1896 to 1904


def period_days(period: Period, today: date) -> Days:
    """First day and day after the last, as of a day. A week's year is its ISO year; what not each
    year has (week 53, 29 February) is the latest year's that has it. Raises Broken for a period
    that does not exist."""
    if period.weekday is not None:
        return _weekday(period, today)
    found: Days | None
    match _year_of(period, today), period.turn:
        case int(year), Turn.THIS_YEAR | Turn.LAST_YEAR:
            found = _in_year(period, year) or (date(year, 1, 1), date(year, 1, 1))
        case int(year), _:
            found = _in_year(period, year)
        case None, Turn.OVER:
            found = _latest(period, today, lambda days: days[1] <= today)
        case _:
            found = _latest(period, today, lambda days: days[0] <= today)
    return _there(found, period)


def exists(period: Period) -> bool:
    """Whether there is such a period, in its year or, where it has none, in any."""
    try:
        period_days(replace(period, turn=Turn.LATEST), _LATE)
    except Broken:
        return False
    return True


def span_days(span: Span, today: date) -> tuple[date | None, date | None]:
    """First day and day after the last of a span; None is open. An end that lies before the start
    leaves no day."""
    start, end = span.start, span.end
    if end is None:
        return _from(span, _whole(start, today)), None
    if start is None:
        return None, _to(span, _whole(end, today))
    if dated(end) and not dated(start):
        last = _whole(end, today)
        first = _whole(start, last[0])
    else:
        first = _whole(start, today)
        last = _whole(end, today) if dated(end) else _next(end, first[0])
    begin = _from(span, first)
    return begin, max(begin, _to(span, last))


def dated(end: date | Period | None) -> bool:
    """Whether an end stands still: a day, or a period with a year."""
    return not isinstance(end, Period) or end.year is not None


def _whole(end: date | Period | None, today: date) -> Days:
    match end:
        case Period():
            return period_days(end, today)
        case date():
            return end, _after(end)
        case _:
            message = "a span without ends"
            raise Broken(message)


def _from(span: Span, days: Days) -> date:
    return days[1] if span.after else days[0]


def _to(span: Span, days: Days) -> date:
    return days[0] if span.before else days[1]


def _next(end: date | Period | None, start: date) -> Days:
    """The first time that a part of the year comes round at or after a day."""
    if not isinstance(end, Period):
        return _whole(end, start)
    if end.weekday is not None:
        first = start + timedelta(days=(end.weekday - start.isoweekday()) % 7)
        return first, _after(first)
    years = range(max(start.year - 1, 1), min(start.year + _AWAY + 1, 9999))
    found = (_in_year(end, year) for year in years)
    return _there(next((days for days in found if days and days[0] >= start), None), end)


def _year_of(period: Period, today: date) -> int | None:
    if period.year is not None:
        return period.year
    match period.turn:
        case Turn.THIS_YEAR:
            return today.year
        case Turn.LAST_YEAR:
            return today.year - 1
        case Turn.LATEST | Turn.OVER:
            return None
        case _:
            assert_never(period.turn)


def _latest(period: Period, today: date, fits: Callable[[Days], bool]) -> Days | None:
    years = range(min(today.year + 1, 9999), max(today.year - _AWAY - 1, 0), -1)
    found = (_in_year(period, year) for year in years)
    return next((days for days in found if days and fits(days)), None)


def _weekday(period: Period, today: date) -> Days:
    """The latest such day before today."""
    number = period.weekday or 0
    if not 1 <= number <= 7 or period != Period(weekday=number):
        return _there(None, period)
    first = today - timedelta(days=(today.isoweekday() - number - 1) % 7 + 1)
    return first, _after(first)


def _in_year(period: Period, year: int) -> Days | None:
    """The days of a period in one year; None when that year has none such."""
    try:
        return _days(period, year)
    except (OverflowError, ValueError):
        return None


def _days(period: Period, year: int) -> Days | None:
    match period:
        case Period(half=int(n), quarter=None, month=None, week=None, day=None, named=None):
            return _months(year, 6 * n - 5, 6)
        case Period(half=None, quarter=int(n), month=None, week=None, day=None, named=None):
            return _months(year, 3 * n - 2, 3)
        case Period(half=None, quarter=None, month=int(n), week=None, day=None, named=None):
            return _months(year, n, 1)
        case Period(half=None, quarter=None, month=int(n), week=None, day=int(day), named=None):
            first = date(year, n, day)
            return first, _after(first)
        case Period(half=None, quarter=None, month=None, week=int(n), day=None, named=None):
            first = date.fromisocalendar(year, n, 1)
            return first, _after(first, WEEK)
        case Period(half=None, quarter=None, month=None, week=None, day=None, named=str(name)):
            days = feast_days(name, period.country, year)
            return None if days is None else (days[0], _after(days[1]))
        case Period(half=None, quarter=None, month=None, week=None, day=None, named=None):
            return _months(year, 1, 12) if period.year is not None else None
        case _:
            return None


def _months(year: int, month: int, count: int) -> Days:
    """So many months from the first of one; the calendar's end cuts them."""
    first = date(year, month, 1)
    following = year * 12 + month - 1 + count
    if following // 12 > 9999:
        return first, date.max
    return first, date(following // 12, following % 12 + 1, 1)


def _after(day: date, step: timedelta = DAY) -> date:
    return date.max if day > date.max - step else day + step


def _there(days: Days | None, period: Period) -> Days:
    if days is None:
        message = f"no such period: {period}"
        raise Broken(message)
    return days
