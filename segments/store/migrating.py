"""A store of an earlier schema becomes one of the newest, with everything that was in it.

In: a connection inside a transaction that nobody else can write in. Out: the tables as `tables` has
them, or Shown when the store is newer than this program. Start at `migrate`.
"""

from typing import Any

import sqlalchemy as sa

from segments.errors import Shown
from segments.problems import BadStore
from segments.store.tables import LISTS, METADATA, SCHEMA, SEGMENTS, VERSIONS

NEWEST = 3


def is_newest(connection: sa.Connection, place: str) -> bool:
    """Whether the tables are those of this program; raises Shown when they are of a newer one."""
    found = _found(connection)
    if found > NEWEST:
        raise Shown(BadStore("", "newer", place, str(found)))
    return found == NEWEST


def migrate(connection: sa.Connection, place: str) -> None:
    """Bring the tables to the newest schema; raises Shown for one that is newer still."""
    if is_newest(connection, place):  # another process was first
        return
    found = _found(connection)
    if found == 1:
        _to_2(connection)
    if found in (1, 2):
        _to_3(connection)
    METADATA.create_all(connection)
    connection.execute(SCHEMA.delete())
    connection.execute(SCHEMA.insert().values(version=NEWEST))


def _found(connection: sa.Connection) -> int:
    """The schema of a store: 0 for an empty one, 1 for those that kept no number of it."""
    tables = set(sa.inspect(connection).get_table_names())
    if SCHEMA.name in tables:
        return int(connection.execute(sa.select(SCHEMA.c.version)).scalar_one())
    return 1 if SEGMENTS.name in tables else 0


# What a segment says moved from its own row to that of its first version.
_MOVED = ("definition", "text", "sentence", "language")
_ADDED = ("newest", "archived_at", "review_days", "reviewed_at")


def _to_2(connection: sa.Connection) -> None:
    segments = connection.dialect.identifier_preparer.format_table(SEGMENTS)
    old = sa.Table(SEGMENTS.name, sa.MetaData(), autoload_with=connection)
    VERSIONS.create(connection)
    content = sa.select(
        old.c.id,
        sa.literal(1),
        *(old.c[name] for name in _MOVED),
        old.c.owner,
        old.c.changed_at,
        sa.literal(""),
    )
    columns = ["segment", "number", *_MOVED, "by", "at", "note"]
    connection.execute(VERSIONS.insert().from_select(columns, content))
    for name in _ADDED:
        _add(connection, SEGMENTS.c[name])
    for name in _MOVED:
        connection.exec_driver_sql(f"ALTER TABLE {segments} DROP COLUMN {name}")


def _to_3(connection: sa.Connection) -> None:
    if LISTS.name in sa.inspect(connection).get_table_names():
        _add(connection, LISTS.c.suppresses)


def _add(connection: sa.Connection, column: sa.Column[Any]) -> None:
    table = connection.dialect.identifier_preparer.format_table(column.table)
    said = sa.schema.CreateColumn(column).compile(dialect=connection.dialect)
    connection.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {said}")
