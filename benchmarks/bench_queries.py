"""Krets's generated SQL against queries written by hand: on the same prepared tables, and on the
shop's raw Parquet files. The members must be the same; the three run in turn in one process.

Run: python -m benchmarks.bench_queries
"""

import os
from collections.abc import Callable
from math import prod
from statistics import median
from time import perf_counter

import duckdb

from benchmarks.measuring import AS_OF, SHOP, open_shop, segments, table
from segments.codec import from_text
from segments.compile import compile_members, to_sql
from segments.engine.duckdb_engine import MEMORY, Engine

ROUNDS = 15

Keys = list[tuple[int]]


def main() -> None:
    """Measure and print."""
    cases = segments()
    rows, ratios = [], []
    with open_shop() as engine, duckdb.connect(str(engine.path), read_only=True) as prepared:
        raw = _raw_files()
        for case in cases:
            queries = (
                _runs(prepared, _generated(engine, case["means"])),
                _runs(prepared, case["prepared"]),
                _runs(raw, case["raw"]),
            )
            members = _same_members(case["name"], queries)
            krets, by_hand, from_files = _medians(queries)
            ratios.append((krets / by_hand, from_files / krets))
            times = (f"{1000 * each:.1f}" for each in (krets, by_hand, from_files))
            rows.append((case["name"], f"{members:,}", *times, *map(_times, ratios[-1])))
    whole = (prod(column) ** (1 / len(cases)) for column in zip(*ratios, strict=True))
    rows.append(("geometric mean", "", "", "", "", *map(_times, whole)))
    heads = ("segment", "members", "krets ms", "by hand ms", "raw ms", "krets/hand", "raw/krets")
    print(table(heads, rows))
    print(f"\nmedians of {ROUNDS} runs in turn, {os.cpu_count()} cores; same members each time")


def _generated(engine: Engine, means: str) -> str:
    return to_sql(compile_members(from_text(means), engine.catalogue, *engine.as_of(AS_OF)))


def _raw_files() -> duckdb.DuckDBPyConnection:
    """The shop's files as views of their names, with the memory and threads of the engine."""
    raw = duckdb.connect(config={"memory_limit": MEMORY, "threads": os.cpu_count() or 1})
    for file in sorted(SHOP.glob("*.parquet")):
        raw.read_parquet(str(file)).create_view(file.stem)
    return raw


def _runs(connection: duckdb.DuckDBPyConnection, query: str) -> Callable[[], Keys]:
    return lambda: connection.execute(query).fetchall()


def _same_members(name: str, queries: tuple[Callable[[], Keys], ...]) -> int:
    """The number of members; raises AssertionError when the three differ in any."""
    krets, *others = (sorted(run()) for run in queries)
    if not krets or any(other != krets for other in others):
        message = f"{name}: {len(krets)} members, by hand {[len(other) for other in others]}"
        raise AssertionError(message)
    return len(krets)


def _medians(queries: tuple[Callable[[], Keys], ...]) -> tuple[float, ...]:
    times: list[list[float]] = [[] for _ in queries]
    for _ in range(ROUNDS):
        for run, taken in zip(queries, times, strict=True):
            started = perf_counter()
            run()
            taken.append(perf_counter() - started)
    return tuple(median(taken) for taken in times)


def _times(ratio: float) -> str:
    return f"{ratio:.2f}×"


if __name__ == "__main__":
    main()
