"""Records put together, as people say them: "bought tea and oil in the same order".

In: a `Grouped`. Out: a `Clause` that reads back, or None where there is no such way
to say it; `say_patterns` then says it in full. Start at `say_plainly`.
"""

from dataclasses import replace

from assistant.messages.event_words import Events, with_rest
from assistant.messages.phrases import Clause, fill
from assistant.messages.say_events import say_measure
from assistant.messages.say_fields import label_of
from assistant.messages.say_records import Manner, Said, on_parts, phrase_of, say_records
from assistant.messages.say_windows import unit_of
from segments.catalogue import Attribute, Event, Type
from segments.definition import (
    EXISTS,
    RECORD,
    Grouped,
    Kind,
    Measure,
    Operator,
    Records,
    Test,
    Unit,
)

_BELOW = frozenset({Operator.LT, Operator.LE})
_NONE = Test(Operator.EQ, (0,))


def say_plainly(events: Events, condition: Grouped, *, negated: bool) -> Clause | None:
    """Say it in a clause that reads back; None when that cannot be."""
    first = condition.having[0].aggregate.records
    alike = all(
        (m.aggregate.records.event, m.aggregate.records.window) == (first.event, first.window)
        for m in condition.having
    )
    event = events.event(first.event)
    if not alike or (condition.by == RECORD and event.role != "purchase"):
        return None
    if condition.by in event.attributes:
        return _of_one(events, condition, event, negated=negated)
    if condition.test == EXISTS or condition.by != RECORD:
        together = _listed(events, condition, event, negated=negated)
        said = together or _measured(events, condition, negated=negated)
        if said is not None:
            return said
    return _records(events, condition, event, negated=negated) if condition.by == RECORD else None


# --- in the same order, on the same day


def _place(events: Events, grouped: Grouped) -> str:
    """Where they are together: "in the same order", "in at least 3 different months"."""
    phrases = events.values.phrases
    if grouped.by == RECORD:
        return phrases.text("groups", "record")
    if grouped.test == EXISTS:
        return phrases.text("groups", "same", grouped.by)
    unit = unit_of(phrases, Unit(grouped.by), 2)
    v = events.values.counted(grouped.test)
    return fill(phrases.text("attributes", "generic", "units"), v=v, unit=unit)


def _listed(events: Events, grouped: Grouped, event: Event, *, negated: bool) -> Clause | None:
    """Things that are all there: "have bought shampoo and conditioner"."""
    if len(grouped.having) < 2 or any(not _there(measure) for measure in grouped.having):
        return None
    said = _things(events, event, grouped)
    if said is None or grouped.test != EXISTS:
        return None
    template, slots = events.verb(event, "verb", said)
    clause = events.values.phrases.clause(template, slots, negated=negated)
    return with_rest(clause, said.after(_place(events, grouped)))


def _things(events: Events, event: Event, grouped: Grouped) -> Said | None:
    said = [
        say_records(events.values, event, measure.aggregate.records, Manner(closed=True))
        for measure in grouped.having
    ]
    things = [each.thing for each in said]
    alike = {replace(each, thing="") for each in said}
    if len(alike) > 1 or not all(things) or len(set(things)) < len(things):
        return None
    filters = [measure.aggregate.records.filters for measure in grouped.having]
    if any(len(each) != 1 or len(each[0].test.values) != 1 for each in filters):
        return None
    if len({each[0].attribute for each in filters}) > 1:
        return None
    found = [phrase_of(events.values, event, each[0]) for each in filters]
    if any(phrase is None or phrase[0] != "object" for phrase in found):
        return None  # "products of the brand A and products of the brand B" is not how people list
    return replace(said[0], thing=events.values.phrases.listed(things, "and"))


def _measured(events: Events, grouped: Grouped, *, negated: bool) -> Clause | None:
    """A number of each: "have bought at least 3 times in the same month"."""
    measure = _bounded(grouped)
    if measure is None or _there(measure) or measure.test == _NONE:
        return None
    aggregate = measure.aggregate
    if aggregate.kind not in (Kind.COUNT, Kind.SUM, Kind.DISTINCT) or _below(measure, grouped):
        return None
    if grouped.by == RECORD and aggregate.kind is Kind.COUNT:
        return None
    if grouped.test != EXISTS and aggregate.kind is Kind.DISTINCT:
        return None  # "in 5 different weeks in 2 different months": which of which?
    clause = say_measure(events, measure, negated=negated, later=False, bounded=True)
    return None if clause.own else with_rest(clause, _place(events, grouped))


def _bounded(grouped: Grouped) -> Measure | None:
    """The one number, where a bound from above stands beside that there are such records."""
    measures = grouped.having
    if len(measures) == 2 and _there(measures[0]) and measures[1].test.operator in _BELOW:
        same = measures[0].aggregate.records == measures[1].aggregate.records
        return measures[1] if same else None
    return measures[0] if len(measures) == 1 else None


def _below(measure: Measure, grouped: Grouped) -> bool:
    """Whether a bound from above stands alone, so that it holds where there are none too."""
    return len(grouped.having) == 1 and measure.test.operator in _BELOW


def _there(measure: Measure) -> bool:
    return measure.aggregate.kind is Kind.COUNT and measure.test == EXISTS


def say_place(events: Events, grouped: Grouped) -> str:
    """Where it is, before what holds there: "in the same order", "for 3 different products"."""
    phrases = events.values.phrases
    event = events.event(grouped.having[0].aggregate.records.event)
    by_attribute = grouped.by in event.attributes
    if not by_attribute and (grouped.by != RECORD or grouped.test == EXISTS):
        return _place(events, grouped)
    v = events.values.counted(grouped.test)
    if grouped.by == RECORD:
        return fill(phrases.text("groups", "records_of"), v=v, nouns=events.noun(event))
    attribute = event.attributes[grouped.by]
    label = label_of(events.values, attribute, "attributes")
    if grouped.test == EXISTS:
        return fill(phrases.text("groups", "of_same"), label=label)
    plural = phrases.find("attributes", attribute.role or "", "labels")
    return fill(phrases.text("groups", "of_different"), v=v, label=str(plural or label))


# --- of the same product


def _of_one(events: Events, grouped: Grouped, event: Event, *, negated: bool) -> Clause | None:
    """As in "have bought the same product at least 3 times"."""
    phrases = events.values.phrases
    if len(grouped.having) != 1 or grouped.test != EXISTS:
        return None
    attribute = event.attributes[grouped.by]
    places = ("object", "of")
    thing = any(phrases.find("attributes", attribute.role or "", place) for place in places)
    if attribute.type is not Type.TEXT or (events.beside and not thing):
        return None  # "unsubscribed from the same channel": from what was just spoken of?
    measure = grouped.having[0]
    aggregate = measure.aggregate
    said = say_records(events.values, event, aggregate.records, Manner(closed=True))
    if said.thing or measure.test.operator in (*_BELOW, Operator.KNOWN) or _there(measure):
        return None
    label = label_of(events.values, attribute, "attributes")
    same = fill(phrases.text("groups", "same_thing"), label=label)
    if aggregate.kind is Kind.COUNT:
        template, slots = events.verb(event, "verb", said, same)
        clause = phrases.clause(template, slots, negated=negated)
        return with_rest(clause, said.after(events.values.times(measure.test)))
    role = events.attribute(event, aggregate).role
    if aggregate.kind is Kind.SUM and role == "amount" and events.spends(event, said):
        v = events.values.tested("", Attribute("", Type.MONEY), measure.test)
        template, slots = events.verb(event, "spend", replace(said, thing=same))
        clause = phrases.clause(template, {**slots, "v": v}, negated=negated)
        return with_rest(clause, said.after())
    return None


# --- an order with and without


def _records(events: Events, grouped: Grouped, event: Event, *, negated: bool) -> Clause | None:
    """As in "have at least 2 orders of hair care for more than 500 kr without shampoo"."""
    phrases = events.values.phrases
    said = say_records(events.values, event, _base(grouped), Manner(closed=True))
    both = len(grouped.having) == 2 and all(map(_there, grouped.having))
    things = _things(events, event, grouped) if both else None
    if things is not None:
        parts = [fill(phrases.text("groups", "both"), v=things.thing)]
        said = replace(things, thing="")
    else:
        held = [_part(events, event, grouped, measure) for measure in grouped.having]
        if any(part is None for part in held):
            return None
        parts = [part for part in held if part]
    if not parts or _of_whole(events, event, grouped):
        return None
    of = fill(phrases.text("measures", "of"), object=said.thing) if said.thing else ""
    noun = phrases.text("groups", "noun" if grouped.test.values[-1] == 1 else "nouns")
    slots = {
        "v": events.values.counted(grouped.test),
        "noun": noun,
        "held": " ".join(filter(None, (of, said.how, *_joined(events, parts)))),
    }
    clause = phrases.clause(phrases.find("groups", "records"), slots, negated=negated)
    return with_rest(clause, said.when)


def _of_whole(events: Events, event: Event, grouped: Grouped) -> bool:
    """Whether only the order as a whole is told of, so that "orders for over 500" would count
    those that came to so much."""
    if len(grouped.having) > 1 or on_parts(event, _base(grouped).filters):
        return False
    return events.attribute(event, grouped.having[0].aggregate).role == "amount"


def _joined(events: Events, parts: list[str]) -> list[str]:
    """A number of each is joined to the one before it by "and"."""
    word = events.values.phrases.text("sentence", "and")
    first = next((i for i, part in enumerate(parts) if _numbered(events, part)), len(parts))
    return [
        f"{word} {part}" if i > first and _numbered(events, part) else part
        for i, part in enumerate(parts)
    ]


def _numbered(events: Events, part: str) -> bool:
    start = events.values.phrases.text("groups", "with").partition("{")[0]
    return part.startswith(start)


def _base(grouped: Grouped) -> Records:
    """What holds of all that is said of the record."""
    records = [m.aggregate.records for m in grouped.having if m.test != _NONE]
    if not records:
        return replace(grouped.having[0].aggregate.records, filters=())
    return min(records, key=lambda each: len(each.filters))


def _part(events: Events, event: Event, grouped: Grouped, measure: Measure) -> str | None:
    """One of the numbers, or what is not there; "" for what the noun says; None for the rest."""
    phrases, values, aggregate = events.values.phrases, events.values, measure.aggregate
    base = _base(grouped)
    if measure.test == _NONE and aggregate.kind is Kind.COUNT:
        return _without(events, event, base, aggregate.records)
    if aggregate.records != base or measure.test.operator in _BELOW:
        return None
    if _there(measure):
        return ""
    role = events.attribute(event, aggregate).role
    if aggregate.kind is Kind.DISTINCT and aggregate.of not in tuple(Unit):
        label = events.label(event, aggregate)
        different = phrases.text("attributes", "generic", "distinct")
        v = fill(different, v=values.counted(measure.test), label=label)
        return fill(phrases.text("groups", "with"), v=v)
    if aggregate.kind is Kind.SUM and role == "quantity":
        v = fill(phrases.text("measures", "units"), v=values.counted(measure.test))
        return fill(phrases.text("groups", "with"), v=v)
    if aggregate.kind is Kind.SUM and role == "amount":
        v = values.tested("", Attribute("", Type.MONEY), measure.test)
        return fill(phrases.text("groups", "for"), v=v)
    return None


def _without(events: Events, event: Event, base: Records, records: Records) -> str | None:
    """What is not there: "without shampoo", "without anything on sale"."""
    phrases = events.values.phrases
    whole = tuple(one for one in base.filters if not on_parts(event, [one]))
    more = tuple(one for one in records.filters if one not in whole)
    if len(more) != 1 or len(records.filters) != len(whole) + 1:
        return None
    if more[0].test.operator is Operator.KNOWN:
        label = label_of(events.values, event.attributes[more[0].attribute], "attributes")
        return fill(phrases.text("groups", "without"), v=label)
    said = say_records(events.values, event, Records(event.name, more), Manner(closed=True))
    if said.thing and not said.how:
        return fill(phrases.text("groups", "without"), v=said.thing)
    if said.how and not said.thing:
        return fill(phrases.text("groups", "without_any"), v=said.how)
    return None
