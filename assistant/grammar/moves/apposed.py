"""When all of so many were, said after a comma: "exactly one order, placed over a year ago"."""

from collections.abc import Sequence

from assistant.grammar.frames import Frame, FrameKind, Pending, State
from assistant.grammar.moves.context import begin, fill
from assistant.grammar.pieces import Compare, Piece, Structure, When
from segments.definition import Ago, Operator

States = Sequence[State]
_OVER = frozenset({Operator.GT, Operator.GE})  # at a time that is over, so that others came since
_FORMS = frozenset({"noun", "verb"})


def apposed(state: State, piece: Piece, when: When, within: States) -> States:
    """The readings of a time after a comma and an exact number: of all of them, or of those that
    are counted; elsewhere those it has `within` the sentence.

    "Exactly two orders, placed in May" are two in all; "two orders, made in May" and "bought once,
    over a year ago" can be either, and "exactly two orders, last 90 days" is a list as people type
    it, which says when to count."""
    target = state.event
    if target is None or not _counted(target) or not _after_comma(state.pending):
        return within
    assert isinstance(target.compare, Compare)
    last = state.path[-1].payload if state.path else None
    done = isinstance(last, Structure) and "light" in last.flags
    over = isinstance(when.window, Ago) and when.window.test.operator in _OVER
    if not (done or over):
        return within
    if target.negated:
        return []  # "not exactly two orders, placed in May": it is the whole that is denied
    in_all = state.put(state.open, target._replace(ever=True))
    when_all = target._replace(pieces=(), window=when, elliptic=True)
    of_all = begin(in_all, piece, when_all)
    if done and not target.compare.bare:
        return of_all
    return [*of_all, *fill(state, piece, state.open, target._replace(window=when))]


def _counted(target: Frame) -> bool:
    """Whether it is exactly so many that were done, at any time as far as was said."""
    compare = target.compare
    if target.kind is not FrameKind.EVENT or target.form not in _FORMS or target.which:
        return False
    if target.window or target.ever or target.group or target.measured or target.each_unit:
        return False
    if not isinstance(compare, Compare) or compare.unit.money is not None:
        return False
    return compare.test.operator is Operator.EQ


def _after_comma(pending: Pending) -> bool:
    return pending._replace(connector="", comma=False, pieces=()) == Pending() and (
        pending.connector == "comma"
    )
