"""The file itself, written as DuckDB streams it: its rows are never held.

In: an engine, what was decided of each member, the day that ages are as of. Out: bytes, piece by
piece, or a file that is whole or not there. Rows come by rising member key. CSV is UTF-8 with CRLF,
quoted as in RFC 4180. Start at `write_file`.
"""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from sqlglot import exp

from segments.catalogue import Catalogue, Type
from segments.compile.nodes import column, literal
from segments.engine.duckdb_engine import Engine
from segments.engine.job import Job
from segments.handover.cells import cell, hashed, safe, shaped, text_of, years
from segments.handover.leaving import Chosen, Decided, Reason, decide, given
from segments.handover.terms import Terms
from segments.handover.tools import EMPTY, KEY, NAME, Address, Column, Kind, Shape, Tool
from segments.whole_files import made_whole

_MARK = "\ufeff"
_END = "\r\n"
_ADDRESSED = frozenset({Shape.EMAIL, Shape.PHONE, Shape.SPACED, Shape.DIGITS})


def write_file(
    engine: Engine,
    chosen: Chosen,
    terms: Terms,
    day: date,
    target: Path,
    job: Job | None = None,
) -> int:
    """Write the file; gives the number of rows. What the path had stays until the file is whole."""
    rows = 0
    with made_whole(target) as stream:
        for written, piece in _pieces(engine, decide(engine, chosen, terms, job), day, job):
            stream.write(piece)
            rows += written
    return rows


def file_pieces(
    engine: Engine, decided: Decided, day: date, job: Job | None = None
) -> Iterator[bytes]:
    """Give the file of `write_file` piece by piece, for whoever sends it on."""
    for _, piece in _pieces(engine, decided, day, job):
        yield piece


def headers(terms: Terms, catalogue: Catalogue) -> tuple[str, ...]:
    """The names of the file's columns."""
    return tuple(each.header for each in _columns(terms, catalogue))


def _columns(terms: Terms, catalogue: Catalogue) -> list[Column]:
    """The tool's own columns, then the chosen fields; a field twice stands once."""
    own = [Column(catalogue.key, KEY) if each.role == KEY else each for each in terms.of.columns]
    roles = {each.role for each in own}
    chosen = [
        Column(name, f"field:{name}", _shape(catalogue.fields[name].role, terms.of))
        for name in dict.fromkeys(terms.fields)
        if name != catalogue.key and catalogue.fields[name].role not in roles
    ]
    return own + chosen


def _shape(role: str | None, tool: Tool) -> Shape:
    if role == Address.PHONE:
        return Shape.SPACED if tool.nordic else Shape.PHONE
    return Shape.EMAIL if role == Address.EMAIL else Shape.PLAIN


def _pieces(
    engine: Engine, decided: Decided, day: date, job: Job | None
) -> Iterator[tuple[int, bytes]]:
    """The number of rows in a piece, and its bytes."""
    terms = decided.terms
    columns = _columns(terms, engine.catalogue)
    types = engine.types()
    values = [_value(each, terms, engine.catalogue, types, day) for each in columns]
    if terms.of.kind is Kind.PARQUET:
        titled: list[exp.Expr] = [
            exp.alias_(value, each.header, quoted=True)
            for value, each in zip(values, columns, strict=True)
        ]
        yield from _parquet(decided.batches(engine, Reason.SENT, titled, job))
        return
    yield 0, _first_line(columns, terms).encode()
    lines = [_line(columns, values, terms)]
    for batch in decided.batches(engine, Reason.SENT, lines, job):
        yield batch.num_rows, _bytes(batch.column(0))


def _first_line(columns: list[Column], terms: Terms) -> str:
    tool = terms.of
    if tool.kind is Kind.JSON_LINES:
        return ""
    titles = [each.header.replace('"', '""') for each in columns]
    special = ('"', tool.delimiter, "\r", "\n")
    cells = [
        f'"{each}"' if tool.quoted or any(sign in each for sign in special) else each
        for each in titles
    ]
    return (_MARK if tool.mark else "") + tool.delimiter.join(cells) + _END


def _line(columns: list[Column], values: list[exp.Expr], terms: Terms) -> exp.Expr:
    """One row as one text."""
    tool = terms.of
    if tool.kind is Kind.JSON_LINES:
        pairs: list[exp.Expr] = []
        for each, value in zip(columns, values, strict=True):
            pairs += [literal(each.header), value]
        made: exp.Expr = exp.cast(
            exp.Anonymous(this="json_object", expressions=pairs), exp.DType.VARCHAR
        )
        return exp.DPipe(this=made, expression=literal("\n"))
    parts: list[exp.Expr] = []
    for place, value in enumerate(values):
        if place:
            parts.append(literal(tool.delimiter))
        parts.append(cell(value, tool.delimiter, quoted=tool.quoted))
    return exp.Anonymous(this="concat", expressions=[*parts, literal(_END)])


def _source(of: Column, catalogue: Catalogue) -> str:
    """The member field that a column shows, else the word that stands for it."""
    if of.role.startswith("field:"):
        return of.role.removeprefix("field:")
    field = catalogue.field_by_role(of.role)
    return of.role if field is None else field.name


def _value(
    of: Column, terms: Terms, catalogue: Catalogue, types: dict[str, str], day: date
) -> exp.Expr:
    """What stands in a column, as text in a text file."""
    text = terms.of.kind is Kind.CSV
    name = _source(of, catalogue)
    if of.role == KEY:
        key = column("member")
        return safe(exp.cast(key, exp.DType.VARCHAR)) if text else key
    if of.role == NAME:
        tag = literal(" ".join(terms.name.replace(",", " ").split()))
        return safe(tag) if text else tag
    field = catalogue.fields.get(name)
    if of.role == EMPTY or field is None:
        return exp.cast(exp.null(), exp.DType.VARCHAR)
    if field.role in set(Address):
        value: exp.Expr = column(given(Address(field.role)))
        if of.shape not in _ADDRESSED:
            return safe(value) if text else value
        value = shaped(value, of.shape)
        return hashed(value) if of.hashed else value
    value = column(field.name)
    if of.hashed:
        return hashed(shaped(value, of.shape))
    if of.shape is Shape.YES_NO and field.type is not Type.YES_NO:
        return literal("no")
    if of.shape is not Shape.PLAIN:
        return shaped(value, of.shape)
    if field.type is Type.AGE:
        value = years(value, day)
        return exp.cast(value, exp.DType.VARCHAR) if text else value
    return text_of(value, field.type, types[name], comma=terms.of.nordic) if text else value


def _bytes(texts: pa.Array) -> bytes:
    """The texts one after the other, as they lie in memory."""
    large = texts.cast(pa.large_string())
    buffers = large.buffers()
    if not len(large):
        return b""
    ends = np.frombuffer(buffers[1], np.int64)[large.offset : large.offset + len(large) + 1]
    return bytes(memoryview(buffers[2])[ends[0] : ends[-1]])


def _parquet(batches: Iterator[pa.RecordBatch]) -> Iterator[tuple[int, bytes]]:
    """One row group a batch."""
    writer: pq.ParquetWriter | None = None
    sink = io.BytesIO()
    schema: pa.Schema | None = None
    for batch in batches:
        if writer is None:
            schema = batch.schema
            writer = pq.ParquetWriter(_Passing(sink), schema, compression="zstd")
        writer.write_batch(batch)
        yield batch.num_rows, _taken(sink)
    if writer is not None:
        writer.close()
        yield 0, _taken(sink)


class _Passing:
    """A file that only goes forward and keeps nothing: what it is given waits in a sink."""

    closed = False

    def __init__(self, sink: io.BytesIO) -> None:
        self._sink, self._at = sink, 0

    def tell(self) -> int:
        return self._at

    def write(self, data: bytes) -> int:
        self._at += len(data)
        return self._sink.write(data)

    def flush(self) -> None:
        """Nothing waits here."""

    def close(self) -> None:
        """The sink is another's."""


def _taken(sink: io.BytesIO) -> bytes:
    piece = sink.getvalue()
    sink.seek(0)
    sink.truncate()
    return piece
