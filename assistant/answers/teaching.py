"""Teaching a shop words and rules: what may be taught, what it would change, where it is kept.

In: a word with its language and what it means. Out: lessons (`Rule`, `Taught`), kept in the shop's
files after they were held against the catalogue and the grammar; `Shown` with a `BadLesson` else.
Start at `Teacher`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from assistant.answers.answer import Answer
from assistant.answers.shop import Shop
from assistant.grammar import vague
from assistant.grammar.listening import Listener
from assistant.grammar.meaning import usable
from assistant.grammar.reading import Question, Reading, Status, WordStatus
from assistant.grammar.sense import sense
from assistant.grammar.teachable import concept_words, named_rule, obstacle, rule_name
from assistant.messages.readback import Speaker
from segments.catalogue import Catalogue, Rule, Taught
from segments.catalogue_file import load, loads, text_of, with_taught
from segments.catalogue_toml import nearest
from segments.catalogue_writing import Change, Gone, Lesson, place, write
from segments.codec import to_text
from segments.definition import Condition
from segments.errors import Broken, Shown
from segments.problems import BadLesson, UnknownEvent, UnknownField, UnknownValue
from segments.rewrites import simplify
from segments.windows import as_of_day

VAGUE = "vague_"


@dataclass(frozen=True, slots=True)
class Trial:
    """A sentence as it is answered today, and as it would be with a lesson."""

    before: Answer
    after: Answer


@dataclass(frozen=True, slots=True)
class Told:
    """A rule or a taught word as it is listed. `language` is that of a taught word; the words of a
    rule may be of several. What a rule means is said in words, or as it is written when it no
    longer `fits` the catalogue."""

    lesson: Lesson
    name: str
    words: str
    means: str
    definition: str = ""
    language: str = ""
    fits: bool = True

    def is_for(self, lesson: Lesson) -> bool:
        """Whether this is what a lesson became."""
        return place(self.lesson) == place(lesson)

    def called(self, word: str) -> bool:
        """Whether somebody can mean this by a word: its own or, of a rule, any or the name."""
        own = [self.name]
        if isinstance(self.lesson, Rule):
            own += [label for labels in self.lesson.labels.values() for label in labels]
        return word.casefold() in {each.casefold() for each in own}


class Teacher:
    """Teaches one shop."""

    def __init__(self, shop: Shop) -> None:
        if shop.files is None:
            message = "a shop without files cannot be taught"
            raise Broken(message)
        self._shop = shop
        self._files = shop.files

    @property
    def place(self) -> Path:
        """The file that lessons go to."""
        return self._files.written

    # --- lessons

    def known(self, word: str, language: str) -> bool:
        """Whether a word, or words taken together, mean something already, as they stand or with a
        typo mended; raises Shown when they cannot be taught at all."""
        found = self._shop.reader.meanings(word, language)
        note = obstacle(word, language, found)
        if self._own(word, language):  # what was taught can be taught anew
            return True
        if note is not None:
            raise Shown(BadLesson("", note.code, word, note.values.get("field", "")))
        read = self._shop.reader.read(word, language).words
        return bool(found) or all(each.status is not WordStatus.UNKNOWN for each in read)

    def _own(self, word: str, language: str) -> tuple[Taught, ...]:
        """What the shop was taught that a word is called."""
        said = (language, word.casefold())
        words = self._shop.catalogue.words
        return tuple(each for each in words if (each.language, each.word.casefold()) == said)

    def rule(self, word: str, language: str, sentence: str) -> Rule:
        """A word for everyone a sentence is about; raises Shown when it is not fully understood."""
        self.known(word, language)
        for each in self._own(word, language):  # a rule would stand beside it, and not in its place
            raise Shown(BadLesson("", "value", word, each.of or each.event))
        definition = to_text(self.meant(word, language, sentence))
        rules = self._shop.catalogue.rules
        name = named_rule(self._shop.reader.meanings(word, language))
        if name is not None:  # every language has the words of a vague one
            return Rule(name, definition, rules[name].labels if name in rules else {})
        return Rule(rule_name(word, rules), definition, {language: (word,)})

    def changed(self, rule: Rule, language: str, sentence: str) -> Rule:
        """A rule with another meaning, and the words it has."""
        return replace(rule, definition=to_text(self.meant(rule.name, language, sentence)))

    def meant(self, word: str, language: str, sentence: str) -> Condition:
        """What a sentence that explains a word means."""
        reading = self._shop.reader.read(sentence, language)
        if reading.status is Status.ASKS:
            raise Shown(BadLesson("", "asks", word, reading.questions[0].about))
        if reading.definition is None or reading.inquiry is not None:
            raise Shown(BadLesson("", "not_read", word, sentence.strip()))
        return simplify(reading.definition)

    def value(self, word: str, language: str, of: str, value: str) -> Taught:
        """A word for a value, given by its code or one of its words."""
        self.known(word, language)
        self._owner(of)
        known = [each for each in self._shop.spoken if each.owner == of]
        folded = value.strip().casefold()
        codes = dict.fromkeys(each.code for each in known if each.code.casefold() == folded)
        codes = codes or dict.fromkeys(e.code for e in known if e.text.casefold() == folded)
        if len(codes) != 1:
            close = nearest(value, [each.text for each in known])
            raise Shown(UnknownValue("", of, value, close))
        return Taught(word, language, of, next(iter(codes)))

    def name(self, word: str, language: str, of: str) -> Taught:
        """A word for a field or an attribute."""
        self.known(word, language)
        self._owner(of)
        return Taught(word, language, of)

    def event(self, word: str, language: str, event: str, form: str) -> Taught:
        """A noun or a verb for an event."""
        self.known(word, language)
        events = self._shop.catalogue.events
        if event not in events:
            raise Shown(UnknownEvent("", event, nearest(event, list(events))))
        return Taught(word, language, event=event, form=form)

    def _owner(self, of: str) -> None:
        catalogue = self._shop.catalogue
        if catalogue.owner(of) is None:
            attributes = [
                f"{e.name}.{name}" for e in catalogue.events.values() for name in e.attributes
            ]
            close = nearest(of, [*catalogue.fields, *attributes])
            raise Shown(UnknownField("", of, close))

    # --- answers remembered

    def remembered(
        self, reading: Reading, answers: Mapping[str, int], key: str, hint: str
    ) -> Rule | None:
        """The rule that makes a choice hold for the shop; None when the question is about more
        than one vague word of a fixed meaning. A rule is given only if the sentence, read with it,
        says what it says with the choice."""
        question = next((each for each in reading.questions if each.key == key), None)
        if question is None or not self.rememberable(question):
            return None
        concept = question.code.removeprefix(VAGUE)
        catalogue = self._shop.catalogue
        chosen = self._shop.reader.read(reading.text, hint, {**answers, key: answers[key]})
        without = {other: choice for other, choice in answers.items() if other != key}
        numbered = enumerate(vague.choices(concept, catalogue))
        for _, candidate in sorted(numbered, key=lambda pair: pair[0] != answers[key]):
            rule = Rule(concept, to_text(simplify(candidate)))
            trial = self._reader(rule).read(reading.text, hint, without)
            if _same(trial, chosen):
                return rule
        return None

    def rememberable(self, question: Question) -> bool:
        """Whether a question is about a vague word that a rule can settle."""
        concept = question.code.removeprefix(VAGUE)
        if concept == question.code or concept in self._shop.catalogue.rules:
            return False
        return bool(vague.choices(concept, self._shop.catalogue))

    # --- what a lesson would change, and keeping it

    def trial(self, lesson: Lesson, text: str, language: str, as_of: date | None = None) -> Trial:
        """A sentence before and after a lesson, which is not kept yet."""
        before = self._shop.reader.read(text, language)
        after = self._reader(lesson).read(text, language)
        said = {"as_of": as_of, "language": language, "funnel": False}
        return Trial(*(self._shop.answer(each, **said) for each in (before, after)))  # type: ignore[arg-type]

    def teach(self, lesson: Lesson) -> None:
        """Keep a lesson, from now on and for everyone; raises Shown when it does not fit."""
        if isinstance(lesson, Rule) and usable(lesson.definition, self._shop.catalogue) is None:
            raise Shown(BadLesson("", "rule_does_not_fit", lesson.name, lesson.definition))
        shadowed = self._files.own.exists() and _stands(lesson, self._in_own())
        self._write(lesson, own=shadowed or self._files.written == self._files.own)

    def forget(self, lesson: Lesson) -> None:
        """Take a lesson away wherever it stands; raises Shown when it cannot be."""
        own = self._files.own.exists() and _stands(lesson, self._in_own())
        shops = _stands(lesson, load(self._files.catalogue))
        if shops and self._files.written == self._files.own:
            name = lesson.name if isinstance(lesson, Rule) else lesson.word
            raise Shown(BadLesson("", "read_only", name, str(self._files.catalogue)))
        for there, in_own in ((own, True), (shops, False)):
            if there:
                self._write(Gone(lesson), own=in_own)

    def told(self, language: str) -> tuple[Told, ...]:
        """Everything the shop was taught, rules first."""
        catalogue = self._shop.catalogue
        rules = (self._rule_told(rule, language) for rule in catalogue.rules.values())
        return (*rules, *(self._word_told(word) for word in catalogue.words))

    def _rule_told(self, rule: Rule, language: str) -> Told:
        words = dict.fromkeys(word for labels in rule.labels.values() for word in labels)
        own = rule.labels.get(language, ()) or concept_words(rule.name, language)
        said = ", ".join(own or words) or rule.name
        definition = usable(rule.definition, self._shop.catalogue)
        if definition is None:
            return Told(rule, rule.name, said, rule.definition, rule.definition, fits=False)
        means = self._speaker(language).say(definition)
        return Told(rule, rule.name, said, means, rule.definition)

    def _word_told(self, word: Taught) -> Told:
        means = word.of or f"{word.event} ({word.form})"
        if word.value is not None:
            own = (word.of, word.value)
            known = (each.text for each in self._shop.spoken if (each.owner, each.code) == own)
            means = f"{word.of} = {next(known, word.value)}"
        return Told(word, word.word, word.word, means, language=word.language)

    def _speaker(self, language: str) -> Speaker:
        return self._shop.speaker(language, as_of_day(self._shop.engine.as_of()[0]))

    def _write(self, change: Change, *, own: bool) -> None:
        if own:
            catalogue = load(self._files.catalogue)
            write(self._files.own, [change], lambda text: with_taught(catalogue, text))
        else:
            write(self._files.catalogue, [change], loads)
        self._shop.refresh()

    def _in_own(self) -> Catalogue:
        bare = replace(self._shop.catalogue, rules={}, words=())
        return with_taught(bare, text_of(self._files.own))

    def _reader(self, lesson: Lesson) -> Listener:
        """What would read the shop's sentences with one more lesson."""
        catalogue = self._shop.catalogue
        if isinstance(lesson, Rule):
            taught = replace(catalogue, rules={**catalogue.rules, lesson.name: lesson})
        else:
            place = (lesson.language, lesson.word)
            others = (w for w in catalogue.words if (w.language, w.word) != place)
            taught = replace(catalogue, words=(*others, lesson))
        return Listener(taught, self._shop.spoken)


def _stands(lesson: Lesson, catalogue: Catalogue) -> bool:
    lessons: list[Lesson] = [*catalogue.rules.values(), *catalogue.words]
    return any(place(each) == place(lesson) for each in lessons)


def _same(one: Reading, other: Reading) -> bool:
    if one.status is not other.status:
        return False
    if one.definition is None or other.definition is None:
        return [_senses(q) for q in one.questions] == [_senses(q) for q in other.questions] != []
    return sense(simplify(one.definition)) == sense(simplify(other.definition))


def _senses(question: Question) -> tuple[str, tuple[object, ...]]:
    return question.key, tuple(sense(choice.part) for choice in question.choices)
