"""Phrases to propose, cut into pieces: each once a language. Start at `Cuts.pieces`."""

from collections.abc import Sequence
from typing import NamedTuple

from assistant.grammar.cutter import PIECE_COST, Cutter, Lattice
from assistant.grammar.phrasebook import Phrasebook
from assistant.grammar.pieces import Owned, Piece, Sort, ValueOf
from assistant.grammar.shopbook import Shopbook
from assistant.grammar.tokens import Token, tokenize

MOST_KEPT = 20_000  # phrases: numbers can be typed without end
(_BEFORE,) = tokenize(",")  # stands for the sentence before a phrase


class Cut(NamedTuple):
    """The tokens of a phrase, what can begin at each of them, and what it shares with others that
    can stand in the same places."""

    tokens: tuple[Token, ...]
    rows: Lattice
    alike: object = None


def moved(piece: Piece, by: int) -> Piece:
    """A piece so many tokens further on."""
    if not by:
        return piece
    return Piece(
        piece.start + by, piece.end + by, piece.sort, piece.payload, piece.cost, piece.read_as
    )


class Cuts:
    """The pieces of phrases in one shop. A value of the shop's is one piece."""

    def __init__(self, shop: Shopbook) -> None:
        self._shop = shop
        self._known: dict[tuple[str, str, bool], Cut] = {}
        self._across: dict[tuple[str, str, tuple[str, ...]], Cut | None] = {}

    def pieces(self, book: Phrasebook, text: str, *, opens: bool) -> Cut:
        """A phrase's tokens and what can begin at each of them; some words mean something else
        where they open a sentence ("return all customers")."""
        known = self._known.get((book.language, text, opens))
        if known is not None:
            return known
        tokens = tokenize(text)
        value = self._value(book, tokens)
        one: Lattice = [[value], *([] for _ in tokens[1:])] if value else []
        rows = one or self._rows(book, tokens, opens=opens)
        cut = Cut(tokens, rows, _alike(tokens, rows))
        if len(self._known) < MOST_KEPT:
            self._known[book.language, text, opens] = cut
        return cut

    def across(self, book: Phrasebook, last: Token, cut: Cut) -> Cut | None:
        """The phrase together with the word before it, where the two may make one piece: "starts"
        and "with the final say". None where they do not."""
        first, node = cut.tokens[0], book.main.words.get(last.key)
        joined = node is not None and (first.key in node.words or bool(node.slots))
        if not joined and last.key not in book.text_starts:
            return None
        key = (book.language, last.key, tuple(token.text for token in cut.tokens))
        if key not in self._across:
            if len(self._across) >= MOST_KEPT:
                self._across.clear()
            self._across[key] = self._joined(book, (last, *cut.tokens))
        return self._across[key]

    def _joined(self, book: Phrasebook, tokens: tuple[Token, ...]) -> Cut | None:
        cutter = Cutter(tokens, book, (), self._shop)
        if not cutter.goes_on():
            return None
        rows = cutter.lattice()
        return Cut(tokens, rows) if any(piece.end > 1 for piece in rows[0]) else None

    def _rows(self, book: Phrasebook, tokens: tuple[Token, ...], *, opens: bool) -> Lattice:
        if opens:
            return Cutter(tokens, book, (), self._shop).lattice()
        rows = Cutter((_BEFORE, *tokens), book, (), self._shop).lattice()
        return [[moved(piece, -1) for piece in row] for row in rows[1:]]

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


def _alike(tokens: Sequence[Token], rows: Lattice) -> object:
    """What phrases share that can stand in the same places: their words, and for values only who
    owns them."""
    alike: list[object] = []
    at = 0
    while at < len(tokens):
        pieces = [piece for piece in rows[at] if piece.sort is not Sort.UNKNOWN]
        ends = {piece.end for piece in pieces}
        if len(ends) == 1 and all(isinstance(piece.payload, ValueOf) for piece in pieces):
            (end,) = ends
            within = (piece for row in rows[at + 1 : end] for piece in row)
            if all(piece.sort is Sort.UNKNOWN for piece in within):
                owners = frozenset(owner for piece in pieces for owner in _owners(piece))
                alike.append((owners, tokens[at].text[:1].isupper()))  # "som oslo" is no name
                at = end
                continue
        alike.append(tokens[at].key)
        at += 1
    return tuple(alike)


def _owners(piece: Piece) -> set[tuple[str | None, str]]:
    options = piece.payload.options if isinstance(piece.payload, ValueOf) else ()
    return {(owned.event, owned.name) for owned in options}
