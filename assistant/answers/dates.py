"""The windows of a definition whose days depend on the as-of day, or on the calendar of a feast.

A person who says "since March" or "at Easter 2025" is told which days that came to.
"""

from collections.abc import Iterator

from segments.definition import (
    All,
    Any,
    Condition,
    DateField,
    Edge,
    Fixed,
    Near,
    Not,
    Period,
    Several,
    Span,
    Window,
    inner_of,
    records_of,
)


def to_be_dated(definition: Condition) -> tuple[Fixed, ...]:
    """Those windows, each once, left to right."""
    found = (each for each in _windows(definition) if not isinstance(each, Near))
    return tuple(dict.fromkeys(filter(_moves, found)))


def _windows(condition: Condition) -> Iterator[Window]:
    match condition:
        case All(parts) | Any(parts):
            for part in parts:
                yield from _windows(part)
        case Not(part):
            yield from _windows(part)
        case DateField(_, window):
            yield window
        case _:
            own = (records.window for records in records_of(condition))
            yield from (each for each in own if each is not None)
            if isinstance(condition, Edge) and condition.when is not None:
                yield condition.when
            for inner in inner_of(condition):
                yield from _windows(inner)


def _moves(window: Fixed) -> bool:
    match window:
        case Period(year, named=named):
            return year is None or named is not None
        case Span(start, end):
            return isinstance(start, Period) or isinstance(end, Period)
        case Several(windows):
            return any(map(_moves, windows))
        case _:
            return False
