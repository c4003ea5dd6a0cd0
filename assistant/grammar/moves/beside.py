"""What else is in a record: "shampoo together with conditioner", "in the same order as soap"."""

from collections.abc import Sequence

from assistant.grammar.frames import Restriction, State
from assistant.grammar.moves.context import fill
from assistant.grammar.moves.joining import joined, plain
from assistant.grammar.pieces import Piece

States = Sequence[State]


def named_beside(state: State, piece: Piece, said: Restriction) -> States:
    """What else is in the record: the first that is named, or one more of a list. It is of the
    same attribute, since shampoo together with hair care would be hair care itself."""
    target, pending = state.event, state.pending
    assert target is not None
    owners = {(owned.event, owned.name) for owned in said.options[0] if owned.event == target.event}
    here = [r for r in target.restrictions if owners & set(_owners(r))]
    if pending.negated or pending.relative or said.joint == "and" or not here:
        return []
    if pending.attribute and not owners & set(pending.attribute):
        return []
    free = pending._replace(beside=False, attribute=(), connector="")
    made = (*target.beside, said)
    if pending.connector:
        one = len(said.options) == 1 and plain(state) and not pending.comma
        listed = any(len(before.options) > 1 for before in target.beside)
        if pending.connector == "or" and len(target.beside) == 1:
            made = (joined(target.beside[0], said, "or"),)
        elif pending.connector != "and" or listed:
            return []
        if not one or not target.beside or pending.beside:
            return []
    if free.loose():
        return []
    return fill(state._replace(pending=free), piece, state.open, target._replace(beside=made))


def _owners(said: Restriction) -> Sequence[tuple[str | None, str]]:
    return [(owned.event, owned.name) for owned in said.options[0]]
