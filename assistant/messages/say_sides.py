"""One number of theirs against another, as people say it: "have spent more in 2026 than in 2025".

In: a `Comparison` or `Share`. Out: a `Clause` that reads back, or None where it has to be said in
full (`say_patterns`). Start at `say_sides`.
"""

from dataclasses import replace

from assistant.messages.event_words import Events, with_rest
from assistant.messages.phrases import Clause, Phrases, fill
from assistant.messages.say_near import say_time
from assistant.messages.say_patterns import per_cent, said_records
from assistant.messages.say_records import Manner, phrase_of, say_records
from segments.definition import (
    Aggregate,
    Calendar,
    Comparison,
    Kind,
    Operator,
    Period,
    Rolling,
    Share,
    Unit,
    Window,
)


def say_sides(events: Events, condition: Comparison | Share) -> Clause | None:
    """Say it in a few words; None where that cannot be."""
    if isinstance(condition, Share):
        return _share(events, condition)
    return _stretches(events, condition)


def _stretches(events: Events, comparison: Comparison) -> Clause | None:
    """The same in two stretches of time: how often, or what was spent."""
    left, right = comparison.left.records, comparison.right.records
    same = replace(left, window=None) == replace(right, window=None)
    phrases, event = events.values.phrases, events.event(left.event)
    other = _rest(phrases, comparison)
    if not same or not (other or (comparison.times == 1 and _alike(left.window, right.window))):
        return None
    if any(phrase_of(events.values, event, one) is None for one in left.filters):
        return None  # "more purchases of products (price: over 500)": more products?
    key = comparison.operator.name.lower()
    when_of = (one.window for one in (left, right) if one.window is not None)
    windows = [say_time(events.values, each) for each in when_of]
    than = fill(phrases.text("patterns", "beside", key), x=other or windows[1])
    when = f"{windows[0]} {than}"
    if comparison.left.kind is Kind.COUNT:
        records = said_records(events, replace(left, window=None))
        template = phrases.entry("patterns", "many", key)
        return with_rest(phrases.clause(template, {"records": records}), when)
    said = say_records(events.values, event, replace(left, window=None), Manner(closed=True))
    if not _spent(events, comparison.left) or not events.spends(event, said):
        return None
    template, slots = events.verb(event, "spend", said)
    clause = phrases.clause(template, {**slots, "v": phrases.text("patterns", "much", key)})
    return with_rest(clause, f"{said.how} {when}".strip())


def _rest(phrases: Phrases, comparison: Comparison) -> str | None:
    """The months before some months, where one number is held against half of that of both."""
    match comparison.left.records.window, comparison.right.records.window:
        case Rolling(count, unit), Rolling(both, other) if unit is other and both == 2 * count:
            uneven = comparison.operator in (Operator.GT, Operator.LT)
            if 2 * comparison.times != 1 or not uneven or count == 1 or unit is not Unit.MONTH:
                return None
            said = phrases.text("units", "rolling", unit)
            return fill(phrases.text("patterns", "right_before"), n=str(count), unit=said)
        case _:
            return None


def _alike(left: Window | None, right: Window | None) -> bool:
    """Whether both can stand around "than": two years, this month and last month. The year of a
    month there would be open, and which of two kinds is meant for both."""
    match left, right:
        case Calendar(unit), Calendar(other):
            return unit is other
        case Period(year), Period(another):
            return year is not None and another is not None
        case _:
            return False


def _spent(events: Events, aggregate: Aggregate) -> bool:
    role = events.attribute(events.event(aggregate.records.event), aggregate).role
    return aggregate.kind is Kind.SUM and role == "amount"


def _share(events: Events, share: Share) -> Clause | None:
    """How many of the records are so as well: "where at least 50% of their orders were online"."""
    part, whole = share.part.records, share.whole.records
    more = [one for one in part.filters if one not in whole.filters]
    closer = (part.event, part.window) == (whole.event, whole.window) and len(more) == 1
    rest = tuple(one for one in part.filters if one not in more)
    if share.part.kind is not Kind.COUNT or not closer or rest != whole.filters:
        return None
    phrases, event = events.values.phrases, events.event(whole.event)
    found = phrase_of(events.values, event, more[0])
    if found is None:
        return None
    slots = {"v": per_cent(events, share.test), "whole": said_records(events, whole)}
    return phrases.clause(phrases.entry("patterns", "share_of"), {**slots, "so": found[1]})
