"""The address keeps what is shown, so that a reload of the page, or a bookmark, shows it again.

`segment` is a saved one's number, `q` a sentence, `d` a definition that its sentence does not give.
Start at `take_up` and `keep`.
"""

import streamlit as st

from assistant.dialogue.moves import Move, OpenSaved, Say
from assistant.ui import resources, session
from segments.codec import from_text, to_text
from segments.errors import Shown

SEGMENT, SENTENCE, DEFINITION = "segment", "q", "d"
LONGEST = 1500  # longer addresses are cut by some browsers and proxies


def take_up() -> None:
    """Once a session: what the address says was shown."""
    if not session.first_run():
        return
    try:
        move = _saved(st.query_params.get(SEGMENT, "")) or _said(
            st.query_params.get(SENTENCE, ""), st.query_params.get(DEFINITION, "")
        )
    except Shown:
        return
    if move is not None:
        session.do(*move)


def _saved(number: str) -> tuple[Move, ...] | None:
    if not number.isdecimal():
        return None
    saved = resources.store().get(int(number[:12]))
    if saved.definition is None:
        return None
    return (OpenSaved(saved.id, saved.name, saved.definition, saved.sentence),)


def _said(text: str, written: str) -> tuple[Move, ...] | None:
    if written:
        definition = from_text(written)
        return (OpenSaved(0, "", definition, text),)
    return (Say(text),) if text.strip() else None


def keep() -> None:
    """Put what is shown into the address, and take out what is not."""
    wanted = _wanted()
    for name in (SEGMENT, SENTENCE, DEFINITION):
        value = wanted.get(name, "")
        if not value or len(value) > LONGEST:
            if name in st.query_params:
                del st.query_params[name]
        elif st.query_params.get(name) != value:
            st.query_params[name] = value


def _wanted() -> dict[str, str]:
    state = session.state()
    found = session.shown()
    if found is None:
        return {}
    saved = state.current.saved
    if saved is not None and saved.id and not state.unsaved:
        return {SEGMENT: str(saved.id)}
    if state.definition is not None and (state.current.answers or found.answer.reading is None):
        return {SENTENCE: found.text, DEFINITION: to_text(state.definition)}
    return {SENTENCE: found.text}
