"""How often something is done: the days between one and the next, silence beyond the usual."""

from collections.abc import Sequence

from assistant.grammar.frames import Frame, FrameKind, State
from assistant.grammar.moves.context import Context, begin, fill
from assistant.grammar.pieces import Compare, Piece, Rhythm, Spaced
from assistant.grammar.tokens import Shape
from segments.definition import Operator, Test

States = Sequence[State]

_TWO = frozenset({Test(Operator.EQ, (2,)), Test(Operator.GE, (2,))})


def spaced(context: Context, state: State, piece: Piece) -> States:
    """On average 30 days between purchases; of what was done: "buys every 30 days"."""
    assert isinstance(piece.payload, Spaced)
    said = piece.payload
    if said.event is not None:
        frame = Frame(FrameKind.EVENT, event=said.event, form="noun", spaced=said)
        return begin(state, piece, frame)
    if said.waits:
        return _waiting(state, piece, said)
    following = context.tokens[piece.end : piece.end + 1]
    if said.alone and following and following[0].shape is Shape.WORD:
        return []  # "the monthly newsletter"
    top = _done(context, state)
    if top is None or top.negated or top.spaced or top.rhythm:
        return []
    compare = top.compare
    two = isinstance(compare, Compare) and compare.test in _TWO and compare.unit.money is None
    if said.pair != two or (compare is not None and not two):
        return []
    return fill(state, piece, state.open, top._replace(spaced=said, compare=None))


def overdue(context: Context, state: State, piece: Piece) -> States:
    """Overdue for their next purchase; not bought for longer than usual."""
    assert isinstance(piece.payload, Rhythm)
    said = piece.payload
    if said.event is not None:
        frame = Frame(FrameKind.EVENT, event=said.event, form="noun", rhythm=said)
        return begin(state, piece, frame)
    if said.waits:
        return _waiting(state, piece, said)
    top = _done(context, state)
    if top is None or not top.negated or top.compare or top.spaced or top.rhythm or top.window:
        return []
    return fill(state, piece, state.open, top._replace(rhythm=said, negated=False))


def _waiting(state: State, piece: Piece, said: Spaced | Rhythm) -> States:
    if state.pending.loose():
        return []
    pieces = (*state.pending.pieces, piece)
    return [state._replace(pending=state.pending._replace(rhythm=said, pieces=pieces))]


def _done(context: Context, state: State) -> Frame | None:
    """What they do, at a time that is known."""
    top, pending = state.top, state.pending
    if top is None or top.kind is not FrameKind.EVENT or state.open != len(state.frames) - 1:
        return None
    if pending.connector or pending.relative or pending.negated or pending.loose():
        return None
    counted = top.measured or top.distinct or top.which or top.mode or top.window
    return None if counted or context.catalogue.events[top.event or ""].time is None else top
