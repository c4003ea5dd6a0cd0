"""Which days of a year an anniversary can fall on to lie in a window: in a window, out `Spell`s.

Pure calendar arithmetic beside `segments.windows`; knows no SQL. Start at `spells`.
"""

from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from segments.definition import Ago, Ahead, Fixed, Period, Several, Span, Stretch, Turn, Unit
from segments.errors import Broken
from segments.periods import DAY, period_days, span_days
from segments.windows import as_of_day, field_stretches, shift

LATER = 30  # years in which any part of a year comes round, week 53 and 29 February too

Days = tuple[date | None, date | None]  # first day, day after the last; None is open


@dataclass(frozen=True, slots=True)
class Spell:
    """Days of one year, as `100 * month + day`, both inclusive, and the year's first day: a date
    from then on has its first anniversary in a later year."""

    first: int
    last: int
    before: date


def spells(window: Fixed, as_of: datetime) -> tuple[Spell, ...]:
    """The spells of the window; a date has an anniversary in it when it fits one of them."""
    parts = window.windows if isinstance(window, Several) else (window,)
    return tuple(spell for part in parts for spell in _spells(*_days(part, as_of)))


def _spells(start: date | None, end: date | None) -> Iterator[Spell]:
    """At most three: of the whole years in the middle only the last, which the earlier ones add
    nothing to."""
    first = start or date.min
    last = date.max if end is None else shift(end, Unit.DAY, -1)
    if last < first:
        return
    for year in sorted({first.year, max(first.year, last.year - 1), last.year}):
        yield _spell(year, first, last)


def _spell(year: int, first: date, last: date) -> Spell:
    start = max(first, date(year, 1, 1))
    end = min(last, date(year, 12, 31))
    # In a common year an anniversary of 29 February is kept on the 28th.
    leap_day_too = (end.month, end.day) == (2, 28) and not isleap(year)
    return Spell(_number(start), 229 if leap_day_too else _number(end), date(year, 1, 1))


def _number(day: date) -> int:
    return 100 * day.month + day.day


def _days(window: Stretch | Ago | Ahead, as_of: datetime) -> Days:
    """The days of a window. A part of a year without a year is the one that runs on the as-of day,
    or else the next, since an anniversary is something to come."""
    today = as_of_day(as_of)
    match window:
        case Period(weekday=int(number)):
            first = today + (number - today.isoweekday()) % 7 * DAY
            return first, first + DAY
        case Period(year=None, turn=Turn.LATEST):
            found = _coming([replace(window, year=year) for year in _years(today)], today)
        case Span(start=Period(year=None, weekday=None, turn=Turn.LATEST) as start):
            starts = (replace(start, year=year) for year in _years(today))
            found = _coming([replace(window, start=each) for each in starts], today)
        case _:
            found = None
    return found or field_stretches(window, as_of)[0].days


def _years(today: date) -> range:
    return range(max(today.year - 1, 1), min(today.year + LATER, 9999))


def _coming(dated: list[Period] | list[Span], today: date) -> Days | None:
    """The first of them that is not over; None when all are."""
    for each in dated:
        try:
            days: Days = (
                span_days(each, today) if isinstance(each, Span) else period_days(each, today)
            )
        except Broken:
            continue  # not each year has a week 53
        if days[1] is None or days[1] > today:
            return days
    return None  # what it ends with is over for good
