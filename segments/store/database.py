"""One database that several processes use at once: opened, read, written, and what went wrong said.

In: a file or an address. Out: connections for a block; one writes at a time, and a block that fails
leaves nothing behind. What the database refuses comes as Shown with a `BadStore`. Knows no table.
Start at `Database.open`.
"""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

import sqlalchemy as sa

from segments.errors import Shown
from segments.problems import BadStore
from segments.store.copies import Copies
from segments.store.migrating import is_newest, migrate
from segments.whole_files import held

WAIT = 60  # seconds for whoever writes before
_WRITES = "krets_writes"
_ONE_WRITER = 7_532_738  # the number of the lock on a server; it stands for nothing
_MAGIC = b"SQLite format 3\x00"  # how every file of it begins
_SMALL = 8 * 2**20  # bytes; a larger file is looked through as it is read

# What SQLite's codes of an error come to; the rest is "failed" with its own words.
_SQLITE = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "not_a_store",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_CANTOPEN: "read_only",
}
_SQLITE_INPUT = {
    sqlite3.SQLITE_IOERR_WRITE: "full",  # a quota or a limit on the size of files is met so
    sqlite3.SQLITE_IOERR_SHORT_READ: "damaged",
}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_POSTGRES = {
    "53100": "full",
    "25006": "read_only",
    "42501": "read_only",
    "55P03": "busy",
    "40P01": "busy",
}


class Database:
    """An opened store."""

    def __init__(self, engine: sa.Engine, file: Path | None, place: str) -> None:
        self.file = file  # None on a server, which has its own backups instead of copies
        self.copies = None if file is None else Copies(file)
        self.place = place  # for people; without the password
        self._engine = engine
        self._writer = engine.execution_options(**{_WRITES: True})

    @classmethod
    def open(cls, place: Path | str) -> Self:
        """Open a SQLite file, made if need be, or a server's database by its address; brings an
        older store up to date. Raises Shown when it cannot be used."""
        url = _url(place)
        shown = url.render_as_string(hide_password=True)
        if url.get_backend_name() != "sqlite" or not url.database:
            database = cls(_server(url, shown), None, shown)
            database._look()
            return database
        file = Path(url.database)
        database = cls(_file_engine(file), file, str(file))
        with database._said():
            file.parent.mkdir(parents=True, exist_ok=True)
            with held(lock_of(file)):
                database._make()
        database._look()
        return database

    @classmethod
    def make(cls, file: Path) -> Self:
        """An empty database in a file, in place of whatever is left of one there."""
        for suffix in ("-wal", "-shm", ""):
            Path(f"{file}{suffix}").unlink(missing_ok=True)
        database = cls(_file_engine(file), file, str(file))
        with database.writing() as connection:
            migrate(connection, str(file))
        return database

    def move(self, place: Path) -> None:
        """Let go of the file, and put it whole in its place."""
        self.close()
        assert self.file is not None  # noqa: S101 - only what was made is moved
        self.file.replace(place)
        _keep_folder(place.parent)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that sees one state of the store."""
        with self._said(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """The one connection that writes. What was done in the block is kept, and on the disk, once
        it is left, and is undone when it raises."""
        with self._said(), self._turn(), self._writer.begin() as connection:
            if connection.dialect.name != "sqlite":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ONE_WRITER)))
            yield connection

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for one's turn at a file. SQLite's own waiting is by trying again, and with many
        who write some would never come to it."""
        if self.file is None:
            yield
        else:
            with held(lock_of(self.file)):
                yield

    def _make(self) -> None:
        """Make the file where there is none: beside its place, so that none is ever half made."""
        if self.file is None or self.file.exists():
            return
        if Copies(self.file).there():
            raise Shown(BadStore("", "missing", self.place))
        Database.make(self.file.with_name(f".{self.file.name}.new")).move(self.file)

    def _look(self) -> None:
        """See that the tables can be read and are those of this program."""
        if self.file is not None:
            self._look_at(self.file)
        with self.reading() as connection:
            if self.file is not None and self.file.stat().st_size <= _SMALL:
                looked = connection.execute(sa.text("PRAGMA quick_check(1)")).scalar()
                if looked != "ok":
                    raise Shown(BadStore("", "damaged", self.place))
            newest = is_newest(connection, self.place)
        if not newest:
            with self.writing() as connection:
                migrate(connection, self.place)

    def _look_at(self, file: Path) -> None:
        """See that a file is of SQLite and has no page cut in two, before SQLite opens it: one that
        is all but empty it would take for new, and write in it."""
        with file.open("rb") as opened:
            head = opened.read(18)
        page = int.from_bytes(head[16:]) if len(head) == 18 else 0
        if head[:16] != _MAGIC[: len(head)]:
            raise Shown(BadStore("", "not_a_store", self.place))
        if not page or file.stat().st_size % (65536 if page == 1 else page):
            raise Shown(BadStore("", "damaged", self.place))

    @contextmanager
    def _said(self) -> Iterator[None]:
        try:
            yield
        except sa.exc.DBAPIError as error:
            raise Shown(BadStore("", _code(error), self.place, _words(error))) from error
        except OSError as error:  # of the file's folder, or of the copies beside it
            code = "full" if error.errno in _FULL else "read_only"
            raise Shown(BadStore("", code, self.place, error.strerror or "")) from error


def lock_of(file: Path) -> Path:
    """What is held by whoever writes a file, or puts another in its place."""
    return file.with_name(f".{file.name}.lock")


def _url(place: Path | str) -> sa.URL:
    if isinstance(place, Path):
        return sa.URL.create("sqlite", database=str(place))
    try:
        url = sa.make_url(place)
    except sa.exc.ArgumentError as error:
        raise Shown(BadStore("", "bad_address", place.partition("@")[2] or place)) from error
    if url.drivername in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    return url


def _server(url: sa.URL, shown: str) -> sa.Engine:
    """A server's connections; each is tried before use, for the server may have restarted."""
    if url.get_backend_name() != "postgresql":
        raise Shown(BadStore("", "bad_address", shown))
    try:
        return sa.create_engine(url, pool_pre_ping=True)
    except ImportError as error:
        raise Shown(BadStore("", "no_driver", shown)) from error


def _file_engine(file: Path) -> sa.Engine:
    url = sa.URL.create("sqlite", database=str(file))
    engine = sa.create_engine(url, connect_args={"timeout": WAIT})
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    """Readers go on while one writes; what is confirmed has reached the disk. The driver's own
    transactions are switched off: they begin too late to keep others from writing."""
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _keep_folder(folder: Path) -> None:
    """Have the name of a new file survive a loss of power, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _code(error: sa.exc.DBAPIError) -> str:
    cause = error.orig
    number = getattr(cause, "sqlite_errorcode", None)
    if number is not None:
        return _SQLITE_INPUT.get(number) or _SQLITE.get(number & 0xFF, "failed")
    state = getattr(cause, "sqlstate", None)
    if state is None or state.startswith(("08", "28", "3D", "57P")):
        return "unreachable"
    return _POSTGRES.get(state, "failed")


def _words(error: sa.exc.DBAPIError) -> str:
    """What the database itself said, in one line."""
    return str(error.orig).strip().partition("\n")[0][:200]
