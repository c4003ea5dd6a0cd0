"""How records stand to each other, said as clauses: compared, shared, spaced, in a row, in groups.

In: such a condition. Out: a `Clause`. What is counted or added up is said as a noun: "number of
purchases of hair care in 2025". A negation is said by the caller, as a group one is not in. Start
at `say_pattern`.
"""

from decimal import Decimal
from typing import assert_never

from assistant.messages.event_words import Events, with_rest
from assistant.messages.phrases import Clause, Phrases, fill
from assistant.messages.say_edges import say_chosen
from assistant.messages.say_events import say_measure
from assistant.messages.say_fields import attribute_of, label_of
from assistant.messages.say_records import Manner, say_records
from assistant.messages.say_windows import unit_of
from segments.catalogue import Attribute, Type
from segments.definition import (
    SCORES,
    Aggregate,
    Comparison,
    Edge,
    Followed,
    Gap,
    Kind,
    Norm,
    Operator,
    Overdue,
    Reach,
    Records,
    Sequence,
    Share,
    Step,
    Test,
    Unit,
    exists,
)

_ANSWERS = frozenset({("receive", "open"), ("receive", "click")})
Pattern = Comparison | Norm | Share | Gap | Overdue | Sequence | Followed


def say_pattern(events: Events, condition: Pattern) -> Clause:
    """Say it, not negated."""
    phrases = events.values.phrases
    match condition:
        case Comparison(left, operator, right, times):
            other = said_number(events, right)
            v = _against(events, operator, other, times)
            return _clause(phrases, "compare", left=said_number(events, left), v=v)
        case Norm(middle, aggregate, operator, times):
            other = phrases.text("patterns", "middle", middle.value)
            v = _against(events, operator, other, times)
            return _clause(phrases, "compare", left=said_number(events, aggregate), v=v)
        case Share(part, whole, test):
            v = per_cent(events, test)
            numbers = {"part": said_number(events, part), "whole": said_number(events, whole)}
            return _clause(phrases, "share", v=v, **numbers)
        case Gap(kind, records, test):
            days = unit_of(phrases, Unit.DAY, 1 if test.values[-1] == 1 else 2)
            v = f"{_compared(events, test)} {days}"
            of = phrases.text("patterns", "gap_kind", kind.value)
            return _clause(phrases, "gap", kind=of, records=said_records(events, records), v=v)
        case Overdue(records, times):
            key = "overdue" if times == 1 else "overdue_times"
            n = events.values.number(times)
            return _clause(phrases, key, records=said_records(events, records), n=n)
        case Sequence():
            return _sequence(events, condition)
        case Followed():
            return _followed(events, condition)
        case _:
            assert_never(condition)


def said_records(events: Events, records: Records) -> str:
    """Name the records: "purchases of hair care online in the last 90 days"."""
    event = events.event(records.event)
    said = say_records(events.values, event, records, Manner(closed=True))
    of = fill(events.values.phrases.text("measures", "of"), object=said.thing) if said.thing else ""
    return " ".join(filter(None, (events.noun(event), of, said.after())))


def said_number(events: Events, aggregate: Aggregate) -> str:
    """Name what is counted or added up: "number of purchases in 2025"."""
    phrases, event = events.values.phrases, events.event(aggregate.records.event)
    records = said_records(events, aggregate.records)
    if aggregate.kind is Kind.COUNT:
        return fill(phrases.text("patterns", "count"), records=records)
    if aggregate.kind in SCORES:
        of = events.scored(event, say_records(events.values, event, aggregate.records))
        kind = phrases.text("measures", aggregate.kind, "kind")
        return " ".join(filter(None, (kind, of["in"], of["for"])))
    label = events.label(event, aggregate)
    if aggregate.kind is Kind.DISTINCT:
        return fill(phrases.text("patterns", "distinct"), label=label, records=records)
    kind = phrases.text("measures", aggregate.kind.value, "kind")
    return fill(phrases.text("patterns", "number"), kind=kind, label=label, records=records)


def say_parts(events: Events, field: Attribute) -> str:
    """Say that a ranking is made for each value of a field: "in each country"."""
    label = label_of(events.values, field, "fields")
    return fill(events.values.phrases.text("patterns", "each"), label=label)


def _clause(phrases: Phrases, key: str, **slots: str) -> Clause:
    return phrases.clause(phrases.text("patterns", key), slots)


def _against(events: Events, operator: Operator, other: str, times: int | Decimal) -> str:
    phrases = events.values.phrases
    key = operator.name.lower()
    if times == 1:
        return fill(phrases.text("patterns", "than", key), x=other)
    said = "times_eq" if operator is Operator.EQ else "times"
    n = fill(phrases.text("patterns", said), n=events.values.number(times), x=other)
    return fill(phrases.text("amount", key), x=n)


def _compared(events: Events, test: Test) -> str:
    return events.values.tested("", Attribute("", Type.NUMBER), test)


def per_cent(events: Events, test: Test) -> str:
    """Say a comparison of a share: "at least 30%"."""

    def render(value: object) -> str:
        return events.values.percent(value) if isinstance(value, int | Decimal) else str(value)

    style = "count" if test.operator is Operator.EQ else "amount"
    return events.values.compared(test, render, style)


def _sequence(events: Events, sequence: Sequence) -> Clause:
    event = events.event(sequence.start.event)
    beside = _beside(sequence)
    if sequence.which is None:
        start = say_measure(events, exists(sequence.start), negated=False, later=beside)
    else:
        said = say_records(events.values, event, sequence.start, Manner(closed=True))
        template, slots = events.verb(event, sequence.which.value, said)
        start = with_rest(events.values.phrases.clause(template, slots), said.after())
    return with_rest(start, " ".join(_step(events, step, beside=beside) for step in sequence.steps))


def _beside(sequence: Sequence) -> bool:
    """Whether a time is said of one that could be taken for the others' too: any but that of the
    first of two, and none where something else says when."""
    bounded = sequence.which is not None or any(step.within for step in sequence.steps)
    timed = [step.records.window is not None for step in sequence.steps]
    of_first = sequence.start.window is not None and len(timed) == 1
    return not bounded and not of_first and (any(timed) or sequence.start.window is not None)


def _followed(events: Events, followed: Followed) -> Clause:
    """Say what was done, and after how many of the chosen; or with how many of the messages."""
    phrases, step, test = events.values.phrases, followed.step, followed.test
    key, v = "of", events.values.counted(test)
    none = (test.operator, test.values) == (Operator.EQ, (0,))
    if none:
        key = "none_of"
    elif (test.operator, test.values) == (Operator.EQ, (followed.number,)):
        key = "all_of"
    chosen = Edge(followed.which, followed.records, number=followed.number, reach=Reach.ANY)
    said = say_chosen(events, events.event(followed.records.event), chosen)
    if _of_that_message(events, followed):
        event = events.event(step.records.event)
        of = fill(phrases.text("patterns", "any_of" if none else key), v=v)
        them = fill(phrases.text("patterns", "them"), of=of, chosen=_few(events, followed) or said)
        verb = phrases.entry("events", event.role or "", "verb")
        return phrases.clause(verb, {"object": them}, negated=none)
    of = fill(phrases.text("patterns", key), v=v)
    clause = say_measure(events, exists(step.records), negated=False, later=False, bounded=True)
    key = "before_them" if step.before else "after_them"
    slots = {"within": _within(events, step), "same": _same(events, step)}
    return with_rest(clause, fill(phrases.text("patterns", key), of=of, chosen=said, **slots))


def _few(events: Events, followed: Followed) -> str:
    """The messages by their kind alone: "last 5 newsletters"; empty where more is said of them."""
    sent, records = events.event(followed.records.event), followed.records
    kinds = [sent.attributes[each.attribute].role for each in records.filters]
    if kinds != ["campaign_kind"] or records.filters[0].negated:
        return ""
    said = say_records(events.values, sent, records, Manner(closed=True))
    n = events.values.number(followed.number)
    chosen = events.values.phrases.text("nth", f"{followed.which.value}_many")
    return fill(chosen, n=n, nouns=said.thing) if said.thing and not said.after() else ""


def _of_that_message(events: Events, followed: Followed) -> bool:
    """Whether it is what they did with the messages themselves: "opened two of the last three"."""
    records, step = followed.records, followed.step
    sent, done = events.event(records.event), events.event(step.records.event)
    campaign = sent.by_role("campaign")
    if (sent.role, done.role) not in _ANSWERS or campaign is None or step.same != (campaign.name,):
        return False
    return step == Step(Records(done.name), same=step.same) and records.window is None


def _step(events: Events, step: Step, *, beside: bool) -> str:
    phrases = events.values.phrases
    there = exists(step.records)
    later = beside and not step.absent
    clause = say_measure(events, there, negated=step.absent, later=later, bounded=True)
    key = "before" if step.before else "then"
    slots = {"clause": clause.text, "within": _within(events, step), "same": _same(events, step)}
    return fill(phrases.text("patterns", key), **slots)


def _within(events: Events, step: Step) -> str:
    if step.within is None:
        return ""
    phrases, unit = events.values.phrases, step.within.unit
    n = events.values.number(step.within.count)
    slots = {"n": n, "unit": unit_of(phrases, unit, step.within.count)}
    return fill(phrases.text("patterns", "within_before" if step.before else "within"), **slots)


def _same(events: Events, step: Step) -> str:
    if not step.same:
        return ""
    phrases, event = events.values.phrases, events.event(step.records.event)
    labels = [
        label_of(events.values, attribute_of(event.attributes, name), "attributes")
        for name in step.same
    ]
    return fill(phrases.text("patterns", "same"), label=phrases.listed(labels, "and"))
