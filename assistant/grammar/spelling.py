"""Words by how they are mistyped: without their diacritics, or a letter or two off."""

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz.distance import OSA

from assistant.grammar.tokens import bare

_AS_TWO = str.maketrans({"å": "aa", "æ": "ae", "ø": "oe", "ä": "ae", "ö": "oe"})


def unmarked(word: str) -> frozenset[str]:
    """How a word is typed on a keyboard that lacks its letters; nothing where none is lacking."""
    if word.isascii():
        return frozenset()
    return frozenset({bare(word), bare(word.translate(_AS_TWO))})


class Spelling:
    """Some words, to be found by what somebody typed."""

    def __init__(self, words: Iterable[str]) -> None:
        self._begun: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._bare: dict[str, list[str]] = defaultdict(list)
        for word in words:
            self._begun[word[:1], len(word)].append(word)
            for typed in unmarked(word):
                self._bare[typed].append(word)

    def marked(self, typed: str) -> list[str]:
        """The words with diacritics that would be typed so without them."""
        return self._bare.get(typed, [])

    def near(self, typed: str, limit: int) -> list[tuple[int, str]]:
        """The words with the same first letter that are so few slips away, and how many each."""
        found = []
        for length in range(len(typed) - limit, len(typed) + limit + 1):
            for word in self._begun.get((typed[:1], length), ()):
                distance = OSA.distance(typed, word, score_cutoff=limit)
                if distance <= limit:
                    found.append((distance, word))
        return found
