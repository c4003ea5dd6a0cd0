"""What is kept with a segment besides its definition: sizes over time, and what others add.

In: a segment or one of its versions. Out: `Size`s, and JSON objects by kind. Start at `Records`.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from segments.errors import Shown
from segments.problems import UnknownSegment
from segments.store.database import Database
from segments.store.model import Cause, Size
from segments.store.rows import instant, person, utc
from segments.store.tables import EXTRAS, SEGMENTS, SIZES, VERSIONS


class Records:
    """Sizes and extras of the segments of one store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record_size(
        self, version: int, members: int, total: int, as_of: date, cause: Cause, now: datetime
    ) -> None:
        """Take down how many members a version (its id) has. A version that is gone is passed
        over: its numbers would be nobody's."""
        row = {
            "version": version,
            "members": members,
            "total": total,
            "as_of": as_of,
            "cause": cause.value,
            "at": utc(now),
        }
        with self._database.writing() as connection:
            known = connection.execute(sa.select(VERSIONS.c.id).where(VERSIONS.c.id == version))
            if known.first() is not None:
                connection.execute(SIZES.insert().values(**row))

    def sizes(self, id_: int) -> tuple[Size, ...]:
        """The sizes of a segment's versions, the oldest first."""
        return self.all_sizes(id_).get(id_, ())

    def all_sizes(self, id_: int | None = None) -> dict[int, tuple[Size, ...]]:
        """The sizes of every segment by its number, or of one."""
        chosen = sa.select(SIZES, VERSIONS.c.segment).join(VERSIONS)
        if id_ is not None:
            chosen = chosen.where(VERSIONS.c.segment == id_)
        found: dict[int, tuple[Size, ...]] = {}
        with self._database.reading() as connection:
            for row in connection.execute(chosen.order_by(SIZES.c.at, SIZES.c.id)).mappings():
                found[row["segment"]] = (*found.get(row["segment"], ()), _size(row))
        return found

    def attach(
        self, id_: int, kind: str, content: Mapping[str, Any] | None, by: str, now: datetime
    ) -> None:
        """Keep an object (JSON) with a segment in place of the one of its kind; None takes it
        away. Raises Shown when there is no such segment."""
        own = (EXTRAS.c.segment == id_) & (EXTRAS.c.kind == kind)
        with self._database.writing() as connection:
            known = connection.execute(sa.select(SEGMENTS.c.id).where(SEGMENTS.c.id == id_))
            if known.first() is None:
                raise Shown(UnknownSegment("", id_))
            connection.execute(EXTRAS.delete().where(own))
            if content is not None:
                row = {"content": json.dumps(content, ensure_ascii=False), "by": person(by)}
                added = EXTRAS.insert().values(segment=id_, kind=kind, at=utc(now), **row)
                connection.execute(added)

    def attached(self, id_: int, kind: str) -> dict[str, Any] | None:
        """The object of a kind that is kept with a segment."""
        own = (EXTRAS.c.segment == id_) & (EXTRAS.c.kind == kind)
        with self._database.reading() as connection:
            found = connection.execute(sa.select(EXTRAS.c.content).where(own)).scalar_one_or_none()
        return None if found is None else dict(json.loads(found))


def _size(row: sa.RowMapping) -> Size:
    return Size(
        row["version"],
        instant(row["at"]),
        row["as_of"],
        row["members"],
        row["total"],
        Cause(row["cause"]),
    )
