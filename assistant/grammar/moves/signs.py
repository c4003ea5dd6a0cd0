"""Signs between what is named and its value: "city = Oslo", "tier >= gold"."""

from collections.abc import Sequence

from assistant.grammar.frames import Frame, FrameKind, State
from assistant.grammar.moves.afterwards import bounding
from assistant.grammar.moves.context import Context
from assistant.grammar.moves.sides import signed
from assistant.grammar.pieces import Piece, Sort

States = Sequence[State]


def bound(context: Context, state: State, piece: Piece) -> States:
    """As in "tier >= gold": a sign before a value of an ordered field, or between two numbers."""
    return [*bounding(state, piece), *signed(state, piece)]


def is_value(state: State, top: Frame) -> bool:
    """Whether a value of a member's own field was just named, so that it may be so or not."""
    one = top.kind is FrameKind.FIELD and len(top.restrictions) == 1 and not top.truth
    last = state.last
    return one and last is not None and last.sort is Sort.VALUE and last is top.pieces[-1]


def equals(state: State, *, negated: bool) -> States:
    """The sign between what was named and its value: a field, an attribute, or what is counted."""
    top, pending = state.top, state.pending
    said = top is not None and state.last in top.pieces[-1:] and not pending.connector
    named = said and top is not None and (top.waiting() or top.truth or top.event is not None)
    named = named or (said and top is not None and is_value(state, top))  # "is_vip = true"
    if not (named or pending.attribute) or pending.equals or (negated and pending.negated):
        return []
    moved = pending._replace(equals=True, negated=pending.negated or negated)
    return [state._replace(pending=moved)]
