"""Comparisons said after what they are about."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.grammar.frames import Frame, FrameKind, State
from assistant.grammar.moves.context import Context, fill
from assistant.grammar.pieces import Amount, Compare, Mode, Piece
from segments.definition import Operator, Test

States = Sequence[State]
_AFTERWARDS = {"ge": Operator.GE, "le": Operator.LE, "eq": Operator.EQ}
BOUNDS = {"ge": Operator.GE, "le": Operator.LE, "gt": Operator.GT, "lt": Operator.LT}


def after(context: Context, state: State, piece: Piece) -> States:
    """As in "3 orders or more", "gold or higher": a comparison said after what it is about."""
    assert isinstance(piece.payload, Mode)
    operator = _AFTERWARDS.get(piece.payload.kind)
    frames, pending = state.frames, state.pending
    waits = bounding(state, piece)
    sign = context.tokens[piece.start]
    if sign.key == "+" and sign.spaced:
        return waits  # "gold + Oslo" is a list
    if operator is None or not frames or pending.connector or pending.negated or pending.loose():
        return waits
    index = len(frames) - 1 if frames[-1].kind is FrameKind.FIELD else state.open
    frame = frames[index] if index >= 0 else None
    last = state.path[-1] if state.path else None
    if frame is None or last is None or last not in frame.pieces:
        return waits
    if operator is Operator.EQ and piece.end > piece.start + 1 and frame.window is not None:
        return waits  # "twice in May and never again": not after May either
    changed = _compared(context, frame, operator)
    return [*waits, *(fill(state, piece, index, changed) if changed is not None else [])]


def bounding(state: State, piece: Piece) -> list[State]:
    """As in "at least gold": waits for a value of an ordered field."""
    assert isinstance(piece.payload, Mode)
    kind, pending = piece.payload.kind, state.pending
    if kind not in BOUNDS or pending.loose():
        return []
    moved = pending._replace(bound=kind, pieces=(*pending.pieces, piece))
    return [state._replace(pending=moved)]


def _compared(context: Context, frame: Frame, operator: Operator) -> Frame | None:
    """The frame with its bare number, or its one value of an ordered field, compared."""
    if isinstance(frame.compare, Compare) and frame.compare.bare:
        test = Test(operator, frame.compare.test.values)
        return frame._replace(compare=replace(frame.compare, test=test, bare=False))
    if frame.number_filter is not None and frame.number_filter[1].bare:
        name, said = frame.number_filter
        compared = replace(said, test=Test(operator, said.test.values), bare=False)
        return frame._replace(number_filter=(name, compared))
    if frame.field is None or len(frame.restrictions) != 1 or operator is Operator.EQ:
        return None
    codes = [options[0].code for options in frame.restrictions[0].options]
    if len(codes) != 1 or not context.catalogue.fields[frame.field].ordered:
        return None
    code = codes[0]
    if not isinstance(code, str):
        return None
    compared = Compare(Test(operator, (code,)), Amount(0))
    return frame._replace(restrictions=(), compare=compared)
