"""Walks definitions for what an answer says of them: chips with their paths, words, what a negation
lets in.

Pure; in and out are segments' terms. Start at `chips`.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from assistant.answers.answer import Path
from assistant.grammar.reading import Word
from segments.definition import (
    EXISTS,
    All,
    Anniversary,
    Any,
    Condition,
    DateField,
    Distance,
    Edge,
    Field,
    Kind,
    Measure,
    Near,
    Not,
    Operator,
    Origin,
    Records,
    Test,
    leaves,
    records_of,
)
from segments.rewrites import simplify

ZERO_WITHOUT_RECORDS = frozenset({Kind.COUNT, Kind.SUM, Kind.DISTINCT})


def top(definition: Condition) -> tuple[tuple[Path, Condition], ...]:
    """The and-ed parts at the top, with their paths."""
    if isinstance(definition, All):
        return tuple(((place,), part) for place, part in enumerate(definition.parts))
    return (((), definition),)


def placed(condition: Condition, path: Path = ()) -> Iterator[tuple[Path, Condition, bool]]:
    """Every leaf, left to right: the path to it (to the `Not` right around it), the leaf, whether
    there is one."""
    match condition:
        case All(parts) | Any(parts):
            for place, part in enumerate(parts):
                yield from placed(part, (*path, place))
        case Not(All() | Any() | Not() as part):
            yield from placed(part, (*path, 0))
        case Not(part):
            yield path, part, True
        case _:
            yield path, condition, False


def fields_let_in_unknown(condition: Condition) -> tuple[str, ...]:
    """The member fields whose unknown values pass because the test on them is negated, or what is
    said to be seldom is so around them."""
    found = (
        name
        for leaf, negated in signed_leaves(condition)
        if lets_in(leaf, negated=negated)
        for name in _fields(leaf)
    )
    return tuple(dict.fromkeys(found))


def _fields(leaf: Condition) -> Iterator[str]:
    if isinstance(leaf, Field | DateField | Anniversary) and _valued(leaf):
        yield leaf.field
    for near in nears(leaf):
        if near.anchor.origin in (Origin.FIELD, Origin.YEARLY):
            yield near.anchor.name


def nears(leaf: Condition) -> Iterator[Near]:
    """The windows around a moment of each member's own, in a condition that is no group."""
    windows = [records.window for records in records_of(leaf)]
    windows += [leaf.when] if isinstance(leaf, Edge) else []
    yield from (each for each in windows if isinstance(each, Near))


def lets_in(leaf: Condition, *, negated: bool) -> bool:
    """Whether members pass of whom nothing is known that it speaks of."""
    return negated is not (isinstance(leaf, Measure) and _passes_without(leaf))


def distances_asked(condition: Condition, *, negated: bool) -> tuple[Distance, ...]:
    """The distances in it: those that members pass who are nobody knows where, because they are
    `negated`, or the others."""
    signed = signed_leaves(condition)
    return tuple(leaf for leaf, sign in signed if isinstance(leaf, Distance) and sign is negated)


def records_let_in_none(condition: Condition) -> tuple[Records, ...]:
    """The records of counts and sums that members without any of them pass as well as others do:
    "fewer than 3 orders". Not "no orders", which says so itself."""
    found = (
        leaf.aggregate.records
        for leaf, negated in signed_leaves(condition)
        if isinstance(leaf, Measure) and _passes_without(leaf) is not negated and _more(leaf)
    )
    return tuple(dict.fromkeys(found))


def point_into(words: tuple[Word, ...], read: Condition, shown: Condition) -> tuple[Word, ...]:
    """The words with their leaf's index in the simplified definition."""
    old, new = leaves(read), leaves(shown)
    if len(old) == len(new):
        return words
    moved = {index: _index(leaf, new) for index, leaf in enumerate(old)}
    return tuple(
        word if word.condition is None else replace(word, condition=moved.get(word.condition))
        for word in words
    )


def _index(leaf: Condition, among: tuple[Condition, ...]) -> int | None:
    plain = leaves(simplify(leaf))[0]
    for index, other in enumerate(among):
        if other == plain or _holds_values(other, plain):
            return index
    return None


def _holds_values(merged: Condition, one: Condition) -> bool:
    match merged, one:
        case Field(name, Test(Operator.IN, many)), Field(
            other, Test(Operator.EQ | Operator.IN, few)
        ):
            return name == other and set(few) <= set(many)
        case _:
            return False


def signed_leaves(
    condition: Condition, *, negated: bool = False
) -> Iterator[tuple[Condition, bool]]:
    """The conditions that are no group, and whether an odd number of negations is around each."""
    match condition:
        case All(parts) | Any(parts):
            for part in parts:
                yield from signed_leaves(part, negated=negated)
        case Not(part):
            yield from signed_leaves(part, negated=not negated)
        case _:
            yield condition, negated


def _valued(leaf: Field | DateField | Anniversary) -> bool:
    return not isinstance(leaf, Field) or leaf.test.operator is not Operator.KNOWN


def _passes_without(measure: Measure) -> bool:
    """Whether a member without records passes the test."""
    values = [value for value in measure.test.values if isinstance(value, int | Decimal)]
    if measure.aggregate.kind not in ZERO_WITHOUT_RECORDS or not values:
        return False
    first = values[0]
    return {
        Operator.EQ: first == 0,
        Operator.LT: first > 0,
        Operator.LE: first >= 0,
        Operator.GT: first < 0,
        Operator.GE: first <= 0,
        Operator.BETWEEN: first <= 0 <= values[-1],
        Operator.IN: 0 in values,
    }.get(measure.test.operator, False)


def _more(measure: Measure) -> bool:
    """Whether it says more than that there are records, or none."""
    counted = measure.aggregate.kind in ZERO_WITHOUT_RECORDS
    return counted and measure.test not in (EXISTS, Test(Operator.EQ, (0,)))
