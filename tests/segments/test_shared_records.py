"""Sources that have only lines, where two members have records of one number."""

from pathlib import Path

import duckdb
import pytest

from segments.catalogue_check import check_against, is_remark
from segments.catalogue_file import loads
from segments.engine.prepare import prepare
from segments.problems import BadData

PEOPLE = "person\na\nb\nc\n"
LINES = """number,person,at,thing,paid
1,a,2025-01-02,tea,10
1,b,2025-01-03,cup,20
1,b,2025-01-03,tea,5
2,a,2025-01-04,cup,7
3,,2025-01-05,pot,9
4,c,2025-01-06,pot,8
4,,2025-01-06,cup,3
5,nobody,2025-01-07,cup,1
"""
CATALOGUE = """version = 1
[member]
table = "people"
key = "person"
[events.purchase]
role = "purchase"
table = "lines"
record = "number"
member = "person"
time = "at"
parts = "lines"
[events.purchase.attributes.amount]
part = "paid"
role = "amount"
[events.purchase.attributes.thing]
part = "thing"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "lines.csv").write_text(LINES, encoding="utf-8")
    return tmp_path


def test_each_member_has_a_record_of_their_own(folder: Path) -> None:
    made = prepare(folder, loads(CATALOGUE), folder / "cache")
    with duckdb.connect(str(made), read_only=True) as connection:
        records = connection.execute(
            "SELECT member, count(*), count(DISTINCT record), sum(amount)::INTEGER FROM purchase "
            "GROUP BY member ORDER BY member"
        ).fetchall()
        parts = connection.execute(
            "SELECT p.member, p.thing FROM purchase_parts p JOIN purchase e USING (record) "
            "ORDER BY p.member, p.thing"
        ).fetchall()
    assert records == [("a", 2, 2, 17), ("b", 1, 1, 25), ("c", 1, 1, 8)]
    assert parts == [("a", "cup"), ("a", "tea"), ("b", "cup"), ("b", "tea"), ("c", "pot")]


def test_the_check_tells_how_many_are_shared_and_how_many_lines_are_of_nobody(folder: Path) -> None:
    found = check_against(loads(CATALOGUE), folder)
    assert found == (
        BadData("purchase.member", "without_member", "3/8"),
        BadData("purchase.record", "record_shared", "1 (1)"),
    )
    assert all(is_remark(each) for each in found)


def test_records_that_nobody_shares_keep_their_number(folder: Path) -> None:
    without = CATALOGUE.replace('time = "at"', 'time = "at"\ndrop = { number = ["1"] }')
    made = prepare(folder, loads(without), folder / "cache")
    with duckdb.connect(str(made), read_only=True) as connection:
        found = connection.execute("SELECT record FROM purchase ORDER BY record").fetchall()
    assert [str(record) for (record,) in found] == ["2", "4"]
    assert check_against(loads(without), folder)[-1].code == "without_member"  # type: ignore[attr-defined]
