"""A part of the year and the year it lies in, which may be said once for two.

"In July and August last year" has both months in that year, "in July 2024 and 2025" has July in
both years. Knows windows only. Start at `in_year`.
"""

from dataclasses import replace
from datetime import date

from segments.definition import Calendar, Period, Span, Turn, Unit, Window
from segments.periods import exists, period_days

Year = tuple[int | None, Turn]  # in figures, or which from today
_TURNS = {0: Turn.THIS_YEAR, -1: Turn.LAST_YEAR}
_ANY_YEAR, _ALWAYS = 2024, date(2030, 1, 1)  # to see which of two parts comes first


def plain_year(window: object) -> Year | None:
    """The year that a window is, where it is a whole one that has a name."""
    match window:
        case Period(year=int(year)) if window == Period(year):
            return year, Turn.LATEST
        case Calendar(Unit.YEAR, offset) if offset in _TURNS:
            return None, _TURNS[offset]
        case _:
            return None


def year_of(part: object) -> Year | None:
    """The year in which a part of one lies; None where none was said, or there is no such part."""
    match part:
        case Period(year=year, turn=turn) if part != Period(year):
            stands = year is not None or turn in _TURNS.values()
            return (year, turn) if stands else None
        case Span(date() as start, date() as end, after=False, before=False):
            whole = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
            return (start.year, Turn.LATEST) if start.year == end.year and not whole else None
        case Span(Period() as start, Period() as end, after=False, before=False):
            said = year_of(start)
            return said if said == year_of(end) else None
        case _:
            return None


def lacks_year(part: object) -> bool:
    """Whether it is a part of the year of which it was not said which year."""
    match part:
        case Period():
            named = part.year is not None or part.turn is not Turn.LATEST
            return not named and part.weekday is None
        case Span(start, end):
            return all(each is None or lacks_year(each) for each in (start, end))
        case _:
            return False


def in_year(part: Window, year: Year) -> Window | None:
    """The same part in a year; None where that has no such part."""
    match part:
        case Period():
            return _period(part, year)
        case Span(start, end) if start is not None and end is not None:
            both = [_end(each, year) for each in (start, end)]
            return replace(part, start=both[0], end=both[1]) if all(both) else None
        case _:
            return None


def _end(end: date | Period, year: Year) -> date | Period | None:
    if isinstance(end, Period):
        return _period(end, year)
    if year[0] is None:
        return _period(Period(month=end.month, day=end.day), year)
    there = exists(Period(year[0], month=end.month, day=end.day))
    return end.replace(year=year[0]) if there else None


def _period(part: Period, year: Year) -> Period | None:
    said = replace(part, year=year[0], turn=year[1])
    return said if exists(said) else None


def following(year: Year) -> Year | None:
    """The year after one; None where that is not to come."""
    if year[0] is not None:
        return year[0] + 1, Turn.LATEST
    return (None, Turn.THIS_YEAR) if year[1] is Turn.LAST_YEAR else None


def earlier(part: Window, other: Window) -> bool:
    """Whether in one year a part begins before another."""
    if not (isinstance(part, Period) and isinstance(other, Period)):
        return False
    first, second = (replace(each, year=_ANY_YEAR, turn=Turn.LATEST) for each in (part, other))
    return period_days(first, _ALWAYS)[0] < period_days(second, _ALWAYS)[0]
