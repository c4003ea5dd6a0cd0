"""The corpus as data: <language>/<topic>.toml, equipped/<language>.toml for what only the equipped
shop has, club/<language>.toml for what a shop calls things itself, queries.toml and
known_wrong/<language>.toml.

In: files written by hand. Out: sentences with what they must become, as pytest parameters.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LANGUAGES = ("en", "sv", "da", "nb")
KNOWN_WRONG = "known_wrong"
EQUIPPED_SHOP = "equipped"
CLUB = "club"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence and the canonical text of its definition."""

    language: str
    topic: str
    text: str
    means: str

    @property
    def known_wrong(self) -> bool:
        """Asked about or unread today, though it has one meaning."""
        return self.topic == KNOWN_WRONG

    @property
    def id(self) -> str:
        """The name of its test."""
        return f"{self.language}: {self.text}"


@dataclass(frozen=True, slots=True)
class Open:
    """A sentence that must be asked about, with definitions that must be among the choices; or,
    without choices, one that must stay unread, with words that must be named as not understood."""

    language: str
    topic: str
    text: str
    choices: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def known_wrong(self) -> bool:
        """Unread today, though it should be asked about."""
        return self.topic == KNOWN_WRONG

    @property
    def id(self) -> str:
        """The name of its test."""
        return f"{self.language}: {self.text}"


@dataclass(frozen=True, slots=True)
class Query:
    """The members of a meaning, as a query over the tables of the sample shop."""

    means: str
    members: str


def _files(language: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The topics of a language, then what is known to be wrong."""
    for path in sorted((HERE / language).glob("*.toml")):
        yield path.stem, tomllib.loads(path.read_text(encoding="utf-8"))
    wrong = HERE / KNOWN_WRONG / f"{language}.toml"
    if wrong.exists():
        yield KNOWN_WRONG, tomllib.loads(wrong.read_text(encoding="utf-8"))


def _phrases() -> Iterator[Phrase]:
    for language in LANGUAGES:
        for topic, read in _files(language):
            yield from _phrases_of(language, topic, read)


def _phrases_of(language: str, topic: str, read: dict[str, Any]) -> Iterator[Phrase]:
    for case in read.get("phrase", ()):
        yield Phrase(language, topic, case["text"], case["means"])


def _open(kind: str) -> Iterator[Open]:
    for language in LANGUAGES:
        for topic, read in _files(language):
            yield from _open_of(kind, language, topic, read)


def _open_of(kind: str, language: str, topic: str, read: dict[str, Any]) -> Iterator[Open]:
    for case in read.get(kind, ()):
        choices, unknown = tuple(case.get("choices", ())), tuple(case.get("unknown", ()))
        yield Open(language, topic, case["text"], choices, unknown)


def _of_shop(shop: str) -> Iterator[Phrase | Open]:
    for language in LANGUAGES:
        path = HERE / shop / f"{language}.toml"
        read = tomllib.loads(path.read_text(encoding="utf-8"))
        yield from _phrases_of(language, shop, read)
        for kind in ("asks", "unread"):
            yield from _open_of(kind, language, shop, read)


_QUERIES = tomllib.loads((HERE / "queries.toml").read_text(encoding="utf-8"))
VIEWS: dict[str, str] = _QUERIES["views"]
QUERIES = tuple(Query(case["means"], case["members"]) for case in _QUERIES["query"])
PHRASES = tuple(_phrases())
ASKS = tuple(_open("asks"))
UNREAD = tuple(_open("unread"))
EQUIPPED = tuple(_of_shop(EQUIPPED_SHOP))
OF_CLUB = tuple(_of_shop(CLUB))
