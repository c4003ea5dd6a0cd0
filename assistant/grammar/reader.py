"""Reads sentences: text -> Reading. Start here.

One `Reader` serves one shop; `read` is pure and safe to call from many threads. A sentence is
cut in each language that knows most of its words, parsed with a beam, and every complete reading
kept that costs the same as the cheapest: one definition is an answer, several are a question.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date

from assistant.grammar.account import account
from assistant.grammar.canonical import not_in_data, signed, spelled, told
from assistant.grammar.layout import layout
from assistant.grammar.meaning import Unclear
from assistant.grammar.parsing import Parse, Parser
from assistant.grammar.phrasebook import phrasebook
from assistant.grammar.pieces import AsOf, Sort
from assistant.grammar.questions import settle
from assistant.grammar.reading import Note, Reading, Status, Word, WordStatus, once
from assistant.grammar.refusing import reasons
from assistant.grammar.shopbook import Shopbook
from assistant.grammar.signs import unchained
from assistant.grammar.tokens import SLASH, Token, strange, tokenize
from assistant.grammar.tracing import Recorder, Trace
from assistant.grammar.trie import growing
from assistant.grammar.variants import Variant
from assistant.languages.files import languages
from segments.audiences import Audiences
from segments.catalogue import Catalogue, Spoken
from segments.definition import Condition
from segments.rewrites import simplify

LONGEST = 1_000
MOST_TOKENS = 190


class Reader:
    """Everything needed to read the sentences of one shop."""

    def __init__(self, catalogue: Catalogue, spoken: Sequence[Spoken]) -> None:
        self.catalogue = catalogue
        self.books = tuple(phrasebook(language) for language in languages())
        with growing():
            self.shop = Shopbook(catalogue, spoken)
            self.parser = Parser(self.shop, self.books)

    def warm_up(self) -> None:
        """Make now what the first sentence that asks for it would wait for: a second with a hundred
        thousand values."""
        with growing():
            _ = self.shop.longer

    def know(self, audiences: Audiences) -> None:
        """Take what segments and lists are called by name from now on."""
        self.shop.know(audiences)
        self.catalogue = self.shop.catalogue

    def read(
        self, text: str, language: str | None = None, answers: Mapping[str, int] | None = None
    ) -> Reading:
        """The reading of a text; `answers` gives the choice taken for a question's key."""
        tongue = language or self.books[0].language
        tokens = unchained(tokenize(text[:LONGEST]))
        try:
            _check(text, tokens)
        except Unclear as unclear:
            return _refused(text, tongue, tokens, unclear)
        definition = spelled(text, self.catalogue)
        if definition is not None and signed(text):
            return self._spelled(text, tongue, definition)
        try:
            parses = self.parser.parses(tokens, language)
            reading = self._reading(text, parses, answers or {}, definition)
        except Unclear as unclear:
            reading = _refused(text, tongue, tokens, unclear)
        if definition is not None and reading.status is Status.UNREAD:
            return self._spelled(text, tongue, definition)
        return reading

    def _reading(
        self,
        text: str,
        parses: Sequence[Parse],
        answers: Mapping[str, int],
        spelling: Condition | None,
    ) -> Reading:
        """What prose says. Where that is not what the text spells, as a canonical text without
        signs may ("born in January": in any year, or the latest), it is asked which is meant."""
        best = parses[0]
        if best.unknown or not best.variants:
            return self._not_read(text, best)
        same = [parse for parse in parses if parse.variants and not parse.unknown]
        readings = [(p.tokens, p.variants) for p in same]
        if spelling is not None:
            readings.append((best.tokens, (Variant(simplify(spelling), {}, ()),)))
        settled = settle(text, readings, answers)
        if spelling is not None and settled.parse == len(same):
            return self._spelled(text, best.language, spelling)
        chosen = same[settled.parse]
        words = account(self.catalogue, chosen.tokens, chosen.state, settled.definition)
        status = Status.ASKS if settled.questions else Status.ANSWERED
        missing = not_in_data(settled.definition, self.shop) if settled.definition else ()
        return Reading(
            text,
            chosen.language,
            status,
            settled.definition if status is Status.ANSWERED else None,
            words,
            once((*_set_aside(chosen), *_by_sign(chosen), *settled.notes, *missing)),
            settled.questions,
            as_of=_as_of(chosen),
        )

    def _spelled(self, text: str, language: str, definition: Condition) -> Reading:
        simple = simplify(definition)
        words, notes = told(text, definition, simple), not_in_data(simple, self.shop)
        return Reading(text, language, Status.ANSWERED, simple, words, notes)

    def _not_read(self, text: str, parse: Parse) -> Reading:
        words = account(self.catalogue, parse.tokens, parse.state, None)
        found = reasons(text, parse, phrasebook(parse.language), self.shop)
        if not found:
            reason = parse.reason or Note("no_condition")
            found = (Note(reason.code, {"words": text.strip(), **reason.values}),)
        return Reading(text, parse.language, Status.UNREAD, words=words, reasons=found)

    def trace(
        self, text: str, language: str | None = None, answers: Mapping[str, int] | None = None
    ) -> Trace:
        """How a text is read, from its tokens to the reading that `read` gives."""
        tokens, recorder = unchained(tokenize(text[:LONGEST])), Recorder()
        votes: dict[str, int] = {}
        parses: list[Parse] = []
        with suppress(Unclear):  # the reading says so
            _check(text, tokens)
            votes = self.parser.votes(tokens)
            parses = self.parser.parses(tokens, language, recorder)
        return Trace(
            text,
            tokens,
            votes,
            recorder.attempts(),
            tuple((parse.language, parse.state.cost) for parse in parses),
            self.read(text, language, answers),
        )


def _check(text: str, tokens: Sequence[Token]) -> None:
    """Raises Unclear for what is no sentence, before anything is read."""
    if not text.strip():
        raise Unclear("empty")
    if found := strange(text):
        raise Unclear("strange_characters", characters=", ".join(found))
    if len(text) > LONGEST:
        raise Unclear("too_long", limit=str(LONGEST))
    if len(tokens) > MOST_TOKENS:
        raise Unclear("too_many_words", limit=str(MOST_TOKENS))
    if (reason := layout(tokens).reason) is not None:
        raise Unclear(reason.code, **reason.values)


def _refused(text: str, language: str, tokens: Sequence[Token], why: Unclear) -> Reading:
    failed = layout(tokens).failed  # with a place in the text the other words may well be read
    words = tuple(
        Word(t.text, t.start, t.end, WordStatus.UNKNOWN)
        if failed in (None, at)
        else Word(t.text, t.start, t.end, WordStatus.STRUCTURE)
        for at, t in enumerate(tokens)
    )
    return Reading(text, language, Status.UNREAD, words=words, reasons=(why.note,))


def _set_aside(parse: Parse) -> tuple[Note, ...]:
    """What is to be done with the members, which limits nobody."""
    aside = [parse.said(p) for p in parse.state.path if p.sort is Sort.ASIDE]
    return (Note("set_aside", {"words": " … ".join(aside)}),) if aside else ()


def _as_of(parse: Parse) -> date | None:
    said = (p.payload for p in parse.state.path if p.sort is Sort.AS_OF)
    return next((each.day for each in said if isinstance(each, AsOf)), None)


def _by_sign(parse: Parse) -> tuple[Note, ...]:
    """Whether a slash was read as "or"."""
    joined = [p for p in parse.state.path if p.sort in (Sort.CONNECTIVE, Sort.VALUE)]
    slashed = any(parse.tokens[i].key == SLASH for p in joined for i in range(p.start, p.end))
    return (Note("slash_means_or"),) if slashed else ()
