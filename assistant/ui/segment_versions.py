"""The versions of a saved segment, what changed between them or between two days, and the way back.

Start at `versions`.
"""

from datetime import date, timedelta

import streamlit as st

from assistant.answers.differences import Difference, Moved
from assistant.languages.texts import Texts
from assistant.ui import library, resources
from assistant.ui.numbers import customers, moment, number
from assistant.ui.segment_managing import tried
from assistant.ui.trouble import plain, safe
from segments.definition import Condition
from segments.errors import Shown
from segments.store import Saved, Version
from segments.windows import as_of_day

MONTH = timedelta(days=30)


def versions(each: Saved, texts: Texts) -> None:
    """Draw the row that opens, and once it is open every version, the newest first."""
    title, key = texts.page("versions"), f"versions_{each.id}"  # another title would close it
    with st.expander(title, key=key, on_change="rerun") as opened:
        if not opened.open:
            return
        history = resources.store().history(each.id)
        _compare(each, history, texts)
        for version in history:
            _version(each, version, texts)


def _version(each: Saved, version: Version, texts: Texts) -> None:
    with st.container(key=f"version_{each.id}_{version.number}"):
        told, action = st.columns([6, 2], vertical_alignment="center")
    said = [
        texts.page("saved_version", n=version.number),
        moment(version.at, texts.language),
        version.by,
    ]
    if version.restored:
        said.append(texts.page("version_restored", n=version.restored))
    told.html(
        f'<p class="krets-name"><strong>{safe(" · ".join(filter(None, said)))}</strong></p>'
        + (f'<p class="krets-name">{safe(version.note)}</p>' if version.note else "")
        + f'<p class="krets-quiet">{safe(version.sentence or version.text)}</p>'
    )
    if version.number != each.newest.number and action.button(
        texts.page("version_restore", n=version.number),
        key=f"restore_{each.id}_{version.number}",
        icon=":material/settings_backup_restore:",
    ):
        base, store = each.newest.number, resources.store()
        tried(
            lambda: store.restore(each.id, version.number, library.who(), library.now(), base=base),
            texts,
        )


def _compare(each: Saved, history: tuple[Version, ...], texts: Texts) -> None:
    """Two versions, or two days of the newest."""
    readable = [version for version in history if version.definition is not None]
    ways = (["compare_by_version"] if len(readable) > 1 else []) + ["compare_by_day"]
    if each.definition is None:
        return
    way = st.radio(
        texts.page("compare_what"),
        ways,
        format_func=texts.page,
        horizontal=True,
        key=f"compare_{each.id}_{len(ways)}",
    )
    if way == "compare_by_day":
        _by_day(each, each.definition, texts)
        return
    numbers = [version.number for version in readable]
    first, last = st.columns(2)
    before = first.selectbox(
        texts.page("compare_from"), numbers, index=1, key=f"from_{each.id}_{numbers[0]}"
    )
    after = last.selectbox(
        texts.page("compare_to"), numbers, index=0, key=f"to_{each.id}_{numbers[0]}"
    )
    found = {version.number: version.definition for version in readable}
    old, new = found[before], found[after]
    if old is not None and new is not None:
        _difference(old, new, (None, None), texts)


def _by_day(each: Saved, definition: Condition, texts: Texts) -> None:
    today = as_of_day(resources.shop().engine.as_of(None)[0])
    first, last = st.columns(2)
    before = first.date_input(
        texts.page("compare_from"), today - MONTH, max_value=today, key=f"day_from_{each.id}"
    )
    after = last.date_input(
        texts.page("compare_to"), today, max_value=today, key=f"day_to_{each.id}"
    )
    _difference(definition, definition, (before, after), texts)


def _difference(
    before: Condition, after: Condition, days: tuple[date | None, date | None], texts: Texts
) -> None:
    try:
        found = resources.shop().difference(before, after, days=days, language=texts.language)
    except Shown as wrong:
        for problem in wrong.problems:
            st.warning(plain(texts.problem(problem)))
        return
    told(found, texts)


def told(found: Difference, texts: Texts) -> None:
    """Draw what changed in words, who joined and who left."""
    changes = found.changes or (() if found.notes else (texts.page("difference_none"),))
    said = "".join(f"<p>{safe(change)}</p>" for change in changes)
    sizes = f"{number(found.before, texts.language)} → {customers(found.after, texts)}"
    lines = [*_moved("joined", found.joined, texts), *_moved("left", found.left, texts)]
    if not lines:
        lines = [f"<p>{safe(texts.page('nobody_moved'))}</p>"]
    notes = "".join(f'<p class="krets-quiet">{safe(note)}</p>' for note in found.notes)
    st.html(
        f'<div class="krets-difference">{said}<p><strong>{safe(sizes)}</strong></p>'
        f"{''.join(lines)}{notes}</div>"
    )


def _moved(key: str, moved: Moved, texts: Texts) -> list[str]:
    if not moved.count:
        return []
    language = texts.language
    head = texts.page(key, customers=customers(moved.count, texts))
    because = [
        texts.page(f"{key}_because", n=number(each.count, language), text=each.text)
        for each in moved.because
    ]
    keys = texts.page("moved_keys", keys=", ".join(map(str, moved.keys)))
    items = "".join(f"<li>{safe(line)}</li>" for line in (*because, keys))
    return [f"<p><strong>{safe(head)}</strong></p><ul>{items}</ul>"]
