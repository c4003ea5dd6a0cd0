"""Rows into Parquet: one file a table, zstd, the same bytes each run."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from sample_data.generator.schema import SCHEMA, TYPES

Array = np.ndarray[Any, np.dtype[Any]]
_NOTHING = -(2**62)
_WHOLE = ("id", "int", "money", "time", "day", "bool")
# How a stored whole number becomes a value of the column's kind.
_READ = {
    "money": "CAST({0} / 100.0 AS DECIMAL(12,2))",
    "time": "CAST(make_timestamp({0} * 1000000) AS TIMESTAMP)",
    "day": "DATE '1970-01-01' + CAST({0} AS INTEGER)",
    "bool": "CAST({0} AS BOOLEAN)",
}


def _array(kind: str, values: Sequence[object]) -> Array:
    if kind in _WHOLE:
        return np.array([_NOTHING if v is None else v for v in values], dtype=np.int64)
    if kind == "texts":
        values = ["\x1f".join(v) if isinstance(v, list | tuple) else v for v in values]
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def _selected(name: str, kind: str) -> str:
    if kind == "texts":
        empty = f"CASE WHEN {name} = '' THEN [] ELSE string_split({name}, chr(31)) END"
        return f"CAST({empty} AS VARCHAR[]) AS {name}"
    if kind not in _WHOLE:
        return f"CAST({name} AS VARCHAR) AS {name}"
    value = f"nullif({name}, {_NOTHING})"
    return f"CAST({_READ.get(kind, '{0}').format(value)} AS {TYPES[kind]}) AS {name}"


def write_table(table: str, rows: Sequence[tuple[object, ...]], folder: Path) -> None:
    """Write the rows, in their order, as folder/table.parquet."""
    columns = SCHEMA[table]
    values = list(zip(*rows, strict=True))
    arrays = {name: _array(kind, values[place]) for place, (name, kind) in enumerate(columns)}
    target = folder / f"{table}.parquet"
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        connection.register("arrays", arrays)
        selected = ", ".join(_selected(name, kind) for name, kind in columns)
        connection.execute(
            f"COPY (SELECT {selected} FROM arrays) TO '{target.as_posix()}' "  # noqa: S608 - columns of schema.py
            "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 19, "
            "PARQUET_VERSION V2, ROW_GROUP_SIZE 1000000)"
        )
