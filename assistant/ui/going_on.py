"""Going on with the segment in hand: what the newest turn did, what was asked, and the next turn.

In: an `Answer` and the newest turn. Out: drawn, with a field for follow-ups. Start at `going_on`.
"""

import streamlit as st

from assistant.answers import Answer, Asked, Table
from assistant.dialogue.hearing import Command
from assistant.dialogue.moves import Redo, Undo
from assistant.dialogue.state import Change, State, Turn
from assistant.grammar.reading import Reading, Status
from assistant.languages.texts import Texts
from assistant.ui import library, resources, session
from assistant.ui.trouble import safe
from assistant.ui.understood import question
from segments.errors import Shown

FIELD = "follow"
_WRONG = "follow_wrong"
_UNDONE = {Change.UNDONE: "turn_undone", Change.REDONE: "turn_redone"}
_CHANGED = frozenset({Change.FOLLOWED, *_UNDONE})


def going_on(answer: Answer, texts: Texts) -> None:
    """Draw what the newest turn did and the field for the next."""
    state = session.state()
    if state.last is not None:
        with st.container(key="turn"):
            _turn(state, state.last, answer, texts)
    if state.definition is not None:
        # Inside a container it stands where it is drawn; else it is pinned and scrolls the page.
        st.container(key="going_on").chat_input(
            texts.page("follow_hint"), key=FIELD, on_submit=_on_follow
        )


def _on_follow() -> None:
    """Take the turn; "save as …" is carried out here, for only the page has the store."""
    st.session_state.pop(_WRONG, None)
    session.follow(str(st.session_state[FIELD] or ""))
    state = session.state()
    turn, definition = state.last, state.definition
    if turn is None or definition is None or turn.command is not Command.SAVE or not turn.name:
        return
    try:
        library.save(turn.name, definition, state.current.sentence)
    except Shown as wrong:
        texts = session.texts()
        st.session_state[_WRONG] = " ".join(map(texts.problem, wrong.problems))


def _turn(state: State, turn: Turn, answer: Answer, texts: Texts) -> None:
    for asked in _asked(turn, texts):
        question(asked, texts)
    if turn.change in _CHANGED:
        _changed(state, turn, texts)
    for sentence in _told(turn, texts):
        st.html(f'<p class="krets-told">{safe(sentence)}</p>')
    table = _table(turn, answer)
    if table is not None:
        tabled(table)


def _asked(turn: Turn, texts: Texts) -> tuple[Asked, ...]:
    if turn.question is None:
        return ()
    reading = Reading(turn.sentence, texts.language, Status.ASKS, questions=(turn.question,))
    return resources.shop().asked(
        reading, as_of=session.state().current.as_of, language=texts.language
    )


def _changed(state: State, turn: Turn, texts: Texts) -> None:
    """What changed, and the way back."""
    key = _UNDONE.get(turn.change)
    sentences = (texts.page(key),) if key else session.changes(turn)
    redo = turn.change is Change.UNDONE
    with st.container(key="changed", horizontal=True, vertical_alignment="center", gap="small"):
        said = "".join(f"<p>{safe(sentence)}</p>" for sentence in sentences)
        st.html(f'<div class="krets-changed" role="status">{said}</div>', width="content")
        st.button(
            texts.page("redo" if redo else "undo"),
            key="changed_back",
            icon=":material/redo:" if redo else ":material/undo:",
            type="tertiary",
            disabled=not (state.future if redo else state.past),
            on_click=session.do,
            args=(Redo() if redo else Undo(),),
        )


def _told(turn: Turn, texts: Texts) -> tuple[str, ...]:
    """Why nothing changed, or what became of a command."""
    match turn.change, turn.command:
        case Change.REFUSED, _:
            return tuple(texts.reason(note) for note in turn.notes)
        case Change.FOLLOWED, _:
            return tuple(texts.note(note) for note in turn.notes)
        case Change.COMMANDED, Command.SAVE:
            if wrong := st.session_state.get(_WRONG):
                return (str(wrong),)
            key = "told_saved" if turn.name else "told_name_it"
            return (texts.page(key, name=turn.name),)
        case Change.COMMANDED, Command.RENAME:
            return (texts.page("told_renamed", name=turn.name),)
        case Change.COMMANDED, Command.DOWNLOAD:
            return (_told_download(turn, texts),)
        case Change.COMMANDED, _:
            return (texts.page("told_message"),)
        case _:
            return ()


def _told_download(turn: Turn, texts: Texts) -> str:
    """Where the file is to be had, and for which tool."""
    if not turn.name:
        return texts.page("told_download")
    return texts.page("told_download_for", tool=texts.page(f"tool_{turn.name}"))


def _table(turn: Turn, answer: Answer) -> Table | None:
    if turn.change is Change.INQUIRED and turn.inquiry is not None:
        return session.table(turn)
    return answer.table if turn.change in (Change.SAID, Change.ANSWERED) else None


def tabled(table: Table) -> None:
    """Draw the answer to what was asked: a sentence, and the numbers behind it."""
    st.html(f'<p class="krets-told"><strong>{safe(table.said)}</strong></p>')
    if table.rows:
        head = "".join(
            f'<th scope="col"{_right(place)}>{safe(name)}</th>'
            for place, name in enumerate(table.columns)
        )
        body = "".join(
            f'<tr><th scope="row">{safe(row.label)}</th>'
            + "".join(f'<td class="num">{safe(cell.text)}</td>' for cell in row.cells)
            + "</tr>"
            for row in table.rows
        )
        label = safe(table.said)
        st.html(
            f'<div class="krets-table krets-numbers" tabindex="0" role="region"'
            f' aria-label="{label}"><table><thead><tr>{head}</tr></thead>'
            f"<tbody>{body}</tbody></table></div>"
        )
    if table.notes:
        notes = "".join(f"<li>{safe(note)}</li>" for note in table.notes)
        st.html(f'<ul class="krets-notes">{notes}</ul>')


def _right(place: int) -> str:
    return ' class="num"' if place else ""
