"""The prepared tables of a shop whose rows are plain Python, in DuckDB and in memory."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import duckdb

from segments.catalogue import Attribute, Catalogue, Event, Type
from segments.compile.levels import only_of_parts
from segments.places import LATITUDE, LONGITUDE

Row = dict[str, Any]
Rows = Callable[[str], list[Row]]

COLUMNS: Mapping[Type, str] = {
    Type.TEXT: "VARCHAR",
    Type.NUMBER: "BIGINT",
    Type.MONEY: "DECIMAL(18,4)",
    Type.DATE: "DATE",
    Type.TIME: "TIMESTAMP",
    Type.YES_NO: "BOOLEAN",
    Type.AGE: "DATE",
    Type.LIST: "VARCHAR[]",
}


def filled(
    shop: Catalogue, members: list[Row], own_rows: Rows, part_rows: Rows
) -> duckdb.DuckDBPyConnection:
    """One table of members and of each event, and one of the parts of an event that has any; rows
    of nobody are left out, as the preparation of a shop does."""
    keys = {each["member"] for each in members}

    def of_members(rows: list[Row]) -> list[Row]:
        return [each for each in rows if each["member"] in keys]

    connection = duckdb.connect(config={"threads": 1})
    placed = [(name, "DOUBLE") for name in (LATITUDE, LONGITUDE) if name in members[0]]
    columns = [("member", "BIGINT"), *_typed(shop.fields.values()), *placed]
    fill(connection, "members", columns, members)
    for event in shop.events.values():
        own = [each for each in event.attributes.values() if not only_of_parts(each)]
        fill(
            connection, event.name, [*_keys(event), *_typed(own)], of_members(own_rows(event.name))
        )
        if event.parts is not None:
            columns = [*_keys(event), *_typed(event.attributes.values())]
            fill(connection, f"{event.name}_parts", columns, of_members(part_rows(event.name)))
    return connection


def _keys(event: Event) -> list[tuple[str, str]]:
    at = [("at", "TIMESTAMP")] if event.time else []
    return [("member", "BIGINT"), *at, *([("record", "VARCHAR")] if event.record else [])]


def _typed(attributes: Iterable[Attribute]) -> list[tuple[str, str]]:
    return [(each.name, COLUMNS[each.type]) for each in attributes]


def fill(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: Sequence[tuple[str, str]],
    rows: Sequence[Row],
) -> None:
    """A table with these columns and rows."""
    described = ", ".join(f'"{column}" {kind}' for column, kind in columns)
    connection.execute(f'CREATE TABLE "{name}" ({described})')
    if not rows:
        return
    marks = ", ".join("?" for _ in columns)
    values = [row[column] for row in rows for column, _ in columns]
    every = ", ".join(f"({marks})" for _ in rows)
    connection.execute(f'INSERT INTO "{name}" VALUES {every}', values)  # noqa: S608
