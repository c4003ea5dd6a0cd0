"""A search that goes token by token and keeps where it was, so that it can go on with more tokens.

The reader's own search (`assistant.grammar.assembly`) goes for the cheapest parses of a whole
sentence; here every state of a token has to be there for whatever may follow. Start at `spread`.
"""

from collections.abc import Sequence

from assistant.grammar.assembly import BEAM, SETTLED, advance
from assistant.grammar.frames import State
from assistant.grammar.moves.context import Context, complete
from assistant.grammar.pieces import Piece

Beam = dict[object, State]  # the states at a token, by what tells them apart


def start() -> list[Beam]:
    """The beam before the first token."""
    return [{(): State()}]


def spread(
    context: Context, beams: Sequence[Beam], at: int, pieces: Sequence[Piece], width: int = BEAM
) -> None:
    """Move the states at a token, so many of the cheapest, on by the pieces that begin there."""
    for state in best(beams[at], width):
        for piece in pieces:
            for moved in advance(context, state, piece):
                _keep(beams[piece.end], moved)


def best(beam: Beam, width: int = BEAM) -> list[State]:
    """The cheapest states, and the cheapest of those that nothing is pending in: a way on."""
    ordered = sorted(beam.values(), key=lambda state: state.cost)
    settled = [state for state in ordered[width:] if complete(state.pending)]
    return [*ordered[:width], *settled[: min(SETTLED, width // 2)]]


def _keep(beam: Beam, state: State) -> None:
    # Frames by identity, as in `assistant.grammar.assembly`: they live as long as their state.
    key = (*map(id, state.frames), state.pending, state.open, *map(id, state.outer))
    known = beam.get(key)
    if known is None or state.cost < known.cost:
        beam[key] = state
