"""The page Segments: what was saved, with today's count; open, rename, delete.

A row that someone edited so that it cannot be read stands here with its reason. Start at `saved`.
"""

import streamlit as st

from assistant.languages.texts import Texts
from assistant.ui import library, resources, session
from assistant.ui.numbers import customers, day
from assistant.ui.trouble import plain, safe
from segments.errors import Shown
from segments.store import Saved


def saved(page: st.Page) -> None:
    """Draw the list; `page` is where a segment opens."""
    texts = session.texts()
    st.title(texts.page("segments"), anchor=False)
    segments = resources.store().list()
    if not segments:
        st.write(texts.page("segments_empty"))
        st.page_link(page, label=texts.page("new_question"), icon=":material/forum:")
        return
    for each in segments:
        with st.container(border=True, key=f"segment_{each.id}"):
            _segment(each, page, texts)


def _segment(each: Saved, page: st.Page, texts: Texts) -> None:
    told, count, actions = st.columns([5, 1.1, 2.6], vertical_alignment="center", gap="medium")
    with told:
        st.markdown(f"**{plain(each.name)}**")
        sentence = each.sentence or each.text
        st.html(f'<p class="krets-quiet">{safe(sentence)}</p>')
        who = f" · {each.owner}" if each.owner else ""
        changed = texts.page("changed", date=day(each.changed_at.date(), texts.language))
        st.html(f'<p class="krets-quiet">{safe(changed + who)}</p>')
        reason = _count(each, count, texts)
        if reason:
            st.warning(plain(f"{texts.page('unreadable')} {reason}"), icon=":material/warning:")
    with actions.container(horizontal=True, horizontal_alignment="right", gap="xsmall"):
        if each.definition is not None and st.button(
            texts.page("open"), key=f"open_{each.id}", type="secondary"
        ):
            library.open_saved(each)
            st.switch_page(page)
        _rename(each, texts)
        _delete(each, texts)


def _count(each: Saved, place: st.delta_generator.DeltaGenerator, texts: Texts) -> str:
    """Show how many it has now; gives the reason when it cannot be counted."""
    if each.definition is None:
        return texts.problem(each.problem) if each.problem else "?"
    try:
        found = customers(session.count_of(each.definition), texts)
    except Shown as wrong:
        return " ".join(texts.problem(problem) for problem in wrong.problems)
    place.html(f'<div class="krets-count">{found}</div>')
    return ""


def _rename(each: Saved, texts: Texts) -> None:
    with st.popover(texts.page("rename"), key=f"rename_{each.id}", on_change="rerun") as opened:
        if not opened.open:
            return
        with st.form(f"rename_form_{each.id}", border=False):
            name = st.text_input(texts.page("name"), each.name, max_chars=200)
            if not st.form_submit_button(texts.page("rename"), type="primary"):
                return
        try:
            resources.store().rename(each.id, name, library.now())
        except Shown as wrong:
            for problem in wrong.problems:
                st.warning(plain(texts.problem(problem)))
            return
        st.rerun()


def _delete(each: Saved, texts: Texts) -> None:
    with st.popover(texts.page("delete"), key=f"delete_{each.id}", on_change="rerun") as opened:
        if not opened.open:
            return
        st.write(plain(texts.page("delete_sure", name=each.name)))
        if st.button(texts.page("delete"), key=f"delete_sure_{each.id}", type="primary"):
            library.forget(each.id)
            st.rerun()
