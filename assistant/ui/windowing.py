"""Widgets for a window of time: always, the last so many units, this one, the previous, a year,
so long ago or ahead, from–to; and for a distance between two records.

In: a window or None. Out: the window as the widgets say. A window of another kind (a named quarter)
is offered as it stands beside those. Start at `edit_window`.
"""

from dataclasses import replace
from datetime import date
from enum import StrEnum

import streamlit as st

from assistant.languages.texts import Texts
from assistant.ui import shown
from segments.definition import (
    Ago,
    Ahead,
    Calendar,
    Near,
    Operator,
    Period,
    Rolling,
    Span,
    Test,
    Unit,
    Window,
    Within,
)


class Form(StrEnum):
    """The kinds of window that can be chosen."""

    ALWAYS = "always"
    ROLLING = "rolling"
    THIS = "this"
    PREVIOUS = "previous"
    YEAR = "year"
    AGO = "ago"
    AHEAD = "ahead"
    SPAN = "span"
    NEAR = "near"
    AS_IS = "as_is"


UNITS = (Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR)
DISTANCES = (Operator.GT, Operator.GE, Operator.LT, Operator.LE, Operator.EQ, Operator.BETWEEN)
LONGEST = 3660  # of whatever unit


def edit_window(
    key: str, window: Window | None, texts: Texts, *, none: bool = False
) -> Window | None:
    """Draw the choice and what it needs; with `none` it may be left open."""
    now = _form(window)
    always = [Form.ALWAYS] if none else []
    as_is = [Form.AS_IS] if now is Form.AS_IS else []
    ahead = [now] if now in (Form.AHEAD, Form.NEAR) else []
    usual = [Form.ROLLING, Form.THIS, Form.PREVIOUS, Form.YEAR, Form.AGO, *ahead, Form.SPAN]
    forms = [*as_is, *always, *usual]
    said = shown.window_text(window) if window and as_is else ""
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    form = left.selectbox(
        texts.page("when"),
        forms,
        index=forms.index(now),
        format_func=lambda each: said if each is Form.AS_IS else texts.page(f"window_{each}"),
        key=f"{key}_window",
    )
    with right:
        return _as_said(key, form, window, texts)


def _as_said(key: str, form: Form, window: Window | None, texts: Texts) -> Window | None:
    """What a kind of window needs, and the window."""
    match form:
        case Form.ALWAYS:
            return None
        case Form.ROLLING:
            return _rolling(key, window, texts)
        case Form.THIS | Form.PREVIOUS:
            return Calendar(_unit(key, window, texts), 0 if form is Form.THIS else -1)
        case Form.YEAR:
            return _year(key, window, texts)
        case Form.AGO:
            return Ago(*_distance(key, window, texts))
        case Form.AHEAD:
            return Ahead(*_distance(key, window, texts))
        case Form.SPAN:
            return _span(key, window, texts)
        case Form.NEAR:
            return _near(key, window, texts)
        case Form.AS_IS:
            return window


def _near(key: str, window: Window | None, texts: Texts) -> Window | None:
    """How far from the member's own date it reaches; the date stays."""
    if not isinstance(window, Near) or window.within is None:
        return window
    left, right = st.columns(2, wrap=False)
    with left:
        number = _count(f"{key}_count", texts.page("number"), window.within.count)
    with right:
        return replace(window, within=Within(number, _unit_from(key, window.within.unit, texts)))


def _rolling(key: str, window: Window | None, texts: Texts) -> Rolling:
    count = window.count if isinstance(window, Rolling) else 30
    left, right = st.columns(2, wrap=False)
    with left:
        number = _count(f"{key}_count", texts.page("number"), count)
    with right:
        return Rolling(number, _unit(key, window, texts))


def _count(key: str, label: str, count: int, least: int = 1) -> int:
    return int(st.number_input(label, least, max(LONGEST, count), count, key=key))


def _distance(key: str, window: Window | None, texts: Texts) -> tuple[Test, Unit]:
    """How far back or ahead: more or less than a number of units, or between two."""
    test = window.test if isinstance(window, Ago | Ahead) else Test(Operator.GT, (90,))
    operator = st.selectbox(
        texts.page("comparison"),
        DISTANCES,
        index=DISTANCES.index(test.operator),
        format_func=lambda each: texts.page(f"op_{each.name.lower()}"),
        key=f"{key}_operator",
    )
    ends = (test.values[0], test.values[-1]) if operator is Operator.BETWEEN else test.values[:1]
    labels = ("number", "and_at_most")
    columns = st.columns(len(ends) + 1, wrap=False, vertical_alignment="bottom")
    picked = []
    for place, value in enumerate(ends):
        with columns[place]:
            count = value if isinstance(value, int) else 0
            picked.append(_count(f"{key}_distance_{place}", texts.page(labels[place]), count, 0))
    with columns[-1]:
        return Test(operator, tuple(sorted(picked))), _unit(key, window, texts)


def edit_distance(key: str, within: Within | None, texts: Texts) -> Within | None:
    """How far apart two records may be: any distance, or within so many units."""
    near_at, at = st.columns([2, 3], vertical_alignment="bottom")
    near = near_at.selectbox(
        texts.page("chip_spaced"),
        (False, True),
        index=int(within is not None),
        format_func=lambda each: texts.page("chip_spaced_within" if each else "chip_spaced_any"),
        key=f"{key}_near",
    )
    if not near:
        return None
    found = within or Within(7, Unit.DAY)
    left, right = at.columns(2, wrap=False)
    with left:
        count = _count(f"{key}_count", texts.page("number"), found.count)
    with right:
        return Within(count, _unit_from(key, found.unit, texts))


def _unit(key: str, window: Window | None, texts: Texts) -> Unit:
    dated = window if isinstance(window, Rolling | Calendar | Ago | Ahead) else None
    return _unit_from(key, dated.unit if dated else Unit.DAY, texts)


def _unit_from(key: str, unit: Unit, texts: Texts) -> Unit:
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
        case Period(year=int(year)) if window == Period(year=year):
            return Form.YEAR
        case Ago():
            return Form.AGO
        case Ahead():
            return Form.AHEAD
        case Near(within=Within()):
            return Form.NEAR
        case Span(None | date(), None | date(), False, False):
            return Form.SPAN
        case _:
            return Form.AS_IS


def _year(key: str, window: Window | None, texts: Texts) -> Period:
    known = window.year if isinstance(window, Period) else None
    year = known or shown.as_of_day().year
    label = texts.page("window_year")
    return Period(int(st.number_input(label, 1, 9999, year, format="%d", key=f"{key}_year")))


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
