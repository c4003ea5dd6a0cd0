"""Brackets that hold nothing but values or numbers: one piece each, as "in (Oslo, Bergen)"."""

from collections.abc import Iterator, Mapping, Sequence

from assistant.grammar.pieces import (
    Amount,
    Compare,
    Connective,
    EventWord,
    Owned,
    Piece,
    Sort,
    ValueList,
    ValueOf,
)
from segments.definition import Operator, Test

Rows = Sequence[Sequence[Piece]] | Mapping[int, Sequence[Piece]]

_NAMING = frozenset({Sort.MEASURE, Sort.FIELD})
GLOSS_COST = 3.0  # as much as a typo
_JOINTS = frozenset({"and", "or"})


def listed(
    rows: Rows, partners: Mapping[int, int], coded: Mapping[int, Sequence[Piece]]
) -> Iterator[Piece]:
    """A piece for every bracket with a list in it, from its opening to its closing sign. What is
    only a code in the data (`coded`, by token) is one in a list of several."""
    for opening, closing in partners.items():
        found = _elements(rows, opening + 1, closing)
        if found is None:
            shown = {at: [*rows[at], *coded[at]] for at in inside(partners, opening)}
            found = _elements(shown, opening + 1, closing)
            if found is None or len(found[0]) < 2:
                continue
        elements, joint = found
        cost = max(piece.cost for piece in elements)
        read_as = " ".join(piece.read_as for piece in elements if piece.read_as) or None
        if payload := _values(elements, joint):
            yield Piece(opening, closing + 1, Sort.VALUE, payload, cost, read_as)
        if numbers := _numbers(elements):
            yield Piece(opening, closing + 1, Sort.COMPARE, numbers, cost, read_as)


def said_again(
    rows: Rows, partners: Mapping[int, int], named: Mapping[int, str | None]
) -> Iterator[tuple[int, int]]:
    """From where to where a bracket only says what stands before it by another name: "average order
    value (AOV)"; `named` has the event that each bracket calls by its name in the data."""
    for opening, closing in partners.items():
        before = [p for at in range(opening) for p in rows[at] if p.end == opening]
        within = [p for p in rows[opening + 1] if p.end == closing]
        again = {(p.sort, p.payload) for p in before} & {(p.sort, p.payload) for p in within}
        events = {p.payload.event for p in before if isinstance(p.payload, EventWord)}
        if any(sort in _NAMING for sort, _ in again) or named.get(opening) in events:
            yield opening, closing + 1


def glossed(
    rows: Rows, partners: Mapping[int, int], coded: Mapping[int, Sequence[Piece]]
) -> Iterator[Piece]:
    """A value in brackets behind words that nothing knows: "fruit and greens (PRODUCE)". The words
    are taken for it, and shown as read so."""
    for opening, closing in partners.items():
        start = _unknown_before(rows, opening)
        within = [*rows[opening + 1], *coded[opening + 1]]
        for piece in within:
            if start < opening and piece.end == closing and isinstance(piece.payload, ValueOf):
                said = _code(piece.payload)
                cost = piece.cost + GLOSS_COST
                if said is not None:
                    yield Piece(start, closing + 1, Sort.VALUE, piece.payload, cost, said)


def _unknown_before(rows: Rows, opening: int) -> int:
    """Where the words begin that nothing knows, right before a bracket; "and" may join them."""
    known = {i for at in range(opening) for p in rows[at] for i in range(p.start, p.end)}
    joins = {
        at
        for at in range(opening)
        for p in rows[at]
        if isinstance(p.payload, Connective) and p.payload.kind == "and" and p.end == at + 1
    }
    start = at = opening
    while at > 0 and (at - 1 not in known or (at - 1 in joins and start < opening)):
        at -= 1
        start = at if at not in joins else start
    return start


def _code(said: ValueOf) -> str | None:
    """What a value is called in the data; None when it is but a yes, a no or "known"."""
    return next((o.code for o in said.options if isinstance(o.code, str)), None)


def inside(partners: Mapping[int, int], opening: int) -> range:
    """The tokens between a bracket and its partner."""
    return range(opening + 1, partners[opening])


def _elements(rows: Rows, at: int, closing: int) -> tuple[list[Piece], str] | None:
    """The longest values or numbers between connectives, and how they are joined; None where
    something else stands there, or both "and" and "or"."""
    elements: list[Piece] = []
    joints: set[str] = set()
    while True:
        fitting = [p for p in rows[at] if p.end <= closing and _element(p)]
        if not fitting:
            return None
        longest = max(p.end for p in fitting)
        elements.append(min((p for p in fitting if p.end == longest), key=lambda p: p.cost))
        at = longest
        if at == closing:
            break
        joined = 0
        while at < closing and (link := _link(rows[at])) is not None:
            joints.add(link[0])
            at, joined = link[1], joined + 1
        if not joined or at == closing:
            return None
    joints &= _JOINTS
    return (elements, next(iter(joints), "")) if len(joints) < 2 else None


def _element(piece: Piece) -> bool:
    if piece.sort is Sort.VALUE:
        return isinstance(piece.payload, ValueOf)
    said = piece.payload
    return isinstance(said, Compare) and said.bare and said.unit == Amount(said.unit.value)


def _link(pieces: Sequence[Piece]) -> tuple[str, int] | None:
    links = [
        (p.payload.kind, p.end)
        for p in pieces
        if isinstance(p.payload, Connective) and p.payload.kind in ("comma", "and", "or")
    ]
    return max(links, key=lambda link: link[1], default=None)


def _values(elements: Sequence[Piece], joint: str) -> ValueList | None:
    """The values with the owners that all of them share."""
    options = [p.payload.options for p in elements if isinstance(p.payload, ValueOf)]
    if len(options) != len(elements):
        return None
    owners = set.intersection(*({_owner(o) for o in each} for each in options))
    shared = tuple(tuple(o for o in each if _owner(o) in owners) for each in options)
    return ValueList(shared, joint) if owners else None


def _owner(owned: Owned) -> tuple[str | None, str]:
    return owned.event, owned.name


def _numbers(elements: Sequence[Piece]) -> Compare | None:
    numbers = [p.payload for p in elements if isinstance(p.payload, Compare)]
    if len(numbers) != len(elements) or len(numbers) < 2:
        return None
    test = Test(Operator.IN, tuple(number.test.values[0] for number in numbers))
    return Compare(test, numbers[0].unit)
