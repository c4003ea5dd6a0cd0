"""A trie over token keys and slots, with meanings at its ends."""

import gc
from collections.abc import Iterable, Iterator
from collections.abc import Sequence as Tokens
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from assistant.grammar.patterns import Element, Sequence, Slot
from assistant.grammar.tokens import Shape, Token

Meaning = TypeVar("Meaning")
_NONE: dict[str, Any] = {}  # what most nodes have for slots and many for words; never written to


class Node(Generic[Meaning]):
    """One step: the next token keys, the next slots and the meanings that end here."""

    __slots__ = ("meanings", "slots", "words")

    def __init__(self) -> None:
        self.words: dict[str, Node[Meaning]] = _NONE
        self.slots: dict[str, Node[Meaning]] = _NONE
        self.meanings: tuple[Meaning, ...] = ()

    def add(self, sequence: Sequence, meaning: Meaning) -> None:
        """Puts a meaning at the end of a sequence; the same one twice is kept once."""
        self.add_all((sequence,), meaning)

    def add_all(self, sequences: Iterable[Sequence], meaning: Meaning) -> None:
        """The same at the end of each, most of which have no other and share what they keep."""
        alone = (meaning,)
        for sequence in sequences:
            node = self
            for element in sequence:
                following = node.words.get(element) if isinstance(element, str) else None
                node = following or node._step(element)
            if not node.meanings:
                node.meanings = alone
            elif meaning not in node.meanings:
                node.meanings = (*node.meanings, meaning)

    def named(self, keys: Iterable[str]) -> tuple[Meaning, ...]:
        """The meanings of a phrase of words; none when it stands nowhere."""
        node: Node[Meaning] | None = self
        for key in keys:
            node = node.words.get(key) if node is not None else None
        return node.meanings if node is not None and node is not self else ()

    def _step(self, element: Element) -> "Node[Meaning]":
        if isinstance(element, Slot):
            following = self.slots.get(element.name)
            if following is None:
                following = Node()
                self.slots = {**self.slots, element.name: following}
            return following
        following = self.words.get(element)
        if following is None:
            following = Node()
            if self.words is _NONE:
                self.words = {}
            self.words[element] = following
        return following

    def phrases(self, before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Meaning]]:
        """Every slotless phrase with its meanings."""
        for meaning in self.meanings:
            yield before, meaning
        for key, node in self.words.items():
            yield from node.phrases((*before, key))

    def at(self, keys: list[str]) -> tuple[Meaning, ...]:
        """The meanings of a slotless phrase; none when it is not there."""
        node = self
        for key in keys:
            if key not in node.words:
                return ()
            node = node.words[key]
        return node.meanings


def starts(node: Node[Meaning], tokens: Tokens[Token]) -> list[int]:
    """The tokens that a slotless phrase can begin at."""
    words = node.words
    return [at for at, token in enumerate(tokens) if token.key in words]


def walked(node: Node[Meaning], tokens: Tokens[Token], at: int) -> list[tuple[int, Meaning]]:
    """Every slotless phrase that begins at a token: where it ends, and its meanings."""
    found: list[tuple[int, Meaning]] = []
    step: Node[Meaning] | None = node
    while step is not None and at < len(tokens):
        step = step.words.get(tokens[at].key)
        if step is None or tokens[at].shape is Shape.QUOTE:
            break
        at += 1
        found += [(at, meaning) for meaning in step.meanings]
    return found


@contextmanager
def growing() -> Iterator[None]:
    """While tries grow nothing looks for garbage: all that is made stays, and to walk it over and
    over takes as long as to make it."""
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            gc.enable()
