"""A store as the first version of the program left it on the disk."""

import json
import sqlite3
from pathlib import Path

from segments.codec import to_json, to_text
from segments.definition import Condition

FIRST = """
CREATE TABLE segments (
    id INTEGER NOT NULL, name VARCHAR(200) NOT NULL, folded VARCHAR(400) NOT NULL,
    definition TEXT NOT NULL, text TEXT NOT NULL, sentence TEXT NOT NULL,
    language VARCHAR(8) NOT NULL, owner VARCHAR(200) NOT NULL,
    created_at DATETIME NOT NULL, changed_at DATETIME NOT NULL,
    PRIMARY KEY (id), UNIQUE (name), UNIQUE (folded));
CREATE TABLE lists (
    id INTEGER NOT NULL, name VARCHAR(200) NOT NULL, folded VARCHAR(400) NOT NULL,
    field VARCHAR(200), size INTEGER NOT NULL, created_at DATETIME NOT NULL,
    PRIMARY KEY (id), UNIQUE (name), UNIQUE (folded));
CREATE TABLE list_entries (
    list INTEGER NOT NULL, entry VARCHAR(400) NOT NULL,
    PRIMARY KEY (list, entry), FOREIGN KEY(list) REFERENCES lists (id));
"""


def first_store(place: Path, segments: dict[str, Condition]) -> None:
    """Write segments 1, 2, … by name, the last of them damaged, and one list."""
    raw = sqlite3.connect(place)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.executescript(FIRST)
    day = "2026-10-01 08:00:00.000000"
    for name, definition in segments.items():
        written = json.dumps(to_json(definition))
        raw.execute(
            "INSERT INTO segments (name, folded, definition, text, sentence, language, owner,"
            " created_at, changed_at) VALUES (?, ?, ?, ?, ?, 'sv', 'anna', ?, ?)",
            [name, name.casefold(), written, to_text(definition), f"om {name}", day, day],
        )
    raw.execute("UPDATE segments SET definition = '{' WHERE id = (SELECT max(id) FROM segments)")
    raw.execute("INSERT INTO lists VALUES (1, 'Fair', 'fair', NULL, 2, ?)", [day])
    raw.execute("INSERT INTO list_entries VALUES (1, 'a'), (1, 'b')")
    raw.commit()
    raw.close()
