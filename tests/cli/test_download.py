"""Files from the command line: what is in them, what is taken down, what cannot be done."""

import csv
import os
from datetime import UTC, datetime
from pathlib import Path

from segments.codec import from_text
from segments.store import Draft, Store
from tests.cli.conftest import Krets

NOW = datetime(2026, 10, 15, tzinfo=UTC)


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_file_holds_the_segment_and_is_taken_down(
    krets: Krets, folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out.csv"
    asked = krets("ask", "customers in Stockholm", "--data", folder, "--json", "--ids")
    done = krets(
        "download", "customers in Stockholm", "--for", "csv", "--write", target,
        "--name", "Capital", "--data", folder, "--json",
    )  # fmt: skip
    assert done.code == 0, done.err
    assert [int(row["customer_id"]) for row in read(target)] == asked.object["ids"]
    told = done.object
    assert told["counts"]["sent"] == len(asked.object["ids"]) > 0
    assert (told["name"], told["tool"], told["whole"]) == ("Capital", "csv", True)
    assert krets("downloads", "--json").lines == [told]


def test_who_is_on_a_suppressing_list_is_left_out(
    krets: Krets, folder: Path, tmp_path: Path
) -> None:
    target, listed = tmp_path / "out.csv", tmp_path / "never.csv"
    ids = krets("ask", "customers in Stockholm", "--data", folder, "--json", "--ids").object["ids"]
    listed.write_text(f"customer_id\n{ids[0]}\n")
    added = krets("list", "add", "Never", listed, "--suppress", "--data", folder)
    assert added.code == 0, added.err
    done = krets(
        "download", "customers in Stockholm", "--for", "csv", "--write", target,
        "--data", folder, "--json",
    )  # fmt: skip
    assert [int(row["customer_id"]) for row in read(target)] == ids[1:]
    assert done.object["counts"]["suppressed"] == 1
    assert done.object["suppress"] == ["Never"]


def test_nothing_is_written_when_it_cannot_be(krets: Krets, folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    base = ("--for", "csv", "--write", target, "--data", folder)
    assert krets("download", "customers in Flumwinkel", *base).code == 1
    assert krets("download", "customers in Stockholm", *base, "--holdout", "90%").code == 1
    assert krets("download", "customers in Stockholm", *base, "--holdout", "many").code == 1
    assert krets("download", "customers in Stockholm", *base, "--fields", "shoe_size").code == 1
    assert not target.exists()
    assert krets("downloads", "--json").lines == []


def test_segments_that_need_a_look_are_named(krets: Krets, folder: Path) -> None:
    with Store.open(Path(os.environ["KRETS_STORE"])) as store:
        store.save(Draft("Few", from_text('city = "Stockholm"')), NOW)
        store.save(Draft("Wrong", from_text("shoe_size > 40")), NOW)
    few, wrong = krets("health", "--data", folder, "--json").lines
    assert (few["name"], few["members"]) == ("Few", 2)
    assert "not_anonymous" in [each["code"] for each in few["findings"]]
    assert (wrong["members"], wrong["findings"][0]["grave"]) == (None, "broken")
    with Store.open(Path(os.environ["KRETS_STORE"])) as store:
        assert [each.members for each in store.sizes(store.find("Few").id)] == [2]
    assert "Only 2 are in it" in krets("health", "few", "--data", folder).out
    assert krets("health", "nothing", "--data", folder).code == 1


def test_a_saved_segment_is_handed_over_in_its_version(
    krets: Krets, folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out.csv"
    with Store.open(Path(os.environ["KRETS_STORE"])) as store:
        first = store.save(Draft("Capital", from_text('city = "Oslo"')), NOW)
        kept = store.save(Draft("Capital", from_text('city = "Stockholm"')), NOW, first.id)
    done = krets(
        "download", " capital", "--for", "csv", "--write", target, "--data", folder, "--json"
    )
    assert done.code == 0, done.err
    ids = krets("ask", "customers in Stockholm", "--data", folder, "--json", "--ids").object["ids"]
    assert [int(row["customer_id"]) for row in read(target)] == ids
    assert (done.object["name"], done.object["version"]) == ("Capital", 2)
    assert "Capital v2" in krets("downloads").out
    other = ("download", "customers in Oslo", "--for", "csv", "--write", target, "--data", folder)
    assert krets(*other).code == 0
    assert len(krets("downloads", "--json").lines) == 2
    assert krets("downloads", "capital", "--json").lines == [done.object]
    assert krets("downloads", "no such", "--json").code == 1
    log = tmp_path / "log.csv"
    assert krets("downloads", "capital", "--write", log, "--language", "en").code == 0
    head, line = log.read_text(encoding="utf-8-sig").splitlines()
    assert head.startswith("Time (UTC);By;Segment;Version")
    assert ";Capital;2;" in line
    with Store.open(Path(os.environ["KRETS_STORE"])) as store:
        (line,) = store.downloads(kept.id)
        assert line.version == kept.newest.id
        store.delete(kept.id)
    assert krets("downloads", "--json").lines[-1]["version"] is None
