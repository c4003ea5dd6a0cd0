"""The page Ask: the box, and below it what was understood, how many, who.

Listens (box), steps (session), draws. Start at `ask`.
"""

import streamlit as st

from assistant.answers import Answer
from assistant.dialogue.hearing import Command
from assistant.dialogue.state import State
from assistant.grammar.reading import Status
from assistant.languages.files import languages, look_up, table
from assistant.languages.texts import Texts
from assistant.languages.texts import texts as texts_of
from assistant.ui import address, look, resources, session, shown
from assistant.ui.account import EMPTY, of_answer
from assistant.ui.box import sentence_box
from assistant.ui.customers import customers
from assistant.ui.details import details
from assistant.ui.going_on import going_on
from assistant.ui.history import history
from assistant.ui.messages import messages
from assistant.ui.numbers import customers as counted
from assistant.ui.result import result
from assistant.ui.trouble import plain, safe
from assistant.ui.understood import understood

BOX = "box"


def ask() -> None:
    """Draw the page."""
    texts = session.texts()
    address.take_up()
    found = session.shown()
    if found is None:
        _welcome(texts)
    else:
        _answered(found, texts)
    address.keep()


def _answered(found: session.Shown, texts: Texts) -> None:
    answer = found.answer
    _title(session.state(), answer, texts)
    _box(found.text, of_answer(answer, texts), texts)
    going_on(answer, texts)
    with st.container(key="cards"):
        left, right = st.columns([1.78, 1], gap="medium")
    with left.container(border=True, key="understood", height="stretch"):
        understood(answer, found.asked, texts)
    with right.container(border=True, key="result", height="stretch"):
        result(answer, found.text, texts)
    if answer.status is Status.ANSWERED:
        _tabs(answer, texts)
    else:
        history(answer, texts)


def _welcome(texts: Texts) -> None:
    """The first visit: one question, and sentences to try."""
    look.narrow()
    with st.container(key="welcome"):
        st.title(texts.page("ask_title"), anchor=False)
        st.write(texts.page("ask_subtitle"))
    shop = resources.shop()
    status = f"{counted(shop.engine.total, texts)} · {shop.catalogue.name}"
    _box("", {**EMPTY, "status": status}, texts)
    with st.container(key="examples"):
        st.header(texts.page("examples_title"), anchor=False)
        sentences = _examples(texts)
        for row in range(0, len(sentences), 2):
            for column, (place, label, sentence) in zip(
                st.columns(2), sentences[row : row + 2], strict=False
            ):
                said = f"**{label}**  \n{plain(sentence)}" if label else plain(sentence)
                column.button(
                    said,
                    key=f"example_{place}",
                    width="stretch",
                    on_click=session.say,
                    args=(sentence,),
                )


def _examples(texts: Texts) -> list[tuple[int, str, str]]:
    """Some in the page's language, and one in each of the others."""
    own = [("", sentence) for sentence in texts.examples()[:3]]
    others = [
        (str(table(code, "language")["in_its_own"]), texts_of(code).examples()[place % 3])
        for place, code in enumerate(languages())
        if code != texts.language and look_up(code, "texts", "examples")
    ]
    both = [each for pair in zip(own, others, strict=False) for each in pair]
    return [(place, label, sentence) for place, (label, sentence) in enumerate(both)]


def _title(state: State, answer: Answer, texts: Texts) -> None:
    """The segment's name and whether it is saved."""
    with st.container(key="title", horizontal=True, vertical_alignment="center", gap="small"):
        name = state.current.name
        if not name:
            counts = answer.status is Status.ANSWERED
            name = shown.suggested_name(answer) if counts else texts.page("new_segment")
        st.header(plain(name), anchor=False, width="content")
        if answer.status is Status.ANSWERED:
            kind = _saved_state(state)
            said = safe(texts.page(f"state_{kind}"))
            st.html(f'<span class="krets-state {kind}">{said}</span>', width="content")


def _saved_state(state: State) -> str:
    kept = state.current.saved
    if kept is None or not kept.id:  # what an address holds is kept nowhere
        return "unsaved"
    return "changed" if state.unsaved else "saved"


def _box(text: str, account: dict[str, object], texts: Texts) -> None:
    place = (text, session.version())
    sentence_box(BOX, place, account, session.ticket(), texts, _on_ask)


def _on_ask() -> None:
    asked = st.session_state[BOX].asked
    if asked:
        session.say(str(asked))


def _tabs(answer: Answer, texts: Texts) -> None:
    """What is below, each drawn only while it is open."""
    drawn = {
        "customers": customers,
        "messages": messages,
        "definition": details,
        "history": history,
    }
    names = [texts.page(f"tab_{name}") for name in drawn]
    key = f"tabs_{texts.language}"
    if session.just_told(Command.MESSAGE):
        st.session_state[key] = texts.page("tab_messages")
    tabs = st.tabs(names, key=key, on_change="rerun")
    for tab, draw in zip(tabs, drawn.values(), strict=True):
        if tab.open:
            with tab:
                draw(answer, texts)
