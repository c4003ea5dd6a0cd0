"""The sentence box: a component of our own, since a text field cannot colour words as one types.

In: the text Python owns (shown when `version` is new) and the account of its words. Out: what was
committed with Enter or the button, through `on_ask`. What the sentence can go on with is asked for
while one types, without a run of the page. Its browser side is browser/box.*. Start at
`sentence_box`.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from assistant.languages.texts import Texts

BROWSER = Path(__file__).parent / "browser"


def part(name: str) -> str:
    """One of the files that run in the browser."""
    return (BROWSER / name).read_text(encoding="utf-8")


_BOX = st.components.v2.component(
    "krets_box", html=part("box.html"), css=part("box.css"), js=part("box.js")
)


def sentence_box(
    key: str,
    shown: tuple[str, int],
    account: dict[str, Any],
    ticket: str,
    texts: Texts,
    on_ask: Callable[[], None],
) -> None:
    """Draw the box; `shown` is the text and its version."""
    text, version = shown
    data = {
        "text": text,
        "version": version,
        "account": account,
        "ticket": ticket,
        "language": texts.language,
        "label": texts.page("ask_title"),
        "hint": texts.page("box_hint"),
        "ask": texts.page("ask"),
        "next": texts.page("next_words"),
        "sorry": texts.page("no_answer"),
    }
    _BOX(key=key, data=data, on_asked_change=on_ask)
