"""The log of files as a file of its own, for a spreadsheet in Nordic settings.

In: a store, a language, perhaps one segment. Out: CSV with semicolons, in UTF-8 with its mark: a
line a file, the newest first, times in UTC. Start at `log_file`.
"""

import csv
import io
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache

from assistant.languages.texts import Texts, texts
from segments.handover import TOOLS, Reason
from segments.store import Download, Store

_COLUMNS = (
    "at", "by", "name", "version", "definition", "as_of", "tool", *Reason, "checked", "suppress",
    "holdout", "columns", "whole",
)  # fmt: skip
_MARK = "\ufeff"
_RUNS = frozenset("=+-@")


def log_file(store: Store, language: str, segment: int | None = None) -> bytes:
    """Every line of the log, or those of one segment."""
    said, numbers = texts(language), Versions(store)
    sink = io.StringIO(newline="")
    writer = csv.writer(sink, delimiter=";")
    writer.writerow([said.page(f"log_{each}") for each in _COLUMNS])
    for each in store.downloads(segment):
        writer.writerow([_safe(cell) for cell in _cells(each, numbers.of(each), said)])
    return (_MARK + sink.getvalue()).encode()


class Versions:
    """The numbers of versions, as long as their segments are there."""

    def __init__(self, store: Store) -> None:
        there = frozenset(each.id for each in store.list())

        @cache
        def numbers(segment: int) -> dict[int, int]:
            return {each.id: each.number for each in store.history(segment)}

        self._there, self._numbers = there, numbers

    def of(self, download: Download) -> int | None:
        """The number of the version that was handed over."""
        if download.segment not in self._there or download.version is None:
            return None
        return self._numbers(download.segment).get(download.version)


def _cells(each: Download, version: int | None, said: Texts) -> Iterator[str]:
    yield _time(each.at)
    yield each.by
    yield each.name
    yield "" if version is None else str(version)
    yield each.text
    yield each.as_of.isoformat()
    yield TOOLS[each.tool].name if each.tool in TOOLS else each.tool
    for reason in Reason:
        yield str(each.counts.get(reason, 0))
    yield said.page("yes" if each.consent else "no")
    yield ", ".join(each.suppress)
    yield f"{(each.holdout * 100).normalize():f} %".replace(".", ",") if each.holdout else ""
    yield ", ".join(each.columns)
    yield said.page("yes" if each.ended_at else "no")


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M")


def _safe(cell: str) -> str:
    """The cell with an apostrophe where a spreadsheet would run it: the rule of
    `segments.handover.cells` for what DuckDB does not write."""
    seen = unicodedata.normalize("NFKC", cell)
    first = next((s for s in seen if not s.isspace() and unicodedata.category(s) != "Cf"), "")
    return f"'{cell}" if first in _RUNS or cell.startswith(("\t", "\r", "\n")) else cell
