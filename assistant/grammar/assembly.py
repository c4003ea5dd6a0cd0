"""Pieces -> frames, left to right, with a beam.

`assemble` walks a lattice and keeps the cheapest states; each piece may move a state to none, one
or several others (`moves`). A word that fits nowhere can always be passed over as unknown, at a
price that nothing else costs; such a parse is never run, only shown.
"""

from collections.abc import Callable, Sequence

from assistant.grammar.cutter import Lattice
from assistant.grammar.frames import FrameKind, Pending, State
from assistant.grammar.moves import (
    afterwards,
    attributes,
    events,
    fields,
    numbers,
    quotes,
    rankings,
    vague,
    values,
    windows,
    words,
)
from assistant.grammar.moves.context import Context
from assistant.grammar.pieces import Piece, Sort

BEAM = 40
SETTLED = 6
HEADLESS_COST = 0.5

Move = Callable[[Context, State, Piece], Sequence[State]]

_MOVES: dict[Sort, Move] = {
    Sort.STRUCTURE: words.structure,
    Sort.CONNECTIVE: words.connective,
    Sort.NEGATION: words.negation,
    Sort.EDGE: words.edge,
    Sort.MODE: words.mode,
    Sort.KNOWN: words.known,
    Sort.DISTINCT: words.distinct,
    Sort.QUOTE: quotes.quote,
    Sort.VALUE: values.value,
    Sort.FIELD: fields.field,
    Sort.ATTRIBUTE: attributes.attribute,
    Sort.UNITS: attributes.units,
    Sort.EVENT: events.event,
    Sort.MEASURE: events.measure,
    Sort.RANK: rankings.rank,
    Sort.MOST: rankings.most,
    Sort.VAGUE: vague.vague,
    Sort.COMPARE: numbers.compare,
    Sort.WINDOW: windows.window,
    Sort.AFTER: afterwards.after,
    Sort.ASIDE: words.aside,
    Sort.BEYOND: words.unknown,
    Sort.UNKNOWN: words.unknown,
}

_AFTER_ONLY = frozenset({Sort.STRUCTURE, Sort.EVENT, Sort.COMPARE, Sort.MODE})


def assemble(context: Context, lattice: Lattice) -> list[State]:
    """Every complete parse that the beam kept, cheapest first."""
    beams: list[dict[object, State]] = [{} for _ in range(len(lattice) + 1)]
    beams[0][()] = State()
    for at, pieces in enumerate(lattice):
        for state in _best(beams[at]):
            for piece in pieces:
                for moved in advance(context, state, piece):
                    _keep(beams[piece.end], moved)
    ends = [state for state in beams[-1].values() if _complete(state.pending)]
    if not ends:
        unknown = tuple(pieces[-1] for pieces in lattice)
        ends = [State(cost=sum(piece.cost for piece in unknown), path=unknown)]
    return sorted(map(_judged, ends), key=lambda state: state.cost)


def advance(context: Context, state: State, piece: Piece) -> list[State]:
    """Every state that a piece moves a state to."""
    if state.pending.only and piece.sort not in _AFTER_ONLY:
        return []
    return [_paid(moved, piece) for moved in _MOVES[piece.sort](context, state, piece)]


def rule(sort: Sort) -> str:
    """The name of the move that takes pieces of a sort."""
    move = _MOVES[sort]
    return f"{move.__module__.rpartition('.')[2]}.{getattr(move, '__name__', sort)}"


def _best(beam: dict[object, State]) -> list[State]:
    """The cheapest states, and the cheapest of those that nothing is pending in: a way on."""
    ordered = sorted(beam.values(), key=lambda state: state.cost)
    settled = [state for state in ordered[BEAM:] if _complete(state.pending)]
    return [*ordered[:BEAM], *settled[:SETTLED]]


def _judged(state: State) -> State:
    """A parse in which a value or an amount never met its verb is a worse one."""
    waiting = sum(frame.kind is FrameKind.HEADLESS for frame in state.frames)
    return state._replace(cost=state.cost + HEADLESS_COST * waiting)


def _paid(state: State, piece: Piece) -> State:
    last = state.last if piece.sort in (Sort.STRUCTURE, Sort.CONNECTIVE) else piece
    return State(
        state.frames,
        state.pending,
        state.cost + piece.cost,
        (*state.path, piece),
        state.open,
        last,
    )


def _keep(beam: dict[object, State], state: State) -> None:
    # Frames by identity: two ways through the same fillers share them, and hashing them is dear.
    # A key's frames live as long as the state that it leads to, so no identity is used twice.
    key = (*map(id, state.frames), state.pending, state.open)
    known = beam.get(key)
    if known is None or state.cost < known.cost:
        beam[key] = state


def _complete(pending: Pending) -> bool:
    waiting = (
        pending.loose()
        or pending.both == "both"
        or pending.only
        or pending.every
        or pending.must_negate
    )
    return not (waiting or pending.negated or pending.connector not in ("", "comma"))
