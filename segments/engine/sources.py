"""The files of a data folder, opened as relations of a DuckDB connection.

In: a folder, a catalogue. Out: one `Source` a table that the catalogue needs, each a view (Parquet)
or a temporary table (CSV) of its own name with the columns' types; or `Shown` with a `BadData` for
every file or column that is missing or cannot be read. File names only travel as arguments of
DuckDB's readers, never inside SQL. Start at `open_sources`.
"""

import codecs
import glob
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
from sqlglot import exp

from segments.catalogue import Catalogue
from segments.catalogue_toml import nearest
from segments.engine.building import create, rows
from segments.engine.casts import function
from segments.engine.columns import NUMBERS, shape
from segments.engine.days import unclear
from segments.engine.uses import Need, needs
from segments.errors import Shown
from segments.problems import BadData

SUFFIXES = (".parquet", ".csv")

_LEADING_ZERO = r"^\s*[+-]?0[0-9]"


@dataclass(frozen=True, slots=True)
class Source:
    """One table of the shop as found: its relation and the type of each column."""

    table: str
    file: Path
    relation: str
    columns: Mapping[str, str]

    def column(self, name: str) -> str | None:
        """Give the column as the file spells it; capitals do not matter."""
        if name in self.columns:
            return name
        folded = name.casefold()
        return next((each for each in self.columns if each.casefold() == folded), None)


Sources = Mapping[str, Source]


def find_files(folder: Path, catalogue: Catalogue) -> dict[str, Path]:
    """Give the file of each table the catalogue needs; raises Shown for those that are missing."""
    if not folder.is_dir():
        raise Shown(BadData("", "folder_missing", str(folder)))
    there = {path.name: path for path in sorted(folder.iterdir()) if path.suffix in SUFFIXES}
    if not there:
        raise Shown(BadData("", "folder_empty", str(folder)))
    files: dict[str, Path] = {}
    problems: list[BadData] = []
    for table in dict.fromkeys(need.table for need in needs(catalogue)):
        stem = catalogue.tables[table].file
        names = [stem + suffix for suffix in SUFFIXES if stem + suffix in there]
        if names:
            files[table] = there[names[0]]
        else:
            close = nearest(stem, tuple(dict.fromkeys(path.stem for path in there.values())))
            problems.append(BadData(f"tables.{table}", "file_missing", stem, close))
    if problems:
        raise Shown(*problems)
    return files


def open_sources(
    connection: duckdb.DuckDBPyConnection, files: Mapping[str, Path], catalogue: Catalogue
) -> dict[str, Source]:
    """Open every file as it is; raises Shown with all that is wrong with files and columns."""
    needed: dict[str, list[Need]] = {table: [] for table in files}
    for need in needs(catalogue):
        needed[need.table].append(need)
    problems: list[BadData] = []
    sources: dict[str, Source] = {}
    for table, file in files.items():
        try:
            source = open_file(connection, table, file, needed[table])
        except duckdb.Error as error:
            problems.append(unreadable(file, error))
            continue
        problems += _missing(source, needed[table])
        problems += unclear(connection, file, dict(source.columns), needed[table])
        sources[table] = source
    if problems:
        raise Shown(*problems)
    return sources


def unreadable(file: Path, error: duckdb.Error) -> BadData:
    """Say why a file cannot be read."""
    if file.suffix != ".csv":
        return BadData(file.name, "file_broken", file.name)
    line = _not_utf8(file)
    if line:
        return BadData(file.name, "not_utf8", f"{file.name}:{line}")
    found = re.search(r"Line: (\d+)", str(error))
    return BadData(file.name, "file_unreadable", f"{file.name}:{found[1]}" if found else file.name)


def _missing(source: Source, needed: list[Need]) -> list[BadData]:
    absent = {need.column: need for need in reversed(needed) if not source.column(need.column)}
    return [
        BadData(
            need.where,
            "column_missing",
            f"{source.table}.{column}",
            nearest(column, tuple(source.columns)),
        )
        for column, need in reversed(absent.items())
    ]


def open_file(
    connection: duckdb.DuckDBPyConnection, table: str, file: Path, needed: list[Need]
) -> Source:
    """Open one file as the relation of a table; DuckDB's errors are for `unreadable` to say."""
    relation = f"krets_source_{table}"
    path = glob.escape(str(file))
    if file.suffix == ".csv":
        _load_csv(connection, path, relation, needed)
    else:
        connection.read_parquet(path).create_view(relation)
    described = connection.table(relation) if file.suffix == ".csv" else connection.view(relation)
    kinds = [str(kind) for kind in described.types]
    return Source(table, file, relation, dict(zip(described.columns, kinds, strict=True)))


def _load_csv(
    connection: duckdb.DuckDBPyConnection, path: str, relation: str, needed: list[Need]
) -> None:
    """Read a CSV file once into a temporary table. Declared texts stay as written, and so does
    any column where a number would lose leading zeros."""
    sniffed = connection.read_csv(path, sample_size=-1)
    kinds = dict(zip(sniffed.columns, [str(kind) for kind in sniffed.types], strict=True))
    wanted = {need.column.casefold() for need in needed if need.text}
    texts = {name for name in kinds if name.casefold() in wanted}
    numbers = [name for name, kind in kinds.items() if shape(kind) in NUMBERS]
    texts |= _with_zeros(connection, path, relation, numbers)
    as_text: dict[str, str] = dict.fromkeys(texts, "VARCHAR")
    read = connection.read_csv(path, sample_size=-1, dtype=as_text or None)
    view = f"{relation}_csv"
    read.create_view(view)
    everything = exp.select(exp.Star()).from_(exp.table_(view, quoted=True))
    create(connection, relation, everything, temporary=True)


def _with_zeros(
    connection: duckdb.DuckDBPyConnection, path: str, relation: str, numbers: list[str]
) -> set[str]:
    if not numbers:
        return set()
    view = f"{relation}_text"
    connection.read_csv(path, all_varchar=True).create_view(view)
    pattern = exp.Literal.string(_LEADING_ZERO)
    tests = [
        function("bool_or", function("regexp_matches", exp.column(name, quoted=True), pattern))
        for name in numbers
    ]
    select = exp.select(*tests).from_(exp.table_(view, quoted=True))
    return {name for name, found in zip(numbers, rows(connection, select)[0], strict=True) if found}


def _not_utf8(file: Path) -> int:
    """Give the line of the first bytes that are no UTF-8; 0 when all are."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                decoder.decode(line)
            except UnicodeDecodeError:
                return number
    return 0
