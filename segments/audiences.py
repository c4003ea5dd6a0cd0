"""What people keep by name beside a shop's data: saved segments and lists of members.

In: the definitions and lists of a store. Out: look-ups by name, whatever the case and the spaces,
and what goes in circles. Knows no store, no catalogue and no SQL. Start at `Audiences`.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from segments.definition import Audience, Condition, Source, inner_of, leaves

DEEPEST = 20  # segments inside each other


@dataclass(frozen=True, slots=True)
class KeyList:
    """A kept list: the table its entries are in, and the member field they are values of, None for
    the member key."""

    name: str
    table: str
    field: str | None
    size: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A saved segment; without a definition it cannot be read."""

    name: str
    definition: Condition | None


@dataclass(frozen=True, slots=True)
class Audiences:
    """Everything that is kept, by its folded name."""

    segments: Mapping[str, Segment] = field(default_factory=dict)
    lists: Mapping[str, KeyList] = field(default_factory=dict)

    def get(self, audience: Audience) -> Segment | KeyList | None:
        """What an audience names, if it is there."""
        kept = self.segments if audience.source is Source.SEGMENT else self.lists
        return kept.get(folded(audience.name))

    def ring(self, name: str) -> tuple[str, ...]:
        """The names on the way from a segment back to one that it passed, or deeper than can be
        followed; empty when there is no such way."""
        return self._ring((folded(name),))

    def _ring(self, way: tuple[str, ...]) -> tuple[str, ...]:
        kept = self.segments.get(way[-1])
        if kept is None or kept.definition is None:
            return ()
        for inner in used(kept.definition):
            if inner.source is not Source.SEGMENT:
                continue
            after = folded(inner.name)
            if after in way or len(way) >= DEEPEST:
                return tuple(self._name(each) for each in (*way, after))
            if ring := self._ring((*way, after)):
                return ring
        return ()

    def _name(self, key: str) -> str:
        kept = self.segments.get(key)
        return key if kept is None else kept.name


def folded(name: str) -> str:
    """The name without what nobody sees: spaces around and inside, two ways to write å, case."""
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def used(condition: Condition) -> tuple[Audience, ...]:
    """The audiences that a definition names, each once, left to right, in rankings too."""
    found: list[Audience] = []
    for leaf in leaves(condition):
        if isinstance(leaf, Audience):
            found.append(leaf)
        for inner in inner_of(leaf):
            found += used(inner)
    return tuple(dict.fromkeys(found))


def everything(condition: Condition, audiences: Audiences) -> tuple[Condition, ...]:
    """Each condition that is no group and that the members depend on, once: as `leaves`, and those
    of the segments it names, of rankings and of who counts. No ring may lead through them."""
    found: dict[Condition, None] = {}
    waiting = [condition]
    while waiting:
        for leaf in leaves(waiting.pop(0)):
            if leaf in found:
                continue
            found[leaf] = None
            inner = audiences.get(leaf) if isinstance(leaf, Audience) else None
            if isinstance(inner, Segment) and inner.definition is not None:
                waiting.append(inner.definition)
            waiting += inner_of(leaf)
    return tuple(found)


def closes(name: str, definition: Condition, audiences: Audiences) -> tuple[str, ...]:
    """The ring that would be if a definition were saved under a name; empty without one."""
    kept = {**audiences.segments, folded(name): Segment(name, definition)}
    return Audiences(kept, audiences.lists).ring(name)
