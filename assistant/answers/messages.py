"""Suggested messages for a segment: the facts gathered, the playbooks chosen, the texts written.

In: a definition and a shop. Out: `Suggested`, from which any message can be written without another
query. Start at `Messenger.suggest`.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from assistant.answers.channel_facts import habits_of
from assistant.answers.counting import Counts
from assistant.answers.facts_data import Data
from assistant.answers.facts_tastes import Everyone
from assistant.answers.gathering import gathered
from assistant.answers.shop import Shop
from assistant.languages.files import FALLBACK, languages
from assistant.languages.texts import texts
from assistant.messages.channels import Channel, Kind, channels
from assistant.messages.choosing import (
    Chosen,
    chosen,
    languages_for,
    named_values,
    offers,
    tone_for,
)
from assistant.messages.facts import Facts
from assistant.messages.habits import Habits
from assistant.messages.merge_tags import tools
from assistant.messages.playbooks import Playbooks, load
from assistant.messages.predicates import Reason
from assistant.messages.reasons import say_reason
from assistant.messages.say_habits import say_habits
from assistant.messages.signals import signals
from assistant.messages.words import words
from assistant.messages.writing import Choice, Message, Reader, fitting_channels, variants, write
from segments.definition import Condition
from segments.engine.job import Job
from segments.rewrites import simplify
from segments.windows import as_of_day

FOLDER = "playbooks"  # beside a shop's catalogue
LEAST_IN_ADS = 100  # members; advertising networks take no fewer either


@dataclass(frozen=True, slots=True)
class Suggested:
    """What is suggested to a segment: playbooks with their reasons, the tone, the languages with
    how many of them each has. No message is written yet."""

    facts: Facts
    picked: tuple[Chosen, ...]
    tone: str
    tone_reasons: tuple[Reason, ...]
    languages: Mapping[str, int]
    playbooks: Playbooks
    named: Mapping[str, str]  # the category, brand and need that the definition names
    habits: Habits

    @property
    def business(self) -> bool:
        """Whether they are companies."""
        return any(each.playbook.code == "business" for each in self.picked)

    def channels(self, each: Chosen) -> tuple[Channel, ...]:
        """The channels for a playbook, the best first."""
        return fitting_channels(each.playbook, business=self.business)

    def variants(self, each: Chosen, language: str) -> tuple[str, ...]:
        """What can be tested against each other."""
        return variants(each.playbook, language)

    def variant_name(self, variant: str, language: str) -> str:
        """What a variant is called; a shop's own by its name in the file."""
        return self.playbooks.voice(language).variants.get(variant, variant.replace("_", " "))

    def words(self, language: str) -> dict[str, str]:
        """What the slots of the playbooks stand for."""
        found = words(self.facts, language, self.playbooks.own, self.named)
        if not offers(self.picked):
            found.pop("offer", None)
        return found

    @property
    def reader(self) -> Reader:
        """What is known of whoever gets a message."""
        facts = self.facts
        room = {"first_name": facts.name_room, "company": facts.company_room}
        return Reader(facts.named, facts.companies, room)

    def note(self, choice: Choice) -> str:
        """What is to be said of names in a tool that has nothing for those whose name is unknown,
        as the key of a text; empty where there is nothing to say."""
        personal = channels()[choice.channel].kind is Kind.PERSON
        if not personal or tools()[choice.tool].falls_back("first_name"):
            return ""
        return "names_known" if self.reader.named else "names_unknown"

    def message(self, each: Chosen, choice: Choice) -> Message:
        """Write a message."""
        told = self.words(choice.language)
        if channels()[choice.channel].kind is Kind.AD and self.facts.count < LEAST_IN_ADS:
            told.pop("city", None)  # a few in one place can be pointed out
        return write(each.playbook, choice, told, self.playbooks, self.reader)


@dataclass
class Messenger:
    """Suggests messages in one shop. Safe to use from several threads."""

    shop: Shop
    playbooks: Playbooks
    _everyone: dict[datetime, Everyone] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def of(cls, shop: Shop) -> "Messenger":
        """The messenger of a shop, with the playbooks beside its catalogue; raises Shown with
        every mistake in them."""
        return cls(shop, load(playbooks_folder(shop)))

    def suggest(
        self, definition: Condition, *, as_of: date | None = None, job: Job | None = None
    ) -> Suggested:
        """What to say to the members of a definition that `check` has no problem with."""
        instant, ceiling = self.shop.engine.as_of(as_of)
        counts = Counts(self.shop.engine, instant, ceiling, job)
        day = as_of_day(instant)
        data = Data(counts, lambda language: self.shop.speaker(language, day))
        with self._lock:
            if instant not in self._everyone:
                self._everyone = {instant: Everyone(data)}
            everyone = self._everyone[instant]
        plain = simplify(definition)
        facts = gathered(plain, data, everyone)
        found = signals(plain, self.shop.catalogue)
        tone, reasons = tone_for(facts, found, self.playbooks)
        return Suggested(
            facts,
            chosen(facts, found, self.playbooks),
            tone,
            reasons,
            languages_for(facts),
            self.playbooks,
            named_values(found, self.shop.catalogue),
            habits_of(plain, data),
        )

    def habits(self, suggested: Suggested, language: str, as_of: date) -> tuple[str, ...]:
        """How they can be reached, what they answer to and when, in words."""
        known = language if language in languages() else FALLBACK
        speaker = self.shop.speaker(known, as_of)
        return tuple(say_habits(suggested.habits, speaker, texts(known)))

    def reasons(self, reasons: tuple[Reason, ...], language: str, as_of: date) -> tuple[str, ...]:
        """Reasons in words."""
        known = language if language in languages() else FALLBACK
        speaker = self.shop.speaker(known, as_of)
        return tuple(say_reason(each, speaker, texts(known)) for each in reasons)


def playbooks_folder(shop: Shop) -> Path | None:
    """Where a shop's own playbooks are, if it has any."""
    return shop.files.catalogue.parent / FOLDER if shop.files is not None else None
