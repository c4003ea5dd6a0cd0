"""Questions to the sources before they are joined: is a key unique, can values be read.

In: a connection with the sources open. Out: evidence, or `Shown` where nothing of a column can be
read as what the catalogue says it is. Start at `unique` and `unread`.
"""

from collections.abc import Iterator

import duckdb
from sqlglot import exp

from segments.catalogue import Attribute, Catalogue, Type
from segments.engine import casts, columns
from segments.engine.building import rows
from segments.engine.casts import function
from segments.engine.joins import Rows
from segments.engine.sources import Source, Sources
from segments.errors import Shown
from segments.problems import BadData

_FIGURE = Attribute("figure", Type.NUMBER)


def unique(connection: duckdb.DuckDBPyConnection, source: Source, key: str) -> str | None:
    """Give a value that stands twice in a key column, or None; unknown keys do not count."""
    column = exp.column(source.column(key) or key, quoted=True)
    select = (
        exp.select(column)
        .from_(exp.table_(source.relation, quoted=True))
        .where(exp.Not(this=exp.Is(this=column.copy(), expression=exp.null())))
        .group_by(column.copy())
        .having(exp.GT(this=exp.Count(this=exp.Star()), expression=exp.Literal.number(1)))
        .limit(1)
    )
    twice = rows(connection, select)
    return str(twice[0][0]) if twice else None


def unread(
    connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, sources: Sources
) -> dict[str, int]:
    """Count the values of each attribute that cannot be read as its type ("city.unreadable");
    raises Shown for those of which none can."""
    report: dict[str, int] = {}
    problems: list[BadData] = []
    for where, attribute, table, path in typed_paths(catalogue):
        own = Rows(catalogue, sources, table)
        column, source = own.column(path)
        if not columns.fits(source, attribute.type):
            problems.append(_misfit(where, path, attribute, source))
        elif columns.loses(source, attribute.type):
            read = own.value(path, attribute.type)
            select = own.select(function("count", casts.text(column, source)))
            select = select.select(function("count", read), copy=False)
            known, readable = rows(connection, select)[0]
            if known and not readable:
                problems.append(_misfit(where, path, attribute, source))
            elif known > readable:
                report[f"{where}.unreadable"] = int(known - readable)
    if problems:
        raise Shown(*problems)
    return report


def typed_paths(catalogue: Catalogue) -> Iterator[tuple[str, Attribute, str, str]]:
    """Give where, attribute, table and path of all that is read as a type: event times too, and
    what is calculated with."""
    for table in catalogue.tables.values():
        for name, computed in table.columns.items():
            for path in () if computed.joined else computed.inputs:
                yield f"tables.{table.name}.columns.{name}", _FIGURE, table.name, path
    for name, field in catalogue.fields.items():
        yield name, field, catalogue.table, field.path or name
    for event in catalogue.events.values():
        if event.time:
            yield f"{event.name}.time", Attribute("time", Type.TIME), event.table, event.time
        for name, attribute in event.attributes.items():
            where = f"{event.name}.{name}"
            if attribute.path:
                yield where, attribute, event.table, attribute.path
            if attribute.part and event.parts:
                yield where, attribute, event.parts, attribute.part


def misfits(catalogue: Catalogue, sources: Sources) -> list[BadData]:
    """Give what is calculated with, and cannot be a number."""
    found = []
    for table in catalogue.tables.values():
        if not table.columns:
            continue
        own = Rows(catalogue, sources, table.name)
        for name, computed in table.columns.items():
            for path in () if computed.joined else computed.inputs:
                source = own.column(path)[1]
                if not columns.fits(source, Type.NUMBER):
                    where = f"tables.{table.name}.columns.{name}"
                    found.append(_misfit(where, path, _FIGURE, source))
    return found


def _misfit(where: str, path: str, attribute: Attribute, source: str) -> BadData:
    return BadData(where, "type_does_not_fit", path, (str(attribute.type), source))
