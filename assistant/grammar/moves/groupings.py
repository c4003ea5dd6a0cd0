"""Of which groups of records a bracket says something: "who in the same order are among (…)".

What is said before the bracket waits for it: one part of time, the same attribute or the same
record, or so many different ones. Nothing but a bracket can take it.
"""

from collections.abc import Sequence

from assistant.grammar.frames import Pending, State
from assistant.grammar.pieces import AttributeWord, Compare, EventWord, GroupsOf, Piece
from segments.definition import RECORD

States = Sequence[State]


def in_one(state: State, piece: Piece, by: str) -> States:
    """In one part of time, or in one record."""
    free = state.pending._replace(same=False)
    return _waiting(state, free, piece, GroupsOf(by)) if _begins(free) else []


def of_one(state: State, piece: Piece, word: AttributeWord) -> States:
    """Of the same product, on the same day."""
    if word.unit is not None:
        return in_one(state, piece, word.unit.value)
    free = state.pending._replace(same=False)
    return _waiting(state, free, piece, GroupsOf("", word.names)) if _begins(free) else []


def so_many(state: State, piece: Piece, word: AttributeWord | EventWord) -> States:
    """In so many different months or orders, of so many different products."""
    compare = state.pending.compare
    if not isinstance(compare, Compare) or not state.pending.distinct:
        return []
    unit = compare.unit
    if unit.money or unit.unit or unit.percent or unit.times:
        return []
    free = state.pending._replace(compare=None, distinct=False)
    if not _begins(free):
        return []
    if isinstance(word, EventWord):
        groups = GroupsOf(RECORD, compare=compare)
    elif word.unit is not None:
        groups = GroupsOf(word.unit.value, compare=compare)
    else:
        groups = GroupsOf("", word.names, compare)
    return _waiting(state, free, piece, groups)


def _begins(pending: Pending) -> bool:
    """Whether a clause was just begun and nothing else was said in it."""
    return pending.relative and not (pending.negated or pending.loose() or pending.link)


def _waiting(state: State, free: Pending, piece: Piece, groups: GroupsOf) -> States:
    pieces = (*free.pieces, piece)
    return [state._replace(pending=free._replace(groups=groups, pieces=pieces))]
