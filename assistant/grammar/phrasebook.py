"""A language pack -> tries that the cutter walks. Built once a language.

The main trie holds every word and template but those that only fill slots: periods, dates and
comparisons have tries of their own. A meaning is (section, key).
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import cache, cached_property
from typing import Any

from babel import Locale
from babel.dates import get_day_names, get_month_names

from assistant.grammar.numerals import Numerals
from assistant.grammar.patterns import parts
from assistant.grammar.tokens import Shape, Token
from assistant.grammar.trie import Node, growing
from assistant.languages.packs import Pack, country_groups, load

Meaning = tuple[str, str]

_SLOTTED = ("period", "date", "compare", "clock")  # sections that fill slots
_MAIN = (
    "words",
    "compare_after",
    "age",
    "times",
    "window",
    "near",
    "weekly",
    "hours",
    "rank",
    "measures",
    "attributes",
    "vague",
    "traits",
    "rfm",
    "values",
    "aside",
    "as_of",
    "beyond",
    "link",
    "same",
    "again",
    "gap",
    "overdue",
    "consent",
    "channels",
    "anniversary",
    "tenure",
    "age_groups",
    "nth",
    "groups",
    "favourites",
    "audience",
    "versus",
    "share",
    "rates",
    "distance",
)
_EVENT_FORMS = {
    "verbs": "verb",
    "nouns": "noun",
    "spend": "spend",
    "buyers": "buyers",
    "particles": "particle",
    "uses": "use",
    "contacts": "contact",
    "ours": "ours",
}
_BARRING = ("except", "without", "neither", "nor")
_LIMITING = ("only", "other", "alone", "and_more", "always", "every")
_DECIDING = frozenset(  # words that turn or limit the sense of others
    ("words", key)
    for keys in (
        ("not", "never", "no", "none", "no_longer", "not_only", "but", "but_also"),
        _BARRING,
        _LIMITING,
    )
    for key in keys
)
_BINDING = frozenset(  # words that say who, or how the parts hang together
    (
        "not",
        "never",
        "no",
        "none",
        "no_longer",
        "not_only",
        "and",
        "or",
        "but",
        "but_also",
        *_BARRING,
        "only",
    )
) | frozenset(("member", "relative", "preposition", "place_preposition"))
_PREPOSITIONS = frozenset({"preposition", "place_preposition", "at_time"})
_AFTER_US = frozenset({"not", "never", "auxiliary", "light", "ever"})  # "we have not ever"
SHORTEST_SHIFTED = 5  # letters of a value that may end otherwise
SHORTEST_PARTED = 3  # letters of one before its ending
WEEKDAY_FORMS = ("dayname", "definite", "past", "many", "mornings", "evening", "evenings", "nights")
_ANYWHERE = frozenset({"thing", "own"})  # a slot that any word can begin
_DIGITS = "0-9"  # stands for all numbers in digits among the words that can begin a slot
_DATED = ("year", "years", "day", "date", "short", "periods", "hm")  # are written in digits too


class Phrasebook:
    """All tries of one language."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.language = pack.language
        self.numerals = Numerals(pack)
        self.main: Node[Meaning] = Node()
        self.slots: dict[str, Node[Meaning]] = {name: Node() for name in _SLOTTED}
        self.ranges: Node[Meaning] = Node()  # of what compares: with two ends
        self.units: Node[tuple[str, int]] = Node()
        self.currencies: Node[str] = Node()
        self.lengths: Node[Decimal] = Node()  # how many kilometres
        self.suffixes: Node[int] = Node()
        self.ordinals: Node[int] = Node()
        self.months: Node[int] = Node()
        self.weekdays: Node[int] = Node()
        self.weekday_forms: dict[str, Node[int]] = {form: Node() for form in WEEKDAY_FORMS}
        self.feasts: Node[str] = Node()
        self.joining: Node[str] = Node()
        self.at_time: Node[str] = Node()
        self.percents: Node[str] = Node()
        self.fractions: Node[str] = Node()
        self.counts: Node[int] = Node()
        self.decades: Node[int] = Node()
        self.eras: Node[int] = Node()
        self.event_nouns: Node[str] = Node()
        self.owns: Node[str] = Node()  # dates of the member's own, by role
        self.leads: Node[str] = Node()  # words before the name of such a date
        self.texts: dict[str, Node[str]] = {}  # contains, starts, ends
        self.answers: dict[str, Node[str]] = {}  # yes, no
        self.lands: Node[str] = Node()
        self.countries: dict[str, list[str]] = {}
        self.abbreviations: dict[str, str] = {}  # words in capitals only: "US" is not "us"
        self.members: Node[str] = Node()
        # Of the people at a company, of who is like others, and of what is kept by a name.
        self.people, self.alike, self.kept = Node[str](), Node[str](), Node[str]()
        ones = [str(word) for word, number in pack.section("numbers").items() if number == 1]
        self.relatives = frozenset(pack.section("words").get("relative", ()))
        self.ones = frozenset([*ones, *pack.section("words").get("one", ())])
        self._fill_main()
        self._fill_slots()
        self._fill_own()
        self._fill_others()
        self._fill_days()
        self._fill_calendar()
        self.deciding = frozenset(
            key
            for key, node in self.main.words.items()
            if any(meaning in _DECIDING for meaning in node.meanings)
        )
        self.binding, self.prepositions, self.asking = map(
            self._words_of, (_BINDING, _PREPOSITIONS, frozenset({"asking"}))
        )
        self.us, self.after_us = map(self._words_of, (frozenset({"us"}), _AFTER_US))
        self.calendar: tuple[Node[Any], ...] = (
            self.weekdays,
            *self.weekday_forms.values(),
            self.feasts,
        )
        self.joining_ends = frozenset(  # words between two ends of a range
            key for node in self.ranges.slots.values() for key in node.words
        )
        self._possible = self._beginnings()
        self._keep_endings()

    def _fill_main(self) -> None:
        alternatives = frozenset(self.pack.section("words").get("or", ()))
        for section in _MAIN:
            for key, phrases in self.pack.section(section).items():
                for phrase in phrases:
                    if (section, key) == ("words", "nor") and phrase in alternatives:
                        continue  # "or" says "nor" after "neither" only
                    self._add(self.main, phrase, (section, key))
        for role, phrases in self.pack.section("fields").items():
            for phrase in phrases:
                self._add(self.main, phrase, ("fields", role))
        self._fill_events()
        for phrase, number in self.pack.section("counts").items():
            self._add(self.main, phrase, ("counts", str(number)))
            self._add(self.counts, phrase, number)
        for code, phrases in self.pack.section("countries").items():
            for phrase in phrases:
                if phrase.isupper():
                    self.abbreviations[phrase] = code
                else:
                    self._add(self.main, phrase, ("countries", code))
        groups = country_groups()
        for group, phrases in self.pack.section("country_groups").items():
            for phrase in phrases:
                self._add(self.main, phrase, ("countries", " ".join(groups[group])))
        for phrase, code in self._country_names():
            self._add(self.main, phrase, ("countries", code))
            self._add(self.lands, phrase, code)
            self.countries.setdefault(code, []).append(phrase)

    def _fill_events(self) -> None:
        for role, forms in self.pack.section("events").items():
            nouns = frozenset(forms.get("nouns", ()))
            for form, phrases in forms.items():
                for phrase in phrases:
                    kind = _EVENT_FORMS[form]
                    *before, last = phrase.split(" ")
                    if kind == "verb" and before and last in nouns:
                        # "placed an order": what is counted is the order, and it is one
                        kind = "one" if before[-1] in self.ones else "noun"
                    self._add(self.main, phrase, ("events", f"{role}.{kind}"))
                    if form == "nouns":
                        self._add(self.event_nouns, phrase, role)

    def _country_names(self) -> list[tuple[str, str]]:
        names = Locale.parse(self.pack.locale).territories
        return [
            (name.replace("(", "").replace(")", ""), code)
            for code, name in names.items()
            if len(code) == 2 and code.isalpha()
        ]

    def _fill_slots(self) -> None:
        for section in _SLOTTED:
            for key, phrases in self.pack.section(section).items():
                for phrase in phrases:
                    self._add(self.slots[section], phrase, (section, key))
                    if (section, key) == ("compare", "between"):
                        self._add(self.ranges, phrase, (section, key))
        for tests, section in ((self.texts, "text"), (self.answers, "answers")):
            for key, phrases in self.pack.section(section).items():
                tests[key] = Node()
                for phrase in phrases:
                    self._add(tests[key], phrase, key)
        self.text_starts = {  # the first words of tests on texts -> which begin so
            word: tuple((key, node) for key, node in self.texts.items() if word in node.words)
            for word in {word for node in self.texts.values() for word in node.words}
        }
        words = self.pack.section("words")
        for phrase in [*words.get("percent", ()), "%"]:
            self._add(self.percents, phrase, "percent")
        for phrase, fraction in self.pack.section("fractions").items():
            self._add(self.fractions, phrase, fraction)
        for phrase in words.get("member", ()):
            self._add(self.members, phrase, "member")
        for key in ("and", "or"):
            for phrase in words.get(key, ()):
                self._add(self.joining, phrase, key)
        for phrase in words.get("at_time", ()):
            self._add(self.at_time, phrase, "at_time")

    def _fill_own(self) -> None:
        for key, phrases in self.pack.section("own").items():
            node = self.leads if key == "lead" else self.owns
            for phrase in phrases:
                self._add(node, phrase, key)

    def _fill_others(self) -> None:
        for key, phrases in self.pack.section("people").items():
            for phrase in phrases:
                self._add(self.people, phrase, key)
        for key, phrases in self.pack.section("similar").items():
            for phrase in phrases:
                self._add(self.alike, phrase, key)
        for key, phrases in self.pack.section("audience").items():
            for phrase in phrases:
                self._add(self.kept, phrase, key)

    def _words_of(self, keys: frozenset[str]) -> frozenset[str]:
        """The single words of some of the lists of `words`."""
        return frozenset(
            key
            for key, node in self.main.words.items()
            if any(section == "words" and name in keys for section, name in node.meanings)
        )

    def _keep_endings(self) -> None:
        endings = self.pack.section("endings").get("value", ())
        self.endings = frozenset(filter(None, endings))
        self.verb_endings = frozenset(self.pack.section("endings").get("verb", ()))
        both = self.endings | self.verb_endings
        self._longest_ending = max(map(len, both), default=0)
        self.place_endings = frozenset(self.pack.section("endings").get("place", endings))
        self.joints = tuple(self.pack.section("endings").get("joints", ("",)))
        self.shortened: dict[str, str] = self.pack.section("endings").get("shortened", {})
        around = self.pack.section("around_place")  # of a place and what is near it in one word
        self.around = tuple(tuple(around.get(key, ())) for key in ("prefix", "suffix"))

    def _fill_days(self) -> None:
        for form, names in self.pack.section("weekdays").items():
            for number, name in enumerate(names, start=1):
                self._add(self.weekday_forms[form], name, number)
        for name, phrases in self.pack.section("feasts").items():
            for phrase in phrases:
                self._add(self.feasts, phrase, name)

    def _fill_calendar(self) -> None:
        for unit, phrases in self.pack.section("units").items():
            for phrase in phrases:
                self._add(self.units, phrase, (unit, 1))
        for scaled in self.pack.section("units_scaled").values():
            for phrase in scaled["words"]:
                self._add(self.units, phrase, (scaled["unit"], scaled["factor"]))
        for phrase, code in self.pack.section("currencies").items():
            self._add(self.currencies, phrase, code)
        for phrase, kilometres in self.pack.section("lengths").items():
            self._add(self.lengths, phrase, Decimal(kilometres))
        for phrase, factor in self.pack.section("suffixes").items():
            self._add(self.suffixes, phrase, factor)
        for section, tens in (("decades", self.decades), ("eras", self.eras)):
            for phrase, number in self.pack.section(section).items():
                self._add(tens, phrase, number)
        for phrase, number in self.pack.section("ordinals").items():
            self._add(self.ordinals, phrase, number)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                self._fill_names(context, width)

    def _fill_names(self, context: str, width: str) -> None:
        months = get_month_names(width, context, self.pack.locale)  # type: ignore[arg-type]
        days = get_day_names(width, context, self.pack.locale)  # type: ignore[arg-type]
        if width == "wide":
            for number, name in days.items():
                self._add(self.weekday_forms["dayname"], name, number + 1)
        for number, name in months.items():
            self._add(self.months, name.rstrip("."), number)
            self._add(self.months, name, number)
        for number, name in days.items():
            self._add(self.weekdays, name.rstrip("."), number)

    @cached_property
    def _shifts(self) -> list[tuple[str, str]]:
        """Endings of a word typed, with what a value ends with instead."""
        shifts = self.pack.section("endings").get("shifts", {})
        return [(form, ends) for ends, forms in shifts.items() for form in forms]

    @cached_property
    def _shifted(self) -> tuple[str, ...]:
        return tuple(form for form, _ in self._shifts)

    def shifted(self, key: str) -> Iterator[str]:
        """What a value's last word may be where it ends otherwise than the word typed: "utgångna"
        is "utgången"."""
        for form, ends in self._shifts if key.endswith(self._shifted) else ():
            if key.endswith(form) and len(key) - len(form) + len(ends) >= SHORTEST_SHIFTED:
                yield key.removesuffix(form) + ends

    def parted(self, key: str, *, verbs: bool = False) -> Iterator[tuple[str, str]]:
        """What a value's last word may be with an ending, and the ending, from the shortest on;
        `verbs` for the endings of verbs too."""
        for size in range(1, min(self._longest_ending, len(key) - SHORTEST_PARTED) + 1):
            ending = key[-size:]
            if ending in self.endings or (verbs and ending in self.verb_endings):
                yield key[:-size], key[-size:]

    def begins(self, token: Token) -> bool:
        """Whether anything of this language can begin with a token."""
        if token.shape is not Shape.WORD or token.text in self.abbreviations:
            return True
        return token.key in self.main.words or token.key in self._possible

    def possible(self, token: Token) -> frozenset[str]:
        """The slots that a token can begin."""
        found = self._possible.get(token.key, _ANYWHERE)
        return found | self._possible[_DIGITS] if token.shape is Shape.NUMBER else found

    def _beginnings(self) -> dict[str, frozenset[str]]:
        numerals = self.numerals
        large = (*numerals.large.words, *numerals.joined.words)
        numbers = {*numerals.small.words, *numerals.hundreds.words, *large}
        tries: dict[str, tuple[Node[Any], ...]] = {
            "x": (self.counts, self.currencies),
            "part": (self.fractions,),
            "c": (self.slots["compare"],),
            "unit": (self.units,),
            "month": (self.months,),
            "weekday": (self.weekdays,),
            "feast": (self.feasts,),
            "land": (self.lands,),
            **{form: (node,) for form, node in self.weekday_forms.items()},
            "manydays": (self.weekday_forms["many"],),
            "ordinal": (self.ordinals,),
            "day": (self.ordinals,),
            "date": (self.slots["date"],),
            "clock": (self.slots["clock"],),
            "period": (self.slots["period"],),
            "periods": (self.slots["period"],),
            "member": (self.members,),
            "events": (self.event_nouns,),
            "decade": (self.decades,),
            "era": (self.eras,),
        }
        numeric = ("decimal", "n", "number", "x", "p", "c", "part", "far")
        found = {slot: set(numbers) for slot in numeric}
        for slot, nodes in tries.items():
            found.setdefault(slot, set()).update(key for node in nodes for key in node.words)
        for slot in (*numeric, *_DATED):
            found.setdefault(slot, set()).add(_DIGITS)
        for _ in tries:  # a slot may begin with another, at most so deep
            for slot, nodes in tries.items():
                first = {name for node in nodes for name in node.slots}
                found[slot].update(*(found.get(name, ()) for name in first))
            found["c"] |= found["x"]
        words = {key for keys in found.values() for key in keys}
        kept: dict[frozenset[str], frozenset[str]] = {}  # most words begin the same slots as others
        possible = {
            key: _ANYWHERE.union(s for s, keys in found.items() if key in keys) for key in words
        }
        return {key: kept.setdefault(slots, slots) for key, slots in possible.items()}

    @staticmethod
    def _add(node: Node, phrase: str, meaning: object) -> None:  # type: ignore[type-arg]
        node.add_parts(parts(str(phrase).replace("{y}", "{x}")), meaning)


@cache
def phrasebook(language: str) -> Phrasebook:
    """The phrasebook of a language, built once."""
    with growing():
        return Phrasebook(load(language))
