"""Tokens -> every typed piece that can begin at each token, in one language.

Walks the language's phrasebook and the shop's book, fills slots, and gives words of the other
languages only where the first language and the shop have none. Nothing is chosen here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any

from assistant.grammar.counting import Counter
from assistant.grammar.cutting import Maker
from assistant.grammar.dated_slots import DatedSlots
from assistant.grammar.distances import distances
from assistant.grammar.layout import layout
from assistant.grammar.lists import glossed, inside, listed, said_again
from assistant.grammar.literals import literals, text_words
from assistant.grammar.named_audiences import audiences, names_quote
from assistant.grammar.namesakes import (
    commands,
    compares,
    guarded,
    lesser,
    meant,
    names_whole,
    nearer,
    opens_with_members,
    tied,
    without_asking,
    without_hidden,
    without_parts,
)
from assistant.grammar.phrasebook import Phrasebook
from assistant.grammar.pieces import (
    AttributeWord,
    Connective,
    EventWord,
    FieldWord,
    KnownWord,
    Owned,
    Piece,
    Sort,
    Structure,
    Text,
    VagueWord,
    ValueOf,
    When,
)
from assistant.grammar.shopbook import Shopbook
from assistant.grammar.signs import sign
from assistant.grammar.titles import titles
from assistant.grammar.tokens import EQUATING, Shape, Token, tokenize, unquoted
from segments.definition import Near, Origin, Period

PIECE_COST = 1.0
STRUCTURE_COST = 1.05
FOREIGN_COST = 0.6
_PROPER = frozenset({"first_name", "last_name", "company"})
FEAST_COST = 0.3  # a feast by whose name the shop has something
FOREIGN_LABEL = 1.15  # a label of the shop's in another language
ARTICLE_COST = 0.4  # "a" is rarely the number one
UNKNOWN_COST = 12.0
CORRECTED_COST = 3.0
CODE_COST = 1.1  # a word for it is read first
LITERAL_COST = 0.5  # what is quoted is rather the value of that name than its letters
LONGEST_CODE = 4  # words with underscores between them

BEYOND_COST = 11.0  # less than one unknown word: it says why, and is run no more than that
USE_COST = 1.7  # "used", of a visit: a verb of its own is read first, and "used tea" is no visit
FOLLOWING_COST = 5.0  # "after their first order": one thing after another is read first
ASIDE_COST = 3.0  # a word: more than anything that the words could say as a condition
TRUTHS = frozenset({"yes", "no_answer"})
# what the shop calls something, in the forms of the language: "the quote", "credit limits"
_INFLECTED = (Owned, Structure, FieldWord, AttributeWord, VagueWord, EventWord)
_OWN_ONLY = frozenset({Sort.ASIDE, Sort.BEYOND})

Lattice = Sequence[Sequence[Piece]]


class Cutter:
    """Cuts one sentence, with one language first and the others behind it."""

    def __init__(
        self,
        tokens: tuple[Token, ...],
        book: Phrasebook,
        others: Sequence[Phrasebook],
        shop: Shopbook,
        corrections: dict[int, str] | None = None,
    ) -> None:
        self.tokens = tokens
        self.book = book
        self.others = others
        self.shop = shop
        self.corrections = corrections or {}

    def lattice(self) -> Lattice:
        """For each token, the pieces that begin there, unknown last."""
        slots = self._slots(self.book)
        own = self._pieces(slots, range(len(self.tokens))) + self._signs()
        own += text_words(slots, self.book, self.shop)
        named = self._named()
        own = without_asking(self.tokens, own, named)
        own = without_parts(own, named)
        named = [guarded(piece, own) for piece in named]
        covered = {i for piece in [*own, *named] for i in range(piece.start, piece.end)}
        told = {i for piece in own for i in range(piece.start, piece.end)}
        named = [
            piece
            for piece in named
            if piece.cost != FOREIGN_LABEL or any(i not in told for i in _span(piece))
        ]
        own = [p for p in own if not (compares(p, own) or commands(p, own))]
        shops_own = {piece.start for piece in named if not tied(piece)}
        own = [p for p in own if p.sort is not Sort.VAGUE or p.start not in shops_own]
        named = [p for p in named if not opens_with_members(p, own)]
        own = [p for p in own if not opens_with_members(p, own)]
        kept = list(audiences(self.tokens, self.book, own, self.shop.catalogue.audiences))
        kept += distances(slots, self.book, self.shop.catalogue)
        named = [p for p in named if not names_quote(p, self.tokens, kept)] + kept
        labels = {(p.start, p.end) for p in named if p.sort is Sort.FIELD}
        own = [lesser(p) if (p.start, p.end) in labels else p for p in own]
        own = nearer(names_whole(without_hidden(own), named))
        pieces = [_after_values(piece, named, own) for piece in own] + named
        left = [at for at in range(len(self.tokens)) if at not in covered]
        for other in self.others:
            starts = [at for at in left if other.begins(self.tokens[at])]
            foreign = self._pieces(self._slots(other), starts) if starts else ()
            pieces += [piece for piece in foreign if not _swallows(own, piece)]
        pieces += titles(self.tokens, pieces)
        rows: list[list[Piece]] = [[] for _ in self.tokens]
        for piece in _distinct(pieces):
            rows[piece.start].append(self._priced(piece))
        for piece in literals(self.tokens, pieces):
            rows[piece.start].append(piece)
        for piece in [*self._codes(), *self._brackets(rows)]:
            rows[piece.start].append(piece)
        for at, token in enumerate(self.tokens):
            rows[at].append(Piece(at, at + 1, Sort.UNKNOWN, Text(token.text), UNKNOWN_COST))
        return rows

    def goes_on(self) -> bool:
        """Whether words of the language make the first token one piece with the next: much cheaper
        to know than the lattice."""
        slots = self._slots(self.book)
        if any(end > 1 for end, *_ in slots.words(0)):
            return True
        counted = Counter(slots, self.book, self.shop).pieces(0)
        texts = text_words(slots, self.book, self.shop)
        return any(end > 1 for end, *_ in counted) or any(p.end > 1 > p.start for p in texts)

    def _brackets(self, rows: Lattice) -> list[Piece]:
        """The marks of lists, and brackets: each as two signs, and as one piece where it holds
        nothing but values."""
        found = layout(self.tokens)
        partners = found.partners
        if not (partners or found.items):
            return []
        signs = [(at, Sort.OPEN) for at in partners]
        signs += [(at, Sort.CLOSE) for at in partners.values()]
        pieces = [Piece(at, at + 1, sort, None, STRUCTURE_COST) for at, sort in signs]
        pieces += [
            Piece(at, end, Sort.ITEM, None, STRUCTURE_COST) for at, end in found.items.items()
        ]
        glosses = {at: self.shop.event_named(self._joined(at, end)) for at, end in partners.items()}
        coded = {at: list(self._coded(at)) for first in partners for at in inside(partners, first)}
        filler = Structure(frozenset({"filler"}))
        pieces += [
            Piece(at, end, Sort.STRUCTURE, filler, STRUCTURE_COST)
            for at, end in said_again(rows, partners, glosses)
        ]
        return [*pieces, *listed(rows, partners, coded), *glossed(rows, partners, coded)]

    def _joined(self, opening: int, closing: int) -> str:
        """What stands in a bracket, as a name of the data."""
        return "_".join(token.text for token in self.tokens[opening + 1 : closing])

    def _codes(self) -> Iterator[Piece]:
        """Codes as they stand in the data, right after a sign of equality: "country = SE"."""
        for at in range(1, len(self.tokens)):
            if self.tokens[at - 1].key in EQUATING:
                yield from self._coded(at)

    def _coded(self, at: int) -> Iterator[Piece]:
        for end in range(at + 1, min(at + LONGEST_CODE, len(self.tokens)) + 1):
            if any(token.shape is not Shape.WORD for token in self.tokens[at:end]):
                return
            if owned := self.shop.coded("_".join(token.text for token in self.tokens[at:end])):
                yield Piece(at, end, Sort.VALUE, ValueOf(owned), CODE_COST)

    def sources(self) -> Iterator[tuple[str, list[Piece]]]:
        """Every piece by who gives it, before any choice between them: for a trace."""
        everywhere = range(len(self.tokens))
        yield self.book.language, self._pieces(self._slots(self.book), everywhere) + self._signs()
        yield "shop", self._named()
        for other in self.others:
            yield other.language, self._pieces(self._slots(other), everywhere)

    def _priced(self, piece: Piece) -> Piece:
        if not self.corrections:
            return piece
        wrong = [i for i in range(piece.start, piece.end) if i in self.corrections]
        if not wrong:
            return piece
        read_as = " ".join(self.corrections[i] for i in wrong)
        cost = piece.cost + CORRECTED_COST * len(wrong)
        return Piece(piece.start, piece.end, piece.sort, piece.payload, cost, read_as)

    def _slots(self, book: Phrasebook) -> DatedSlots:
        return DatedSlots(self.tokens, book, self.shop.catalogue.home, self.shop)

    def _pieces(self, slots: DatedSlots, starts: Iterable[int]) -> list[Piece]:
        book = slots.book
        maker, counter = Maker(book, self.shop), Counter(slots, book, self.shop)
        foreign = book is not self.book
        extra = FOREIGN_COST if foreign else 0.0
        pieces: list[Piece] = []
        for at in starts:
            if self.tokens[at].shape is Shape.QUOTE:
                continue
            flags: dict[int, set[str]] = defaultdict(set)
            for end, meaning, captures in meant(book, self.tokens, at, slots.words(at)):
                if flag := maker.flag(meaning):
                    flags[end].add(flag)
                for sort, whole in maker.make(meaning, captures):
                    made = whole
                    if isinstance(made, KnownWord) and self.tokens[at].key in book.relatives:
                        made = replace(made, relative=True)  # "who have"
                    if (foreign and sort in _OWN_ONLY) or not self._by_whom(book, at, made):
                        continue
                    if foreign and isinstance(made, Connective):
                        made = replace(made, foreign=True)
                    alone = isinstance(made, When) and slots.names_only(at, end)
                    payload = replace(made, bare=True) if alone else made  # type: ignore[type-var]
                    cost = _cost(sort, payload, end - at) + extra
                    pieces.append(Piece(at, end, sort, payload, cost))
            for end, sort, payload in counter.pieces(at):
                article = end == at + 1 and "filler" in flags.get(end, ())
                cost = PIECE_COST + extra + (ARTICLE_COST if article else 0.0)
                pieces.append(Piece(at, end, sort, payload, cost))
            if at + 1 in flags and self.tokens[at].key in book.ones:
                flags[at + 1].add("one")
            for end, found in flags.items():
                if foreign and found == {"filler"}:
                    continue
                if self.tokens[at].key in book.relatives:
                    found.add("relative")  # "who live in" begins a clause of its own
                structure = Structure(frozenset(found))
                pieces.append(Piece(at, end, Sort.STRUCTURE, structure, STRUCTURE_COST + extra))
        return pieces

    def _by_whom(self, book: Phrasebook, at: int, payload: object) -> bool:
        """Whether "we" are who does what we do by the word at a token: "we have not ... sent"."""
        if not isinstance(payload, EventWord) or not payload.ours:
            return True
        before = (t.key for t in reversed(self.tokens[:at]) if t.key not in book.after_us)
        return next(before, "") in book.us

    def _signs(self) -> list[Piece]:
        pieces = []
        following = [*self.tokens[1:], None]
        for at, token in enumerate(self.tokens):
            if made := sign(token, following[at]):
                pieces.append(Piece(at, at + 1, *made, STRUCTURE_COST))
            elif token.key == "-" and self._joins(at):
                structure = Structure(frozenset({"joint"}))
                pieces.append(Piece(at, at + 1, Sort.STRUCTURE, structure, STRUCTURE_COST))
        return pieces

    def _joins(self, at: int) -> bool:
        """Whether a hyphen stands tight between two words."""
        if not 0 < at < len(self.tokens) - 1 or self.tokens[at].spaced:
            return False
        left, right = self.tokens[at - 1], self.tokens[at + 1]
        return not right.spaced and left.shape is not Shape.SIGN and right.shape is Shape.WORD

    # --- what the shop names

    def _named(self) -> list[Piece]:
        pieces: list[Piece] = []
        for at, token in enumerate(self.tokens):
            if token.shape is Shape.QUOTE:
                pieces += self._quoted(at, token)
            else:
                for end, words, cost in self._walk_shop(at):
                    pieces += self._from_words(at, end, words, cost)
        return pieces

    def _quoted(self, at: int, token: Token) -> list[Piece]:
        text = unquoted(token.text)
        inner = tokenize(text)
        node: Any = self.shop.words
        for part in inner:
            node = node.words.get(part.key) if node is not None else None
        known = node is not None and node.meanings and inner
        cost = PIECE_COST + (LITERAL_COST if known else 0.0)
        pieces = [Piece(at, at + 1, Sort.QUOTE, Text(text), cost)]
        if known:
            pieces += [
                piece
                for piece in self._from_words(at, at + 1, node.meanings, PIECE_COST)
                if piece.sort is Sort.VALUE
            ]
        told = self.book.main.at([part.key for part in inner])  # "= 'yes'"
        truths = {key == "yes" for _, key in told if key in TRUTHS}
        return [*pieces, *(Piece(at, at + 1, Sort.TRUTH, KnownWord(t), PIECE_COST) for t in truths)]

    def _walk_shop(self, at: int) -> list[tuple[int, list[Any], float]]:
        found: list[tuple[int, list[Any], float]] = []
        node: Any = self.shop.words
        for end in range(at, len(self.tokens)):
            token = self.tokens[end]
            if token.shape is Shape.QUOTE:
                break
            following = node.words.get(token.key)
            if following is None:
                found += self._inflected(node, end)
                break
            if end == at and not following.meanings:
                found += self._inflected(node, end)  # "a bike", beside "bike racks"
            node = following
            if node.meanings:
                found.append((end + 1, node.meanings, PIECE_COST))
            if end + 1 < len(self.tokens):
                found += self._inflected(node, end + 1)
        return found

    def _inflected(self, node: Any, at: int) -> list[tuple[int, list[Any], float]]:  # noqa: ANN401
        """A value whose last word carries one of the language's endings."""
        token = self.tokens[at]
        if token.key in node.words and node.words[token.key].meanings:
            return []
        for base in self.book.shifted(token.key) if token.shape is Shape.WORD else ():
            values = [m for m in node.named((base,)) if isinstance(m[1], Owned)]
            if told := [m for m in values if self._takes(m[1], "")]:
                return [(at + 1, told, PIECE_COST + 0.1)]
        for base, ending in (
            self.book.parted(token.key, verbs=True) if token.shape is Shape.WORD else ()
        ):
            if base in node.words:
                meanings = [
                    m
                    for m in node.words[base].meanings
                    if isinstance(m[1], _INFLECTED) and self._takes(m[1], ending)
                ]
                if meanings:
                    return [(at + 1, meanings, PIECE_COST + 0.1)]
        return []

    def _takes(self, word: object, ending: str) -> bool:
        """Whether a word may carry an ending; a place or a person only that of an owner. Words for
        what is done have their forms written out, all but those that somebody taught."""
        if isinstance(word, EventWord):
            ends = self.book.verb_endings if word.form == "verb" else self.book.endings
            return word in self.shop.taught and ending in ends
        if ending and ending not in self.book.endings:
            return False
        if not isinstance(word, Owned) or word.event is not None:
            return True
        role = self.shop.catalogue.fields[word.name].role
        proper = self.shop.is_place(word.name) or role in _PROPER
        return not proper or ending in self.book.place_endings

    def _from_words(self, at: int, end: int, words: Sequence[Any], cost: float) -> list[Piece]:
        own = [w for language, w in words if language in (None, self.book.language)]
        chosen = own or [w for _, w in words]
        cost = cost if own else FOREIGN_LABEL
        owned = tuple(dict.fromkeys(w for w in chosen if isinstance(w, Owned)))
        pieces = [Piece(at, end, Sort.VALUE, ValueOf(owned), cost)] if owned else []
        others = dict.fromkeys(w for w in chosen if not isinstance(w, Owned))
        return pieces + [Piece(at, end, Maker.sort_of(word), word, cost) for word in others]


def _cost(sort: Sort, payload: object, words: int) -> float:
    if sort in _OWN_ONLY:
        return ASIDE_COST * words if sort is Sort.ASIDE else BEYOND_COST
    if isinstance(payload, EventWord) and payload.uses:
        return USE_COST
    if isinstance(payload, When) and isinstance(payload.window, Near):
        own = payload.window.anchor.origin in (Origin.FIELD, Origin.YEARLY)
        return PIECE_COST if own else FOLLOWING_COST
    return PIECE_COST


def _span(piece: Piece) -> range:
    return range(piece.start, piece.end)


def _after_values(piece: Piece, named: Sequence[Piece], own: Sequence[Piece]) -> Piece:
    """A feast costs more where the shop has a value of its name: a campaign called Black Week. An
    article before it is then the value's: "the Black Week email"."""
    when = piece.payload
    if not isinstance(when, When) or not isinstance(when.window, Period) or not when.window.named:
        return piece
    starts = [p.start for p in named if p.sort is Sort.VALUE and p.end == piece.end]
    starts = [start for start in starts if start >= piece.start]
    if not starts:
        return piece
    before = range(piece.start, min(starts))
    articles = {p.start for p in own if isinstance(p.payload, Structure) and _article(p)}
    added = STRUCTURE_COST * len(before) if all(at in articles for at in before) else 0.0
    return replace(piece, cost=piece.cost + FEAST_COST + added)


def _article(piece: Piece) -> bool:
    """Whether it is one word that says nothing: no preposition, which makes a time of a feast."""
    assert isinstance(piece.payload, Structure)
    return piece.end == piece.start + 1 and piece.payload.flags == {"filler"}


def _swallows(own: Sequence[Piece], foreign: Piece) -> bool:
    """Whether a foreign phrase runs over a word that decides the sense of a sentence."""
    deciding = (Sort.NEGATION, Sort.CONNECTIVE)
    return any(p.sort in deciding and p.start in _span(foreign) for p in own)


def _distinct(pieces: Sequence[Piece]) -> list[Piece]:
    """One piece for each span, sort and payload: the cheapest."""
    found: dict[object, Piece] = {}
    for piece in sorted(pieces, key=attrgetter("cost")):
        found.setdefault((piece.start, piece.end, piece.sort, piece.payload), piece)
    return list(found.values())
