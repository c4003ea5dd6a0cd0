"""Segments as files in a folder, one each, for git and for other stores.

In: a store, a folder or files. Out: files, or what was taken in. A file that cannot be read stops
nothing: it is told with its line. Start at `export` and `take_in`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from segments.errors import Shown
from segments.problems import BadSegmentFile, Problem
from segments.store import Put, Saved, Store, read
from segments.whole_files import replace_whole

ENDING = ".toml"
_DEVICE = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")  # Windows has no files called so
_LONGEST = 80


def export(store: Store, folder: Path, chosen: Iterable[Saved]) -> Iterator[Path]:
    """Write a file a segment, and give its place; one that is the same already is not touched.
    Raises OSError when it cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts(store, chosen):
        path, content = folder / name, text.encode()
        if not path.exists() or path.read_bytes() != content:
            replace_whole(path, content)
        yield path


def texts(store: Store, chosen: Iterable[Saved]) -> Iterator[tuple[str, str]]:
    """The name of each segment's file and what it holds; a name that is taken gets the segment's
    number."""
    taken: set[str] = set()
    for each in sorted(chosen, key=lambda saved: saved.id):
        stem = file_name(each.name)
        name = stem if stem not in taken else f"{stem}-{each.id}"
        taken.add(name)
        yield f"{name}{ENDING}", store.text(each.id)


def take_in(
    store: Store, places: Iterable[Path], by: str, now: datetime, *, replace: bool
) -> Iterator[tuple[Path, Put | tuple[Problem, ...]]]:
    """Take in files, and all those in folders, in the order of their names; each with what was
    done, or with what is wrong with it."""
    for path in _files(places):
        try:
            yield path, store.put(read(_text(path), path.name), by, now, replace=replace)
        except Shown as shown:
            yield path, shown.problems


def file_name(name: str) -> str:
    """A name for the file of a segment that every system takes, and that is the same each time."""
    letters = name.casefold().replace("æ", "ae").replace("ø", "o")
    plain = unicodedata.normalize("NFKD", letters).encode("ascii", "ignore").decode()
    short = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].rstrip("-")
    return f"{short}-segment".lstrip("-") if not short or _DEVICE.fullmatch(short) else short


def _files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        if place.is_dir():
            yield from sorted(place.glob(f"*{ENDING}"))
        else:
            yield place


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Shown(BadSegmentFile("", "not_text", path.name, 0)) from error
    except OSError as error:
        raise Shown(BadSegmentFile("", "no_file", str(path), 0)) from error
