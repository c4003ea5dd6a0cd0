"""Checks one window: counts that reach back, periods that exist, ends after starts."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import assert_never

from segments.catalogue import Catalogue, Type
from segments.check.values import ORDER, nearest, right_count, wrong
from segments.definition import (
    Ago,
    Ahead,
    Calendar,
    Fixed,
    Near,
    Operator,
    Origin,
    Period,
    Rolling,
    Several,
    Span,
    Turn,
    Unit,
    Whole,
    Window,
)
from segments.periods import dated, exists, period_days
from segments.problems import (
    EmptyRange,
    NoTime,
    Problem,
    UnknownEvent,
    UnknownField,
    WrongOperator,
)

DATED = frozenset({Type.DATE, Type.TIME, Type.AGE})
# What can lie around anniversaries: parts of the year, and distances of half a year at most.
EACH_YEAR = frozenset({Unit.DAY, Unit.WEEK, Unit.MONTH})
LONGEST = {Unit.DAY: 180, Unit.WEEK: 25, Unit.MONTH: 6, Unit.QUARTER: 2}


def records_window_problems(
    window: Window, name: str, catalogue: Catalogue, where: str
) -> Iterator[Problem]:
    """Problems of a window that is asked of records of `name`."""
    if isinstance(window, Near):
        yield from _near(window, catalogue, where)
    else:
        yield from window_problems(window, name, where)


def window_problems(window: Fixed, name: str, where: str) -> Iterator[Problem]:
    """Problems of a window that is asked of `name`."""
    match window:
        case Rolling(count, _):
            if count < 1:
                yield wrong(where, name, "window", count)
        case Calendar():
            return
        case Whole(count, _):
            if count < 2:
                yield wrong(where, name, "window", count)
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


def _near(near: Near, catalogue: Catalogue, where: str) -> Iterator[Problem]:
    anchor, path = near.anchor, f"{where}.anchor"
    if anchor.origin in (Origin.FIRST, Origin.LAST):
        event = catalogue.events.get(anchor.name)
        if event is None:
            yield UnknownEvent(path, anchor.name, nearest(anchor.name, catalogue.events))
        elif event.time is None:
            yield NoTime(path, event.name)
    else:
        field = catalogue.fields.get(anchor.name)
        if field is None:
            yield UnknownField(path, anchor.name, nearest(anchor.name, catalogue.fields))
        elif field.type not in DATED:
            yield WrongOperator(path, field.name, field.type.value, "window")
        elif field.type is not Type.TIME and _unit(near) is Unit.HOUR:
            yield wrong(where, field.name, "window", Unit.HOUR.value)
    yield from _around(near, where)


def _around(near: Near, where: str) -> Iterator[Problem]:
    """What no such window can be, whatever it is around."""
    name, within, whole = near.anchor.name, near.within, near.whole
    if whole is not None and (within is not None or near.before or whole is Unit.HOUR):
        yield wrong(f"{where}.whole", name, "window", whole.value)
    ends = near.anchor.origin in (Origin.FIRST, Origin.LAST)
    if near.itself and (not ends or near.before or within is None):
        yield wrong(f"{where}.itself", name, "window", near.anchor.origin.value)
    if within is not None and within.count < 1:
        yield wrong(f"{where}.within", name, "window", within.count)
    if near.anchor.origin is not Origin.YEARLY:
        return
    if within is None and whole not in EACH_YEAR:
        yield wrong(where, name, "window", whole.value if whole else "")
    elif within is not None and within.count > LONGEST.get(within.unit, 0):
        yield wrong(f"{where}.within", name, "window", f"{within.count} {within.unit.value}")


def _unit(near: Near) -> Unit | None:
    return near.whole if near.within is None else near.within.unit


def _period(period: Period, name: str, where: str) -> Iterator[Problem]:
    twice = period.year is not None and period.turn is not Turn.LATEST
    if twice or not exists(period):
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
    if not any(isinstance(each, Period) and not exists(each) for each in (start, end)):
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
