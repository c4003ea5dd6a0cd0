"""How rows become values, and what people write becomes rows. Knows no connection."""

import json
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from segments.audiences import folded
from segments.codec import from_json, to_json, to_text
from segments.definition import Condition
from segments.errors import Broken, Shown
from segments.problems import BadReview, BadSegmentName, BadTag, BadText, Problem
from segments.store.model import Draft, Saved, Version
from segments.store.tables import LONGEST, SEGMENTS, VERSIONS

LONGEST_TAG = 60
CONTENT = ("definition", "text", "sentence", "language")  # what a version says

# A version's columns as they stand beside those of its segment.
NEWEST = tuple(column.label(f"version_{column.name}") for column in VERSIONS.c)


def named(name: str) -> dict[str, str]:
    """The name without what nobody sees: spaces around and inside, two ways to write å."""
    shown = " ".join(unicodedata.normalize("NFC", name).split())
    if not shown or len(shown) > LONGEST:
        raise Shown(BadSegmentName("name", "too_long" if shown else "empty", shown))
    return {"name": shown, "folded": folded(shown)}


def tagged(tags: Iterable[str]) -> dict[str, str]:
    """The tags by what they are compared by, each once, the first spelling of each."""
    found: dict[str, str] = {}
    for tag in tags:
        shown = " ".join(unicodedata.normalize("NFC", tag).split())
        if len(shown) > LONGEST_TAG or "," in shown:
            raise Shown(BadTag("tags", "comma" if "," in shown else "too_long", shown))
        if shown:
            found.setdefault(folded(shown), shown)
    return found


def person(name: str) -> str:
    """A person's name as it is kept."""
    return " ".join(name.split())[:LONGEST]


def interval(days: int | None) -> int | None:
    """The days between two reviews; raises Shown for less than one or more than ten years."""
    if days is not None and not 0 < days <= 3660:
        raise Shown(BadReview("days", str(days)))
    return days


def utc(now: datetime) -> datetime:
    """The instant as the tables have it."""
    if now.tzinfo is None:
        message = "the time of saving must know its zone"
        raise Broken(message)
    return now.astimezone(UTC).replace(tzinfo=None)


def instant(kept: datetime) -> datetime:
    """The instant of a row."""
    return kept.replace(tzinfo=UTC)


def content(draft: Draft) -> dict[str, Any]:
    """What a version says of a draft."""
    return {
        "definition": json.dumps(to_json(draft.definition), ensure_ascii=False),
        "text": to_text(draft.definition),
        "sentence": draft.sentence,
        "language": draft.language,
    }


def saved(row: sa.RowMapping, tags: tuple[str, ...]) -> Saved:
    """A segment, from a row of it with its newest version."""
    archived, reviewed = row[SEGMENTS.c.archived_at], row[SEGMENTS.c.reviewed_at]
    return Saved(
        id=row[SEGMENTS.c.id],
        name=row[SEGMENTS.c.name],
        newest=version({column.name: row[f"version_{column.name}"] for column in VERSIONS.c}),
        owner=row[SEGMENTS.c.owner],
        created_at=instant(row[SEGMENTS.c.created_at]),
        changed_at=instant(row[SEGMENTS.c.changed_at]),
        tags=tags,
        archived_at=None if archived is None else instant(archived),
        review_days=row[SEGMENTS.c.review_days],
        reviewed_at=None if reviewed is None else instant(reviewed),
    )


def version(row: Mapping[str, Any]) -> Version:
    """A version, from its row."""
    definition, problem = read_definition(row["definition"])
    return Version(
        id=row["id"],
        segment=row["segment"],
        number=row["number"],
        definition=definition,
        problem=problem,
        text=row["text"],
        sentence=row["sentence"],
        language=row["language"],
        by=row["by"],
        at=instant(row["at"]),
        note=row["note"],
        restored=row["restored"],
    )


@lru_cache(maxsize=4096)  # a page reads the same rows at each run
def read_definition(written: str) -> tuple[Condition | None, Problem | None]:
    """A definition from its JSON; None with the problem when it cannot be read."""
    try:
        return from_json(json.loads(written)), None
    except json.JSONDecodeError as error:
        return None, BadText("definition", written[:80], error.lineno, error.colno)
    except RecursionError:
        return None, BadText("definition", written[:80], 1, 1)
    except Shown as shown:
        return None, shown.problems[0]
