"""Days in a CSV file that can be read in two ways: 03/04/2025 is in March, or in April.

In: an opened CSV file and the columns that are needed of it. Out: a `BadData` for each column of
days that nothing tells apart, since DuckDB would choose one of the ways. Start at `unclear`.
"""

import glob
from collections.abc import Sequence
from pathlib import Path

import duckdb
from sqlglot import exp

from segments.engine.building import rows
from segments.engine.casts import function
from segments.engine.columns import Shape, shape
from segments.engine.uses import Need
from segments.problems import BadData

_DAY = r"^\s*([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4}|[0-9]{2})(?:[^0-9].*)?$"
_MONTHS = 12


def unclear(
    connection: duckdb.DuckDBPyConnection, file: Path, kinds: dict[str, str], needed: Sequence[Need]
) -> list[BadData]:
    """Give the columns of days written with the year last whose days and months nothing tells
    apart; `kinds` are the columns of the file with their types."""
    wanted = {need.column.casefold(): need for need in needed}
    days = [
        name
        for name, kind in kinds.items()
        if name.casefold() in wanted and shape(kind) in (Shape.DAY, Shape.INSTANT)
    ]
    if file.suffix != ".csv" or not days:
        return []
    view = f"krets_days_{wanted[days[0].casefold()].table}"
    connection.read_csv(glob.escape(str(file)), all_varchar=True).create_view(view)
    select = exp.select(*(each for name in days for each in _evidence(name)))
    (found,) = rows(connection, select.from_(exp.table_(view, quoted=True)))
    told = zip(days, found[::2], found[1::2], strict=True)
    return [
        BadData(wanted[name.casefold()].where, "unclear_days", example)
        for name, example, clear in told
        if example is not None and not clear
    ]


def _evidence(name: str) -> tuple[exp.Expr, exp.Expr]:
    """One day that is written so, and whether some day or year could be read in one way only."""
    text, pattern = exp.column(name, quoted=True), exp.Literal.string(_DAY)
    written = function("regexp_matches", text, pattern)
    parts = [
        exp.TryCast(
            this=function("regexp_extract", text, pattern, exp.Literal.number(group)),
            to=exp.DataType.build("INTEGER", dialect="duckdb"),
        )
        for group in (1, 2)
    ]
    long_year = function("length", function("regexp_extract", text, pattern, exp.Literal.number(3)))
    one_way = exp.And(
        this=exp.EQ(this=long_year, expression=exp.Literal.number(4)),
        expression=exp.Paren(
            this=exp.Or(
                this=exp.GT(this=parts[0], expression=exp.Literal.number(_MONTHS)),
                expression=exp.GT(this=parts[1], expression=exp.Literal.number(_MONTHS)),
            )
        ),
    )
    example = function("min", exp.Case(ifs=[exp.If(this=written, true=text.copy())]))
    return example, function("coalesce", function("bool_or", one_way), exp.false())
