"""The tables of a folder with their keys, the links between them, and whose rows they are.

In: a `Looker`. Out: a `Scene`: which column tells rows apart, which points to which table, and the
paths these make. Start at `scene_of`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from segments.drafting import names
from segments.engine.columns import NUMBERS, Shape
from segments.engine.looking import FEW, Column, Looker, Seen

ENOUGH = 0.5  # a link of the right name is one from this share of values found
SURE = 0.98  # without the right name, this many
DEPTH = 3  # links on the way to a value


@dataclass(frozen=True, slots=True)
class Link:
    """A column whose values are keys of another table."""

    table: str
    column: str
    target: str
    share: float


@dataclass(slots=True)
class Scene:
    """What is known of a folder; `member` and `key` say who the members are."""

    looker: Looker
    keys: dict[str, str]
    links: dict[str, dict[str, Link]]
    member: str = ""
    key: str = ""
    fields: list[str] = field(default_factory=list)  # the member table's columns that are fields

    @property
    def tables(self) -> dict[str, Seen]:
        """The tables by name."""
        return self.looker.tables

    def hop(self, link: Link) -> str:
        """Give a link as a step of a path: the table, or the column where two lead to it."""
        rivals = [each for each in self.links[link.table].values() if each.target == link.target]
        return link.target if len(rivals) == 1 else link.column

    def hop_target(self, table: str, path: str) -> str:
        """Give the table that the first step of a path leads to; "" for a column."""
        step = path.split(".", maxsplit=1)[0]
        links = self.links.get(table, {}).values()
        return next((link.target for link in links if self.hop(link) == step), "")

    def hop_names(self, table: str) -> bool:
        """Whether a table tells what was sold."""
        columns = self.tables[table].columns
        return any(names.role("attributes", column.name, table) == "product" for column in columns)

    def routes(self, start: str) -> Iterator[tuple[str, str]]:
        """Give each table within reach that is not the members', with the path to it."""
        waiting, met = [("", start, 0)], {start, self.member}
        while waiting:
            path, here, depth = waiting.pop(0)
            if depth == DEPTH:
                continue
            for link in self.links.get(here, {}).values():
                if link.target not in met:
                    met.add(link.target)
                    step = f"{path}{self.hop(link)}."
                    yield step, link.target
                    waiting.append((step, link.target, depth + 1))

    def to_member(self, table: str) -> str | None:
        """Give the path from a table to the key of the members; None when there is none."""
        if table == self.member:
            return self.key
        own = self.links.get(table, {})
        for link in own.values():
            if link.target == self.member:
                return self._key_over(link)
        if self.keys.get(self.member) != self.key:
            for column in self.tables[table].columns:
                same = names.words(column.name) == names.words(self.key)
                if same and self.looker.share(table, column.name, self.member, self.key) >= ENOUGH:
                    return column.name
        for link in own.values():
            for step in self.links.get(link.target, {}).values():
                if step.target == self.member:
                    return f"{self.hop(link)}.{self._key_over(step)}"
        return None

    def _key_over(self, link: Link) -> str:
        """The members' key from a table that points to theirs: the pointing column has it, unless
        people are told apart by another column there."""
        direct = self.keys.get(self.member) == self.key
        return link.column if direct else f"{self.hop(link)}.{self.key}"


def scene_of(looker: Looker) -> Scene:
    """Find keys and links; who the members are is `members`' question."""
    keys = {table: key for table in looker.tables if (key := _key(looker, table))}
    links: dict[str, dict[str, Link]] = {}
    for table, seen in looker.tables.items():
        for column in seen.columns:
            found = list(_links(looker, keys, seen, column))
            if found:
                best = max(found, key=lambda link: (link.share, looker.tables[link.target].rows))
                links.setdefault(table, {})[column.name] = best
    return Scene(looker, keys, links)


def _key(looker: Looker, table: str) -> str | None:
    """Give the column that tells rows apart: one named after its table, else the first."""
    seen = looker.tables[table]
    keylike = [
        column
        for place, column in enumerate(seen.columns)
        if column.shape in {Shape.WHOLE, Shape.TEXT, Shape.REAL}
        and (names.is_id(column.name) or (place == 0 and column.shape is Shape.TEXT))
    ]

    def order(column: Column) -> bool:
        own = {names.stem(word) for word in names.bare(column.name)}
        return not (own <= set(names.stems(table)))

    for column in sorted(keylike, key=order):
        if looker.unique(table, column.name):
            return column.name
    return None


def _links(looker: Looker, keys: dict[str, str], seen: Seen, column: Column) -> Iterator[Link]:
    if column.shape not in {Shape.WHOLE, Shape.TEXT, Shape.REAL} or not column.known:
        return
    for target, key in keys.items():
        other = looker.tables[target].column(key)
        if target == seen.name or _differ(column, other):
            continue
        alike = _alike(column.name, target, key)
        odd = other.shape is Shape.TEXT and names.is_id(column.name) and column.different > FEW
        if not alike and not odd:
            continue
        if keys.get(seen.name) == column.name and looker.tables[target].rows < seen.rows:
            continue  # the smaller of two tables of the same things points to the other
        share = looker.share(seen.name, column.name, target, key)
        if share >= (ENOUGH if alike else SURE):
            yield Link(seen.name, column.name, target, share)


def _differ(one: Column, other: Column) -> bool:
    """Whether two columns are of other kinds, so that no value of one is one of the other."""
    return (one.shape in NUMBERS) != (other.shape in NUMBERS)


def _alike(name: str, table: str, key: str) -> bool:
    """Whether a column's name says that it points to a table."""
    own, there = names.words(name), names.words(key)
    generic = not names.bare(key)  # "id", which any table may have
    if own == there and not generic:
        return True
    if not generic and len(there) > 1 and own[-len(there) :] == there:
        return True
    bare = tuple(names.stem(word) for word in names.bare(name))
    if bare and bare == names.stems(table)[-len(bare) :] and (names.is_id(name) or not generic):
        return True
    return names.is_id(name) and names.holds("people", name) and names.holds("people", table)
