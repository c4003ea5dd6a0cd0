"""Finds the language folders and reads their data files.

In: a language code and a file's stem. Out: the TOML table, read once. Knows nothing of what the
tables mean. Start at `table`.

A language is a folder with a `language.toml`. They stand beside this module, and in the folders
that `KRETS_LANGUAGES` names, which is how a language is added from outside the package. Nothing of
a folder but that one file is read before its language is used.
"""

import os
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.abc import Traversable
from importlib.resources import files
from pathlib import Path
from typing import Any

from segments.errors import Broken

Table = Mapping[str, Any]

ENVIRONMENT = "KRETS_LANGUAGES"  # folders of language folders, apart as in PATH
FALLBACK = "en"
_OPTIONAL = frozenset({"complete", "texts"})  # proposes nothing; says it in English
_LAST = 1_000


@cache
def folders() -> Mapping[str, Traversable]:
    """Every language by its code, in the order in which they are listed.

    A language that a folder of `KRETS_LANGUAGES` has too is read from there."""
    found = {folder.name: folder for root in _roots() for folder in _languages_in(root)}
    identity = {code: _read(folder, "language") for code, folder in found.items()}
    order = sorted(found, key=lambda code: (identity[code].get("place", _LAST), code))
    return {code: found[code] for code in order}


def languages() -> tuple[str, ...]:
    """The codes of all languages, in the order in which they are listed."""
    return tuple(folders())


@cache
def table(language: str, stem: str) -> Table:
    """Give one file of a language's folder; an unknown language is a broken promise."""
    if language not in folders():
        message = f"no language {language!r}"
        raise Broken(message)
    return _read(folders()[language], stem)


def look_up(language: str, stem: str, *keys: str) -> Any:  # noqa: ANN401 - TOML holds anything
    """Give the entry under the keys, or None when it is not there."""
    found: Any = table(language, stem)
    for key in keys:
        if not isinstance(found, Mapping) or key not in found:
            return None
        found = found[key]
    return found


def spoken_by(code: str) -> str:
    """The language of a code as browsers and terminals write it; English for all but ours."""
    for language in languages():
        if code == language or code in table(language, "language").get("also", ()):
            return language
    return FALLBACK


def _roots() -> Iterator[Traversable]:
    yield files("assistant.languages")
    for named in os.environ.get(ENVIRONMENT, "").split(os.pathsep):
        if named and Path(named).is_dir():
            yield Path(named)


def _languages_in(root: Traversable) -> Iterator[Traversable]:
    for folder in root.iterdir():
        if folder.is_dir() and folder.joinpath("language.toml").is_file():
            yield folder


def _read(folder: Traversable, stem: str) -> Table:
    file = folder / f"{stem}.toml"
    if stem in _OPTIONAL and not file.is_file():
        return {}
    return tomllib.loads(file.read_text(encoding="utf-8"))
