"""Days in CSV files, however their day, month and year are written."""

from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from segments.catalogue_check import check_against
from segments.catalogue_file import loads
from segments.engine.prepare import prepare
from segments.errors import Shown

CATALOGUE = """version = 1
[member]
table = "people"
key = "id"
[events.purchase]
role = "purchase"
table = "orders"
member = "who"
time = "at"
"""


def _folder(tmp_path: Path, *days: str, between: str = ",") -> Path:
    (tmp_path / "people.csv").write_text("id,name\n1,a\n", encoding="utf-8")
    lines = [between.join(("who", "at", "sum")), *(between.join(("1", d, "1,5")) for d in days)]
    if between == ",":
        lines = [line.removesuffix(",1,5").removesuffix(",sum") for line in lines]
    (tmp_path / "orders.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("days", "read"),
    [
        (("03/04/2025", "13/04/2025"), ["2025-04-03", "2025-04-13"]),
        (("03/04/2025", "04/13/2025"), ["2025-03-04", "2025-04-13"]),
        (("03-04-2025", "31-12-2025"), ["2025-04-03", "2025-12-31"]),
        (("3.4.2025", "5.6.2025"), ["2025-04-03", "2025-06-05"]),
        (("2025-03-04", "2025-05-06"), ["2025-03-04", "2025-05-06"]),
    ],
)
@pytest.mark.parametrize("between", [",", ";"])
def test_days_are_read_by_what_the_others_tell(
    tmp_path: Path, days: tuple[str, ...], read: list[str], between: str
) -> None:
    folder = _folder(tmp_path, *days, between=between)
    assert check_against(loads(CATALOGUE), folder) == ()
    made = prepare(folder, loads(CATALOGUE), tmp_path / "cache")
    with duckdb.connect(str(made), read_only=True) as connection:
        found = connection.execute('SELECT "at" FROM purchase ORDER BY "at"').fetchall()
    assert found == [(datetime.fromisoformat(day),) for day in read]


@pytest.mark.parametrize("day", ["03/04/2025", "03-04-2025", "03-04-25"])
def test_days_that_nothing_tells_from_months_are_no_guess(tmp_path: Path, day: str) -> None:
    folder = _folder(tmp_path, day, day)
    told = check_against(loads(CATALOGUE), folder)
    assert [(p.where, p.code, p.found) for p in told] == [  # type: ignore[attr-defined]
        ("events.purchase.time", "unclear_days", day)
    ]
    with pytest.raises(Shown):
        prepare(folder, loads(CATALOGUE), tmp_path / "cache")
