"""A shop's catalogue and values -> a trie of what its sentences can name.

Resolves the language packs' roles ("gender.female", purchase verbs) to this shop's fields, events
and codes, and adds the shop's own labels and values. Built when the data or the catalogue change.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from babel import Locale

from assistant.grammar.patterns import BadTemplate, Slot, expand
from assistant.grammar.pieces import (
    AttributeWord,
    EventWord,
    FieldWord,
    Owned,
    Structure,
    VagueWord,
)
from assistant.grammar.tokens import keys
from assistant.grammar.trie import Node
from assistant.languages.files import languages
from assistant.languages.packs import country_names, exonyms, load, region_nouns
from segments.audiences import Audiences
from segments.catalogue import Attribute, Catalogue, Event, Labels, Spoken, Taught, Type

Named = Owned | FieldWord | EventWord | AttributeWord | VagueWord | Structure
Word = tuple[str | None, Named]  # language (None: the same in all) and what is named

_CODES = frozenset(code for code in map(str, Locale("en").territories) if len(code) == 2)
RULE = "rule:"  # a vague word that the shop itself has given a meaning
_JOINED = 6  # "hair care" is also written "haircare"
MEMBER = Structure(frozenset({"member"}))  # what this shop calls its members
LONGEST_NAME = 20  # words and signs of a value
_FORMS = (("nouns", "noun"), ("verbs", "verb"))
DATED = frozenset({Type.DATE, Type.TIME, Type.AGE})
_PREPOSITIONS = ("preposition", "place_preposition")
_TRUTHS = frozenset({"yes", "no"})
_PLACES = frozenset({"city", "region", "country"})


def _without_noun(region: str) -> tuple[str, ...]:
    """What people call a region whose name holds the noun for one: "Skåne län" is Skåne, "Hallands
    län" is Halland."""
    nouns, parts = region_nouns(), region.split()
    if len(parts) < 2 or not {parts[0].lower(), parts[-1].lower()} & nouns:
        return ()
    if parts[0].lower() in nouns:
        return (" ".join(parts[1:]),)
    return (" ".join(parts[:-1]).removesuffix("s"),)  # "stockholmskunder" are of the town


class Shopbook:
    """What one shop's sentences can name, and how roles become its fields, events and codes."""

    def __init__(self, catalogue: Catalogue, spoken: Sequence[Spoken]) -> None:
        self.catalogue = catalogue
        self.words: Node[Word] = Node()
        self.keys: set[str] = set()  # every word in a name, wherever it stands
        self.taught: set[Named] = set()  # what words that somebody taught mean
        self.codes: dict[str, set[str]] = {}
        for value in spoken:
            self.codes.setdefault(value.owner, set()).add(value.code)
        self.kept: dict[str, Any] = {}  # what each language's words are here, once it was asked
        self._coded: dict[str, dict[Owned, None]] = {}
        fields = catalogue.fields.values()
        self.ordered = tuple(field for field in fields if field.ordered and field.values)
        self._add_values(spoken)
        self._add_labels()
        self._add_languages()

    def know(self, audiences: Audiences) -> None:
        """Take what segments and lists are called by name from now on."""
        self.catalogue = replace(self.catalogue, audiences=audiences)

    # --- what the shop's own words are

    def _add_languages(self) -> None:
        """The names of languages, for a field that holds their codes. Alone such a name says where
        somebody is from."""
        field = self.catalogue.field_by_role("language")
        if field is None:
            return
        for code in sorted({*field.codes, *self.codes.get(field.name, ())}):
            for language in languages():
                locale = Locale.parse(load(language).locale)
                if name := locale.languages.get(code.lower()):
                    self._add(name, language, Owned(None, field.name, code, tied=True))

    def _add_values(self, spoken: Sequence[Spoken]) -> None:
        others = exonyms()
        roles = {owner: self._role(owner) for owner in self.codes}
        for value in spoken:
            owned = self._owned(value.owner, value.code)
            if owned is None:
                continue
            role = roles[value.owner]
            self._coded.setdefault(value.code.casefold(), {})[owned] = None
            if role == "country" and value.text.upper() in _CODES:
                continue  # "no" is not Norway; the languages know the countries' names
            self._add(value.text, value.language, owned)
            if owned.event is not None and value.language is not None:
                self._add_bare(value.text, value.language, owned)
            parts = keys(value.text)
            if len(parts) > 1 and len(joined := "".join(parts)) >= _JOINED:
                self._add(joined, value.language, owned)
            if "-" in parts and not any(part[0].isdigit() for part in parts):
                spaced = " ".join(part for part in parts if part != "-")  # "English speaking"
                self._add(spaced, value.language, owned)
            if role == "region":
                for name in _without_noun(value.text):
                    self._add(name, value.language, owned)
            if role in _PLACES:
                for name in others.get(value.text, ()):
                    self._add(name, None, owned)

    def _add_bare(self, text: str, language: str, owned: Owned) -> None:
        """A value whose words begin with a preposition, "by card", without it: so it stands in a
        list after another one."""
        words = load(language).section("words")
        first, *rest = keys(text)
        if rest and any(first in words.get(key, ()) for key in _PREPOSITIONS):
            self._add(" ".join(rest), language, replace(owned, tied=True))

    def _owned(self, owner: str, code: str) -> Owned | None:
        event, _, name = owner.rpartition(".")
        attribute = self.catalogue.owner(owner)
        if attribute is None:
            return None
        typed: str | bool = code in ("true", "yes", "1") if attribute.type is Type.YES_NO else code
        return Owned(event or None, name, typed)

    def _role(self, owner: str) -> str | None:
        attribute = self.catalogue.owner(owner)
        return attribute.role if attribute else None

    def _add_labels(self) -> None:
        for name, field in self.catalogue.fields.items():
            self._add_all(field.labels, FieldWord(name))
            self._add(name, None, FieldWord(name))
        for name, event in self.catalogue.events.items():
            for section, form in _FORMS:
                self._add_all(getattr(event, section), EventWord(name, form))
            for attribute in event.attributes.values():
                word = AttributeWord(((name, attribute.name),))
                self._add_all(attribute.labels, word)
                if "_" in attribute.name:
                    self._add(attribute.name, None, word)
        self._add_all(self.catalogue.nouns, MEMBER)
        table = self.catalogue.table  # "members", but for a club in which some are and some not
        done = any(event.table == table for event in self.catalogue.events.values())
        if self.catalogue.field_by_role("tier") is None and not done:
            self._add(table, None, MEMBER)
        for name, rule in self.catalogue.rules.items():
            self._add_all(rule.labels, VagueWord(RULE + name))
        for taught in self.catalogue.words:
            if (named := self._taught(taught)) is not None:
                self._add(taught.word, taught.language, named)
                self.taught.add(named)

    def _taught(self, word: Taught) -> Named | None:
        event, _, name = word.of.rpartition(".")
        if word.event:
            return EventWord(word.event, word.form)
        if word.value is not None:
            return self._owned(word.of, word.value)
        return AttributeWord(((event, name),)) if event else FieldWord(name)

    def _add_all(self, labels: Labels | Mapping[str, Iterable[str]], named: Named) -> None:
        for language, phrases in labels.items():
            for phrase in phrases:
                self._add(phrase, language, named)

    def _add(self, phrase: str, language: str | None, named: Named) -> None:
        if isinstance(named, Owned | FieldWord):
            sequences = [keys(phrase)]
        else:
            try:
                sequences = [s for s in expand(phrase) if not any(isinstance(e, Slot) for e in s)]  # type: ignore[misc]
            except BadTemplate:
                sequences = []
        for sequence in sequences:
            if sequence and len(sequence) <= LONGEST_NAME:
                self.words.add(sequence, (language, named))
                self.keys.update(sequence)

    def coded(self, text: str) -> tuple[Owned, ...]:
        """Everything whose code in the data a text is, whatever the case: "SE", "hair_care"."""
        return tuple(self._coded.get(text.casefold(), ()))

    def event_named(self, text: str) -> str | None:
        """The event that has this name in the catalogue, or is told by it in the data."""
        folded = text.casefold()
        for event in self.catalogue.events.values():
            kept = [codes[0] for codes in event.keep.values() if len(codes) == 1]
            if folded in (event.name, *(code.casefold() for code in kept)):
                return event.name
        return None

    def has_code(self, event: str, name: str, code: str) -> bool:
        """Whether a text attribute may have this code: it does, or its codes are not listed."""
        text = self.catalogue.events[event].attributes[name].type is Type.TEXT
        codes = self.codes.get(f"{event}.{name}")
        return text and (codes is None or code in codes)

    def begins(self, event: str, name: str, text: str) -> bool:
        """Whether something that a text attribute may be begins with a text."""
        codes = self.codes.get(f"{event}.{name}") or ()
        return any(code.casefold().startswith(text.casefold()) for code in codes)

    def is_place(self, field: str) -> bool:
        """Whether a member field holds a place."""
        return self.catalogue.fields[field].role in _PLACES

    # --- what a role means here

    def dated(self, role: str) -> str | None:
        """The member field with the role that holds a date; an age is kept as the date of birth."""
        found = self.catalogue.field_by_role(role)
        if found is None and role == "birth_date":
            found = self.catalogue.field_by_role("age")
        return found.name if found is not None and found.type in DATED else None

    def dates(self, language: str, words: Sequence[str]) -> Iterator[tuple[int, str]]:
        """The date fields by whose name the words begin: how many words it has, and the field."""
        node: Any = self.words
        for place, word in enumerate(words, start=1):
            node = node.words.get(word)
            if node is None:
                return
            for spoken, named in node.meanings:
                field = named.field if isinstance(named, FieldWord) else None
                dated = field and self.catalogue.fields[field].type in DATED
                if field and dated and spoken in (None, language):
                    yield place, field

    def events(self, role: str) -> tuple[Event, ...]:
        """The shop's events with this role."""
        return tuple(e for e in self.catalogue.events.values() if e.role == role)

    def attributes(self, role: str) -> tuple[tuple[str, str], ...]:
        """(event, attribute) of every event attribute with this role."""
        return tuple(
            (event.name, attribute.name)
            for event in self.catalogue.events.values()
            for attribute in event.attributes.values()
            if attribute.role == role
        )

    def role_values(self, role: str, meaning: str) -> tuple[Owned, ...]:
        """What "role.meaning" of a language pack is here: fields first, then event attributes."""
        found = []
        field = self.catalogue.field_by_role(role)
        if field is not None:
            found += self._meanings(None, field, meaning)
        for event, name in self.attributes(role):
            attribute = self.catalogue.events[event].attributes[name]
            found += self._meanings(event, attribute, meaning)
        return tuple(found)

    def _meanings(self, event: str | None, attribute: Attribute, meaning: str) -> list[Owned]:
        if meaning == "known":
            return [Owned(event, attribute.name, None)]
        if attribute.type is Type.YES_NO:
            truth = [Owned(event, attribute.name, meaning == "yes")]
            return truth if meaning in _TRUTHS else []  # "decides" is no answer to yes or no
        codes = [v.code for v in attribute.values if v.role == meaning]
        owner = f"{event}.{attribute.name}" if event else attribute.name
        known = {*attribute.codes, *self.codes.get(owner, ())}
        if not codes and meaning in known:
            codes = [meaning]
        return [Owned(event, attribute.name, code) for code in codes]

    def countries(self, codes: Collection[str]) -> tuple[Owned, ...]:
        """The country field's values for ISO codes, which the data holds as codes, or as names in
        any language."""
        field = self.catalogue.field_by_role("country")
        return tuple(
            Owned(None, field.name, value)
            for value, code in self._lands.items()
            if field is not None and code in codes
        )

    @cached_property
    def longer(self) -> Mapping[str, Sequence[tuple[tuple[str, ...], str | None, Owned]]]:
        """The names of several words of values by each of their words, with their language. Made
        once, when it is first asked for: to walk all names takes longer than to read a sentence."""
        found: dict[str, list[tuple[tuple[str, ...], str | None, Owned]]] = {}
        for phrase, (language, named) in self.words.phrases():
            if len(phrase) > 1 and isinstance(named, Owned):
                for word in dict.fromkeys(phrase):
                    found.setdefault(word, []).append((phrase, language, named))
        return found

    @cached_property
    def _lands(self) -> Mapping[str, str]:
        """Each value of the country field that is a country -> its ISO code."""
        field = self.catalogue.field_by_role("country")
        if field is None:
            return {}
        names = country_names()
        known = sorted({*field.codes, *self.codes.get(field.name, ())})
        lands = {each: names.get(each.casefold(), each.upper()) for each in known}
        return {value: code for value, code in lands.items() if code in _CODES}
