"""Where prepared shops are kept: the folder, the lock while one is built, and old ones removed.

In: a folder asked for, a shop's name. Out: paths. Knows nothing of catalogues. A file appears under
its final name only when it is whole. Start at `cache_folder` and `building`.
"""

import os
import tempfile
from contextlib import AbstractContextManager
from pathlib import Path

import duckdb

from segments.whole_files import held

SUFFIX = ".duckdb"


def cache_folder(asked: Path | None = None) -> Path:
    """Give a folder that can be written: the one asked for, else the user's, else a temporary."""
    for folder in (asked or _of_user(), Path(tempfile.gettempdir()) / "krets"):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                return folder
        except OSError:
            continue
    return Path(tempfile.mkdtemp(prefix="krets-"))


def _of_user() -> Path:
    if own := os.environ.get("KRETS_CACHE"):
        return Path(own)
    if base := os.environ.get("XDG_CACHE_HOME"):
        return Path(base) / "krets"
    return Path.home() / ".cache" / "krets"


def building(folder: Path, shop: str) -> AbstractContextManager[None]:
    """Hold the only right to build this shop here; waits while another process has it."""
    return held(folder / f"{shop}.lock")


def half_built(folder: Path, shop: str) -> Path:
    """Give the name under which a shop is built, with what a crash left there removed. Only for
    the one who holds the lock."""
    path = folder / f"{shop}.building"
    for left in folder.glob(f"{path.name}*"):
        if left.is_dir():
            for file in left.iterdir():
                file.unlink(missing_ok=True)
            left.rmdir()
        else:
            left.unlink(missing_ok=True)
    return path


def remove_stale(folder: Path, shop: str, current: Path) -> None:
    """Remove older versions of a shop that nobody has open."""
    for path in folder.glob(f"{shop}-*{SUFFIX}"):
        if path != current and not _in_use(path):
            path.unlink(missing_ok=True)


def _in_use(path: Path) -> bool:
    """Whether somebody has the file open: then it cannot be opened for writing."""
    try:
        duckdb.connect(str(path), config={"access_mode": "READ_WRITE"}).close()
    except duckdb.Error as error:
        return isinstance(error, (duckdb.IOException, duckdb.ConnectionException))
    return False
