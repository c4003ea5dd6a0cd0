"""Readable copies beside the file of a store, from which a lost file comes back.

A file a segment and a file a list, by their numbers, are written before a save is confirmed. The
log of files grows in one file more, a line when a file begins to leave and a line when it has left;
whom it held is only in the store. Start at `Copies.write`.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from segments.errors import Shown
from segments.store.readable import Read, read
from segments.whole_files import replace_whole

_LOG = "downloads.jsonl"


class Copies:
    """The folder of the copies of one store."""

    def __init__(self, file: Path) -> None:
        self.folder = file.with_name(f"{file.name}.copies")

    def write(self, id_: int, text: str) -> None:
        """Keep a segment's copy; raises OSError when there is no room for it."""
        self.folder.mkdir(exist_ok=True)
        replace_whole(self._of(id_), text.encode())

    def remove(self, id_: int) -> None:
        """Forget the copy of a segment."""
        self._of(id_).unlink(missing_ok=True)

    def there(self) -> bool:
        """Whether anything was copied."""
        return bool(self.numbers() or self.lists()) or (self.folder / _LOG).exists()

    def numbers(self) -> set[int]:
        """The segments that have a copy."""
        return {int(path.stem) for path in self._files()}

    def read(self) -> Iterator[tuple[int, Read]]:
        """What the copies hold, with their numbers in order; one that cannot be read is passed
        over and left where it is."""
        for path in sorted(self._files(), key=lambda path: int(path.stem)):
            with suppress(Shown, OSError, UnicodeDecodeError):
                yield int(path.stem), read(path.read_text(encoding="utf-8"), str(path))

    # --- lists and the log, as JSON lines

    def write_list(self, id_: int, row: Mapping[str, Any], entries: Sequence[str]) -> None:
        """Keep a list's copy: its row in the first line, then an entry a line."""
        self.folder.mkdir(exist_ok=True)
        lines = [json.dumps(dict(row), ensure_ascii=False, default=_instant)]
        lines += (json.dumps(each, ensure_ascii=False) for each in entries)
        replace_whole(self._of_list(id_), "\n".join((*lines, "")).encode())

    def remove_list(self, id_: int) -> None:
        """Forget the copy of a list."""
        self._of_list(id_).unlink(missing_ok=True)

    def lists(self) -> dict[int, Path]:
        """The copies of lists by their numbers."""
        found = {}
        for path in self.folder.glob("list-*.jsonl"):
            number = path.stem.removeprefix("list-")
            if number.isdecimal():
                found[int(number)] = path
        return found

    def read_lists(self) -> Iterator[tuple[int, dict[str, Any], list[str]]]:
        """Each list's number, row and entries; one that cannot be read is passed over."""
        for id_, path in sorted(self.lists().items()):
            with suppress(OSError, ValueError):
                head, *entries = map(json.loads, path.read_text(encoding="utf-8").splitlines())
                created = datetime.fromisoformat(head["created_at"])
                yield id_, {**head, "created_at": created}, entries

    def log(self, line: Mapping[str, Any]) -> None:
        """Add a line to the log, on the disk when this returns."""
        self.folder.mkdir(exist_ok=True)
        with (self.folder / _LOG).open("ab") as file:
            said = json.dumps(dict(line), ensure_ascii=False, default=_instant)
            file.write(said.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def logged(self) -> Iterator[dict[str, Any]]:
        """The lines of the log; a last one that was cut short is passed over."""
        with suppress(OSError):
            for line in (self.folder / _LOG).read_bytes().splitlines():
                with suppress(ValueError):
                    yield json.loads(line)

    def _of_list(self, id_: int) -> Path:
        return self.folder / f"list-{id_}.jsonl"

    def _of(self, id_: int) -> Path:
        return self.folder / f"{id_}.toml"

    def _files(self) -> list[Path]:
        return [path for path in self.folder.glob("*.toml") if path.stem.isdecimal()]


def _instant(value: Any) -> str:  # noqa: ANN401 - what JSON has no form for
    said: str = value.isoformat()
    return said
