"""A segment that comes from a readable text, joined with what the store has under its name.

In: a connection that writes, what was read. Out: the segment's number and what was done. Start at
`put`.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from segments.audiences import folded
from segments.codec import to_json, to_text
from segments.errors import Shown
from segments.problems import SegmentChanged
from segments.store import rows, shelf
from segments.store.model import Saved
from segments.store.readable import Read, ReadVersion
from segments.store.tables import SEGMENTS, VERSIONS


class Outcome(StrEnum):
    """What became of a text that was taken in."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    OLDER = "older"  # the store has gone on since


@dataclass(frozen=True, slots=True)
class Put:
    """A segment that was taken in."""

    saved: Saved
    outcome: Outcome


def put(
    connection: sa.Connection,
    read: Read,
    by: str,
    now: datetime,
    *,
    replace: bool,
    id_: int | None = None,
) -> tuple[int, Outcome]:
    """Take a segment in. With `id_` it is one of this store that was lost, and a new one gets this
    number, and its versions theirs. Raises Shown when both sides
    have gone on, each in its own way, and nobody said which is to be the newest."""
    same = sa.select(SEGMENTS.c.id).where(SEGMENTS.c.folded == folded(read.name))
    known = connection.execute(same).scalar_one_or_none()
    newest = read.versions[-1].definition
    if newest is not None:
        shelf.not_of_itself(connection, read.name, newest, known)
    if known is None:
        return _new(connection, read, by, now, id_), Outcome.ADDED
    chosen = sa.select(VERSIONS).where(VERSIONS.c.segment == known).order_by(VERSIONS.c.number)
    mine = connection.execute(chosen).mappings().all()
    common = _common(mine, read.versions)
    if common == len(read.versions) < len(mine):
        return known, Outcome.OLDER
    if common < len(mine) and not _same_definition(mine[-1], read.versions[-1]):
        if not replace:
            last = rows.version(dict(mine[-1]))
            at = f"{last.at:%Y-%m-%d %H:%M} UTC"
            raise Shown(SegmentChanged("", "parted", read.name, last.by, at, last.number, common))
        _append(connection, known, len(mine), read.versions[-1:], by, now)
    elif common == len(mine):
        _append(connection, known, len(mine), read.versions[common:], by, now)
    settled = _settle(connection, known, read)
    grown = common < len(read.versions)
    return known, Outcome.UPDATED if grown or settled else Outcome.UNCHANGED


def _new(connection: sa.Connection, read: Read, by: str, now: datetime, id_: int | None) -> int:
    row = {**shelf.named(connection, read.name, None), "owner": rows.person(read.owner or by)}
    if id_ is not None:
        row["id"] = id_
    number = shelf.insert(connection, row, now)
    _append(connection, number, 0, read.versions, by, now, own=id_ is not None)
    if read.created is not None:
        shelf.update(connection, number, {"created_at": rows.utc(read.created)})
    _settle(connection, number, read)
    return number


def _append(
    connection: sa.Connection,
    id_: int,
    after: int,
    versions: Sequence[ReadVersion],
    by: str,
    now: datetime,
    *,
    own: bool = False,
) -> None:
    for number, each in enumerate(versions, after + 1):
        definition = each.definition
        content = {
            "definition": each.raw
            if definition is None
            else json.dumps(to_json(definition), ensure_ascii=False),
            "text": "" if definition is None else to_text(definition),
            "sentence": each.sentence,
            "language": each.language[:8],
        }
        said = shelf.signed(each.by or by, each.note, each.at or now)
        restored = each.restored if each.restored and each.restored < number else None
        said |= {"restored": restored} | ({"id": each.id} if own and each.id else {})
        shelf.add(connection, id_, number, content, said)


def _settle(connection: sa.Connection, id_: int, read: Read) -> bool:
    """Give the segment the tags and the settings of the text; tells whether any was another."""
    before = shelf.get(connection, id_)
    shelf.tag(connection, id_, read.tags)
    row: dict[str, Any] = {"review_days": rows.interval(read.review_days)}
    row["archived_at"] = None if read.archived is None else rows.utc(read.archived)
    row["reviewed_at"] = None if read.reviewed is None else rows.utc(read.reviewed)
    if read.owner:
        row["owner"] = rows.person(read.owner)
    shelf.update(connection, id_, row)
    return shelf.get(connection, id_) != before


def _common(mine: Sequence[sa.RowMapping], theirs: Sequence[ReadVersion]) -> int:
    """How many versions both have, from the first on."""
    for place, (own, other) in enumerate(zip(mine, theirs, strict=False)):
        later = other.at is not None and rows.instant(own["at"]) != other.at
        if later or not _same_definition(own, other):
            return place
    return min(len(mine), len(theirs))


def _same_definition(own: sa.RowMapping, other: ReadVersion) -> bool:
    version = rows.version(dict(own))
    if version.definition is None:
        return bool(own["definition"] == other.raw)
    return version.definition == other.definition
