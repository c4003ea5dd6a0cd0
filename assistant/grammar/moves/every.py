"""What is said of all that they did after it was named: "paid by card on every order"."""

from collections.abc import Sequence

from assistant.grammar.frames import Frame, FrameKind, State
from assistant.grammar.moves.context import Context, fill
from assistant.grammar.pieces import EventWord, Piece, Structure
from segments.definition import RECORD

States = Sequence[State]
_PURCHASE = "purchase"


def on_every(context: Context, state: State, piece: Piece, word: EventWord) -> States | None:
    """As in "used a code on every order": what was just named holds for all of them; None where
    the noun is no such. Never is it dropped: "a code on an order" is another thing."""
    top, pending = state.top, state.pending
    if not pending.every or top is None or pending.connector:
        return None
    if word.form != "noun":
        return [] if top.kind is FrameKind.HEADLESS and word.form != "buyers" else None
    if top.kind is FrameKind.HEADLESS and top.had_by(word.event) and _after_place(state):
        top = top._replace(kind=FrameKind.EVENT, event=word.event, form="verb")
    if top.kind is not FrameKind.EVENT or top.event != word.event:
        return [] if top.kind is FrameKind.HEADLESS else None
    free = state._replace(pending=pending._replace(every=False))
    if free.pending.relative or free.pending.loose() or not _one_thing(context, state, top):
        return []
    return _so_each(free, piece, top)


def every_time(context: Context, state: State, piece: Piece) -> States:
    """As in "paid by card every time": of what was just named."""
    top, pending = state.top, state.pending
    if top is None or top.kind is not FrameKind.EVENT or pending.connector or pending.relative:
        return []
    if pending.every or pending.loose() or not _one_thing(context, state, top):
        return []
    return _so_each(state, piece, top)


def containing(state: State, flags: frozenset[str]) -> State:
    """As in "whose every order contained": each has some of what comes, not that alone."""
    target = state.event
    if "contains" not in flags or target is None or not target.every:
        return state
    return state.put(state.open, target._replace(group=RECORD))


def _so_each(state: State, piece: Piece, top: Frame) -> States:
    so = top._replace(every=True, sole=0, group=RECORD, measured=None)
    return fill(state, piece, state.open, so)


def _one_thing(context: Context, state: State, top: Frame) -> bool:
    """Whether one thing has been said of what they bought, and nothing that counts or denies."""
    event = context.catalogue.events.get(top.event or "")
    counted = top.compare or top.distinct or top.which or top.mode or top.favourite
    other = bool(top.measured) and top.form != "spend"
    more = top.negated or counted or other or top.sole >= 0 or top.group or top.texts
    last = state.open == len(state.frames) - 1
    bought = event is not None and event.role == _PURCHASE
    return last and bought and not more and len(top.restrictions) == 1


def _after_place(state: State) -> bool:
    """Whether "on", "at" stands before "every"."""
    for piece in reversed(state.path):
        flags = piece.payload.flags if isinstance(piece.payload, Structure) else None
        if flags is None:
            return False
        if flags & {"preposition", "place_preposition", "at_time"}:
            return True
    return False
