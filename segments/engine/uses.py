"""Which columns of which tables a catalogue needs, and what for.

In: a catalogue. Out: one `Use` a path, one `Need` a column with those that links pass through.
Start at `needs`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from segments.catalogue import Attribute, Catalogue, Event, Type
from segments.catalogue_paths import NoPath, Way, parts_link, walk
from segments.errors import Broken


@dataclass(frozen=True, slots=True)
class Use:
    """A path from a table; `text` when its values are codes and must not be read as numbers."""

    where: str
    table: str
    path: str
    text: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """A column that must be there."""

    where: str
    table: str
    column: str
    text: bool = False


def uses(catalogue: Catalogue) -> Iterator[Use]:
    """Give every path of the catalogue."""
    yield Use("member.key", catalogue.table, catalogue.key)
    for table in catalogue.tables.values():
        for name, computed in table.columns.items():
            for path in computed.inputs:  # a number read with a sign would be another key
                where = f"tables.{table.name}.columns.{name}"
                yield Use(where, table.name, path, text=bool(computed.joined))
    for name, field in catalogue.fields.items():
        yield from _attribute(f"fields.{name}", field, catalogue.table, None)
    for event in catalogue.events.values():
        yield from _event(catalogue, event)


def _event(catalogue: Catalogue, event: Event) -> Iterator[Use]:
    where = f"events.{event.name}"
    yield Use(f"{where}.member", event.table, event.member)
    if event.time:
        yield Use(f"{where}.time", event.table, event.time)
    if event.record:
        yield Use(f"{where}.record", event.table, event.record)
    for key, columns in (("keep", event.keep), ("drop", event.drop)):
        for column in columns:
            yield Use(f"{where}.{key}", event.table, column, text=True)
    link = parts_link(catalogue.tables, event)
    if event.parts and link:
        yield Use(f"{where}.parts", event.parts, link)
    for name, attribute in event.attributes.items():
        yield from _attribute(f"{where}.attributes.{name}", attribute, event.table, event.parts)


def _attribute(where: str, attribute: Attribute, table: str, parts: str | None) -> Iterator[Use]:
    text = attribute.typed and attribute.type in {Type.TEXT, Type.LIST}
    if attribute.path:
        yield Use(where, table, attribute.path, text)
    if attribute.part and parts:
        yield Use(where, parts, attribute.part, text)
    labels_from = parts if attribute.part and parts else table
    for path in attribute.label_paths.values():
        yield Use(f"{where}.label_paths", labels_from, path, text=True)


def needs(catalogue: Catalogue) -> Iterator[Need]:
    """Give every column of a file that some path ends in or passes through, or that a column is
    computed from."""
    for use in uses(catalogue):
        way = way_of(catalogue, use.table, use.path)
        ends = [Need(use.where, way.table, way.column, use.text)]
        for step in way.steps:
            ends.append(Need(use.where, step.table, step.column))
            ends.append(Need(use.where, step.target, key_of(catalogue, step.target)))
        yield from (end for end in ends if end.column not in catalogue.tables[end.table].columns)


def keys(catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    """Give table and column of what must be unique: the keys that some path joins on, and the
    records of events that stand in a table of their own."""
    ways = (way_of(catalogue, use.table, use.path) for use in uses(catalogue))
    found = [(s.target, key_of(catalogue, s.target)) for way in ways for s in way.steps]
    found += [
        (event.table, event.record)
        for event in catalogue.events.values()
        if event.record and event.parts != event.table
    ]
    return tuple(dict.fromkeys(found))


def way_of(catalogue: Catalogue, table: str, path: str) -> Way:
    """Walk a path that the catalogue file's own check has passed."""
    way = walk(catalogue.tables, table, path)
    if isinstance(way, NoPath):
        message = f"{table}: {path}: {way.code} {way.found}"
        raise Broken(message)
    return way


def key_of(catalogue: Catalogue, table: str) -> str:
    """Give the key column of a table that a link points to."""
    key = catalogue.tables[table].key
    if key is None:
        message = f"{table} has no key"
        raise Broken(message)
    return key
