"""Saved segments from the command line: with versions, compared, put away, written to files."""

import os
from pathlib import Path

import pytest

from assistant.answers.segment_files import file_name
from tests.cli.conftest import Krets


@pytest.fixture
def on(krets: Krets, folder: Path) -> Krets:
    """`krets segments …` on the small shop."""

    def run(*words: object, **_: object):  # noqa: ANN202 - as Krets
        return krets("segments", words[0], *words[1:], "--data", folder)

    return run


def test_a_segment_is_saved_changed_compared_and_brought_back(on: Krets) -> None:
    first = on("save", "Big cities", "customers in Stockholm", "--note", "for the fair", "--json")
    assert (first.object["version"], first.object["note"]) == (1, "for the fair")
    second = on("save", "big CITIES", "customers in Oslo or Bergen", "--json").object
    assert (second["version"], second["name"]) == (2, "Big cities")
    history = on("history", "Big cities", "--json").lines
    assert [each["definition"] for each in history] == [
        'city in ("Oslo", "Bergen")',
        'city = "Stockholm"',
    ]
    found = on("diff", "Big cities", "--json").object
    assert (found["before"], found["after"]) == (2, 3)
    assert found["joined"]["keys"] == [3, 4, 5]
    assert found["left"]["keys"] == [1, 2]
    back = on("restore", "Big cities", 1, "--json").object
    assert (back["version"], back["restored"]) == (3, 1)
    assert on("show", "Big cities", "--json").object["size"] == 2
    shown = on("diff", "Big cities", 1, 2)
    assert "2 → 3" in shown.out
    assert "Changed: live in Stockholm → live in" in shown.out


def test_one_segment_is_compared_on_two_days(on: Krets) -> None:
    on("save", "Recent", "customers who bought in the last 20 days")
    days = ("--days", "2026-10-01", "2026-10-15")
    found = on("diff", "Recent", *days, "--json").object
    assert (found["joined"]["keys"], found["left"]["keys"]) == ([3], [2])
    assert found["left"]["because"][0]["count"] == 1
    said = on("diff", "Recent", *days).out
    assert "1 joined" in said
    assert "1 left" in said


def test_segments_are_tagged_owned_reviewed_and_put_away(on: Krets) -> None:
    on("save", "One", "customers in Oslo")
    on("save", "Two", "customers in Bergen")
    on("tag", "one", "autumn", "VIP")
    on("owner", "one", "anna")
    on("review", "one", "--every", 30)
    one = on("show", "one", "--json").object
    assert (one["tags"], one["owner"], one["review_days"]) == (["autumn", "VIP"], "anna", 30)
    assert [each["name"] for each in on("list", "--tag", "vip", "--json").lines] == ["One"]
    assert on("list", "--due", "--json").lines == []
    on("archive", "two")
    assert [each["name"] for each in on("list", "--json").lines] == ["One"]
    assert len(on("list", "--archived", "--json").lines) == 2
    on("unarchive", "two")
    on("duplicate", "two", "Three")
    on("rename", "two", "Zwei")
    assert [each["name"] for each in on("list", "--json").lines] == ["One", "Three", "Zwei"]
    assert on("delete", "Zwei").code == 3
    assert on("delete", "Zwei", "--yes").code == 0
    assert len(on("list", "--json").lines) == 2


def test_files_go_out_and_come_in_again(on: Krets, tmp_path: Path) -> None:
    on("save", "Kunder på Åland & Öland", "customers in Oslo", "--note", "why")
    on("save", "Two", "customers in Bergen")
    folder = tmp_path / "git"
    written = [Path(each["file"]) for each in on("export", folder, "--json").lines]
    assert [path.name for path in written] == ["kunder-pa-aland-oland.toml", "two.toml"]
    before = [path.read_bytes() for path in written]
    on("delete", "Two", "--yes")
    taken = on("import", folder, "--json").lines
    assert [each["outcome"] for each in taken] == ["unchanged", "added"]
    on("export", folder)
    assert [path.read_bytes() for path in written] == before
    broken = written[1].read_text(encoding="utf-8").replace('"Bergen"', '"Bergen')
    written[1].write_text(broken, encoding="utf-8")
    failed = on("import", folder, tmp_path / "nowhere.toml")
    assert failed.code == 1
    assert "Line 13" in failed.err
    assert "nowhere.toml" in failed.err
    assert "is the same already" in failed.out


def test_a_name_that_says_something_else_is_told(on: Krets) -> None:
    kept = on("save", "Stockholm", "customers in Oslo")
    assert kept.code == 0
    assert "The name says “Stockholm”" in kept.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "nobody"), "No segment is called “nobody”."),
        (("restore", "Oslo", 7), "no version 7"),
        (("review", "Oslo", "--every", 0), "from 1 to 3660"),
        (("tag", "Oslo", "a,b"), "comma"),
        (("rename", "Oslo", " "), "a name"),
    ],
)
def test_what_cannot_be_is_told(on: Krets, words: tuple[object, ...], said: str) -> None:
    on("save", "Oslo", "customers in Oslo")
    found = on(*words)
    assert found.code == 1
    assert said in found.err


def test_what_is_not_understood_is_not_saved(on: Krets) -> None:
    assert on("save", "X", "customers in Xyzzy").code == 1
    assert on("list", "--json").lines == []


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Stockholm / Åäö 2", "stockholm-aao-2"),
        ("..hidden", "hidden"),
        ("Æbler & Ølglas", "aebler-olglas"),
        ("CON", "con-segment"),
        ("lpt1.", "lpt1-segment"),
        ("Console", "console"),
        ("客户", "segment"),
        ("x" * 300, "x" * 80),
    ],
)
def test_every_system_takes_the_name_of_a_segment_s_file(name: str, file: str) -> None:
    assert file_name(name) == file


def test_a_damaged_file_is_told_and_rescued(on: Krets) -> None:
    on("save", "Oslo", "customers in Oslo")
    place = Path(os.environ["KRETS_STORE"])
    place.write_bytes(place.read_bytes()[:5000])
    found = on("list")
    assert found.code == 1
    assert "krets segments rescue" in found.err
    rescued = on("rescue", "--json").object
    assert (rescued["segments"], Path(rescued["aside"]).stat().st_size) == (1, 5000)
    assert [each["name"] for each in on("list", "--json").lines] == ["Oslo"]


def test_a_lost_file_is_told_when_a_sentence_is_read(on: Krets, krets: Krets, folder: Path) -> None:
    assert krets("ask", "customers in Oslo", "--data", folder).code == 0
    place = Path(os.environ["KRETS_STORE"])
    assert not place.exists()  # to read a sentence makes no store
    on("save", "Oslo", "customers in Oslo")
    place.unlink()
    lost = krets("ask", "customers in the segment Oslo", "--data", folder)
    assert lost.code == 1
    assert "is gone" in lost.err
    on("rescue")
    assert krets("ask", "customers in the segment Oslo", "--data", folder).code == 0


def test_a_segment_over_time(krets: Krets, folder: Path) -> None:
    krets("segments", "save", "Buyers", "customers who have bought", "--data", folder)
    found = krets("results", "--segment", "buyers", "--weeks", "--json", "--data", folder)
    assert found.code == 0, found.err
    last = found.lines[-1]
    assert last["unit"] == "week"
    assert last["whole"] is False
    assert last["members"] >= last["buyers"]
    said = krets("results", "--segment", "Buyers", "--data", folder)
    assert "Orders per customer" in said.out
    assert krets("results", "--segment", "Nobody", "--data", folder).code == 1
