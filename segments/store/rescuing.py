"""A damaged or lost file of saved segments, made anew from its copies and from what it still gives.

In: the place of the file. Out: a new file in its place; the old one is kept beside it. Start at
`rescue`.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from segments.errors import Shown
from segments.problems import BadStore
from segments.store import exchange
from segments.store.copies import Copies
from segments.store.database import Database, lock_of
from segments.store.readable import Read
from segments.store.tables import DOWNLOADED, DOWNLOADS, ENTRIES, EXTRAS, LISTS, SIZES
from segments.whole_files import held

# What has no copy, or a copy that is gone.
_SALVAGED = (LISTS, ENTRIES, SIZES, EXTRAS, DOWNLOADS, DOWNLOADED)


_TIMES = ("at", "ended_at")


@dataclass(frozen=True, slots=True)
class Rescued:
    """What came back, and where the old file lies; None when there was none."""

    segments: int
    lists: int
    aside: Path | None


def rescue(file: Path, now: datetime) -> Rescued:
    """Make the file anew; nobody may be using it. Raises Shown when there is nothing to make it
    from."""
    copies = Copies(file)
    if not file.exists() and not copies.there():
        raise Shown(BadStore("", "no_copies", str(file)))
    with held(lock_of(file)):
        database = Database.make(file.with_name(f".{file.name}.rescued"))
        with database.writing() as connection:
            segments = sum(_put(connection, id_, read, now) for id_, read in copies.read())
            lists = sum(_put_list(connection, *each) for each in copies.read_lists())
            for row in _logged(copies):
                _insert(connection, DOWNLOADS, row)
            lists += sum(
                _insert(connection, table, row) and table is LISTS
                for table in _SALVAGED
                for row in _rows(file, table)
            )
        aside = _aside(file)
        database.move(file)
    return Rescued(segments, lists, aside)


def _put(connection: sa.Connection, id_: int, read: Read, now: datetime) -> bool:
    with suppress(Shown), connection.begin_nested():
        exchange.put(connection, read, "", now, replace=True, id_=id_)
        return True
    return False


def _put_list(connection: sa.Connection, id_: int, row: dict[str, Any], entries: list[str]) -> bool:
    with suppress(sa.exc.SQLAlchemyError), connection.begin_nested():
        connection.execute(LISTS.insert().values(id=id_, **row))
        if entries:
            rows = [{"list": id_, "entry": each} for each in dict.fromkeys(entries)]
            connection.execute(ENTRIES.insert(), rows)
        return True
    return False


def _logged(copies: Copies) -> Iterator[dict[str, Any]]:
    """The rows of the log. A number that was taken down twice was not confirmed at first."""
    found: dict[int, dict[str, Any]] = {}
    for line in copies.logged():
        with suppress(ValueError, KeyError, TypeError):
            timed = {name: datetime.fromisoformat(line[name]) for name in _TIMES if line.get(name)}
            if "as_of" in line:
                found[line["id"]] = {**line, **timed, "as_of": date.fromisoformat(line["as_of"])}
            elif line["id"] in found:
                found[line["id"]] |= timed
    yield from found.values()


def _insert(connection: sa.Connection, table: sa.Table, row: dict[str, Any]) -> bool:
    """Keep a row, unless what it belongs to did not come back."""
    with suppress(sa.exc.IntegrityError), connection.begin_nested():
        connection.execute(table.insert().values(**row))
        return True
    return False


def _rows(file: Path, table: sa.Table) -> Iterator[dict[str, Any]]:
    """The rows of a table up to the first that cannot be read, from a copy: to look at a damaged
    file may change it."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        for suffix in ("", "-wal"):
            with suppress(FileNotFoundError):
                shutil.copyfile(f"{file}{suffix}", f"{copy}{suffix}")
        engine = sa.create_engine(sa.URL.create("sqlite", database=str(copy)))
        sa.event.listen(engine, "connect", _forgive)
        with suppress(sa.exc.SQLAlchemyError, ValueError), engine.connect() as connection:
            for row in connection.execute(sa.select(table)).mappings():
                yield dict(row)
        engine.dispose()


def _forgive(connection: sqlite3.Connection, _record: object) -> None:
    """Read a file even if it is shorter than it says."""
    connection.execute("PRAGMA writable_schema = ON").close()


def _aside(file: Path) -> Path | None:
    """Put the old file, with what belongs to it, under a name that is free."""
    if not file.exists():
        return None
    number = 1
    while (aside := file.with_name(f"{file.name}.damaged-{number}")).exists():
        number += 1
    for suffix in ("-wal", "-shm", ""):
        own = Path(f"{file}{suffix}")
        if own.exists():
            own.replace(f"{aside}{suffix}")
    return aside
