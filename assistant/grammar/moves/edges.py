"""What is said of the first, last or nth: "whose last order was in store", "in their first order".

What stands before the verb says which one it is, what stands after it how that one was.
"""

from dataclasses import replace

from assistant.grammar.frames import Frame, FrameKind, State
from assistant.grammar.moves.context import Context, fill
from assistant.grammar.pieces import Compare, EdgeWord, EventWord, Piece, Sort, Structure
from segments.definition import Reach, Which

_TELLING = frozenset({"auxiliary", "contains"})


def said_of_edge(state: State, flags: frozenset[str]) -> list[State] | None:
    """The states in which "was", "contained" or "all" after the noun ends what it is chosen by:
    none where the verb has been said ("first order was": the noun was meant). Of no first or last:
    None."""
    top = _going_on(state)
    if top is None or top.which is None or state.pending.every:
        return [] if flags <= {"contains"} and not _orders(state) else None
    said = top.chosen is not None and told(top)
    if flags & _TELLING and not said:
        if top.edged():
            return [state.put(state.open, _chosen(top))]
        last = state.last is not None and state.last.sort is Sort.EVENT
        return None if last and not top._replace(which=None).fresh() else []
    alike = top.edged() and top.which.reach is Reach.ALL and not said
    if "every" not in flags or not alike:
        return None
    denied = bool(state.path) and state.path[-1].sort is Sort.NEGATION
    return [state.put(state.open, _chosen(top)._replace(not_all=denied))]


def _orders(state: State) -> bool:
    """Whether only the noun for what they did was said: "orders containing tea"."""
    target = state.event
    said = target is not None and target.form == "noun" and target.barely()
    return said and target is not None and state.last is target.pieces[-1]


def denied_edge(state: State, piece: Piece) -> State | None:
    """The state in which what follows is denied of the one chosen: "whose last was not …"."""
    top = _going_on(state)
    if top is None or not top.edged() or top.negated or (top.chosen is not None and told(top)):
        return None
    denied = _chosen(top)._replace(negated=True, pieces=(*top.pieces, piece))
    return state.put(state.open, denied)


def timed_edge(state: State, piece: Piece) -> list[State]:
    """The state in which the verb just said was done first or last: "bought last in March"; with
    its object only where that alone can be meant: "bought shampoo for the first time"."""
    assert isinstance(piece.payload, EdgeWord)
    top, said = _going_on(state), piece.payload
    if top is None or top.form != "verb" or top.negated or top.which or top.anything:
        return []
    if said.number > 1 or said.reach is not Reach.NTH or not (said.after or top.fresh()):
        return []
    if top.compare or top.distinct or top.mode or top.every or top.sole >= 0:
        return []
    return fill(state, piece, state.open, top._replace(which=replace(said, after=False)))


def of_that(state: State, word: EventWord) -> Frame | None:
    """The open frame with what it says said of one: "bought shampoo in their first order"."""
    top, pending = state.top, state.pending
    if top is None or pending.which is None or word.form != "noun" or top.event != word.event:
        return None
    if top.form == "spend" and top.compare is not None and top.measured is not None:
        if not (isinstance(top.compare, Compare) and top.measured.of) or top.restrictions:
            return None
        paid = (top.measured.of, top.compare)  # "spent over 500 on their first order"
        top = top._replace(form="verb", number_filter=paid, measured=None, compare=None)
    if top.kind is not FrameKind.EVENT or top.form not in ("verb", "noun") or top.edged():
        return None
    plain = not (top.which or top.window or top.compare or top.measured or top.distinct)
    plain = plain and not (top.mode or top.sole >= 0 or top.every or top.ever or top.fresh())
    if not plain or state.open != len(state.frames) - 1:
        return None
    joined = pending.connector or pending.relative or pending.negated or pending.compare
    if joined or pending.every or pending.mode or not _within(state):
        return None
    nothing = Frame(FrameKind.EVENT, event=top.event)
    return top._replace(which=pending.which, form="noun", chosen=nothing)


def _within(state: State) -> bool:
    """Whether "in", "on", "with" stands before the first or last that was just said."""
    for piece in reversed(state.path):
        flags = piece.payload.flags if isinstance(piece.payload, Structure) else frozenset()
        if flags & {"preposition", "place_preposition"}:
            return True
        if piece.sort is not Sort.EDGE and "filler" not in flags:
            return False
    return False


def _going_on(state: State) -> Frame | None:
    """The open event, when nothing stands between it and what comes."""
    top, pending = state.top, state.pending
    if top is None or top.kind is not FrameKind.EVENT or state.open != len(state.frames) - 1:
        return None
    if pending.connector or pending.relative or pending.negated or pending.loose():
        return None
    if top.link is not None and top.link.fronted:
        return None  # "after their first order have returned": what comes is said of them
    return top


def _chosen(top: Frame) -> Frame:
    return top if top.chosen is not None else top._replace(chosen=top)


def told(top: Frame) -> bool:
    """Whether something has been said of the one chosen."""
    assert top.chosen is not None
    slots = ("restrictions", "texts", "number_filter", "details", "window", "weekdays")
    return any(getattr(top, slot) != getattr(top.chosen, slot) for slot in slots)


def of_edge(context: Context, state: State, piece: Piece, word: EventWord) -> list[State] | None:
    """The states in which what they do is what they are new to, or completes "first of": none but
    these where there are any."""
    if (new := _newly_done(context, state, word)) is not None:
        at = len(state.frames) - 1
        return fill(state._replace(open=at), piece, at, new)
    if (one := of_that(state, word)) is not None:
        cleared = state._replace(pending=state.pending._replace(which=None))
        return fill(cleared, piece, state.open, one)
    return None


def _newly_done(context: Context, state: State, word: EventWord) -> Frame | None:
    """As in "new subscribers": new is that they did it, not that they are customers. None of any
    other word, and of what has no time."""
    top, pending = state.top, state.pending
    if word.form != "buyers" or top is None or top.vague is None or top.vague.concept != "new":
        return None
    apart = pending.connector or pending.relative or pending.negated or pending.loose()
    adjacent = state.path[-1:] == top.pieces[-1:]
    if apart or top.window or not adjacent or context.catalogue.events[word.event].time is None:
        return None
    done = EdgeWord(Which.FIRST, newly=True)
    return top._replace(
        kind=FrameKind.EVENT, vague=None, event=word.event, form=word.form, which=done
    )
