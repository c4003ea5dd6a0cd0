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
    """One step: the next token keys, the next slots and the meanings that end here.

    What follows can be `shared` by several nodes, and is copied before it is added to."""

    __slots__ = ("meanings", "shared", "slots", "words")

    def __init__(self) -> None:
        self.words: dict[str, Node[Meaning]] = _NONE
        self.slots: dict[str, Node[Meaning]] = _NONE
        self.meanings: tuple[Meaning, ...] = ()
        self.shared = False

    def add(self, sequence: Sequence, meaning: Meaning) -> None:
        """Puts a meaning at the end of a sequence; the same one twice is kept once."""
        node = self
        for element in sequence:
            node = node.own(element)
        node.end((meaning,))

    def add_parts(self, parts: Tokens[Tokens[Sequence]], meaning: Meaning) -> None:
        """The same at the end of every row of sequences, one of each part; what can follow a part
        is made once. Nothing where all parts are left out."""
        _Adding(self, parts, (meaning,)).grow(self, 0)

    def named(self, keys: Iterable[str]) -> tuple[Meaning, ...]:
        """The meanings of a phrase of words; none when it stands nowhere."""
        node: Node[Meaning] | None = self
        for key in keys:
            node = node.words.get(key) if node is not None else None
        return node.meanings if node is not None and node is not self else ()

    def end(self, meaning: tuple[Meaning]) -> None:
        """Let a meaning end here; most ends have no other and keep what they are given."""
        if not self.meanings:
            self.meanings = meaning
        elif meaning[0] not in self.meanings:
            self.meanings += meaning

    def own(self, element: Element) -> "Node[Meaning]":
        """The node that follows, made or copied where it is not this one's alone."""
        following = self.after(element)
        if following is not None and not following.shared:
            return following
        mine = Node() if following is None else following.copied()
        self.put(element, mine)
        return mine

    def after(self, element: Element) -> "Node[Meaning] | None":
        """The node that follows; None where there is none."""
        if isinstance(element, Slot):
            return self.slots.get(element.name)
        return self.words.get(element)

    def put(self, element: Element, following: "Node[Meaning]") -> None:
        """Let a node follow, in the place of another if there is one."""
        if isinstance(element, Slot):
            self.slots = {**self.slots, element.name: following}
        elif self.words is _NONE:
            self.words = {element: following}
        else:
            self.words[element] = following

    def copied(self) -> "Node[Meaning]":
        """Another that the same nodes follow, which are shared from now on."""
        mine: Node[Meaning] = Node()
        mine.words = dict(self.words) if self.words else _NONE
        mine.slots = self.slots  # which is never written to
        mine.meanings = self.meanings
        for following in (*self.words.values(), *self.slots.values()):
            following.shared = True
        return mine

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


class _Adding(Generic[Meaning]):
    """One template on its way into a trie."""

    def __init__(
        self,
        root: Node[Meaning],
        parts: Tokens[Tokens[Sequence]],
        alone: tuple[Meaning],
    ) -> None:
        self.root = root
        self.parts = parts
        self.alone = alone
        self.made: dict[int, Node[Meaning]] = {}

    def grow(self, node: Node[Meaning], at: int) -> None:
        """Add the parts from here on to a node that nothing else shares."""
        if at == len(self.parts):
            if node is not self.root:
                node.end(self.alone)
            return
        for sequence in self.parts[at]:
            if not sequence:
                self.grow(node, at + 1)
                continue
            before = node
            for element in sequence[:-1]:
                before = before.own(element)
            if before.after(sequence[-1]) is None:
                before.put(sequence[-1], self._following(at + 1))
            else:
                self.grow(before.own(sequence[-1]), at + 1)

    def _following(self, at: int) -> Node[Meaning]:
        """What follows from a part on where there was nothing, for all that it follows."""
        if at not in self.made:
            node: Node[Meaning] = Node()
            self.grow(node, at)
            node.shared = True
            self.made[at] = node
        return self.made[at]


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
