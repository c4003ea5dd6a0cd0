"""One language's words for reading, as loaded from its `words.toml`. Knows no grammar."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from babel import Locale

from assistant.languages.files import languages, table

Section = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pack:
    """The words of one language: sections of `words.toml` by name."""

    language: str
    locale: str
    decimal: str
    sections: Mapping[str, Section]

    def section(self, name: str) -> Section:
        """A section by name; empty when the language has no such words."""
        return self.sections.get(name, {})


@cache
def load(language: str) -> Pack:
    """The pack of a language. KeyError when its file lacks its name."""
    data = table(language, "words")
    sections = {name: value for name, value in data.items() if isinstance(value, dict)}
    for spelling in data.get("spellings", ()):
        sections = {name: _also_spelled(value, spelling) for name, value in sections.items()}
    return Pack(data["language"], data["locale"], data["decimal"], sections)


def _also_spelled(entry: Any, spelling: Mapping[str, str]) -> Any:  # noqa: ANN401 - as TOML
    """The entry with what other letters make of its words beside them."""
    match entry:
        case list():
            return list(dict.fromkeys([*entry, *(_spelled(word, spelling) for word in entry)]))
        case dict() if not any(isinstance(value, list | dict) for value in entry.values()):
            return {_spelled(word, spelling): value for word, value in entry.items()} | entry
        case dict():
            return {key: _also_spelled(value, spelling) for key, value in entry.items()}
        case _:
            return entry


def _spelled(word: str, spelling: Mapping[str, str]) -> str:
    for letter, others in spelling.items():
        word = word.replace(letter, others)
    return word


@cache
def exonyms() -> Mapping[str, tuple[str, ...]]:
    """Local place name -> its other names in any language."""
    path = resources.files("assistant.languages") / "places.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    places = data.get("places", data)
    return {name: tuple(others) for name, others in places.items() if isinstance(others, list)}


@cache
def country_groups() -> Mapping[str, tuple[str, ...]]:
    """Group of countries, as "nordic" -> the codes of its countries."""
    path = resources.files("assistant.languages") / "places.toml"
    found = tomllib.loads(path.read_text(encoding="utf-8"))["country_groups"]
    return {name: tuple(codes) for name, codes in found.items()}


@cache
def country_names() -> Mapping[str, str]:
    """What a country is called in any language, in small letters -> its code."""
    found: dict[str, str] = {}
    for code in languages():
        pack = load(code)
        for land, name in Locale.parse(pack.locale).territories.items():
            if len(land) == 2 and land.isalpha():
                found.setdefault(name.casefold(), land)
        for land, names in pack.section("countries").items():
            found |= {name.casefold(): land for name in names}
    return found


@cache
def lands() -> frozenset[str]:
    """The names of countries in all languages, in small letters; no words for their people."""
    locales = (Locale.parse(load(code).locale) for code in languages())
    names = (each.territories.items() for each in locales)
    return frozenset(name.casefold() for each in names for land, name in each if land.isalpha())


@cache
def islands() -> Mapping[str, tuple[str, ...]]:
    """Island, in small letters -> its regions, where one of them alone is called after it."""
    path = resources.files("assistant.languages") / "places.toml"
    found = tomllib.loads(path.read_text(encoding="utf-8"))["islands"]
    return {name.casefold(): tuple(regions) for name, regions in found.items()}


@cache
def newsletters() -> frozenset[str]:
    """Every language's single words for a newsletter."""
    told = (
        load(code).section("values").get("campaign_kind.newsletter", ()) for code in languages()
    )
    return frozenset(word for phrases in told for word in phrases if " " not in word)


@cache
def begun() -> frozenset[str]:
    """Every language's words that tell that something began, as "became" and "signed up" do."""
    return _told("began")


@cache
def received(key: str) -> frozenset[str]:
    """Every language's words for what somebody gets these days: "receives", or "receives_bare" for
    those that are of any time after another verb, as "get" is."""
    return _told(key)


def _told(key: str) -> frozenset[str]:
    told = (load(code).section("tense").get(key, ()) for code in languages())
    return frozenset(word for words in told for word in words)


@cache
def subscribers() -> tuple[str, ...]:
    """How every language's words for those who agreed to be written to end."""
    told = (load(code).section("endings").get("subscriber", ()) for code in languages())
    return tuple(ending for endings in told for ending in endings)


@cache
def region_nouns() -> frozenset[str]:
    """Every language's single words for a region."""
    words = (load(code).section("fields").get("region", ()) for code in languages())
    return frozenset(word for phrases in words for word in phrases if " " not in word)
