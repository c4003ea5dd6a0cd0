"""A thing with "not" after it, at the end: "shampoo they have bought, conditioner not"."""

from dataclasses import replace

from assistant.grammar.frames import Frame, FrameKind, State
from assistant.grammar.moves.context import Context
from assistant.grammar.pieces import Connective, Negation, Piece, Sort
from assistant.grammar.tokens import Shape

_APART = frozenset({"comma", "but"})


def denied_last(context: Context, state: State, piece: Piece) -> State | None:
    """The state where the value just said is denied of the verb before it. None where more follows,
    or where it does not stand for itself."""
    assert isinstance(piece.payload, Negation)
    following = context.tokens[piece.end : piece.end + 1]
    ends = not following or following[0].shape is Shape.SIGN
    if not ends or piece.payload.none or state.pending.connector or state.pending.loose():
        return None
    if len(state.path) < 2 or state.path[-1].sort is not Sort.VALUE:
        return None
    joint = state.path[-2].payload
    if not isinstance(joint, Connective) or joint.kind not in _APART:
        return None
    return _of_a_list(state, piece) or _of_its_own(state, piece)


def _of_a_list(state: State, piece: Piece) -> State | None:
    """The last value of a list, taken out of it."""
    frames, top = state.frames, state.top
    if top is None or not _bought(top) or len(top.restrictions[-1].options) < 2:
        return None
    said = top.restrictions[-1]
    left = replace(said, options=said.options[:-1])
    last = replace(said, options=said.options[-1:], joint="")
    before = top._replace(restrictions=(*top.restrictions[:-1], left), pieces=top.pieces[:-1])
    denied = _denied(top, piece)._replace(restrictions=(last,))
    return state._replace(frames=(*frames[:-1], before, denied), open=len(frames), last=piece)


def _of_its_own(state: State, piece: Piece) -> State | None:
    """A frame of its own, which takes over the verb before it."""
    if len(state.frames) < 2:
        return None
    before, top = state.frames[-2:]
    plain = top._replace(kind=FrameKind.EVENT, restrictions=(), bare=False).fresh()
    single = len(top.restrictions) == 1 and len(top.restrictions[0].options) == 1
    if not plain or not single or top.negated or top.relative or top.auxiliary:
        return None
    if not _bought(before) or top.connector not in _APART:
        return None
    if top.kind is FrameKind.HEADLESS:
        if all(owned.event != before.event for owned in top.restrictions[0].options[0]):
            return None
    elif not top.elliptic or top.event != before.event:
        return None
    denied = _denied(before, piece)._replace(
        pieces=(*top.pieces, piece), restrictions=top.restrictions
    )
    at = len(state.frames) - 1
    return state.put(at, denied, open=at, last=piece)


def _bought(frame: Frame) -> bool:
    """Whether a verb says what was done to the things it names, and at most when."""
    plain = frame._replace(restrictions=(), window=None).fresh() and frame.sole < 0
    return plain and bool(frame.restrictions) and frame.form == "verb" and not frame.negated


def _denied(before: Frame, piece: Piece) -> Frame:
    return Frame(
        FrameKind.EVENT,
        pieces=(before.pieces[-1], piece),
        connector="but",
        negated=True,
        event=before.event,
        form="verb",
        elliptic=True,
    )
