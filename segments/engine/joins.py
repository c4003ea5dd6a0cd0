"""A table with the to-one joins its paths need.

In: a table, then paths asked of it one by one. Out: a column for each, and a SELECT over the table
with each linked table joined once on its key. Start at `Rows`.
"""

from sqlglot import exp

from segments.catalogue import Attribute, Catalogue, Type
from segments.engine import casts, columns
from segments.engine.casts import Node
from segments.engine.sources import Source, Sources
from segments.engine.uses import key_of, way_of
from segments.errors import Broken


class Rows:
    """The rows of one source table, seen through paths."""

    def __init__(self, catalogue: Catalogue, sources: Sources, table: str) -> None:
        self._catalogue = catalogue
        self._sources = sources
        self._table = table
        self._aliases: dict[tuple[str, ...], str] = {(): "t0"}
        self._joins: list[exp.Join] = []

    def column(self, path: str) -> tuple[exp.Column, str]:
        """Give the column a path ends in, and its type in the source."""
        way = way_of(self._catalogue, self._table, path)
        here: tuple[str, ...] = ()
        for step in way.steps:
            start, here = here, (*here, step.column)
            if here not in self._aliases:
                self._join(start, here, step.table, step.target)
        return _column(self._sources[way.table], self._aliases[here], way.column)

    def value(self, path: str, type_: Type) -> Node:
        """Give the value at a path as a catalogue type."""
        column, source = self.column(path)
        return casts.cast(column, source, type_, self._catalogue.time_zone)

    def inferred(self, path: str, attribute: Attribute) -> Type:
        """Give the type of an attribute, from the column where it was left open."""
        return columns.infer(self.column(path)[1], attribute)

    def key(self, path: str, kept: str | None = None) -> Node:
        """Give a key at a path, in the type that keys like it, or the one given, are kept in."""
        column, source = self.column(path)
        kept = kept or columns.key_type(source)
        return casts.key(column, source, kept, self._catalogue.time_zone)

    def kept(self, path: str) -> str:
        """Give the type that the key at a path is kept in."""
        return columns.key_type(self.column(path)[1])

    def select(self, *expressions: Node) -> exp.Select:
        """Give a SELECT over the table and everything joined so far."""
        relation = exp.table_(self._sources[self._table].relation, quoted=True, alias="t0")
        select = exp.Select(expressions=list(expressions)).from_(relation, copy=False)
        select.set("joins", [join.copy() for join in self._joins])
        return select

    def _join(self, start: tuple[str, ...], here: tuple[str, ...], table: str, target: str) -> None:
        alias = f"t{len(self._aliases)}"
        source = self._sources[target]
        left, left_type = _column(self._sources[table], self._aliases[start], here[-1])
        right, right_type = _column(source, alias, key_of(self._catalogue, target))
        self._aliases[here] = alias
        self._joins.append(
            exp.Join(
                this=exp.table_(source.relation, quoted=True, alias=alias),
                side="LEFT",
                on=casts.same(left, left_type, right, right_type),
            )
        )


def _column(source: Source, alias: str, name: str) -> tuple[exp.Column, str]:
    spelled = source.column(name)
    if spelled is None:
        message = f"{source.table} has no column {name}"
        raise Broken(message)
    return exp.column(spelled, table=alias, quoted=True), source.columns[spelled]
