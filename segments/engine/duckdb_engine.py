"""A prepared shop that answers generated queries: how many, who, and what is known of them.

In: sqlglot trees that select member keys from the prepared tables, never text. Out: numbers, keys
and Arrow tables. The file is open for reading only and the connection is locked: no query can read
another file, load an extension, reach the network or change a setting. Knows nothing of
definitions; `compile` makes the trees. Start at `Engine.open`.
"""

import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import pyarrow as pa
from sqlglot import exp

from segments.audiences import Audiences, KeyList
from segments.catalogue import Attribute, Catalogue, Rule, Spoken, Taught, Type
from segments.catalogue_file import load
from segments.engine.functions import add_functions
from segments.engine.job import Job
from segments.engine.layout import MEMBERS
from segments.engine.placing import TOWN_COLUMNS, TOWNS, located
from segments.engine.predictions import cards_of
from segments.engine.prepare import prepare
from segments.engine.queries import Order, checked, columns, inner, lock_down, with_fields
from segments.errors import Broken, Shown
from segments.places import gazetteer
from segments.problems import BadData

BATCH = 50_000
MEMORY = "2GB"

_WHOLE = re.compile(r"-?[0-9]{1,18}")

Key = int | str
Entries = Callable[[KeyList], Sequence[str]]


class Engine:
    """One shop, open for questions. Safe to use from several threads: each call has a cursor."""

    def __init__(
        self, path: Path, catalogue: Catalogue, *, memory: str = MEMORY, seconds: float = 0
    ) -> None:
        self.path = path
        self._connection = duckdb.connect(str(path), read_only=True)
        self._lock = threading.Lock()
        self._jobs: list[Job] = []
        self._lists: dict[str, pa.Table] = {}
        self._entries: Entries = lambda _: ()
        self.catalogue = catalogue
        add_functions(self._connection)
        lock_down(self._connection, memory, seconds)
        keys = ("key", "value")
        self._meta: dict[str, str] = dict(self._rows(columns("krets_meta", keys)))
        types: dict[str, str] = json.loads(self._meta["types"])
        dated = frozenset(json.loads(self._meta["dated"]))
        known = _typed(catalogue, types, dated).predicting(cards_of(self._meta["predictions"]))
        towns = self._rows(columns(TOWNS, TOWN_COLUMNS))
        self.catalogue = replace(known, gazetteer=gazetteer(towns, located(catalogue)))

    @classmethod
    def open(
        cls,
        data_dir: Path,
        catalogue: Catalogue | Path,
        cache_dir: Path | None = None,
        *,
        memory: str = MEMORY,
        seconds: float = 0,
    ) -> Self:
        """Open a shop, prepared first where needed; raises Shown for what is wrong with it. A
        query that runs for more than `seconds`, if not 0, ends as Cancelled."""
        read = load(catalogue) if isinstance(catalogue, Path) else catalogue
        path = prepare(data_dir, read, cache_dir)
        try:
            return cls(path, read, memory=memory, seconds=seconds)
        except duckdb.IOException:  # removed as stale by another process, or damaged
            path.unlink(missing_ok=True)
        again = prepare(data_dir, read, cache_dir)
        return cls(again, read, memory=memory, seconds=seconds)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop what runs and let go of the file."""
        self.interrupt()
        self._connection.close()

    def reword(self, rules: Mapping[str, Rule], words: tuple[Taught, ...]) -> None:
        """Take other rules and taught words, which the prepared data does not depend on."""
        self.catalogue = replace(self.catalogue, rules=rules, words=words)

    def keep(self, audiences: Audiences, entries: Entries) -> None:
        """Take the segments and lists that definitions can name, and what gives a list's entries.
        A list is fetched when a query first names it, and lies in memory: the shop's file is never
        written to."""
        with self._lock:
            self._lists, self._entries = {}, entries
        self.catalogue = replace(self.catalogue, audiences=audiences)

    def _sql(self, cursor: duckdb.DuckDBPyConnection, query: exp.Query) -> str:
        """The text of a query, once the cursor has the lists that it names."""
        text = checked(cursor, query)
        kept = {each.table: each for each in self.catalogue.audiences.lists.values()}
        for name in {table.name for table in query.find_all(exp.Table)} & set(kept):
            if name not in self._lists:
                number = kept[name].field is None and self._numbered(cursor)
                self._lists[name] = _table(self._entries(kept[name]), numbers=number)
            cursor.register(name, self._lists[name])
        return text

    def _numbered(self, cursor: duckdb.DuckDBPyConnection) -> bool:
        """Whether the member keys are numbers."""
        cursor.execute(checked(cursor, columns(MEMBERS, ("member",)).limit(0)))
        return any("INT" in str(column[1]) for column in cursor.description or ())

    def interrupt(self) -> None:
        """Stop every query that runs now."""
        with self._lock:
            jobs = tuple(self._jobs)
        for job in jobs:
            job.cancel()

    # --- what the shop holds ----------------------------------------------------------------

    @property
    def total(self) -> int:
        """The number of members."""
        return int(self._meta["members"])

    @property
    def newest(self) -> datetime | None:
        """The instant of the newest event, in shop time; None without timed events."""
        return datetime.fromisoformat(self._meta["newest"]) if self._meta["newest"] else None

    def types(self) -> dict[str, str]:
        """DuckDB's own types of the member fields, by name."""
        with self._running(None) as (cursor, _):
            cursor.execute(checked(cursor, columns(MEMBERS, tuple(self.catalogue.fields)).limit(0)))
            return {str(column[0]): str(column[1]) for column in cursor.description or ()}

    @property
    def report(self) -> dict[str, int]:
        """What preparation left out, by owner and reason: "purchase.without_member"."""
        found: dict[str, int] = json.loads(self._meta["report"])
        return found

    def values(self) -> tuple[Spoken, ...]:
        """Give every value that a sentence can name, in one order for the same data."""
        names = ("owner", "code", "text", "language")
        order = [exp.column(name, quoted=True) for name in names]
        rows = self._rows(columns("krets_values", names).order_by(*order))
        return tuple(Spoken(*row) for row in rows)

    def uses(self) -> dict[tuple[str, str], int]:
        """Give how often each of those values is there, by owner and code."""
        rows = self._rows(columns("krets_uses", ("owner", "code", "uses")))
        return {(owner, code): uses for owner, code, uses in rows}

    def unknown_count(self, field: str, job: Job | None = None) -> int:
        """Count the members whose field is unknown."""
        unknown = exp.Is(this=exp.column(field, quoted=True), expression=exp.null())
        return self.count(columns(MEMBERS, ("member",)).where(unknown, copy=False), job)

    def as_of(self, day: date | None = None) -> tuple[datetime, datetime | None]:
        """Give the instant up to which a definition looks (exclusive), and the ceiling for events:
        that instant when there are newer ones, else None. Without a day: the catalogue's, else the
        newest event, but not later than the newest file: what is booked ahead is not today."""
        day = day or self.catalogue.as_of
        newest, written = self.newest, date.fromisoformat(self._meta["files_day"])
        if day is None and newest is not None and newest.date() <= written:
            return newest + timedelta(microseconds=1), None
        day = day or written
        end = datetime.combine(day + timedelta(days=1), time())
        return end, end if newest is not None and newest >= end else None

    # --- questions --------------------------------------------------------------------------

    def members(self, select: exp.Query, job: Job | None = None) -> list[Key]:
        """Give the member keys of a selection."""
        return [row[0] for row in self._rows(select, job)]

    def count(self, select: exp.Query, job: Job | None = None) -> int:
        """Count the members of a selection."""
        number = exp.select(exp.Count(this=exp.Star())).from_(inner(select, "chosen"))
        return int(self._rows(number, job)[0][0])

    def rows(
        self,
        query: exp.Query,
        job: Job | None = None,
        beside: Mapping[str, pa.Table] | None = None,
    ) -> list[tuple[Any, ...]]:
        """Give the rows of a small table, in no order; the query may name the tables beside."""
        return self._rows(query, job, beside)

    def counts(self, selects: Sequence[exp.Query], job: Job | None = None) -> list[int]:
        """Count the members of several selections, one after the other under one job."""
        return [self.count(select, job) for select in selects]

    def page(
        self,
        select: exp.Query,
        fields: Sequence[str],
        *,
        offset: int = 0,
        limit: int = 100,
        order: Order = ("member", False),
        job: Job | None = None,
    ) -> pa.Table:
        """Give one page of members with these fields; unknown values come last."""
        query = with_fields(select, fields, order).limit(limit, copy=False)
        query = query.offset(offset, copy=False)
        with self._running(job) as (cursor, running), running.watching(cursor):
            return cursor.sql(self._sql(cursor, query)).to_arrow_table()

    def stream(
        self, select: exp.Query, fields: Sequence[str], job: Job | None = None
    ) -> Iterator[pa.RecordBatch]:
        """Give the members with these fields in batches, by rising key, without holding them."""
        yield from self.batches(with_fields(select, fields, ("member", False)), job)

    def batches(
        self,
        query: exp.Query,
        job: Job | None = None,
        beside: Mapping[str, pa.Table] | None = None,
    ) -> Iterator[pa.RecordBatch]:
        """Give the rows of a query in batches, as it gives them, without holding them; without
        rows one batch of none, which has their types. It may name the tables beside."""
        with self._running(job, beside) as (cursor, running):
            with running.watching(cursor):
                reader = cursor.sql(self._sql(cursor, query)).to_arrow_reader(BATCH)
            given = False
            while True:
                with running.watching(cursor):
                    batch = next(reader, None)
                if batch is None:
                    break
                given = True
                yield batch
            if not given:
                yield _none(reader.schema)

    def _rows(
        self,
        query: exp.Query,
        job: Job | None = None,
        beside: Mapping[str, pa.Table] | None = None,
    ) -> list[tuple[Any, ...]]:
        with self._running(job, beside) as (cursor, running), running.watching(cursor):
            return cursor.execute(self._sql(cursor, query)).fetchall()

    @contextmanager
    def _running(
        self, job: Job | None, beside: Mapping[str, pa.Table] | None = None
    ) -> Iterator[tuple[duckdb.DuckDBPyConnection, Job]]:
        running = job or Job()
        with self._lock:
            self._jobs.append(running)
            cursor = self._connection.cursor()
        try:
            for name, table in (beside or {}).items():
                cursor.register(name, table)
            yield cursor, running
        except duckdb.OutOfMemoryException as error:
            raise Shown(BadData("", "no_room", self.path.name)) from error
        except duckdb.Error as error:
            raise Broken(str(error)) from error
        finally:
            with self._lock:
                self._jobs.remove(running)
            cursor.close()


def _table(entries: Sequence[str], *, numbers: bool) -> pa.Table:
    """A list as a table; what is no number is no key of a shop whose keys are numbers."""
    if numbers:
        keys = [int(each) for each in entries if _WHOLE.fullmatch(each)]
        return pa.table({"entry": pa.array(keys, pa.int64())})
    return pa.table({"entry": pa.array(entries, pa.string())})


def _none(schema: pa.Schema) -> pa.RecordBatch:
    return pa.record_batch([pa.array([], field.type) for field in schema], schema=schema)


def _typed(catalogue: Catalogue, types: dict[str, str], dated: frozenset[str]) -> Catalogue:
    """Give the catalogue with what was found when its shop was prepared: the types, and the events
    whose times are mere days."""

    def typed(owner: str, attribute: Attribute) -> Attribute:
        return replace(attribute, type=Type(types[owner]), typed=True)

    fields = {name: typed(name, field) for name, field in catalogue.fields.items()}
    events = {
        event.name: replace(
            event,
            attributes={
                name: typed(f"{event.name}.{name}", attribute)
                for name, attribute in event.attributes.items()
            },
            dated=event.name in dated,
        )
        for event in catalogue.events.values()
    }
    return replace(catalogue, fields=fields, events=events)
