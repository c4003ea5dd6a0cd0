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
from time import perf_counter, process_time
from typing import NamedTuple

import duckdb
import pyarrow as pa

from benchmarks.many_orders import many_orders
from benchmarks.measuring import AS_OF, CATALOGUE, SHOP, segments, table
from segments.audiences import Audiences, KeyList, Segment
from segments.codec import from_text
from segments.compile import compile_members, to_sql
from segments.engine.duckdb_engine import MEMORY, Engine

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
    parser.add_argument("--rounds", type=int, default=15, help="how often each is run")
    options = parser.parse_args()
    folder = many_orders(options.orders) if options.orders else SHOP
    cases = [each for each in segments() if options.only in each["name"]]
    with (
        Engine.open(folder, CATALOGUE) as engine,
        duckdb.connect(str(engine.path), read_only=True) as prepared,
    ):
        engine.keep(KEPT, lambda _: ())
        prepared.register("called", listed(prepared))
        raw = _raw_files(folder)
        measured = []
        for case in cases:
            queries = [_runs(prepared, generated(engine, case["means"]))]
            queries.append(_runs(prepared, case["prepared"]))
            if "raw" in case:
                queries.append(_runs(raw, case["raw"]))
            members = _same_members(case["name"], queries)
            measured.append(Measured(case["name"], members, *_medians(queries, options.rounds)))
    print(table(HEADS, [_row(each) for each in measured] + _whole(measured)))
    how = f"medians of {options.rounds} runs in turn, {os.cpu_count()} cores"
    print(f"\n{how}; the same members each time")


HEADS = (
    *("segment", "members", "krets ms", "by hand ms", "raw ms"),
    *("krets/hand", "by cpu", "raw/krets"),
)


class Measured(NamedTuple):
    """One segment: how many members, and the seconds of the generated query, of the one by hand
    and, where there is one, of that on the raw files; by the clock and of the processor."""

    name: str
    members: int
    clock: Sequence[float]
    cpu: Sequence[float]

    @property
    def ratios(self) -> list[float]:
        """Generated to by hand, by the clock and the processor; raw files to generated."""
        krets, by_hand, *raw = self.clock
        return [krets / by_hand, self.cpu[0] / self.cpu[1], *(each / krets for each in raw)]


def generated(engine: Engine, means: str) -> str:
    """Krets's query for a canonical text."""
    return to_sql(compile_members(from_text(means), engine.catalogue, *engine.as_of(AS_OF)))


def _raw_files(folder: Path) -> duckdb.DuckDBPyConnection:
    """The shop's files as views of their names, with the memory and threads of the engine."""
    raw = duckdb.connect(config={"memory_limit": MEMORY, "threads": os.cpu_count() or 1})
    for file in sorted(folder.glob("*.parquet")):
        raw.read_parquet(str(file)).create_view(file.stem)
    return raw


def listed(prepared: duckdb.DuckDBPyConnection) -> pa.Table:
    """The entries of the list that the segments name."""
    query = f"SELECT member AS entry FROM members WHERE member % {LISTED} = 0"  # noqa: S608 - a number
    return prepared.sql(query).to_arrow_table()


def _runs(connection: duckdb.DuckDBPyConnection, query: str) -> Run:
    return lambda: connection.sql(query).to_arrow_table()


def _same_members(name: str, queries: Sequence[Run]) -> int:
    """The number of members; raises AssertionError when the answers differ in any."""
    krets, *others = (sorted(run().column(0).to_pylist()) for run in queries)
    if not krets or any(other != krets for other in others):
        message = f"{name}: {len(krets)} members, by hand {[len(other) for other in others]}"
        raise AssertionError(message)
    return len(krets)


def _medians(queries: Sequence[Run], rounds: int) -> tuple[list[float], list[float]]:
    """The seconds of each by the clock, and of the processor."""
    clock: list[list[float]] = [[] for _ in queries]
    cpu: list[list[float]] = [[] for _ in queries]
    for _ in range(rounds):
        for place, run in enumerate(queries):
            started, worked = perf_counter(), process_time()
            run()
            clock[place].append(perf_counter() - started)
            cpu[place].append(process_time() - worked)
    return [median(each) for each in clock], [median(each) for each in cpu]


def _row(each: Measured) -> tuple[str, ...]:
    times = [f"{1000 * seconds:.1f}" for seconds in each.clock]
    empty = [""] * (3 - len(times))
    ratios = map(_times, each.ratios)
    return (each.name, f"{each.members:,}", *times, *empty, *ratios, *empty)


def _whole(measured: Sequence[Measured]) -> list[tuple[str, ...]]:
    found = [each.ratios for each in measured]
    columns = [[each[place] for each in found if len(each) > place] for place in range(3)]
    rows = (
        ("geometric mean", [prod(each) ** (1 / max(1, len(each))) for each in columns]),
        ("median", [median(each or [0]) for each in columns]),
        ("greatest", [max(each, default=0) for each in columns]),
    )
    return [(name, "", "", "", "", *map(_times, numbers)) for name, numbers in rows]


def _times(ratio: float) -> str:
    return f"{ratio:.2f}×"


if __name__ == "__main__":
    main()
