"""Audience files: exact, safe in spreadsheets, and never held in memory."""

import csv
import io
import tracemalloc
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sqlglot import exp

from segments.catalogue_file import loads
from segments.engine.duckdb_engine import Engine
from segments.engine.job import Job
from segments.errors import Cancelled
from segments.export import cells, write_csv
from tests.files import CATALOGUE, write_shop

EVERYONE = exp.select(exp.column("member")).from_(exp.table_("members"))
PEOPLE = """\
version = 1
[member]
table = "people"
key = "person"
[fields.name]
type = "text"
[fields.spent]
type = "money"
"""


def people(tmp_path: Path, **columns: Any) -> Engine:  # noqa: ANN401
    (tmp_path / "data").mkdir()
    pq.write_table(pa.table(columns), tmp_path / "data" / "people.parquet")
    return Engine.open(tmp_path / "data", loads(PEOPLE), tmp_path / "cache")


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def test_the_file_reads_back_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "audience.csv"
    folder = write_shop(tmp_path / "data")
    with Engine.open(folder, loads(CATALOGUE), tmp_path / "cache") as engine:
        fields = ["first_name", "postal_code", "age", "consent_email", "tags", "phone"]
        assert write_csv(engine, EVERYONE, fields, target) == 3
    assert read(target) == [
        ["customer_id", *fields],
        ["1", "Åsa", "01234", "1990-02-03", "true", "vip, new", "+46701234567"],
        ["2", "Bo", "12345", "", "false", "", ""],
        ["3", "'=2+2", "22222", "2000-02-29", "", "new", "0701"],
    ]
    assert b"\r\n" in target.read_bytes()


def test_hard_texts_survive(tmp_path: Path) -> None:
    hard = ['a"b', "c,d", "e\nf", "g\r\nh", " i ", "å;ö", "'j", "k\tl", "emoji 🙂"]
    target = tmp_path / "audience.csv"
    spent = [0.1] * len(hard)
    with people(tmp_path, person=list(range(len(hard))), name=hard, spent=spent) as engine:
        write_csv(engine, EVERYONE, ["name"], target)
    assert [row[1] for row in read(target)[1:]] == hard


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1+1", "'+1+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("+46701234567", "+46701234567"),
        ("+46 70 123 45 67", "'+46 70 123 45 67"),
        ("+46701234567\n=1", "'+46701234567\n=1"),
        ("+12345", "'+12345"),
        ("a=1", "a=1"),
        ("", ""),
        (None, None),
    ],
)
def test_formulas_cannot_run_and_telephone_numbers_stay(
    text: str | None, written: str | None
) -> None:
    assert cells(pa.array([text], pa.string())).to_pylist() == [written]


def test_other_kinds_are_written_plainly() -> None:
    assert cells(pa.array([Decimal("100.5000"), Decimal("-0.1250"), None])).to_pylist() == [
        "100.50",
        "-0.125",
        None,
    ]
    assert cells(pa.array([datetime(2024, 1, 2, 3, 4, 5)])).to_pylist() == ["2024-01-02 03:04:05"]
    assert cells(pa.array([date(2024, 1, 2)])).to_pylist() == ["2024-01-02"]
    assert cells(pa.array([True, None])).to_pylist() == ["true", None]
    assert cells(pa.array([-5, 12])).to_pylist() == ["-5", "12"]
    assert cells(pa.array([["=a", "b"]])).to_pylist() == ["'=a, b"]


def test_the_key_is_named_once_and_guarded_as_text(tmp_path: Path) -> None:
    target = io.StringIO(newline="")
    with people(tmp_path, person=["=a", "b"], name=["x", "y"], spent=[1.0, None]) as engine:
        assert write_csv(engine, EVERYONE, ["spent"], target) == 2
    assert target.getvalue() == "person,spent\r\n'=a,1.00\r\nb,\r\n"


def test_a_cancelled_file_is_not_left(tmp_path: Path) -> None:
    target, job = tmp_path / "audience.csv", Job()
    target.write_text("before")
    job.cancel()
    with people(tmp_path, person=[1], name=["x"], spent=[1.0]) as engine, pytest.raises(Cancelled):
        write_csv(engine, EVERYONE, ["name"], target, job)
    assert target.read_text() == "before"
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.slow
def test_a_large_audience_is_not_held(tmp_path: Path) -> None:
    many = 1_000_000
    names = pa.array([f"Person {i}" for i in range(many)])
    target = tmp_path / "audience.csv"
    with people(tmp_path, person=pa.array(range(many)), name=names, spent=[1.0] * many) as engine:
        tracemalloc.start()
        assert write_csv(engine, EVERYONE, ["name", "spent"], target) == many
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < 60_000_000
    with target.open(encoding="utf-8", newline="") as stream:
        assert sum(1 for _ in csv.reader(stream)) == many + 1
