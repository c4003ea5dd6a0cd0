"""Dates of members: a field, a window said before it, windows listed after it, what returns."""

from collections.abc import Sequence

from assistant.grammar.frames import Frame, FrameKind, State
from assistant.grammar.moves.context import Context, begin, fill
from assistant.grammar.pieces import FieldWord, Piece, Sort, When

States = Sequence[State]
_LISTING = frozenset({"and", "or", "comma"})


def yearly(context: Context, state: State, piece: Piece) -> States:
    """As in "The anniversary of": waits for the date that returns."""
    if state.pending.loose():
        return []
    moved = state.pending._replace(yearly=True, pieces=(*state.pending.pieces, piece))
    return [state._replace(pending=moved)]


def date_field(context: Context, state: State, piece: Piece) -> States:
    """A word for a date of the member's, or for the day of the year that it falls on."""
    assert isinstance(piece.payload, FieldWord)
    name = piece.payload.field
    returns = piece.payload.yearly or state.pending.yearly
    frame = Frame(FrameKind.FIELD, field=name, yearly=returns)
    taken = frozenset({"yearly"})
    return [*_fronted(state, piece, frame), *begin(state, piece, frame, taken=taken)]


def _fronted(state: State, piece: Piece, frame: Frame) -> States:
    """As in "who in March have their birthday": the window was said first."""
    top, pending = state.top, state.pending
    if top is None or not _only_window(top) or pending.connector:
        return []
    if pending._replace(yearly=False).loose():
        return []
    dated = top._replace(
        kind=FrameKind.FIELD,
        field=frame.field,
        yearly=frame.yearly,
        relative=top.relative or pending.relative,
        auxiliary=top.auxiliary or pending.auxiliary,
        negated=top.negated != pending.negated,
    )
    filled = fill(state, piece, len(state.frames) - 1, dated)
    return [one._replace(open=-1) for one in filled]


def _only_window(frame: Frame) -> bool:
    said = (
        frame.restrictions or frame.texts or frame.compare or frame.measured or frame.number_filter
    )
    return (
        frame.kind is FrameKind.HEADLESS
        and frame.window is not None
        and not (said or frame.mode or frame.which or frame.distinct)
    )


def listed(state: State, piece: Piece, when: When) -> States:
    """As in "in March, June or September": one more part of time for the date before."""
    top, pending = state.top, state.pending
    if top is None or top.kind is not FrameKind.FIELD or not isinstance(top.window, When):
        return []
    last = state.last
    clause = pending.relative or pending.auxiliary or pending.new_group or pending.loose()
    neither = pending.connector == "nor" and top.negated
    if clause or not (neither or (pending.connector in _LISTING and not pending.negated)):
        return []
    if last is None or last.sort is not Sort.WINDOW or last not in top.pieces:
        return []
    joint = "or" if neither else pending.connector
    longer = top._replace(also=(*top.also, (joint, when)))
    return fill(state, piece, len(state.frames) - 1, longer)
