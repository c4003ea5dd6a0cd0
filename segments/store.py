"""Saved segments and lists in a database: one SQLite file, or any address SQLAlchemy knows.

In: definitions with their sentence, owner and the time of saving. Out: `Saved` rows. A row whose
definition was edited so that it cannot be read is listed with its problem and never lost. Knows no
catalogue and no clock. Start at `Store`.
"""

import json
import sqlite3
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa

from segments.audiences import Audiences, Segment, closes, folded
from segments.codec import from_json, to_json, to_text
from segments.definition import Condition
from segments.errors import Broken, Shown
from segments.problems import BadList, BadSegmentName, BadText, Problem, SegmentRing, UnknownSegment

LONGEST = 200

_METADATA = sa.MetaData()
_SEGMENTS = sa.Table(
    "segments",
    _METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(LONGEST), nullable=False, unique=True),
    sa.Column("folded", sa.String(2 * LONGEST), nullable=False, unique=True),  # VIP is vip
    sa.Column("definition", sa.Text, nullable=False),  # versioned JSON, the one that counts
    sa.Column("text", sa.Text, nullable=False),  # canonical, for people who read the table
    sa.Column("sentence", sa.Text, nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("owner", sa.String(200), nullable=False),
    sa.Column("created_at", sa.DateTime, nullable=False),  # UTC
    sa.Column("changed_at", sa.DateTime, nullable=False),
)
_LISTS = sa.Table(
    "lists",
    _METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(LONGEST), nullable=False, unique=True),
    sa.Column("folded", sa.String(2 * LONGEST), nullable=False, unique=True),
    sa.Column("field", sa.String(LONGEST), nullable=True),  # None: the member key
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("created_at", sa.DateTime, nullable=False),
)
_ENTRIES = sa.Table(
    "list_entries",
    _METADATA,
    sa.Column("list", sa.Integer, sa.ForeignKey("lists.id"), primary_key=True),
    sa.Column("entry", sa.String(400), primary_key=True),
)
_MANY = 10_000  # entries written at once


@dataclass(frozen=True, slots=True)
class KeptList:
    """A list of member keys, or with a `field` of its values."""

    id: int
    name: str
    field: str | None
    size: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """A segment to be saved: its definition and where it came from."""

    name: str
    definition: Condition
    sentence: str = ""
    language: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved segment; `definition` is None when it cannot be read, and `problem` says why."""

    id: int
    name: str
    definition: Condition | None
    problem: Problem | None
    text: str
    sentence: str
    language: str
    owner: str
    created_at: datetime
    changed_at: datetime


class Store:
    """The saved segments of one database."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        _METADATA.create_all(engine)

    @classmethod
    def open(cls, place: Path | str) -> Self:
        """Open a SQLite file, made if need be, or a database by its address."""
        if isinstance(place, str):
            engine = sa.create_engine(place)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            engine = sa.create_engine(sa.URL.create("sqlite", database=str(place)))
        if engine.dialect.name == "sqlite":
            sa.event.listen(engine, "connect", _prepare_sqlite)
        return cls(engine)

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
        """Let go of the database."""
        self._engine.dispose()

    def save(self, draft: Draft, now: datetime, id_: int | None = None) -> Saved:
        """Save a new segment, or put this in place of the one with the number. Raises Shown when
        the name is empty, too long or taken, the number unknown, or the segment would be made of
        itself."""
        others = (each for each in self.list() if each.id != id_)
        kept = {folded(each.name): Segment(each.name, each.definition) for each in others}
        if ring := closes(draft.name, draft.definition, Audiences(kept)):
            raise Shown(SegmentRing("definition", draft.name, " → ".join(ring)))
        row = {
            **_named(draft.name),
            "definition": json.dumps(to_json(draft.definition), ensure_ascii=False),
            "text": to_text(draft.definition),
            "sentence": draft.sentence,
            "language": draft.language,
            "owner": draft.owner,
            "changed_at": _utc(now),
        }
        if id_ is not None:
            return self._change(id_, row)
        with self._writing(row) as connection:
            added = _SEGMENTS.insert().values(**row, created_at=_utc(now))
            number = connection.execute(added.returning(_SEGMENTS.c.id)).scalar_one()
        return self.get(number)

    def list(self) -> tuple[Saved, ...]:
        """Give every segment by name, those that cannot be read too."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(_SEGMENTS).order_by(_SEGMENTS.c.folded))
            return tuple(_saved(row) for row in rows.mappings())

    def get(self, id_: int) -> Saved:
        """Give one segment; raises Shown when there is none."""
        with self._engine.connect() as connection:
            found = connection.execute(sa.select(_SEGMENTS).where(_SEGMENTS.c.id == id_))
            row = found.mappings().one_or_none()
        if row is None:
            raise Shown(UnknownSegment("", id_))
        return _saved(row)

    def rename(self, id_: int, name: str, now: datetime) -> Saved:
        """Give a segment another name; raises Shown as `save` does."""
        return self._change(id_, {**_named(name), "changed_at": _utc(now)})

    def delete(self, id_: int) -> None:
        """Remove a segment; raises Shown when there is none."""
        with self._engine.begin() as connection:
            gone = connection.execute(_SEGMENTS.delete().where(_SEGMENTS.c.id == id_))
        if not gone.rowcount:
            raise Shown(UnknownSegment("", id_))

    # --- lists

    def add_list(
        self, name: str, field: str | None, entries: Sequence[str], now: datetime
    ) -> KeptList:
        """Keep a list, each entry once. Raises Shown when the name is empty, too long or taken."""
        kept = sorted(set(entries))
        row = {**_named(name), "field": field, "size": len(kept), "created_at": _utc(now)}
        with self._writing(row, BadList("name", "taken", str(row["name"]))) as connection:
            added = _LISTS.insert().values(**row).returning(_LISTS.c.id)
            number = connection.execute(added).scalar_one()
            for at in range(0, len(kept), _MANY):
                rows = [{"list": number, "entry": entry} for entry in kept[at : at + _MANY]]
                connection.execute(_ENTRIES.insert(), rows)
        return next(each for each in self.lists() if each.id == number)

    def lists(self) -> tuple[KeptList, ...]:
        """Give every list by name."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(_LISTS).order_by(_LISTS.c.folded)).mappings()
            return tuple(_kept(row) for row in rows)

    def entries(self, id_: int) -> tuple[str, ...]:
        """Give the entries of a list, rising; none when it is not there."""
        chosen = sa.select(_ENTRIES.c.entry).where(_ENTRIES.c.list == id_)
        with self._engine.connect() as connection:
            return tuple(connection.execute(chosen.order_by(_ENTRIES.c.entry)).scalars())

    def remove_list(self, id_: int) -> None:
        """Remove a list with its entries, if it is there."""
        with self._engine.begin() as connection:
            connection.execute(_ENTRIES.delete().where(_ENTRIES.c.list == id_))
            connection.execute(_LISTS.delete().where(_LISTS.c.id == id_))

    # --- how rows are written

    def _change(self, id_: int, row: dict[str, Any]) -> Saved:
        with self._writing(row) as connection:
            changed = connection.execute(
                _SEGMENTS.update().where(_SEGMENTS.c.id == id_).values(**row)
            )
        if not changed.rowcount:
            raise Shown(UnknownSegment("", id_))
        return self.get(id_)

    @contextmanager
    def _writing(
        self, row: dict[str, Any], taken: Problem | None = None
    ) -> Iterator[sa.Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except sa.exc.IntegrityError as error:
            name = str(row["name"])
            raise Shown(taken or BadSegmentName("name", "taken", name)) from error


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    """Let readers go on while one writes, and writers wait for each other."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA busy_timeout = 5000")
    cursor.close()


def _named(name: str) -> dict[str, str]:
    """Give the name without what nobody sees: spaces around and inside, two ways to write å."""
    shown = " ".join(unicodedata.normalize("NFC", name).split())
    if not shown or len(shown) > LONGEST:
        raise Shown(BadSegmentName("name", "too_long" if shown else "empty", shown))
    return {"name": shown, "folded": shown.casefold()}


def _utc(now: datetime) -> datetime:
    if now.tzinfo is None:
        message = "the time of saving must know its zone"
        raise Broken(message)
    return now.astimezone(UTC).replace(tzinfo=None)


def _kept(row: sa.RowMapping) -> KeptList:
    made = row["created_at"].replace(tzinfo=UTC)
    return KeptList(row["id"], row["name"], row["field"], row["size"], made)


def _saved(row: sa.RowMapping) -> Saved:
    definition, problem = _read(row["definition"])
    return Saved(
        id=row["id"],
        name=row["name"],
        definition=definition,
        problem=problem,
        text=row["text"],
        sentence=row["sentence"],
        language=row["language"],
        owner=row["owner"],
        created_at=row["created_at"].replace(tzinfo=UTC),
        changed_at=row["changed_at"].replace(tzinfo=UTC),
    )


def _read(written: str) -> tuple[Condition | None, Problem | None]:
    try:
        return from_json(json.loads(written)), None
    except json.JSONDecodeError as error:
        return None, BadText("definition", written[:80], error.lineno, error.colno)
    except RecursionError:
        return None, BadText("definition", written[:80], 1, 1)
    except Shown as shown:
        return None, shown.problems[0]
