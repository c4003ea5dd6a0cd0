"""Vague words: a window, a number, or a condition of its own."""

from collections.abc import Sequence

from assistant.grammar import returning
from assistant.grammar.frames import Frame, FrameKind, State
from assistant.grammar.moves.context import LAPSED, Context, begin, fill
from assistant.grammar.moves.dates import newly
from assistant.grammar.pieces import Compare, Piece, VagueWord, When
from assistant.grammar.tokens import Shape
from assistant.grammar.vague import CHANGES

States = Sequence[State]
WINDOWS = frozenset({"recent", "soon"})
YEARS = frozenset({"young", "old"})
_LAPSES = frozenset({"lapsed", "no_longer_so"})  # after a negation, and for one with its verb
FREQUENCY = frozenset({"many", "few", "handful", "couple", "pair", "frequent", "infrequent"})


def vague(context: Context, state: State, piece: Piece) -> States:
    """A word without a fixed meaning: a window, a number, or a condition of its own."""
    assert isinstance(piece.payload, VagueWord)
    word = piece.payload
    target, pending = state.event, state.pending
    states: list[State] = []
    if _ruled_out(context, state, word):
        return []
    if word.concept in returning.CONCEPTS and _after_what_they_did(state):
        word = VagueWord(returning.AFTER)
    if word.concept == "not_since":
        return _not_since(context, state, piece)
    if word.concept in _LAPSES:
        return _lapsed(state, piece, word)
    if word.concept in WINDOWS:
        return _vague_window(state, piece, word)
    if word.concept == "interested":
        return _interest(state, piece)
    if word.concept == "long_ago" and _undone(state):
        assert target is not None
        return fill(state, piece, state.open, target._replace(window=word))
    if word.concept in FREQUENCY:
        if pending.compare is None and not pending.loose():
            moved = pending._replace(compare=word, pieces=(*pending.pieces, piece))
            states.append(state._replace(pending=moved))
        if (
            target is not None
            and target.kind is FrameKind.EVENT
            and target.compare is None
            and not pending.connector
            and not pending.loose()
        ):
            filled = target._replace(compare=word)
            states += fill(state, piece, state.open, filled)
    if state.top is not None and _most_so(state, piece):
        vague_one = state.top._replace(kind=FrameKind.VAGUE, vague=word, rank=None, most=False)
        return fill(state._replace(open=-1), piece, len(state.frames) - 1, vague_one)
    if word.concept == "active" and _only_time(state):
        assert state.top is not None
        told = state.top._replace(kind=FrameKind.VAGUE, vague=word)
        return fill(state, piece, len(state.frames) - 1, told)
    states += begin(state, piece, Frame(FrameKind.VAGUE, vague=word))
    return states


def _ruled_out(context: Context, state: State, word: VagueWord) -> bool:
    """Whether what was said before it leaves no place for the word."""
    if word.concept in YEARS and _after_age(state):
        return True  # "51 or older" is no other group of old people
    if word.concept == "people" and _no_company(context, state):
        return True  # "not at companies where …" denies both at once
    both = word.concept in CHANGES or word.concept in returning.CONCEPTS
    return both and state.pending.negated  # "not buying less": as much, or more?


def _after_what_they_did(state: State) -> bool:
    """Whether something was done before it that it may be counted from."""
    return any(frame.kind is not FrameKind.FIELD for frame in state.frames)


def _lapsed(state: State, piece: Piece, word: VagueWord) -> States:
    """As in "don't buy it any more", or, after what they did once, "but no longer do"."""
    target, pending = state.event, state.pending
    ends = word.concept == LAPSED.concept
    if ends and _undone(state):
        assert target is not None
        return fill(state, piece, state.open, target._replace(window=LAPSED, negated=False))
    if target is None or target.kind is not FrameKind.EVENT or target.negated or target.compare:
        return []
    if pending.connector not in ("but", "and") or pending.relative or pending.loose():
        return []
    if pending.negated is not ends or state.open != len(state.frames) - 1:
        return []
    if target.window == LAPSED:  # "used to buy it but no longer do": it was said already
        return [] if ends else fill(state, piece, state.open, target)
    once = target._replace(pieces=(), window=LAPSED, elliptic=True, mode="")
    return begin(state, piece, once._replace(negated=ends))


def _not_since(context: Context, state: State, piece: Piece) -> States:
    """As in "bought last summer but not since": nothing of the same after what they did then. What
    follows may be the time itself: "not since March"."""
    target, pending = state.event, state.pending
    following = context.tokens[piece.end : piece.end + 1]
    if target is None or target.kind is not FrameKind.EVENT or target.negated or target.which:
        return []
    if not isinstance(target.window, When) or target.compare or target.measured or target.again:
        return []
    if pending.connector not in ("but", "and") or pending.relative or pending.negated:
        return []
    if pending.loose() or state.open != len(state.frames) - 1:
        return []
    if following and following[0].shape is not Shape.SIGN:
        return []
    after = target._replace(pieces=(), window=None, elliptic=True, mode="", again=True)
    return begin(state, piece, after._replace(negated=True))


def _no_company(context: Context, state: State) -> bool:
    """Whether it was just said that they have no company."""
    top = state.top
    if top is None or top.kind is not FrameKind.FIELD or not top.negated or state.pending.connector:
        return False
    return context.catalogue.fields[top.field or ""].role in ("company", "company_key")


def _most_so(state: State, piece: Piece) -> bool:
    """As in "most loyal": how loyal is asked all the same."""
    top, last = state.top, state.path[-1] if state.path else None
    bare = top is not None and top.most and top.event is None and top.kind is FrameKind.RANK
    bare = bare and top is not None and (top.rank is None or top.rank.amount is None)
    alone = top is not None and last is not None and top.pieces[-1:] == (last,)
    return bare and alone and last is not None and last.end == piece.start


def _interest(state: State, piece: Piece) -> States:
    """As in "interested in": waits for the thing."""
    pending = state.pending
    if pending.loose() or pending.negated:
        return []
    moved = pending._replace(interest=True, pieces=(*pending.pieces, piece))
    return [state._replace(pending=moved, open=-1)]


def _only_time(state: State) -> bool:
    """Whether only a time waits for what was done in it: "recently active"."""
    top, pending = state.top, state.pending
    if top is None or top.kind is not FrameKind.HEADLESS or top.window is None:
        return False
    more = top.restrictions or top.texts or top.compare or top.weekdays or top.mode
    clause = pending.connector or pending.relative or pending.negated or pending.loose()
    return not (more or clause)


def _after_age(state: State) -> bool:
    """Whether years of age were said right before, and nothing but "or" stands between."""
    last, pending = state.last, state.pending
    said = last.payload if last is not None else None
    apart = pending.relative or pending.auxiliary or pending.new_group
    return isinstance(said, Compare) and said.unit.age and pending.connector == "or" and not apart


def _undone(state: State) -> bool:
    """Whether it is how long something has not been done: "not bought in a while"."""
    target, pending = state.event, state.pending
    return (
        target is not None
        and target.kind is FrameKind.EVENT
        and target.negated
        and target.window is None
        and not (pending.connector or pending.relative or pending.negated or pending.loose())
    )


def _vague_window(state: State, piece: Piece, word: VagueWord) -> States:
    target, pending = state.event, state.pending
    if pending.loose():
        return []
    top = state.top
    if top is not None and top.vague is not None and word.concept == "recent":
        return newly(state, piece, word)
    if top is not None and top.waiting() and not pending.connector:
        return fill(state, piece, len(state.frames) - 1, top._replace(window=word))
    if target is not None and not pending.connector and not pending.relative:
        if target.window is not None or target.kind is FrameKind.FIELD:
            return []
        return fill(state, piece, state.open, target._replace(window=word))
    return begin(state, piece, Frame(FrameKind.HEADLESS, window=word))
