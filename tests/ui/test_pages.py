"""The pages without a browser: what is drawn for a state, and what a press does."""

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from segments.codec import from_text
from segments.store import Draft, Handed, Store

ROOT = Path(__file__).parents[2]


def html(app: AppTest) -> str:
    return " ".join(str(each.proto.body) for each in app.get("html"))


def asked(app: AppTest, text: str) -> AppTest:
    app.query_params["q"] = text
    return app.run()


def test_the_first_visit_offers_sentences_in_four_languages(app: AppTest) -> None:
    app.run()
    assert not app.exception
    assert app.title[0].value == "Who do you want to reach?"
    labels = " ".join(button.label for button in app.button)
    assert all(each in labels for each in ("På svenska", "På dansk", "På norsk"))


def test_a_sentence_in_the_address_is_asked(app: AppTest) -> None:
    asked(app, "customers in Stockholm")
    assert not app.exception
    assert '<div class="krets-number" id="count">2</div>' in html(app)
    assert app.header[0].value == "Stockholm"


def test_why_a_customer_is_not_among_them_is_told(app: AppTest) -> None:
    asked(app, "customers in Stockholm")
    app.text_input(key="why_key").input("3").run()
    assert not app.exception
    said = " ".join(each.value for each in app.markdown)
    assert "Customer 3 is not in the segment" in said
    assert "Oslo" in said
    app.text_input(key="why_key").input("nobody").run()
    assert "no customer" in app.warning[0].value


def test_a_definition_in_the_address_is_shown_as_it_is(app: AppTest) -> None:
    app.query_params["d"] = 'city = "Oslo" and age >= 30'
    app.run()
    assert not app.exception
    assert '<div class="krets-number" id="count">1</div>' in html(app)


@pytest.mark.parametrize(
    "query",
    [{"d": "city = "}, {"d": "nothing(like this) > 3"}, {"segment": "99"}, {"segment": "x"}],
)
def test_a_broken_address_does_no_harm(app: AppTest, query: dict[str, str]) -> None:
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception


def test_personal_fields_are_masked_until_asked_for(app: AppTest) -> None:
    asked(app, "customers in Stockholm")
    assert "Ann" not in html(app)
    assert "A•••" in html(app)
    app.toggle(key="bare").set_value(True).run()
    assert "Ann" in html(app)


def test_words_that_are_not_understood_stand_on_the_page(app: AppTest) -> None:
    asked(app, "customers in Stockholm with zorp")
    assert not app.exception
    shown = " ".join(each.value for each in app.markdown)
    assert "zorp" in shown
    assert 'id="count"' not in html(app)
    app.button(key="go_on").click().run()
    assert not app.exception


def segments_page() -> None:
    import streamlit as st  # noqa: PLC0415 - AppTest runs the body alone

    from assistant.ui.saved import saved  # noqa: PLC0415

    saved(st.Page(lambda: None, title="Ask", url_path="ask"))


def test_a_saved_segment_that_cannot_be_read_is_listed_with_its_reason(
    app: AppTest, tmp_path: Path
) -> None:
    app.run()
    for name in ("Stockholm", "Damaged"):
        draft = Draft(name, from_text('city = "Stockholm"'), "customers in Stockholm", "en")
        with Store.open(tmp_path / "segments.db") as store:
            store.save(draft, datetime(2026, 10, 15, tzinfo=UTC))
    with sqlite3.connect(tmp_path / "segments.db") as connection:
        connection.execute("UPDATE segment_versions SET definition = '{broken' WHERE id = 2")
    connection.close()
    page = AppTest.from_function(segments_page, default_timeout=30).run()
    assert not page.exception
    assert len(page.warning) == 1
    assert "broken" in page.warning[0].value
    assert [each.label for each in page.button].count("Open") == 1
    assert '<div class="krets-count">2 customers</div>' in html(page)


def test_a_missing_shop_is_explained(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KRETS_DATA", "/nowhere/at/all")
    app.run()
    assert not app.exception
    assert "/nowhere/at/all" in app.warning[0].value.replace("\\", "")


def followed(app: AppTest, text: str) -> AppTest:
    app.chat_input[0].set_value(text).run()
    assert not app.exception
    return app


def test_a_follow_up_says_what_changed_and_can_be_undone(app: AppTest) -> None:
    asked(app, "customers in Stockholm")
    followed(app, "only those in Oslo")
    assert "Changed: live in Stockholm → live in Oslo" in html(app)
    assert app.header[0].value == "Oslo"
    app.button(key="changed_back").click().run()
    assert not app.exception
    assert app.header[0].value == "Stockholm"
    app.button(key="changed_back").click().run()
    assert app.header[0].value == "Oslo"


def test_a_follow_up_that_fits_nowhere_leaves_the_segment(app: AppTest) -> None:
    asked(app, "customers in Stockholm")
    followed(app, "purple elephants")
    assert "Not understood: purple, elephants. The segment stays as it was." in html(app)
    assert app.header[0].value == "Stockholm"


def test_a_follow_up_with_two_meanings_is_asked_about(app: AppTest) -> None:
    asked(app, "customers in Stockholm")
    followed(app, "also women")
    choices = [each for each in (*app.radio, *app.get("button_group")) if "women" in each.label]
    assert len(choices) == 1
    assert app.header[0].value == "Stockholm"


def test_a_question_about_the_segment_is_answered_with_a_table(app: AppTest) -> None:
    asked(app, "customers in Stockholm")
    followed(app, "by gender")
    assert "2 customers by" in html(app)
    assert app.header[0].value == "Stockholm"


def test_a_sentence_that_asks_how_many_shows_the_number(app: AppTest) -> None:
    asked(app, "how many customers are there in Stockholm?")
    assert "2 of 6 customers" in html(app)


def test_a_segment_is_saved_by_saying_so(app: AppTest, tmp_path: Path) -> None:
    asked(app, "customers in Stockholm")
    followed(app, "save as Capital")
    assert "Saved as “Capital”." in html(app)
    assert [each.name for each in Store.open(tmp_path / "segments.db").list()] == ["Capital"]
    followed(app, "suggest a message")
    assert "There is a suggestion under the tab Messages." in html(app)


def test_a_question_is_answered_and_a_segment_renamed_by_saying_so(app: AppTest) -> None:
    asked(app, "customers in Stockholm")
    followed(app, "also women")
    followed(app, "the latter")
    assert "Added: are women" in html(app)
    assert app.header[0].value == "Stockholm, women"
    followed(app, "rename it to Capital women")
    assert "It is called “Capital women” now." in html(app)
    followed(app, "download for Klaviyo")
    assert "Choose Download beside the count, and there Klaviyo." in html(app)


def test_a_link_to_what_the_shop_has_not_is_told_and_breaks_nothing(app: AppTest) -> None:
    app.query_params["d"] = "shoe_size > 40"
    app.run()
    assert not app.exception
    told = [each.value.replace("\\", "") for each in app.markdown]
    assert "The shop knows nothing called “shoe_size” about its customers." in told


def results_page() -> None:
    from assistant.ui.results import results  # noqa: PLC0415 - the body runs as a script of its own

    results()


def test_the_page_of_results_tells_what_came_of_each_file(app: AppTest, tmp_path: Path) -> None:
    assert app.run().exception == []
    page = AppTest.from_function(results_page, default_timeout=30).run()
    assert "Nothing has been downloaded yet" in page.markdown[0].value
    with Store.open(tmp_path / "segments.db") as store:
        told = {"sent": 2, "held_out": 1}
        handed = Handed(
            "Spring <b>",
            from_text('city = "Oslo"'),
            date(2026, 9, 30),
            "csv",
            ("customer_id",),
            told,
        )
        begun = store.begin_download(handed, "ann", datetime(2026, 10, 1, tzinfo=UTC))
        store.add_keys(begun.id, 0, pa.array([1, 3]), held_out=False)
        store.add_keys(begun.id, 1, pa.array([2, 99]), held_out=True)
    page = AppTest.from_function(results_page, default_timeout=30).run()
    assert not page.exception
    page.toggle[0].set_value(True).run()
    shown = html(page)
    assert "2 (100" in shown  # customers 1 and 3 bought in October, and customer 2 did not
    assert "0 (0" in shown
    assert "The smaller group has 1 members" in shown
    assert "1 are no longer in the data" in shown
    assert "The download was broken off" in shown
    (button,) = page.get("download_button")
    assert button.proto.label == "Download the log"


def test_the_page_of_results_tells_a_segment_over_time(app: AppTest, tmp_path: Path) -> None:
    assert app.run().exception == []
    with Store.open(tmp_path / "segments.db") as store:
        draft = Draft("Norway <b>", from_text('city = "Oslo"'))
        store.save(draft, datetime(2026, 10, 1, tzinfo=UTC))
    page = AppTest.from_function(results_page, default_timeout=30).run()
    assert not page.exception
    assert "<table" not in html(page)
    page.selectbox(key="over_time_segment").select_index(0).run()
    assert not page.exception
    shown = html(page)
    assert "Orders per customer" in shown
    assert "October 2026, so far" in shown
