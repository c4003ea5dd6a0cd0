"""What an answer states of windows around a date of each member's own.

In: a definition. Out: notes on how such days count, and, where something was not done, whose time
for it is not over: each with a condition that counts them. Start at `how_counted`.
"""

from collections.abc import Iterator

from assistant.answers.leaves import lets_in, nears, signed_leaves
from segments.definition import (
    Ago,
    Condition,
    DateField,
    Edge,
    Near,
    Operator,
    Origin,
    Records,
    Rolling,
    Test,
    Unit,
    Which,
    Within,
    leaves,
)


def how_counted(definition: Condition) -> tuple[str, ...]:
    """The codes of what is taken for granted of such windows, each once."""
    return tuple(dict.fromkeys(code for near in _all(definition) for code in _codes(near)))


def still_running(definition: Condition) -> tuple[Condition, ...]:
    """Members whose time is not over, for each such window of what was not done, or seldom."""
    found: dict[Condition, None] = {}
    for leaf, negated in signed_leaves(definition):
        for near in nears(leaf) if lets_in(leaf, negated=negated) else ():
            if near.within is not None and not near.before:
                found.update(dict.fromkeys(_since(near, near.within)))
    return tuple(found)


def _all(definition: Condition) -> Iterator[Near]:
    yield from (near for leaf in leaves(definition) for near in nears(leaf))


def _codes(near: Near) -> Iterator[str]:
    match near.anchor.origin:
        case Origin.YEARLY:
            yield "near_yearly"
        case Origin.FIELD if near.within is not None and near.within.unit is not Unit.HOUR:
            yield "near_before" if near.before else "near_after"
        case Origin.FIRST | Origin.LAST if near.whole is None and not near.itself:
            yield "near_event"
        case _:
            return


def _since(near: Near, within: Within) -> Iterator[Condition]:
    name = near.anchor.name
    window = Rolling(within.count, within.unit)
    match near.anchor.origin:
        case Origin.FIELD:
            yield DateField(name, window)
        case Origin.FIRST | Origin.LAST:
            which = Which.FIRST if near.anchor.origin is Origin.FIRST else Which.LAST
            yield Edge(which, Records(name), Ago(Test(Operator.LT, (within.count,)), within.unit))
        case _:
            return
