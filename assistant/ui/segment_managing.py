"""What is done with one saved segment from its row: named, tagged, owned, reviewed, put away.

Start at `manage`.
"""

from collections.abc import Callable

import streamlit as st

from assistant.answers.segment_files import ENDING, file_name
from assistant.languages.texts import Texts
from assistant.ui import library, resources
from assistant.ui.trouble import plain
from segments.definition import Source
from segments.errors import Shown
from segments.store import Saved


def manage(each: Saved, texts: Texts) -> None:
    """Draw the button and, once it is open, what it holds."""
    with st.popover(
        texts.page("manage"), key=f"manage_{each.id}", icon=":material/tune:", on_change="rerun"
    ) as opened:
        if not opened.open:
            return
        _form(each, texts)
        _copy(each, texts)
        st.download_button(
            texts.page("segment_download"),
            resources.store().text(each.id),
            file_name(each.name) + ENDING,
            "application/toml",
            key=f"file_{each.id}",
            icon=":material/download:",
        )
        _put_away(each, texts)


def _form(each: Saved, texts: Texts) -> None:
    store = resources.store()
    if each.review_days is not None and st.button(
        texts.page("review_done"), key=f"reviewed_{each.id}", icon=":material/task_alt:"
    ):
        tried(lambda: store.reviewed(each.id, library.now()), texts)
    with st.form(f"manage_form_{each.id}", border=False):
        name = st.text_input(texts.page("name"), each.name, max_chars=200)
        tags = st.text_input(
            texts.page("tags_field"), ", ".join(each.tags), help=texts.page("tags_hint")
        )
        owner = st.text_input(texts.page("owner_field"), each.owner, max_chars=200)
        days = st.number_input(
            texts.page("review_field"),
            min_value=0,
            max_value=3660,
            value=each.review_days or 0,
            help=texts.page("review_hint"),
        )
        kept = st.form_submit_button(texts.page("save"), type="primary")

    def keep() -> None:
        if name != each.name:
            store.rename(each.id, name, library.now(), library.who())
        store.tag(each.id, tags.split(","))
        if owner != each.owner:
            store.assign(each.id, owner)
        if (days or None) != each.review_days:
            store.review_every(each.id, days or None)

    if kept:
        tried(keep, texts)


def _copy(each: Saved, texts: Texts) -> None:
    name = texts.page("copy_of", name=each.name)
    if st.button(
        texts.page("duplicate"), key=f"duplicate_{each.id}", icon=":material/content_copy:"
    ):
        store = resources.store()
        tried(lambda: store.duplicate(each.id, name, library.who(), library.now()), texts)


def _put_away(each: Saved, texts: Texts) -> None:
    """A segment in use is archived; only what is archived can be deleted."""
    store, now = resources.store(), library.now()
    if others := store.naming(Source.SEGMENT, each.name):
        st.caption(plain(texts.page("named_by", names=", ".join(others))))
    if each.archived_at is None:
        if st.button(texts.page("archive"), key=f"archive_{each.id}", icon=":material/archive:"):
            tried(lambda: store.archive(each.id, now), texts)
        return
    if st.button(texts.page("unarchive"), key=f"unarchive_{each.id}", icon=":material/unarchive:"):
        tried(lambda: store.unarchive(each.id, now), texts)
    st.caption(texts.page("delete_told"))
    if st.button(
        texts.page("delete_for_good"), key=f"delete_{each.id}", icon=":material/delete_forever:"
    ):
        tried(lambda: library.forget(each.id), texts)


def tried(act: Callable[[], object], texts: Texts) -> None:
    """Do something and draw the page anew, or say why it cannot be done."""
    try:
        act()
    except Shown as wrong:
        for problem in wrong.problems:
            st.warning(plain(texts.problem(problem)))
        return
    st.rerun()
