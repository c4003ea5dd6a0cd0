"""Sentences that ask for several segments at once: "which bought tea, and which bought coffee"."""

from collections.abc import Sequence

from assistant.grammar.frames import State
from assistant.grammar.meaning import Unclear
from assistant.grammar.phrasebook import Phrasebook
from assistant.grammar.pieces import Aside, Piece, Sort, Structure
from assistant.grammar.tokens import Token

_NAMED = frozenset({"member"})


def questions(tokens: Sequence[Token], book: Phrasebook) -> frozenset[int]:
    """Where words stand that a question begins with; none unless there are two."""
    found = frozenset(at for at, token in enumerate(tokens) if token.key in book.asking)
    return found if len(found) > 1 else frozenset()


def check_single(asking: frozenset[int], state: State) -> None:
    """Raises Unclear where the sentence begins with a question and another follows a connective:
    they are about different people, so neither "and" nor "or" joins them."""
    if not asking:
        return
    leading = next((i for i, p in enumerate(state.path) if not _empty(p, asking)), 0)
    first = state.path[: leading + 1]
    if not any(p.start <= at < p.end for p in first for at in asking):
        return
    ends = {p.end for p in state.path[leading:] if p.sort is Sort.CONNECTIVE}
    if any(at in ends for at in asking):
        raise Unclear("several_segments")


def _empty(piece: Piece, asking: frozenset[int]) -> bool:
    """Whether a piece before the first question says nothing of whom: "show me"."""
    if any(piece.start <= at < piece.end for at in asking):
        return False
    word = piece.payload
    return isinstance(word, Aside) or (isinstance(word, Structure) and not word.flags & _NAMED)
