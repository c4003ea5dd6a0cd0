"""The shape of a definition that matters to a sentence: where negations and windows stand.

In: a `Condition`. Out: one with the same members, or what is asked of it. Start at `pushed`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from segments.definition import (
    All,
    Anniversary,
    Any,
    Condition,
    DateField,
    Edge,
    Filter,
    Not,
    Records,
    records_of,
    with_inner,
)


@dataclass(frozen=True, slots=True)
class Sole:
    """There are such records, and there are none that fail only the filter `only`."""

    records: Records
    only: Filter


def pushed(condition: Condition) -> Condition:
    """The same members with every negation at a leaf."""
    match condition:
        case All(parts):
            return All(tuple(pushed(part) for part in parts))
        case Any(parts):
            return Any(tuple(pushed(part) for part in parts))
        case Not(All(parts)):
            return Any(tuple(pushed(Not(part)) for part in parts))
        case Not(Any(parts)):
            return All(tuple(pushed(Not(part)) for part in parts))
        case Not(Not(part)):
            return pushed(part)
        case Not(part):
            return Not(with_inner(part, pushed))
        case _:
            return with_inner(condition, pushed)


def sign(part: Condition) -> tuple[Condition, bool]:
    """The part without its negation, and whether it had one."""
    return (part.part, True) if isinstance(part, Not) else (part, False)


def is_leaf(part: Condition) -> bool:
    """Whether the part is no group."""
    return not isinstance(part, All | Any)


def windowed(parts: Sequence[Condition | Sole]) -> bool:
    """Whether any of the parts speaks of time."""
    return any(_speaks_of_time(part) for part in parts)


def _speaks_of_time(part: Condition | Sole) -> bool:
    match part:
        case Sole(records):
            return records.window is not None
        case All(parts) | Any(parts):
            return windowed(parts)
        case Not(inner):
            return _speaks_of_time(inner)
        case DateField() | Anniversary() | Edge():
            return True
        case _:
            return any(records.window is not None for records in records_of(part))
