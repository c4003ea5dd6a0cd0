"""What a sentence calls the members before it says who they are: "Loyal customers: at least 5
orders". The name limits nobody, since what follows it is its meaning; it is shown as set aside."""

from collections.abc import Iterator, Sequence

from assistant.grammar.pieces import Aside, Piece, Sort, Structure, VagueWord
from assistant.grammar.shopbook import RULE
from assistant.grammar.tokens import Token

LONGEST = 6  # words of a name
COST = 0.3  # a name with its meaning is hardly anything else
_NAMING = frozenset({"member", "filler", "relative", "auxiliary"})
_MEANING = frozenset({Sort.COMPARE, Sort.WINDOW})


def titles(tokens: Sequence[Token], pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The vague words that open a sentence, where a colon or a bracket with a number or a time
    follows; not the shop's own words, which have a meaning already."""
    at = next((i for i, t in enumerate(tokens[: LONGEST + 1]) if t.key in (":", "(")), 0)
    if at == 0 or not _vague(at, pieces):
        return
    closing = next((i for i in range(at, len(tokens)) if tokens[i].key == ")"), len(tokens))
    last = closing if tokens[at].key == "(" else len(tokens)
    if any(at < p.start and p.end <= last and p.sort in _MEANING for p in pieces):
        end = at + 1 if tokens[at].key == ":" else at
        yield Piece(0, end, Sort.ASIDE, Aside(trail=False), COST)


def _vague(end: int, pieces: Sequence[Piece]) -> bool:
    """Whether the words before a place can be read as vague ones and nouns for members alone."""
    reached: dict[int, bool] = {0: False}  # place -> whether a vague word led there
    for piece in sorted(pieces, key=lambda each: each.start):
        if piece.start in reached and piece.end <= end and _names(piece):
            vague = reached[piece.start] or piece.sort is Sort.VAGUE
            reached[piece.end] = reached.get(piece.end, False) or vague
    return reached.get(end, False)


def _names(piece: Piece) -> bool:
    if isinstance(piece.payload, VagueWord):
        return not piece.payload.concept.startswith(RULE)
    return isinstance(piece.payload, Structure) and bool(piece.payload.flags & _NAMING)
