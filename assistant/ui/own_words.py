"""The part of the Guide with what the shop was taught: each to change or take away, and one more.

In: the shop's rules and words. Out: drawn. Start at `own_words`.
"""

import streamlit as st

from assistant.answers.teaching import Told
from assistant.languages.texts import Texts
from assistant.ui import session, teaching
from assistant.ui.numbers import language_name
from assistant.ui.trouble import plain, safe
from segments.catalogue import Rule
from segments.catalogue_writing import Lesson
from segments.errors import Shown

_GONE = "words_forgotten"  # the lesson that can be brought back


def own_words(texts: Texts) -> None:
    """Draw the list and the form."""
    with st.container(border=True, key="own_words"):
        st.header(texts.page("own_words"), anchor=False)
        st.write(texts.page("own_words_told"))
        teaching.told(texts)
        _bring_back(texts)
        known = teaching.teacher().told(texts.language)
        for place, each in enumerate(known):
            with st.container(key=f"own_word_{place}"):
                _one(place, each, texts)
        if not known:
            st.html(f'<p class="krets-quiet">{safe(texts.page("own_words_none"))}</p>')
        with st.expander(texts.page("own_words_add"), icon=":material/school:"):
            teaching.teach("guide", "", texts.language, "", texts)


def _one(place: int, each: Told, texts: Texts) -> None:
    said, actions = st.columns([5, 1.6], vertical_alignment="center", gap="medium")
    with said:
        language = language_name(each.language, texts.language) if each.language else ""
        st.markdown(f"**{plain(each.words)}**")
        means = " · ".join(filter(None, (language, each.means)))
        st.html(f'<p class="krets-quiet">{safe(means)}</p>')
        if not each.fits:
            st.warning(texts.page("own_words_broken"), icon=":material/warning:")
    with actions.container(horizontal=True, horizontal_alignment="right", gap="xsmall"):
        st.button(texts.page("delete"), key=f"forget_{place}", on_click=_forget, args=(each,))
    if isinstance(each.lesson, Rule):
        with said.expander(texts.page("own_words_change")):
            _change(place, each, each.lesson, texts)


def _change(place: int, each: Told, rule: Rule, texts: Texts) -> None:
    """Another sentence for a rule, seen before and after on its own word."""
    key = f"change_{place}"
    st.text_input(texts.page("teach_means"), key=key, placeholder=texts.page("teach_hint"))
    st.button(
        texts.page("teach_try"), key=f"{key}_try", on_click=_try, args=(key, each.words, rule)
    )
    teaching.drafted(key, texts)


def _try(key: str, words: str, rule: Rule) -> None:
    sentence = str(st.session_state[key] or "")
    try:
        changed = teaching.teacher().changed(rule, session.language(), sentence)
        teaching.draft(key, changed, words.split(",", maxsplit=1)[0], known=False)
    except Shown as wrong:
        teaching.refuse(key, wrong)


def _forget(each: Told) -> None:
    try:
        teaching.teacher().forget(each.lesson)
    except Shown as wrong:
        teaching.refuse("guide", wrong)
        return
    teaching.tell("teach_forgotten", each.words, each.means)
    st.session_state[_GONE] = each.lesson
    session.read_again()


def _bring_back(texts: Texts) -> None:
    lesson: Lesson | None = st.session_state.get(_GONE)
    if lesson is not None:
        st.button(
            texts.page("undo"),
            key="forgotten_back",
            icon=":material/undo:",
            type="tertiary",
            on_click=_back,
            args=(lesson,),
        )


def _back(lesson: Lesson) -> None:
    st.session_state.pop(_GONE, None)
    teaching.keep("guide", lesson)
