"""What members have agreed to, and by which channels they can be reached."""

from collections.abc import Sequence

from assistant.grammar.frames import Frame, FrameKind, Restriction, State
from assistant.grammar.moves.context import JOINING, Context, begin
from assistant.grammar.pieces import ChannelWord, ConsentWord, Owned, Piece

States = Sequence[State]
_SATISFIED = "to"


def consent(context: Context, state: State, piece: Piece) -> States:
    """As in "consented to", which waits for its channels, or in "e-mail and SMS consent"."""
    assert isinstance(piece.payload, ConsentWord)
    kind, pending = piece.payload.kind, state.pending
    if kind == "noun":
        return _agreed(state, piece)
    if pending.known is False and not pending.negated:
        pending = pending._replace(known=None, negated=True)  # "lacks consent to e-mail"
    if pending.loose() or (kind == "denied" and pending.negated):
        return []
    if kind == "denied":  # "vill inte ha", where the negation stands inside
        kind, pending = _SATISFIED, pending._replace(negated=True)
    moved = pending._replace(consent=kind, every=False, pieces=(*pending.pieces, piece))
    return [state._replace(pending=moved)]


def _agreed(state: State, piece: Piece) -> States:
    """The noun after its channels: all those just said in one list."""
    frames, at = state.frames, len(state.frames)
    if state.pending.connector or state.pending.negated or state.pending.loose():
        return []
    while at and frames[at - 1].consent == "open":
        at -= 1
    if at == len(frames):
        return []
    told = tuple(f._replace(consent=_SATISFIED, pieces=(*f.pieces, piece)) for f in frames[at:])
    return [state._replace(frames=(*frames[:at], *told))]


def channel(context: Context, state: State, piece: Piece) -> States:
    """A channel: of a consent just named, after another one in its list, or before the noun."""
    assert isinstance(piece.payload, ChannelWord)
    name, pending, top = piece.payload.field, state.pending, state.top
    if pending.every:
        return []
    said = Restriction(((Owned(None, name, code=True),),))
    frame = Frame(FrameKind.FIELD, field=name, restrictions=(said,))
    if pending.consent:
        taken = frozenset({"consent"})
        return begin(state, piece, frame._replace(consent=pending.consent), taken=taken)
    listed = top is not None and top.consent and not pending.relative
    if listed and top is not None and pending.connector in JOINING | {"but"}:
        if top.negated and not pending.negated and pending.connector != "but":
            if pending.connector != "or":
                return []
            denied = pending._replace(negated=True, connector="nor")  # neither of them
            state = state._replace(pending=denied)
        if top.consent == "refused":
            refused = Restriction(((Owned(None, name, code=False),),))
            frame = frame._replace(restrictions=(refused,))
        return begin(state, piece, frame._replace(consent=top.consent))
    return begin(state, piece, frame._replace(consent="open"))
