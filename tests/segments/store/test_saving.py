"""Saved segments: kept exactly, named once, and never lost when a row is damaged."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from segments.errors import Broken, Shown
from segments.problems import BadSegmentName, BadStore, BadText, UnknownSegment, WrongVersion
from segments.store import Draft, Store
from tests.segments.store.drafts import BIG, NOW, SWEDES
from tests.segments.store.first_store import first_store


def refused(store: Store, name: str) -> BadSegmentName:
    with pytest.raises(Shown) as caught:
        store.save(Draft(name, BIG), NOW)
    (problem,) = caught.value.problems
    assert isinstance(problem, BadSegmentName)
    return problem


def test_a_segment_comes_back_as_it_was(store: Store) -> None:
    saved = store.save(Draft("  Swedes ", SWEDES, "svenskar med poäng", "sv", "anna"), NOW)
    assert store.list() == (saved,)
    assert saved.definition == SWEDES
    assert (saved.name, saved.sentence, saved.language, saved.owner) == (
        "Swedes",
        "svenskar med poäng",
        "sv",
        "anna",
    )
    assert saved.created_at == saved.changed_at == NOW
    assert 'country = "SE"' in saved.text


def test_saving_by_number_overwrites_and_keeps_the_day_of_birth(store: Store) -> None:
    first = store.save(Draft("Swedes", SWEDES), NOW)
    later = NOW + timedelta(days=1)
    again = store.save(Draft("Big Swedes", BIG), later, first.id)
    assert (again.id, again.name, again.definition) == (first.id, "Big Swedes", BIG)
    assert (again.created_at, again.changed_at) == (NOW, later)
    assert len(store.list()) == 1


@pytest.mark.parametrize(
    ("name", "code"), [(" \t", "empty"), ("x" * 201, "too_long"), (" swedeS ", "taken")]
)
def test_a_name_must_be_free_and_readable(store: Store, name: str, code: str) -> None:
    store.save(Draft("Swedes", SWEDES), NOW)
    assert refused(store, name).code == code
    assert len(store.list()) == 1


def test_two_ways_to_write_a_letter_are_one_name(store: Store) -> None:
    store.save(Draft("Ha\u030ar", BIG), NOW)
    assert refused(store, "Hår").code == "taken"


def test_renaming_and_deleting(store: Store) -> None:
    saved = store.save(Draft("Swedes", SWEDES), NOW)
    other = store.save(Draft("Others", BIG), NOW)
    assert store.rename(saved.id, "SWEDES", NOW).name == "SWEDES"
    with pytest.raises(Shown):
        store.rename(saved.id, "others", NOW)
    store.delete(other.id)
    assert [each.name for each in store.list()] == ["SWEDES"]


def test_an_unknown_number_is_a_problem(store: Store) -> None:
    for act in (
        lambda: store.get(7),
        lambda: store.delete(7),
        lambda: store.rename(7, "x", NOW),
        lambda: store.save(Draft("x", BIG), NOW, 7),
    ):
        with pytest.raises(Shown) as caught:
            act()
        assert caught.value.problems == (UnknownSegment("", 7),)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("{", BadText),
        ("[" * 100_000, BadText),
        ('{"version": 9, "definition": {}}', WrongVersion),
        ('{"version": 1, "definition": {"kind": "riddle"}}', BadText),
        ("null", BadText),
    ],
)
def test_a_damaged_row_is_listed_with_its_problem(tmp_path: Path, written: str, kind: type) -> None:
    place = tmp_path / "segments.sqlite"
    with Store.open(place) as store:
        store.save(Draft("Good", BIG), NOW)
        store.save(Draft("Hurt", SWEDES), NOW)
        raw = sqlite3.connect(place)
        raw.execute("UPDATE segment_versions SET definition = ? WHERE segment = 2", [written])
        raw.commit()
        raw.close()
        good, hurt = store.list()
        assert (good.problem, good.definition) == (None, BIG)
        assert hurt.definition is None
        assert isinstance(hurt.problem, kind)
        assert hurt.text


def test_the_file_is_in_wal_mode_and_opened_by_address_too(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.sqlite") as store:
        store.save(Draft("Good", BIG), NOW)
    with Store.open(f"sqlite:///{tmp_path / 's.sqlite'}") as store:
        assert [each.name for each in store.list()] == ["Good"]
    raw = sqlite3.connect(tmp_path / "s.sqlite")
    assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    raw.close()


def test_a_time_without_a_zone_is_a_bug(store: Store) -> None:
    with pytest.raises(Broken):
        store.save(Draft("x", BIG), NOW.replace(tzinfo=None))


def test_a_store_of_the_first_version_opens_with_everything_in_it(tmp_path: Path) -> None:
    place = tmp_path / "segments.db"
    first_store(place, {"Swedes": SWEDES, "Big": BIG, "Hurt": BIG})
    with Store.open(place) as store:
        big, hurt, swedes = store.list()
        assert (swedes.id, swedes.definition, swedes.sentence) == (1, SWEDES, "om Swedes")
        assert (big.owner, big.newest.by, big.newest.number) == ("anna", "anna", 1)
        assert big.created_at == big.newest.at == datetime(2026, 10, 1, 8, tzinfo=UTC)
        assert isinstance(hurt.problem, BadText)
        assert [(each.name, store.entries(each.id)) for each in store.lists()] == [
            ("Fair", ("a", "b"))
        ]
        again = store.save(Draft("Big", SWEDES, by="bo"), NOW, big.id, base=1)
        assert [each.definition for each in store.history(again.id)] == [SWEDES, BIG]
    with Store.open(place) as store:
        assert len(store.list()) == 3


def test_a_store_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "segments.db"
    Store.open(place).close()
    raw = sqlite3.connect(place)
    raw.execute("UPDATE krets_schema SET version = 99")
    raw.commit()
    raw.close()
    with pytest.raises(Shown) as caught:
        Store.open(place)
    assert caught.value.problems == (BadStore("", "newer", str(place), "99"),)
