"""Lists and saved segments from the command line: kept, called by name, frozen, forgotten."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from segments.codec import from_text
from segments.errors import Shown
from segments.problems import SegmentRing
from segments.store import Draft, Store
from tests.cli.conftest import Krets

NOW = datetime(2026, 10, 15, 12, tzinfo=UTC)


def kept(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "list.csv"
    file.write_text(text, encoding="utf-8")
    return file


def saved(name: str, definition: str, id_: int | None = None) -> int:
    with Store.open(Path(os.environ["KRETS_STORE"])) as store:
        return store.save(Draft(name, from_text(definition)), NOW, id_).id


def ids(krets: Krets, folder: Path, text: str) -> list[int]:
    found = krets("ask", text, "--data", folder, "--json", "--ids")
    assert found.code == 0, found.err + found.out
    members: list[int] = found.object["ids"]
    return members


def test_a_file_of_keys_is_called_by_name(krets: Krets, folder: Path, tmp_path: Path) -> None:
    file = kept(tmp_path, "\ufeffnote;Customer_ID\nx; 2 \ny;3\nz;3\n;\nq;999\nq;nobody\n")
    added = krets("list", "add", "Spring buyers", file, "--data", folder, "--json")
    assert added.object == {"name": "Spring buyers", "field": None, "size": 4}
    assert ids(krets, folder, "customers on the list spring buyers") == [2, 3]
    assert ids(krets, folder, "not on the list Spring buyers") == [1, 4, 5, 6]
    assert krets("list", "show", "--json").lines == [added.object]
    krets("list", "remove", "spring BUYERS")
    assert krets("ask", "on the list spring buyers", "--data", folder).code == 1


def test_a_hundred_thousand_entries(krets: Krets, folder: Path, tmp_path: Path) -> None:
    file = kept(tmp_path, "customer_id\n" + "\n".join(str(3 + n) for n in range(100_000)))
    assert krets("list", "add", "big", file, "--data", folder, "--json").object["size"] == 100_000
    assert ids(krets, folder, "customers on the list big") == [3, 4, 5, 6]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1;x\n2;y\n", "customer_id"),  # no header: what is the first column?
        ("customer_id\n\n \n", "no entries"),
    ],
)
def test_a_file_that_is_no_list(
    krets: Krets, folder: Path, tmp_path: Path, text: str, said: str
) -> None:
    file = kept(tmp_path, text)
    refused = krets("list", "add", "x", file, "--data", folder, "--language", "en")
    assert refused.code == 1
    assert said in refused.err
    assert krets("list", "show").out == ""


def test_a_name_is_taken_once(krets: Krets, folder: Path, tmp_path: Path) -> None:
    file = kept(tmp_path, "customer_id\n1\n")
    assert krets("list", "add", "One", file, "--data", folder).code == 0
    again = krets("list", "add", "ONE", file, "--data", folder, "--language", "en")
    assert again.code == 1
    assert "already a list" in again.err


def test_a_segment_is_followed_and_a_frozen_one_is_not(krets: Krets, folder: Path) -> None:
    number = saved("Capital", 'city = "Stockholm"')
    frozen = krets("list", "freeze", "then", "in the segment Capital", "--data", folder, "--json")
    assert frozen.object["size"] == 2
    saved("Capital", 'city = "Oslo"', number)
    assert ids(krets, folder, "customers in the segment capital") == [3, 4]
    assert ids(krets, folder, "customers on the list then") == [1, 2]


def test_a_segment_that_another_needs_is_told_when_it_is_gone(krets: Krets, folder: Path) -> None:
    saved("Rest", 'not audience(segment "capital")')  # as a file from elsewhere may say
    gone = krets("ask", "customers in the segment Rest", "--data", folder)
    assert gone.code == 1
    assert "Rest" in gone.out + gone.err
    saved("Capital", 'city = "Stockholm"')
    assert ids(krets, folder, "customers in the segment Rest") == [3, 4, 5, 6]
    refused = krets("segments", "delete", "Capital", "--yes")
    assert refused.code == 1
    assert "Rest" in refused.err


def test_no_segment_is_made_of_itself(krets: Krets, folder: Path) -> None:
    first = saved("A", 'city = "Oslo"')
    saved("B", 'not audience(segment "A")')
    with pytest.raises(Shown) as caught:
        saved("A", 'audience(segment "b")', first)
    assert caught.value.problems == (SegmentRing("definition", "A", "A → B → A"),)
    assert ids(krets, folder, "customers in the segment B") == [1, 2, 5, 6]


def test_a_list_is_written_as_a_file_that_is_taken_in_again(
    krets: Krets, folder: Path, tmp_path: Path
) -> None:
    file = kept(tmp_path, "customer_id\n2\n3\n")
    krets("list", "add", "Spring buyers", file, "--data", folder)
    written = tmp_path / "written.csv"
    assert krets("list", "export", "spring buyers", written, "--data", folder).code == 0
    krets("list", "add", "Again", written, "--data", folder)
    assert ids(krets, folder, "customers on the list again") == [2, 3]
    assert krets("list", "export", "Again", tmp_path / "no" / "x.csv", "--data", folder).code != 0


def test_a_list_that_keeps_people_out_is_only_removed_once_it_does_not(
    krets: Krets, folder: Path, tmp_path: Path
) -> None:
    file = kept(tmp_path, "customer_id\n2\n")
    krets("list", "add", "Never", file, "--suppress", "--data", folder)
    refused = krets("list", "remove", "Never", "--data", folder)
    assert refused.code != 0
    assert "Never" in refused.err
    assert krets("list", "suppress", "Never", "--off", "--data", folder).code == 0
    assert krets("list", "remove", "Never", "--data", folder).code == 0
