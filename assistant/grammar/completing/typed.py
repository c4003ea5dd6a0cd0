"""A text as it is being typed: its finished words, the one that is not finished, and what phrases
would make of it. Knows no grammar. Start at `typed`.
"""

import re
from dataclasses import dataclass

from assistant.grammar.completing.shelves import Phrase, key_of

_WORD = re.compile(r"\S+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Typed:
    """Finished words with their places, and the beginning of the next; empty after a space."""

    text: str
    words: tuple[tuple[str, int], ...]
    partial: str

    @property
    def finished(self) -> str:
        """What is not being typed any more."""
        return self.text[: self.start]

    @property
    def start(self) -> int:
        """Where the word being typed begins."""
        return len(self.text) - len(self.partial)

    def queries(self, most: int) -> list[tuple[int, str]]:
        """How many of the last words, and their key with the one being typed; most words first."""
        last = [key_of(word) for word, _ in self.words[-most:]]
        partial = key_of(self.partial)
        return [
            (len(last) - skipped, " ".join([*last[skipped:], partial]))
            for skipped in range(len(last) + 1)
        ]

    def place(self, words: int) -> int:
        """Where the first of so many last words begins."""
        return self.words[len(self.words) - words][1] if words else self.start


def typed(text: str) -> Typed:
    """A text cut at its white space."""
    words = tuple((match[0], match.start()) for match in _WORD.finditer(text))
    if not words or text[-1:].isspace():
        return Typed(text, words, "")
    return Typed(text, words[:-1], words[-1][0])


@dataclass(frozen=True, slots=True)
class Fit:
    """A phrase that begins with so many of the last finished words."""

    phrase: Phrase
    words: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the sentence may go on with: `text` in place of what stands from `start` on."""

    text: str
    kind: str
    start: int
    sentence: str  # the whole text when it is taken, with a space after it


def spelt(text: Typed, fit: Fit, left: str) -> str:
    """A phrase as it will stand there: with the numbers that were typed."""
    if "#" not in fit.phrase.key or not (fit.words or text.partial):
        return fit.phrase.text
    begun = text.words[len(text.words) - fit.words :]
    return " ".join([*(word for word, _ in begun), left])


def proposal(text: Typed, fit: Fit) -> Proposal:
    """What is left of a phrase to write; a number stays as it was typed."""
    words = fit.phrase.text.split()[fit.words :]
    number = _NUMBER.search(text.partial)
    if number is not None:
        words[0] = _NUMBER.sub(number[0], words[0], count=1)
    left = " ".join(words)
    return Proposal(left, fit.phrase.kind, text.start, f"{text.finished}{left} ")


def added(text: Typed, word: str) -> Proposal:
    """A word of the language's own, which goes on a phrase."""
    return Proposal(word, "link", text.start, f"{text.finished}{word} ")
