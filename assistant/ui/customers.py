"""The tab Customers: a page of members at a time, personal fields masked until asked for.

In: an `Answer`. Out: a table. Only the rows on the screen are ever read. Start at `customers`.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

import streamlit as st

from assistant.answers import Answer
from assistant.languages.texts import Texts
from assistant.ui import numbers, session, shown
from assistant.ui.trouble import safe
from assistant.ui.why import why
from segments.catalogue import NUMERIC, Attribute, Type

ROWS = 20


def customers(answer: Answer, texts: Texts) -> None:
    """Draw one page of the members."""
    count = answer.count or 0
    pages = max(1, -(-count // ROWS))
    fields = {name: shown.fields()[name] for name in shown.shown_fields()}
    sensitive = any(field.sensitive for field in fields.values())
    head, switch = st.columns([3, 1], vertical_alignment="center")
    bare = switch.toggle(texts.page("show_personal"), key="bare") if sensitive else True
    version = session.version()
    key = f"page_{version}"
    page = min(int(st.session_state.get(key, 1)), pages)
    first = (page - 1) * ROWS
    head.caption(_heading(first, count, texts, masked=sensitive and not bare))
    if not count:
        st.write(texts.page("customers_empty"))
        why(answer, texts)
        return
    rows = shown.page(answer, tuple(fields), first, ROWS)
    st.html(_table(rows, fields, answer, texts, bare=bare))
    if pages > 1:
        with st.container(horizontal=True, horizontal_alignment="right"):
            label = texts.page("page_of", pages=numbers.number(pages, texts.language))
            st.number_input(label, 1, pages, key=key, width=160)
    why(answer, texts)


def _heading(first: int, count: int, texts: Texts, *, masked: bool) -> str:
    last = min(first + ROWS, count)
    ends = [numbers.number(each, texts.language) for each in (first + 1 if count else 0, last)]
    said = texts.page(
        "rows_shown", first=ends[0], last=ends[1], n=numbers.number(count, texts.language)
    )
    return f"{said} · {texts.page('masked')}" if masked else said


def _table(
    rows: list[dict[str, Any]],
    fields: dict[str, Attribute],
    answer: Answer,
    texts: Texts,
    *,
    bare: bool,
) -> str:
    names = [shown.key_name(), *(shown.name_of(name) for name in fields)]
    kinds = ["", *("num" if _right(field) else "" for field in fields.values())]
    head = "".join(
        f'<th scope="col" class="{kind}">{safe(name)}</th>'
        for name, kind in zip(names, kinds, strict=True)
    )
    body = "".join(f"<tr>{_row(row, fields, answer, texts, bare=bare)}</tr>" for row in rows)
    label = safe(texts.page("tab_customers"))
    return (
        f'<div class="krets-table" tabindex="0" role="region" aria-label="{label}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(
    row: dict[str, Any], fields: dict[str, Attribute], answer: Answer, texts: Texts, *, bare: bool
) -> str:
    cells = [f"<td>{safe(str(row['member']))}</td>"]
    for name, field in fields.items():
        value = row[name]
        if value is None:
            cells.append(f'<td class="none">{safe(texts.page("unknown"))}</td>')
            continue
        said = _said(name, value, field, (answer.as_of, texts))
        if field.sensitive and not bare:
            said = masked(said)
        kind = ' class="num"' if _right(field) else ""
        cells.append(f"<td{kind}>{safe(said)}</td>")
    return "".join(cells)


def _right(field: Attribute) -> bool:
    return field.type in NUMERIC


def _said(name: str, value: object, field: Attribute, told: tuple[dt.date, Texts]) -> str:
    """One value in words; an age in whole years as of the day."""
    as_of, texts = told
    match value:
        case bool():
            return texts.page("yes" if value else "no")
        case int() | float() | Decimal():
            return numbers.number(value, texts.language)
        case dt.datetime():
            return numbers.moment(value, texts.language)
        case dt.date() if field.type is Type.AGE:
            return numbers.number(years(value, as_of), texts.language)
        case dt.date():
            return numbers.day(value, texts.language)
        case list():
            return ", ".join(str(each) for each in value)
        case _:
            return shown.values(name).get(str(value), str(value)) if field.values else str(value)


def years(born: dt.date, day: dt.date) -> int:
    """Whole years from a birth date to a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def masked(text: str) -> str:
    """Enough to tell two rows apart, not to know who: "a•••@example.com", "A•••"."""
    before, at, domain = text.partition("@")
    return f"{before[:1]}•••{at}{domain}"
