"""What the page says when something is wrong: problems in words, errors calmly.

In: `Shown` with its problems, or nothing at all. Out: drawn text. Start at `explain`.
"""

import html

import streamlit as st

from assistant.languages.texts import Texts
from assistant.ui import session
from segments.errors import Shown


def explain(wrong: Shown, texts: Texts) -> None:
    """Say each problem of the shop's data and its way out."""
    st.header(texts.page("no_data"), anchor=False)
    for problem in wrong.problems:
        st.warning(plain(texts.problem(problem)), icon=":material/info:")
    st.button(texts.page("try_again"), key="try_again")


def unexpected() -> None:
    """Say that something went wrong on our side, and that nothing is lost."""
    texts = session.texts()
    st.error(texts.page("unexpected"), icon=":material/error:")


def plain(text: str) -> str:
    """A text with nothing in it that Markdown would read as a sign."""
    signs = "\\`*_{}[]<>()#+!|~$:"
    return "".join(f"\\{sign}" if sign in signs else sign for sign in text)


def safe(text: str) -> str:
    """A text as it may stand in HTML."""
    return html.escape(text)
