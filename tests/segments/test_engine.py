"""The engine: right answers, locked doors, and queries that can be stopped."""

import os
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from sqlglot import exp, parse_one

from assistant.grammar.reader import Reader
from segments.catalogue import Spoken, Type
from segments.catalogue_file import loads
from segments.check import check
from segments.codec import from_text
from segments.engine.duckdb_engine import Engine
from segments.engine.job import Job
from segments.errors import Broken, Cancelled, Shown
from segments.problems import BadData, NoTimeOfDay
from tests.files import CATALOGUE, TABLES, write_shop

SMALL = loads(CATALOGUE)
EVERYONE = "SELECT member FROM members"
BUYERS = "SELECT DISTINCT member FROM purchase"
RECORDS = "definition.aggregate.records"
ENDLESS = (
    "SELECT a.i AS member FROM range(100000000) AS a(i) JOIN range(100000000) AS b(i)"
    " ON a.i % 7 < b.i % 5 WHERE hash(a.i, b.i) = 1"
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    place = tmp_path_factory.mktemp("shop")
    with Engine.open(write_shop(place / "data"), SMALL, place / "cache") as opened:
        yield opened


def query(sql: str) -> exp.Query:
    tree = parse_one(sql, dialect="duckdb")
    assert isinstance(tree, exp.Query)
    return tree


def test_it_tells_what_the_shop_holds(engine: Engine) -> None:
    assert engine.total == 3
    assert engine.newest == datetime(2024, 3, 3, 23, 59, 59)
    assert engine.report == {"purchase.without_member": 1}
    assert engine.unknown_count("city") == 1
    assert Spoken("purchase.category", "hair", "hår", "sv") in engine.values()


def test_types_left_out_are_found_in_the_data(engine: Engine) -> None:
    kinds = {name: field.type for name, field in engine.catalogue.fields.items()}
    assert kinds == {
        "first_name": Type.TEXT,
        "city": Type.TEXT,
        "postal_code": Type.TEXT,
        "age": Type.AGE,
        "consent_email": Type.YES_NO,
        "gender": Type.TEXT,
        "tags": Type.LIST,
        "phone": Type.TEXT,
    }
    assert engine.catalogue.events["purchase"].attributes["amount"].type is Type.MONEY
    assert all(field.typed for field in engine.catalogue.fields.values())


@pytest.mark.parametrize(
    ("second", "reasons"), [("2026-01-02", ["no_time_of_day"]), ("2026-01-02 20:15", [])]
)
def test_an_event_of_which_only_days_are_known_is_told(
    tmp_path: Path, second: str, reasons: list[str]
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "log.csv").write_text(f"who,at\n1,2026-01-01\n2,{second}\n")
    catalogue = loads("""
version = 1
[shop]
name = "Log"
[member]
table = "log"
key = "who"
[events.visit]
table = "log"
member = "who"
time = "at"
role = "visit"
""")
    evening = from_text("count(visit where hour in (20, 21)) >= 1")
    with Engine.open(tmp_path / "data", catalogue, tmp_path / "cache") as opened:
        assert opened.catalogue.events["visit"].dated is bool(reasons)
        problems = list(check(evening, opened.catalogue))
        assert problems == ([NoTimeOfDay(f"{RECORDS}.filters[0]", "visit")] if reasons else [])
        reading = Reader(opened.catalogue, opened.values()).read("visited after 8 pm")
        assert [reason.code for reason in reading.reasons] == reasons


def test_it_counts_and_lists(engine: Engine) -> None:
    assert engine.count(query(EVERYONE)) == 3
    assert engine.counts([query(EVERYONE), query(BUYERS)]) == [3, 2]
    assert sorted(engine.members(query(BUYERS))) == [1, 2]


def test_a_page_holds_what_was_asked_for(engine: Engine) -> None:
    page = engine.page(query(EVERYONE), ["city"], offset=1, limit=1)
    assert page.to_pylist() == [{"member": 2, "city": None}]
    falling = engine.page(query(EVERYONE), ["city"], order=("city", True))
    assert falling.column("city").to_pylist() == ["Umeå", "Oslo", None]


def test_a_stream_gives_everyone_in_order(engine: Engine) -> None:
    batches = list(engine.stream(query(EVERYONE), ["first_name"]))
    found = [row for batch in batches for row in batch.to_pylist()]
    assert [row["member"] for row in found] == [1, 2, 3]


# --- as of ---------------------------------------------------------------------------------------


def test_as_of_is_the_newest_event_unless_a_day_is_named(engine: Engine) -> None:
    newest = datetime(2024, 3, 3, 23, 59, 59)
    assert engine.as_of() == (newest + timedelta(microseconds=1), None)
    assert engine.as_of(date(2024, 3, 3)) == (datetime(2024, 3, 4), None)
    assert engine.as_of(date(2024, 3, 2)) == (datetime(2024, 3, 3), datetime(2024, 3, 3))


def test_as_of_follows_the_catalogue(tmp_path: Path) -> None:
    closed = replace(SMALL, as_of=date(2024, 1, 31))
    with Engine.open(write_shop(tmp_path / "data"), closed, tmp_path / "cache") as engine:
        assert engine.as_of() == (datetime(2024, 2, 1), datetime(2024, 2, 1))


def test_what_is_booked_ahead_is_not_today(tmp_path: Path) -> None:
    folder = write_shop(tmp_path / "data")
    orders = (folder / "orders.csv").read_text(encoding="utf-8")
    ahead = orders.replace("2024-03-03", "2199-03-03")
    assert ahead != orders
    (folder / "orders.csv").write_text(ahead, encoding="utf-8")
    written = datetime(2024, 3, 10, 12, tzinfo=UTC).timestamp()
    for file in folder.iterdir():
        os.utime(file, (written, written))
    with Engine.open(folder, SMALL, tmp_path / "cache") as engine:
        assert engine.newest == datetime(2199, 3, 3, 23, 59, 59)
        assert engine.as_of() == (datetime(2024, 3, 11), datetime(2024, 3, 11))


# --- doors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('{file}')",
        "SELECT * FROM read_text('{file}')",
        "SELECT * FROM read_parquet('{file}')",
        "SELECT * FROM glob('{folder}/*')",
        "SELECT * FROM '{file}'",
        "SELECT * FROM 'http://localhost:9/x.csv'",
        "SELECT * FROM read_csv('https://localhost:9/x.csv')",
        "ATTACH '{folder}/new.duckdb'",
        "COPY members TO '{folder}/out.csv'",
        "EXPORT DATABASE '{folder}/out'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "PRAGMA threads = 1",
        "SET enable_external_access = true",
        "SET allowed_directories = ['{folder}']",
        "SET memory_limit = '20GB'",
        "SET lock_configuration = false",
        "RESET memory_limit",
        "DELETE FROM members",
        "CREATE TABLE mine (i INT)",
        "DROP TABLE members",
    ],
)
def test_no_statement_opens_a_door(engine: Engine, tmp_path: Path, sql: str) -> None:
    file = tmp_path / "secret.csv"
    file.write_text("a\n1\n")
    with pytest.raises(duckdb.Error):
        engine._connection.execute(sql.format(file=file, folder=tmp_path)).fetchall()
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]
    assert engine.count(query(EVERYONE)) == 3


def test_only_one_select_tree_is_run(engine: Engine) -> None:
    for tree in (
        parse_one("DROP TABLE members"),
        parse_one("COPY members TO 'x.csv'"),
        exp.Command(this="PRAGMA", expression="version"),
        "SELECT member FROM members",
    ):
        with pytest.raises(Broken):
            engine.members(tree)  # type: ignore[arg-type]


def test_a_query_that_cannot_run_is_a_bug(engine: Engine) -> None:
    with pytest.raises(Broken):
        engine.count(query("SELECT nothing FROM nowhere"))


# --- stopping ------------------------------------------------------------------------------------


def test_a_running_query_is_stopped_from_another_thread(engine: Engine) -> None:
    job = Job()
    threading.Timer(0.2, job.cancel).start()
    begun = time.monotonic()
    with pytest.raises(Cancelled):
        engine.count(query(ENDLESS), job)
    assert time.monotonic() - begun < 5
    assert engine.count(query(EVERYONE)) == 3


def test_a_cancelled_job_runs_nothing(engine: Engine) -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        engine.count(query(EVERYONE), job)


def test_cancelling_at_any_moment_is_never_lost(engine: Engine) -> None:
    for step in range(30):
        job = Job()
        threading.Timer(step / 10_000, job.cancel).start()
        with pytest.raises(Cancelled):
            engine.count(query(ENDLESS), job)


def test_interrupt_stops_all_and_others_go_on(engine: Engine) -> None:
    stopped: list[bool] = []

    def ask() -> None:
        try:
            engine.count(query(ENDLESS))
        except Cancelled:
            stopped.append(True)

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    time.sleep(0.3)
    engine.interrupt()
    for thread in threads:
        thread.join(timeout=10)
    assert stopped == [True, True]
    assert engine.count(query(EVERYONE)) == 3


def test_a_stream_is_stopped_between_batches(engine: Engine) -> None:
    job = Job()
    batches = engine.stream(query(EVERYONE), ["city"], job)
    next(batches)
    job.cancel()
    with pytest.raises(Cancelled):
        next(batches)


def test_a_query_ends_after_the_time_it_is_given(tmp_path: Path) -> None:
    folder = write_shop(tmp_path / "data")
    with (
        Engine.open(folder, SMALL, tmp_path / "cache", seconds=0.2) as engine,
        pytest.raises(Cancelled),
    ):
        engine.count(query(ENDLESS))


# --- the file ------------------------------------------------------------------------------------


def test_two_engines_share_one_file(tmp_path: Path) -> None:
    folder, kept = write_shop(tmp_path / "data"), tmp_path / "cache"
    with Engine.open(folder, SMALL, kept) as first, Engine.open(folder, SMALL, kept) as second:
        assert first.count(query(EVERYONE)) == second.count(query(EVERYONE)) == 3
        with pytest.raises(duckdb.Error):
            second._connection.execute("SET threads = 1").fetchall()


def test_a_newer_version_opens_beside_an_older(tmp_path: Path) -> None:
    folder, kept = write_shop(tmp_path / "data"), tmp_path / "cache"
    with Engine.open(folder, SMALL, kept) as first:
        write_shop(folder, customers=TABLES["customers"] + "4;Eva;;;;;;;\n")
        with Engine.open(folder, SMALL, kept) as second:
            assert (first.total, second.total) == (3, 4)
            assert first.count(query(EVERYONE)) == 3


def test_a_damaged_prepared_file_is_made_anew(tmp_path: Path) -> None:
    folder, kept = write_shop(tmp_path / "data"), tmp_path / "cache"
    with Engine.open(folder, SMALL, kept) as engine:
        path = engine.path
    path.write_bytes(b"not a database")
    with Engine.open(folder, SMALL, kept) as engine:
        assert engine.total == 3


def test_many_threads_ask_at_once(engine: Engine) -> None:
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda: found.append(engine.count(query(BUYERS))))
        for _ in range(16)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [2] * 16


def test_opening_names_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "catalogue.toml").write_text(CATALOGUE)
    with pytest.raises(Shown) as caught:
        Engine.open(tmp_path / "none", tmp_path / "catalogue.toml", tmp_path / "cache")
    (problem,) = caught.value.problems
    assert isinstance(problem, BadData)
    assert problem.code == "folder_missing"
