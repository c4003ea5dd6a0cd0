"""The page Segments: the library of what was saved, to be searched, looked through and opened.

A row that someone edited so that it cannot be read stands here with its reason. Start at `saved`.
"""

from datetime import datetime

import streamlit as st

from assistant.languages.texts import Texts
from assistant.ui import library, resources, session
from assistant.ui.numbers import customers, day, number
from assistant.ui.segment_files import files
from assistant.ui.segment_managing import manage
from assistant.ui.segment_versions import versions
from assistant.ui.trouble import plain, safe
from segments.errors import Shown
from segments.store import Saved, Size

BARS = 24  # as many of its sizes as can be told apart in the picture of them
FEW = 3  # segments that are seen at a glance need no search


def saved(page: st.Page) -> None:
    """Draw the library; `page` is where a segment opens."""
    texts, now = session.texts(), library.now()
    st.title(texts.page("segments"), anchor=False)
    segments = resources.store().list()
    if not segments:
        st.write(texts.page("segments_empty"))
        st.page_link(page, label=texts.page("new_question"), icon=":material/forum:")
        files(segments, texts)
        return
    chosen = _chosen(segments, now, texts)
    if not chosen:
        st.write(texts.page("library_nothing"))
    sizes = resources.store().all_sizes()
    for each in chosen:
        with st.container(border=True, key=f"segment_{each.id}"):
            _segment(each, sizes.get(each.id, ()), page, texts)
    files(segments, texts)


def _chosen(segments: tuple[Saved, ...], now: datetime, texts: Texts) -> list[Saved]:
    """Those that the search and the choices above leave: without them, all that are in use."""
    due = sum(each.due(now) for each in segments)
    away = sum(each.archived_at is not None for each in segments)
    tags = sorted({tag for each in segments for tag in each.tags}, key=str.casefold)
    owners = sorted({each.owner for each in segments if each.owner}, key=str.casefold)
    if len(segments) <= FEW and not (due or away or tags):
        return list(segments)
    with st.container(horizontal=True, vertical_alignment="bottom", key="library"):
        sought = st.text_input(
            texts.page("library_search"),
            key="library_search",
            placeholder=texts.page("library_search_hint"),
            icon=":material/search:",
        )
        tag = _choice("library_tag", tags, texts)
        owner = _choice("library_owner", owners, texts) if len(owners) > 1 else None
    with st.container(horizontal=True, key="library_states"):
        only_due = due and st.checkbox(texts.page("library_only_due", n=due), key="library_due")
        archived = away and st.checkbox(
            texts.page("library_archived", n=away), key="library_archived"
        )
    words = sought.casefold().split()
    return [
        each
        for each in segments
        if (each.archived_at is not None) is bool(archived)
        and (not only_due or each.due(now))
        and (tag is None or tag in each.tags)
        and (owner is None or owner == each.owner)
        and all(word in _searched(each) for word in words)
    ]


def _choice(key: str, options: list[str], texts: Texts) -> str | None:
    if not options:
        return None
    return st.selectbox(texts.page(key), options, index=None, key=key, width=180, placeholder="–")


def _searched(each: Saved) -> str:
    return " ".join((each.name, each.sentence, each.text, each.owner, *each.tags)).casefold()


def _segment(each: Saved, sizes: tuple[Size, ...], page: st.Page, texts: Texts) -> None:
    told, count, actions = st.columns([5, 1.3, 2.4], vertical_alignment="center", gap="medium")
    with told:
        tags = "".join(f' <span class="krets-tag">{safe(tag)}</span>' for tag in each.tags)
        st.html(f'<p class="krets-name"><strong>{safe(each.name)}</strong>{tags}</p>')
        sentence = each.sentence or each.text
        st.html(f'<p class="krets-quiet">{safe(sentence)}</p>')
        st.html(f'<p class="krets-quiet">{safe(" · ".join(_told(each, texts)))}</p>')
        reason = _count(each, count, texts)
        if reason:
            st.warning(plain(f"{texts.page('unreadable')} {reason}"), icon=":material/warning:")
    with count:
        _curve(sizes, texts)
    with actions.container(horizontal=True, horizontal_alignment="right", gap="xsmall"):
        if each.definition is not None and st.button(
            texts.page("open"), key=f"open_{each.id}", type="secondary"
        ):
            library.open_saved(each)
            st.switch_page(page)
        manage(each, texts)
    versions(each, texts)


def _told(each: Saved, texts: Texts) -> list[str]:
    """Who changed it when, and what waits."""
    language, newest = texts.language, each.newest
    changed = texts.page("changed", date=day(each.changed_at.date(), language))
    found = [f"{changed} {texts.page('saved_by', who=newest.by)}" if newest.by else changed]
    if newest.number > 1:
        found.insert(0, texts.page("saved_version", n=newest.number))
    if each.owner and each.owner != newest.by:
        found.append(f"{texts.page('library_owner')}: {each.owner}")
    if each.archived_at is not None:
        found.append(texts.page("saved_archived"))
    elif each.review_at is not None:
        key = "saved_due" if each.due(library.now()) else "saved_review_next"
        found.append(texts.page(key, date=day(each.review_at.date(), language)))
    return found


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


def _curve(sizes: tuple[Size, ...], texts: Texts) -> None:
    """How the size went, a bar each time it was taken down; its ends in words for whoever cannot
    see it."""
    if len(sizes) < 2:
        return
    first, last = (number(each.members, texts.language) for each in (sizes[0], sizes[-1]))
    said = safe(f"{texts.page('library_sizes')}: {first} → {last}")
    most = max(each.members for each in sizes) or 1
    bars = "".join(f'<i style="--h:{each.members / most:.3f}"></i>' for each in sizes[-BARS:])
    st.html(f'<div class="krets-curve" role="img" aria-label="{said}" title="{said}">{bars}</div>')
