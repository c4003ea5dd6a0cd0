"""The left card: the sentence said back, one row a condition, defaults, questions, unknown words.

In: an `Answer`. Out: drawn, with each button a move of the session. Start at `understood`.
"""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from assistant.answers import Answer, Asked, Chip, Part
from assistant.grammar.reading import Status, WordStatus
from assistant.languages.texts import Texts
from assistant.ui import look, session, shown, teaching
from assistant.ui.account import cut, unknown
from assistant.ui.chip import edit
from assistant.ui.numbers import number
from assistant.ui.trouble import plain, safe

COLOURS = {
    "who": "violet",
    "where": "blue",
    "did": "orange",
    "when": "yellow",
    "consent": "green",
}


LONGEST_PILL = 44  # a longer one would be cut, and what tells it apart with it
TITLES = {
    Status.ANSWERED: "understood_as",
    Status.ASKS: "not_yet",
    Status.UNREAD: "not_understood",
}


def understood(answer: Answer, questions: Sequence[Asked], texts: Texts) -> None:
    """Draw the card."""
    said = texts.page(TITLES[answer.status])
    st.html(f'<h3 class="krets-card-title">{safe(said)}</h3>')
    if answer.readback:
        st.html(f'<p class="krets-said">{safe(answer.readback)}.</p>')
    _rows(answer, texts)
    teaching.told(texts)
    for asked in questions:
        question(asked, texts)
        teaching.remember(asked, texts)
    _lacking(answer, texts)
    _notes(answer.defaults)


def _rows(answer: Answer, texts: Texts) -> None:
    shares = []
    rows = st.container(gap="xsmall", key="rows")
    for place, part in enumerate(answer.parts):
        key = f"row_{place}"
        if part.left is not None and answer.total:
            shares.append((key, part.left / answer.total))
        with rows.container(key=key):
            _row(place, part, answer, texts)
    look.tint(shares)


def _row(place: int, part: Part, answer: Answer, texts: Texts) -> None:
    chips, count = st.columns([4, 1], wrap=False, vertical_alignment="center", gap="xsmall")
    with chips.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        for index, chip in enumerate(part.chips):
            if index:
                st.html(f'<span class="krets-group">{_joint(part, texts)}</span>', width="content")
            _chip(f"chip_{place}_{index}", chip, answer, texts)
    if part.left is not None:
        own = number(part.count or 0, texts.language)
        says = safe(texts.page("row_counts", own=own))
        left = number(part.left, texts.language)
        count.html(f'<div class="krets-count" title="{says}">{left}</div>')


def _joint(part: Part, texts: Texts) -> str:
    return safe(texts.page("joint_or" if shown.is_either(part.condition) else "and"))


def _chip(key: str, chip: Chip, answer: Answer, texts: Texts) -> None:
    colour, label, text = shown.said(chip, answer)
    said = f":{COLOURS[colour]}[{plain(label)}] {plain(text)}".strip()
    version = session.version()
    with st.popover(said, key=f"{key}_{version}", on_change="rerun") as opened:
        if opened.open:
            edit(f"{key}_{version}", chip, answer, texts)


def question(asked: Asked, texts: Texts) -> None:
    """A choice, each with its count; the one taken stays marked and can be changed."""
    labels = [
        option.label
        if option.count is None
        else f"{option.label} · {number(option.count, texts.language)}"
        for option in asked.options
    ]
    taken = session.state().answers.get(asked.key)
    key = f"question_{asked.key}_{session.version()}"
    said = plain(_asks(asked, texts))
    shown_as = [plain(label) for label in labels]
    told: dict[str, Any] = {"key": key, "on_change": _choose, "args": (key, asked.key)}
    if max(map(len, labels), default=0) > LONGEST_PILL:
        st.radio(said, range(len(labels)), taken, format_func=shown_as.__getitem__, **told)
    else:
        st.pills(said, range(len(labels)), default=taken, format_func=shown_as.__getitem__, **told)


def _choose(widget: str, question: str) -> None:
    index = st.session_state[widget]
    if index is not None:
        session.choose(question, index)


def _asks(asked: Asked, texts: Texts) -> str:
    """The question, with the word it is about if it does not say so itself."""
    if asked.about in asked.text:
        return asked.text
    return texts.page("asks_about", about=asked.about, question=asked.text)


def _lacking(answer: Answer, texts: Texts) -> None:
    """Why it was not read, the words that were not understood, and what can be done."""
    for reason in answer.reasons:
        st.write(plain(reason))
    teaching.offer(answer, texts)
    reasons = answer.reading.reasons if answer.reading else ()
    strange = all(reason.code == "unknown_words" for reason in reasons)
    if unknown(answer.words) and strange and any(word.colour for word in answer.words):
        spans = [(w.start, w.end) for w in answer.words if w.status is WordStatus.UNKNOWN]
        st.button(
            texts.page("go_on_without"),
            key="go_on",
            icon=":material/remove_selection:",
            on_click=session.say,
            args=(cut(answer.text, spans),),
        )


def _notes(notes: tuple[str, ...]) -> None:
    if notes:
        lines = "".join(f"<li>{safe(note)}</li>" for note in notes)
        st.html(f'<ul class="krets-notes">{lines}</ul>')
