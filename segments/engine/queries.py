"""Queries over a prepared shop, and the connection they are confined to.

In: sqlglot trees that select member keys. Out: trees with the members' fields, and SQL text proven
to be one SELECT. Start at `checked` and `lock_down`.
"""

import os
from collections.abc import Sequence

import duckdb
from sqlglot import exp

from segments.engine.layout import MEMBERS
from segments.errors import Broken

Order = tuple[str, bool]  # field or "member", and whether the greatest comes first


def lock_down(connection: duckdb.DuckDBPyConnection, memory: str, seconds: float) -> None:
    """Shut every door, in this order: the last line locks the ones before it. A second engine on
    one file in one process shares what the first has locked."""
    locked = "SELECT current_setting('lock_configuration')"
    if connection.execute(locked).fetchall() == [(True,)]:
        return
    connection.execute("SET memory_limit = ?", [memory]).fetchall()
    connection.execute("SET threads = ?", [os.cpu_count() or 1]).fetchall()
    connection.execute("SET GLOBAL max_execution_time = ?", [int(seconds * 1000)]).fetchall()
    connection.execute("SET allowed_directories = []").fetchall()
    connection.execute("SET enable_external_access = false").fetchall()
    connection.execute("SET lock_configuration = true").fetchall()


def checked(cursor: duckdb.DuckDBPyConnection, query: exp.Expr) -> str:
    """Give the SQL of a tree that is one SELECT and nothing else."""
    if not isinstance(query, exp.Query):
        message = f"only a SELECT tree can be run, not {type(query).__name__}"
        raise Broken(message)
    text = query.sql(dialect="duckdb")
    statements = cursor.extract_statements(text)
    if [statement.type for statement in statements] != [duckdb.StatementType.SELECT]:
        message = f"not one SELECT: {text}"
        raise Broken(message)
    return text


def columns(table: str, names: Sequence[str]) -> exp.Select:
    """Select columns of a prepared table."""
    columns = [exp.column(name, quoted=True) for name in names]
    return exp.select(*columns).from_(exp.table_(table, quoted=True))


def with_fields(select: exp.Query, fields: Sequence[str], order: Order) -> exp.Select:
    """Select the fields of the members of a selection, in order; unknown values come last."""
    name, greatest_first = order
    member = exp.column("member", quoted=True)
    chosen = exp.In(this=member, query=inner(select))
    ordered = [exp.Ordered(this=exp.column(name, quoted=True), desc=greatest_first)]
    if name != "member":
        ordered.append(exp.Ordered(this=member.copy()))
    for each in ordered:
        each.set("nulls_first", False)  # noqa: FBT003 - sqlglot's own signature
    everything = columns(MEMBERS, ("member", *fields)).where(chosen, copy=False)
    return everything.order_by(*ordered, copy=False)


def inner(select: exp.Expr, alias: str | None = None) -> exp.Subquery:
    """Give a selection in parentheses."""
    if not isinstance(select, exp.Query):
        message = f"only a SELECT tree can be run, not {type(select).__name__}"
        raise Broken(message)
    named = exp.TableAlias(this=exp.to_identifier(alias)) if alias else None
    return exp.Subquery(this=select.copy(), alias=named)
