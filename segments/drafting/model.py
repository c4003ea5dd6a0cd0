"""A draft as data: what will stand in the file, and why, before anybody words it.

Each entry holds the keys of one section and notes; a note has a code and its evidence, as a
problem has. Start at `Draft`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Note:
    """Why a guess was made, or what a person should look at; `key` is the line it stands beside,
    or "" for the whole section."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    key: str = ""


@dataclass(slots=True)
class Entry:
    """A section of the file: its keys, and notes about them."""

    keys: dict[str, Any] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    def note(self, code: str, key: str = "", /, **values: object) -> None:
        """Add a note."""
        self.notes.append(Note(code, values, key))


@dataclass(slots=True)
class EventEntry(Entry):
    """An event with its attributes."""

    attributes: dict[str, Entry] = field(default_factory=dict)


@dataclass(slots=True)
class Draft:
    """A whole catalogue to be."""

    shop: Entry = field(default_factory=Entry)
    member: Entry = field(default_factory=Entry)
    tables: dict[str, Entry] = field(default_factory=dict)
    fields: dict[str, Entry] = field(default_factory=dict)
    events: dict[str, EventEntry] = field(default_factory=dict)
    left: list[Note] = field(default_factory=list)

    def table(self, name: str) -> Entry:
        """Give the entry of a table, made when it is first needed."""
        return self.tables.setdefault(name, Entry())
