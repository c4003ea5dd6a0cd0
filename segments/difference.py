"""What is another between two definitions: the conditions that came, went and changed.

In: two definitions. Out: pairs of conditions, what stood there and what stands there. Conditions
that all must hold are held against each other in any order. Knows no catalogue and no words.
Start at `difference`.
"""

from segments.definition import (
    All,
    Anniversary,
    Any,
    Condition,
    DateField,
    Field,
    Measure,
    Not,
    leaves,
    records_of,
)
from segments.rewrites import simplify

Pair = tuple[Condition | None, Condition | None]


def difference(before: Condition, after: Condition) -> tuple[Pair, ...]:
    """What changed, in the order of the newer definition, what went last; empty when both say the
    same."""
    old, new = parts(before), parts(after)
    gone = [part for part in old if part not in new]
    found: list[Pair] = []
    for part in new:
        if part in old:
            continue
        former = next((each for each in gone if _about(each) == _about(part)), None)
        if former is not None:
            gone.remove(former)
        found.append((former, part))
    return (*found, *((part, None) for part in gone))


def parts(definition: Condition) -> tuple[Condition, ...]:
    """The conditions that all must hold."""
    plain = simplify(definition)
    return plain.parts if isinstance(plain, All) else (plain,)


def _about(condition: Condition) -> object:
    """What a condition is about: two of the same are taken for one that was changed."""
    match condition:
        case Not(part):
            return _about(part)
        case Field(name) | DateField(name) | Anniversary(name):
            return name
        case Measure(aggregate):
            return Measure, aggregate.records.event, aggregate.of
        case All(inner) | Any(inner):
            return Any, frozenset(map(_about, inner))
        case _:
            return type(condition), frozenset(
                records.event for leaf in leaves(condition) for records in records_of(leaf)
            )
