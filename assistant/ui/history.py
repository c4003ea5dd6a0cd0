"""The tab History: the turns of the conversation, each of which can be returned to.

Start at `history`.
"""

import streamlit as st

from assistant.answers import Answer
from assistant.dialogue.moves import StartOver, Undo
from assistant.dialogue.state import Change, Turn
from assistant.languages.texts import Texts
from assistant.ui import session, shown
from assistant.ui.numbers import number
from assistant.ui.trouble import plain
from segments.definition import Condition
from segments.errors import Shown


def history(answer: Answer, texts: Texts) -> None:
    """Draw the turns, the newest first."""
    state = session.state()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            texts.page("undo"),
            key="undo",
            icon=":material/undo:",
            disabled=len(state.past) == 0,
            on_click=session.do,
            args=(Undo(),),
        )
        st.button(
            texts.page("start_over"),
            key="start_over",
            icon=":material/restart_alt:",
            on_click=session.do,
            args=(StartOver(),),
        )
    for place, turn in reversed(list(enumerate(state.turns))):
        _turn(place, turn, answer, texts)


def _turn(place: int, turn: Turn, answer: Answer, texts: Texts) -> None:
    """What was done, how many there were then, and the way back."""
    newest = place == len(session.state().turns) - 1
    with st.container(key=f"turn_{place}"):
        said, count, action = st.columns([6, 1.2, 1.6], vertical_alignment="center")
    said.markdown(plain(_said(turn, answer, texts)))
    if turn.definition is not None:
        count.markdown(_count(turn.definition, texts))
    if newest:
        action.caption(texts.page("this_is_shown"))
    elif turn.definition is not None or turn.sentence:
        action.button(
            texts.page("return_to"),
            key=f"return_{place}",
            on_click=session.return_to,
            args=(turn,),
        )


def _count(definition: Condition, texts: Texts) -> str:
    """How many there were; nothing where the shop has not what a link or another day asked for."""
    try:
        return number(session.count_of(definition), texts.language)
    except Shown:
        return "–"


def _said(turn: Turn, answer: Answer, texts: Texts) -> str:
    before = shown.in_short(turn.before, answer) if turn.before is not None else ""
    after = shown.in_short(turn.after, answer) if turn.after is not None else ""
    match turn.change:
        case Change.EDITED:
            return f"{before} → {after}"
        case Change.REMOVED:
            return texts.page("turn_removed", before=before)
        case Change.ADDED:
            return texts.page("turn_added", after=after)
        case Change.UNDONE:
            return f"{texts.page('turn_undone')}: {turn.sentence}"
        case Change.REDONE:
            return f"{texts.page('turn_redone')}: {turn.sentence}"
        case Change.FOLLOWED | Change.COMMANDED | Change.INQUIRED:
            return " · ".join((turn.sentence, *session.changes(turn)))
        case Change.WONDERED:
            return f"{turn.sentence} · {texts.page('turn_asked')}"
        case Change.REFUSED:
            return f"{turn.sentence} · {texts.page('turn_refused')}"
        case Change.CLEARED:
            return texts.page("new_question")
        case Change.OPENED:
            return texts.page("turn_opened", what=turn.sentence or after)
        case Change.ANSWERED:
            return f"{turn.sentence} → {after}" if after else turn.sentence
        case Change.SAID:
            return turn.sentence
