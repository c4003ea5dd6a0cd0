"""One shop, open for sentences: the engine, the values it can name, the reader, who says it back.

In: a sentence or a definition, a day, a language. Out: an `Answer`. What a person can get wrong
comes as reasons in the answer; only opening a shop raises `Shown`. Safe to use from several
threads. Start at `Shop.ask`.
"""

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Protocol, Self

from assistant.answers.answer import Answer, Asked
from assistant.answers.counting import Counts, counted, too_few_alike
from assistant.answers.differences import Comparer, Difference
from assistant.answers.inquiries import Inquirer
from assistant.answers.kept import Kept
from assistant.answers.leaves import point_into
from assistant.answers.naming import Names
from assistant.answers.places import places
from assistant.answers.saying import Voice
from assistant.answers.table import Table
from assistant.answers.taught_file import TaughtFiles
from assistant.answers.why import Explainer, Why
from assistant.grammar.completing.completer import Completer
from assistant.grammar.completing.typed import Proposal
from assistant.grammar.listening import Hears, Listener
from assistant.grammar.reading import Reading, Status
from assistant.grammar.tracing import Trace
from assistant.languages.files import FALLBACK, languages
from assistant.messages.readback import Speaker
from segments.audiences import Audiences
from segments.catalogue import Catalogue, Spoken
from segments.catalogue_rules import fits
from segments.check import check
from segments.codec import to_text
from segments.compile import compile_members
from segments.compile.differing import Side
from segments.definition import All, Condition
from segments.engine.duckdb_engine import Engine, Key
from segments.engine.job import Job
from segments.errors import Shown
from segments.inquiry import Inquiry
from segments.problems import Problem
from segments.rewrites import simplify
from segments.store import Store
from segments.windows import as_of_day

MOST_SPEAKERS = 64

Change = tuple[Condition | None, Condition | None]


class Reads(Hears, Protocol):
    """What reads sentences: `assistant.grammar.listening.Listener`."""

    def know(self, audiences: Audiences) -> None:
        """Take what segments and lists are called by name from now on."""
        ...

    def trace(self, text: str, language: str | None = None) -> Trace:
        """How a sentence is read."""
        ...


class Shop:
    """A shop that answers."""

    def __init__(
        self,
        engine: Engine,
        spoken: Sequence[Spoken],
        reader: Reads,
        completer: Completer | None = None,
        files: TaughtFiles | None = None,
        kept: Kept | None = None,
    ) -> None:
        self.engine = engine
        self.catalogue: Catalogue = engine.catalogue
        self.spoken = spoken
        self.reader = reader
        self.completer = completer
        self.files = files
        self._stamp = files.stamp() if files else ()
        self._speakers: dict[tuple[str, date], Speaker] = {}
        self._lock = threading.Lock()
        self._refreshing = threading.Lock()
        self._kept, self._kept_stamp = kept, kept.stamp() if kept else ()
        self._know()

    @classmethod
    def open(
        cls,
        data_dir: Path | None = None,
        catalogue: Path | None = None,
        cache_dir: Path | None = None,
        store: Store | None = None,
    ) -> Self:
        """Open a shop, the sample one without a folder; raises Shown for all that is wrong.
        Sentences can name what is kept in the store."""
        folder, file = places(data_dir, catalogue)
        files = TaughtFiles.of(file)
        engine = Engine.open(folder, files.load(), cache_dir)
        spoken = engine.values()
        listener = Listener(engine.catalogue, spoken)
        completer = Completer(listener.reader, spoken, engine.uses())
        kept = Kept(store) if store is not None else None
        return cls(engine, spoken, listener, completer, files, kept)

    def warm_up(self) -> None:
        """Make now what would hold up the first sentence, and the first word that is typed."""
        if self.completer is not None:
            self.completer.warm_up()

    def _know(self) -> None:
        """Take the saved segments and lists as they are now."""
        if self._kept is not None:
            audiences = self._kept.audiences()
            self.engine.keep(audiences, self._kept.entries)
            self.reader.know(audiences)
            self.catalogue = self.engine.catalogue

    def refresh(self) -> bool:
        """Take over what was taught or saved since, here or by another process; tells whether any
        was taught. Reading goes on with the old words until the new ones are ready."""
        if self._kept is not None and (stamp := self._kept.stamp()) != self._kept_stamp:
            self._kept_stamp = stamp
            self._know()
        files = self.files
        if files is None or files.stamp() == self._stamp:
            return False
        with self._refreshing:
            stamp = files.stamp()
            if stamp == self._stamp:
                return False
            try:
                found = files.load()
            except Shown:  # somebody is at work on it by hand: what it said last holds
                return False
            words = tuple(word for word in found.words if fits(self.catalogue, word))
            self.engine.reword(found.rules, words)
            listener = Listener(self.engine.catalogue, self.spoken)
            completer = Completer(listener.reader, self.spoken, self.engine.uses())
            self.catalogue, self.reader = self.engine.catalogue, listener
            self.completer, self._stamp = completer, stamp
        return True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the shop's file."""
        self.engine.close()

    def ask(
        self,
        text: str,
        *,
        as_of: date | None = None,
        language: str | None = None,
        hint: str | None = None,
        answers: Mapping[str, int] | None = None,
        funnel: bool = True,
        job: Job | None = None,
    ) -> Answer:
        """Answer a sentence, in `language` or else in its own; `hint` is what a sentence without
        words of its own is taken for. Without `funnel` only the whole is counted."""
        started = perf_counter()
        reading = self.reader.read(text, language or hint, answers)
        seconds = perf_counter() - started
        answer = self.answer(reading, as_of=as_of, language=language, funnel=funnel, job=job)
        read = round(1000 * seconds, 3)
        return replace(answer, milliseconds=replace(answer.milliseconds, read=read))

    def complete(self, text: str, hint: str | None = None) -> tuple[Proposal, ...]:
        """What the sentence may go on with; `hint` as for `ask`."""
        return self.completer.complete(text, hint) if self.completer is not None else ()

    def trace(self, text: str, hint: str | None = None) -> Trace:
        """How a sentence is read, step by step; `hint` as for `ask`."""
        return self.reader.trace(text, hint)

    def answer(
        self,
        reading: Reading,
        *,
        as_of: date | None = None,
        language: str | None = None,
        funnel: bool = True,
        job: Job | None = None,
    ) -> Answer:
        """Answer a sentence that was read already. The day that it takes today to be comes before
        `as_of`."""
        spoken = language if language in languages() else reading.language
        counts, voice = self._start(reading.as_of or as_of, spoken, job)
        answer = replace(self._answer(voice), reading=reading, words=reading.words)
        match reading.status:
            case Status.ANSWERED if reading.definition is not None:
                answer = self._evaluated(answer, reading.definition, counts, voice, funnel=funnel)
            case Status.ASKS if problems := _unlike(reading, counts):
                answer = replace(answer, problems=problems, reasons=voice.problems(problems))
            case Status.ASKS:
                questions = voice.questions(reading, counts)
                defaults = (*voice.read_as(reading.words), *voice.notes(reading.defaults))
                answer = replace(answer, status=Status.ASKS, questions=questions, defaults=defaults)
            case _:
                answer = replace(answer, reasons=voice.reasons(reading.reasons))
        if reading.inquiry is not None and answer.status is not Status.ASKS:
            table = Inquirer(counts, voice).answer(answer.definition, reading.inquiry)
            answer = replace(answer, table=table)
        return replace(answer, milliseconds=counts.milliseconds())

    def evaluate(
        self,
        definition: Condition,
        *,
        as_of: date | None = None,
        language: str = FALLBACK,
        funnel: bool = True,
        job: Job | None = None,
    ) -> Answer:
        """Answer a definition that came from chips, a file or a saved segment."""
        counts, voice = self._start(as_of, language, job)
        answer = self._answer(voice)
        answer = self._evaluated(answer, definition, counts, voice, funnel=funnel)
        return replace(answer, milliseconds=counts.milliseconds())

    def table(
        self,
        definition: Condition | None,
        inquiry: Inquiry,
        *,
        as_of: date | None = None,
        language: str,
        job: Job | None = None,
    ) -> Table:
        """The answer to what is asked of a definition's members, or of everyone."""
        counts, voice = self._start(as_of, language, job)
        return Inquirer(counts, voice).answer(definition, inquiry)

    def asked(
        self, reading: Reading, *, as_of: date | None = None, language: str, job: Job | None = None
    ) -> tuple[Asked, ...]:
        """The open questions of a reading in words, each choice with its count."""
        counts, voice = self._start(as_of, language, job)
        return voice.questions(reading, counts)

    def changes(
        self, edits: Iterable[Change], *, as_of: date | None = None, language: str
    ) -> tuple[str, ...]:
        """What changed in a definition, in words: a pair has what stood there and what stands
        there now."""
        voice = self._start(as_of, language, None)[1]
        return tuple(voice.change(before, after) for before, after in edits)

    def why(
        self,
        definition: Condition,
        key: str,
        *,
        as_of: date | None = None,
        language: str,
        job: Job | None = None,
    ) -> Why:
        """Why the customer with this key is among a definition's members, or is not; raises Shown
        when there is no such customer, or when the definition has problems."""
        counts, voice = self._start(as_of, language, job)
        return Explainer(counts, voice).explain(definition, key)

    def difference(
        self,
        before: Condition,
        after: Condition,
        *,
        days: tuple[date | None, date | None] = (None, None),
        language: str,
        job: Job | None = None,
    ) -> Difference:
        """What is another from one definition to the other, each as of its day: in words, who
        joined, who left, and why. Raises Shown when a definition has problems."""
        sides = [
            Side(definition, *self.engine.as_of(day))
            for definition, day in zip((before, after), days, strict=True)
        ]
        voice = self._start(days[1], language, job)[1]
        return Comparer(self.engine, voice, job).compare(*sides)

    def odd_name(self, name: str, definition: Condition, *, language: str) -> tuple[str, ...]:
        """What a segment's name says of the shop's values and its definition does not."""
        voice = self._start(None, language, None)[1]
        return self._names.odd(name, definition, voice)

    @cached_property
    def _names(self) -> Names:
        return Names.of(self.catalogue, self.spoken)

    def count(
        self, definition: Condition, *, as_of: date | None = None, job: Job | None = None
    ) -> int:
        """How many members a definition has; raises Shown when it has problems."""
        instant, ceiling = self.engine.as_of(as_of)
        return Counts(self.engine, instant, ceiling, job).of(definition)

    def members(
        self, definition: Condition, *, as_of: date | None = None, job: Job | None = None
    ) -> list[Key]:
        """The member keys of a definition, rising; raises Shown when it has problems."""
        instant, ceiling = self.engine.as_of(as_of)
        select = compile_members(definition, self.catalogue, instant, ceiling)
        return sorted(self.engine.members(select, job), key=_rising)

    def speaker(self, language: str, as_of: date) -> Speaker:
        """Who says definitions back in a language, with real dates as of a day."""
        key = (language, as_of)
        with self._lock:
            if key not in self._speakers:
                if len(self._speakers) >= MOST_SPEAKERS:
                    self._speakers.clear()
                self._speakers[key] = Speaker(language, self.catalogue, self.spoken, as_of)
            return self._speakers[key]

    def _start(self, day: date | None, language: str, job: Job | None) -> tuple[Counts, Voice]:
        instant, ceiling = self.engine.as_of(day)
        as_of = as_of_day(instant)
        known = language if language in languages() else FALLBACK
        voice = Voice(known, self.catalogue, self.speaker(known, as_of), as_of)
        return Counts(self.engine, instant, ceiling, job), voice

    def _answer(self, voice: Voice) -> Answer:
        return Answer(Status.UNREAD, voice.language, voice.as_of, self.engine.total)

    def _evaluated(
        self, answer: Answer, definition: Condition, counts: Counts, voice: Voice, *, funnel: bool
    ) -> Answer:
        problems = check(definition, self.catalogue) or too_few_alike(definition, counts)
        if problems:
            return replace(answer, problems=problems, reasons=voice.problems(problems))
        plain = simplify(definition)
        notes = answer.reading.defaults if answer.reading else ()
        stated = (*voice.read_as(answer.words), *voice.notes(notes))
        parts = voice.parts(plain)
        return replace(
            answer,
            status=Status.ANSWERED,
            words=point_into(answer.words, definition, plain),
            definition=plain,
            canonical=to_text(plain),
            readback=voice.speaker.say(plain),
            count=counts.of(plain),
            parts=counted(parts, counts) if funnel else parts,
            sql=counts.sql(plain),
            defaults=(
                *stated,
                *voice.distances(plain),
                *voice.scores(plain),
                *voice.alike(plain),
                *voice.predicted(plain),
                *voice.dates(plain),
                *voice.own_dates(plain, counts),
                *(*voice.let_in(plain, counts), voice.day()),
            ),
        )


def _unlike(reading: Reading, counts: Counts) -> tuple[Problem, ...]:
    """Whether those whom others are to be like are too few, whatever is answered."""
    choices = [choice.part for question in reading.questions for choice in question.choices]
    asked = tuple(part for part in choices if not check(part, counts.engine.catalogue))
    return too_few_alike(All(asked), counts) if asked else ()


def _rising(key: Key) -> tuple[bool, Key]:
    """Sorts whole numbers before texts, should a shop have both."""
    return isinstance(key, str), key
