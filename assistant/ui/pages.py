"""All pages and what stands around them: navigation, recent segments, the language switch.

Start at `draw`, which runs once a rerun of a session.
"""

import streamlit as st

from assistant.answers import Shop
from assistant.languages.files import languages, table
from assistant.languages.texts import Texts
from assistant.ui import library, look, resources, session
from assistant.ui.ask import ask
from assistant.ui.box import BROWSER
from assistant.ui.comparing import comparing
from assistant.ui.guide import guide
from assistant.ui.health import health
from assistant.ui.lists import lists
from assistant.ui.results import results
from assistant.ui.saved import saved
from assistant.ui.trouble import explain, plain
from segments.errors import Shown

RECENT = 6


def draw() -> None:
    """Draw the page the address names."""
    st.set_page_config(
        page_title="Krets",
        page_icon=BROWSER / "mark.svg",
        layout="wide",
        initial_sidebar_state="auto",
    )
    texts = session.texts()
    look.dress(texts.language)
    pages = _pages(texts)
    page = st.navigation(list(pages.values()), position="sidebar")
    if _shop(texts) is None:
        _language(texts)
        return
    with st.sidebar:
        _recent(pages["ask"], texts)
        _language(texts)
    page.run()


def _pages(texts: Texts) -> dict[str, st.Page]:
    def segments() -> None:
        saved(pages["ask"])
        health()
        lists(pages["ask"])

    def compare() -> None:
        comparing(pages["ask"])

    def helped() -> None:
        guide(pages["ask"])

    pages = {
        "ask": st.Page(ask, title=texts.page("ask"), icon=":material/forum:", default=True),
        "segments": st.Page(
            segments,
            title=texts.page("segments"),
            icon=":material/bookmarks:",
            url_path="segments",
        ),
        "compare": st.Page(
            compare,
            title=texts.page("compare"),
            icon=":material/join_inner:",
            url_path="compare",
        ),
        "results": st.Page(
            results,
            title=texts.page("results"),
            icon=":material/monitoring:",
            url_path="results",
        ),
        "guide": st.Page(
            helped, title=texts.page("guide"), icon=":material/help:", url_path="guide"
        ),
    }
    return pages


def _shop(texts: Texts) -> Shop | None:
    """The shop; when it cannot be opened, what is wrong is said in its place."""
    try:
        with st.spinner(texts.page("loading"), show_time=False):
            shop = resources.shop()
            shop.refresh()
            return shop
    except Shown as wrong:
        explain(wrong, texts)
        return None


def _recent(page: st.Page, texts: Texts) -> None:
    """The segments changed last, to open with one click."""
    segments = [each for each in library.recent(RECENT) if each.definition is not None]
    if not segments:
        return
    with st.container(key="recent", gap="xxsmall"):
        st.caption(texts.page("recent"))
        for each in segments:
            if st.button(
                plain(each.name),
                key=f"recent_{each.id}",
                icon=":material/bookmark:",
                type="tertiary",
            ):
                library.open_saved(each)
                st.switch_page(page)


def _language(texts: Texts) -> None:
    """The switch; the choice stands in the address and so outlives a reload."""
    if session.LANGUAGE not in st.session_state:
        st.session_state[session.LANGUAGE] = session.language()
    elif st.session_state[session.LANGUAGE] != session.browser_language():
        st.query_params[session.LANGUAGE] = st.session_state[session.LANGUAGE]
    elif session.LANGUAGE in st.query_params:
        del st.query_params[session.LANGUAGE]
    with st.container(key="language"):
        st.selectbox(
            texts.page("language"),
            languages(),
            format_func=lambda code: str(table(code, "language")["name"]),
            key=session.LANGUAGE,
            persist_state="session",
        )
