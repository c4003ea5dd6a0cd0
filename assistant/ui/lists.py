"""Lists on the page Segments: a file of keys or addresses is kept, looked at, used and removed.

And who is in a segment now is kept as a list that stays as it is. Start at `lists` and `freeze`.
"""

from pathlib import PurePath

import streamlit as st

from assistant.answers import Answer
from assistant.answers.key_lists import Found, looked_up
from assistant.dialogue.moves import OpenSaved
from assistant.languages.texts import Texts
from assistant.ui import library, resources, session, shown
from assistant.ui.numbers import customers, day, number
from assistant.ui.trouble import plain, safe
from segments.definition import Audience, Source
from segments.errors import Shown
from segments.key_files import lines_of, list_of
from segments.store import KeptList

FEW, HEIGHT = 8, 240  # so many stand there as they are; more in so many pixels
MOST_SHOWN = 200  # entries that were not found; a file with more holds something else


def lists(page: st.Page) -> None:
    """Draw every list, and the way to add one; `page` is where one is used."""
    texts = session.texts()
    st.header(texts.page("lists"), anchor=False)
    st.caption(plain(texts.page("lists_told")))
    with st.expander(texts.page("lists_add"), icon=":material/upload_file:", key="lists_add"):
        _add(texts)
    for each in resources.store().lists():
        with st.container(border=True, key=f"list_{each.id}"):
            _list(each, page, texts)


@st.fragment
def freeze(name: str, answer: Answer, texts: Texts) -> None:
    """Keep who is in a segment now."""
    st.caption(plain(texts.page("lists_freeze_told")))
    with st.form("freeze_form", border=False):
        called = st.text_input(texts.page("lists_name"), name, max_chars=200, key="freeze_name")
        if not st.form_submit_button(texts.page("lists_freeze")) or answer.definition is None:
            return
    keys = resources.shop().members(answer.definition, as_of=answer.as_of)
    _keep(called, None, tuple(str(key) for key in keys), texts)


def _add(texts: Texts) -> None:
    """A file, a name, and what became of it."""
    file = st.file_uploader(texts.page("lists_file"), type=["csv", "txt"], key="list_file")
    if file is None:
        return
    with st.form("list_form", border=False):
        given = PurePath(file.name).stem
        name = st.text_input(texts.page("lists_name"), given, max_chars=200, key="list_name")
        if not st.form_submit_button(texts.page("lists_keep"), type="primary"):
            return
    try:
        field, entries = list_of(file.name, file.getvalue(), resources.shop().catalogue)
    except Shown as wrong:
        _explain(wrong, texts)
        return
    _keep(name, field, entries, texts)


def _keep(name: str, field: str | None, entries: tuple[str, ...], texts: Texts) -> None:
    """Keep a list and say what was found of it in the shop."""
    try:
        kept = resources.store().add_list(name, field, entries, library.now())
        resources.shop().refresh()
        found = _found(kept)
    except Shown as wrong:
        _explain(wrong, texts)
        return
    told = texts.page(
        "lists_kept",
        name=kept.name,
        found=number(kept.size - len(found.missing), texts.language),
        size=number(kept.size, texts.language),
    )
    if found.members:
        st.success(plain(told), icon=":material/check:")
    else:
        st.warning(plain(f"{told} {texts.page('lists_nobody')}"), icon=":material/warning:")


def _list(each: KeptList, page: st.Page, texts: Texts) -> None:
    told, count, actions = st.columns([4, 1.2, 3.4], vertical_alignment="center", gap="medium")
    with told:
        st.markdown(f"**{plain(each.name)}**")
        what = shown.name_of(each.field) if each.field in shown.fields() else shown.key_name()
        size = texts.page("lists_size", n=number(each.size, texts.language), what=what)
        kept = texts.page("lists_since", date=day(each.created_at.date(), texts.language))
        st.html(f'<p class="krets-quiet">{safe(f"{size} · {kept}")}</p>')
    try:
        said = customers(session.count_of(_audience(each)), texts)
    except Shown as wrong:
        with told:
            _explain(wrong, texts)
    else:
        count.html(f'<div class="krets-count">{said}</div>')
    with actions.container(horizontal=True, horizontal_alignment="right", gap="xsmall"):
        if st.button(texts.page("lists_use"), key=f"list_use_{each.id}"):
            session.do(OpenSaved(0, "", _audience(each)))
            st.switch_page(page)
        _missing(each, texts)
        _remove(each, texts)
    kept_out = st.checkbox(
        texts.page("lists_suppress"), each.suppresses, key=f"list_suppress_{each.id}"
    )
    if kept_out != each.suppresses:
        resources.store().suppress(each.id, on=kept_out)


def _missing(each: KeptList, texts: Texts) -> None:
    """Which entries are nobody's in the shop."""
    label = texts.page("lists_missing")
    with st.popover(label, key=f"list_missing_{each.id}", on_change="rerun") as opened:
        if not opened.open:
            return
        try:
            missing = _found(each).missing
        except Shown as wrong:
            _explain(wrong, texts)
            return
        if not missing:
            st.write(plain(texts.page("lists_all_found")))
            return
        total = number(len(missing), texts.language)
        size = number(each.size, texts.language)
        st.write(plain(texts.page("lists_missing_told", n=total, size=size)))
        st.code(
            "\n".join(missing[:MOST_SHOWN]),
            language=None,
            height=HEIGHT if len(missing) > FEW else "content",
        )
        if len(missing) > MOST_SHOWN:
            st.caption(plain(texts.page("lists_first", n=MOST_SHOWN)))


def _remove(each: KeptList, texts: Texts) -> None:
    label = texts.page("delete")
    with st.popover(label, key=f"list_remove_{each.id}", on_change="rerun") as opened:
        if not opened.open:
            return
        st.write(plain(texts.page("lists_remove_sure", name=each.name)))
        st.download_button(
            texts.page("lists_download"),
            lines_of(resources.store().entries(each.id)),
            f"{each.name}.csv",
            "text/csv",
            key=f"list_file_{each.id}",
            icon=":material/download:",
        )
        if st.button(label, key=f"list_remove_sure_{each.id}", type="primary"):
            try:
                resources.store().remove_list(each.id)
            except Shown as wrong:
                _explain(wrong, texts)
                return
            st.rerun()


def _found(kept: KeptList) -> Found:
    return looked_up(resources.shop(), kept, resources.store().entries(kept.id))


def _audience(kept: KeptList) -> Audience:
    return Audience(Source.LIST, kept.name)


def _explain(wrong: Shown, texts: Texts) -> None:
    for problem in wrong.problems:
        st.warning(plain(texts.problem(problem)), icon=":material/warning:")
