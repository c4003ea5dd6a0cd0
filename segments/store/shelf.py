"""The rows of segments inside a transaction: found, held against each other, written.

In: a connection that the caller opened for reading or writing. Out: `Saved`s and rows; Shown where
what is asked cannot be. Start at `get`, `based` and `add`.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from segments.audiences import Audiences, Segment, closes, folded, used
from segments.codec import from_json, to_json
from segments.definition import Condition, Source
from segments.errors import Shown
from segments.problems import (
    BadSegmentName,
    SegmentChanged,
    SegmentRing,
    StillNamed,
    UnknownSegment,
    UnknownVersion,
)
from segments.store import rows
from segments.store.model import Draft, Saved
from segments.store.tables import SEGMENTS, TAGS, VERSIONS

JOINED = sa.select(SEGMENTS, *rows.NEWEST).join(
    VERSIONS, (VERSIONS.c.segment == SEGMENTS.c.id) & (VERSIONS.c.number == SEGMENTS.c.newest)
)


def every(connection: sa.Connection) -> tuple[Saved, ...]:
    """Every segment by name."""
    tagged = tags(connection)
    found = connection.execute(JOINED.order_by(SEGMENTS.c.folded)).mappings()
    return tuple(rows.saved(row, tagged.get(row[SEGMENTS.c.id], ())) for row in found)


def get(connection: sa.Connection, id_: int) -> Saved:
    """One segment; raises Shown when there is none."""
    row = connection.execute(JOINED.where(SEGMENTS.c.id == id_)).mappings().one_or_none()
    if row is None:
        raise Shown(UnknownSegment("", id_))
    return rows.saved(row, tags(connection, id_).get(id_, ()))


def tags(connection: sa.Connection, id_: int | None = None) -> dict[int, tuple[str, ...]]:
    """The tags of each segment that has any, or of one."""
    chosen = sa.select(TAGS).order_by(TAGS.c.folded)
    if id_ is not None:
        chosen = chosen.where(TAGS.c.segment == id_)
    found: dict[int, tuple[str, ...]] = {}
    for row in connection.execute(chosen):
        found[row.segment] = (*found.get(row.segment, ()), row.tag)
    return found


def version(connection: sa.Connection, id_: int, number: int) -> Mapping[str, Any]:
    """The row of a version; raises Shown when there is none."""
    own = (VERSIONS.c.segment == id_) & (VERSIONS.c.number == number)
    row = connection.execute(sa.select(VERSIONS).where(own)).mappings().one_or_none()
    if row is None:
        name = get(connection, id_).name
        raise Shown(UnknownVersion("", number, name))
    return dict(row)


def named(connection: sa.Connection, name: str, id_: int | None) -> dict[str, Any]:
    """The columns of a name that no other segment has."""
    row = rows.named(name)
    same = sa.select(SEGMENTS.c.id).where(SEGMENTS.c.folded == row["folded"])
    other = connection.execute(same).scalar_one_or_none()
    if other not in (None, id_):
        raise Shown(BadSegmentName("name", "taken", row["name"]))
    return dict(row)


def based(connection: sa.Connection, id_: int, base: int | None) -> Saved:
    """The segment; raises Shown when its newest version is not the one that was worked on."""
    kept = get(connection, id_)
    if base is not None and kept.newest.number != base:
        raise Shown(changed_since(kept, base))
    return kept


def changed_since(kept: Saved, base: int) -> SegmentChanged:
    """That a version was saved since the one with this number: who and when."""
    newest = kept.newest
    at = f"{newest.at:%Y-%m-%d %H:%M} UTC"
    code = "named" if newest.by else "unnamed"
    return SegmentChanged("", code, kept.name, newest.by, at, newest.number, base)


def follow_name(
    connection: sa.Connection, old: str, new: str, by: str, now: datetime
) -> tuple[int, ...]:
    """Have the segments that name another by its old name name it by its new one, each as a new
    version; gives their numbers."""
    followed = []
    for each in every(connection):
        if each.definition is None or not _names(each.definition, Source.SEGMENT, old):
            continue
        renamed = from_json(_renamed(to_json(each.definition), old, new))
        content = rows.content(Draft(each.name, renamed, each.sentence, each.language))
        said = signed(by, f"{old} → {new}", now)
        add(connection, each.id, each.newest.number + 1, content, said)
        followed.append(each.id)
    return tuple(followed)


def naming(connection: sa.Connection, source: Source, name: str) -> tuple[str, ...]:
    """The names of the segments, archived ones too, that name a segment or a list."""
    kept = every(connection)
    return tuple(each.name for each in kept if _names(each.definition, source, name))


def not_named(connection: sa.Connection, source: Source, name: str) -> None:
    """Raises Shown with the segments that could not be counted without a segment or a list."""
    if others := naming(connection, source, name):
        raise Shown(StillNamed("name", source.value, name, ", ".join(others)))


def _names(definition: Condition | None, source: Source, name: str) -> bool:
    if definition is None:
        return False
    named = (each.name for each in used(definition) if each.source is source)
    return folded(name) in map(folded, named)


def _renamed(written: Any, old: str, new: str) -> Any:  # noqa: ANN401 - JSON
    """The JSON of a definition with another name for a segment, wherever it stands in it."""
    if isinstance(written, list):
        return [_renamed(each, old, new) for each in written]
    if not isinstance(written, dict):
        return written
    if written.get("kind") == "audience" and written.get("source") == Source.SEGMENT:
        return {**written, "name": new} if folded(written["name"]) == folded(old) else written
    return {key: _renamed(each, old, new) for key, each in written.items()}


def not_of_itself(
    connection: sa.Connection, name: str, definition: Condition, id_: int | None
) -> None:
    """Raises Shown when a segment of this name and definition would be made of itself."""
    if all(each.source is not Source.SEGMENT for each in used(definition)):
        return
    others = (each for each in every(connection) if each.id != id_)
    kept = {folded(each.name): Segment(each.name, each.definition) for each in others}
    if ring := closes(name, definition, Audiences(kept)):
        raise Shown(SegmentRing("definition", name, " → ".join(ring)))


def insert(connection: sa.Connection, row: dict[str, Any], now: datetime) -> int:
    """Add a segment that has no version yet; gives its number."""
    at = rows.utc(now)
    added = SEGMENTS.insert().values(**row, created_at=at, changed_at=at, newest=1)
    return int(connection.execute(added.returning(SEGMENTS.c.id)).scalar_one())


def add(
    connection: sa.Connection,
    id_: int,
    number: int,
    content: Mapping[str, Any],
    said: Mapping[str, Any],
) -> None:
    """Add a version and make it the newest."""
    values = {"segment": id_, "number": number, **content, **said}
    connection.execute(VERSIONS.insert().values(**values))
    newest = SEGMENTS.update().where(SEGMENTS.c.id == id_).values(newest=number)
    connection.execute(newest)


def tag(connection: sa.Connection, id_: int, tags: Iterable[str]) -> None:
    """Give a segment these tags and no others."""
    kept = rows.tagged(tags)
    connection.execute(TAGS.delete().where(TAGS.c.segment == id_))
    if kept:
        values = [{"segment": id_, "folded": key, "tag": tag} for key, tag in kept.items()]
        connection.execute(TAGS.insert(), values)


def update(
    connection: sa.Connection,
    id_: int,
    row: dict[str, Any],
    changed: datetime | None = None,
) -> None:
    """Write a segment's own columns; `changed` is when, if the change is one to be shown."""
    if changed is not None:
        row = {**row, "changed_at": rows.utc(changed)}
    found = connection.execute(SEGMENTS.update().where(SEGMENTS.c.id == id_).values(**row))
    if not found.rowcount:
        raise Shown(UnknownSegment("", id_))


def signed(by: str, note: str, now: datetime) -> dict[str, Any]:
    """Who made a version, why and when."""
    return {"by": rows.person(by), "note": note.strip(), "at": rows.utc(now), "restored": None}
