"""Widgets for a window of time: always, the last so many units, this one, the previous, from–to.

In: a window or None. Out: the window as the widgets say. A window of another kind (a named quarter,
so long ago) is offered as it stands beside those. Start at `edit_window`.
"""

from datetime import date
from enum import StrEnum

import streamlit as st

from assistant.languages.texts import Texts
from assistant.ui import shown
from segments.definition import Calendar, Rolling, Span, Unit, Window


class Form(StrEnum):
    """The kinds of window that can be chosen."""

    ALWAYS = "always"
    ROLLING = "rolling"
    THIS = "this"
    PREVIOUS = "previous"
    SPAN = "span"
    AS_IS = "as_is"


UNITS = (Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR)


def edit_window(
    key: str, window: Window | None, texts: Texts, *, none: bool = False
) -> Window | None:
    """Draw the choice and what it needs; with `none` it may be left open."""
    now = _form(window)
    always = [Form.ALWAYS] if none else []
    as_is = [Form.AS_IS] if now is Form.AS_IS else []
    forms = [*as_is, *always, Form.ROLLING, Form.THIS, Form.PREVIOUS, Form.SPAN]
    said = shown.window_text(window) if window and as_is else ""
    form = st.selectbox(
        texts.page("when"),
        forms,
        index=forms.index(now),
        format_func=lambda each: said if each is Form.AS_IS else texts.page(f"window_{each}"),
        key=f"{key}_window",
    )
    match form:
        case Form.ALWAYS:
            return None
        case Form.ROLLING:
            return _rolling(key, window, texts)
        case Form.THIS | Form.PREVIOUS:
            return Calendar(_unit(key, window, texts), 0 if form is Form.THIS else -1)
        case Form.SPAN:
            return _span(key, window, texts)
        case Form.AS_IS:
            return window


def _rolling(key: str, window: Window | None, texts: Texts) -> Rolling:
    count = window.count if isinstance(window, Rolling) else 30
    left, right = st.columns(2, wrap=False)
    with left:
        number = st.number_input(texts.page("number"), 1, 3660, count, key=f"{key}_count")
    with right:
        return Rolling(int(number), _unit(key, window, texts))


def _unit(key: str, window: Window | None, texts: Texts) -> Unit:
    unit = window.unit if isinstance(window, (Rolling, Calendar)) else Unit.DAY
    return st.selectbox(
        texts.page("window_unit"),
        (unit, *(each for each in UNITS if each is not unit)),
        format_func=lambda each: texts.page(f"unit_{each}"),
        key=f"{key}_unit",
    )


def _span(key: str, window: Window | None, texts: Texts) -> Window | None:
    """From a day to a day, either left open; in the right order whichever way they were given."""
    start, end = (
        (_day(window.start), _day(window.end)) if isinstance(window, Span) else (None, None)
    )
    left, right = st.columns(2, wrap=False)
    with left:
        first = _day(st.date_input(texts.page("from"), start, key=f"{key}_from"))
    with right:
        last = _day(st.date_input(texts.page("to"), end, key=f"{key}_to"))
    if first and last and last < first:
        first, last = last, first
    return Span(first, last) if first or last else window


def _form(window: Window | None) -> Form:
    match window:
        case None:
            return Form.ALWAYS
        case Rolling():
            return Form.ROLLING
        case Calendar(_, 0):
            return Form.THIS
        case Calendar(_, -1):
            return Form.PREVIOUS
        case Span(None | date(), None | date(), False, False):
            return Form.SPAN
        case _:
            return Form.AS_IS


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
