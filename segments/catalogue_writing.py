"""Rules and taught words put into a catalogue file: comments and layout stay as they are.

In: the path, what is to stand there or to go. Out: the file, replaced whole, or `Shown` and the old
file. Two writers come one after the other, and each begins with what the other left. Start at
`write`; `edited` is the same on a text.
"""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.container import Container
from tomlkit.items import Table

from segments.catalogue import Rule, Taught
from segments.errors import Broken
from segments.whole_files import held, replace_whole

Lesson = Rule | Taught
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Gone:
    """A lesson that is to be taken away."""

    lesson: Lesson


Change = Lesson | Gone


def write(path: Path, changes: Sequence[Change], accept: Callable[[str], object]) -> None:
    """Make the changes in the file, which need not be there yet. `accept` sees the new text before
    it is written, and raises when it is not to be."""
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    with held(path.parent / f".{path.name}.lock"):
        before = path.read_bytes().decode("utf-8") if path.exists() else "version = 1\n"
        mark = _BOM if before.startswith(_BOM) else ""
        _readable(before.removeprefix(_BOM), accept)
        after = edited(before.removeprefix(_BOM), changes)
        accept(after)
        replace_whole(path, (mark + after).encode("utf-8"))


def _readable(text: str, accept: Callable[[str], object]) -> None:
    """Have `accept` tell what is wrong in a file that somebody left half-written."""
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        accept(text)
        raise


def edited(text: str, changes: Sequence[Change]) -> str:
    """Give the text of a catalogue with the changes made, and nothing else changed."""
    document = tomlkit.parse(text)
    expected = tomllib.loads(text)
    for change in changes:
        lesson = change.lesson if isinstance(change, Gone) else change
        keys, content = place(lesson), _content(lesson)
        for tree in (document, expected):
            if isinstance(change, Gone):
                _remove(tree, keys)
            else:
                _put(tree, keys, content, table=isinstance(lesson, Rule))
    after = tomlkit.dumps(document)
    if "\r\n" in text:
        after = after.replace("\r\n", "\n").replace("\n", "\r\n")
    if tomllib.loads(after) != expected:
        message = f"{len(changes)} changes would change more of the catalogue"
        raise Broken(message)
    return after


def place(lesson: Lesson) -> tuple[str, ...]:
    """Give the keys under which a lesson stands; two of one place are one."""
    if isinstance(lesson, Rule):
        return ("rules", lesson.name)
    return ("words", lesson.language, lesson.word)


def _content(lesson: Lesson) -> dict[str, Any]:
    if isinstance(lesson, Rule):
        labels = {language: list(words) for language, words in lesson.labels.items()}
        return {"definition": lesson.definition, **({"labels": labels} if labels else {})}
    if lesson.event:
        return {"event": lesson.event, "form": lesson.form}
    return {"of": lesson.of, **({} if lesson.value is None else {"value": lesson.value})}


def _put(tree: Any, keys: Sequence[str], content: dict[str, Any], *, table: bool) -> None:  # noqa: ANN401
    *around, last = keys
    for number, key in enumerate(around):
        if key not in tree:
            tree[key] = _section(tree, outer=table or number + 1 < len(around))
        tree = tree[key]
    if last not in tree:
        tree[last] = _made(tree, content, table=table)
        return
    _become(tree[last], content)


def _become(table: Any, content: dict[str, Any]) -> None:  # noqa: ANN401
    """Change only what differs, so that comments beside the rest stay."""
    for key in [key for key in table if key not in content]:
        del table[key]
    for key, value in content.items():
        if isinstance(value, dict) and isinstance(table.get(key), dict):
            _become(table[key], value)
        elif table.get(key) != value:
            table[key] = _made(table, value, table=False)


def _made(tree: Any, value: Any, *, table: bool) -> Any:  # noqa: ANN401
    """The value as it is written: what an inline table holds stands inline too."""
    if not isinstance(tree, Container | Table) or not isinstance(value, dict):
        return value
    made: Any = tomlkit.table() if table else tomlkit.inline_table()
    for key, inner in value.items():
        made[key] = _made(tomlkit.table(), inner, table=False)
    return made


def _section(tree: Any, *, outer: bool) -> Any:  # noqa: ANN401
    """A table with nothing in it yet; an outer one has no header of its own."""
    if not isinstance(tree, Container | Table):
        return {}
    return tomlkit.table(is_super_table=outer)


def _remove(tree: Any, keys: Sequence[str]) -> None:  # noqa: ANN401
    """Take an entry away, and what is empty without it."""
    first, *rest = keys
    if first not in tree:
        return
    if rest:
        _remove(tree[first], rest)
    if not rest or not tree[first]:
        del tree[first]
