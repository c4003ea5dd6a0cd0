"""What "two of", "any of" and "all of" before listed values say of the list."""

from assistant.grammar.frames import State
from assistant.grammar.pieces import Compare, Negation, Piece, Sort, Structure

SOME, ANY, ALL, NONE = "some", "any", "all", "none"
OF_THESE = "of_these"
_EVERY = "every"
_ALL_OF = "all_of_these"


def told_of(flags: frozenset[str]) -> str:
    """What waits for the list after "one of" and "each of"; "all of" waits as "all" does."""
    if "any_of_these" in flags:
        return ANY
    return ALL if _ALL_OF in flags and _EVERY not in flags else ""


def some_of(state: State, of: Piece | None = None) -> str:
    """Which of the values that come next are meant: so many of them, any, all or none; nothing
    where it was not said. The word for what they are may stand between: "two of the brands". `of`
    is the piece that is read right now, else it was read before."""
    if state.pending.of_these:
        return state.pending.of_these
    path = [*state.path, *([of] if of is not None else [])]
    at = len(path) - 1
    while at >= 0 and path[at].sort is Sort.ATTRIBUTE:
        at -= 1
    if at < 0:
        return ""
    flags = _flags(path[at])
    if _ALL_OF in flags and _EVERY in flags:
        return ALL
    if OF_THESE not in flags or at == 0:
        return ""
    before = path[at - 1].payload
    if isinstance(before, Negation):
        return NONE if before.none or before.of_them else ""
    return SOME if before is state.pending.compare and _number(before) else ""


def listing_all(state: State) -> State:
    """Without the "all" that waits where it is "all of" what is listed next."""
    pending = state.pending
    if not pending.every or pending.connector or pending.negated or some_of(state) != ALL:
        return state
    return state._replace(pending=pending._replace(every=False))


def _number(said: object) -> bool:
    """Whether it is a plain number of things: no money, no time, no number of times."""
    if not isinstance(said, Compare):
        return False
    unit = said.unit
    return not (unit.money or unit.unit or unit.times or unit.percent or unit.age)


def _flags(piece: Piece) -> frozenset[str]:
    return piece.payload.flags if isinstance(piece.payload, Structure) else frozenset()
