"""What a phrase names that is no whole condition: a value, a time, a number, a topic.

In: the lattice of a text. Out: every way to take it as one such thing, cheapest first.
"60 days" and "skin care" are no sentences; in a conversation they say what changes. Start at
`fragments`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from assistant.grammar.cutter import Lattice
from assistant.grammar.pieces import (
    Amount,
    AttributeWord,
    Compare,
    Connective,
    EventWord,
    FieldWord,
    MeasureWord,
    Owned,
    Piece,
    Sort,
    Structure,
    ValueOf,
    When,
)

Named = When | Compare | FieldWord | EventWord | AttributeWord | MeasureWord

_MOST_PATHS = 60
_NAMED = frozenset(
    {Sort.WINDOW, Sort.COMPARE, Sort.FIELD, Sort.EVENT, Sort.ATTRIBUTE, Sort.UNITS, Sort.MEASURE}
)
_PREPOSITIONS = frozenset({"preposition", "place_preposition"})
_JOINTS = frozenset({"and", "or", "comma"})


@dataclass(frozen=True, slots=True)
class Fragment:
    """One thing that was named: values, each with all that may own it, or one other thing."""

    values: tuple[tuple[Owned, ...], ...] = ()
    joint: str = ""  # how several values were joined: "and", "or", ""
    negated: bool = False
    named: Named | None = None
    cost: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class _Path:
    cost: float = 0.0
    pieces: tuple[Piece, ...] = ()
    joint: str = ""
    negated: bool = False
    last: Sort | None = None
    after: frozenset[str] = frozenset()  # what the word before it was, if it said nothing itself


def fragments(lattice: Lattice) -> tuple[Fragment, ...]:
    """Every way to take all the pieces as one named thing, cheapest first."""
    beams: list[list[_Path]] = [[] for _ in range(len(lattice) + 1)]
    beams[0] = [_Path()]
    for at, pieces in enumerate(lattice):
        for path in sorted(beams[at], key=lambda each: each.cost)[:_MOST_PATHS]:
            for piece in pieces:
                beams[piece.end].extend(_moved(path, piece))
    complete = [path for path in beams[-1] if path.pieces and path.last is not Sort.CONNECTIVE]
    found = (_fragment(path) for path in sorted(complete, key=lambda each: each.cost))
    return tuple(dict.fromkeys(found))


def _moved(path: _Path, piece: Piece) -> Iterator[_Path]:
    """The path with one more piece, where it may stand."""
    cost = path.cost + piece.cost
    match piece.payload:
        case Structure(flags):
            yield replace(path, cost=cost, after=frozenset(flags))
        case Compare(bare=True, unit=Amount(unit=None)) if path.after & _PREPOSITIONS:
            return  # "from 35" and "to 40" are no 35 and no 40
        case Connective(kind) if kind in _JOINTS and path.last is Sort.VALUE:
            joint = path.joint or ("" if kind == "comma" else kind)
            yield _Path(cost, path.pieces, joint, path.negated, Sort.CONNECTIVE)
        case Connective("except") if not path.pieces and not path.negated:
            yield replace(path, cost=cost, negated=True)
        case _ if piece.sort is Sort.NEGATION and not path.pieces and not path.negated:
            yield replace(path, cost=cost, negated=True)
        case ValueOf() if path.last in (None, Sort.CONNECTIVE):
            pieces = (*path.pieces, piece)
            yield _Path(cost, pieces, path.joint, path.negated, Sort.VALUE)
        case _ if piece.sort in _NAMED and not path.pieces:
            yield _Path(cost, (piece,), "", path.negated, piece.sort)
        case _:
            return


def _fragment(path: _Path) -> Fragment:
    named = path.pieces[0].payload
    if isinstance(named, ValueOf):
        values = tuple(p.payload.options for p in path.pieces if isinstance(p.payload, ValueOf))
        return Fragment(values, path.joint, path.negated, cost=path.cost)
    assert isinstance(named, When | Compare | FieldWord | EventWord | AttributeWord | MeasureWord)
    return Fragment(negated=path.negated, named=named, cost=path.cost)
