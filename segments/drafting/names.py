"""What the names of columns, tables and codes say, by the words in `names.toml`.

In: a name as a source spells it. Out: its words, and the role they stand for. Start at `role`.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from segments.catalogue_rules import RESERVED

Words = tuple[str, ...]

_LETTERS = str.maketrans({"å": "a", "ä": "a", "ö": "o", "ø": "o", "æ": "ae", "é": "e", "ü": "u"})
_CAMEL = re.compile(r"(?<=[a-zæøå0-9])(?=[A-ZÆØÅÄÖ])")
_PLURALS = ("ies", "erna", "ene", "es", "er", "ar", "or", "s", "e")
_NUMBERS = ("nummer", "nr")  # how a key of one word ends
_SHORTEST = 3  # letters of a word that can be a plural


@cache
def _known() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))


def words(name: str) -> Words:
    """Give the words of a name: `OrderDate`, `order_date` and `order-date` are the same."""
    plain = _CAMEL.sub(" ", name).casefold().translate(_LETTERS)
    return tuple(re.findall(r"[^\W_]+", plain))


def spelled(name: str) -> str:
    """Give a name as people write it: small letters, the accents kept, spaces between the words."""
    return " ".join(re.findall(r"[^\W_]+", _CAMEL.sub(" ", name).casefold()))


def identifier(name: str) -> str:
    """Give a name that a catalogue allows."""
    found = "_".join(re.findall(r"[a-z0-9]+", "_".join(words(name))))
    allowed = found[:1].isalpha() and found not in RESERVED
    return found if allowed else f"n_{found}".rstrip("_")


def stem(word: str) -> str:
    """Give a word without a plural's ending, so that `orders` and `order` meet."""
    for ending in _PLURALS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word.removesuffix(ending)
    return word


def stems(name: str) -> Words:
    """Give the words of a name, each without its ending."""
    return tuple(stem(word) for word in words(name))


def named(section: str, name: str, table: str = "") -> bool:
    """Whether a name is one of a list."""
    return bool(set(forms(name, table)) & _phrases(section))


def holds(section: str, name: str) -> bool:
    """Whether one of a name's words is in a list."""
    return any((word,) in _phrases(section) for word in words(name))


def role(section: str, name: str, table: str = "") -> str | None:
    """Give the role a name stands for, the closest spelling first."""
    roles = _roles(section)
    return next((roles[form] for form in forms(name, table) if form in roles), None)


def is_id(name: str) -> bool:
    """Whether a column looks like a key or points to one."""
    own = words(name)
    if not own:
        return False
    written = own[-1].endswith(_NUMBERS) and role("fields", name) is None  # "offertnr"
    return written or (own[-1],) in _phrases("ids") or (own[-1],) in _phrases("keys")


def bare(name: str) -> Words:
    """Give a key's words without the one that says it is a key: `user` of `user_id`."""
    own = words(name)
    return own[:-1] if own and (own[-1],) in _phrases("ids") else own


def calls(name: str, table: str) -> bool:
    """Whether a column says what the things in a table are called: `hotel_name` of `hotels`."""
    *about, last = words(name) or ("",)
    there = {*words(table), *stems(table)}
    return (last,) in _phrases("its_name") and all({word, stem(word)} & there for word in about)


def forms(name: str, table: str) -> tuple[Words, ...]:
    """The name as it is, then without the words that say nothing new in their table."""
    own = words(name)
    noise = {word for (word, *_) in _phrases("noise")} | set(words(table)) | set(stems(table))
    front = next((at for at, word in enumerate(own) if word not in noise), len(own))
    back = next((at for at, word in enumerate(reversed(own)) if word not in noise), len(own))
    cut = (own[front:], own[: len(own) - back], own[front : len(own) - back])
    return tuple(dict.fromkeys(form for form in (own, *cut) if form))


@cache
def _phrases(section: str) -> frozenset[Words]:
    return frozenset(_spelled(_known()[section]))


@cache
def _roles(section: str) -> dict[Words, str]:
    found: dict[Words, str] = {}
    for name, phrases in _known()[section].items():
        for phrase in _spelled(phrases):
            found.setdefault(phrase, name)
    return found


def _spelled(phrases: Iterable[str]) -> list[Words]:
    return [words(phrase) for phrase in phrases]


def plain(name: str) -> str:
    """Give a value's words without capitals and accents."""
    return " ".join(words(name))


@cache
def rising() -> tuple[tuple[str, ...], ...]:
    """Give the well-known steps, each list from the lowest up."""
    return tuple(tuple(steps) for steps in _known()["rising"].values())


def place(section: str, name: str, table: str = "") -> int | None:
    """Give where in a list a name stands; the first are the likeliest."""
    order = _spelled(_known()[section])
    return min((order.index(form) for form in forms(name, table) if form in order), default=None)
