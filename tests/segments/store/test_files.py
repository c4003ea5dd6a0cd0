"""Segments as readable files: stable, the same after a round trip, each mistake with its line."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segments.definition import Condition
from segments.errors import Shown
from segments.problems import BadSegmentFile, SegmentChanged
from segments.store import Draft, Outcome, Store, read
from tests.segments.store.drafts import BIG, NOW, SMALL, SWEDES
from tests.strategies import conditions

LATER = NOW + timedelta(days=2, microseconds=17)
WHOLE = """\
# A segment of Krets. The last version is the one that counts: to change it, add one.
krets = 1
name = "Swedes \\"A\\""
owner = "anna"
tags = ["autumn", "vip"]
created = 2026-11-22T08:30:00Z
review_days = 90

[[version]]
at = 2026-11-22T08:30:00Z
by = "anna"
note = "for the fair"
sentence = "svenskar med poäng"
language = "sv"
definition = '''
country = "SE"
and points >= 12.50
'''

[[version]]
at = 2026-11-24T08:30:00.000017Z
by = "bo"
definition = '''
points < 3
'''
"""


def whole(store: Store) -> int:
    draft = Draft('Swedes "A"', SWEDES, "svenskar med poäng", "sv", by="anna", note="for the fair")
    saved = store.save(draft, NOW)
    store.save(Draft('Swedes "A"', SMALL, by="bo"), LATER, saved.id)
    store.tag(saved.id, ["vip", "autumn"])
    store.review_every(saved.id, 90)
    return saved.id


def test_a_segment_is_written_in_one_order_that_git_can_compare(store: Store) -> None:
    assert store.text(whole(store)) == WHOLE


def test_a_file_makes_the_segment_anew_with_its_history(store: Store, tmp_path: Path) -> None:
    id_ = whole(store)
    store.archive(id_, LATER)
    store.reviewed(id_, LATER)
    text, before = store.text(id_), store.get(id_)
    with Store.open(tmp_path / "other.db") as other:
        put = other.put(read(text, "x.toml"), "cia", NOW)
        assert put.outcome is Outcome.ADDED
        assert other.text(put.saved.id) == text
        same = ("name", "owner", "tags", "created_at", "archived_at", "review_days", "definition")
        for name in same:
            assert getattr(put.saved, name) == getattr(before, name)
        assert other.put(read(text, "x.toml"), "cia", NOW).outcome is Outcome.UNCHANGED


@given(definition=conditions(), text=st.text(max_size=30), by=st.text(max_size=10))
@settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_definition_note_and_name_comes_back(
    tmp_path_factory: pytest.TempPathFactory, definition: Condition, text: str, by: str
) -> None:
    with Store.open(tmp_path_factory.mktemp("store") / "s.db") as store:
        saved = store.save(Draft("x", definition, text, "sv", by=by, note=text), NOW)
        found = read(store.text(saved.id), "x.toml").versions[0]
    newest = saved.newest
    assert (found.definition, found.sentence, found.note) == (definition, text, newest.note)
    assert (found.by, found.at) == (newest.by, newest.at)


def test_a_file_adds_the_versions_that_are_not_there_yet(store: Store) -> None:
    id_ = whole(store)
    old = store.text(id_)
    store.save(Draft('Swedes "A"', BIG, by="cia"), LATER, id_)
    new = store.text(id_)
    assert store.put(read(old, "x"), "", NOW).outcome is Outcome.OLDER
    assert store.get(id_).definition == BIG
    store.delete(id_)
    back = store.put(read(old, "x"), "", NOW).saved
    put = store.put(read(new, "x"), "", NOW)
    assert (put.outcome, put.saved.id, put.saved.newest.number) == (Outcome.UPDATED, back.id, 3)
    assert store.text(back.id) == new


def test_a_file_that_went_another_way_is_refused_unless_it_is_to_win(store: Store) -> None:
    id_ = whole(store)
    theirs = store.text(id_).replace("points < 3", "points < 4")
    store.save(Draft('Swedes "A"', BIG, by="cia"), LATER, id_)
    with pytest.raises(Shown) as caught:
        store.put(read(theirs, "x"), "dan", NOW)
    (problem,) = caught.value.problems
    assert isinstance(problem, SegmentChanged)
    assert (problem.code, problem.by, problem.number) == ("parted", "cia", 3)
    assert store.get(id_).definition == BIG
    won = store.put(read(theirs, "x"), "dan", NOW, replace=True).saved
    assert (won.newest.number, won.text) == (4, "points < 4")
    assert [each.number for each in store.history(id_)] == [4, 3, 2, 1]


def test_a_file_written_by_hand_needs_only_a_name_and_a_definition(store: Store) -> None:
    text = 'krets = 1\nname = "By hand"\n[[version]]\ndefinition = "points < 3"\n'
    saved = store.put(read(text, "x"), "dan", NOW).saved
    assert (saved.definition, saved.newest.by, saved.newest.at) == (SMALL, "dan", NOW)


def test_a_time_without_a_zone_is_utc() -> None:
    text = WHOLE.replace("at = 2026-11-22T08:30:00Z", "at = 2026-11-22T08:30:00", 1)
    assert read(text, "x").versions[0].at == datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "after", "code", "line", "found"),
    [
        ("krets = 1", "krets = 9", "newer", 2, "9"),
        ("krets = 1\n", "", "no_format", 1, ""),
        ('owner = "anna"', "owner = anna", "syntax", 4, "owner = anna"),
        ('owner = "anna"', 'ownr = "anna"', "unknown_key", 4, "ownr"),
        ('owner = "anna"', "owner = 3", "wrong_kind", 4, "3"),
        ('name = "Swedes \\"A\\""\n', "", "missing", 1, "name"),
        ('by = "bo"', "by = 7", "wrong_kind", 22, "7"),
        ("points < 3", "points << 3", "definition", 24, "<"),
        ("and points >= 12.50", "and points >= ", "definition_ends", 17, ""),
        ("points < 3\n", "", "definition_ends", 24, ""),
    ],
)
def test_a_mistake_is_said_with_its_line(
    before: str, after: str, code: str, line: int, found: str
) -> None:
    assert before in WHOLE
    with pytest.raises(Shown) as caught:
        read(WHOLE.replace(before, after), "x.toml")
    problem = caught.value.problems[0]
    assert isinstance(problem, BadSegmentFile)
    assert (problem.code, problem.line, problem.file) == (code, line, "x.toml")
    assert problem.found == found


def test_every_mistake_of_a_file_is_said_at_once() -> None:
    wrong = WHOLE.replace('owner = "anna"', "owner = 3").replace("points < 3", "points <")
    with pytest.raises(Shown) as caught:
        read(wrong, "x.toml")
    assert [problem.code for problem in caught.value.problems] == ["wrong_kind", "definition_ends"]


def test_a_file_without_a_version_is_refused() -> None:
    with pytest.raises(Shown) as caught:
        read('krets = 1\nname = "x"\n', "x.toml")
    assert caught.value.problems[0].code == "no_version"
