"""The log of files: who fetched whom, when, of which version, on which terms; and their keys.

In: `Handed` and the keys of those in the file and of those held out. Out: `Download`s, the newest
first, and the keys again. A line is never changed but for its end, nor removed with its segment.
Start at `Downloads`.
"""

import io
import json
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

import pyarrow as pa
import sqlalchemy as sa

from segments.codec import to_json, to_text
from segments.errors import Shown
from segments.problems import BadHandover
from segments.store.database import Database
from segments.store.model import Download, Handed
from segments.store.rows import instant, person, read_definition, utc
from segments.store.tables import DOWNLOADED, DOWNLOADS, LONGEST


class Downloads:
    """The files of one store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin_download(self, handed: Handed, by: str, now: datetime) -> Download:
        """Take down that a file is fetched, before its first row leaves."""
        row = {
            "segment": handed.version and handed.version.segment,
            "version": handed.version and handed.version.id,
            "name": handed.name[:LONGEST],
            "definition": json.dumps(to_json(handed.definition), ensure_ascii=False),
            "text": to_text(handed.definition),
            "as_of": handed.as_of,
            "by": person(by),
            "at": utc(now),
            "tool": handed.tool,
            "columns": json.dumps(handed.columns, ensure_ascii=False),
            "counts": json.dumps(dict(handed.counts)),
            "consent": handed.consent,
            "suppress": json.dumps(handed.suppress, ensure_ascii=False),
            "holdout": f"{handed.holdout:f}",
            "seed": handed.seed,
        }
        with self._database.writing() as connection:
            added = DOWNLOADS.insert().values(**row).returning(DOWNLOADS.c.id)
            number = connection.execute(added).scalar_one()
            if self._database.copies is not None:
                self._database.copies.log({"id": number, **row})
        return self.download(number)

    def add_keys(self, id_: int, place: int, keys: pa.Array, *, held_out: bool) -> None:
        """Keep the keys of a piece of the file, or of those held out; `place` counts the pieces."""
        sink = io.BytesIO()
        batch = pa.record_batch({"member": keys})
        packed = pa.ipc.IpcWriteOptions(compression="zstd")
        with pa.ipc.new_stream(sink, batch.schema, options=packed) as writer:
            writer.write_batch(batch)
        row = {"download": id_, "place": place, "held_out": held_out, "keys": sink.getvalue()}
        with self._database.writing() as connection:
            connection.execute(DOWNLOADED.insert().values(**row))

    def end_download(self, id_: int, now: datetime) -> None:
        """Take down that the whole file has left."""
        with self._database.writing() as connection:
            connection.execute(
                DOWNLOADS.update().where(DOWNLOADS.c.id == id_).values(ended_at=utc(now))
            )
            if self._database.copies is not None:
                self._database.copies.log({"id": id_, "ended_at": utc(now)})

    def downloads(self, segment: int | None = None) -> tuple[Download, ...]:
        """Every line of the log, or those of a segment, the newest first."""
        chosen = sa.select(DOWNLOADS).order_by(DOWNLOADS.c.id.desc())
        if segment is not None:
            chosen = chosen.where(DOWNLOADS.c.segment == segment)
        with self._database.reading() as connection:
            return tuple(_download(row) for row in connection.execute(chosen).mappings())

    def download(self, id_: int) -> Download:
        """One line of the log; raises Shown when there is none."""
        chosen = sa.select(DOWNLOADS).where(DOWNLOADS.c.id == id_)
        with self._database.reading() as connection:
            row = connection.execute(chosen).mappings().one_or_none()
        if row is None:
            raise Shown(BadHandover("", "not_there", str(id_)))
        return _download(row)

    def downloaded(self, id_: int) -> Iterator[tuple[bool, pa.Array]]:
        """The keys of a download in pieces, each with whether they were held out."""
        chosen = sa.select(DOWNLOADED.c.held_out, DOWNLOADED.c["keys"])
        chosen = chosen.where(DOWNLOADED.c.download == id_).order_by(DOWNLOADED.c.place)
        with self._database.reading() as connection:
            for held_out, kept in connection.execute(chosen):
                with pa.ipc.open_stream(kept) as reader:
                    for batch in reader:
                        yield bool(held_out), batch.column(0)


def _download(row: sa.RowMapping) -> Download:
    ended = row["ended_at"]
    return Download(
        id=row["id"],
        segment=row["segment"],
        version=row["version"],
        name=row["name"],
        definition=read_definition(row["definition"])[0],
        text=row["text"],
        as_of=row["as_of"],
        by=row["by"],
        at=instant(row["at"]),
        ended_at=None if ended is None else instant(ended),
        tool=row["tool"],
        columns=tuple(json.loads(row["columns"])),
        counts=json.loads(row["counts"]),
        consent=row["consent"],
        suppress=tuple(json.loads(row["suppress"])),
        holdout=Decimal(row["holdout"]),
        seed=row["seed"],
    )
