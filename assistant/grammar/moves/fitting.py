"""Whether a part of time fits what was said before it, and what a year is after a part of one."""

from collections.abc import Sequence

from assistant.grammar.frames import Frame, State
from assistant.grammar.moves.dates import again_in
from assistant.grammar.pieces import (
    Compare,
    Mode,
    Piece,
    RankWord,
    VagueWord,
    Weekdays,
    When,
)
from assistant.grammar.years import in_year, plain_year, year_of
from segments.definition import Operator, Period, Rolling, Span, Unit, Window

_LEAST = frozenset({Operator.EQ, Operator.GE, Operator.GT})
_ONE = tuple(Rolling(1, unit) for unit in Unit)
_HOW_OFTEN = Compare | VagueWord | RankWord | Mode


def unfit(state: State, when: When) -> bool:
    """Whether the words before a time make something else of it."""
    if when.spell:  # "bought in 30 days" says no time, "three times in a month" is of one month
        return when.window in _ONE or not _so_often(state)
    last = state.path[-1].payload if state.path else None
    if when.running:
        return isinstance(last, _HOW_OFTEN)  # so often each week
    return isinstance(last, Weekdays) and _next_to_feast(when)


def _next_to_feast(when: When) -> bool:
    """Whether it makes a certain day of those just said: "the weekend before Christmas" is no
    weekend at any time before it."""
    window = when.window
    if not isinstance(window, Span):
        return False
    ends = [end for end in (window.start, window.end) if isinstance(end, Period)]
    aside = window.after or window.before
    return aside and len(ends) == 1 and ends[0].named is not None


def _so_often(state: State) -> bool:
    """Whether a number of at least two was said of what they did."""
    target, pending = state.event, state.pending
    said = target.compare if target is not None and not target.negated else None
    if not isinstance(said, Compare) or pending.connector or pending.relative or pending.negated:
        return False
    least = said.test.values[0]
    several = isinstance(least, int) and least > 1 and said.test.operator in _LEAST
    return several and said.unit.money is None


def in_that_year(state: State, piece: Piece, target: Frame, when: When) -> Sequence[When]:
    """What a year may be after a part of another; none where two parts were said before it."""
    before = target.window
    said = again_in(state, piece, before, when)
    if said == [when] or not isinstance(before, When):
        return said
    return [] if _one_of_several(state, before.window) else said


def _one_of_several(state: State, part: Window) -> bool:
    """Whether another part of the year was listed before it: "July and August 2024 and 2025"."""
    if not (state.frames and state.frames[-1].elliptic and len(state.frames) > 1):
        return False
    other = state.frames[-2].window
    if not isinstance(other, When) or plain_year(other.window) is not None:
        return False
    year = year_of(part)
    return year is None or in_year(other.window, year) != part
