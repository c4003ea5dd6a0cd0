"""Saving what is shown: under which name, why, and what to do when somebody saved meanwhile.

Start at `save`.
"""

import streamlit as st

from assistant.answers import Answer
from assistant.languages.texts import Texts
from assistant.ui import library, resources, session
from assistant.ui.lists import freeze
from assistant.ui.segment_versions import told
from assistant.ui.trouble import plain
from segments.definition import Condition
from segments.errors import Shown
from segments.problems import SegmentChanged

_CHANGED = "saved_meanwhile"


def save(name: str, answer: Answer, text: str, texts: Texts) -> None:
    """Draw the button and, once it is open, the form; `text` is the sentence saved along."""
    with st.popover(
        texts.page("save"),
        key=f"save_{session.version()}",
        type="primary",
        icon=":material/bookmark:",
        on_change="rerun",
    ) as opened:
        if opened.open and answer.definition is not None:
            _form(name, answer.definition, text, texts)
            freeze(name, answer, texts)


def _form(suggested: str, definition: Condition, text: str, texts: Texts) -> None:
    number = library.open_id()
    with st.form("save_form", border=False):
        name = st.text_input(texts.page("name"), suggested, max_chars=200, key="save_name")
        note = st.text_input(
            texts.page("saved_why"), key="save_note", placeholder=texts.page("saved_why_hint")
        )
        with st.container(horizontal=True, gap="small"):
            pressed = st.form_submit_button(texts.page("save"), type="primary")
            anew = number is not None and st.form_submit_button(texts.page("save_as_new"))
    for odd in resources.shop().odd_name(name, definition, language=texts.language):
        st.caption(plain(odd))
    over = _meanwhile(number, texts)
    if not (pressed or anew or over):
        return
    try:
        library.save(name, definition, text, note, anew=anew, over=over)
    except Shown as wrong:
        if not isinstance(wrong.problems[0], SegmentChanged):
            for problem in wrong.problems:
                st.warning(plain(texts.problem(problem)))
            return
        st.session_state[_CHANGED] = number
    else:
        st.session_state.pop(_CHANGED, None)
    st.rerun()


def _meanwhile(number: int | None, texts: Texts) -> bool:
    """What somebody has saved since: who, what is another, and whether to save over it."""
    if number is None or st.session_state.get(_CHANGED) != number:
        return False
    problem = library.changed_meanwhile()
    if problem is None:
        return False
    st.warning(plain(texts.problem(problem)))
    newest, opened = resources.store().get(number).definition, session.state().current.saved
    if newest is not None and opened is not None:
        st.caption(texts.page("saved_since"))
        shop = resources.shop()
        told(shop.difference(opened.definition, newest, language=texts.language), texts)
    return st.button(texts.page("save_over"), key="save_over")
