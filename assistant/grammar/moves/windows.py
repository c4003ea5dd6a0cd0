"""Windows: of the open event, of a date field, or waiting for their event."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assistant.grammar.frames import THAN, Frame, FrameKind, Pending, State
from assistant.grammar.moves.apposed import apposed
from assistant.grammar.moves.context import Context, begin, fill, just_named
from assistant.grammar.moves.dates import lies_ahead, listed, newly
from assistant.grammar.moves.fitting import in_that_year, unfit
from assistant.grammar.moves.groups import in_each_of
from assistant.grammar.moves.links import TRAILING, distanced
from assistant.grammar.moves.solely import OTHER, only_then
from assistant.grammar.moves.steps import earlier
from assistant.grammar.pieces import (
    Amount,
    Compare,
    EdgeWord,
    Link,
    Piece,
    Sort,
    Structure,
    VagueWord,
    Weekdays,
    When,
)
from assistant.grammar.tokens import Shape
from assistant.grammar.trie import Node
from segments.catalogue import Type
from segments.definition import Near, Operator, Period, Which, Whole
from segments.feasts import SEASONS

States = Sequence[State]


def window(context: Context, state: State, piece: Piece) -> States:
    """A part of time: of the open event, of a date field, or waiting for its event."""
    assert isinstance(piece.payload, When)
    when = piece.payload
    if state.pending.parts:
        return in_each_of(state, piece, when)
    before = state.path[-1].payload if state.path else None
    if isinstance(before, Structure) and "approximate" in before.flags:
        return []  # "about 30 days ago" is not that very day
    if unfit(state, when):
        return []
    if when.some:
        return _in_some(state, piece, when)
    if when.idle:
        return _idle(state, piece, when)
    if _after_link(context, state, piece, when):
        return []
    other = state.event is not None and state.event.connector == THAN
    if when.before and (not other or state.pending.connector):
        return _before_that(state, piece, when)
    return _timed(context, state, piece, when)


def _in_some(state: State, piece: Piece, when: When) -> States:
    """As in "bought in at least two of the last three months": in how many of the whole ones."""
    target, pending = state.event, state.pending
    said, units = pending.compare, when.window
    if not isinstance(said, Compare) or not isinstance(units, Whole) or not state.path:
        return []
    amount = said.unit
    number = not (amount.money or amount.unit or amount.times or amount.percent or amount.age)
    inside = len(state.path) > 1 and isinstance(state.path[-2].payload, Structure)
    number = number and inside  # "in two of", not the things of that time
    if not number or state.path[-1].payload is not said or pending._replace(compare=None).loose():
        return []
    most = max(value for value in said.test.values if isinstance(value, int))
    if target is None or target.kind is not FrameKind.EVENT or most > units.count:
        return []
    more = target.compare or target.distinct or target.window or target.which or target.measured
    if more or target.group or target.each_unit or target.form not in ("verb", "noun"):
        return []
    if pending.connector or pending.relative or pending.negated or target.negated:
        return []
    filled = target._replace(compare=said, distinct=units.unit.value, window=when)
    return fill(state, piece, state.open, filled)


def _after_link(context: Context, state: State, piece: Piece, when: When) -> bool:
    """Whether a date follows "since" or "after", so that the two are one: "bought it after 16 June"
    is not "bought it afterwards, on 16 June"."""
    last = state.path[-1].payload if state.path else None
    if not isinstance(last, Link) or last.kind not in TRAILING or last.within is not None:
        return False
    first, *rest = context.tokens[piece.start : piece.end]
    numbered = bool(rest) and first.text[:1].isupper() and rest[0].shape is Shape.NUMBER
    return when.bare or first.shape is Shape.NUMBER or numbered


def _timed(context: Context, state: State, piece: Piece, when: When) -> States:
    top, target, pending = state.top, state.event, state.pending
    further = list(listed(state, piece, when))
    dated = just_named(state) is not None
    edged = target is not None and target.which is not None and not pending.negated
    if dated or edged:
        pending = pending._replace(equals=False)  # "registered = 2024", "first order = 2024"
    if pending.which is not None and not pending._replace(which=None).loose():
        frame = Frame(FrameKind.HEADLESS, window=when, which=pending.which)
        return [*further, *begin(state, piece, frame, taken=frozenset({"which"}))]
    if pending.by and (ranked := _ranked_in(state, piece, when)):
        return ranked
    if pending.compare is not None and (some := _some_then(state, piece, when)):
        return some
    if pending.loose() or pending.by or pending.every or _lacks_date(context, state):
        return further
    if _bare_month(context, piece, when) and not _goes_on(state, when):
        return further
    feast = isinstance(when.window, Period) and when.window.named is not None
    if when.bare and feast and _names_sending(context, state):
        return further
    if dated and top is not None and top.field:
        kind = context.catalogue.fields[top.field].type
        if kind in (Type.DATE, Type.TIME, Type.AGE):
            negated = top.negated != pending.negated
            told = top._replace(window=when, known=None, negated=negated)
            return fill(state, piece, len(state.frames) - 1, told)
        if top.waiting():
            return []
    if top is not None and top.vague is not None and not pending.connector and not pending.relative:
        return [] if lies_ahead(when) else newly(state, piece, when)
    if top is not None and top.field and target is None and not lies_ahead(when):
        further += newly(state, piece, when)
    if target is not None and not pending.connector and not pending.negated:
        return _of_event(context, state, piece, target, when)
    waiting = apposed(state, piece, when, _waiting_window(state, piece, when))
    return [*further, *_carried(state, piece, when), *waiting]


def _lacks_date(context: Context, state: State) -> bool:
    """Whether a date was just said to be lacking, so that the time is no other clause's: "bought
    tea, who have not registered in 2024" is about when they registered."""
    top, last = state.top, state.last
    if top is None or top.field is None or not (top.known and top.negated):
        return False
    dated = context.catalogue.fields[top.field].type in (Type.DATE, Type.TIME)
    return dated and last is top.pieces[-1] and not state.pending.connector


def _some_then(state: State, piece: Piece, when: When) -> States:
    """As in "at least 3 orders, and one in May": so many of the same in a part of the time."""
    target, pending = state.event, state.pending
    said = pending.compare
    if target is None or target.kind is not FrameKind.EVENT or not isinstance(said, Compare):
        return []
    counted = isinstance(target.compare, Compare) and target.compare.unit == replace(
        said.unit, value=target.compare.unit.value
    )
    none = target.negated and target.compare is None and target.form == "noun"
    none = none and target.window is not None and said.unit == Amount(said.unit.value)
    further = pending._replace(compare=None, connector="", comma=False, pieces=())
    if pending.connector not in ("and", "but", "comma") or further != Pending():
        return []
    plain = none or (counted and not (target.window or target.negated))
    if not plain or target.which or target.measured:
        return []
    many = target.compare  # "exactly two orders and one in May": exactly one, too
    exact = isinstance(many, Compare) and many.test.operator is Operator.EQ
    one = said.bare and said.test.values == (1,) and not exact
    some = target._replace(
        pieces=(),
        window=when,
        compare=None if one else said,
        one=one,
        elliptic=True,
        negated=False,
        ever=False,
    )
    return begin(state, piece, some, taken=frozenset({"compare"}))


def _ranked_in(state: State, piece: Piece, when: When) -> States:
    """As in "top 10 by last year's spend": the time before what the ranking goes by."""
    target, pending = state.event, state.pending
    if target is None or target.kind is not FrameKind.RANK or target.event or target.window:
        return []
    if pending.connector or pending.relative or pending.negated or pending.loose():
        return []
    filled = fill(state, piece, state.open, target._replace(window=when))
    return [one._replace(pending=one.pending._replace(by=True)) for one in filled]


def _names_sending(context: Context, state: State) -> bool:
    """Whether it comes right after "the campaign", and so may be the campaign's name."""
    target, last = state.event, state.path[-1] if state.path else None
    if target is None or target.event is None or last is None or last is not state.last:
        return False
    said = list(target.restrictions[-1].options[-1]) if target.restrictions else []
    roles = {context.attribute(o.event, o.name).role for o in said if o.event is not None}
    return last in target.pieces and last.sort is Sort.VALUE and "campaign_kind" in roles


def _of_event(context: Context, state: State, piece: Piece, target: Frame, when: When) -> States:
    """When the open event was, or how far off at most from what it follows."""
    if state.pending.only in ("only", OTHER):
        return only_then(context, state, piece, target, when)
    if (both := distanced(target, when)) is not None and not state.pending.relative:
        return fill(state, piece, state.open, both)
    clause = state.pending.relative and target.kind is FrameKind.EVENT
    if target.window is not None or clause:
        return _waiting_window(state, piece, when)
    filled = fill(state, piece, state.open, target._replace(window=when))
    if state.pending.both != "both":
        return filled
    # "both in 2024" waits for its "and": "bought both in 2024" is of two things that nobody knows
    return [one._replace(pending=one.pending._replace(both="both")) for one in filled]


def _idle(state: State, piece: Piece, when: When) -> States:
    """As in "not opened in 60-90 days": so long ago was the last time, and nothing since."""
    target, pending = state.event, state.pending
    if target is None or target.kind is not FrameKind.EVENT or not target.negated:
        return []
    counted = target.compare or target.window or target.which or target.mode or target.weekdays
    if counted or pending.connector or pending.relative or pending.negated or pending.loose():
        return []
    last = target._replace(negated=False, which=EdgeWord(Which.LAST), window=when)
    return fill(state, piece, state.open, last)


def weekdays(context: Context, state: State, piece: Piece) -> States:
    """Days of the week: of the open event, or waiting for their event."""
    assert isinstance(piece.payload, Weekdays)
    days = piece.payload
    week = When(days.week) if days.week is not None else None
    target, pending = state.event, state.pending
    if week is not None and target is not None and target.window is not None:
        return []
    if pending.loose() or pending.by or pending.every:
        return []
    if week is not None and target is not None and isinstance(target.compare, VagueWord):
        return []  # what is usual is so in any week
    if target is not None and not pending.connector and not pending.negated:
        both = target.weekdays.joined(days) if target.weekdays else days
        if both is None or pending.relative or target.which is not None:
            return []
        timed = target._replace(weekdays=both, window=week or target.window)
        return fill(state, piece, state.open, timed)
    if target is not None and target.event is not None and pending.negated:
        carried = target._replace(pieces=(), weekdays=days, negated=False, elliptic=True)
        carried = carried._replace(window=week or target.window)
        plain = carried._replace(compare=None, mode="", number_filter=None)
        return begin(state, piece, plain) if pending.connector in ("and", "but") else []
    if target is not None or pending.negated:
        return []
    return begin(state, piece, Frame(FrameKind.HEADLESS, weekdays=days, window=week))


_LISTING = frozenset({"and", "or", "but", "comma"})
_ORDINARY = frozenset({*SEASONS, "easter", "christmas", "midsummer", "halloween", "lucia"})


def _bare_month(context: Context, piece: Piece, when: When) -> bool:
    """The name of a month or feast alone, without a preposition: it may be a product or a person.
    Where the shop has one of that name, both are read, and the person asked."""
    named = context.shop.words.words.get(context.tokens[piece.end - 1].key)
    window = when.window
    if named is not None and _begins_name(context, named, piece.end):
        return isinstance(window, Period) and window.named in _ORDINARY
    if named is not None and named.meanings:
        return False
    return (
        isinstance(window, Period)
        and (window.month is not None or window.named in _ORDINARY)
        and window.year is None
        and when.bare
    )


def _begins_name(context: Context, named: Node[Any], at: int) -> bool:
    """Whether the words from there on make it a longer name in the shop: "summer shoes"."""
    following = named.words.get(context.tokens[at].key) if at < len(context.tokens) else None
    if following is None:
        return False
    return bool(following.meanings) or _begins_name(context, following, at + 1)


def _goes_on(state: State, when: When) -> bool:
    """Whether a month goes with the one before it: "in June, July and August", "in May but not
    June"."""
    before = state.event.window if state.event is not None else None
    if not isinstance(before, When) or state.pending.connector not in _LISTING:
        return False
    kinds = [
        isinstance(each.window, Period) and each.window.month is not None for each in (before, when)
    ]
    return all(kinds)


def _before_that(state: State, piece: Piece, when: When) -> States:
    """As in "in 2025 but not the year before": the time before the one that was said."""
    target = state.event
    said = target.window if target is not None else None
    if target is None or not isinstance(said, When) or target.connector == THAN:
        return []
    window = earlier(said.window, when.window)
    return [] if window is None else _carried(state, piece, When(window))


def _waiting_window(state: State, piece: Piece, when: When) -> States:
    if state.pending.only:
        return []  # "only in 2025 bought in store": only then
    return begin(state, piece, Frame(FrameKind.HEADLESS, window=when))


def _own(said: object) -> bool:
    return isinstance(said, When) and isinstance(said.window, Near)


def _carried(state: State, piece: Piece, when: When) -> States:
    """As in "In 2025 but not in 2026": the verb and what it was about are taken over."""
    target, pending = state.event, state.pending
    if target is None or target.kind is not FrameKind.EVENT or pending.link is not None:
        return []  # "within 3 days after Black Friday" is not after what was bought then
    if target.window is None and not pending.negated:
        return []
    if _own(when) is not _own(target.window) and not pending.negated:
        return []  # "after signing up but before 2025" is one time, not two
    if pending.connector in ("", "except", "without") or pending.relative:
        return []
    if target.compare is not None and not pending.negated:
        return []
    if pending.none and any(said.negated for said in target.restrictions):
        return []  # "bought something other than tea, and nothing in May": no tea, or nothing?
    if pending.none and target.which is not None:
        return []  # "first order in 2024, nothing in 2025": no order at all
    states: list[State] = []
    for said in in_that_year(state, piece, target, when):
        carried = target._replace(
            pieces=(), window=said, negated=False, elliptic=True, compare=None, mode=""
        )
        states += begin(state, piece, carried)
        if pending.none and target.restrictions:
            states += begin(state, piece, carried._replace(restrictions=()))  # nothing at all?
    return states
