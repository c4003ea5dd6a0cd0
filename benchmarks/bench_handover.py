"""Audience files of a million members: time beside pandas' writer, and memory at several sizes.

Both write the same rows of the same prepared shop, each in a process of its own; memory is the most
that the process ever held (VmHWM), with DuckDB's own limit at --memory. Run with --help.
"""

import argparse
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from time import perf_counter

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from sqlglot import exp

from benchmarks.measuring import table
from segments.catalogue_file import loads
from segments.engine.duckdb_engine import Engine
from segments.handover import Terms, write_file

CATALOGUE = """\
version = 1
[shop]
home = "SE"
[member]
table = "people"
key = "person"
[fields.first_name]
role = "first_name"
[fields.email]
role = "email"
[fields.phone]
role = "phone"
[fields.city]
role = "city"
[fields.consent_email]
role = "consent_email"
[fields.consent_ads]
role = "consent_ads"
[fields.spent]
type = "money"
"""
FIELDS = ("email", "first_name", "city", "spent")
TOOLS = ("csv", "excel", "jsonl", "parquet", "google_ads", "pandas")
MEMORY = "100MB"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[250_000, 1_000_000])
    parser.add_argument("--tools", nargs="+", choices=TOOLS, default=TOOLS)
    parser.add_argument("--memory", default=MEMORY)
    parser.add_argument("--one", nargs=2, metavar=("TOOL", "FOLDER"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        _one(chosen.one[0], Path(chosen.one[1]), chosen.memory)
        return
    heads = ("file", "rows", "seconds", "rows/s", "pandas/this", "MB")
    found = []
    for rows in sorted(chosen.rows):
        with tempfile.TemporaryDirectory() as folder:
            _make(Path(folder), rows)
            measured = {tool: _run(tool, folder, chosen.memory) for tool in chosen.tools}
        pandas = measured.get("pandas", (0.0, 0.0))[0]
        for tool, (seconds, megabytes) in measured.items():
            ratio = f"{pandas / seconds:.2f}x" if pandas else ""
            speed = f"{rows / seconds:,.0f}"
            found.append((tool, f"{rows:,}", f"{seconds:.2f}", speed, ratio, f"{megabytes:.0f}"))
    print(table(heads, found))
    print(f"\nDuckDB limited to {chosen.memory}; a process that only opens the shop holds 130 MB")


def _make(folder: Path, rows: int) -> None:
    (folder / "data").mkdir()
    yes = pa.array([True]).take(pa.array([0] * rows))
    columns = {
        "person": pa.array(range(rows)),
        "first_name": pa.array([f"Name {each}" for each in range(rows)]),
        "email": pa.array([f"Person{each}@Example.com" for each in range(rows)]),
        "phone": pa.array([f"+46701{each % 1_000_000:06d}" for each in range(rows)]),
        "city": pa.array([("Malmö", "Oslo", "Aarhus")[each % 3] for each in range(rows)]),
        "consent_email": yes,
        "consent_ads": yes,
        "spent": pa.array([each % 1000 / 4 for each in range(rows)]),
    }
    pq.write_table(pa.table(columns), folder / "data" / "people.parquet")
    Engine.open(folder / "data", loads(CATALOGUE), folder / "cache").close()


def _run(tool: str, folder: str, memory: str) -> tuple[float, float]:
    """Seconds, and the most megabytes."""
    command = [sys.executable, "-m", "benchmarks.bench_handover", "--one", tool, folder]
    command += ["--memory", memory]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    seconds, megabytes = done.stdout.split()[:2]
    return float(seconds), float(megabytes)


def _one(tool: str, folder: Path, memory: str) -> None:
    with Engine.open(folder / "data", loads(CATALOGUE), folder / "cache", memory=memory) as engine:
        begun = perf_counter()
        if tool == "pandas":
            names = ", ".join(("member", *FIELDS))
            with duckdb.connect(str(engine.path), read_only=True) as prepared:
                frame = prepared.sql(f"SELECT {names} FROM members ORDER BY member").df()  # noqa: S608
            frame.to_csv(folder / "out", index=False, lineterminator="\r\n")
        else:
            everyone = exp.select(exp.column("member")).from_(exp.table_("members"))
            fields = () if tool == "google_ads" else FIELDS
            write_file(engine, everyone, Terms(tool, fields), date(2026, 1, 1), folder / "out")
        print(perf_counter() - begun, _most())


def _most() -> float:
    """The most memory this process has held, in megabytes."""
    status = Path("/proc/self/status").read_text()
    line = next(each for each in status.splitlines() if each.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
