"""A TOML file read with its line numbers: what `catalogue_file` builds a catalogue from.

In: the text of a file. Out: `Section`s, which give values of the asked kind and note every mistake
as a `BadCatalogue` with the line it stands on, instead of stopping at the first. Knows nothing of
what the keys mean. Start at `parse`.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from segments.problems import BadCatalogue

Key = tuple[str, ...]

_PART = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*(\.?)""")
_POSITION = re.compile(r"\(at (?:line (\d+), column \d+|end of document)\)")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"' + r"|'[^']*'")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def parse(text: str, mistakes: "Mistakes") -> "Section | None":
    """Give the file's top section, or None when the text is no TOML (the mistake is noted)."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _POSITION.search(str(error))
        lines = text.splitlines()
        line = int(found[1]) if found and found[1] else len(lines)
        twice = str(error).startswith("Cannot")
        stands = lines[line - 1].strip() if 0 < line <= len(lines) else ""
        mistakes.items.append(
            BadCatalogue("", "written_twice" if twice else "syntax", line, stands)
        )
        return None
    mistakes.lines.update(key_lines(text))
    return Section(content, (), mistakes)


def nearest(word: str, known: Iterator[str] | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Give at most three known names that look like `word`, the closest first."""
    by_folded = {name.casefold(): name for name in known}
    close = get_close_matches(word.casefold(), list(by_folded), n=3, cutoff=0.55)
    return tuple(by_folded[name] for name in close)


def key_lines(text: str) -> dict[Key, int]:
    """Give the line (from 1) on which each table header or key of a TOML text stands."""
    lines: dict[Key, int] = {}
    table: Key = ()
    depth, quote = 0, ""
    for number, line in enumerate(text.splitlines(), start=1):
        if not depth and not quote:
            stripped = line.strip()
            if stripped.startswith("["):
                table = _dotted(stripped.lstrip("["))[0]
                lines.setdefault(table, number)
                continue
            key, rest = _dotted(stripped)
            if key:
                for length in range(1, len(key) + 1):
                    lines.setdefault(table + key[:length], number)
        else:
            rest = line
        depth, quote = _still_open(rest, depth, quote)
    return lines


def _dotted(text: str) -> tuple[Key, str]:
    parts: list[str] = []
    position = 0
    while match := _PART.match(text, position):
        parts.append(next(group for group in match.groups()[:3] if group is not None))
        position = match.end()
        if not match[4]:
            break
    return tuple(parts), text[position:]


def _still_open(text: str, depth: int, quote: str) -> tuple[int, str]:
    """Follow arrays and multi-line strings over the end of a line."""
    for mark in ('"""', "'''"):
        if quote in ("", mark) and text.count(mark) % 2:
            return depth, "" if quote else mark
    if quote:
        return depth, quote
    bare = _STRING.sub("", text).split("#", 1)[0]
    return max(0, depth + bare.count("[") - bare.count("]")), ""


@dataclass(slots=True)
class Mistakes:
    """Every mistake found in one file, and the lines to find them on."""

    items: list[BadCatalogue] = field(default_factory=list)
    lines: dict[Key, int] = field(default_factory=dict)

    def add(self, code: str, where: Key, found: str, suggestions: tuple[str, ...] = ()) -> None:
        """Note a mistake at a dotted key; its line is that of the key or of what it lies in."""
        self.items.append(
            BadCatalogue(".".join(where), code, self.line(where), found, suggestions[:3])
        )

    def line(self, where: Key) -> int:
        """Give the line of a key, or of the closest one around it; 1 when there is none."""
        for length in range(len(where), 0, -1):
            if where[:length] in self.lines:
                return self.lines[where[:length]]
        return 1


@dataclass(frozen=True, slots=True)
class Section:
    """One table of the file: typed reading that notes what does not fit."""

    content: Mapping[str, Any]
    where: Key
    mistakes: Mistakes

    def only(self, *known: str) -> None:
        """Note every key that is none of the known ones."""
        for key in self.content:
            if key not in known:
                self.mistakes.add("unknown_key", (*self.where, key), key, nearest(key, known))

    def text(self, key: str, default: str = "", *, required: bool = False) -> str:
        """Give a text that is not empty."""
        if required and key not in self.content:
            self.mistakes.add("missing", self.where, key)
        value = self._of(key, str, "text", default)
        if key in self.content and value == "" and isinstance(self.content[key], str):
            self.mistakes.add("empty", (*self.where, key), key)
        return str(value)

    def optional(self, key: str) -> str | None:
        """Give a text, or None when it is left out."""
        return self.text(key) or None

    def flag(self, key: str) -> bool:
        """Give a yes or no; no when left out."""
        return bool(self._of(key, bool, "true or false", default=False))

    def number(self, key: str, default: int) -> int:
        """Give a whole number."""
        value = self._of(key, int, "whole number", default)
        if isinstance(value, bool):
            self.mistakes.add("wrong_type", (*self.where, key), key, ("whole number",))
            return default
        return int(value)

    def degrees(self, key: str, most: int) -> float:
        """Give degrees on the globe, from minus the most to it."""
        if key not in self.content:
            self.mistakes.add("missing", self.where, key)
            return 0.0
        value = self.content[key]
        if type(value) not in (int, float) or not -most <= value <= most:
            self.mistakes.add("bad_degrees", (*self.where, key), str(value), (f"-{most} … {most}",))
            return 0.0
        return float(value)

    def day(self, key: str) -> date | None:
        """Give a date written without quotes, or None."""
        value = self._of(key, date, "date", None)
        return value.date() if isinstance(value, datetime) else value

    def section(self, key: str, *, required: bool = False) -> "Section":
        """Give an inner table; an empty one when left out."""
        if required and key not in self.content:
            self.mistakes.add("missing", self.where, key)
        return Section(self._of(key, dict, "table", {}), (*self.where, key), self.mistakes)

    def sections(self, key: str) -> "Iterator[tuple[str, Section]]":
        """Give the tables inside a table, by name."""
        yield from self.section(key).sections_of_all()

    def sections_of_all(self) -> "Iterator[tuple[str, Section]]":
        """Give every key of this table as a table."""
        for name in self.content:
            yield name, self.section(name)

    def texts(self, key: str) -> tuple[str, ...]:
        """Give several texts; one alone needs no brackets, and numbers are read as codes."""
        value = self.content.get(key, [])
        items = value if isinstance(value, list) else [value]
        if any(not isinstance(item, (str, int, float)) for item in items):
            self.mistakes.add("wrong_type", (*self.where, key), key, ("list of texts",))
            return ()
        return tuple(_code(item) for item in items)

    def codes(self, key: str) -> dict[str, tuple[str, ...]]:
        """Give a table of texts by name."""
        inner = self.section(key)
        return {name: inner.texts(name) for name in inner.content}

    def labels(self, key: str) -> dict[str, tuple[str, ...]]:
        """Give words by language."""
        inner = self.section(key)
        for language in inner.content:
            inner.check_language(language)
        return inner.codes_of_all()

    def check_language(self, key: str) -> None:
        """Note a key that is no code of a language."""
        if not _LANGUAGE.fullmatch(key):
            self.mistakes.add("not_a_language", (*self.where, key), key)

    def codes_of_all(self) -> dict[str, tuple[str, ...]]:
        """Give every key of this table as texts."""
        return {name: self.texts(name) for name in self.content}

    def names(self, key: str) -> dict[str, str]:
        """Give a table of single texts by name."""
        inner = self.section(key)
        return {name: inner.text(name) for name in inner.content}

    def _of(self, key: str, kind: type, called: str, default: Any) -> Any:  # noqa: ANN401 - TOML
        value = self.content.get(key, default)
        if key in self.content and not isinstance(value, kind):
            self.mistakes.add("wrong_type", (*self.where, key), key, (called,))
            return default
        return value


def _code(value: str | float) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
