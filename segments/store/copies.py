"""A readable copy of each segment beside the file of a store, from which a lost file comes back.

The copies are written before a save is confirmed, one file a segment by its number. Start at
`Copies.write`.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from segments.errors import Shown
from segments.store.readable import Read, read
from segments.whole_files import replace_whole


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

    def numbers(self) -> set[int]:
        """The segments that have a copy."""
        return {int(path.stem) for path in self._files()}

    def read(self) -> Iterator[tuple[int, Read]]:
        """What the copies hold, with their numbers in order; one that cannot be read is passed
        over and left where it is."""
        for path in sorted(self._files(), key=lambda path: int(path.stem)):
            with suppress(Shown, OSError, UnicodeDecodeError):
                yield int(path.stem), read(path.read_text(encoding="utf-8"), str(path))

    def _of(self, id_: int) -> Path:
        return self.folder / f"{id_}.toml"

    def _files(self) -> list[Path]:
        return [path for path in self.folder.glob("*.toml") if path.stem.isdecimal()]
