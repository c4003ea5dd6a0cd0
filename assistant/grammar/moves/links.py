"""Words that put what members do in order: and then, after, before, since; the same; again."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.grammar.frames import Frame, FrameKind, State
from assistant.grammar.moves.context import Context
from assistant.grammar.moves.dates import lies_ahead
from assistant.grammar.pieces import AttributeWord, Link, Linking, Mode, Piece, SameWord, When
from segments.definition import Rolling, Within

States = Sequence[State]

_TURNED = frozenset({Linking.AFTER, Linking.SINCE, Linking.BEFORE})
TRAILING = frozenset({Linking.LATER, Linking.EARLIER})
_ONWARD = frozenset({Linking.THEN, Linking.PRIOR})
_JOINED = frozenset({"and", "but", "without"})


def link(context: Context, state: State, piece: Piece) -> States:
    """And then, after, before: waits for what was done; at the clause's end it says so of what was
    done before it."""
    assert isinstance(piece.payload, Link)
    said = piece.payload
    top, pending = _done(context, state), state.pending
    denied = pending.negated and said.kind is Linking.THEN and not pending.none
    if (pending.negated and not denied) or pending.loose():
        return []
    if said.kind in _TURNED and _opens(state):
        pieces = (*pending.pieces, piece)
        moved = pending._replace(link=replace(said, fronted=True), pieces=pieces)
        return [state._replace(pending=moved)]
    if top is None or pending.every or pending.only or pending.both or pending.must_negate:
        return []
    if said.kind is Linking.FIRST:
        linked = top.link is None and not pending.connector
        return [_put(state, piece, top._replace(link=said))] if linked else []
    if said.kind in TRAILING:
        return _trailing(context, state, piece, top)
    if pending.relative and said.kind not in _ONWARD:
        return []
    joined = pending.connector in ("and", "but") and said.kind in _ONWARD
    if pending.connector not in ("", "comma") and not joined:
        return []
    pieces = (*pending.pieces, piece)
    moved = pending._replace(
        connector="then", comma=False, relative=False, link=said, pieces=pieces
    )
    return [state._replace(pending=moved)]


def _opens(state: State) -> bool:
    """Whether nothing was done yet, so that what was done first is said first."""
    people = all(frame.kind is FrameKind.FIELD for frame in state.frames)
    return people and state.pending.connector in ("", "comma") and state.pending.link is None


def _done(context: Context, state: State) -> Frame | None:
    """What was done right before, at a time that is known."""
    top = state.top
    if top is None or top.kind is not FrameKind.EVENT or state.open != len(state.frames) - 1:
        return None
    return top if context.catalogue.events[top.event or ""].time is not None else None


def _trailing(context: Context, state: State, piece: Piece, top: Frame) -> States:
    """As in "opened it and bought within 3 days after"."""
    assert isinstance(piece.payload, Link)
    said = piece.payload
    if state.pending.connector or len(state.frames) < 2:
        return []
    if top.link is not None:  # "and then … later": only said again
        again = said == Link(Linking.LATER) and top.link.kind is Linking.THEN
        return [_put(state, piece, top)] if again else []
    before = state.frames[-2]
    timed = before.kind is FrameKind.EVENT and top.connector in _JOINED
    if not timed or context.catalogue.events[before.event or ""].time is None:
        return []
    return [_put(state, piece, top._replace(link=said, connector="then"))]


def distanced(target: Frame, when: When) -> Frame | None:
    """The open event with both when it was done and how far off at most: "and then within 7 days
    bought something in May"."""
    link, before = target.link, target.window
    if link is None or link.within is not None or not isinstance(before, When):
        return None
    if before.within is when.within or lies_ahead(when):
        return None
    near, window = (before, when) if before.within else (when, before)
    if not isinstance(near.window, Rolling):
        return None
    within = Within(near.window.count, near.window.unit)
    return target._replace(window=window, link=replace(link, within=within))


def same(context: Context, state: State, piece: Piece) -> States:
    """The same product, in the same session: what the one record has, the other has too."""
    assert isinstance(piece.payload, SameWord)
    top, pending = _done(context, state), state.pending
    if top is None or pending.connector or pending.negated or pending.loose() or top.same:
        return []
    if not piece.payload.role:
        moved = pending._replace(same=True, pieces=(*pending.pieces, piece))
        return [state._replace(pending=moved)]
    attribute = context.catalogue.events[top.event or ""].by_role(piece.payload.role)
    if attribute is None:
        return []
    told = top._replace(same=((top.event or "", attribute.name),), anything=True)
    return [_put(state, piece, told)]


def same_of(context: Context, state: State, piece: Piece) -> States:
    """The word for what is the same, after "the same"."""
    assert isinstance(piece.payload, AttributeWord)
    top, pending = _done(context, state), state.pending
    if top is None or pending.connector or pending._replace(same=False).loose():
        return []
    names = tuple(each for each in piece.payload.names if each[0] == top.event)
    if not names:
        return []
    cleared = state._replace(pending=pending._replace(same=False))
    return [_put(cleared, piece, top._replace(same=names))]


def again(context: Context, state: State, piece: Piece) -> States:
    """Again: after another of its kind; on a later day."""
    assert isinstance(piece.payload, Mode)
    top, pending = _done(context, state), state.pending
    if top is None or pending.connector or pending.negated or pending.loose():
        return []
    if piece.payload.kind == "later_day":
        return [] if top.later_day else [_put(state, piece, top._replace(later_day=True))]
    return [] if top.again else [_put(state, piece, top._replace(again=True))]


def _put(state: State, piece: Piece, frame: Frame) -> State:
    told = frame._replace(pieces=(*frame.pieces, *state.pending.pieces, piece))
    cleared = state.pending._replace(pieces=())
    return state.put(state.open, told, pending=cleared)
