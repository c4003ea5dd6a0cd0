"""The next word of a phrase of the language's own: "last" after "in the", "days" after "last 30".

In: one language's phrasebook, the finished tokens and what is typed of the next. Out: words, each
with the one that would still be needed to close its phrase, if any, so that it can be tried whether
a sentence can be read so. Start at `Following`.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.grammar.dated_slots import DatedSlots
from assistant.grammar.phrasebook import Phrasebook
from assistant.grammar.tokens import Token, bare
from assistant.grammar.trie import Node

BEGUN = 8  # finished words, at most, of a phrase that goes on
SHORTEST = 2  # letters of a word that begins a phrase; one that goes on needs none
_UNIT = "unit"
_AFTER_ALL = "\U0010ffff"

Tail = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A word that can come next in a phrase which begins at token `start`, and words that would
    close the phrase after it."""

    start: int
    word: str
    tail: Tail


class Following:
    """What comes next in the phrases of one language."""

    def __init__(self, book: Phrasebook) -> None:
        self.book = book
        self._units = tuple(w for w in book.units.words if len(w) > 1 and w.isalpha())
        self._openings = sorted((bare(word), word, tail) for word, tail in self._next(book.main))

    def steps(self, tokens: tuple[Token, ...]) -> list[tuple[str, Step]]:
        """The words that go on a phrase which these tokens end in, without their marks: first those
        that close it, the longest begun first."""
        slots = DatedSlots(tokens, self.book)
        found: dict[str, tuple[tuple[int, int, int], Step]] = {}
        for start in range(max(0, len(tokens) - BEGUN), len(tokens)):
            for node in _reached(self.book.main, slots, start):
                for word, tail in self._next(node):
                    rank = (len(tail), start, len(word))
                    if word not in found or rank < found[word][0]:
                        found[word] = (rank, Step(start, word, tail))
        ordered = sorted(found.values(), key=lambda pair: pair[0])
        return [(bare(step.word), step) for _, step in ordered]

    def opening(self, partial: str, at: int) -> list[Step]:
        """The words that begin a phrase and what is typed begins them, those that are one first."""
        typed = bare(partial)
        if len(typed) < SHORTEST:
            return []
        low = bisect_left(self._openings, (typed + "\0",))
        high = bisect_left(self._openings, (typed + _AFTER_ALL,), low)
        found = sorted(self._openings[low:high], key=lambda each: (len(each[2]), len(each[1])))
        return [Step(at, word, tail) for _, word, tail in found]

    def _next(self, node: Node[Any]) -> Iterator[tuple[str, Tail]]:
        for word, following in node.words.items():
            if len(word) > 1 and word.isalpha() and (tail := self._tail(following)) is not None:
                yield word, tail
        if _UNIT in node.slots and (tail := self._tail(node.slots[_UNIT])) is not None:
            yield from ((word, tail) for word in self._units)

    def _tail(self, node: Node[Any]) -> Tail | None:
        """What closes a phrase from a node on: nothing, or one word; None when it takes more."""
        if node.meanings:
            return ()
        for word, following in node.words.items():
            if following.meanings and word.isalpha():
                return (word,)
        return self._units[:1] if _UNIT in node.slots and node.slots[_UNIT].meanings else None


def _reached(node: Node[Any], slots: DatedSlots, at: int) -> Iterator[Node[Any]]:
    """The nodes that the tokens lead to, all of them."""
    if at == len(slots.tokens):
        yield node
        return
    following = node.words.get(slots.tokens[at].key)
    if following is not None:
        yield from _reached(following, slots, at + 1)
    for name, child in node.slots.items():
        for end, _ in slots.fill(name, at):
            yield from _reached(child, slots, end)


def begun(tokens: Sequence[Token], step: Step) -> str:
    """The phrase that a step goes on with, as it would stand, with its tail."""
    return " ".join([*(token.text for token in tokens[step.start :]), step.word, *step.tail])
