"""Segments over time, on the page Results: what the members of one did month by month.

Start at `over_time`.
"""

import streamlit as st

from assistant.answers.courses import Beat, Course, course_of, said_of
from assistant.languages.texts import Texts
from assistant.ui import numbers, resources
from assistant.ui.trouble import explain, plain, safe
from segments.errors import Shown


@st.fragment
def over_time(texts: Texts) -> None:
    """Draw the choice of a saved segment, and its table."""
    saved = [each for each in resources.store().list() if each.definition and not each.archived_at]
    if not saved:
        return
    st.header(texts.page("over_time"), anchor=False)
    st.caption(plain(texts.page("over_time_told")))
    segment, beat = st.columns([3, 2], vertical_alignment="bottom")
    chosen = segment.selectbox(
        texts.page("over_time_segment"),
        saved,
        index=None,
        format_func=lambda each: each.name,
        key="over_time_segment",
        placeholder=texts.page("over_time_choose"),
    )
    unit = beat.segmented_control(
        texts.page("over_time_beat"),
        list(Beat),
        default=Beat.MONTH,
        required=True,
        format_func=lambda each: texts.page(f"beat_{each}"),
        key="over_time_beat",
    )
    if chosen is None or chosen.definition is None:
        return
    try:
        found = course_of(resources.shop(), chosen.definition, unit or Beat.MONTH)
    except Shown as wrong:
        explain(wrong, texts)
        return
    _drawn(found, texts)


def _drawn(found: Course, texts: Texts) -> None:
    said = said_of(resources.shop(), found, texts.language)
    head = "".join(
        f'<th scope="col"{" class=num" if place else ""}>{safe(each)}</th>'
        for place, each in enumerate(said.columns)
    )
    rows = "".join(
        f'<tr><th scope="row">{safe(row.label)}</th>'
        + "".join(f'<td class="num">{safe(cell.text)}</td>' for cell in row.cells)
        + "</tr>"
        for row in said.rows
    )
    if said.rows:
        st.html(
            '<div class="krets-table krets-numbers"><table>'
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
        )
        _curve(found, texts)
    st.html("".join(f'<p class="krets-quiet">{safe(note)}</p>' for note in said.notes))


def _curve(found: Course, texts: Texts) -> None:
    """Orders a customer, of the stages that are over; the table says the same in numbers."""
    values = [
        {"start": each.start.isoformat(), "each": float(each.orders / each.members)}
        for each in found.stages
        if each.whole and each.members
    ]
    if len(values) < 2:
        return
    sign = numbers.number(0.5, texts.language)[1]
    told = {"labelExpr": f"replace(datum.label, '.', '{sign}')", "tickCount": 4}
    title = texts.table("course_orders_each")
    st.vega_lite_chart(
        {
            "data": {"values": values},
            "height": 140,
            "mark": {"type": "line", "point": True, "color": "#1f7a5c"},
            "encoding": {
                "x": {
                    "field": "start",
                    "type": "temporal",
                    "axis": {"title": None, "format": "%Y-%m-%d", "labelOverlap": True},
                },
                "y": {"field": "each", "type": "quantitative", "axis": {"title": title, **told}},
            },
        },
        width="stretch",
        theme="streamlit",
    )
