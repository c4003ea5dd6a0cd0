"""The saved segments of a team, every version of each; lists, sizes and extras beside them.

In: drafts, the number of a segment, who does it and when. Out: `Saved` and `Version`. A version
that was damaged so that it cannot be read is listed with its problem and never lost. What several
people do at once comes one after the other, and none puts away unseen what another has saved. Knows
no catalogue and no clock. Start at `Store.save`.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from segments.audiences import folded
from segments.catalogue_toml import nearest
from segments.definition import Source
from segments.errors import Shown
from segments.problems import BadSegmentName, UnknownSegment
from segments.store import exchange, rows, shelf
from segments.store.copies import Copies
from segments.store.database import Database
from segments.store.downloads import Downloads
from segments.store.exchange import Put
from segments.store.lists import Lists
from segments.store.model import Draft, Saved, Version
from segments.store.readable import Read, written
from segments.store.records import Records
from segments.store.tables import EXTRAS, SEGMENTS, SIZES, TAGS, VERSIONS


class Store(Lists, Records, Downloads):
    """What one database keeps."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._copies = database.copies
        self._copy_all()

    @classmethod
    def open(cls, place: Path | str) -> Self:
        """Open a file, made if need be, or a database by its address (postgresql://…). Raises Shown
        when it is damaged, newer than this program, or cannot be reached."""
        return cls(Database.open(place))

    @staticmethod
    def is_at(place: Path | str) -> bool:
        """Whether something was kept at a place, be it that only its copies are left."""
        return isinstance(place, str) or place.exists() or Copies(place).there()

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
        self._database.close()

    @property
    def place(self) -> str:
        """Where it is, for people."""
        return self._database.place

    # --- definitions

    def save(
        self, draft: Draft, now: datetime, id_: int | None = None, base: int | None = None
    ) -> Saved:
        """Save a new segment, or a new version of the one with the number; what is no different
        and has no note makes none. `base` is the number of the version that was worked on: when
        another has been saved since, nothing is done. Raises Shown for that, when the name is
        empty, too long or taken, the number unknown, or the segment would be made of itself."""
        content = rows.content(draft)
        with self._database.writing() as connection:
            row = shelf.named(connection, draft.name, id_)
            shelf.not_of_itself(connection, draft.name, draft.definition, id_)
            if id_ is None:
                row["owner"] = rows.person(draft.owner or draft.by)
                id_ = shelf.insert(connection, row, now)
                shelf.add(connection, id_, 1, content, shelf.signed(draft.by, draft.note, now))
                return self._keep(connection, id_)
            kept = shelf.based(connection, id_, base)
            if draft.owner:
                row["owner"] = rows.person(draft.owner)
            shelf.update(connection, id_, row, now)
            self._follow(connection, kept.name, row["name"], draft.by, now)
            if draft.note or any(getattr(kept, n) != content[n] for n in ("text", "sentence")):
                after = kept.newest.number + 1
                shelf.add(connection, id_, after, content, shelf.signed(draft.by, draft.note, now))
            return self._keep(connection, id_)

    def restore(
        self, id_: int, number: int, by: str, now: datetime, note: str = "", base: int | None = None
    ) -> Saved:
        """Bring an old version back, as a new one; raises Shown as `save` does."""
        with self._database.writing() as connection:
            kept = shelf.based(connection, id_, base)
            old = shelf.version(connection, id_, number)
            definition = rows.version(old).definition
            if definition is not None:
                shelf.not_of_itself(connection, kept.name, definition, id_)
            content = {name: old[name] for name in rows.CONTENT}
            said = {**shelf.signed(by, note, now), "restored": number}
            shelf.add(connection, id_, kept.newest.number + 1, content, said)
            shelf.update(connection, id_, {}, now)
            return self._keep(connection, id_)

    def duplicate(self, id_: int, name: str, by: str, now: datetime, note: str = "") -> Saved:
        """Save what a segment says now under another name too, with its tags and its review."""
        with self._database.writing() as connection:
            kept = shelf.get(connection, id_)
            row = shelf.named(connection, name, None)
            row |= {"owner": rows.person(by), "review_days": kept.review_days}
            copy = shelf.insert(connection, row, now)
            newest = shelf.version(connection, id_, kept.newest.number)
            content = {key: newest[key] for key in rows.CONTENT}
            shelf.add(connection, copy, 1, content, shelf.signed(by, note, now))
            shelf.tag(connection, copy, kept.tags)
            return self._keep(connection, copy)

    # --- looking

    def list(self) -> tuple[Saved, ...]:
        """Every segment by name, those that cannot be read and those that are archived too."""
        with self._database.reading() as connection:
            return shelf.every(connection)

    def get(self, id_: int) -> Saved:
        """One segment; raises Shown when there is none."""
        with self._database.reading() as connection:
            return shelf.get(connection, id_)

    def find(self, name: str) -> Saved:
        """The segment of this name, whatever its case; raises Shown when there is none."""
        with self._database.reading() as connection:
            found = connection.execute(shelf.JOINED.where(SEGMENTS.c.folded == folded(name)))
            row = found.mappings().one_or_none()
            if row is None:
                names = [each.name for each in shelf.every(connection)]
                raise Shown(BadSegmentName("name", "unknown", name, nearest(name, names)))
            return rows.saved(row, shelf.tags(connection).get(row[SEGMENTS.c.id], ()))

    def history(self, id_: int) -> tuple[Version, ...]:
        """Every version of a segment, the newest first; raises Shown when there is none."""
        chosen = sa.select(VERSIONS).where(VERSIONS.c.segment == id_)
        with self._database.reading() as connection:
            found = connection.execute(chosen.order_by(VERSIONS.c.number.desc()))
            versions = tuple(rows.version(dict(row)) for row in found.mappings())
        if not versions:
            raise Shown(UnknownSegment("", id_))
        return versions

    def version(self, id_: int, number: int) -> Version:
        """One version of a segment; raises Shown when there is none."""
        with self._database.reading() as connection:
            return rows.version(shelf.version(connection, id_, number))

    def naming(self, source: Source, name: str) -> tuple[str, ...]:
        """The names of the segments that are made of a segment or a list, archived ones too."""
        with self._database.reading() as connection:
            return shelf.naming(connection, source, name)

    # --- everything else that can be done to one

    def rename(self, id_: int, name: str, now: datetime, by: str = "") -> Saved:
        """Give a segment another name, by which those that name it call it too, each in a new
        version; raises Shown as `save` does."""
        with self._database.writing() as connection:
            kept = shelf.get(connection, id_)
            row = shelf.named(connection, name, id_)
            if kept.definition is not None:
                shelf.not_of_itself(connection, name, kept.definition, id_)
            shelf.update(connection, id_, row, now)
            self._follow(connection, kept.name, row["name"], by, now)
            return self._keep(connection, id_)

    def tag(self, id_: int, tags: Iterable[str]) -> Saved:
        """Give a segment these tags and no others; raises Shown for one that is too long."""
        with self._database.writing() as connection:
            shelf.get(connection, id_)
            shelf.tag(connection, id_, tags)
            return self._keep(connection, id_)

    def archive(self, id_: int, now: datetime) -> Saved:
        """Put a segment away; it keeps everything, and those that name it go on working."""
        with self._database.writing() as connection:
            shelf.update(connection, id_, {"archived_at": rows.utc(now)}, now)
            return self._keep(connection, id_)

    def unarchive(self, id_: int, now: datetime) -> Saved:
        """Take an archived segment into use again."""
        with self._database.writing() as connection:
            shelf.update(connection, id_, {"archived_at": None}, now)
            return self._keep(connection, id_)

    def assign(self, id_: int, owner: str) -> Saved:
        """Give a segment to somebody; empty for nobody."""
        with self._database.writing() as connection:
            shelf.update(connection, id_, {"owner": rows.person(owner)})
            return self._keep(connection, id_)

    def review_every(self, id_: int, days: int | None) -> Saved:
        """Ask for a look each so many days; None for never. Raises Shown for less than a day."""
        with self._database.writing() as connection:
            shelf.update(connection, id_, {"review_days": rows.interval(days)})
            return self._keep(connection, id_)

    def reviewed(self, id_: int, now: datetime) -> Saved:
        """Somebody has looked at it and found it good."""
        with self._database.writing() as connection:
            shelf.update(connection, id_, {"reviewed_at": rows.utc(now)})
            return self._keep(connection, id_)

    def delete(self, id_: int) -> None:
        """Remove a segment with its versions, for good; raises Shown when there is none, or when
        others name it."""
        mine = sa.select(VERSIONS.c.id).where(VERSIONS.c.segment == id_)
        with self._database.writing() as connection:
            shelf.not_named(connection, Source.SEGMENT, shelf.get(connection, id_).name)
            connection.execute(SIZES.delete().where(SIZES.c.version.in_(mine)))
            for table in (EXTRAS, TAGS, VERSIONS):
                connection.execute(table.delete().where(table.c.segment == id_))
            connection.execute(SEGMENTS.delete().where(SEGMENTS.c.id == id_))
            if self._copies is not None:
                self._copies.remove(id_)

    # --- readable files

    def text(self, id_: int) -> str:
        """A segment with its history as a readable text; raises Shown when there is none."""
        with self._database.reading() as connection:
            return self._text(connection, id_)

    def put(self, read: Read, by: str, now: datetime, *, replace: bool = False) -> Put:
        """Take in a segment from a readable text: as a new one, or with the versions that are not
        there yet. Where both have gone on differently nothing is done, but with `replace` the
        newest of the text becomes a new version. Raises Shown for that, and as `save` does."""
        with self._database.writing() as connection:
            id_, outcome = exchange.put(connection, read, by, now, replace=replace)
            return Put(self._keep(connection, id_), outcome)

    def _text(self, connection: sa.Connection, id_: int, *, ids: bool = False) -> str:
        saved = shelf.get(connection, id_)
        chosen = sa.select(VERSIONS).where(VERSIONS.c.segment == id_)
        found = connection.execute(chosen).mappings().all()
        raw = {row["number"]: str(row["definition"]) for row in found}
        return written(saved, [rows.version(dict(row)) for row in found], raw, ids=ids)

    def _follow(
        self, connection: sa.Connection, old: str, new: str, by: str, now: datetime
    ) -> None:
        if old != new:
            for other in shelf.follow_name(connection, old, new, by, now):
                self._keep(connection, other)

    def _keep(self, connection: sa.Connection, id_: int) -> Saved:
        """What a change has made of a segment, with its copy on the disk before it is confirmed."""
        if self._copies is not None:
            self._copies.write(id_, self._text(connection, id_, ids=True))
        return shelf.get(connection, id_)

    def _copy_all(self) -> None:
        """Write the copies that are missing: of an older store, or of a change that was broken
        off."""
        if self._copies is None:
            return
        copied = self._copies.numbers()
        with self._database.reading() as connection:
            kept = set(connection.execute(sa.select(SEGMENTS.c.id)).scalars())
        if kept - copied:
            with self._database.writing() as connection:
                for id_ in connection.execute(sa.select(SEGMENTS.c.id)).scalars().all():
                    self._keep(connection, id_)
        self.copy_lists()
