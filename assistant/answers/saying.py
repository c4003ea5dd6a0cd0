"""The words of an answer: parts, stated defaults, questions and reasons in the person's language.

In: a reading, a definition, who speaks. Out: sentences. The wording itself is in
`assistant/languages/<code>/`. Start at `Voice`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.answers.answer import Asked, Chip, Option, Part
from assistant.answers.counting import Counts
from assistant.answers.dates import to_be_dated
from assistant.answers.leaves import (
    distances_asked,
    fields_let_in_unknown,
    placed,
    records_let_in_none,
    top,
)
from assistant.answers.own_dates import how_counted, still_running
from assistant.grammar.reading import Choice, Note, Question, Reading, Word, WordStatus
from assistant.languages.texts import texts
from assistant.messages.readback import Speaker
from assistant.messages.say_fields import label_of
from assistant.messages.say_periods import say_day
from assistant.messages.say_windows import say_window
from segments.audiences import everything
from segments.catalogue import Catalogue, Type
from segments.check import check
from segments.codec import to_text
from segments.definition import (
    SCORES,
    All,
    Condition,
    DateField,
    Distance,
    Field,
    Measure,
    Not,
    Operator,
    Similar,
    Test,
    exists,
    leaves,
)
from segments.predictions import Target
from segments.problems import Problem
from segments.rewrites import simplify


@dataclass(frozen=True, slots=True)
class Voice:
    """Says answers of one shop in one language, as of one day."""

    language: str
    catalogue: Catalogue
    speaker: Speaker
    as_of: date

    def parts(self, definition: Condition) -> tuple[Part, ...]:
        """The parts at the top, with the chips of their leaves; nothing is counted yet."""
        speaker = self.speaker
        return tuple(
            Part(path, part, isinstance(part, Not), speaker.say_part(part), self._chips(part, path))
            for path, part in top(definition)
        )

    def _chips(self, part: Condition, at: tuple[int, ...]) -> tuple[Chip, ...]:
        return tuple(
            Chip(path, leaf, negated, said.colour, said.label, said.text)
            for path, leaf, negated in placed(part, at)
            for said in (self.speaker.chip(leaf, negated),)
        )

    def notes(self, notes: Iterable[Note]) -> tuple[str, ...]:
        """Stated defaults."""
        return tuple(texts(self.language).note(note) for note in notes)

    def read_as(self, words: Iterable[Word]) -> tuple[str, ...]:
        """What corrected and assumed words were taken for."""
        found = (
            Note("corrected", {"from": word.text, "to": word.read_as})
            if word.status is WordStatus.CORRECTED
            else Note("assumed", {"word": word.text, "as": word.read_as})
            for word in words
            if word.read_as and word.status in {WordStatus.CORRECTED, WordStatus.ASSUMED}
            if word.text != word.read_as and word.text.isalnum()  # not the bracket that says it
        )
        return tuple(dict.fromkeys(self.notes(found)))

    def day(self) -> str:
        """Which day is today."""
        day = say_day(self.speaker.phrases, self.as_of)
        return texts(self.language).note(Note("as_of", {"date": day}))

    def dates(self, definition: Condition) -> tuple[str, ...]:
        """Which days the named windows came to."""
        return self.notes(
            Note(
                "dates",
                {
                    "window": say_window(self.speaker.phrases, window),
                    "dates": self.speaker.dates(window),
                },
            )
            for window in to_be_dated(definition)
        )

    def scores(self, definition: Condition) -> tuple[str, ...]:
        """What scores are, where the definition has one."""
        numbers = (leaf.aggregate.kind for leaf in leaves(definition) if isinstance(leaf, Measure))
        return self.notes([Note("scores")] if SCORES.intersection(numbers) else [])

    def distances(self, definition: Condition) -> tuple[str, ...]:
        """How distances are measured, where the definition has one."""
        by = self.catalogue.gazetteer.by
        there = by is not None and any(isinstance(leaf, Distance) for leaf in leaves(definition))
        return self.notes([Note(f"distances_{by}")] if there else [])

    def alike(self, definition: Condition) -> tuple[str, ...]:
        """What it is to be most like others, where the definition asks for it."""
        found = everything(definition, self.catalogue.audiences)
        asked = any(isinstance(leaf, Similar) for leaf in found)
        return self.notes([Note("alike")] if asked else [])

    def predicted(self, definition: Condition) -> tuple[str, ...]:
        """What each predicted field is, from when, and how good it turned out to be."""
        named = (leaf.field for leaf in leaves(definition) if isinstance(leaf, Field | DateField))
        return self.notes(note for name in dict.fromkeys(named) for note in self._card(name))

    def _card(self, name: str) -> Iterable[Note]:
        prediction = self.catalogue.fields[name].prediction
        card = prediction.card if prediction is not None else None
        if prediction is None or card is None or card.until is None:
            return
        money = self.catalogue.fields[name].type is Type.MONEY
        scores = [
            round(100 * each) if prediction.target is Target.CHURN_RISK else round(each)
            for each in (card.score, card.base)
        ]
        said = [self.speaker.values.money(n) if money else self._number(n) for n in scores]
        day = say_day(self.speaker.phrases, card.until - timedelta(days=1))
        values = {"field": self._field(name), "days": str(prediction.days), "date": day}
        counts = {"count": self._number(card.tested), "score": said[0], "base": said[1]}
        yield Note(f"predicted_{prediction.target}", values | counts)

    def own_dates(self, definition: Condition, counts: Counts) -> tuple[str, ...]:
        """How days around a date of each member's own count, and whose are not over yet."""
        notes = [Note(code) for code in how_counted(definition)]
        for running in still_running(definition):
            number = counts.of(simplify(All((definition, running))))
            if number:
                notes.append(Note("near_running", {"count": self._number(number)}))
        return self.notes(notes)

    def let_in(self, definition: Condition, counts: Counts) -> tuple[str, ...]:
        """Whom a negation or an upper limit includes although nothing is known of them."""
        return self.notes(self._let_in(definition, counts))

    def _let_in(self, definition: Condition, counts: Counts) -> Iterable[Note]:
        for name in fields_let_in_unknown(definition):
            if not counts.engine.unknown_count(name, counts.job):
                continue
            unknown = Not(Field(name, Test(Operator.KNOWN)))
            number = counts.of(simplify(All((definition, unknown))))
            if number:
                values = {"count": self._number(number), "field": self._field(name)}
                yield Note("unknown_included", values)
        yield from self._unplaced(definition, counts)
        for records in records_let_in_none(definition):
            number = counts.of(simplify(All((definition, Not(exists(records))))))
            if number:
                event = self.catalogue.events[records.event]
                noun = self.speaker.events.noun(event)
                yield Note("none_included", {"count": self._number(number), "event": noun})

    def _unplaced(self, definition: Condition, counts: Counts) -> Iterable[Note]:
        """How many nobody knows the place of: who are in, and who can be at no distance."""
        for negated, code in ((True, "unplaced_included"), (False, "unplaced_left_out")):
            for distance in distances_asked(definition, negated=negated)[:1]:
                unknown = Not(replace(distance, test=Test(Operator.GE, (0,))))
                number = counts.of(simplify(All((definition, unknown)) if negated else unknown))
                if number:
                    yield Note(code, {"count": self._number(number)})

    def _field(self, name: str) -> str:
        return label_of(self.speaker.values, self.catalogue.fields[name], "fields")

    def _number(self, number: int) -> str:
        return self.speaker.values.number(number)

    def questions(self, reading: Reading, counts: Counts) -> tuple[Asked, ...]:
        """What is open, with the choices and how many members each would give."""
        return tuple(self._asked(question, counts) for question in reading.questions)

    def _asked(self, question: Question, counts: Counts) -> Asked:
        labels = self._labels(question.choices)
        options = tuple(
            self._option(label, choice, counts)
            for label, choice in zip(labels, question.choices, strict=True)
        )
        text = texts(self.language).question(question.code, question.about)
        place = (question.start, question.end)
        return Asked(question.key, question.about, *place, text, options)

    def _labels(self, choices: tuple[Choice, ...]) -> list[str]:
        """What each choice says; the whole sentence where the parts sound the same."""
        short = [self.speaker.say_part(choice.part) for choice in choices]
        if len(set(short)) == len(short):
            return short
        return [self.speaker.say(choice.definition or choice.part) for choice in choices]

    def _option(self, label: str, choice: Choice, counts: Counts) -> Option:
        if choice.definition is None:
            return Option(label)
        definition = simplify(choice.definition)
        if check(definition, self.catalogue):
            return Option(label)
        return Option(label, definition, to_text(definition), counts.of(definition))

    def reasons(self, notes: Iterable[Note]) -> tuple[str, ...]:
        """Why a sentence was not read."""
        return tuple(texts(self.language).reason(note) for note in notes)

    def change(self, before: Condition | None, after: Condition | None) -> str:
        """One thing that changed."""
        said = [self.speaker.say_part(each) if each else "" for each in (before, after)]
        key = "replaced" if before and after else "removed" if before else "added"
        return texts(self.language).page(f"turn_{key}", before=said[0], after=said[1])

    def problems(self, problems: Iterable[Problem]) -> tuple[str, ...]:
        """What is wrong with a definition."""
        return tuple(texts(self.language).problem(problem) for problem in problems)
