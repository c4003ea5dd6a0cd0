"""Files of customers: a column of member keys or e-mail addresses becomes a list to be kept.

In: a file of text, with or without a line that names its columns, and the catalogue. Out: the field
the entries are values of and the entries, or Shown with what is wrong. Start at `list_of`.
"""

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from segments.catalogue import Attribute, Catalogue
from segments.errors import Shown
from segments.problems import BadList
from segments.whole_files import made_whole

DELIMITERS = ",;\t|"
LARGEST = 100_000_000  # bytes
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
_UNSEEN = frozenset({"Zs", "Zl", "Zp", "Cf"})
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

Entries = tuple[str | None, tuple[str, ...]]


def read_list(file: Path, catalogue: Catalogue) -> Entries:
    """As `list_of`, of a file in its place."""
    try:
        if file.stat().st_size > LARGEST:
            raise Shown(BadList("file", "too_large", file.name))
        return list_of(file.name, file.read_bytes(), catalogue)
    except FileNotFoundError:
        raise Shown(BadList("file", "no_file", file.name)) from None


def list_of(name: str, content: bytes, catalogue: Catalogue) -> Entries:
    """The member field, None for the key, and every entry: without spaces around it, addresses in
    lower case, empty ones left out. The first column that its title tells counts; without one, the
    addresses, if it has any; or else its only column, which is taken for keys. Raises Shown."""
    rows = _rows(name, content)
    header = rows[0] if rows else []
    for place, title in enumerate(header):
        found = _of(title, catalogue)
        if found is not None:
            field = None if found == catalogue.key else found
            entries = _entries((row[place] for row in rows[1:] if place < len(row)), field)
            if not entries:
                raise Shown(BadList("file", "empty", name, ", ".join(header)))
            return field, entries
    email = catalogue.field_by_role("email")
    if email is not None and (addresses := _addresses(rows)):
        return email.name, _entries(addresses, email.name)
    if rows and all(len(row) == 1 for row in rows):
        return None, _entries((row[0] for row in rows), None)
    raise Shown(BadList("file", "no_column", name, ", ".join(_known(catalogue))))


def lines_of(entries: Iterable[str]) -> bytes:
    """Entries as a file that `list_of` takes in again: one a line, quoted where need be."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([each] for each in entries)
    return text.getvalue().encode()


def write_list(file: Path, entries: Iterable[str]) -> None:
    """Write such a file; what the path had stays until it is whole. Raises Shown."""
    try:
        with made_whole(file) as stream:
            stream.write(lines_of(entries))
    except OSError as error:
        raise Shown(BadList("file", "not_written", file.name, error.strerror or "")) from None


def normal(entry: str, field: str | None) -> str:
    """An entry as it is kept and compared: a key without spaces around it; of an address no space
    counts, nor what has no width, nor the case (`segments.compile.nodes.as_listed` in SQL)."""
    if field is None:
        return entry.strip()
    composed = unicodedata.normalize("NFC", entry)
    return "".join(each for each in composed if not _unseen(each)).lower()


def _unseen(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in _UNSEEN


def _entries(cells: Iterable[str], field: str | None) -> tuple[str, ...]:
    return tuple(kept for each in cells if (kept := normal(each, field)))


def _addresses(rows: Sequence[Sequence[str]]) -> list[str]:
    """Every cell, where all are addresses; or else the cells under the title of the first column
    that has nothing else."""
    cells = [cell for row in rows for cell in row if cell.strip()]
    if all(map(_is_address, cells)):
        return cells
    for place in range(max(map(len, rows), default=0)):
        first, *others = [row[place] if place < len(row) else "" for row in rows]
        held = [cell for cell in others if cell.strip()]
        if held and all(map(_is_address, held)):
            return [first, *held] if _is_address(first) else held
    return []


def _is_address(cell: str) -> bool:
    return ADDRESS.fullmatch(cell.strip()) is not None


def _rows(name: str, content: bytes) -> list[list[str]]:
    """The lines that hold something, cut at whatever parts them."""
    if len(content) > LARGEST:
        raise Shown(BadList("file", "too_large", name))
    lines = [line for line in _text(name, content).splitlines() if line.strip()]
    said = re.fullmatch(r"sep=(.)", lines[0].strip(), re.IGNORECASE) if lines else None
    if said is not None:  # a spreadsheet's own first line
        delimiter, lines = said[1], lines[1:]
    else:
        delimiter = max(DELIMITERS, key=(lines[0] if lines else "").count)
    try:
        rows = list(csv.reader(lines, delimiter=delimiter, skipinitialspace=True))
    except csv.Error:
        raise Shown(BadList("file", "not_text", name)) from None
    return [row for row in rows if any(cell.strip() for cell in row)]


def _text(name: str, content: bytes) -> str:
    """What a file of text says: UTF-8, UTF-16 with its mark, or as spreadsheets on Windows write
    it. Raises Shown for what is no text."""
    if content.startswith(UTF16):
        found = content.decode("utf-16", "replace")
    else:
        try:
            found = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            found = content.decode("cp1252", "replace")
    if any(sign in found for sign in "\0\ufffd"):
        raise Shown(BadList("file", "not_text", name))
    return found


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
