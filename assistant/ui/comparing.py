"""The page Compare: two to five segments and lists, who is in several, what tells them apart.

Start at `comparing`.
"""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from assistant.answers.apart import Finding
from assistant.answers.overlaps import FEWEST, MOST, Compared, compared
from assistant.answers.table import Table
from assistant.dialogue.moves import OpenSaved
from assistant.languages.texts import Texts
from assistant.ui import numbers, resources, session
from assistant.ui.trouble import plain, safe
from segments.definition import Audience, Condition, Source
from segments.errors import Shown


def comparing(page: st.Page) -> None:
    """Draw the page; `page` is where a segment opens."""
    texts = session.texts()
    st.title(texts.page("compare"), anchor=False)
    st.caption(plain(texts.page("compare_told")))
    known = _known(texts)
    if len(known) < FEWEST:
        st.write(plain(texts.page("compare_nothing")))
        st.page_link(page, label=texts.page("new_question"), icon=":material/forum:")
        return
    chosen = st.multiselect(
        texts.page("compare_choose"),
        list(known),
        format_func=lambda each: known[each][0],
        max_selections=MOST,
        placeholder=texts.page("choose_values"),
        key="compare_chosen",
        persist_state="session",
    )
    if len(chosen) < FEWEST:
        st.info(plain(texts.page("compare_few")), icon=":material/info:")
        return
    segments = [known[each] for each in chosen]
    try:
        found = compared(resources.shop(), segments, texts.language, session.state().current.as_of)
    except Shown as wrong:
        for problem in wrong.problems:
            st.warning(plain(texts.problem(problem)), icon=":material/warning:")
        return
    _table(found.table)
    _overlap(found, texts)
    _open(found, page, texts)
    _apart(found, texts)


def _known(texts: Texts) -> dict[str, tuple[str, Condition]]:
    """What can be compared, by what tells it from others: its name and its definition."""
    store, current = resources.store(), session.state().current
    known: dict[str, tuple[str, Condition]] = {}
    saved = [each for each in store.list() if each.definition is not None and not each.archived_at]
    open_one = current.saved.id if current.saved else 0
    same = next((each for each in saved if each.id == open_one), None)
    if current.definition is not None and (same is None or same.definition != current.definition):
        shown = session.answer()
        name = (shown.readback if shown else None) or current.sentence
        known["current"] = texts.page("compare_current", name=name), current.definition
    for each in saved:
        known[f"segment_{each.id}"] = each.name, Audience(Source.SEGMENT, each.name)
    for kept in store.lists():
        known[f"list_{kept.id}"] = kept.name, Audience(Source.LIST, kept.name)
    return known


def _table(table: Table) -> None:
    """A row a segment: how many, and what they buy."""
    head = "".join(
        f'<th scope="col"{" class=num" if place else ""}>{safe(each)}</th>'
        for place, each in enumerate(table.columns)
    )
    rows = "".join(
        f'<tr><th scope="row">{safe(row.label)}</th>'
        + "".join(f'<td class="num">{safe(cell.text)}</td>' for cell in row.cells)
        + "</tr>"
        for row in table.rows
    )
    st.html(
        f'<div class="krets-table krets-beside" tabindex="0"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )
    for note in table.notes:
        st.html(f'<p class="krets-quiet">{safe(note)}</p>')


def _overlap(found: Compared, texts: Texts) -> None:
    """Each pair in a sentence, and every combination as a bar."""
    st.header(texts.page("compare_overlap"), anchor=False)
    lines = "".join(f"<p>{safe(said)}</p>" for said in found.said)
    st.html(f'<div class="krets-told">{lines}</div>')
    st.subheader(texts.page("compare_exact"), anchor=False)
    st.caption(plain(texts.page("compare_exact_told")))
    most = max((each.members for each in found.exact), default=1)
    rows = []
    for each in found.exact:
        dots = "".join(
            f"<i{' class=in' if place in each.inside else ''}></i>"
            for place in range(len(found.names))
        )
        share = numbers.share(each.members / found.total, texts.language)
        said = f"{numbers.number(each.members, texts.language)} ({share})"
        rows.append(
            f'<li><span class="krets-dots" aria-hidden="true">{dots}</span>'
            f'<span class="krets-who">{safe(each.said)}</span>'
            f'{_bar(each.members / most)}<span class="num">{safe(said)}</span></li>'
        )
    st.html(f'<ul class="krets-exact">{"".join(rows)}</ul>')


def _bar(share: float, kind: str = "in") -> str:
    """A bar as long as the share, 0 to 1; a reader of the screen gets the number beside it."""
    return (
        f'<span class="krets-track" aria-hidden="true">'
        f'<b class="{kind}" style="width:{100 * share:.2f}%"></b></span>'
    )


def _open(found: Compared, page: st.Page, texts: Texts) -> None:
    """A pair's common members, or those of one without the other, as a segment of their own."""
    ways: dict[str, tuple[Condition, int]] = {}
    for pair in found.pairs:
        one, two = pair.first, pair.second
        names = {"a": found.names[one], "b": found.names[two]}
        back = {"a": found.names[two], "b": found.names[one]}
        both = texts.page("compare_and", **names)
        ways[both] = found.within((one, two)), pair.both
        without = texts.page("compare_without", **names)
        ways[without] = found.within((one,), (two,)), pair.sizes[0] - pair.both
        other = texts.page("compare_without", **back)
        ways[other] = found.within((two,), (one,)), pair.sizes[1] - pair.both
    with st.container(horizontal=True, vertical_alignment="bottom", key="compare_open_row"):
        way = st.selectbox(
            texts.page("compare_open_which"),
            list(ways),
            format_func=lambda each: f"{each}: {numbers.number(ways[each][1], texts.language)}",
            key="compare_way",
        )
        if st.button(texts.page("compare_open"), key="compare_open", icon=":material/forum:"):
            session.do(OpenSaved(0, "", ways[way][0]))
            st.switch_page(page)


def _apart(found: Compared, texts: Texts) -> None:
    st.header(texts.page("compare_apart"), anchor=False)
    if not found.findings and not found.notes:
        st.write(plain(texts.page("compare_alike")))
    names = (*found.names, found.table.rows[-1].label)
    sizes = (*found.sizes, found.total)
    for each in found.findings:
        st.html(_finding(each, names, sizes))
    for note in found.notes:
        st.html(f'<p class="krets-quiet">{safe(note)}</p>')


def _finding(each: Finding, names: Sequence[str], sizes: Sequence[int]) -> str:
    """The finding as the title of its bars."""
    rows = []
    for place, (name, count, size) in enumerate(zip(names, each.counts, sizes, strict=True)):
        share = float(Decimal(count) / size) if size else 0.0
        kind = "all" if place == len(names) - 1 else "in"
        rows.append(
            f'<li><span class="krets-who">{safe(name)}</span>{_bar(share, kind)}'
            f'<span class="num">{safe(each.shares[place])}</span></li>'
        )
    return (
        f'<div class="krets-finding"><h3>{safe(each.said)}</h3>'
        f'<p class="krets-quiet">{safe(each.numbers)}</p>'
        f'<ul class="krets-exact">{"".join(rows)}</ul></div>'
    )
