"""Files that several processes change: one writer at a time, and never half a file.

In: paths. Out: a lock while a block runs, a file replaced by another. The lock is the operating
system's, so that it ends with the process that holds it. Start at `held` and `replace_whole`.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@contextmanager
def held(lock: Path) -> Iterator[None]:
    """Hold the only right to what this file stands for; waits while another process has it."""
    with lock.open("a+b") as handle:
        if sys.platform == "win32":
            msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def replace_whole(path: Path, content: bytes) -> None:
    """Put this content in the place of a file, with its rights. Whoever reads meanwhile, and
    whatever happens, finds the old file or the new one."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    half = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.chmod(path.stat().st_mode & 0o7777 if path.exists() else 0o644)
        half.replace(path)
    except BaseException:
        with suppress(OSError):
            half.unlink()
        raise


@contextmanager
def made_whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, that gets its name once the block is left, and is gone when it raises."""
    half = path.with_name(path.name + ".part")
    try:
        with half.open("wb") as stream:
            yield stream
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
