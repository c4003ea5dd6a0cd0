"""Words by how they are mistyped: without their diacritics, or a letter or two off."""

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz.distance import OSA

from assistant.grammar.tokens import bare

DOUBLED = 7  # from this length a letter too many is a slip
TWICE = 6  # in a common word from this length on, where it is a letter typed twice
_VOWELS = frozenset("aeiouyåäæöø")
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


def slip(typed: str, word: str) -> bool:
    """Whether the difference is one that fingers make: two letters swapped, one left out, one too
    many in a long word. Another letter is more often another word ("shipped", "Norrland")."""
    if sorted(typed) == sorted(word):
        return True
    if len(typed) == len(word):
        return False
    if typed.startswith(word) and set(typed[len(word) :]) != {word[-1]}:
        return False  # an ending makes another word: "Vestlandet" is more than Vestland
    return len(typed) < len(word) or len(typed) >= DOUBLED


def slip_of_common(typed: str, word: str) -> bool:
    """Whether a letter was typed twice, or in the place of a vowel beside it, so that no other word
    can be meant: "köppt", "åpnett", "kundrr"."""
    at = next((i for i, (a, b) in enumerate(zip(typed, word, strict=False)) if a != b), len(word))
    if at >= len(typed) or typed[at] not in (typed[at - 1 : at] + typed[at + 1 : at + 2]):
        return False
    if typed[:at] + typed[at + 1 :] == word:
        return len(typed) >= TWICE or _crowded(typed, at)
    replaced = typed[:at] + word[at : at + 1] + typed[at + 1 :] == word
    return replaced and word[at] in _VOWELS and _crowded(typed, at)


def _crowded(typed: str, at: int) -> bool:
    """Whether the letter stands among three consonants in a row."""
    runs = (typed[start : start + 3] for start in range(max(at - 2, 0), at + 1))
    return any(len(run) == 3 and not _VOWELS & set(run) for run in runs)
