"""The log of files as a spreadsheet takes it in."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from assistant.answers.log_file import log_file
from assistant.languages.files import languages
from segments.codec import from_text
from segments.compile.nodes import literal
from segments.handover.cells import safe
from segments.store import Download, Draft, Handed, Saved, Store

NOW = datetime(2026, 10, 1, 12, 30, tzinfo=UTC)
RULE = from_text('city = "Oslo; =1+1"')
NAMES = (
    "=HYPERLINK(1)", " +1", "-1;2", "@a", "\u200b=1", "＝1", 'a "b"', "tea\r\ncups", "\tx",
    "å;ö 🙂", "1=1", "plain",
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "segments.db") as opened:
        yield opened


def handed(store: Store, name: str, kept: Saved | None = None) -> Download:
    counts = {"sent": 1234, "held_out": 9, "unanswered": 2}
    return store.begin_download(
        Handed(
            name,
            RULE,
            date(2026, 9, 30),
            "klaviyo",
            ("Email", "City"),
            counts,
            None if kept is None else kept.newest,
            consent=kept is None,
            suppress=("Never",),
            holdout=Decimal("0.125"),
        ),
        "ann",
        NOW,
    )


def read(written: bytes) -> list[list[str]]:
    text = written.decode("utf-8-sig")
    assert written.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_a_line_tells_all_that_is_in_the_log(store: Store) -> None:
    store.save(Draft("Oslo", RULE), NOW)
    kept = store.save(Draft("Oslo", RULE), NOW, store.find("Oslo").id)
    store.end_download(handed(store, "Oslo", kept).id, NOW)
    handed(store, "Unsaved")
    head, unsaved, saved = read(log_file(store, "sv"))
    assert dict(zip(head, saved, strict=True)) == {
        "Tid (UTC)": "2026-10-01 12:30",
        "Av": "ann",
        "Segment": "Oslo",
        "Version": str(kept.newest.number),
        "Definition": 'city = "Oslo; =1+1"',
        "Per den": "2026-09-30",
        "För": "klaviyo",
        "I filen": "1234",
        "Utelämnade: har tackat nej": "0",
        "Utelämnade: samtycke inte noterat": "2",
        "Utelämnade: på en spärrlista": "0",
        "Utelämnade: ingen användbar adress": "0",
        "Kontrollgrupp": "9",
        "Samtycke kontrollerat": "Nej",
        "Spärrlistor": "Never",
        "Andel i kontrollgrupp": "12,5 %",
        "Kolumner": "Email, City",
        "Hela filen hämtad": "Ja",
    }
    assert (unsaved[2], unsaved[3], unsaved[-1]) == ("Unsaved", "", "Nej")
    assert read(log_file(store, "sv", kept.id))[1:] == [saved]
    store.delete(kept.id)
    assert read(log_file(store, "sv"))[2][3] == ""


@pytest.mark.parametrize("language", languages())
def test_no_two_columns_are_called_the_same(store: Store, language: str) -> None:
    (head,) = read(log_file(store, language))
    assert len(set(head)) == len(head) == 18
    assert all(head)


def test_no_cell_is_run_by_a_spreadsheet(store: Store) -> None:
    """The same cells are made harmless as in the files that DuckDB writes."""
    for name in NAMES:
        handed(store, name)
    found = [line[2] for line in read(log_file(store, "en"))[1:]][::-1]
    with duckdb.connect() as connection:
        query = [f"SELECT {safe(literal(name)).sql(dialect='duckdb')}" for name in NAMES]
        assert found == [connection.execute(each).fetchall()[0][0] for each in query]
    assert found[0].startswith("'=")
    assert found[-1] == "plain"
