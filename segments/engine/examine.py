"""The sources of a shop examined for what preparation would bear but a person should know.

In: a data folder and a catalogue. Out: the catalogue with its types, and a `BadData` a finding.
Raises `Shown` as preparation does where nothing can be asked at all. Start at `examine`.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb
from sqlglot import exp

from segments.catalogue import Attribute, Catalogue, Type
from segments.catalogue_toml import nearest
from segments.engine import casts, layout
from segments.engine.building import create, rows
from segments.engine.casts import function
from segments.engine.checks import typed_paths, unique, unread
from segments.engine.joins import Rows
from segments.engine.opening import opened
from segments.engine.sources import Sources, find_files
from segments.engine.uses import keys, uses, way_of
from segments.errors import Shown
from segments.problems import BadData, Problem

MOSTLY = 0.5  # a link is suspect when less than this share of its values is found


def examine(folder: Path, catalogue: Catalogue) -> tuple[Catalogue, tuple[Problem, ...]]:
    """Give the catalogue with its types, and what is suspect in its data."""
    files = find_files(folder, catalogue)
    with duckdb.connect() as connection:
        sources = opened(connection, files, catalogue)
        resolved = layout.resolve(catalogue, sources)
        found: list[Problem] = list(_types(connection, resolved, sources))
        if not found:
            found += _keys(connection, resolved, sources)
            found += _links(connection, resolved, sources)
            found += _codes(connection, resolved, sources)
            found += _left_out(connection, resolved, sources)
    return resolved.predicting({}), tuple(found)


def _types(
    connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, sources: Sources
) -> tuple[Problem, ...]:
    try:
        report = unread(connection, catalogue, sources)
    except Shown as shown:
        return shown.problems
    return tuple(
        BadData(owner.removesuffix(".unreadable"), "some_unreadable", str(number))
        for owner, number in report.items()
    )


def _keys(
    connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, sources: Sources
) -> Iterator[Problem]:
    for table, key in keys(catalogue):
        twice = unique(connection, sources[table], key)
        if twice is not None:
            found = f"{table}.{key} = {twice}"
            yield BadData(sources[table].file.name, "key_not_unique", found)


def _links(
    connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, sources: Sources
) -> Iterator[Problem]:
    ways = (way_of(catalogue, use.table, use.path) for use in uses(catalogue))
    for step in dict.fromkeys(step for way in ways for step in way.steps):
        key = catalogue.tables[step.target].key or ""
        known, met = _met(connection, sources, (step.table, step.column), (step.target, key))
        if known and met < known * MOSTLY:
            yield _leads_nowhere(step.table, step.column, f"{step.target}.{key}", met, known)
    for event in catalogue.events.values():
        way = way_of(catalogue, event.table, event.member)
        ends = ((way.table, way.column), (catalogue.table, catalogue.key))
        known, met = _met(connection, sources, *ends)
        if known and met < known * MOSTLY:
            target = f"{catalogue.table}.{catalogue.key}"
            yield _leads_nowhere(way.table, way.column, target, met, known)


def _left_out(
    connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, sources: Sources
) -> Iterator[Problem]:
    """The rows that nobody known has, and the records that several members share."""
    own = Rows(catalogue, sources, catalogue.table)
    key = exp.Alias(this=own.key(catalogue.key), alias=exp.to_identifier("member"))
    create(connection, layout.MEMBERS, own.select(key), temporary=True)
    for event in catalogue.events.values():
        known, there = rows(connection, layout.of_members(catalogue, sources, event))[0]
        if known and known < there:
            found = f"{there - known}/{there}"
            yield BadData(f"{event.name}.member", "without_member", found)
        if event.parts == event.table:
            shared = rows(connection, layout.shared_records(catalogue, sources, event))
            if shared:
                found = f"{len(shared)} ({min(str(each) for (each,) in shared)})"
                yield BadData(f"{event.name}.record", "record_shared", found)


def _leads_nowhere(table: str, column: str, target: str, met: int, known: int) -> BadData:
    return BadData(f"{table}.{column}", "link_mostly_missing", f"{met}/{known}", (target,))


def _met(
    connection: duckdb.DuckDBPyConnection,
    sources: Sources,
    start: tuple[str, str],
    end: tuple[str, str],
) -> tuple[int, int]:
    """Count the distinct values of a column, and those that occur in another."""
    own, other = (_distinct(sources, *place) for place in (start, end))
    found = exp.In(this=exp.column("v"), query=other.subquery(copy=False))
    met = function("count_if", found)
    select = exp.select(exp.Count(this=exp.Star()), met).from_(own.subquery("own"))
    known, number = rows(connection, select)[0]
    return int(known), int(number or 0)


def _distinct(sources: Sources, table: str, name: str) -> exp.Select:
    source = sources[table]
    spelled = source.column(name) or name
    value = casts.text(exp.column(spelled, quoted=True), source.columns[spelled])
    select = exp.select(exp.alias_(value, "v")).distinct()
    known = exp.Not(this=exp.Is(this=value.copy(), expression=exp.null()))
    return select.from_(exp.table_(source.relation, quoted=True)).where(known)


def _codes(
    connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, sources: Sources
) -> Iterator[Problem]:
    for where, attribute, table, path in typed_paths(catalogue):
        if attribute.values and attribute.type is not Type.YES_NO:
            there = _occurring(connection, Rows(catalogue, sources, table), attribute, path)
            absent = [code for code in attribute.codes if code not in there]
            for code in absent:
                yield BadData(where, "code_does_not_occur", code, nearest(code, there) or there[:3])
    yield from _words(connection, catalogue, sources)
    for event in catalogue.events.values():
        for path, codes in (*event.keep.items(), *event.drop.items()):
            own = Rows(catalogue, sources, event.table)
            there = _occurring(connection, own, Attribute(path, Type.TEXT), path)
            for code in codes:
                if code not in there:
                    close = nearest(code, there) or there[:3]
                    yield BadData(f"{event.name}.{path}", "code_does_not_occur", code, close)


def _words(
    connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, sources: Sources
) -> Iterator[Problem]:
    """The taught words for a value that never occurs."""
    typed = {where: (table, path) for where, _, table, path in typed_paths(catalogue)}
    for word in catalogue.words:
        attribute = catalogue.owner(word.of)
        if word.value is None or attribute is None or attribute.type is Type.YES_NO:
            continue
        table, path = typed[word.of]
        there = _occurring(connection, Rows(catalogue, sources, table), attribute, path)
        if word.value not in there:
            where = f"words.{word.language}.{word.word}"
            close = nearest(word.value, there) or there[:3]
            yield BadData(where, "code_does_not_occur", word.value, close)


def _occurring(
    connection: duckdb.DuckDBPyConnection, own: Rows, attribute: Attribute, path: str
) -> tuple[str, ...]:
    value = own.value(path, attribute.type)
    each = function("unnest", value) if attribute.type is Type.LIST else value
    select = own.select(exp.Alias(this=each, alias=exp.to_identifier("v"))).distinct()
    return tuple(sorted(str(row[0]) for row in rows(connection, select) if row[0] is not None))
