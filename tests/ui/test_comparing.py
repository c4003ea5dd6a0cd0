"""The page Compare: what can be chosen, what is drawn, and what opens."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.languages.texts import texts
from segments.codec import from_text
from segments.definition import All, Audience, Not, Source
from segments.store import Draft, Store

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 10, 15, 12, tzinfo=UTC)


def compare_page() -> None:
    import streamlit as st  # noqa: PLC0415 - AppTest runs the body alone

    from assistant.ui.comparing import comparing  # noqa: PLC0415

    comparing(st.Page(lambda: None, title="Ask", url_path="ask"))


def page(app: AppTest, tmp_path: Path, language: str = "en") -> AppTest:
    with Store.open(tmp_path / "segments.db") as store:
        for name, text in (("Capital", 'city = "Stockholm"'), ("Women <b>", 'gender = "F"')):
            store.save(Draft(name, from_text(text)), NOW)
    app.run()
    found = AppTest.from_function(compare_page, default_timeout=30)
    found.query_params["lang"] = language
    return found.run()


def html(app: AppTest) -> str:
    return " ".join(str(each.proto.body) for each in app.get("html"))


def chosen(found: AppTest) -> AppTest:
    found.multiselect(key="compare_chosen").set_value(["segment_1", "segment_2"]).run()
    assert not found.exception
    return found


def test_without_two_segments_it_says_what_to_do(app: AppTest) -> None:
    app.run()
    found = AppTest.from_function(compare_page, default_timeout=30)
    found.run()
    assert not found.exception
    assert "two segments" in " ".join(each.value for each in found.markdown)


@pytest.mark.parametrize("language", ["en", "sv", "da", "nb"])
def test_two_segments_beside_each_other(app: AppTest, tmp_path: Path, language: str) -> None:
    found = page(app, tmp_path, language)
    assert not found.exception
    assert found.title[0].value == texts(language).page("compare")
    drawn = html(chosen(found))
    assert "Women &lt;b&gt;" in drawn
    assert "Women <b>" not in drawn
    numbers = re.findall(r'<span class="num">(\d+) \(', drawn)
    assert numbers == ["2", "1", "1"]  # only women; only the capital; both


def test_one_without_the_other_opens_as_a_segment(app: AppTest, tmp_path: Path) -> None:
    found = chosen(page(app, tmp_path))
    ways = found.selectbox(key="compare_way")
    assert ways.options == [
        "“Capital” and “Women <b>”: 1",
        "“Capital” without “Women <b>”: 1",
        "“Women <b>” without “Capital”: 2",
    ]
    ways.set_value("“Women <b>” without “Capital”").run()
    found.button(key="compare_open").click().run()
    women, capital = (Audience(Source.SEGMENT, name) for name in ("Women <b>", "Capital"))
    assert found.session_state["state"].definition == All((women, Not(capital)))


def test_the_segment_in_hand_can_be_chosen(app: AppTest, tmp_path: Path) -> None:
    found = page(app, tmp_path)
    asked = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    asked.query_params["q"] = "customers in Oslo"
    found.session_state["state"] = asked.run().session_state["state"]
    found.run()
    box = found.multiselect(key="compare_chosen")
    assert box.options == [
        "The segment on Ask: Customers who live in Oslo",
        "Capital",
        "Women <b>",
    ]
    box.set_value(["current", "segment_1"]).run()
    assert not found.exception
    assert "Nobody is in both" in html(found)
