"""Conditions on events said as clauses: "have bought hair care at least 3 times in the last year".

In: a `Measure`. Out: a `Clause`. An event without a role is said by the catalogue's own verbs and
nouns. Start at `say_measure`.
"""

from assistant.messages.event_words import Events, with_rest
from assistant.messages.phrases import Clause, fill
from assistant.messages.say_records import Manner, Said, say_records
from segments.catalogue import Attribute, Event, Type
from segments.definition import EXISTS, SCORES, Aggregate, Kind, Measure, Operator, Test, Unit

NONE = frozenset({(Operator.EQ, 0), (Operator.LT, 1), (Operator.LE, 0)})


def say_measure(
    events: Events, measure: Measure, *, negated: bool, later: bool, bounded: bool = False
) -> Clause:
    """Say an aggregate compared with a number; `later` when a window follows in the sentence,
    which would else be taken for this condition's; `bounded` when something else says when, so
    that "never" would say too much."""
    aggregate, test = measure.aggregate, measure.test
    if aggregate.kind is Kind.COUNT and aggregate.of is None and _none(test):
        measure, test, negated = Measure(aggregate, EXISTS), EXISTS, not negated
    event = events.event(aggregate.records.event)
    exists = aggregate.kind is Kind.COUNT and test == EXISTS
    never = exists and negated and aggregate.records.window is None and not bounded
    ever = ""
    if later and not never and aggregate.records.window is None:
        ever = events.values.phrases.text("ever", "exists" if exists else "count")
    role = events.attribute(event, aggregate).role if aggregate.kind is Kind.SUM else None
    plain = aggregate.kind in (Kind.COUNT, Kind.DISTINCT) or role == "quantity"
    beside = events.beside and plain  # money is spent, and what is measured has a noun
    manner = Manner(ever, beside=beside, single=exists, negated=negated)
    said = say_records(events.values, event, aggregate.records, manner)
    if test.operator is Operator.KNOWN:
        return _known(events, event, aggregate, said, negated=negated)
    if aggregate.kind in SCORES:
        template = events.values.phrases.find("measures", aggregate.kind, "has")
        slots = {"v": _compared(events, event, measure), **events.scored(event, said)}
        return events.values.phrases.clause(template, slots, negated=negated)
    if aggregate.kind is Kind.DISTINCT:
        return say_distinct(events, aggregate, events.values.counted(test), ever, negated=negated)
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
    v = _compared(events, event, measure)
    if aggregate.kind is Kind.SUM and role == "amount" and events.spends(event, said):
        template, slots = events.verb(event, "spend", said)
        clause = phrases.clause(template, {**slots, "v": v}, negated=negated)
    elif aggregate.kind is Kind.SUM and role == "quantity":
        anything = phrases.find("events", event.role or "", "anything")
        key = "units_of" if said.thing else "units"
        if anything is not None and said.thing == phrases.signed(anything, negated=negated):
            key = "units_any"  # "7 units of something", where a language says "7 units shampoo"
        units = fill(phrases.text("measures", key), v=values.counted(test), object=said.thing)
        template, slots = events.verb(event, "verb", said, units)
        clause = phrases.clause(template, slots, negated=negated)
    else:
        template = events.measure(event, aggregate, "has", "whose")
        clause = phrases.clause(
            template, {**events.measured(event, aggregate, said), "v": v}, negated=negated
        )
        if clause.own:
            return clause
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


def say_distinct(
    events: Events, aggregate: Aggregate, v: str, ever: str = "", *, negated: bool = False
) -> Clause:
    """Say how many different values an attribute has, or in how many parts of time."""
    phrases = events.values.phrases
    event = events.event(aggregate.records.event)
    label = events.label(event, aggregate)
    if aggregate.of in tuple(Unit):
        how, thing = fill(phrases.text("attributes", "generic", "units"), v=v, unit=label), ""
    else:
        how, thing = _different(events, event, aggregate, v, label)
    manner = Manner(ever, beside=events.beside, bare=bool(thing), negated=negated)
    said = say_records(events.values, event, aggregate.records, manner)
    template, slots = events.verb(event, "verb", said, thing or said.thing)
    clause = phrases.clause(template, slots, negated=negated)
    return with_rest(clause, said.after(how))


def _different(
    events: Events, event: Event, aggregate: Aggregate, v: str, label: str
) -> tuple[str, str]:
    """Different values as they are said after the verb's object, or in its place."""
    phrases = events.values.phrases
    role = events.attribute(event, aggregate).role or ""
    own = phrases.find("attributes", role, "distinct")
    if own is not None:
        return fill(str(own), v=v, label=label), ""
    if phrases.find("attributes", role, "labels") is not None:
        return "", fill(phrases.text("attributes", "generic", "distinct"), v=v, label=label)
    return fill(phrases.text("attributes", "generic", "values"), v=v, label=label), ""


def _compared(events: Events, event: Event, measure: Measure) -> str:
    """Say the number an aggregate is compared with, as money where it is."""
    attribute = events.attribute(event, measure.aggregate)
    if measure.test.operator is Operator.KNOWN:
        return ""
    money = attribute.type is Type.MONEY and measure.aggregate.kind not in SCORES
    render = Attribute(attribute.name, Type.MONEY if money else Type.NUMBER)
    said = events.values.tested("", render, measure.test)
    if measure.test.operator is not Operator.EQ:
        return said
    return fill(events.values.phrases.text("count", "eq"), x=said)


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
