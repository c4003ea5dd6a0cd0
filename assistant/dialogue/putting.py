"""How something is put into one place of a leaf: functions that make a `Put` for a place.

In: a name, an index. Out: a function of a leaf and what is put there, which gives the leaf with it.
The types of what is put are kept by those who draw and make handles. Start at `own`.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from segments.definition import Condition, Records, records_of, with_records

Put = Callable[[Condition, Any], Condition]
Make = Callable[[Any], Any]  # what is put, of what is chosen
Change = Callable[[Any, Any], Any]  # of what is held there and what is put


def _same(value: object) -> object:
    return value


def own(name: str, made: Make = _same) -> Put:
    """Puts it under a name of the leaf's own."""

    def put(leaf: Condition, value: object) -> Condition:
        change: dict[str, Any] = {name: made(value)}
        return replace(leaf, **change)

    return put


def at(name: str, place: int, change: Change) -> Put:
    """Changes one of several that the leaf holds under a name."""

    def put(leaf: Condition, value: object) -> Condition:
        held = list(getattr(leaf, name))
        held[place] = change(held[place], value)
        changes: dict[str, Any] = {name: tuple(held)}
        return replace(leaf, **changes)

    return put


def within(name: str, change: Change) -> Put:
    """Changes the one that the leaf holds under a name."""

    def put(leaf: Condition, value: object) -> Condition:
        changes: dict[str, Any] = {name: change(getattr(leaf, name), value)}
        return replace(leaf, **changes)

    return put


def inside(name: str, made: Make = _same) -> Change:
    """Changes what something that the leaf holds has under a name of its own."""
    return lambda held, value: replace(held, **{name: made(value)})


def in_filter(place: int, index: int) -> Put:
    """Puts a test in a filter of the records at an index of `records_of`."""
    test_of = inside("test")

    def change(at: int, records: Records, test: object) -> Records:
        if at != place:
            return records
        filters = list(records.filters)
        filters[index] = test_of(filters[index], test)
        return replace(records, filters=tuple(filters))

    return in_records(change)


def window_of(place: int | None) -> Put:
    """Puts a window in the records at an index of `records_of`; None: in all of them."""
    timed = inside("window")

    def change(at: int, records: Records, window: object) -> Records:
        changed: Records = timed(records, window) if place in (None, at) else records
        return changed

    return in_records(change)


def in_records(change: Callable[[int, Records, Any], Records]) -> Put:
    """Changes the records of a leaf, each by its index in `records_of`."""

    def put(leaf: Condition, value: object) -> Condition:
        changed = iter([change(at, each, value) for at, each in enumerate(records_of(leaf))])
        return with_records(leaf, lambda _: next(changed))

    return put
