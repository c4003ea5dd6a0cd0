"""Templates of the section `window` -> windows of time. Knows no clock."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from assistant.grammar.slots import Captures
from segments.definition import (
    Ago,
    Ahead,
    Calendar,
    Operator,
    Period,
    Rolling,
    Span,
    Test,
    Unit,
    Window,
)

_AGO = {
    "gt": Operator.GT,
    "ge": Operator.GE,
    "lt": Operator.LT,
    "le": Operator.LE,
    "between": Operator.BETWEEN,
}
_AHEAD = _AGO | {"ahead": Operator.LE, "eq": Operator.EQ, "in": Operator.EQ}


_CALENDAR = {"previous": -1, "this": 0, "to_date": 0, "before_previous": -2, "next": 1}


_FIXED: dict[str, Window] = {
    "today": Calendar(Unit.DAY, 0),
    "yesterday": Calendar(Unit.DAY, -1),
    "day_before_yesterday": Calendar(Unit.DAY, -2),
    "tomorrow": Calendar(Unit.DAY, 1),
    "day_after_tomorrow": Calendar(Unit.DAY, 2),
    "this_year": Calendar(Unit.YEAR, 0),
    "previous_year": Calendar(Unit.YEAR, -1),
    "since_start": Calendar(Unit.YEAR, 0),
}


def windows(key: str, captures: Captures) -> Iterator[Window]:
    """The windows a template of the section `window` can mean."""
    numbers = [payload for name, payload in captures if name == "n"]
    units = [payload for name, payload in captures if name == "unit"]
    unit, factor = units[-1] if units else (Unit.DAY, 1)
    if key in _FIXED:
        yield _FIXED[key]
    elif key in _CALENDAR and units and factor == 1 and unit is not Unit.HOUR:
        yield Calendar(unit, _CALENDAR[key])
    elif key == "whole_ago" and len(units) == 2 and units[0] == units[1] and factor == 1:
        yield Calendar(unit, -numbers[0])
    elif key in ("rolling", "negated", "within") and numbers and units and numbers[0] > 0:
        yield Rolling(numbers[0] * factor, unit)
    elif key in ("rolling_one", "negated_one", "within_one") and units:
        yield Rolling(factor, unit)
    elif "_ago" in key and units:
        if test := _distance(_AGO, key, numbers, factor):
            yield Ago(test, unit)
    elif "ahead" in key and units and unit is not Unit.HOUR:
        if test := _distance(_AHEAD, key, numbers, factor):
            yield Ahead(test, unit)
    elif key == "era":
        yield from _era(next(payload for name, payload in captures if name == "era"))
    else:
        yield from _dated(key, [p for name, p in captures if name in ("date", "period")])


def _distance(
    operators: dict[str, Operator], key: str, numbers: list[int], factor: int
) -> Test | None:
    operator = operators.get(key.split("_", maxsplit=1)[0])
    counts = tuple(number * factor for number in numbers) or (factor,)
    if operator is Operator.BETWEEN:
        return Test(operator, counts) if len(counts) == 2 and counts[0] <= counts[1] else None
    return Test(operator, counts) if operator is not None and len(counts) == 1 else None


def _era(first: int) -> Iterator[Window]:
    """Ten years of the last century, or as they are written; a hundred years are no such ten."""
    year = first + 1900 if 30 <= first < 100 else first
    if 1900 < year < 2100 and year % 100:
        yield Span(date(year, 1, 1), date(year + 9, 12, 31))


def _dated(key: str, ends: list[Any]) -> Iterator[Window]:
    if key == "between" and len(ends) == 2:
        start, end = _first_day(ends[0]), _last_day(ends[1])
        if start and end and start <= end:
            yield Span(start, end)
        return
    if len(ends) != 1:
        return
    end = ends[0]
    first, last = _first_day(end), _last_day(end)
    if key == "period":
        yield end if isinstance(end, Period) else Span(end, end)
    elif key == "since" and first:
        yield Span(first, None)
    elif key == "after" and last:
        yield Span(last + timedelta(days=1), None)
    elif key == "before" and first:
        yield Span(None, first - timedelta(days=1))
    elif key == "until" and last:
        yield Span(None, last)


def _first_day(end: date | Period) -> date | None:
    """The first day of a date or of a period with a year; None without a year."""
    if isinstance(end, date):
        return end
    if end.year is None:
        return None
    if end.week is not None:
        return date.fromisocalendar(end.year, end.week, 1)
    month = end.month or (
        3 * end.quarter - 2 if end.quarter else 6 * end.half - 5 if end.half else 1
    )
    return date(end.year, month, 1)


def _last_day(end: date | Period) -> date | None:
    if isinstance(end, date):
        return end
    first = _first_day(end)
    if first is None:
        return None
    if end.week is not None:
        return first + timedelta(days=6)
    months = 1 if end.month else 3 if end.quarter else 6 if end.half else 12
    following = first.year * 12 + first.month - 1 + months
    return date(following // 12, following % 12 + 1, 1) - timedelta(days=1)
