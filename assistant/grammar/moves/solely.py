"""What all that somebody did was, or not all: "only in store", "nothing but shampoo", "not only
online", "something other than shampoo"."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.grammar.frames import TIME, Frame, FrameKind, Pending, Restriction, State
from assistant.grammar.moves.context import Context, article, fill
from assistant.grammar.pieces import Mode, Negation, Piece, Sort, Structure, When
from assistant.grammar.tokens import Shape
from segments.definition import RECORD, Calendar, Period, Rolling, Span

States = Sequence[State]

OTHER = "other"  # "something other than" waits for what; denied, it is that alone
_ENDS = frozenset(",.;)!?")
_GOODS = frozenset({"product", "category", "subcategory", "product_type", "brand", "department"})
_LINKS = frozenset({"comma", "but"})


def all_so(state: State, piece: Piece, target: Frame, filled: Frame) -> States:
    """As in "bought only in store", "whose every order was in store": it holds for all of them."""
    pending = state.pending
    if pending.only == OTHER:
        return _other(state, piece, target, filled)
    if target.negated and pending.only == "only" and _denied((*target.pieces, *pending.pieces)):
        target, filled = (f._replace(negated=False, not_all=True) for f in (target, filled))
    denied = target.negated and pending.only != "usually"
    if target.sole >= 0 or denied or pending.compare or pending.attribute:
        return []
    if pending.only and ((target.one and not target.anything) or article(state)):
        return []  # "who only have one order in store" is about how many
    usual = pending.only == "usually"
    told = filled._replace(sole=len(target.restrictions), usual=usual)
    if pending.only == "always":
        told = told._replace(group=RECORD)  # in each of them some of it, not that alone
    if told.form == "spend" and told.compare is None:
        told = told._replace(measured=None)  # "always pays by card"
    return _filled(state, piece, told)


def verb_before(state: State) -> bool:
    """Whether the verb of the open event stands right before: "bought everything other than" is
    about all the rest."""
    target = state.event
    head = target is not None and target.pieces and target.fresh()
    return bool(head) and target is not None and state.path[-1] is target.pieces[-1]


def _said_of_whom(state: State) -> bool:
    """Whether "only" stands before who they are, as in "gold members only if they bought in May":
    not all they bought, then."""
    modes = [p.end for p in state.path if isinstance(p.payload, Mode)]
    after = (p.payload for p in state.path if modes and p.start >= modes[-1])
    return any(isinstance(word, Structure) and "member" in word.flags for word in after)


def _filled(state: State, piece: Piece, told: Frame) -> States:
    if state.pending.only == "only" and state.frames and _said_of_whom(state):
        return []
    free = state._replace(pending=state.pending._replace(only=""))
    free = free.put(state.open, free.frames[state.open]._replace(negated=told.negated))
    return fill(free, piece, state.open, told)


def _other(state: State, piece: Piece, target: Frame, filled: Frame) -> States:
    """As in "bought something other than shampoo"; denied, it was shampoo alone."""
    pending = state.pending
    if target.sole >= 0 or pending.compare or pending.attribute or target.form == "spend":
        return []
    if target.negated:
        told = filled._replace(negated=False, sole=len(target.restrictions))
        return _filled(state, piece, told)
    *before, said = filled.restrictions
    return _filled(
        state, piece, filled._replace(restrictions=(*before, replace(said, negated=True)))
    )


def _denied(pieces: Sequence[Piece]) -> bool:
    """Whether "not" stands right before "only": "only not online" and "never bought only
    online" are other things."""
    ends = {p.end for p in pieces if isinstance(p.payload, Negation)}
    return any(p.start in ends for p in pieces if isinstance(p.payload, Mode))


def not_only(state: State) -> State | None:
    """The state in which the open event is denied as a whole: "bought not only online"."""
    target, pending = state.event, state.pending
    if target is None or target.negated or target.sole >= 0 or pending.connector:
        return None
    if not _denied(pending.pieces) or target.restrictions:
        return None
    denied = target._replace(negated=True, pieces=(*target.pieces, *pending.pieces[:1]))
    moved = pending._replace(negated=False, none=False, pieces=pending.pieces[1:])
    return state.put(state.open, denied)._replace(pending=moved)


def only_alone(state: State, begun: States) -> States:
    """As in "only in store" without a verb: the new frame says what all they did was."""
    pending = state.pending
    if pending.only != "only" or pending.negated or pending.relative or not _right_before(state):
        return []
    last = [one for one in begun if one.top is not None and one.top.kind is FrameKind.HEADLESS]
    return [one.put(len(one.frames) - 1, one.frames[-1]._replace(sole=0)) for one in last]


def only_too(state: State, piece: Piece, said: Restriction) -> States:
    """As in "bought shampoo, but only in store": more of the same, of all of it."""
    target, pending = state.event, state.pending
    if target is None or target.kind is not FrameKind.EVENT or pending.connector not in _LINKS:
        return []
    if state.open != len(state.frames) - 1 or target.negated or target.sole >= 0:
        return []
    free = pending._replace(only="", connector="", comma=False, pieces=())
    if pending.only != "only" or free != Pending(place=pending.place) or not _right_before(state):
        return []
    names = {o.name for r in target.restrictions for o in r.options[0] if o.event == target.event}
    own = {o.name for options in said.options for o in options if o.event == target.event}
    if names & own or not own:
        return []
    told = target._replace(restrictions=(*target.restrictions, said), sole=len(target.restrictions))
    moved = pending._replace(only="", connector="", comma=False)
    return fill(state._replace(pending=moved), piece, state.open, told)


def _right_before(state: State) -> bool:
    """Whether nothing but a preposition stands between "only" and what comes."""
    for piece in reversed(state.path):
        if isinstance(piece.payload, Mode):
            return True
        if not isinstance(piece.payload, Structure):
            return False
    return False


def nothing_else(context: Context, state: State, piece: Piece, *, more: bool) -> States:
    """As in "bought shampoo but nothing else"; or "and something else", where there is `more`."""
    top, pending = state.top, state.pending
    if top is None or top.kind is not FrameKind.EVENT or top.negated or top.sole >= 0 or top.every:
        return []
    if pending._replace(connector="", comma=False) != Pending() or len(top.restrictions) != 1:
        return []
    if pending.connector not in ("", "comma") or state.last is not top.pieces[-1]:
        return []
    if state.last.sort is not Sort.VALUE or state.open != len(state.frames) - 1:
        return []
    own = [o.name for o in top.restrictions[0].options[0] if o.event == top.event]
    if not own or context.attribute(top.event or "", own[0]).role not in _GOODS:
        return []  # "opened the newsletter but nothing else": no other letter, or nothing at all?
    told = top._replace(sole=0, not_all=more)
    free = state._replace(pending=pending._replace(connector="", comma=False))
    return fill(free, piece, state.open, told)


def only_after(context: Context, state: State, piece: Piece) -> States:
    """As in "bought in store only", "Sweden only": of what was said right before, at an end."""
    following = context.tokens[piece.end : piece.end + 1]
    ended = not following or (following[0].shape is Shape.SIGN and following[0].key in _ENDS)
    top, last = state.top, state.path[-1] if state.path else None
    if not ended or top is None or last is None or last is not top.pieces[-1] or top.negated:
        return []
    if state.pending._replace(place=False, pieces=()) != Pending():
        return []
    if top.kind is FrameKind.FIELD:
        alone = not (top.done_there or top.relative) and state.event is None
        named = last.sort in (Sort.VALUE, Sort.COMPARE)
        return fill(state, piece, len(state.frames) - 1, top) if alone and named else []
    if top.kind not in (FrameKind.EVENT, FrameKind.HEADLESS) or top.sole >= 0 or top.every:
        return []
    if last.sort is Sort.WINDOW and top.kind is FrameKind.EVENT:
        told = top._replace(sole=TIME) if _dated(top.window) else None
    else:
        sole = len(top.restrictions) - 1
        told = top._replace(sole=sole) if last.sort is Sort.VALUE and sole >= 0 else None
    return fill(state, piece, len(state.frames) - 1, told) if told is not None else []


def only_then(context: Context, state: State, piece: Piece, target: Frame, when: When) -> States:
    """As in "only bought in 2025", "bought shampoo only in 2025": in that part of time all of
    it."""
    pending = state.pending
    if target.kind is not FrameKind.EVENT or target.sole >= 0 or not _dated(when):
        return []
    if target.restrictions and not _goods_alone(context, state, target):
        return []  # "bought in store only in 2025": only there, or only then?
    denied = target.negated and pending.only == OTHER
    if target.window is not None:
        return []
    if pending.only not in ("only", OTHER) or target.negated is not denied or pending.relative:
        return []
    if pending.only == OTHER and not denied:
        return []
    return _filled(state, piece, target._replace(window=when, sole=TIME, negated=False))


def _goods_alone(context: Context, state: State, target: Frame) -> bool:
    """Whether only one thing was named, after the verb, and "only" stands after it."""
    said = target.restrictions
    if len(said) != 1 or said[0].joint or said[0].negated or target.negated:
        return False
    own = [o.name for o in said[0].options[0] if o.event == target.event]
    things = own and context.attribute(target.event or "", own[0]).role in _GOODS
    after = state.last is not None and state.last.sort is Sort.MODE
    verb = target.pieces[0].sort is Sort.EVENT
    return bool(things) and verb and after and target.pieces[-1].sort is Sort.VALUE


def _dated(when: object) -> bool:
    """Whether it is one stretch of time, the same for all."""
    if not isinstance(when, When) or when.negated or when.within or when.idle:
        return False
    window = when.window
    if isinstance(window, Calendar):
        return window.offset >= -1  # "only two weeks ago" is how lately
    dated = isinstance(window, Period) and window.year is not None
    return dated or isinstance(window, Rolling | Span)


def but_so(state: State, piece: Piece) -> States:
    """As in "never buy except on sale", "never bought anything but shampoo": that alone."""
    top = state.top
    if top is None or top.kind is not FrameKind.EVENT or not top.negated:
        return []
    if not top._replace(window=None).fresh():
        return []
    if state.open != len(state.frames) - 1 or state.pending != Pending():
        return []
    return [state._replace(pending=Pending(only=OTHER, pieces=(piece,)))]
