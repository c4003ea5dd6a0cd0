"""A sorted shelf of phrases: those that begin with what was typed, the most used first.

In: phrases with how much they are used, once. Out: the few best for a prefix, whatever the size of
the shelf: where many phrases begin alike, the best of them are known beforehand. Knows no grammar.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest

from assistant.grammar.tokens import bare, fold

BEST = 12
MANY = 256  # phrases that are looked through one by one
_AFTER_ALL = "\U0010ffff"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def key_of(text: str) -> str:
    """What a phrase is found by: no case, no diacritics, any number as good as another."""
    return _NUMBER.sub("#", bare(fold(text)))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words to propose; `kind` says what they tell and `uses` how often they are needed. `about` is
    the key of a value in them: it is not proposed twice in a sentence."""

    text: str
    kind: str
    uses: int
    key: str
    about: str = ""


def phrase(text: str, kind: str, uses: int = 0, value: str = "") -> Phrase:
    """A phrase with its keys."""
    return Phrase(text, kind, uses, key_of(text), key_of(value or text))


class Shelf:
    """Phrases of one kind of thing."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        unique: dict[str, Phrase] = {}
        for each in sorted(phrases, key=lambda each: -each.uses):
            unique.setdefault(each.text, each)
        self._ranked = tuple(unique.values())
        pairs = sorted((each.key, rank) for rank, each in enumerate(self._ranked))
        self._keys = [key for key, _ in pairs]
        self._ranks = [rank for _, rank in pairs]
        self._first = frozenset(key.split(" ", 1)[0] for key in self._keys if " " in key)
        self._best: dict[str, list[int]] = {}
        self._foresee(0, len(self._keys), "")

    def _foresee(self, low: int, high: int, prefix: str) -> None:
        """Remember the best for each prefix that very many phrases share."""
        if high - low <= MANY:
            return
        self._best[prefix] = nsmallest(BEST, self._ranks[low:high])
        at = bisect_left(self._keys, prefix + "\0", low, high)
        while at < high:
            longer = self._keys[at][: len(prefix) + 1]
            end = bisect_left(self._keys, longer + _AFTER_ALL, at, high)
            self._foresee(at, end, longer)
            at = end

    def begins(self, word: str) -> bool:
        """Whether some phrase of several words begins with this one."""
        return word in self._first

    def beginning(self, prefix: str) -> list[Phrase]:
        """The best phrases whose key begins with a prefix, the most used first."""
        best = self._best.get(prefix)
        if best is None:
            low = bisect_left(self._keys, prefix)
            high = bisect_left(self._keys, prefix + _AFTER_ALL, low)
            best = nsmallest(BEST, self._ranks[low:high])
        return [self._ranked[rank] for rank in best]

    def __len__(self) -> int:
        return len(self._ranked)
