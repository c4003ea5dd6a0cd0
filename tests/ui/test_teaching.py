"""Teaching on the page, without a browser."""

import tomllib
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.answers import Shop
from assistant.answers.teaching import Teacher
from tests.ui.conftest import ROOT
from tests.ui.test_pages import asked, html

COUNT = '<div class="krets-number" id="count">{}</div>'


def rules(folder: Path) -> dict[str, str]:
    """The rules of the shop's catalogue, as they stand in the file."""
    written = (folder / "shop" / "catalogue.toml").read_text(encoding="utf-8")
    found = tomllib.loads(written).get("rules", {})
    return {name: rule["definition"] for name, rule in found.items()}


def visitor(text: str) -> AppTest:
    """Somebody else who asks the same server."""
    return asked(AppTest.from_file(str(ROOT / "app.py"), default_timeout=30), text)


def tried(app: AppTest, **entered: str) -> AppTest:
    app.button(key="teach_zorps").click().run()
    for key, value in entered.items():
        widget = app.text_input if key == "means" else app.selectbox
        widget(key=f"ask_{key}").set_value(value).run()
    app.button(key="ask_try").click().run()
    assert not app.exception
    return app


def test_a_word_is_taught_where_it_stands_and_the_sentence_read_again(
    app: AppTest,
    tmp_path: Path,
) -> None:
    asked(app, "zorps in Stockholm")
    tried(app, means="customers with at least 2 orders")
    assert "Not understood: zorps" in html(app)
    assert "With it: <strong>1</strong>" in html(app)
    assert rules(tmp_path) == {}
    app.button(key="ask_keep").click().run()
    assert not app.exception
    assert COUNT.format(1) in html(app)
    assert "“zorps” means: Customers who have shopped at least twice" in html(app)
    assert rules(tmp_path) == {"zorps": "count(purchase) >= 2"}
    assert COUNT.format(1) in html(visitor("zorps in Stockholm"))


def test_a_word_for_a_value_is_chosen_from_the_shop_s_own(app: AppTest) -> None:
    asked(app, "customers in zorps")
    app.button(key="teach_zorps").click().run()
    app.selectbox(key="ask_kind").set_value("value").run()
    app.selectbox(key="ask_value_of").set_value("city").run()
    app.selectbox(key="ask_value_city").set_value("Oslo").run()
    app.button(key="ask_try").click().run()
    app.button(key="ask_keep").click().run()
    assert not app.exception
    assert COUNT.format(2) in html(app)


@pytest.mark.parametrize(
    ("means", "why"),
    [("purple elephants", "was not understood"), ("loyal customers", "leaves a question open")],
)
def test_an_explanation_that_is_none_is_told(app: AppTest, means: str, why: str) -> None:
    asked(app, "zorps in Stockholm")
    tried(app, means=means)
    assert why in " ".join(each.value for each in app.warning)
    assert "ask_keep" not in [each.key for each in app.button]


def test_another_explanation_has_to_be_seen_again(app: AppTest) -> None:
    asked(app, "zorps in Stockholm")
    tried(app, means="customers with at least 2 orders")
    app.text_input(key="ask_means").set_value("women").run()
    assert "ask_keep" not in [each.key for each in app.button]


def answered(app: AppTest, text: str, choice: int) -> AppTest:
    asked(app, text)
    group = next(each for each in (*app.radio, *app.get("button_group")))
    group.set_value(choice).run()
    assert not app.exception
    return app


def test_an_answer_is_remembered_for_the_shop(app: AppTest, tmp_path: Path) -> None:
    answered(app, "loyal customers", 1)
    remember = next(each for each in app.button if str(each.key).startswith("remember_"))
    remember.click().run()
    assert not app.exception
    assert rules(tmp_path) == {"loyal": "count(purchase in last 12 months) >= 5"}
    assert "shop's own rule" in html(app).replace("&#x27;", "'")
    other = visitor("lojala kunder")
    assert COUNT.format(0) in html(other)
    assert not [*other.radio, *other.get("button_group")]


def test_an_answer_that_no_rule_can_hold_is_not_offered(app: AppTest) -> None:
    answered(app, "customers who bought recently", 1)
    assert not [each for each in app.button if str(each.key).startswith("remember_")]


def guide_page() -> None:
    import streamlit as st  # noqa: PLC0415 - AppTest runs the body alone

    from assistant.ui.guide import guide  # noqa: PLC0415

    guide(st.Page(lambda: None, title="Ask", url_path="ask"))


def test_the_guide_lists_changes_forgets_and_brings_back(app: AppTest, tmp_path: Path) -> None:
    asked(app, "zorps in Stockholm")
    tried(app, means="customers with at least 2 orders")
    app.button(key="ask_keep").click().run()
    page = AppTest.from_function(guide_page, default_timeout=30).run()
    assert not page.exception
    assert "Customers who have shopped at least twice" in html(page)
    page.text_input(key="change_0").set_value("women").run()
    page.button(key="change_0_try").click().run()
    assert "Today: <strong>1</strong>" in html(page)
    page.button(key="change_0_keep").click().run()
    assert not page.exception
    assert rules(tmp_path) == {"zorps": 'gender = "F"'}
    page.button(key="forget_0").click().run()
    assert not page.exception
    assert rules(tmp_path) == {}
    assert "is forgotten" in html(page)
    page.button(key="forgotten_back").click().run()
    assert not page.exception
    assert rules(tmp_path) == {"zorps": 'gender = "F"'}


def test_the_guide_does_not_teach_a_word_that_keeps_its_meaning(app: AppTest) -> None:
    app.run()
    page = AppTest.from_function(guide_page, default_timeout=30).run()
    page.text_input(key="guide_word").set_value("not").run()
    page.text_input(key="guide_means").set_value("women").run()
    page.button(key="guide_try").click().run()
    assert not page.exception
    assert "holds sentences together" in " ".join(each.value for each in page.warning)


def test_what_another_process_taught_is_understood_at_the_next_run(
    app: AppTest,
    tmp_path: Path,
) -> None:
    asked(app, "zorps in Stockholm")
    assert COUNT.format(1) not in html(app)
    with Shop.open(tmp_path / "shop", cache_dir=tmp_path / "other") as other:
        teacher = Teacher(other)
        teacher.teach(teacher.rule("zorps", "en", "customers with at least 2 orders"))
    assert COUNT.format(1) in html(visitor("zorps in Stockholm"))
