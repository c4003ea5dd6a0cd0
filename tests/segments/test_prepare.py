"""Preparing a shop: what its tables hold, what is refused, and that nothing half made is left."""

import multiprocessing
import os
import signal
import time
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from segments.catalogue_file import loads
from segments.engine import cache
from segments.engine.prepare import prepare
from segments.errors import Shown
from segments.problems import BadData
from tests.files import CATALOGUE, TABLES, write_shop

SMALL = loads(CATALOGUE)
EVENTS = """\
version = 1
[shop]
time_zone = "Europe/Stockholm"
[member]
table = "log"
key = "who"
[events.visit]
table = "log"
member = "who"
time = "at"
"""


def rows(path: Path, table: str, columns: str = "*") -> list[tuple[Any, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.sql(f'SELECT {columns} FROM "{table}"').fetchall()  # noqa: S608


def prepared(tmp_path: Path, catalogue: str = CATALOGUE, **tables: str | None) -> Path:
    folder = write_shop(tmp_path / "data", **tables)
    return prepare(folder, loads(catalogue), tmp_path / "cache")


def problems(
    tmp_path: Path, catalogue: str = CATALOGUE, **tables: str | None
) -> set[tuple[str, str]]:
    with pytest.raises(Shown) as caught:
        prepared(tmp_path, catalogue, **tables)
    return {(p.code, p.found) for p in caught.value.problems if isinstance(p, BadData)}


def log(tmp_path: Path, catalogue: str = EVENTS, **columns: Any) -> Path:  # noqa: ANN401
    (tmp_path / "data").mkdir(exist_ok=True)
    pq.write_table(pa.table(columns), tmp_path / "data" / "log.parquet")
    return prepare(tmp_path / "data", loads(catalogue), tmp_path / "cache")


def test_members_stand_in_order_with_their_fields(tmp_path: Path) -> None:
    path = prepared(tmp_path)
    assert rows(path, "members") == [
        (1, "Åsa", "Umeå", "01234", date(1990, 2, 3), True, "F", ["vip", "new"], "+46701234567"),
        (2, "Bo", None, "12345", None, False, "M", None, None),
        (3, "=2+2", "Oslo", "22222", date(2000, 2, 29), None, "F", ["new"], "0701"),
    ]


def test_records_are_filtered_in_time_order_and_only_of_members(tmp_path: Path) -> None:
    path = prepared(tmp_path)
    assert rows(path, "purchase") == [
        (1, datetime(2024, 1, 1, 10), 10, Decimal("100.5"), "web"),
        (2, datetime(2024, 3, 1, 10), 12, Decimal(20), "store"),
        (1, datetime(2024, 3, 3, 23, 59, 59), 14, None, "web"),
    ]
    report = dict(rows(path, "krets_meta"))["report"]
    assert report == '{"purchase.without_member": 1}'


def test_parts_know_their_record(tmp_path: Path) -> None:
    path = prepared(tmp_path)
    assert rows(path, "purchase_parts", "record, member, amount, category, channel") == [
        (10, 1, Decimal("60.25"), "hair", "web"),
        (10, 1, Decimal("40.25"), "skin", "web"),
        (12, 2, Decimal(20), None, "store"),
    ]


def test_values_can_be_spoken(tmp_path: Path) -> None:
    path = prepared(tmp_path)
    assert set(rows(path, "krets_values")) == {
        ("city", "Oslo", "Oslo", None),
        ("city", "Umeå", "Umeå", None),
        ("gender", "F", "woman", "en"),
        ("gender", "F", "women", "en"),
        ("gender", "F", "kvinna", "sv"),
        ("gender", "M", "man", "en"),
        ("tags", "new", "new", None),
        ("tags", "vip", "vip", None),
        ("purchase.category", "hair", "hair", None),
        ("purchase.category", "skin", "skin", None),
        ("purchase.category", "hair", "hår", "sv"),
        ("purchase.category", "skin", "hud", "sv"),
    }


def test_how_often_values_are_there_is_counted_at_home_and_in_parts(tmp_path: Path) -> None:
    path = prepared(tmp_path)
    counted = set(rows(path, "krets_uses"))
    assert {use for use in counted if use[0] == "purchase.category"} == {
        ("purchase.category", "hair", 1),
        ("purchase.category", "skin", 1),
    }
    with duckdb.connect(str(path), read_only=True) as connection:
        cities = connection.sql("FROM members SELECT city, count(*) WHERE city NOT NULL GROUP BY 1")
        expected = {("city", city, number) for city, number in cities.fetchall()}
    assert {use for use in counted if use[0] == "city"} == expected != set()
    assert ("tags", "vip", 1) in counted


def test_a_prepared_file_speaks_of_nothing_outside_it(tmp_path: Path) -> None:
    path = prepared(tmp_path)
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = connection.sql("SELECT table_name FROM information_schema.tables").fetchall()
    assert {name for (name,) in tables} == {
        "members",
        "purchase",
        "purchase_parts",
        "krets_values",
        "krets_towns",
        "krets_uses",
        "krets_meta",
    }


def test_lines_alone_make_records(tmp_path: Path) -> None:
    catalogue = EVENTS.replace("[events.visit]", '[events.visit]\nrecord = "b"\nparts = "log"')
    catalogue += (
        '[events.visit.attributes.amount]\npart = "x"\ntype = "money"\nrole = "amount"\n'
        '[events.visit.attributes.units]\npart = "n"\nrole = "quantity"\n'
        '[events.visit.attributes.shop]\npath = "s"\n'
    )
    moments = [datetime(2024, 1, day) for day in (3, 1, 2, 4)]
    path = log(
        tmp_path,
        catalogue,
        who=[1, 1, 2, 2],
        at=moments,
        b=[7, 7, 8, None],
        x=[0.1, 0.2, 5.0, 9.0],
        n=[1, 2, 3, 4],
        s=["b", "a", "c", "d"],
    )
    assert rows(path, "visit") == [
        (1, datetime(2024, 1, 1), 7, Decimal("0.3"), 3, "a"),
        (2, datetime(2024, 1, 2), 8, Decimal(5), 3, "c"),
    ]
    assert rows(path, "visit_parts", "record, amount, shop") == [
        (7, Decimal("0.1"), "a"),
        (7, Decimal("0.2"), "a"),
        (8, Decimal(5), "c"),
    ]
    kinds = rows(path, "visit", "typeof(amount), typeof(units)")
    assert kinds[0] == ("DECIMAL(18,4)", "BIGINT")


def test_without_a_table_of_members_the_latest_known_value_counts(tmp_path: Path) -> None:
    catalogue = EVENTS + "[fields.town]\n"
    moments = [datetime(2024, 1, day) for day in (1, 2, 3, 1)]
    columns = {"who": [1, 1, 1, 2], "at": moments, "town": ["Oslo", "Bergen", None, None]}
    assert rows(log(tmp_path, catalogue, **columns), "members") == [(1, "Bergen"), (2, None)]


def test_instants_are_told_in_the_time_of_the_shop(tmp_path: Path) -> None:
    utc = pa.array([datetime(2024, 7, 1, 22, 30)], pa.timestamp("us", tz="UTC"))
    local = [(datetime(2024, 7, 2, 0, 30),)]
    assert rows(log(tmp_path, who=[1], at=utc), "visit", '"at"') == local
    text = ["2024-07-01T22:30:00Z"]
    assert rows(log(tmp_path, who=[1], at=text), "visit", '"at"') == [
        (datetime(2024, 7, 2, 0, 30),)
    ]


@pytest.mark.parametrize("written", [[date(2024, 7, 1)], ["2024-07-01"], [20240701], ["1.7.2024"]])
def test_days_are_midnights(tmp_path: Path, written: list[Any]) -> None:
    path = log(tmp_path, who=[1], at=written)
    assert rows(path, "visit", '"at"') == [(datetime(2024, 7, 1),)]


@pytest.mark.parametrize(
    ("type_", "written", "read"),
    [
        ("yes/no", ["ja", "NEI", "maybe"], [True, False, None]),
        ("yes/no", [1, 0, 2], [True, False, None]),
        ("money", ["1 200,50 kr", "1,200.50", "-3"], [Decimal("1200.5")] * 2 + [Decimal(-3)]),
        ("money", ["(5.00)", "\u22125,5", "kr 7-"], [Decimal(-5), Decimal("-5.5"), Decimal(-7)]),
        ("money", ["100,-", "kr -2", "10-20"], [Decimal(100), Decimal(-2), None]),
        ("age", [1970, 1893, 70], [date(1970, 1, 1), date(1893, 1, 1), None]),
        ("age", [1970.0, None, 2.5], [date(1970, 1, 1), None, None]),
        ("age", ["1970", "1970-05-02", "soon"], [date(1970, 1, 1), date(1970, 5, 2), None]),
        ("age", [19700502, 1970, None], [date(1970, 5, 2), date(1970, 1, 1), None]),
        ("money", [0.1, 12.34567, None], [Decimal("0.1"), Decimal("12.3457"), None]),
        ("number", ["7", "7,5", "x"], [7.0, 7.5, None]),
        ("text", [12.0, 0.5, None], ["12", "0.5", None]),
        ("text", ["", "a", "b"], [None, "a", "b"]),
        ("list", ["a; b", '["a","b"]', ""], [["a", "b"], ["a", "b"], None]),
        ("date", ["2024-02-30", "2024-02-29", None], [None, date(2024, 2, 29), None]),
    ],
)
def test_values_are_read_as_their_type(
    tmp_path: Path, type_: str, written: list[Any], read: list[Any]
) -> None:
    catalogue = EVENTS + f'[fields.f]\ntype = "{type_}"\n'
    moments = [datetime(2024, 1, 1)] * 3
    path = log(tmp_path, catalogue, who=[1, 2, 3], at=moments, f=written)
    assert [row[0] for row in rows(path, "members", "f")] == read


def test_single_prices_keep_their_decimals(tmp_path: Path) -> None:
    single = pa.array([0.15], pa.float32())
    path = log(tmp_path, EVENTS + "[fields.f]\n", who=[1], at=["2024-01-01"], f=single)
    assert rows(path, "members", "f") == [(0.15,)]


def test_keys_of_frames_and_of_text_meet(tmp_path: Path) -> None:
    catalogue = """version = 1
[member]
table = "people"
key = "id"
[events.visit]
table = "log"
member = "who"
"""
    (tmp_path / "data").mkdir()
    pq.write_table(pa.table({"id": [1, 2]}), tmp_path / "data" / "people.parquet")
    path = log(tmp_path, catalogue, who=[1.0, None])
    assert rows(path, "visit") == [(1,)]
    path = log(tmp_path, catalogue, who=["2", "x"])
    assert rows(path, "visit") == [(2,)]


def test_codes_keep_their_zeros_in_csv(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "log.csv").write_text(
        "who,at,code,n\n007,2024-01-01,12,5\n8,2024-01-01,3,6\n"
    )
    catalogue = loads(EVENTS + '[fields.code]\ntype = "text"\n[fields.n]\n')
    path = prepare(tmp_path / "data", catalogue, tmp_path / "cache")
    assert rows(path, "members") == [("007", "12", 5), ("8", "3", 6)]


def test_a_folder_name_is_never_a_pattern(tmp_path: Path) -> None:
    folder = write_shop(tmp_path / "we[1]rd '*\"?; DROP")
    assert prepare(folder, SMALL, tmp_path / "cache").exists()


def test_a_prepared_file_is_used_again_until_something_changes(tmp_path: Path) -> None:
    first = prepared(tmp_path)
    stamp = first.stat().st_mtime_ns
    folder = tmp_path / "data"
    assert prepare(folder, SMALL, tmp_path / "cache") == first
    assert first.stat().st_mtime_ns == stamp
    write_shop(folder, products=TABLES["products"] + "10,nails,\n")
    second = prepare(folder, SMALL, tmp_path / "cache")
    assert second != first
    assert not first.exists()


def test_an_old_version_in_use_is_left(tmp_path: Path) -> None:
    first = prepared(tmp_path)
    with duckdb.connect(str(first), read_only=True):
        prepared(tmp_path, products=TABLES["products"] + "10,nails,\n")
        assert first.exists()


def test_what_is_missing_is_named_with_what_is_near(tmp_path: Path) -> None:
    catalogue = CATALOGUE.replace('path = "born"', 'path = "birn"').replace(
        'time = "ordered_at"', 'time = "order_at"'
    )
    with pytest.raises(Shown) as caught:
        prepared(tmp_path, catalogue)
    assert caught.value.problems == (
        BadData("fields.age", "column_missing", "customers.birn", ("born",)),
        BadData(
            "events.purchase.time", "column_missing", "orders.order_at", ("ordered_at", "order_id")
        ),
    )


def test_a_missing_table_is_named_with_what_is_near(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "product.csv").write_text("product_id\n1\n")
    with pytest.raises(Shown) as caught:
        prepared(tmp_path, products=None)
    (problem,) = caught.value.problems
    assert problem == BadData("tables.products", "file_missing", "products", ("product",))


def test_a_missing_and_an_empty_folder(tmp_path: Path) -> None:
    for name, code in (("none", "folder_missing"), ("empty", "folder_empty")):
        if name == "empty":
            (tmp_path / name).mkdir()
        with pytest.raises(Shown) as caught:
            prepare(tmp_path / name, SMALL, tmp_path / "cache")
        (problem,) = caught.value.problems
        assert isinstance(problem, BadData)
        assert problem.code == code


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    twice = TABLES["products"] + "7,hair,\n"
    assert problems(tmp_path, products=twice) == {("key_not_unique", "products.product_id = 7")}


def test_a_record_that_stands_twice_is_refused(tmp_path: Path) -> None:
    twice = TABLES["orders"] + "10,2,2024-01-01 10:00:00,ok,1,web\n"
    assert problems(tmp_path, orders=twice) == {("key_not_unique", "orders.order_id = 10")}


def test_a_column_of_another_kind_is_refused(tmp_path: Path) -> None:
    catalogue = CATALOGUE.replace('path = "born"', 'path = "first_name"\ntype = "age"')
    assert problems(tmp_path, catalogue) == {("type_does_not_fit", "first_name")}


def test_a_csv_that_is_not_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    folder = write_shop(tmp_path / "data")
    (folder / "customers.csv").write_bytes(TABLES["customers"].encode("latin-1"))
    assert problems(tmp_path, customers=None) == {("not_utf8", "customers.csv:2")}


@pytest.mark.parametrize("part", [0.0, 0.3, 0.6, 0.999])
def test_half_a_parquet_file_is_refused(tmp_path: Path, part: float) -> None:
    whole = tmp_path / "whole.parquet"
    pq.write_table(pa.table({"who": list(range(5000)), "at": ["2024-01-01"] * 5000}), whole)
    content = whole.read_bytes()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "log.parquet").write_bytes(content[: int(len(content) * part)])
    with pytest.raises(Shown) as caught:
        prepare(tmp_path / "data", loads(EVENTS), tmp_path / "cache")
    assert caught.value.problems == (BadData("log.parquet", "file_broken", "log.parquet"),)


def test_pages_damaged_inside_a_parquet_file_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "data" / "log.parquet"
    path.parent.mkdir()
    many = {"who": list(range(50_000)), "at": [f"2024-01-{1 + i % 28:02}" for i in range(50_000)]}
    pq.write_table(pa.table(many), path)
    content = bytearray(path.read_bytes())
    content[100:4000] = os.urandom(3900)
    path.write_bytes(content)
    with pytest.raises(Shown) as caught:
        prepare(path.parent, loads(EVENTS), tmp_path / "cache")
    assert caught.value.problems == (BadData("log.parquet", "file_broken", "log.parquet"),)
    assert [p.suffix for p in (tmp_path / "cache").iterdir()] == [".lock"]


def test_a_cache_that_cannot_be_written_gives_way(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert cache.cache_folder(blocked / "cache") != blocked / "cache"


def test_the_cache_is_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("KRETS_CACHE", raising=False)
    assert cache.cache_folder() == tmp_path / "krets"
    monkeypatch.setenv("KRETS_CACHE", str(tmp_path / "own"))
    assert cache.cache_folder() == tmp_path / "own"


# --- several processes ---------------------------------------------------------------------------


def _big(folder: Path) -> Path:
    folder.mkdir()
    with duckdb.connect() as connection:
        connection.sql(
            "SELECT i % 50000 AS who, TIMESTAMP '2024-01-01' + to_seconds(hash(i) % 9999999) AS at"
            " FROM range(4000000) r(i)"
        ).write_parquet(str(folder / "log.parquet"))
    return folder


def _prepare(data: Path, cache_dir: Path, answers: "multiprocessing.Queue[str]") -> None:
    answers.put("begun")
    answers.put(str(prepare(data, loads(EVENTS), cache_dir)))


@pytest.mark.slow
def test_a_killed_build_leaves_nothing_under_a_final_name(tmp_path: Path) -> None:
    data, kept = _big(tmp_path / "data"), tmp_path / "cache"
    context = multiprocessing.get_context("spawn")
    answers: multiprocessing.Queue[str] = context.Queue()
    process = context.Process(target=_prepare, args=(data, kept, answers))
    process.start()
    assert answers.get(timeout=60) == "begun"
    deadline = time.monotonic() + 60
    while not list(kept.glob("*.building")) and time.monotonic() < deadline:
        time.sleep(0.005)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert list(kept.glob("*.building"))
    assert not list(kept.glob("*.duckdb"))
    path = prepare(data, loads(EVENTS), kept)
    assert rows(path, "members", "count(*)") == [(50_000,)]
    assert sorted(p.suffix for p in kept.iterdir()) == [".duckdb", ".lock"]


@pytest.mark.slow
def test_two_processes_build_once(tmp_path: Path) -> None:
    data, kept = _big(tmp_path / "data"), tmp_path / "cache"
    context = multiprocessing.get_context("spawn")
    answers: multiprocessing.Queue[str] = context.Queue()
    both = [context.Process(target=_prepare, args=(data, kept, answers)) for _ in range(2)]
    for process in both:
        process.start()
    found = [answers.get(timeout=120) for _ in range(4)]
    for process in both:
        process.join()
    paths = {each for each in found if each != "begun"}
    assert len(paths) == 1
    assert [process.exitcode for process in both] == [0, 0]
    assert rows(Path(paths.pop()), "visit", "count(*)") == [(4_000_000,)]
