"""Reads the data files of the language folders.

In: a language code and a file's stem. Out: the TOML table, read once. Knows nothing of what the
tables mean. Start at `table`.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from segments.errors import Broken

Table = Mapping[str, Any]

LANGUAGES = ("en", "sv", "da", "nb")
FALLBACK = "en"


@cache
def table(language: str, stem: str) -> Table:
    """Give one file of a language's folder; an unknown language is a broken promise."""
    if language not in LANGUAGES:
        message = f"no language {language!r}"
        raise Broken(message)
    file = files("assistant.languages") / language / f"{stem}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def look_up(language: str, stem: str, *keys: str) -> Any:  # noqa: ANN401 - TOML holds anything
    """Give the entry under the keys, or None when it is not there."""
    found: Any = table(language, stem)
    for key in keys:
        if not isinstance(found, Mapping) or key not in found:
            return None
        found = found[key]
    return found
