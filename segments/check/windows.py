"""Checks one window: counts that reach back, periods that exist, ends after starts."""

from collections.abc import Iterator
from datetime import date
from typing import assert_never

from segments.check.values import ORDER, right_count, wrong
from segments.definition import (
    Ago,
    Calendar,
    Operator,
    Period,
    Rolling,
    Span,
    Window,
)
from segments.errors import Broken
from segments.problems import EmptyRange, Problem, WrongOperator
from segments.windows import period_days


def window_problems(window: Window, name: str, where: str) -> Iterator[Problem]:
    """Problems of a window that is asked of `name`."""
    match window:
        case Rolling(count, _):
            if count < 1:
                yield wrong(where, name, "window", count)
        case Calendar():
            return
        case Period():
            if not _exists(window):
                numbers = (window.year, window.half, window.quarter, window.month, window.week)
                found = "-".join(str(number) for number in numbers if number is not None)
                yield wrong(where, name, "period", found)
        case Span(start, end):
            if start is None and end is None:
                yield wrong(where, name, "window", "")
            elif start is not None and end is not None and start > end:
                yield EmptyRange(where, start.isoformat(), end.isoformat())
        case Ago():
            yield from _ago(window, name, where)
        case _:
            assert_never(window)


def _ago(window: Ago, name: str, where: str) -> Iterator[Problem]:
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
        period_days(period, date.max)
    except Broken:
        return False
    return True
