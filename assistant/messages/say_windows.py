"""Windows of time said in a language: "the last 90 days", "in March 2026", "60 days ago".

In: a `Window`. Out: its words, to stand last in a clause. Month names come from Babel. Never
looks at the clock: what a window means on a day is `segments.windows`. Start at `say_window`.
"""

from collections.abc import Sequence
from typing import assert_never

from assistant.messages.phrases import Phrases, fill
from assistant.messages.say_periods import say_end, say_period, say_span
from segments.definition import (
    Ago,
    Ahead,
    Calendar,
    Fixed,
    Near,
    Operator,
    Period,
    Rolling,
    Several,
    Span,
    Stretch,
    Test,
    Unit,
    Whole,
    Window,
)


def say_window(phrases: Phrases, window: Fixed) -> str:
    """Say a window of time."""
    match window:
        case Rolling(1, unit):
            return phrases.text("window", "rolling_one", unit)
        case Rolling(count, unit):
            said = phrases.text("units", "rolling", unit)
            return fill(phrases.text("window", "rolling"), n=str(count), unit=said)
        case Calendar():
            return _calendar(phrases, window)
        case Whole(count, unit):
            return fill(phrases.text("window", "last_whole", unit), n=str(count))
        case Period():
            return say_period(phrases, window)
        case Span():
            return say_span(phrases, window)
        case Ago(test, unit):
            return _ago(phrases, test, unit)
        case Several(windows):
            return _several(phrases, windows)
        case Ahead(test, unit):
            return _ahead(phrases, test, unit)
        case _:
            assert_never(window)


def is_over(window: Window | None) -> bool:
    """Whether a window is told of as past: last month, in March, 60 days ago."""
    match window:
        case Calendar(_, offset):
            return offset < 0
        case Whole() | Period() | Ago():
            return True
        case Span(_, end):
            return end is not None
        case Several(windows):
            return all(is_over(each) for each in windows)
        case Rolling() | Ahead() | Near() | None:
            return False
        case _:
            assert_never(window)


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


def _several(phrases: Phrases, windows: Sequence[Stretch]) -> str:
    """All of them; the preposition of the first holds for plain periods after it."""
    first, *others = windows
    if all(isinstance(each, Period) and each.named is None for each in windows):
        bare = [say_end(phrases, each) for each in others if isinstance(each, Period)]
        return phrases.listed([say_window(phrases, first), *bare], "or")
    return phrases.listed([say_window(phrases, each) for each in windows], "or")


def _ago(phrases: Phrases, test: Test, unit: Unit) -> str:
    key = "between" if test.operator is Operator.BETWEEN else test.operator.name.lower()
    return fill(
        phrases.text("window", "ago", key),
        x=str(test.values[0]),
        y=str(test.values[-1]),
        unit=unit_of(phrases, unit, test.values[-1]),
    )


def _ahead(phrases: Phrases, test: Test, unit: Unit) -> str:
    count, until = test.values[-1], test.operator is Operator.LE
    if until and count == 1:
        return phrases.text("window", "ahead_one", unit)
    key = "between" if test.operator is Operator.BETWEEN else test.operator.name.lower()
    return fill(
        phrases.text("window", "ahead_of", key),
        x=str(test.values[0]),
        y=str(count),
        unit=phrases.text("units", "rolling", unit) if until else unit_of(phrases, unit, count),
    )
