"""Templates of the section `window` -> windows of time. Knows no clock."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from assistant.grammar.loose_times import LOOSE, loose_parts, week_before
from assistant.grammar.slots import Captures
from segments.definition import (
    Ago,
    Ahead,
    Calendar,
    Fixed,
    Operator,
    Period,
    Rolling,
    Several,
    Span,
    Test,
    Turn,
    Unit,
    Whole,
)
from segments.periods import exists, period_days

End = date | Period
DAY = timedelta(days=1)
COUPLE = (2, 3)  # how many "a couple of weeks" can be

_AGO = {
    "gt": Operator.GT,
    "ge": Operator.GE,
    "lt": Operator.LT,
    "le": Operator.LE,
    "between": Operator.BETWEEN,
    "eq": Operator.EQ,
}
_WEEKDAYS = frozenset({"dayname", "definite", "past"})
_ENDS = frozenset({"date", "period", "short", *_WEEKDAYS})
_BOTH = {  # whether the first and the last are left out
    "between": {"after": False, "before": False},
    "after_before": {"after": True, "before": True},
    "from_before": {"after": False, "before": True},
    "after_until": {"after": True, "before": False},
}
_AHEAD = _AGO | {"ahead": Operator.LE, "eq": Operator.EQ, "in": Operator.EQ}


_CALENDAR = {"previous": -1, "this": 0, "to_date": 0, "before_previous": -2, "next": 1}


_FIXED: dict[str, Fixed] = {
    "today": Calendar(Unit.DAY, 0),
    "yesterday": Calendar(Unit.DAY, -1),
    "day_before_yesterday": Calendar(Unit.DAY, -2),
    "tomorrow": Calendar(Unit.DAY, 1),
    "day_after_tomorrow": Calendar(Unit.DAY, 2),
    "this_year": Calendar(Unit.YEAR, 0),
    "previous_year": Calendar(Unit.YEAR, -1),
    "since_start": Calendar(Unit.YEAR, 0),
    "year_before_previous": Calendar(Unit.YEAR, -2),
    "rolling_year": Rolling(12, Unit.MONTH),
}
_WHOLE = {  # words of their own, like "kalendermånader"
    "whole_week": Unit.WEEK,
    "whole_month": Unit.MONTH,
    "whole_quarter": Unit.QUARTER,
    "whole_year": Unit.YEAR,
}
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}
_PLAIN_YEAR, _FEBRUARY, _MONTHS = 2025, 2, 12
_LOOSE_YEARS = {
    "start_of_this_year": ("start_of", Period(turn=Turn.THIS_YEAR)),
    "start_of_last_year": ("start_of", Period(turn=Turn.LAST_YEAR)),
    "end_of_last_year": ("end_of", Period(turn=Turn.LAST_YEAR)),
}
_NAMED = frozenset({*_FIXED, *_LOOSE_YEARS, "running", "ago_couple"})
_LENGTHS = frozenset({"rolling", "negated", "within", "spell", "the_before"})
_NEW_YEAR = Period(named="new_year")  # since and before it: the year's first day is meant


def windows(key: str, captures: Captures) -> Iterator[Fixed]:
    """The windows a template of the section `window` can mean."""
    numbers = [payload for name, payload in captures if name == "n"]
    units = [payload for name, payload in captures if name == "unit"]
    unit, factor = units[-1] if units else (Unit.DAY, 1)
    if key in _NAMED:
        yield from _named(key, unit, factor)
    elif key in _CALENDAR and units and factor == 1 and unit is not Unit.HOUR:
        yield Calendar(unit, _CALENDAR[key])
    elif key.startswith("whole"):
        yield from _whole(key, numbers[0], units)
    elif key.removesuffix("_couple") in _LENGTHS and units:
        counts = COUPLE if key.endswith("_couple") else numbers
        yield from (Rolling(count * factor, unit) for count in counts if count > 0)
    elif key in ("rolling_one", "negated_one", "within_one", "the_before_one") and units:
        yield Rolling(factor, unit)
    elif key == "idle" and len(numbers) == 2 and units and 0 < numbers[0] < numbers[1]:
        yield Ago(Test(Operator.BETWEEN, (numbers[0] * factor, numbers[1] * factor)), unit)
    elif key == "rolling_months" and numbers and numbers[0] > 0:
        yield Rolling(numbers[0], Unit.MONTH)
    elif "_ago" in key and units:
        if test := _distance(_AGO, key, numbers, factor):
            yield Ago(test, unit)
            if test.operator is Operator.EQ and unit not in (Unit.HOUR, Unit.DAY):
                yield Calendar(unit, -(numbers[0] if numbers else 1) * factor)  # that whole year?
    elif "ahead" in key and units and unit is not Unit.HOUR:
        if test := _distance(_AHEAD, key, numbers, factor):
            yield Ahead(test, unit)
    elif key == "era":
        yield from eras(next(payload for name, payload in captures if name == "era"))
    else:
        yield from _dated(key, captures)


def _whole(key: str, count: int, units: list[tuple[Unit, int]]) -> Iterator[Fixed]:
    """As in "the last 3 full months" and "the calendar month 3 months ago"."""
    said = {(_WHOLE[key], 1)} if key in _WHOLE else set(units)
    if len(said) > 1 or count < 1:
        return
    ((unit, factor),) = said
    if factor == 1:
        alone = key == "whole_ago" or count == 1
        yield Calendar(unit, -count) if alone else Whole(count, unit)


def _named(key: str, unit: Unit, factor: int) -> Iterator[Fixed]:
    """A time with a name; of one that nobody has measured every reading."""
    if key in _FIXED:
        yield _FIXED[key]
    elif key == "running":  # the week that runs, or the last days
        yield from (Calendar(Unit.WEEK, 0), Rolling(7, Unit.DAY))
    elif key == "ago_couple":
        near, far = (count * factor for count in COUPLE)
        yield Ago(Test(Operator.BETWEEN, (near, far)), unit)
        yield Rolling(far, unit)
    else:
        yield from loose_parts(*_LOOSE_YEARS[key])


def _distance(
    operators: dict[str, Operator], key: str, numbers: list[int], factor: int
) -> Test | None:
    operator = operators.get(key.split("_", maxsplit=1)[0])
    counts = tuple(number * factor for number in numbers) or (factor,)
    if operator is Operator.BETWEEN:
        return Test(operator, counts) if len(counts) == 2 and counts[0] <= counts[1] else None
    return Test(operator, counts) if operator is not None and len(counts) == 1 else None


def eras(first: int) -> Iterator[Fixed]:
    """Ten years of the last century, or as they are written; a hundred years are no such ten."""
    year = first + 1900 if 30 <= first < 100 else first
    if 1900 < year < 2100 and year % 100:
        yield Span(date(year, 1, 1), date(year + 9, 12, 31))


def _dated(key: str, captures: Captures) -> Iterator[Fixed]:
    ends = [_end(name, payload) for name, payload in captures if name in _ENDS]
    listed = [payload for name, payload in captures if name == "periods"]
    if key == "period" and listed:
        yield Several(tuple(Span(e, e) if isinstance(e, date) else e for e in listed[0]))
    elif key == "weeks":
        first, last = (payload for name, payload in captures if name == "number")
        year = next((payload for name, payload in captures if name == "year"), None)
        start, stop = Period(week=first, year=year), Period(week=last, year=year)
        yield from _between(start, stop, **_BOTH["between"])
    elif key in _BOTH and len(ends) == 2:
        yield from _between(ends[0], ends[1], **_BOTH[key])
    elif key in ("head", "tail") and len(ends) == 1:
        yield from _part_of(key, captures, ends[0])
    elif key == "week_before" and len(ends) == 1 and isinstance(ends[0], Period):
        yield from week_before(ends[0])
    elif key in LOOSE and len(ends) == 1 and isinstance(ends[0], Period):
        yield from loose_parts(key, ends[0])
    elif key == "between_days" and len(ends) == 1:
        yield from _between_days(captures, ends[0])
    elif key in ("month_week", "month_week_last", "month_half") and len(ends) == 1:
        number = next((payload for name, payload in captures if name == "ordinal"), -1)
        yield from _part_of_month(key, number, ends[0])
    elif key == "period_over" and ends == [Period(year=ends[0].year)]:
        return  # "spent over 2000" is no year
    elif len(ends) == 1:
        yield from _one_ended(key.removesuffix("_over"), ends[0])


def _end(name: str, payload: Any) -> End:  # noqa: ANN401 - what a slot captured
    return Period(weekday=payload) if name in _WEEKDAYS else payload


def _one_ended(key: str, end: End) -> Iterator[Fixed]:
    if end == _NEW_YEAR and key in ("since", "after"):
        yield _FIXED["since_start"]
        return
    if end == _NEW_YEAR and key == "before":
        end = Period(named="new_years_day")
    first, last = _first_day(end), _last_day(end)
    if key in ("period", "weekday"):
        yield end if isinstance(end, Period) else Span(end, end)
    elif key == "since":
        yield Span(first or end)
    elif key == "after":
        yield Span(last + DAY) if last else Span(end, after=True)
    elif key == "before":
        yield Span(end=first - DAY) if first else Span(end=end, before=True)
    elif key == "until":
        yield Span(end=last or end)


def _between(start: End, end: End, *, after: bool, before: bool) -> Iterator[Fixed]:
    """From one to another; a year or turn said with the second holds for the first too."""
    start = _with_year(start, end)
    to_week = isinstance(end, Period) and end.week is not None and not _anchored(end)
    if not (_real(start) and _real(end)) or (to_week and start == Period(start.year)):
        return  # "2025-W53" is no time from 2025 on
    first, last = _first_day(start), _last_day(end)
    turned = isinstance(end, Period) and end.turn is not Turn.LATEST
    if (first and last and first > last) or (turned and not _anchored(start)):
        return
    yield Span(
        first if first and not after else start,
        last if last and not before else end,
        after=after,
        before=before,
    )


def _with_year(start: End, end: End) -> End:
    """The start with the year of the end; the year before where it would lie after the end."""
    if not isinstance(start, Period) or _anchored(start) or start.weekday is not None:
        return start
    if isinstance(end, Period) and end.turn is not Turn.LATEST:
        return replace(start, turn=end.turn) if _place(start) <= _place(end) else start
    if end.year is None or start.named is not None:
        return start
    dated = _plain_day(replace(start, year=end.year))
    first = _first_day(dated) if _real(dated) else date.max
    last = _last_day(end) if _real(end) else None
    if first and last and first > last:
        return _plain_day(replace(start, year=end.year - 1))
    return dated


def _real(end: End) -> bool:
    """Whether there is such an end: not every year has a week 53, and none a week 0."""
    return isinstance(end, date) or exists(end)


def _plain_day(period: Period) -> End:
    """The day itself, where a period is a day with a year."""
    if period.day is None or period.year is None or period.month is None:
        return period
    try:
        return date(period.year, period.month, period.day)
    except ValueError:
        return replace(period, year=None)


def _place(period: Period) -> tuple[int, int]:
    """Where in a year a part of it stands, to tell which of two is first."""
    month = period.month or 3 * (period.quarter or 1) - 2
    return month, period.day or 0


def _anchored(end: End) -> bool:
    return not isinstance(end, Period) or end.year is not None or end.turn is not Turn.LATEST


def _between_days(captures: Captures, end: End) -> Iterator[Fixed]:
    """As in "1-15 April"."""
    first = next((payload for name, payload in captures if name == "day"), None)
    if first is None:
        return
    if isinstance(end, date):
        if first < end.day:
            yield Span(end.replace(day=first), end)
    elif end.day is not None and first < end.day:
        yield Span(replace(end, day=first), end)


def _part_of_month(key: str, number: int, end: End) -> Iterator[Fixed]:
    """As in "the first week of June", its first seven days, and "the second half of May"."""
    if isinstance(end, date) or end.month is None or end.day is not None:
        return
    days = monthrange(end.year or _PLAIN_YEAR, end.month)[1]
    parts = {
        "month_week": {n: (7 * n - 6, min(7 * n, days)) for n in range(1, 5)},
        "month_week_last": {-1: (days - 6, days)},
        "month_half": {1: (1, 15), 2: (16, days)},
    }
    moves = end.month == _FEBRUARY and end.year is None
    for first, last in [parts[key][number]] if number in parts[key] else []:
        if last == days and moves:
            return  # how long it is depends on the year
        if end.year is not None:
            yield Span(date(end.year, end.month, first), date(end.year, end.month, last))
        else:
            yield Span(replace(end, day=first), replace(end, day=last))


def _part_of(key: str, captures: Captures, end: End) -> Iterator[Fixed]:
    """As in "the first 10 days of June", "the last 3 months of 2025"."""
    unit, factor = next(payload for name, payload in captures if name == "unit")
    count = factor * next(payload for name, payload in captures if name == "n")
    if not isinstance(end, Period):
        return
    if end == Period(end.year) and end.year is not None and unit is Unit.MONTH:
        yield from _months_of(key, count, end.year)
    plain = end == Period(month=end.month, year=end.year, turn=end.turn)
    if end.month is None or not plain:
        return
    length = monthrange(end.year or _PLAIN_YEAR, end.month)[1]
    days = count * _DAYS.get(unit, 0)
    moves = end.month == _FEBRUARY and end.year is None and key == "tail"
    if not 0 < days < length or moves:
        return  # when the last days of February are depends on the year
    first, last = (1, days) if key == "head" else (length - days + 1, length)
    start, stop = (_plain_day(replace(end, day=day)) for day in (first, last))
    yield Span(start, stop)


def _months_of(key: str, count: int, year: int) -> Iterator[Fixed]:
    if 0 < count < _MONTHS:
        first = 1 if key == "head" else _MONTHS - count + 1
        last = first + count - 1
        yield Span(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def _first_day(end: End) -> date | None:
    """The first day of a date or of a plain period with a year; None where it moves."""
    if isinstance(end, date):
        return end
    return None if _moves(end) else period_days(end, date.max)[0]


def _last_day(end: End) -> date | None:
    if isinstance(end, date):
        return end
    return None if _moves(end) else period_days(end, date.max)[1] - DAY


def _moves(period: Period) -> bool:
    """Whether the days are those of a feast, or of whichever year it is."""
    return period.year is None or period.named is not None
