"""Phrases to propose, cut into pieces: each once a language. Start at `Cuts.pieces`."""

from collections.abc import Sequence

from assistant.grammar.cutter import PIECE_COST, Cutter, Lattice
from assistant.grammar.phrasebook import Phrasebook
from assistant.grammar.pieces import Owned, Piece, Sort, ValueOf
from assistant.grammar.shopbook import Shopbook
from assistant.grammar.tokens import Token, tokenize

MOST_KEPT = 20_000  # phrases: numbers can be typed without end
Cut = tuple[tuple[Token, ...], Lattice]


class Cuts:
    """The pieces of phrases in one shop. A value of the shop's is one piece."""

    def __init__(self, shop: Shopbook) -> None:
        self._shop = shop
        self._known: dict[tuple[str, str], Cut] = {}

    def pieces(self, book: Phrasebook, text: str) -> Cut:
        """A phrase's tokens and what can begin at each of them."""
        known = self._known.get((book.language, text))
        if known is not None:
            return known
        tokens = tokenize(text)
        value = self._value(book, tokens)
        rows: Lattice = [[value], *([] for _ in tokens[1:])] if value else []
        cut = (tokens, rows or Cutter(tokens, book, (), self._shop).lattice())
        if len(self._known) < MOST_KEPT:
            self._known[book.language, text] = cut
        return cut

    def _value(self, book: Phrasebook, tokens: Sequence[Token]) -> Piece | None:
        node = self._shop.words
        for token in tokens:
            following = node.words.get(token.key)
            if following is None:
                return None
            node = following
        options = tuple(
            dict.fromkeys(
                named
                for language, named in node.meanings
                if isinstance(named, Owned) and language in (None, book.language)
            )
        )
        return Piece(0, len(tokens), Sort.VALUE, ValueOf(options), PIECE_COST) if options else None


def group(cut: Cut) -> object:
    """What phrases share that can stand in the same places: values by their owners."""
    tokens, rows = cut
    first = rows[0][0] if rows and rows[0] else None
    if first is not None and first.end == len(tokens) and isinstance(first.payload, ValueOf):
        return (first.end, frozenset((owned.event, owned.name) for owned in first.payload.options))
    return tuple(token.key for token in tokens)
