"""Members called by what they bought or where: "shampoo customers with at least 3 purchases".

Whether a noun after that is of the same, or of anything they bought, no word tells; both are made,
so that it is asked.
"""

from assistant.grammar.frames import FrameKind, State
from assistant.grammar.moves.context import Context
from assistant.grammar.pieces import Sort, Structure

_APART = frozenset({"member", "preposition"})
_NUMBER = (Sort.COMPARE, Sort.MODE)


def of_anything(context: Context, state: State) -> State | None:
    """The state in which what they are called by is a purchase of its own, and what comes next is
    of any; None where neither a noun for members nor "with" stands between."""
    head, event, pending = state.top, context.catalogue.event_by_role("purchase"), state.pending
    if head is None or event is None or pending.connector or pending.relative or pending.negated:
        return None
    if (
        not (head.restrictions or head.weekdays)
        or head.compare
        or head.window
        or head.which
        or head.measured
    ):
        return None
    if head.kind is FrameKind.HEADLESS and head.had_by(event.name):
        head = head._replace(kind=FrameKind.EVENT, event=event.name, form="verb")
    elif head.kind is not FrameKind.EVENT or head.form not in ("verb", "buyers"):
        return None
    if head.negated or head.event != event.name or not _parted(state):
        return None
    return state.put(len(state.frames) - 1, head, pending=pending._replace(relative=True))


def _parted(state: State) -> bool:
    """Whether "customers" or "with" parts what they are called by from the number or noun, and not
    "in", which says in what they bought it."""
    for piece in reversed(state.path):
        if isinstance(piece.payload, Structure):
            flags = piece.payload.flags
            if flags & _APART and "place_preposition" not in flags:
                return True
        elif piece.sort not in _NUMBER or piece not in state.pending.pieces:
            return False
    return False
