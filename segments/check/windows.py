"""Checks one window: counts that reach back, periods that exist, ends after starts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import assert_never

from segments.check.values import ORDER, right_count, wrong
from segments.definition import (
    Ago,
    Ahead,
    Calendar,
    Operator,
    Period,
    Rolling,
    Several,
    Span,
    Turn,
    Unit,
    Window,
)
from segments.errors import Broken
from segments.periods import dated, period_days
from segments.problems import EmptyRange, Problem, WrongOperator

LATE = date(9000, 1, 1)  # whatever comes round at all has come round by then


def window_problems(window: Window, name: str, where: str) -> Iterator[Problem]:
    """Problems of a window that is asked of `name`."""
    match window:
        case Rolling(count, _):
            if count < 1:
                yield wrong(where, name, "window", count)
        case Calendar():
            return
        case Period():
            yield from _period(window, name, where)
        case Span():
            yield from _span(window, name, where)
        case Ago():
            yield from _distance(window, name, where)
        case Ahead(unit=unit):
            if unit is Unit.HOUR:
                yield wrong(where, name, "window", unit.value)
            else:
                yield from _distance(window, name, where)
        case Several(windows):
            if len(windows) < 2 or any(isinstance(each, Ago | Ahead | Several) for each in windows):
                yield wrong(where, name, "window", "")
            for place, each in enumerate(windows):
                yield from window_problems(each, name, f"{where}.windows[{place}]")
        case _:
            assert_never(window)


def _period(period: Period, name: str, where: str) -> Iterator[Problem]:
    twice = period.year is not None and period.turn is not Turn.LATEST
    if twice or not _exists(period):
        parts = (
            *(period.year, period.half, period.quarter, period.month, period.week),
            *(period.day, period.weekday, period.named, period.country),
        )
        found = "-".join(str(part) for part in parts if part is not None)
        yield wrong(where, name, "period", found)


def _span(span: Span, name: str, where: str) -> Iterator[Problem]:
    start, end = span.start, span.end
    excluded = (span.after and start is None) or (span.before and end is None)
    if (start is None and end is None) or excluded:
        yield wrong(where, name, "window", "")
        return
    for place, each in (("start", start), ("end", end)):
        if isinstance(each, Period):
            yield from _period(each, name, f"{where}.{place}")
    if start is None or end is None or not (dated(start) and dated(end)):
        return
    if not any(isinstance(each, Period) and not _exists(each) for each in (start, end)):
        first, last = _days(start)[0], _days(end)[1] - timedelta(days=1)
        if first > last:
            yield EmptyRange(where, first.isoformat(), last.isoformat())


def _days(end: date | Period) -> tuple[date, date]:
    if isinstance(end, Period):
        return period_days(end, date.max)
    return end, min(end, date.max - timedelta(days=1)) + timedelta(days=1)


def _distance(window: Ago | Ahead, name: str, where: str) -> Iterator[Problem]:
    test = window.test
    if test.operator not in ORDER | {Operator.EQ}:
        yield WrongOperator(where, name, "window", test.operator.value)
        return
    distances = [value for value in test.values if type(value) is int and value >= 0]
    if len(distances) != len(test.values) or not right_count(test):
        yield wrong(where, name, "window", ", ".join(str(value) for value in test.values))
    elif test.operator is Operator.BETWEEN and distances[0] > distances[1]:
        yield EmptyRange(where, str(distances[0]), str(distances[1]))


def _exists(period: Period) -> bool:
    try:
        period_days(replace(period, turn=Turn.LATEST), LATE)
    except Broken:
        return False
    return True
