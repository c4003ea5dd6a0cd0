"""The attributes of one event: every column of its tables that can be asked about.

In: an event being drafted, the tables it draws on. Out: its attributes, and notes for the columns
left to a person. Start at `Attributes`.
"""

from collections.abc import Collection
from dataclasses import dataclass

from segments.drafting import names
from segments.drafting.guesses import PERSONAL, Place, guess
from segments.drafting.model import Entry, EventEntry, Note
from segments.drafting.scene import Scene
from segments.engine.columns import Shape
from segments.engine.looking import Column

_RESERVED = {
    "and", "or", "not", "in", "by", "among", "where", "between", "known", "top", "bottom",
    "member", "at", "record", "hour", "day", "week", "month", "quarter", "year",
}  # fmt: skip

NAMING = frozenset({"product", "category", "subcategory", "store", "campaign", "campaign_kind"})


def free(name: str, taken: Collection[str]) -> str:
    """Give a name for an entry that no other has."""
    found = identifier = names.identifier(name)
    if found in _RESERVED:
        found = identifier = f"{found}_value"
    number = 2
    while found in taken:
        found, number = f"{identifier}_{number}", number + 1
    return found


@dataclass(slots=True)
class Attributes:
    """Fills in the attributes of an event."""

    scene: Scene
    event: EventEntry
    left: list[Note]
    language: str

    @property
    def roles(self) -> set[str]:
        """The roles given already."""
        return {each.keys["role"] for each in self.event.attributes.values() if "role" in each.keys}

    def put(self, name: str, entry: Entry) -> None:
        """Add one attribute under a free name."""
        self.event.attributes[free(name, self.event.attributes)] = entry

    def columns(self, table: str, *, skip: Collection[str], parts: Collection[str] = ()) -> None:
        """Add the columns of the event's own table, those of `parts` as values of a part."""
        seen = self.scene.tables[table]
        for column in seen.columns:
            if column.name not in skip:
                key = "part" if column.name in parts else "path"
                self.column(Place(seen, column, column.name, key))

    def reached(self, table: str, key: str, without: Collection[str] = ()) -> None:
        """Add what stands in the tables that a table links to."""
        for path, target in self.scene.routes(table):
            if target in without:
                continue
            seen = self.scene.tables[target]
            listed = self.named(target) or self._lists(target)
            for column in seen.columns:
                known = listed or names.role("attributes", column.name, target)
                if column.name == self.scene.keys.get(target):
                    continue
                if known:
                    self.column(Place(seen, column, f"{path}{column.name}", key))
                else:
                    self._leave(Note("left_aside", {"column": f"{target}.{column.name}"}))

    def column(self, place: Place) -> None:
        """Add one column, or a note why it is left."""
        table, name = place.seen.name, place.column.name
        if name in self.scene.links.get(table, {}):
            link = self.scene.links[table][name]
            if link.target == self.scene.member or self.named(link.target):
                return
        if self._of_both(place):
            return
        found = guess(place, "attributes", self.roles, self.language)
        somebody = names.role("fields", name, table) in PERSONAL
        if somebody and "role" not in getattr(found, "keys", {}):
            found = Note("left_place", {"column": f"{table}.{name}"})
        if isinstance(found, Note):
            self._leave(found)
        else:
            self.put(found.keys.get("role", name), found)

    def _of_both(self, place: Place) -> bool:
        """Whether the lines have this column already: it is then one attribute of both."""
        for entry in self.event.attributes.values():
            if place.key == "path" and entry.keys.get("part") == place.path:
                if entry.keys.get("role") != "quantity":
                    entry.keys["path"] = place.path
                return True
        return False

    def _leave(self, note: Note) -> None:
        if note not in self.left:
            self.left.append(note)

    def named(self, table: str) -> bool:
        """Whether a table says in words what its key stands for."""
        key = self.scene.keys.get(table)
        others = [each.name for each in self.scene.tables[table].columns if each.name != key]
        roles = {names.role("attributes", name, table) for name in others}
        return bool(roles & NAMING)

    def _lists(self, table: str) -> bool:
        """Whether a table lists things by a name of their own, as classes or hotels; people have
        names too, and nobody asks for a visit by the name of who sold it."""
        named = any(
            column.shape is Shape.TEXT and names.calls(column.name, table)
            for column in self.scene.tables[table].columns
        )
        return named and not names.holds("people", table)

    def column_of_parts(self, table: str, column: Column) -> None:
        """Add a column of the parts."""
        self.column(Place(self.scene.tables[table], column, column.name, "part"))
