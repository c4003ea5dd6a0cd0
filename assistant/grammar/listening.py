"""What a conversation asks of the grammar beside whole sentences: named things, languages, members.

In: the text of a turn. Out: what it names without being a sentence. Start at `Listener`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Protocol

from assistant.grammar.cutter import Cutter, Lattice
from assistant.grammar.fragments import Fragment, fragments
from assistant.grammar.inquiring import Asked, asked, may_ask, measured
from assistant.grammar.phrasebook import phrasebook
from assistant.grammar.pieces import EventWord, Far, Piece, Sort, Structure, ValueOf
from assistant.grammar.portions import portion
from assistant.grammar.reader import LONGEST, MOST_TOKENS, Reader
from assistant.grammar.reading import Note, Reading, Status, Word, WordStatus
from assistant.grammar.slots import Slots
from assistant.grammar.teachable import meanings
from assistant.grammar.tokens import tokenize
from assistant.grammar.tracing import Trace
from assistant.grammar.turnbook import turnbook
from assistant.languages.files import FALLBACK, languages
from segments.audiences import Audiences
from segments.catalogue import Catalogue, Spoken
from segments.definition import Rank, leaves
from segments.inquiry import Within

_THINGS = frozenset({Sort.ATTRIBUTE, Sort.UNITS, Sort.MEASURE})
MOST_TONGUES = 2  # the languages that know most of the words


class Hears(Protocol):
    """What a conversation is read with: a `Listener`."""

    catalogue: Catalogue

    def read(
        self, text: str, language: str | None = None, answers: Mapping[str, int] | None = None
    ) -> Reading:
        """Read one sentence; `answers` are question keys and the choices taken."""
        ...

    def asked(self, text: str, language: str) -> tuple[Asked, ...]:
        """What a turn asks of the segment in hand."""
        ...

    def fragments(self, text: str, language: str) -> tuple[Fragment, ...]:
        """What a text names that need not be a whole condition."""
        ...

    def far(self, text: str, language: str) -> tuple[str, Far] | None:
        """The length that a text ends in, with the words before it."""
        ...

    def votes(self, text: str, first: str) -> Mapping[str, int]:
        """How many words of a text each language knows."""
        ...

    def names_members(self, text: str, language: str) -> bool:
        """Whether a text names members anew."""
        ...

    def counts_things(self, text: str, language: str) -> bool:
        """Whether "how many" before the text counts things and not people."""
        ...

    def meanings(self, text: str, language: str) -> tuple[Piece, ...]:
        """What a word or a few words already are, taken alone."""
        ...


class Listener:
    """Reads the sentences of one shop, and hears the turns of a conversation."""

    def __init__(self, catalogue: Catalogue, spoken: Sequence[Spoken]) -> None:
        self.catalogue = catalogue
        self.reader = Reader(catalogue, spoken)

    def know(self, audiences: Audiences) -> None:
        """Take what segments and lists are called by name from now on."""
        self.reader.know(audiences)
        self.catalogue = self.reader.catalogue

    def trace(
        self, text: str, language: str | None = None, answers: Mapping[str, int] | None = None
    ) -> Trace:
        """How a sentence is read."""
        return self.reader.trace(text, language, answers)

    def read(
        self, text: str, language: str | None = None, answers: Mapping[str, int] | None = None
    ) -> Reading:
        """The reading of a sentence, with what it asks of those it names: "how many customers are
        there in Oslo". Question words are no conditions."""
        for tongue, each in self._inquiries(text, language):
            rest = each.rest(text)
            if each.portion:
                if (share := self._portion(text, tongue, each, language)) is not None:
                    return share
                continue
            people = self.names_members if each.trailed else self.counts_people
            if each.trailed and _ranks(whole := self.reader.read(text, language, answers)):
                return whole  # "the top 10 in each country" is no table, nor "the top 10 by points"
            if each.splits and (each.anew or people(rest, tongue)):
                return _one_split(text, tongue, each)
            if each.part or not (each.anew or people(rest, tongue)):
                continue
            reading = self.reader.read(rest, language or tongue, answers)
            nobody = [note.code for note in reading.reasons] in (["no_condition"], ["empty"])
            if reading.status is not Status.UNREAD or nobody:
                return _asking(text, each, reading)
        return self.reader.read(text, language, answers)

    def _portion(self, text: str, tongue: str, each: Asked, language: str | None) -> Reading | None:
        """The reading of a share of others than those in hand; refused where it can mean nothing
        else and cannot be parted."""
        rest = each.rest(text)
        cutter = self._cutter(rest, tongue)
        read = partial(self.reader.read, language=language or tongue)
        parted = portion(rest, cutter.tokens, cutter.lattice(), read)
        if parted is None:
            refused = each.portion == "must" and self.counts_people(rest, tongue)
            return _unread(text, tongue, Note("share_of")) if refused else None
        asks = replace(each, inquiry=Within(parted.part))
        whole = replace(parted.whole, defaults=(*parted.whole.defaults, *parted.does.defaults))
        done = tuple(
            replace(word, start=word.start + parted.start, end=word.end + parted.start)
            for word in parted.does.words
        )
        return _asking(text, asks, replace(whole, words=(*whole.words, *done)))

    def asked(self, text: str, language: str) -> tuple[Asked, ...]:
        """What a turn asks of the segment in hand, the likeliest way first."""
        led = [each for _, each in self._inquiries(text, language)]
        return (*led, *measured(self.fragments(text, language)))

    def _inquiries(self, text: str, language: str | None) -> Iterator[tuple[str, Asked]]:
        if len(text) > LONGEST:
            return
        tokens = tokenize(text)
        tongues = [each for each in languages() if may_ask(tokens, each)]
        votes = self.votes(text, language or FALLBACK) if tongues else {}
        likely = sorted((each for each in votes if each in tongues), key=lambda each: -votes[each])
        for tongue in likely[:MOST_TONGUES]:
            names = partial(self.fragments, language=tongue)
            yield from ((tongue, each) for each in asked(text, tongue, self.catalogue, names))

    def fragments(self, text: str, language: str) -> tuple[Fragment, ...]:
        """What a text names that need not be a whole condition, the likeliest way first."""
        return fragments(self._lattice(text, language))

    def far(self, text: str, language: str) -> tuple[str, Far] | None:
        """The length that a text ends in, "30 km", with the words before it."""
        tokens = tokenize(text[:LONGEST])[:MOST_TOKENS]
        slots = Slots(tokens, phrasebook(language))
        for at, token in enumerate(tokens):
            for end, far in slots.fill("far", at):
                if end == len(tokens):
                    return text[: token.start].strip(), far
        return None

    def votes(self, text: str, first: str) -> dict[str, int]:
        """How many words of a text each language knows, one language first among equals."""
        votes = self.reader.parser.votes(tokenize(text[:LONGEST]))
        return {each: votes[each] for each in sorted(votes, key=lambda each: each != first)}

    def names_members(self, text: str, language: str) -> bool:
        """Whether a text names members anew: "customers", and not only "those"."""
        return next(self._members(text, language), None) is not None

    def counts_people(self, text: str, language: str) -> bool:
        """Whether "how many" before the text counts people: members, or people by what they are,
        and not orders or products."""
        lattice = self._lattice(text, language)
        if any(at <= 1 for at in self._members(text, language)):
            return True
        things = any(_counts_thing(piece) for row in lattice[:2] for piece in row)
        return not things and any(_says_who(piece) for row in lattice[:1] for piece in row)

    def counts_things(self, text: str, language: str) -> bool:
        """Whether "how many" before the text counts orders or products."""
        lattice = self._lattice(text, language)
        return any(_counts_thing(piece) for row in lattice[:1] for piece in row)

    def _members(self, text: str, language: str) -> Iterator[int]:
        """Where members are named anew."""
        tokens = tokenize(text[:LONGEST])
        pointing = {
            (phrase.start, phrase.end)
            for at in range(len(tokens))
            for phrase in turnbook(language).at(tokens, at)
            if phrase.key == "those"
        }
        for row in self._lattice(text, language):
            for piece in row:
                is_member = isinstance(piece.payload, Structure) and "member" in piece.payload.flags
                if is_member and (piece.start, piece.end) not in pointing:
                    yield piece.start

    def meanings(self, text: str, language: str) -> tuple[Piece, ...]:
        """What a word or a few words already are to the grammar, taken alone."""
        return meanings(self._lattice(text, language))

    def _lattice(self, text: str, language: str) -> Lattice:
        """The pieces of a text in a language; of an overlong one there are none."""
        return self._cutter(text, language).lattice()

    def _cutter(self, text: str, language: str) -> Cutter:
        tokens = tokenize(text[:LONGEST])[:MOST_TOKENS]
        return self.reader.parser.cutter(tokens, phrasebook(language))


def _counts_thing(piece: Piece) -> bool:
    """Whether a piece names orders, products, or a number of them."""
    noun = isinstance(piece.payload, EventWord) and piece.payload.form == "noun"
    return noun or piece.sort in _THINGS


def _says_who(piece: Piece) -> bool:
    """Whether a piece begins what is said of people: "women", "have bought", "live in"."""
    match piece.payload:
        case ValueOf(options):
            return options[0].event is None
        case Structure(flags):
            return bool(flags & {"auxiliary", "relative", "place_preposition"})
        case EventWord(form=form):
            return form != "noun"
        case _:
            return False


def _ranks(reading: Reading) -> bool:
    """Whether what closes the sentence says how members are ranked, or seems to."""
    by_field = any(note.code == "rank_by_field" for note in reading.reasons)
    return by_field or _ranks_in_parts(reading)


def _ranks_in_parts(reading: Reading) -> bool:
    """Whether a reading ranks members within the values of a field."""
    said = [reading.definition, *(c.part for q in reading.questions for c in q.choices)]
    parts = [leaf for condition in said if condition is not None for leaf in leaves(condition)]
    return any(isinstance(leaf, Rank) and leaf.within is not None for leaf in parts)


def _one_split(text: str, language: str, each: Asked) -> Reading:
    """Unread: two tables at once were asked for."""
    first, second = each.splits
    return _unread(text, language, Note("one_split", {"first": first, "second": second}))


def _unread(text: str, language: str, reason: Note) -> Reading:
    words = tuple(Word(t.text, t.start, t.end, WordStatus.STRUCTURE) for t in tokenize(text))
    return Reading(text, language, Status.UNREAD, words=words, reasons=(reason,))


def _asking(text: str, each: Asked, reading: Reading) -> Reading:
    """The reading of the words that say who, with those around them as structure."""
    tokens = tokenize(text)
    kept = {(word.start + each.start, word.end + each.start) for word in reading.words}
    around = [t for t in tokens if not any(s < t.end and t.start < e for s, e in kept)]
    words = [Word(t.text, t.start, t.end, WordStatus.STRUCTURE) for t in around]
    moved = [
        replace(word, start=word.start + each.start, end=word.end + each.start)
        for word in reading.words
    ]
    questions = tuple(
        replace(question, start=question.start + each.start, end=question.end + each.start)
        for question in reading.questions
    )
    ordered = tuple(sorted([*words, *moved], key=lambda word: word.start))
    if reading.status is Status.UNREAD:  # "how many customers are there": everyone
        reading = replace(reading, reasons=(Note("everyone"),))
    return replace(reading, text=text, words=ordered, questions=questions, inquiry=each.inquiry)
