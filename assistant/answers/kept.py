"""What a person keeps beside the shop, as definitions name it: saved segments and lists.

In: a store, or where one may come to be. Out: `Audiences`, a list's entries, and a stamp that tells
when something has changed. Start at `Kept`.
"""

import os
from pathlib import Path

from segments.audiences import Audiences, KeyList, Segment, folded
from segments.store import Store

Stamp = tuple[object, ...]


def store_place() -> Path | str:
    """The file or the address of the saved segments: KRETS_STORE, or the user's own folder."""
    named = os.environ.get("KRETS_STORE")
    if named:
        return named if "://" in named else Path(named)
    data = os.environ.get("XDG_DATA_HOME")
    folder = Path(data) if data else Path.home() / ".local" / "share"
    return folder / "krets" / "segments.db"


def kept_store() -> Store | None:
    """The store, if there is one already: to read a sentence makes none."""
    place = store_place()
    return Store.open(place) if Store.is_at(place) else None


class Kept:
    """The segments and lists of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def stamp(self) -> Stamp:
        """What is equal as long as nothing has changed."""
        segments = ((each.id, each.name, each.newest.id) for each in self._store.list())
        return (*segments, *self._store.lists())

    def audiences(self) -> Audiences:
        """Everything that is kept, by name."""
        segments = (Segment(each.name, each.definition) for each in self._store.list())
        lists = (
            KeyList(each.name, f"krets_list_{each.id}", each.field, each.size)
            for each in self._store.lists()
        )
        return Audiences(
            {folded(each.name): each for each in segments},
            {folded(each.name): each for each in lists},
        )

    def entries(self, kept: KeyList) -> tuple[str, ...]:
        """The entries of a list."""
        return self._store.entries(int(kept.table.rpartition("_")[2]))
