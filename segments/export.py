"""An audience as a CSV file that mailing tools read and spreadsheets cannot be tricked by.

In: an engine, a selection, fields. Out: rows written batch by batch, so that the size of the
audience does not matter. The first column is the member key under its name in the shop's data. The
file is UTF-8 with CRLF and quotes as in RFC 4180; unknown values are empty cells.

A text cell that starts with = + - @, a tab or a carriage return could run as a formula in a
spreadsheet and gets an apostrophe in front (as OWASP advises). One kind is left as it is: a
telephone number in E.164, a plus and 6 to 15 digits and nothing else. Digits alone compute nothing,
and a number with an apostrophe would be of no use to whoever sends the messages. Start at
`write_csv`.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.compute as pc
from sqlglot import exp

from segments.engine.duckdb_engine import Engine
from segments.engine.job import Job

_FORMULA = r"^[=+\-@\t\r]"
_PHONE = r"^\+[0-9]{6,15}$"


def write_csv(
    engine: Engine,
    select: exp.Query,
    fields: Sequence[str],
    target: Path | IO[str],
    job: Job | None = None,
) -> int:
    """Write the members of a selection with these fields; gives their number. A path only gets the
    file when it is whole, and keeps what it had when the writing is cancelled."""
    if not isinstance(target, Path):
        return _write(engine, select, fields, target, job)
    half = target.with_name(target.name + ".part")
    try:
        with half.open("w", encoding="utf-8", newline="") as stream:
            written = _write(engine, select, fields, stream, job)
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)
    return written


def _write(
    engine: Engine,
    select: exp.Query,
    fields: Sequence[str],
    stream: IO[str],
    job: Job | None,
) -> int:
    written = 0
    for rows, piece in _pieces(engine, select, fields, job):
        stream.write(piece)
        written += rows
    return written


def csv_pieces(
    engine: Engine, select: exp.Query, fields: Sequence[str], job: Job | None = None
) -> Iterator[str]:
    """Give the file of `write_csv` piece by piece, for whoever sends it on."""
    for _, piece in _pieces(engine, select, fields, job):
        yield piece


def _pieces(
    engine: Engine, select: exp.Query, fields: Sequence[str], job: Job | None
) -> Iterator[tuple[int, str]]:
    """The number of members in a piece, and its text; the first is the line of names."""
    key = engine.catalogue.key
    shown = [name for name in fields if name != key]
    yield 0, _lines([[key, *shown]])
    for batch in engine.stream(select, shown, job):
        columns = [cells(column).to_pylist() for column in batch.columns]
        yield batch.num_rows, _lines(zip(*columns, strict=True))


def _lines(rows: Iterable[Sequence[str | None]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def cells(column: pa.Array) -> pa.Array:
    """Give a column as the texts that stand in the file."""
    kind = column.type
    if pa.types.is_list(kind):
        return _safe(pc.binary_join(column, ", "))
    if pa.types.is_decimal(kind):  # 100.5000 is written 100.50
        text = pc.cast(column, pa.string())
        return pc.replace_substring_regex(text, r"^(-?\d+\.\d{2}\d*?)0*$", r"\1")
    if pa.types.is_timestamp(kind):
        return pc.strftime(pc.cast(column, pa.timestamp("s"), safe=False), "%Y-%m-%d %H:%M:%S")
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _safe(column)
    return pc.cast(column, pa.string())


def _safe(texts: pa.Array) -> pa.Array:
    formula = pc.match_substring_regex(texts, _FORMULA)
    phone = pc.match_substring_regex(texts, _PHONE)
    quoted = pc.binary_join_element_wise("'", texts, "")
    return pc.if_else(pc.and_not(formula, phone), quoted, texts)
