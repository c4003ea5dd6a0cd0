"""Reads sentences: text -> Reading. Start here.

One `Reader` serves one shop; `read` is pure and safe to call from many threads. A sentence is
cut in each language that knows most of its words, parsed with a beam, and every complete reading
kept that costs the same as the cheapest: one definition is an answer, several are a question.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

from assistant.grammar.account import account
from assistant.grammar.layout import BRACKETS, layout
from assistant.grammar.meaning import Unclear
from assistant.grammar.parsing import Parse, Parser
from assistant.grammar.phrasebook import phrasebook
from assistant.grammar.pieces import Beyond, Piece, Sort
from assistant.grammar.questions import settle
from assistant.grammar.reading import Note, Reading, Status, Word, WordStatus
from assistant.grammar.shopbook import Shopbook
from assistant.grammar.tokens import strange, tokenize, written
from assistant.grammar.tracing import Recorder, Trace
from assistant.languages.packs import available
from segments.catalogue import Catalogue, Spoken

LONGEST = 1_000
MOST_TOKENS = 120
GOAL = "goal"


class Reader:
    """Everything needed to read the sentences of one shop."""

    def __init__(self, catalogue: Catalogue, spoken: Sequence[Spoken]) -> None:
        self.catalogue = catalogue
        self.shop = Shopbook(catalogue, spoken)
        self.books = tuple(phrasebook(language) for language in available())
        self.parser = Parser(self.shop, self.books)

    def read(
        self, text: str, language: str | None = None, answers: Mapping[str, int] | None = None
    ) -> Reading:
        """The reading of a text; `answers` gives the choice taken for a question's key."""
        tongue = language or self.books[0].language
        refused = _refusal(text)
        if refused is not None:
            return Reading(text, tongue, Status.UNREAD, words=_unread(text), reasons=(refused,))
        try:
            parses = self.parser.parses(tokenize(text), language)
        except Unclear as unclear:
            reasons = (unclear.note,)
            return Reading(text, tongue, Status.UNREAD, words=_unread(text), reasons=reasons)
        return _reading(self.catalogue, text, parses, answers or {})

    def trace(
        self, text: str, language: str | None = None, answers: Mapping[str, int] | None = None
    ) -> Trace:
        """How a text is read, from its tokens to the reading that `read` gives."""
        tokens, recorder = tokenize(text), Recorder()
        refused = _refusal(text) is not None
        parses: list[Parse] = []
        with suppress(Unclear):  # the reading says so
            parses = [] if refused else self.parser.parses(tokens, language, recorder)
        return Trace(
            text,
            tokens,
            {} if refused else self.parser.votes(tokens),
            recorder.attempts(),
            tuple((parse.language, parse.state.cost) for parse in parses),
            self.read(text, language, answers),
        )


def _refusal(text: str) -> Note | None:
    if not text.strip():
        return Note("empty")
    if found := strange(text):
        return Note("strange_characters", {"characters": ", ".join(found)})
    if len(text) > LONGEST:
        return Note("too_long", {"limit": str(LONGEST)})
    if len(tokenize(text)) > MOST_TOKENS:
        return Note("too_many_words", {"limit": str(MOST_TOKENS)})
    return layout(tokenize(text)).reason


def _unread(text: str) -> tuple[Word, ...]:
    tokens = tokenize(text[:LONGEST])
    return tuple(Word(t.text, t.start, t.end, WordStatus.UNKNOWN) for t in tokens)


def _reading(
    catalogue: Catalogue, text: str, parses: Sequence[Parse], answers: Mapping[str, int]
) -> Reading:
    best = parses[0]
    if best.unknown or not best.variants:
        return _not_read(catalogue, text, best)
    same = [parse for parse in parses if parse.variants and not parse.unknown]
    settled = settle(text, [(p.tokens, p.variants) for p in same], answers)
    chosen = same[settled.parse]
    words = account(catalogue, chosen.tokens, chosen.state, settled.definition)
    status = Status.ASKS if settled.questions else Status.ANSWERED
    return Reading(
        text,
        chosen.language,
        status,
        settled.definition if status is Status.ANSWERED else None,
        words,
        _notes((*_set_aside(chosen), *settled.notes)),
        settled.questions,
    )


def _notes(notes: Iterable[Note]) -> tuple[Note, ...]:
    return tuple({(n.code, *n.values.items()): n for n in notes}.values())


def _set_aside(parse: Parse) -> tuple[Note, ...]:
    """What is to be done with the members, which limits nobody."""
    aside = [_said(parse, p) for p in parse.state.path if p.sort is Sort.ASIDE]
    return (Note("set_aside", {"words": " … ".join(aside)}),) if aside else ()


def _said(parse: Parse, piece: Piece) -> str:
    return written(parse.tokens[piece.start : piece.end])


def _not_read(catalogue: Catalogue, text: str, parse: Parse) -> Reading:
    words = account(catalogue, parse.tokens, parse.state, None)
    reasons = _lacking(parse)
    if not reasons:
        reason = parse.reason or Note("no_condition")
        reasons = (Note(reason.code, {"words": text.strip(), **reason.values}),)
    return Reading(text, parse.language, Status.UNREAD, words=words, reasons=reasons)


def _lacking(parse: Parse) -> tuple[Note, ...]:
    """The words that fitted nowhere. Apart from them those that decide the sense of the others, as
    "not" and "only", without which it would be another sentence; what no definition can say yet;
    and mere goals."""
    deciding = phrasebook(parse.language).deciding
    plain = [parse.tokens[p.start] for p in parse.unknown if p.sort is Sort.UNKNOWN]
    if plain and all(token.key in BRACKETS for token in plain):
        return (Note("scope", {"words": _bracketed(parse)}),)
    plain = [token for token in plain if token.key not in BRACKETS]
    known = ", ".join(token.text for token in plain if token.key in deciding)
    strange = ", ".join(token.text for token in plain if token.key not in deciding)
    unknown = Note("unknown_words", {"words": strange, "suggestions": ""})
    misplaced = Note("no_place_for", {"words": known})
    return (
        *([unknown] if strange else []),
        *([misplaced] if known else []),
        *_notes(_beyond(parse, p) for p in parse.unknown if p.sort is Sort.BEYOND),
    )


def _beyond(parse: Parse, piece: Piece) -> Note:
    assert isinstance(piece.payload, Beyond)
    what, words = piece.payload.what, _said(parse, piece)
    if what == GOAL:
        return Note(GOAL, {"words": words})
    return Note("not_yet", {"words": words, "what": what})


def _bracketed(parse: Parse) -> str:
    """What stands in the first bracket that fitted nowhere."""
    first = next(p.start for p in parse.unknown if p.sort is Sort.UNKNOWN)
    closing = layout(parse.tokens).partners.get(first, len(parse.tokens) - 1)
    return written(parse.tokens[first : closing + 1])
