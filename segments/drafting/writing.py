"""A draft as the text of a catalogue, with a comment beside each guess.

In: a `Draft` and a function that words its notes. Out: TOML that `catalogue_file.loads` reads.
Start at `written`.
"""

from collections.abc import Callable, Mapping
from typing import Any

import tomlkit
from tomlkit.items import Array, InlineTable, Table

from segments.catalogue_file import VERSION
from segments.drafting.model import Draft, Entry, EventEntry, Note

Say = Callable[[Note], str]
_WIDE = 8  # values that stand in one line
_EXAMPLES = {"currency": 'currency = "SEK"', "time_zone": 'time_zone = "Europe/Stockholm"'}


def written(draft: Draft, say: Say) -> str:
    """Give the file's text."""
    document = tomlkit.document()
    _say(document, say(Note("head")))
    document["version"] = VERSION
    shop = _section(draft.shop, say)
    for code, example in _EXAMPLES.items():
        _say(shop, say(Note(code)))
        _say(shop, example)
    document["shop"] = shop
    document["member"] = _section(draft.member, say)
    for name, entries in (("tables", draft.tables), ("fields", draft.fields)):
        if entries:
            document[name] = _group({key: _section(each, say) for key, each in entries.items()})
    if draft.events:
        document["events"] = _group({key: _event(each, say) for key, each in draft.events.items()})
    text = tomlkit.dumps(document).rstrip("\n") + "\n"
    left = [f"# {_line(say(note))}" for note in draft.left]
    return text + "\n".join(["", f"# {_line(say(Note('left')))}", *left, ""]) if left else text


def _group(sections: Mapping[str, Table]) -> Table:
    group = tomlkit.table(is_super_table=True)
    for name, section in sections.items():
        group[name] = section
    return group


def _event(event: EventEntry, say: Say) -> Table:
    table = _section(event, say)
    if event.attributes:
        inner = {key: _section(each, say) for key, each in event.attributes.items()}
        table["attributes"] = _group(inner)
    return table


def _section(entry: Entry, say: Say) -> Table:
    """One section: notes of the whole first, then each key with its own."""
    table = tomlkit.table()
    beside: dict[str, str] = {}
    for note in entry.notes:
        plain = note.key in entry.keys and not isinstance(entry.keys[note.key], list | dict)
        if plain and note.key not in beside:
            beside[note.key] = _line(say(note))
        else:
            _say(table, say(note))
        if note.code == "perhaps_drop":
            drop = _inline({note.values["column"]: note.values["codes"]})
            _say(table, f"drop = {drop.as_string()}")
    nested: dict[str, Any] = {}
    for key, value in entry.keys.items():
        if key == "columns" or (key == "values" and isinstance(value, dict)):
            nested[key] = value
            continue
        item = _value(value)
        if key in beside:
            item.comment(beside[key])
        table[key] = item
    for key, value in nested.items():
        inner = tomlkit.table()
        for name, content in value.items():
            inner[name] = _value(content)
        table[key] = inner
    return table


def _value(value: object) -> Any:  # noqa: ANN401 - whatever TOML has
    if isinstance(value, dict):
        return _inline(value)
    if isinstance(value, list):
        return _array(value)
    return tomlkit.item(value)


def _inline(content: Mapping[Any, object]) -> InlineTable:
    table = tomlkit.inline_table()
    for key, value in content.items():
        table[str(key)] = _value(value)
    return table


def _array(values: list[Any]) -> Array:
    array = tomlkit.array()
    array.extend(values)
    return array.multiline(multiline=len(values) > _WIDE)


def _say(place: Any, text: str) -> None:  # noqa: ANN401 - a document or a table
    place.add(tomlkit.comment(_line(text)))


def _line(text: str) -> str:
    """The text in one line: what data holds must not end a comment."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
