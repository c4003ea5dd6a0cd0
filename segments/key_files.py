"""Files of customers: a column of member keys or e-mail addresses becomes a list to be kept.

In: a text file whose first line names its columns, the catalogue. Out: the field the entries are
values of and the entries, or Shown with what is wrong. Start at `read_list`.
"""

import csv
from collections.abc import Sequence
from pathlib import Path

from segments.catalogue import Attribute, Catalogue
from segments.errors import Shown
from segments.problems import BadList

DELIMITERS = ",;\t|"
LARGEST = 100_000_000  # bytes


def read_list(file: Path, catalogue: Catalogue) -> tuple[str | None, tuple[str, ...]]:
    """The member field, None for the key, and every entry: without spaces around it, addresses in
    lower case, empty ones left out. The first column that can be told counts. Raises Shown."""
    rows = _rows(file)
    header = rows[0] if rows else []
    for place, title in enumerate(header):
        found = _of(title, catalogue)
        if found is not None:
            field = None if found == catalogue.key else found
            told = (row[place] for row in rows[1:] if place < len(row))
            entries = tuple(normal(each, field) for each in told if each.strip())
            if not entries:
                raise Shown(BadList("file", "empty", file.name, ", ".join(header)))
            return field, entries
    raise Shown(BadList("file", "no_column", file.name, ", ".join(_known(catalogue))))


def normal(entry: str, field: str | None) -> str:
    """An entry as it is kept and compared."""
    return entry.strip() if field is None else entry.strip().lower()


def _rows(file: Path) -> list[list[str]]:
    try:
        if file.stat().st_size > LARGEST:
            raise Shown(BadList("file", "too_large", file.name))
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise Shown(BadList("file", "no_file", file.name)) from None
    except UnicodeDecodeError:
        raise Shown(BadList("file", "not_text", file.name)) from None
    lines = text.splitlines()
    first = lines[0] if lines else ""
    delimiter = max(DELIMITERS, key=first.count)
    return list(csv.reader(lines, delimiter=delimiter))


def _of(title: str, catalogue: Catalogue) -> str | None:
    """The key's or the address field's name that a column's title says."""
    said = title.strip().casefold()
    if said == catalogue.key.casefold():
        return catalogue.key
    email = catalogue.field_by_role("email")
    return email.name if email is not None and said in _titles(email) else None


def _titles(field: Attribute) -> Sequence[str]:
    labels = (label for words in field.labels.values() for label in words)
    return [each.casefold() for each in (field.name, *labels)]


def _known(catalogue: Catalogue) -> list[str]:
    email = catalogue.field_by_role("email")
    return [catalogue.key, *([email.name] if email is not None else [])]
