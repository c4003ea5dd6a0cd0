"""Brackets: a reading of its own inside, one part of the sentence outside."""

from collections.abc import Sequence

from assistant.grammar.frames import Frame, FrameKind, Outer, Pending, State
from assistant.grammar.moves.context import (
    Context,
    after,
    complete,
    may_begin,
    state_is_comma_clause,
)
from assistant.grammar.pieces import Piece

States = Sequence[State]

_SLOTTED = frozenset({FrameKind.EVENT, FrameKind.HEADLESS, FrameKind.RANK})


def opened(context: Context, state: State, piece: Piece) -> States:
    """An opening bracket: what waits is left outside, for all that the bracket will hold."""
    pending, top = state.pending, state.top
    if pending.loose() or pending.by or pending.both or not complete(_without_link(pending)):
        return []
    if top is not None and top.waiting() and not pending.connector:
        return []
    said = Pending(relative=pending.relative, auxiliary=pending.auxiliary, place=pending.place)
    apart = Outer(state.frames, pending, state.open, piece, through=False)
    states = [state._replace(frames=(), pending=said, open=-1, outer=(*state.outer, apart))]
    if top is not None and not (pending.connector or pending.negated or pending.relative):
        through = apart._replace(through=True)
        states.append(state._replace(outer=(*state.outer, through)))
    return states


def _without_link(pending: Pending) -> Pending:
    return pending._replace(connector="", negated=False)


def closed(context: Context, state: State, piece: Piece) -> States:
    """A closing bracket: one frame stands for itself, several are a group."""
    if not state.outer or not complete(state.pending) or state.pending.connector:
        return []
    outer = state.outer[-1]
    if outer.through:
        if len(state.frames) != len(outer.frames):
            return []
        return [state._replace(outer=state.outer[:-1])]
    back = State(
        outer.frames, outer.pending, state.cost, state.path, outer.open, None, state.outer[:-1]
    )
    if not state.frames:
        return [back]  # "customers (all of them)"
    made = _made(state.frames, outer, piece)
    if not may_begin(back, made):
        return []
    pending, frames = outer.pending, (*back.frames, made)
    opened_at = back.open
    if made.kind in _SLOTTED:
        opened_at = len(frames) - 1
    elif made.kind is FrameKind.GROUP or (pending.connector and not state_is_comma_clause(pending)):
        opened_at = -1
    return [back._replace(frames=frames, open=opened_at, pending=after(pending))]


def _made(frames: tuple[Frame, ...], outer: Outer, piece: Piece) -> Frame:
    """What the bracket is outside: its one frame, open to what follows, or a group; a group too
    where a "not" or "except" shall reach no further than the bracket."""
    pending, first = outer.pending, frames[0]
    alone = len(frames) == 1 and not (first.negated or first.connector or pending.negated)
    if alone:
        made = first._replace(pieces=(*pending.pieces, *first.pieces), bare=False)
    else:
        made = Frame(FrameKind.GROUP, (*pending.pieces, outer.piece, piece), inner=frames)
    return made._replace(
        connector=pending.connector,
        relative=pending.relative or made.relative,
        auxiliary=pending.auxiliary or made.auxiliary,
        negated=pending.negated,
        new_group=pending.new_group,
    )
