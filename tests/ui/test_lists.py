"""Lists on the page: a file is kept, used and removed; a segment is frozen."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from segments.codec import to_text
from segments.store import Store

ROOT = Path(__file__).parents[2]


def lists_page() -> None:
    import streamlit as st  # noqa: PLC0415 - AppTest runs the body alone

    from assistant.ui.lists import lists  # noqa: PLC0415

    lists(st.Page(lambda: None, title="Ask", url_path="ask"))


def page(app: AppTest) -> AppTest:
    app.run()
    return AppTest.from_function(lists_page, default_timeout=30).run()


def added(app: AppTest, content: bytes, name: str | None = None) -> AppTest:
    found = page(app)
    found.file_uploader(key="list_file").upload("spring.csv", content, "text/csv").run()
    assert not found.exception
    if name is not None:
        found.text_input(key="list_name").set_value(name)
    pressed = next(each for each in found.button if each.label == "Keep the list")
    pressed.click().run()
    assert not found.exception
    return found


def counts(app: AppTest) -> str:
    return " ".join(str(each.proto.body) for each in app.get("html"))


def test_a_file_is_kept_and_says_what_was_found(app: AppTest, tmp_path: Path) -> None:
    found = added(app, "\ufeffNamn;Customer_ID\r\nÅsa; 2 \r\nBo;3\r\nX;999\r\n".encode())
    assert "2 of 3 entries" in found.success[0].value
    assert "2 customers" in counts(found)
    with Store.open(tmp_path / "segments.db") as store:
        (kept,) = store.lists()
        assert (kept.name, kept.field, kept.size) == ("spring", None, 3)
        assert store.entries(kept.id) == ("2", "3", "999")
    found.session_state[f"list_missing_{kept.id}"] = True
    found.run()
    assert [each.value for each in found.code] == ["999"]


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"PK\x03\x04\x00\x00", "not a file of text"), (b"a;b\n1;2\n3;4\n", "customer_id")],
)
def test_a_file_that_is_no_list_keeps_nothing(
    app: AppTest, tmp_path: Path, content: bytes, said: str
) -> None:
    found = added(app, content)
    assert said in found.warning[0].value.replace("\\", "")
    with Store.open(tmp_path / "segments.db") as store:
        assert store.lists() == ()


def test_a_list_of_nobody_is_told_so(app: AppTest) -> None:
    found = added(app, b"7001\n7002\n")
    assert "0 of 2" in found.warning[0].value
    assert "Nobody" in found.warning[0].value


def test_a_kept_list_is_spoken_of_at_once_and_its_later_self_is_counted(app: AppTest) -> None:
    added(app, b"customer_id\n1\n2\n", "spring buyers")
    ask = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    ask.query_params["q"] = "not on the list spring buyers"
    ask.run()
    assert not ask.exception
    assert '<div class="krets-number" id="count">4</div>' in counts(ask)
    found = page(app)
    key = next(each.key for each in found.button if each.label == "Use")
    number = str(key).rpartition("_")[2]
    found.session_state[f"list_remove_{number}"] = True
    found.run()
    found.button(key=f"list_remove_sure_{number}").click().run()
    assert "customers" not in counts(found)
    again = added(app, b"customer_id\n1\n", "spring buyers")
    assert "1 customer" in counts(again)


def test_who_is_in_a_segment_now_is_kept_as_a_list(app: AppTest, tmp_path: Path) -> None:
    app.query_params["q"] = "customers in Stockholm"
    app.run()
    app.session_state[f"save_{app.session_state['version']}"] = True
    app.run()
    app.text_input(key="freeze_name").set_value("In town")
    next(each for each in app.button if each.label == "Keep as a list").click().run()
    assert not app.exception
    assert "2 of 2" in app.success[0].value
    with Store.open(tmp_path / "segments.db") as store:
        assert [(kept.name, kept.field) for kept in store.lists()] == [("In town", None)]
    assert to_text(app.session_state["state"].definition) == 'city = "Stockholm"'
