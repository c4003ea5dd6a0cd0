"""The tab Messages without a browser: what stands in it, what an edit does, what is kept."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from assistant.messages.keeping import Kept, find, from_object, put, to_object, without
from assistant.messages.writing import Choice
from segments.store import Store
from tests.ui.test_pages import asked, followed, html


def opened(app: AppTest, text: str) -> AppTest:
    asked(app, text)
    app.session_state["tabs_en"] = "Messages"
    return app.run()


def field(app: AppTest, label: str) -> str:
    found = [*app.text_input, *app.text_area]
    return str(next(each.value for each in found if each.label == label))


def test_the_tab_has_a_message_with_its_lengths_and_why(app: AppTest) -> None:
    opened(app, "customers in Stockholm")
    assert not app.exception
    assert "{first_name}" in field(app, "Text")
    assert field(app, "Subject")
    said = html(app)
    assert "of 50" in said
    assert "The segment says: live in Stockholm." in said
    assert "What to avoid" in said


def test_it_is_not_made_before_the_tab_is_open(app: AppTest) -> None:
    asked(app, "customers in Stockholm")
    assert not [each for each in app.text_area if each.label == "Text"]


def test_to_ask_for_a_message_opens_the_tab(app: AppTest) -> None:
    asked(app, "customers in Stockholm")
    followed(app, "suggest a message")
    assert not app.exception
    assert field(app, "Subject")
    app.session_state["tabs_en"] = "Customers"
    app.run()
    assert not [each for each in app.text_input if each.label == "Subject"]


def test_an_edit_is_counted_again(app: AppTest) -> None:
    opened(app, "customers in Stockholm")
    subject = next(each for each in app.text_input if each.label == "Subject")
    subject.input("x" * 60).run()
    assert "60 characters; what is after 50 is often cut" in html(app)
    next(each for each in app.text_input if each.label == "Subject").input("x" * 151).run()
    assert "151 characters; at most 150 are allowed" in html(app)


def test_the_tags_are_those_of_the_tool(app: AppTest) -> None:
    opened(app, "customers in Stockholm")
    app.selectbox(key="message_tool").select("hubspot").run()
    assert "{{ personalization_token('contact.firstname', 'du') }}" in field(app, "Text")
    assert "unsubscribe" in " ".join(each.value for each in app.caption)


def test_a_tool_that_has_nothing_for_a_missing_name_says_so(app: AppTest) -> None:
    opened(app, "customers in Stockholm")
    app.selectbox(key="message_tool").set_value("rule").run()
    assert "Rule has nothing to put where a name is missing" in " ".join(
        each.value for each in app.caption
    )
    app.selectbox(key="message_tool").set_value("klaviyo").run()
    assert "where a name is missing" not in " ".join(each.value for each in app.caption)


def test_a_message_is_kept_with_a_saved_segment_and_stands_there_again(
    app: AppTest, tmp_path: Path
) -> None:
    opened(app, "customers in Stockholm")
    assert app.button(key="keep_message").disabled
    followed(app, "save as Capital")
    app.session_state["tabs_en"] = "Messages"
    app.run()
    next(each for each in app.text_input if each.label == "Subject").input("Our own words").run()
    app.button(key="keep_message").click().run()
    assert not app.exception
    store = Store.open(tmp_path / "segments.db")
    number = store.find("Capital").id
    kept = from_object(store.attached(number, "messages"))
    assert [each.texts[0] for each in kept] == [("subject", "Our own words")]
    again = AppTest.from_file(app._script_path, default_timeout=30)
    again.query_params["segment"] = str(number)
    again.run()
    again.session_state["tabs_en"] = "Messages"
    again.run()
    assert field(again, "Subject") == "Our own words"
    again.button(key="forget_message").click().run()
    assert store.attached(number, "messages") is None


def test_one_message_is_kept_for_each_channel_and_language() -> None:
    first = Kept("local", Choice("email", "sv", "neutral", "plain", "short"), (("subject", "a"),))
    other = Kept("local", Choice("email", "da", "neutral", "plain", "short"), (("subject", "b"),))
    changed = Kept("need", Choice("email", "sv", "formal", "rule", "help"), (("subject", "c"),))
    kept = put(put(put((), first), other), changed)
    assert kept == (other, changed)
    assert find(kept, first.choice) == changed
    assert from_object(to_object(kept)) == kept
    assert without(kept, changed.choice) == (other,)
    assert to_object(()) is None
    assert (
        from_object({"messages": [{"playbook": "x"}, *(to_object(kept) or {})["messages"]]}) == kept
    )
