"""The page Results: every file that was handed over, and what came of it against those held out.

Start at `results`.
"""

import streamlit as st

from assistant.answers.log_file import log_file
from assistant.answers.results import DAYS, Group, Results, results_of
from assistant.languages.texts import Texts
from assistant.ui import numbers, resources, session
from assistant.ui.courses import over_time
from assistant.ui.trouble import explain, plain, safe
from segments.errors import Shown
from segments.handover import Reason
from segments.results import Effect
from segments.store import Download

CHOICES = (7, 14, 30, 60, 90)
MOST = 50  # lines of the log that are drawn


def results() -> None:
    """Draw the page."""
    texts = session.texts()
    st.title(texts.page("results"), anchor=False)
    _files(texts)
    over_time(texts)


def _files(texts: Texts) -> None:
    downloads = resources.store().downloads()[:MOST]
    if not downloads:
        st.write(texts.page("results_empty"))
        return
    days = st.segmented_control(
        texts.page("results_days"),
        CHOICES,
        default=DAYS,
        format_func=lambda each: texts.page("days_n", n=each),
        key="results_days",
    )
    for each in downloads:
        with st.container(border=True, key=f"result_{each.id}"):
            _download(each, days or DAYS, texts)
    store = resources.store()
    st.download_button(
        texts.page("log_download"),
        lambda: log_file(store, texts.language),
        "krets-log.csv",
        "text/csv",
        key="log",
        icon=":material/download:",
        on_click="ignore",
    )


@st.fragment
def _download(each: Download, days: int, texts: Texts) -> None:
    language = texts.language
    sent = numbers.customers(each.counts.get(Reason.SENT, 0), texts)
    st.markdown(f"**{plain(each.name)}**")
    told = [
        sent,
        texts.page(f"tool_{each.tool}"),
        numbers.moment(each.at, language),
        each.by,
        "" if each.consent else texts.cli("consent_off"),
        "" if each.ended_at else texts.page("download_broken_off"),
    ]
    st.html(f'<p class="krets-quiet">{safe(" · ".join(filter(None, told)))}</p>')
    if not st.toggle(texts.page("results_show"), key=f"show_{each.id}", value=bool(each.holdout)):
        return
    try:
        found = results_of(resources.shop(), resources.store(), each, language, days)
    except Shown as wrong:
        explain(wrong, texts)
        return
    if found.reached.members:
        _groups(found, texts)
    if isinstance(found.buyers, Effect):
        _interval(found.buyers, texts)
    st.html("".join(f"<p>{safe(each)}</p>" for each in found.said))


def _groups(found: Results, texts: Texts) -> None:
    heads = ("", *(texts.page(f"results_{each}") for each in ("members", "buyers", "orders")))
    money = found.reached.revenue is not None
    if money:
        heads = (*heads, texts.page("results_each"))
    rows = [_row(texts.page("results_reached"), found.reached, texts)]
    if found.held_out.members:
        rows.append(_row(texts.page("results_held_out"), found.held_out, texts))
    head = "".join(
        f'<th scope="col"{" class=num" if place else ""}>{safe(each)}</th>'
        for place, each in enumerate(heads)
    )
    st.html(
        f'<div class="krets-table krets-numbers"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _row(name: str, group: Group, texts: Texts) -> str:
    language = texts.language
    share = numbers.share(group.buyers / group.members, language) if group.members else "–"
    cells = [
        numbers.number(group.members, language),
        f"{numbers.number(group.buyers, language)} ({share})",
        numbers.number(group.orders, language),
    ]
    if group.revenue is not None and group.members:
        each = round(group.revenue / group.members, 2)
        speaker = resources.shop().speaker(language, resources.shop().engine.as_of()[0].date())
        cells.append(speaker.values.money(each))
    said = "".join(f'<td class="num">{safe(each)}</td>' for each in cells)
    return f'<tr><th scope="row">{safe(name)}</th>{said}</tr>'


def _interval(effect: Effect, texts: Texts) -> None:
    """The difference in percentage points with its interval; the line at 0 is no difference."""
    point = {
        "low": 100 * effect.low,
        "high": 100 * effect.high,
        "difference": 100 * effect.difference,
        "zero": 0,
    }
    sign = numbers.number(0.5, texts.language)[1]
    title = {
        "title": texts.page("results_points"),
        "grid": False,
        "tickCount": 7,
        "labelExpr": f"replace(datum.label, '.', '{sign}')",
    }
    scale = {"field": "low", "type": "quantitative", "axis": title}
    color = "#1f7a5c" if effect.shown else "#7b857f"
    st.vega_lite_chart(
        {
            "data": {"values": [point]},
            "height": 40,
            "layer": [
                {
                    "mark": {"type": "rule", "strokeDash": [4, 3], "color": "#7b857f"},
                    "encoding": {"x": {**scale, "field": "zero"}},
                },
                {
                    "mark": {"type": "rule", "size": 3, "color": color},
                    "encoding": {"x": scale, "x2": {"field": "high"}},
                },
                {
                    "mark": {"type": "point", "filled": True, "size": 90, "color": color},
                    "encoding": {"x": {**scale, "field": "difference"}},
                },
            ],
        },
        width="stretch",
        theme="streamlit",
    )
