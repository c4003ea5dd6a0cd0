"""Windows of time said in a language: "the last 90 days", "in March 2026", "60 days ago".

In: a `Window`. Out: its words, to stand last in a clause. Month names come from Babel. Never
looks at the clock: what a window means on a day is `segments.windows`. Start at `say_window`.
"""

from datetime import date
from typing import assert_never

from babel import Locale

from assistant.messages.phrases import Phrases, fill
from segments.definition import (
    Ago,
    Calendar,
    Operator,
    Period,
    Rolling,
    Span,
    Test,
    Unit,
    Window,
)


def say_window(phrases: Phrases, window: Window) -> str:
    """Say a window of time."""
    match window:
        case Rolling(1, unit):
            return phrases.text("window", "rolling_one", unit)
        case Rolling(count, unit):
            said = phrases.text("units", "rolling", unit)
            return fill(phrases.text("window", "rolling"), n=str(count), unit=said)
        case Calendar():
            return _calendar(phrases, window)
        case Period():
            return _period(phrases, window)
        case Span(start, end):
            return _span(phrases, start, end)
        case Ago(test, unit):
            return _ago(phrases, test, unit)
        case _:
            assert_never(window)


def is_over(window: Window | None) -> bool:
    """Whether a window is told of as past: last month, in March, 60 days ago."""
    match window:
        case Calendar(_, offset):
            return offset < 0
        case Period() | Ago():
            return True
        case Span(_, end):
            return end is not None
        case Rolling() | None:
            return False
        case _:
            assert_never(window)


def say_day(phrases: Phrases, day: date) -> str:
    """Say a date in full."""
    return fill(
        phrases.text("date", "day"),
        day=str(day.day),
        month=month_name(phrases, day.month),
        year=str(day.year),
    )


def month_name(phrases: Phrases, month: int) -> str:
    """Name a month as it stands in a date."""
    locale = Locale.parse(phrases.text("locale"))
    return str(locale.months["format"]["wide"][month])


def unit_of(phrases: Phrases, unit: Unit, count: object) -> str:
    """Name a unit in the form that follows a number."""
    return phrases.text("units", "one" if count == 1 else "many", unit)


def _calendar(phrases: Phrases, window: Calendar) -> str:
    unit = window.unit
    near = {0: "this", -1: "previous", 1: "next"}.get(window.offset)
    if near is not None:
        return phrases.text("window", near, unit)
    count = abs(window.offset)
    distance = fill(
        phrases.text("window", "ahead" if window.offset > 0 else "distance"),
        n=str(count),
        unit=unit_of(phrases, unit, count),
    )
    whole = phrases.text("window", "unit", unit)
    return fill(phrases.text("window", "whole"), unit=whole, distance=distance)


def _period(phrases: Phrases, period: Period) -> str:
    number = period.half or period.quarter
    names = {
        "half": period.half,
        "quarter": period.quarter,
        "month": period.month,
        "week": period.week,
    }
    kind = next((name for name, value in names.items() if value is not None), "year")
    key = f"{kind}_year" if period.year is not None and kind != "year" else kind
    ordinals = phrases.find("window", "ordinals")
    return fill(
        phrases.text("window", "period", key),
        year=str(period.year or ""),
        ordinal=str(ordinals[number - 1]) if number else "",
        month=month_name(phrases, period.month) if period.month else "",
        week=str(period.week or ""),
    )


def _span(phrases: Phrases, start: date | None, end: date | None) -> str:
    if start is not None and end is not None:
        key = "day" if start == end else "both"
    elif start is not None:
        key = "since_year" if (start.month, start.day) == (1, 1) else "since"
    else:
        key = "before_year" if end and (end.month, end.day) == (12, 31) else "until"
    year = start.year if start is not None else end.year + 1 if end is not None else 0
    return fill(
        phrases.text("window", "span", key),
        start=say_day(phrases, start) if start else "",
        end=say_day(phrases, end) if end else "",
        year=str(year),
    )


def _ago(phrases: Phrases, test: Test, unit: Unit) -> str:
    key = "between" if test.operator is Operator.BETWEEN else test.operator.name.lower()
    return fill(
        phrases.text("window", "ago", key),
        x=str(test.values[0]),
        y=str(test.values[-1]),
        unit=unit_of(phrases, unit, test.values[-1]),
    )
