"""The library of saved segments: looked through, compared, brought back, saved over with care."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.answers.segment_files import texts
from segments.codec import from_text
from segments.store import Cause, Draft, Store
from tests.ui.test_pages import asked, followed, html, segments_page

NOW = datetime(2026, 10, 15, 8, tzinfo=UTC)
STOCKHOLM, OSLO = from_text('city = "Stockholm"'), from_text('city = "Oslo"')


@pytest.fixture
def kept(app: AppTest, tmp_path: Path) -> Path:
    """Four segments, one with two versions and due, one put away."""
    app.run()
    place = tmp_path / "segments.db"
    with Store.open(place) as store:
        first = store.save(Draft("Swedes", STOCKHOLM, "people", "en", by="anna", note="fair"), NOW)
        store.save(Draft("Swedes", OSLO, "others", "en", by="bo"), NOW, first.id)
        store.tag(first.id, ["autumn"])
        store.review_every(first.id, 1)
        for name in ("Second", "Third"):
            store.save(Draft(name, OSLO, by="anna"), NOW)
        store.archive(store.save(Draft("Old", OSLO, by="anna"), NOW).id, NOW)
    return place


def page() -> AppTest:
    found = AppTest.from_function(segments_page, default_timeout=30).run()
    assert not found.exception
    return found


def names(shown: AppTest) -> list[str]:
    told = html(shown)
    return [name for name in ("Old", "Second", "Swedes", "Third") if f"<strong>{name}<" in told]


def test_the_library_is_searched_by_words_tags_and_what_waits(kept: Path) -> None:
    assert kept.exists()
    shown = page()
    assert names(shown) == ["Second", "Swedes", "Third"]
    shown.text_input(key="library_search").set_value("anna THI").run()
    assert names(shown) == ["Third"]
    shown.text_input(key="library_search").set_value("").run()
    shown.selectbox(key="library_tag").set_value("autumn").run()
    assert names(shown) == ["Swedes"]
    shown.selectbox(key="library_tag").set_value(None).run()
    shown.checkbox(key="library_archived").set_value(True).run()
    assert names(shown) == ["Old"]
    shown.checkbox(key="library_archived").set_value(False).run()
    shown.checkbox(key="library_due").set_value(True).run()
    assert names(shown) == ["Swedes"]
    assert "Due for review since" in html(shown)
    shown.text_input(key="library_search").set_value("zebra").run()
    assert names(shown) == []
    assert not shown.exception


def test_sizes_over_time_stand_beside_the_count(kept: Path) -> None:
    with Store.open(kept) as store:
        version = store.find("Second").newest.id
        for day, members in enumerate((1, 4, 2)):
            at = NOW + timedelta(days=day)
            store.record_size(version, members, 6, date(2026, 10, 15), Cause.HEALTH, at)
    shown = html(page())
    assert shown.count("krets-curve") == 1
    assert 'aria-label="Size over time: 1 → 2"' in shown
    assert [part[:5] for part in shown.split("--h:")[1:]] == ["0.250", "1.000", "0.500"]


def test_versions_are_told_compared_and_brought_back(kept: Path) -> None:
    shown = page()
    shown.session_state["versions_1"] = True
    shown.run()
    said = html(shown)
    assert "Version 2 · " in said
    assert "fair" in said
    assert "Changed: live in Stockholm → live in Oslo" in said
    assert "2 → 2 customers" in said
    assert "2 no longer fulfil this: live in Oslo" in said
    shown.button(key="restore_1_1").click().run()
    assert not shown.exception
    with Store.open(kept) as store:
        back = store.find("Swedes")
        assert (back.newest.number, back.newest.restored) == (3, 1)
        assert back.definition == STOCKHOLM


def test_a_segment_is_managed_from_its_row(kept: Path) -> None:
    shown = page()
    shown.session_state["manage_1"] = True
    shown.run()
    shown.text_input[-3].set_value("New name")
    shown.text_input[-2].set_value("one, two")
    shown.text_input[-1].set_value("cia")
    shown.number_input[0].set_value(90)
    next(each for each in shown.button if each.label == "Save").click().run()
    assert not shown.exception
    with Store.open(kept) as store:
        saved = store.find("New name")
        assert (saved.tags, saved.owner, saved.review_days) == (("one", "two"), "cia", 90)
        assert saved.newest.number == 2
    shown.button(key="duplicate_1").click().run()
    shown.button(key="archive_1").click().run()
    with Store.open(kept) as store:
        assert store.get(1).archived_at is not None
        assert store.find("New name (copy)").definition == OSLO


def test_all_segments_come_as_files_and_a_file_is_taken_in(kept: Path) -> None:
    shown = page()
    shown.session_state["files"] = True
    shown.run()
    assert not shown.exception
    with Store.open(kept) as store:
        assert [name for name, _ in texts(store, store.list())] == [
            "swedes.toml",
            "second.toml",
            "third.toml",
            "old.toml",
        ]
        text = store.text(1)
    file = ("swedes.toml", text.replace('"Swedes"', '"Others"').encode(), "application/toml")
    shown.file_uploader[0].set_value([file])
    _press(shown, "Take in")
    assert "“Others” is new here." in shown.success[0].value
    shown.file_uploader[0].set_value([("bad.toml", b"krets = 1\nname = 7\n", "text/plain")])
    _press(shown, "Take in")
    said = " ".join(each.value for each in shown.warning)
    assert "bad.toml" in said
    with Store.open(kept) as store:
        assert [each.number for each in store.history(store.find("Others").id)] == [2, 1]


def test_saving_says_why_and_over_what_somebody_saved_meanwhile_it_asks(
    app: AppTest, tmp_path: Path
) -> None:
    asked(app, "customers in Stockholm")
    followed(app, "save as Capital")
    followed(app, "only women")
    with Store.open(tmp_path / "segments.db") as store:
        saved = store.find("Capital")
        assert store.sizes(saved.id)[0].members == 2
        store.save(Draft("Capital", OSLO, by="bo"), NOW, saved.id)
    _open(app)
    app.text_input(key="save_note").set_value("for the fair")
    _press(app, "Save")
    assert "bo saved version 2 of “Capital”" in app.warning[0].value
    assert "Changed: live in Stockholm → live in Oslo" in html(app)
    with Store.open(tmp_path / "segments.db") as store:
        assert store.get(saved.id).definition == OSLO
    app.button(key="save_over").click().run()
    assert not app.exception
    with Store.open(tmp_path / "segments.db") as store:
        newest = store.get(saved.id).newest
        assert (newest.number, newest.note) == (3, "for the fair")
        assert newest.text == 'city = "Stockholm" and gender = "F"'


def test_a_changed_segment_can_be_saved_as_another(app: AppTest, tmp_path: Path) -> None:
    asked(app, "customers in Stockholm")
    followed(app, "save as Capital")
    followed(app, "only women")
    _open(app)
    app.text_input(key="save_name").set_value("Women of Oslo")
    _press(app, "Save as a new segment")
    with Store.open(tmp_path / "segments.db") as store:
        assert [each.name for each in store.list()] == ["Capital", "Women of Oslo"]
        assert store.find("Capital").definition == STOCKHOLM


def _open(app: AppTest) -> None:
    app.session_state[f"save_{app.session_state['version']}"] = True
    app.run()
    assert not app.exception


def _press(app: AppTest, label: str) -> None:
    next(each for each in app.button if each.label == label).click().run()
    assert not app.exception
