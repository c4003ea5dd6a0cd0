"""The start, the middle and the end of a month or a year: where they begin and stop nobody has
said, so there are several readings, from the narrowest on; and the week before a feast. Start at
`loose_parts` and `week_before`."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from segments.definition import Period, Span, Turn
from segments.feasts import SEASONS, feast_days

LOOSE = frozenset({"start_of", "middle_of", "end_of"})
_PLAIN_YEAR, _FEBRUARY = 2025, 2
_LENGTHS = (7, 10, 15)  # how many days the start or the end of a month can have
_MIDDLES = ((11, 20), (8, 22))  # the middle third, and what leaves a week at each end
_OF_YEAR = {  # a month of it and a quarter
    "start_of": (1, 1),
    "end_of": (12, 4),
}


def loose_parts(key: str, whole: Period) -> Iterator[Period | Span]:
    """Every reading of a loose part; none for what has no such, as a week or a feast."""
    if whole == Period(whole.year, turn=whole.turn):
        if key in _OF_YEAR:
            month, quarter = _OF_YEAR[key]
            yield from (replace(whole, month=month), replace(whole, quarter=quarter))
    elif whole == Period(whole.year, month=whole.month, turn=whole.turn):
        yield from _of_month(key, whole, whole.month or 0)


def week_before(feast: Period) -> Iterator[Span]:
    """The seven days before a feast that begins on the same day each year; when that of one which
    moves is depends on the year, and whether Easter begins on the Thursday on whom one asks."""
    if feast.named is None or feast.named in SEASONS or feast.turn is Turn.OVER:
        return
    years = (_PLAIN_YEAR, _PLAIN_YEAR + 1)
    kept = [feast_days(feast.named, feast.country, year) for year in years]
    firsts = [days[0] for days in kept if days is not None]
    here = len(firsts) == 2 and firsts[0].year == _PLAIN_YEAR  # a New Year begins in the old one
    if not here or firsts[1] != firsts[0].replace(year=_PLAIN_YEAR + 1):
        return
    start, end = (firsts[0] - timedelta(days=days) for days in (7, 1))
    if start.year < _PLAIN_YEAR:
        return
    if feast.year is not None:
        yield Span(start.replace(year=feast.year), end.replace(year=feast.year))
    else:
        yield Span(
            Period(month=start.month, day=start.day, turn=feast.turn),
            Period(month=end.month, day=end.day, turn=feast.turn),
        )


def _of_month(key: str, whole: Period, month: int) -> Iterator[Span]:
    days = monthrange(whole.year or _PLAIN_YEAR, month)[1]
    if key == "start_of":
        parts = tuple((1, length) for length in _LENGTHS)
    elif key == "middle_of":
        parts = _MIDDLES
    elif month == _FEBRUARY and whole.year is None:
        return  # how long it is depends on the year
    else:
        parts = tuple((days - length + 1, days) for length in _LENGTHS)
    for first, last in parts:
        if whole.year is not None:
            yield Span(date(whole.year, month, first), date(whole.year, month, last))
        else:
            yield Span(replace(whole, day=first), replace(whole, day=last))
