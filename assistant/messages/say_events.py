"""Conditions on events said as clauses: "have bought hair care at least 3 times in the last year".

In: a `Measure`. Out: a `Clause`. An event without a role is said by the catalogue's own verbs and
nouns. Start at `say_measure`.
"""

from assistant.messages.event_words import Events, with_rest
from assistant.messages.phrases import Clause, fill
from assistant.messages.say_records import Said, say_records
from segments.catalogue import Attribute, Event, Type
from segments.definition import EXISTS, Aggregate, Kind, Measure, Operator, Test, Unit

NONE = frozenset({(Operator.EQ, 0), (Operator.LT, 1), (Operator.LE, 0)})


def say_measure(events: Events, measure: Measure, *, negated: bool, later: bool) -> Clause:
    """Say an aggregate compared with a number; `later` when a window follows in the sentence,
    which would else be taken for this condition's."""
    aggregate, test = measure.aggregate, measure.test
    if aggregate.kind is Kind.COUNT and aggregate.of is None and _none(test):
        measure, test, negated = Measure(aggregate, EXISTS), EXISTS, not negated
    event = events.event(aggregate.records.event)
    exists = aggregate.kind is Kind.COUNT and test == EXISTS
    never = exists and negated and aggregate.records.window is None
    ever = ""
    if later and not never and aggregate.records.window is None:
        ever = events.values.phrases.text("ever", "exists" if exists else "count")
    said = say_records(events.values, event, aggregate.records, ever=ever)
    if test.operator is Operator.KNOWN:
        return _known(events, event, aggregate, said, negated=negated)
    if aggregate.kind is Kind.COUNT:
        return _counted(events, event, said, test, negated=negated, never=never)
    return _aggregated(events, event, measure, said, negated=negated)


def _counted(
    events: Events, event: Event, said: Said, test: Test, *, negated: bool, never: bool
) -> Clause:
    phrases = events.values.phrases
    times = "" if test == EXISTS else events.values.times(test)
    template, slots = events.verb(event, "verb", said)
    counted = phrases.find("events", "generic", "counted")
    if times and template == phrases.find("events", "generic", "has"):
        template, times = counted, ""
    v = events.values.counted(test)
    clause = phrases.clause(template, {**slots, "v": v}, negated=negated, never=never)
    return with_rest(clause, said.after(times))


def _aggregated(
    events: Events, event: Event, measure: Measure, said: Said, *, negated: bool
) -> Clause:
    aggregate, test = measure.aggregate, measure.test
    values, phrases = events.values, events.values.phrases
    role = events.attribute(event, aggregate).role
    if aggregate.kind is Kind.DISTINCT:
        return _distinct(events, event, measure, said, negated=negated)
    v = _compared(events, event, measure)
    if aggregate.kind is Kind.SUM and role == "amount" and events.spends(event, said):
        template, slots = events.verb(event, "spend", said)
        clause = phrases.clause(template, {**slots, "v": v}, negated=negated)
    elif aggregate.kind is Kind.SUM and role == "quantity":
        key = "units_of" if said.thing else "units"
        units = fill(phrases.text("measures", key), v=values.counted(test), object=said.thing)
        template, slots = events.verb(event, "verb", said, units)
        clause = phrases.clause(template, slots, negated=negated)
    else:
        template = phrases.find("measures", aggregate.kind, "has")
        label, about = events.label(event, aggregate), events.noun_for(event, said)
        slots = {"label": label, "for": about, "v": v}
        clause = phrases.clause(template, slots, negated=negated)
    return with_rest(clause, said.after())


def _known(
    events: Events, event: Event, aggregate: Aggregate, said: Said, *, negated: bool
) -> Clause:
    phrases = events.values.phrases
    plain = aggregate.kind is Kind.COUNT
    label = events.noun(event) if plain else events.label(event, aggregate)
    slots = {"label": label, "for": events.noun_for(event, said) if said.thing else ""}
    clause = phrases.clause(phrases.find("measures", "known"), slots, negated=negated)
    return with_rest(clause, said.after())


def _distinct(
    events: Events, event: Event, measure: Measure, said: Said, *, negated: bool
) -> Clause:
    phrases, aggregate = events.values.phrases, measure.aggregate
    label = events.label(event, aggregate)
    v = events.values.counted(measure.test)
    if aggregate.of in tuple(Unit):
        how = fill(phrases.text("attributes", "generic", "units"), v=v, unit=label)
    else:
        role = events.attribute(event, aggregate).role or ""
        own = phrases.find("attributes", role, "distinct")
        how = fill(str(own), v=v, label=label) if own is not None else ""
    thing = said.thing
    if not how:
        several = fill(phrases.text("attributes", "generic", "distinct"), v=v, label=label)
        thing = f"{several} {events.noun_for(event, said) if thing else ''}".strip()
    template, slots = events.verb(event, "verb", said, thing)
    clause = phrases.clause(template, slots, negated=negated)
    return with_rest(clause, said.after(how))


def _compared(events: Events, event: Event, measure: Measure) -> str:
    """Say the number an aggregate is compared with, as money where it is."""
    attribute = events.attribute(event, measure.aggregate)
    if measure.test.operator is Operator.KNOWN:
        return ""
    render = Attribute(attribute.name, Type.MONEY if attribute.type is Type.MONEY else Type.NUMBER)
    return events.values.tested("", render, measure.test)


def is_amount(measure: Measure) -> bool:
    """Whether a condition counts records, and asks for another number than none or any."""
    plain = measure.aggregate.kind is Kind.COUNT and measure.test.operator is not Operator.KNOWN
    return plain and measure.test != EXISTS and not _none(measure.test)


def say_count(events: Events, measure: Measure) -> str:
    """Say a count in short: "at least 3 purchases in the last 12 months"."""
    records, phrases = measure.aggregate.records, events.values.phrases
    event = events.event(records.event)
    said = say_records(events.values, event, records)
    one = phrases.find("events", event.role or "", "noun")
    noun = str(one) if one and measure.test.values[-1] == 1 else events.noun(event)
    of = fill(phrases.text("measures", "of"), object=said.thing) if said.thing else ""
    return " ".join(filter(None, (events.values.counted(measure.test), noun, of, said.after())))


def _none(test: Test) -> bool:
    return bool(test.values) and (test.operator, test.values[0]) in NONE
