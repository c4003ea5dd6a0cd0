"""Everything that could be proposed in a shop, on shelves: its values, a language's words, phrases.

In: a shop's book with its values and how often each is there; a language. Out: shelves by kind.
Whether a phrase fits a sentence is not known here. Start at `Stock`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from assistant.grammar.completing.shelves import Phrase, Shelf, phrase
from assistant.grammar.patterns import expand
from assistant.grammar.phrasebook import Phrasebook
from assistant.grammar.shopbook import Shopbook
from assistant.languages.files import table
from segments.catalogue import Spoken

Uses = Mapping[tuple[str, str], int]

VALUE = "value"
SEGMENT, LIST = "segment", "list"
_KINDS = {
    "city": "place",
    "region": "region",
    "category": "category",
    "brand": "brand",
    "product": "product",
}
_OF_WORDS = {"vague": "people", "countries": "place", "window": "time"}
_HIDDEN = frozenset({"country", "postal_code", "email", "phone", "street"})
_SLOT = re.compile(r"\{(\w+)\}")
_SAMPLES = 2  # values that a phrase with a slot is proposed with
CROWNS = frozenset({"SEK", "NOK", "DKK", "ISK"})


class Stock:
    """The shelves of one shop; those of a language are made when it is first asked for."""

    def __init__(self, shop: Shopbook, spoken: Sequence[Spoken], uses: Uses) -> None:
        self._shop = shop
        self._spoken = spoken
        self._uses = uses
        self._worded = {(value.owner, value.code) for value in spoken if value.language}
        self._by_language: dict[str | None, Mapping[str, Shelf]] = {}
        self._common = self._values(None)
        self._shelves: dict[str, Mapping[str, Sequence[Shelf]]] = {}
        self._phrases: dict[str, Mapping[str, Sequence[Phrase]]] = {}

    def shelves(self, book: Phrasebook) -> Mapping[str, Sequence[Shelf]]:
        """Shelves by kind: whole phrases first, then the shop's values, then single words."""
        if book.language not in self._shelves:
            own = self._values(book.language)
            words = _by_kind([*self._taught(book.language), *self._words(book)])
            phrases = {kind: Shelf(some) for kind, some in self.phrases(book).items()}
            sources = (phrases, self._common, own, words)
            kinds = dict.fromkeys(kind for source in sources for kind in source)
            self._shelves[book.language] = {
                kind: [source[kind] for source in sources if kind in source] for kind in kinds
            }
        return self._shelves[book.language]

    def phrases(self, book: Phrasebook) -> Mapping[str, Sequence[Phrase]]:
        """The whole phrases of a language by kind, in order, with this shop's values in them."""
        if book.language not in self._phrases:
            self._phrases[book.language] = {
                kind: [
                    phrase(text, kind, -place, value)
                    for place, (text, value) in enumerate(self._filled(written, book.language))
                ]
                for kind, written in table(book.language, "complete").items()
            }
        return self._phrases[book.language]

    def renew(self) -> None:
        """Look anew at what is kept, the next time that somebody asks."""
        self._shelves.clear()
        self._phrases.clear()

    def values(self, kind: str, language: str) -> list[Phrase]:
        """The shop's most used values of a kind, in a language or the same in all."""
        shelves = (self._common, self._values(language))
        found = [p for each in shelves if kind in each for p in each[kind].beginning("")]
        return sorted(found, key=lambda each: -each.uses)

    def _values(self, language: str | None) -> Mapping[str, Shelf]:
        if language not in self._by_language:
            self._by_language[language] = _by_kind(self._spoken_in(language))
        return self._by_language[language]

    def _spoken_in(self, language: str | None) -> Iterator[Phrase]:
        """The values that have words in a language; a code only where there is nothing better."""
        for value in self._spoken:
            attribute = self._shop.catalogue.owner(value.owner)
            if value.language != language or attribute is None or attribute.sensitive:
                continue
            worded = language is None and (value.owner, value.code) in self._worded
            if not worded and attribute.role not in _HIDDEN:
                kind = _KINDS.get(attribute.role or "", VALUE)
                yield phrase(value.text, kind, self._uses.get((value.owner, value.code), 0))

    def _taught(self, language: str) -> Iterator[Phrase]:
        """The words of the shop's rules, and those it was taught."""
        catalogue = self._shop.catalogue
        for rule in catalogue.rules.values():
            yield from (phrase(word, "people", 0) for word in rule.labels.get(language, ()))
        for word in catalogue.words:
            if word.language == language and word.value is not None:
                role = getattr(catalogue.owner(word.of), "role", None)
                yield phrase(word.word, _KINDS.get(role or "", VALUE), 0)

    def _words(self, book: Phrasebook) -> Iterator[Phrase]:
        """A language's own words for what customers are and do, in the order of its file."""
        for section, kind in _OF_WORDS.items():
            for phrases in book.pack.section(section).values():
                yield from _plain(phrases, kind)
        for name, phrases in book.pack.section("values").items():
            field = self._shop.catalogue.field_by_role(name.partition(".")[0])
            yield from _plain(phrases, "people" if field is not None else VALUE)
        for forms in book.pack.section("events").values():
            for phrases in forms.values():
                yield from _plain(phrases, "action")
        for names in book.countries.values():
            yield from _plain(names, "place")

    def _filled(self, written: Sequence[str], language: str) -> Iterator[tuple[str, str]]:
        """Phrases with their slots filled, and what filled them."""
        for template in written:
            slot = _SLOT.search(template)
            if slot is None:
                yield template, ""
            elif slot[1] == "currency":
                yield from self._with_money(template)
            elif slot[1] in (SEGMENT, LIST):
                yield from ((template.replace(slot[0], name), name) for name in self._kept(slot[1]))
            else:
                for value in self.values(slot[1], language)[:_SAMPLES]:
                    yield template.replace(slot[0], value.text), value.text

    def _kept(self, kind: str) -> list[str]:
        """What the saved segments or the lists are called."""
        audiences = self._shop.catalogue.audiences
        kept = audiences.segments if kind == SEGMENT else audiences.lists
        return [each.name for each in kept.values()]

    def _with_money(self, template: str) -> Iterator[tuple[str, str]]:
        currency = self._shop.catalogue.currency
        if currency:
            yield template.replace("{currency}", "kr" if currency in CROWNS else currency), ""


def _by_kind(phrases: Iterable[Phrase]) -> Mapping[str, Shelf]:
    found: dict[str, list[Phrase]] = {}
    for each in phrases:
        found.setdefault(each.kind, []).append(each)
    return {kind: Shelf(some) for kind, some in found.items()}


def _plain(phrases: Sequence[str], kind: str) -> Iterator[Phrase]:
    for place, template in enumerate(phrases):
        sequences = expand(template)
        for sequence in sequences:
            words = [element for element in sequence if isinstance(element, str)]
            if len(words) == len(sequence) and (
                len(sequences) == 1 or all(map(str.isalpha, words))
            ):
                text = template if len(sequences) == 1 else " ".join(words)
                yield phrase(text, kind, -1000 - place)
