"""Krets's generated SQL against queries written by hand: on the same prepared tables, and for some
on the shop's raw Parquet files. The members must be the same; they run in turn in one process.

Run: python -m benchmarks.bench_queries, or with --orders 1000000 on as many orders
"""

import os
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from math import prod
from pathlib import Path
from statistics import median
from time import perf_counter

import duckdb
import pyarrow as pa

from benchmarks.many_orders import many_orders
from benchmarks.measuring import AS_OF, CATALOGUE, SHOP, segments, table
from segments.audiences import Audiences, KeyList, Segment
from segments.codec import from_text
from segments.compile import compile_members, to_sql
from segments.engine.duckdb_engine import MEMORY, Engine

ROUNDS = 15
LISTED = 7  # every so manieth member is on the list
KEPT = Audiences(
    segments={"new this year": Segment("new this year", from_text("registered_at in 2026"))},
    lists={"called": KeyList("called", "called", None, 0)},
)

Run = Callable[[], pa.Table]


def main() -> None:
    """Measure and print."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, help="at least so many; without it the sample shop")
    parser.add_argument("--only", default="", help="segments whose names hold this")
    options = parser.parse_args()
    folder = many_orders(options.orders) if options.orders else SHOP
    cases = [each for each in segments() if options.only in each["name"]]
    with (
        Engine.open(folder, CATALOGUE) as engine,
        duckdb.connect(str(engine.path), read_only=True) as prepared,
    ):
        engine.keep(KEPT, lambda _: ())
        prepared.register("called", _list(prepared))
        measured = [_measured(case, engine, prepared, _raw_files(folder)) for case in cases]
    print(table(HEADS, [_row(*each) for each in measured] + _whole(measured)))
    print(f"\nmedians of {ROUNDS} runs in turn, {os.cpu_count()} cores; same members each time")


HEADS = ("segment", "members", "krets ms", "by hand ms", "raw ms", "krets/hand", "raw/krets")
Measured = tuple[str, int, Sequence[float]]


def _measured(
    case: dict[str, str],
    engine: Engine,
    prepared: duckdb.DuckDBPyConnection,
    raw: duckdb.DuckDBPyConnection,
) -> Measured:
    queries = [_runs(prepared, _generated(engine, case["means"]))]
    queries.append(_runs(prepared, case["prepared"]))
    if "raw" in case:
        queries.append(_runs(raw, case["raw"]))
    return case["name"], _same_members(case["name"], queries), _medians(queries)


def _generated(engine: Engine, means: str) -> str:
    return to_sql(compile_members(from_text(means), engine.catalogue, *engine.as_of(AS_OF)))


def _raw_files(folder: Path) -> duckdb.DuckDBPyConnection:
    """The shop's files as views of their names, with the memory and threads of the engine."""
    raw = duckdb.connect(config={"memory_limit": MEMORY, "threads": os.cpu_count() or 1})
    for file in sorted(folder.glob("*.parquet")):
        raw.read_parquet(str(file)).create_view(file.stem)
    return raw


def _list(prepared: duckdb.DuckDBPyConnection) -> pa.Table:
    query = "SELECT member AS entry FROM members WHERE member % ? = 0"
    return prepared.execute(query, [LISTED]).to_arrow_table()


def _runs(connection: duckdb.DuckDBPyConnection, query: str) -> Run:
    return lambda: connection.sql(query).to_arrow_table()


def _same_members(name: str, queries: Sequence[Run]) -> int:
    """The number of members; raises AssertionError when the answers differ in any."""
    krets, *others = (sorted(run().column(0).to_pylist()) for run in queries)
    if not krets or any(other != krets for other in others):
        message = f"{name}: {len(krets)} members, by hand {[len(other) for other in others]}"
        raise AssertionError(message)
    return len(krets)


def _medians(queries: Sequence[Run]) -> Sequence[float]:
    times: list[list[float]] = [[] for _ in queries]
    for _ in range(ROUNDS):
        for run, taken in zip(queries, times, strict=True):
            started = perf_counter()
            run()
            taken.append(perf_counter() - started)
    return [median(taken) for taken in times]


def _row(name: str, members: int, taken: Sequence[float]) -> tuple[str, ...]:
    times = [f"{1000 * each:.1f}" for each in taken]
    ratios = [_times(each) for each in _ratios(taken)]
    empty = [""] * (3 - len(taken))
    return (name, f"{members:,}", *times, *empty, *ratios, *empty)


def _ratios(taken: Sequence[float]) -> list[float]:
    """How many times as long the generated query takes as the one by hand, and the one on the raw
    files as the generated one."""
    krets, by_hand, *raw = taken
    return [krets / by_hand, *(each / krets for each in raw)]


def _whole(measured: Sequence[Measured]) -> list[tuple[str, ...]]:
    ratios = [_ratios(taken) for *_, taken in measured]
    columns = [[each[place] for each in ratios if len(each) > place] for place in (0, 1)]
    rows = (
        ("geometric mean", [prod(each) ** (1 / len(each)) if each else 0 for each in columns]),
        ("median", [median(each or [0]) for each in columns]),
        ("greatest", [max(each, default=0) for each in columns]),
    )
    return [(name, "", "", "", "", *map(_times, numbers)) for name, numbers in rows]


def _times(ratio: float) -> str:
    return f"{ratio:.2f}×"


if __name__ == "__main__":
    main()
