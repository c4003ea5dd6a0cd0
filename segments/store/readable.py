"""A segment with its whole history as a text that people read and git compares line by line.

In: a `Saved` with its versions. Out: TOML in a fixed order, the oldest version first, so that a new
one is added at the end; and back: `Read`, or Shown with a `BadSegmentFile` for every mistake that
can be told apart, each with its line. Knows no database and no folder. Start at `written` and
`read`.
"""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from segments.catalogue_toml import nearest
from segments.codec import from_text, to_text
from segments.definition import All, Condition
from segments.definition import Any as Any_
from segments.errors import Shown
from segments.problems import BadSegmentFile, BadText
from segments.store.model import Saved, Version

FORMAT = 1
_HEAD = "# A segment of Krets. The last version is the one that counts: to change it, add one."
_SEGMENT: dict[str, type] = {
    "krets": int,
    "name": str,
    "owner": str,
    "tags": list,
    "created": datetime,
    "archived": datetime,
    "review_days": int,
    "reviewed": datetime,
    "version": list,
}
_VERSION: dict[str, type] = {
    "id": int,
    "at": datetime,
    "by": str,
    "note": str,
    "restored": int,
    "sentence": str,
    "language": str,
    "definition": str,
    "damaged": str,
}
_HEADER = re.compile(r"\s*\[\[\s*version\s*\]\]")
_POSITION = re.compile(r"\(at line (\d+),")
_PLAIN = re.compile(r"[^\x00-\x08\x0b-\x1f\x7f]*")  # what may stand in ''' as it is


@dataclass(frozen=True, slots=True)
class ReadVersion:
    """One version of a file; `raw` is what a store had where no definition could be read."""

    definition: Condition | None
    raw: str
    sentence: str
    language: str
    by: str
    at: datetime | None
    note: str
    restored: int | None
    id: int | None  # in the store that wrote it


@dataclass(frozen=True, slots=True)
class Read:
    """A segment as a file has it."""

    name: str
    owner: str
    tags: tuple[str, ...]
    created: datetime | None
    archived: datetime | None
    review_days: int | None
    reviewed: datetime | None
    versions: tuple[ReadVersion, ...]


def written(
    saved: Saved, history: Sequence[Version], raw: Mapping[int, str], *, ids: bool = False
) -> str:
    """The text of a segment; `history` in any order, `raw` what the store has for those versions
    (by number) that cannot be read. With `ids` each version has the number it goes by here."""
    lines = [_HEAD, f"krets = {FORMAT}", f"name = {_text(saved.name)}"]
    lines += [f"owner = {_text(saved.owner)}"] if saved.owner else []
    lines += [f"tags = [{', '.join(map(_text, saved.tags))}]"] if saved.tags else []
    lines.append(f"created = {_instant(saved.created_at)}")
    lines += [f"archived = {_instant(saved.archived_at)}"] if saved.archived_at else []
    lines += [f"review_days = {saved.review_days}"] if saved.review_days else []
    lines += [f"reviewed = {_instant(saved.reviewed_at)}"] if saved.reviewed_at else []
    for each in sorted(history, key=lambda version: version.number):
        lines += ["", "[[version]]", *([f"id = {each.id}"] if ids else [])]
        lines.append(f"at = {_instant(each.at)}")
        for key in ("by", "note", "sentence", "language"):
            lines += [f"{key} = {_text(getattr(each, key))}"] if getattr(each, key) else []
        lines += [f"restored = {each.restored}"] if each.restored else []
        if each.definition is None:
            lines.append(f"damaged = {_text(raw[each.number])}")
        else:
            lines.append(f"definition = {_long(_parted(each.definition))}")
    return "\n".join(lines) + "\n"


def read(text: str, file: str) -> Read:
    """The segment of a text; raises Shown with every mistake."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _POSITION.search(str(error))
        line = int(place[1]) if place else len(text.splitlines())
        stands = text.splitlines()[line - 1].strip() if 0 < line <= text.count("\n") + 1 else ""
        raise Shown(BadSegmentFile("", "syntax", file, line, stands[:80])) from error
    return _Reader(text.splitlines(), file).segment(found)


class _Reader:
    """Reads one file and gathers its mistakes."""

    def __init__(self, lines: Sequence[str], file: str) -> None:
        self.lines, self.file = lines, file
        self.mistakes: list[BadSegmentFile] = []
        self.starts = [at for at, line in enumerate(lines, 1) if _HEADER.match(line)]

    def segment(self, found: Mapping[str, Any]) -> Read:
        if found.get("krets") != FORMAT:
            code = "newer" if isinstance(found.get("krets"), int) else "no_format"
            self.note(code, "krets", 0, str(found.get("krets", "")))
            raise Shown(*self.mistakes)
        self.keys(found, _SEGMENT, 0, ("name",))
        versions = found.get("version", [])
        if not isinstance(versions, list) or not all(isinstance(each, dict) for each in versions):
            versions = []
        if not versions:
            self.note("no_version", "version", 0)
        read_versions = tuple(self.version(each, at) for at, each in enumerate(versions, 1))
        if self.mistakes:
            raise Shown(*self.mistakes)
        return Read(
            name=found["name"],
            owner=found.get("owner", ""),
            tags=tuple(map(str, found.get("tags", ()))),
            created=_utc(found.get("created")),
            archived=_utc(found.get("archived")),
            review_days=found.get("review_days"),
            reviewed=_utc(found.get("reviewed")),
            versions=read_versions,
        )

    def version(self, found: Mapping[str, Any], place: int) -> ReadVersion:
        self.keys(found, _VERSION, place, () if "damaged" in found else ("definition",))
        definition, written_ = None, found.get("definition")
        if isinstance(written_, str):
            try:
                definition = from_text(written_.rstrip())
            except Shown as shown:
                self.unread(shown.problems[0], place)
        return ReadVersion(
            definition,
            str(found.get("damaged", "")),
            found.get("sentence", ""),
            found.get("language", ""),
            found.get("by", ""),
            _utc(found.get("at")),
            found.get("note", ""),
            found.get("restored"),
            found.get("id"),
        )

    def keys(
        self,
        found: Mapping[str, Any],
        known: Mapping[str, type],
        place: int,
        needed: tuple[str, ...],
    ) -> None:
        """Note the keys that are missing, unknown, or hold something else than they should."""
        for key in needed:
            if key not in found:
                self.note("missing", key, place, key)
        for key, value in found.items():
            if key not in known:
                self.note("unknown_key", key, place, key, nearest(key, list(known)))
            elif type(value) is not known[key]:
                self.note("wrong_kind", key, place, str(value)[:80])

    def unread(self, problem: object, place: int) -> None:
        """Note a definition that cannot be read, with the line of the file it stands on."""
        line = self.line("definition", place)
        if isinstance(problem, BadText):
            opened = self.lines[line - 1].rstrip().endswith(("'''", '"""'))
            inner = max(problem.line, 1) - (0 if opened else 1)
            code = "definition" if problem.found else "definition_ends"
            self.mistakes.append(BadSegmentFile("", code, self.file, line + inner, problem.found))
        else:
            self.note("definition", "definition", place)

    def note(
        self, code: str, key: str, place: int, found: str = "", near: tuple[str, ...] = ()
    ) -> None:
        """Note a mistake at a key."""
        line = self.line(key, place)
        self.mistakes.append(BadSegmentFile("", code, self.file, line, found, near))

    def line(self, key: str, place: int) -> int:
        """The line of a key in the version of this place, 0 for what stands above them all."""
        first = self.starts[place - 1] if 0 < place <= len(self.starts) else 1
        last = self.starts[place] - 1 if place < len(self.starts) else len(self.lines)
        own = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*=""")
        return next((at for at in range(first, last + 1) if own.match(self.lines[at - 1])), first)


def _parted(definition: Condition) -> str:
    """The canonical text, the parts that all must hold a line each."""
    whole = to_text(definition)
    if not isinstance(definition, All) or len(definition.parts) < 2:
        return whole
    grouped = (
        f"({to_text(part)})" if isinstance(part, All | Any_) else to_text(part)
        for part in definition.parts
    )
    lined = "\nand ".join(grouped)
    return lined if from_text(lined) == definition else whole


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _long(text: str) -> str:
    """A text on lines of its own where it can stand as it is."""
    if "'''" in text or not _PLAIN.fullmatch(text) or text.endswith("'"):
        return _text(text)
    return f"'''\n{text}\n'''"


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _utc(at: datetime | None) -> datetime | None:
    """The instant; one that was written without a zone is taken for UTC."""
    if not isinstance(at, datetime):
        return None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
