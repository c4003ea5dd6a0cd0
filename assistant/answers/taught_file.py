"""The two files with a shop's rules and taught words: its catalogue, and the user's own beside it.

In: the catalogue file. Out: where lessons are written, and a catalogue with both. A catalogue that
cannot be written, as that of the sample shop, is never touched: what is taught there stands in the
user's data folder. Start at `TaughtFiles`.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from assistant.answers.places import CATALOGUE, SAMPLE
from segments.catalogue import Catalogue
from segments.catalogue_file import load, text_of, with_taught

Stamp = tuple[tuple[int, int] | None, ...]


@dataclass(frozen=True, slots=True)
class TaughtFiles:
    """Where one shop's rules and words stand."""

    catalogue: Path
    own: Path

    @classmethod
    def of(cls, catalogue: Path) -> "TaughtFiles":
        """The files of a shop."""
        place = catalogue.resolve()
        digest = hashlib.sha256(str(place).encode()).hexdigest()[:12]
        return cls(catalogue, _data_folder() / f"words-{digest}.toml")

    @property
    def written(self) -> Path:
        """The file that lessons go to."""
        sample = self.catalogue.resolve() == (SAMPLE / CATALOGUE).resolve()
        rights = (
            os.access(self.catalogue, os.W_OK),
            os.access(self.catalogue.resolve().parent, os.W_OK),
        )
        return self.own if sample or not all(rights) else self.catalogue

    def load(self) -> Catalogue:
        """The catalogue with what was taught; raises Shown for what is wrong with a file."""
        catalogue = load(self.catalogue)
        return with_taught(catalogue, text_of(self.own)) if self.own.exists() else catalogue

    def stamp(self) -> Stamp:
        """Changes when one of the files does."""
        return tuple(_changed(path) for path in (self.catalogue, self.own))


def _changed(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size


def _data_folder() -> Path:
    """The user's data folder, where saved segments stand too."""
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "krets"
