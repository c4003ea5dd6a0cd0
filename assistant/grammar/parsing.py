"""Tokens -> the parses that are worth a look: `Parser.parses`.

A sentence is cut in each language that knows most of its words, and searched for complete parses:
first for those that leave no word out, since only they can be run; where there is none, for one to
show: what is left over in it is what was not understood.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf

from assistant.grammar.alike import COST as ALIKE_COST
from assistant.grammar.alike import Likeness, likenesses
from assistant.grammar.assembly import Effort, Search, cheapest_passing
from assistant.grammar.correcting import Corrector, Names
from assistant.grammar.cutter import Cutter, Lattice
from assistant.grammar.frames import Frame, FrameKind, State, flat
from assistant.grammar.meaning import Unclear
from assistant.grammar.moves.context import Context
from assistant.grammar.people import (
    COST,
    PEOPLE,
    TOGETHER,
    UNREAD_COST,
    Said,
    alone,
    at_company,
    is_together,
    marked,
    of_nobody_named,
    of_roles,
    people,
    together,
)
from assistant.grammar.phrasebook import Phrasebook
from assistant.grammar.pieces import PASSED_OVER, Beyond, Piece, Sort, VagueWord, When
from assistant.grammar.reading import Note
from assistant.grammar.sense import contradicts
from assistant.grammar.several import check_single, questions
from assistant.grammar.shopbook import Shopbook
from assistant.grammar.tokens import Shape, Token, written
from assistant.grammar.tracing import Recorder
from assistant.grammar.tree import definition
from assistant.grammar.variants import Variant, Variants, mapped
from segments.definition import All, Any, Condition
from segments.rewrites import simplify

TIE = 0.25
_STATES_TRIED = 12


@dataclass(frozen=True, slots=True)
class Parse:
    """One complete parse of a sentence in one language."""

    language: str
    tokens: tuple[Token, ...]
    state: State
    variants: Variants
    reason: Note | None = None

    @property
    def unknown(self) -> tuple[Piece, ...]:
        """The words that fitted nowhere."""
        return tuple(p for p in self.state.path if p.sort in PASSED_OVER)

    def said(self, piece: Piece) -> str:
        """The text of a piece."""
        return written(self.tokens[piece.start : piece.end])

    @property
    def readable(self) -> bool:
        """Whether every word has its place and the whole a meaning."""
        return bool(self.variants) and not self.unknown


@dataclass(frozen=True, slots=True)
class Cut:
    """A sentence cut in one language, and what its search may cost."""

    language: str
    context: Context
    lattice: Lattice
    effort: Effort
    recorder: Recorder | None
    asking: frozenset[int] = frozenset()  # where questions begin, if there are several

    def tried(self, state: State) -> Parse:
        """The state as a parse, with its readings or with the reason why it has none."""
        try:
            check_single(self.asking, state)
            variants, reason = sensible(self.context, state), None
        except Unclear as unclear:
            variants, reason = (), unclear.note
        if self.recorder is not None:
            self.recorder.ended(self.language, state, variants, reason)
        return Parse(self.language, self.context.tokens, state, variants, reason)


class Parser:
    """Cuts and searches the sentences of one shop."""

    def __init__(self, shop: Shopbook, books: Sequence[Phrasebook]) -> None:
        self.shop = shop
        self.books = books
        names = Names(shop)
        self.correctors = {b.language: Corrector(b, shop, names) for b in books}

    def votes(self, tokens: Sequence[Token]) -> dict[str, int]:
        """How many of the words each language knows."""
        words = [token.key for token in tokens if token.shape is Shape.WORD]
        votes = {language: each.known(words) for language, each in self.correctors.items()}
        if max(votes.values()) < len(words):
            return {name: n + self.correctors[name].spelt(tokens) for name, n in votes.items()}
        return votes

    def parses(
        self, tokens: tuple[Token, ...], language: str | None, recorder: Recorder | None = None
    ) -> list[Parse]:
        """The readable parses that cost as little as the cheapest, or the one parse to show.

        Raises Unclear when the sentence takes too long to search."""
        effort = Effort()
        cuts = [self._cut(tokens, b, effort, recorder) for b in self.likely(tokens, language)]
        found: list[Parse] = []
        for cut in cuts:
            limit = min((p.state.cost + TIE for p in found if p.readable), default=inf)
            found += _whole(cut, limit)
        if not any(parse.readable for parse in found):
            limit = min((p.state.cost for p in found), default=inf)
            found += [parse for cut in cuts for parse in _shown(cut, limit)]
        kept = [parse for parse in found if parse.readable] or found
        cheapest = min(parse.state.cost for parse in kept)
        best = [parse for parse in kept if parse.state.cost <= cheapest + TIE]
        return sorted(best, key=lambda parse: parse.state.cost)

    def cutter(self, tokens: Sequence[Token], book: Phrasebook) -> Cutter:
        """What cuts a sentence in one language, with compounds split and typos mended."""
        others = [other for other in self.books if other is not book]
        split, corrections = self.correctors[book.language].prepare(tokens, others)
        return Cutter(split, book, others, self.shop, corrections)

    def _cut(
        self,
        tokens: tuple[Token, ...],
        book: Phrasebook,
        effort: Effort,
        recorder: Recorder | None,
    ) -> Cut:
        cutter = self.cutter(tokens, book)
        context = Context(self.shop, cutter.tokens)
        lattice = self._lattice(cutter, effort)
        if recorder is not None:
            recorder.cut(book.language, context, cutter, lattice)
        asking = questions(cutter.tokens, book)
        return Cut(book.language, context, lattice, effort, recorder, asking)

    def _lattice(self, cutter: Cutter, effort: Effort, *, undone: bool = False) -> Lattice:
        """The pieces of a sentence, and of what it says of the people at a company one for all."""
        rows = [list(pieces) for pieces in cutter.lattice()]
        marks = marked(cutter.tokens, cutter.book)
        for said in people(cutter.tokens, cutter.book, marks):
            if piece := self._people(said, cutter, effort):
                rows[said.start].insert(0, piece)
        for likeness in likenesses(cutter.tokens, cutter.book, rows, self.shop.catalogue):
            if piece := self._alike(likeness, cutter, effort):
                rows[likeness.start].insert(0, piece)
        for start, end in together(marks):  # no other sense of it may stand
            rows[start] = [_beyond(start, end, TOGETHER), rows[start][-1]]
        for start, end in of_nobody_named(cutter.tokens, cutter.book, marks):
            others = [p for p in rows[start] if p.sort is not Sort.STRUCTURE]  # "contact title"
            rows[start] = [_beyond(start, end, PEOPLE), *others]
        return _as_undone(rows) if undone else rows

    def _people(self, said: Said, cutter: Cutter, effort: Effort) -> Piece | None:
        """What is said of the people at a company, read as a sentence of its own: as one piece, or
        as one that is not understood; None where it is of something else."""
        read = self._of_whom(said, cutter, effort)
        catalogue = self.shop.catalogue
        roles = read is not None and of_roles(read.condition, catalogue)
        if said.roles and roles is False:
            return None
        meant = None if read is None else at_company(catalogue, read.condition, said)
        open_ = said.roles and roles is None
        if read is None or meant is None or open_:
            cost = COST if open_ else UNREAD_COST  # no other reading may come of what is open
            return Piece(said.start, said.end, Sort.BEYOND, Beyond(PEOPLE), cost)
        word = VagueWord(PEOPLE, meant=meant, notes=read.notes)
        return Piece(said.start, said.end, Sort.VAGUE, word, COST)

    def _alike(self, likeness: Likeness, outer: Cutter, effort: Effort) -> Piece | None:
        """Who is like others, as one piece; None where a bracket in it is not understood."""
        asides = [
            None if place is None else self._enclosed(outer, range(*place), effort)
            for place in (likeness.inside, likeness.among)
        ]
        group = likeness.group or asides[0]
        if group is None or (likeness.among is not None and asides[1] is None):
            return None
        word = likeness.word(group, asides[1])
        return Piece(likeness.start, likeness.end, Sort.VAGUE, word, ALIKE_COST)

    def _enclosed(self, outer: Cutter, places: range, effort: Effort) -> Condition | None:
        """The one reading of the tokens in a bracket, as a sentence of their own."""
        parses = self._parsed(tuple(outer.tokens[at] for at in places), outer.book, effort)
        found = {variant.condition for parse in parses for variant in parse.variants}
        return found.pop() if len(found) == 1 else None

    def _of_whom(self, said: Said, outer: Cutter, effort: Effort) -> Variant | None:
        tokens, book = tuple(outer.tokens[at] for at in said.places), outer.book
        if said.quantifier != TOGETHER and is_together(tokens, book):
            return None
        parses = self._parsed(tokens, book, effort, undone=said.quantifier == "none")
        return alone(parses, said) if parses else None

    def _parsed(
        self, tokens: tuple[Token, ...], book: Phrasebook, effort: Effort, *, undone: bool = False
    ) -> list[Parse]:
        """The readable parses of tokens in one language; none where a word had to be mended."""
        cutter = self.cutter(tokens, book)
        if not tokens or cutter.corrections:
            return []
        lattice = self._lattice(cutter, effort, undone=undone)
        cut = Cut(book.language, Context(self.shop, cutter.tokens), lattice, effort, None)
        return [parse for parse in _whole(cut, inf) if parse.readable]

    def likely(self, tokens: Sequence[Token], language: str | None) -> list[Phrasebook]:
        """The languages that know most of the words; the given one first among equals."""
        votes = self.votes(tokens)
        most = max(votes.values())
        likely = [book for book in self.books if votes[book.language] == most]
        home = f"_{self.shop.catalogue.home}"
        return sorted(
            likely, key=lambda b: (b.language != language, not b.pack.locale.endswith(home))
        )


def _whole(cut: Cut, limit: float) -> list[Parse]:
    """The parses up to a limit that leave no word out: those with readings, up to a tie of the
    cheapest; without one, the cheapest. No readings when a cheaper parse passes over a word."""
    parses: list[Parse] = []
    unclear: list[Parse] = []
    search = Search(cut.context, cut.lattice, cut.effort, limit=limit, passing=False)
    for state in search:
        parse = cut.tried(state)
        (parses if parse.variants else unclear).append(parse)
        if parse.variants:
            search.limit = min(search.limit, parses[0].state.cost + TIE)
        if len(parses) == _STATES_TRIED:
            break
    if parses and not any(p.variants for p in _passing(cut, parses[0].state.cost - TIE)):
        return parses
    return unclear[:1]


def _shown(cut: Cut, limit: float) -> list[Parse]:
    """The cheapest parse up to a limit that passes over words; of equals one with readings."""
    first: Parse | None = None
    for parse in _passing(cut, limit):
        if first is not None and parse.state.cost > first.state.cost:
            break
        if parse.variants:
            return [parse]
        first = first or parse
    return [first] if first else []


def _passing(cut: Cut, limit: float) -> Iterator[Parse]:
    if cheapest_passing(cut.lattice) <= limit:
        for state in Search(cut.context, cut.lattice, cut.effort, limit=limit, passing=True):
            if any(piece.sort in PASSED_OVER for piece in state.path):
                yield cut.tried(state)


def _beyond(start: int, end: int, what: str) -> Piece:
    return Piece(start, end, Sort.BEYOND, Beyond(what), UNREAD_COST)


def _as_undone(lattice: Lattice) -> Lattice:
    """The pieces where "none" stands before it all: "nobody has bought for 60 days"."""
    return [
        [
            replace(piece, payload=replace(piece.payload, negated=False))
            if isinstance(piece.payload, When) and piece.payload.negated
            else piece
            for piece in pieces
        ]
        for pieces in lattice
    ]


def _of_people(frame: Frame) -> bool:
    """Whether it goes on with who they are, so that a number before it may be their age."""
    return frame.kind is FrameKind.FIELD and frame.connector in ("and", "or", "but")


def sensible(context: Context, state: State) -> Variants:
    """The readings that somebody can match, made plain. Raises Unclear when there is none."""
    plain = mapped(_said(context, state), simplify)
    kept = tuple(v for v in plain if not contradicts(v.condition, context.catalogue))
    if not kept:
        raise Unclear("contradiction")
    return kept


def means(context: Context, state: State) -> bool:
    """Whether there is a reading that somebody can match."""
    try:
        said = _said(context, state)
    except Unclear:
        return False
    return any(
        not isinstance(v.condition, All | Any)
        or not contradicts(simplify(v.condition), context.catalogue)
        for v in said
    )


def _said(context: Context, state: State) -> Variants:
    for first in state.frames[:1]:
        if first.opening and not all(map(_of_people, state.frames[1:])):
            raise Unclear("no_place_for", words=context.words(first.pieces[-1]))
    if any(frame.so_many and frame.window is None for frame in flat(state.frames)):
        raise Unclear("no_place_for")
    return definition(context, state.frames)
