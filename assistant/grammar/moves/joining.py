"""How a value joins the ones named before it: "Oslo or Bergen", "shampoo, conditioner and oil"."""

from collections.abc import Collection
from dataclasses import replace

from assistant.grammar.frames import Frame, Restriction, State
from assistant.grammar.pieces import Piece, Sort, Structure

_JOINT = {"and": "and", "or": "or", "nor": "or", "comma": ""}


def owned_by(said: Restriction, owners: Collection[tuple[str | None, str]]) -> Restriction:
    """The restriction with these owners only; all values of a list share theirs."""
    options = [tuple([o for o in each if (o.event, o.name) in owners]) for each in said.options]
    return Restriction(tuple(options), said.joint, said.negated)


def plain(state: State) -> bool:
    """Whether nothing but a connector stands between the last value and this one."""
    pending = state.pending
    return (
        not (pending.relative or pending.auxiliary or pending.loose() or pending.new_group)
        and (not pending.negated or pending.connector == "nor")
        and state.last is not None
        and state.last.sort in (Sort.VALUE, Sort.FIELD, Sort.QUOTE, Sort.ATTRIBUTE)
        and not _people_since(state)
    )


def _people_since(state: State) -> bool:
    """Whether a noun for people stood after the last value: "Swedish customers or Danish men"."""
    for piece in reversed(state.path):
        if piece is state.last:
            return False
        if isinstance(piece.payload, Structure) and "member" in piece.payload.flags:
            return True
    return False


def apart(state: State, before: Restriction) -> bool:
    """Whether a comma parts two alternatives ("men, or women over 60"); in a list of three it is
    only the list's."""
    return state.pending.comma and state.pending.connector == "or" and len(before.options) == 1


def joined(before: Restriction, said: Restriction, connector: str) -> Restriction:
    """The values before with those now said; "mixed" where both "and" and "or" join them."""
    joints = {before.joint, said.joint, _JOINT[connector]} - {""}
    joint = "mixed" if len(joints) > 1 else next(iter(joints), "")
    return replace(before, options=(*before.options, *said.options), joint=joint)


_AWAY = frozenset({"preposition", "place_preposition"})


def parted(state: State, before: Frame) -> bool:
    """Whether "with" stands between a word such as "made" and the noun it would have: "created last
    week with no orders" says of no order that it was created."""
    if not before.pieces or before.pieces[0] not in state.path:
        return False
    first, last = state.path.index(before.pieces[0]), state.path.index(before.pieces[-1])
    ahead = [flags for piece in state.path[:first] if not (flags := _flags(piece)) & _AWAY]
    if not ahead or "light" not in ahead[-1]:
        return False
    return any(_flags(piece) & _AWAY for piece in state.path[last + 1 :])


def _flags(piece: Piece) -> frozenset[str]:
    return piece.payload.flags if isinstance(piece.payload, Structure) else frozenset()
