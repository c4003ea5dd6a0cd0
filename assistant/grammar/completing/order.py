"""Which kinds of things come first where a sentence stands, and what sounds like a sentence there.

In: the cheapest state of the finished words. Out: kinds in order. Nothing here makes a sentence
readable or not; it only says what people more often go on with. Start at `kinds`.
"""

from assistant.grammar.cutter import Lattice
from assistant.grammar.frames import FrameKind, State
from assistant.grammar.pieces import Sort, Structure

KINDS = (
    "people",
    "place",
    "region",
    "action",
    "category",
    "brand",
    "product",
    "value",
    "age",
    "amount",
    "time",
    "ranking",
    "link",
)
_OPENING = ("people", "ranking", "place", "action", "age")
_AFTER_WHO = ("place", "action", "age", "people", "link")
_AFTER_FIELD = ("action", "age", "link", "time", "place")
_AFTER_RELATIVE = ("action", "place", "age", "people")
_AFTER_VERB = ("category", "time", "amount", "brand", "product", "value", "link")
_AFTER_OBJECT = ("time", "amount", "link", "action", "place")
_AFTER_PLACE_WORD = ("place", "region", "time")
_AFTER_LINK = ("category", "place", "action", "brand", "product", "value", "people")
_AFTER_EQUALS = ("place", "region", "category", "brand", "product", "value", "people")
_STRUCTURAL = frozenset({Sort.STRUCTURE, Sort.CONNECTIVE, Sort.NEGATION, Sort.THAN})


def kinds(state: State, *, partial: bool) -> tuple[str, ...]:
    """Every kind, the likeliest first; those that are never likely here only when something of
    the next word has been typed."""
    first = _likely(state)
    return (*first, *(kind for kind in KINDS if kind not in first)) if partial else first


def _likely(state: State) -> tuple[str, ...]:
    pending = state.pending
    top = state.top
    if pending.bound:
        return ()  # a number, which nobody can guess
    if pending.equals:
        return _AFTER_EQUALS
    if pending.by:
        return ()  # what follows goes on a phrase for a ranking
    if pending.place:
        return _AFTER_PLACE_WORD
    if pending.relative or pending.auxiliary or pending.negated:
        return _AFTER_RELATIVE
    if pending.connector:
        return _AFTER_LINK
    if top is None:
        return _AFTER_WHO if state.path else _OPENING
    if top.kind is FrameKind.EVENT:
        return _AFTER_VERB if top.fresh() else _AFTER_OBJECT
    return _AFTER_FIELD


def joins(before: State, rows: Lattice) -> bool:
    """Whether words may stand after the last one: no preposition after another."""
    first = rows[0][0] if rows and rows[0] else None
    return first is None or first.sort not in _STRUCTURAL or not _hangs(before)


def commanded(before: State, at: int, rows: Lattice) -> bool:
    """Whether a noun for members at a token would make the one verb before it a word for what is to
    be done with them, which says nothing of them: "order customers"."""
    verb = bool(before.path) and before.path[0].sort is Sort.EVENT and before.path[0].end == at
    first = rows[0] if verb and rows else ()
    said = [p.payload.flags for p in first if isinstance(p.payload, Structure)]
    return any("member" in flags and "filler" not in flags for flags in said)


def after_verb(state: State) -> bool:
    """Whether what was done is what the last words say, so that what belongs to it comes first."""
    top = state.top
    return top is not None and top.kind is FrameKind.EVENT and not state.pending.connector


def headless(state: State) -> bool:
    """Whether a thing is named without a verb: "customers in Norway and hair care"."""
    return any(frame.kind is FrameKind.HEADLESS for frame in state.frames)


def natural(before: State, after: State, rows: Lattice) -> bool:
    """Whether words that nobody has begun to type sound right: no thing without its verb, no second
    person without an "and", and after "who" something that is done."""
    if headless(after):
        return False
    relative = before.pending.relative or before.pending.auxiliary
    said = [piece.sort for row in rows[:2] for piece in row]  # "have bought", "bought"
    if relative and Sort.EVENT not in said:
        return False
    first = rows[0][0] if rows and rows[0] else None
    alone = first is not None and first.sort is Sort.VALUE and first.end == len(rows)
    opens = len(after.frames) > len(before.frames)
    pending = before.pending
    waits = pending.place or pending.connector or pending.equals or not before.path
    return not (alone and opens and not waits)


def _hangs(state: State) -> bool:
    """Whether the last word was one of structure that something has to follow."""
    last = state.path[-1] if state.path else None
    if last is None or last.sort not in _STRUCTURAL:
        return False
    payload = last.payload
    return not (isinstance(payload, Structure) and payload.flags & {"member", "object", "relative"})
