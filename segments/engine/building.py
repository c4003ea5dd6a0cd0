"""Running generated trees on the connection that builds a shop.

In: a connection and a tree. Out: rows fetched to the end: DuckDB refuses the next statement while a
result is unfinished. Start at `rows`.
"""

from typing import Any

import duckdb
from sqlglot import exp


def rows(connection: duckdb.DuckDBPyConnection, tree: exp.Expr) -> list[tuple[Any, ...]]:
    """Run a tree to its end."""
    return connection.execute(tree.sql(dialect="duckdb")).fetchall()


def number(connection: duckdb.DuckDBPyConnection, select: exp.Expr) -> int:
    """Give the one number a SELECT finds."""
    return int(rows(connection, select)[0][0])


def count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    """Count the rows of a table."""
    everything = exp.select(exp.Count(this=exp.Star())).from_(exp.table_(table, quoted=True))
    return number(connection, everything)


def create(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    select: exp.Select,
    *,
    temporary: bool = False,
    kind: str = "TABLE",
) -> None:
    """Make a table of a SELECT, in its order, or a view."""
    tree = exp.Create(this=exp.table_(name, quoted=True), kind=kind, expression=select)
    if temporary:
        tree.set("properties", exp.Properties(expressions=[exp.TemporaryProperty()]))
    rows(connection, tree)


def drop_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop the views over source files: a prepared file speaks of nothing outside it."""
    found = exp.select(exp.column("view_name")).from_(exp.Anonymous(this="duckdb_views"))
    for (name,) in rows(connection, found.where(exp.Not(this=exp.column("internal")))):
        rows(connection, exp.Drop(tables=[exp.table_(name, quoted=True)], kind="VIEW"))
