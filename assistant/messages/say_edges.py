"""First, last, nth and last-N records said as clauses: "whose last 3 purchases were all on sale".

In: an `Edge`. Out: a `Clause`. When the very first or last was is said with the event's verb
("last bought hair care in March"), all else with its noun. Start at `say_edge`.
"""

from dataclasses import replace

from assistant.messages.event_words import Events, with_rest
from assistant.messages.phrases import Clause, fill
from assistant.messages.say_fields import attribute_of
from assistant.messages.say_near import say_time
from assistant.messages.say_records import Manner, bracketed, on_parts, phrase_of, say_records
from assistant.messages.say_values import Values
from segments.catalogue import Event
from segments.definition import WEEKDAY, Edge, Filter, Operator, Reach, Records, Which, Window

CLOSED = Manner(closed=True)


def say_edge(events: Events, edge: Edge, *, negated: bool) -> Clause:
    """Say what the chosen records have, or when they were."""
    alone = edge.number == 1 and edge.records.window is None
    if alone and edge.when is not None and not edge.having:
        return _when(events, edge, edge.when, negated=negated)
    phrases, event = events.values.phrases, events.event(edge.records.event)
    said, key = _asked(events, event, edge, negated=negated)
    reach = "nth" if edge.number == 1 else edge.reach.value
    slots = {"chosen": say_chosen(events, event, edge), "v": said}
    return phrases.clause(phrases.entry("nth", f"{reach}_{key}"), slots, negated=negated)


def _when(events: Events, edge: Edge, when: Window, *, negated: bool) -> Clause:
    event = events.event(edge.records.event)
    manner = Manner(beside=events.beside, closed=True, negated=negated)
    said = say_records(events.values, event, edge.records, manner)
    window = say_time(events.values, when)
    template, slots = events.verb(event, edge.which.value, said)
    clause = events.values.phrases.clause(template, slots, negated=negated)
    return with_rest(clause, said.after(window))


def say_chosen(events: Events, event: Event, edge: Edge) -> str:
    """Name the records: "second purchase of hair care in store"."""
    phrases, which = events.values.phrases, edge.which.value
    held = {attribute_of(event.attributes, one.attribute).role for one in edge.having}
    manner = replace(CLOSED, bare="campaign" in held)  # "of campaigns was Summer": that campaign?
    said = say_records(events.values, event, edge.records, manner)
    of = fill(phrases.text("measures", "of"), object=said.thing) if said.thing else ""
    ordinals = phrases.entry("nth", "ordinals")
    one = str(phrases.find("events", event.role or "", "noun") or events.noun(event))
    slots = {"noun": one, "nouns": events.noun(event), "n": events.values.number(edge.number)}
    if edge.number == 1:
        chosen = fill(phrases.text("nth", which), **slots)
    elif edge.reach is not Reach.NTH:
        chosen = fill(phrases.text("nth", f"{which}_many"), **slots)
    elif edge.number == 2 and edge.which is Which.LAST:
        chosen = fill(phrases.text("nth", "last_second"), **slots)
    else:
        known = edge.number <= len(ordinals)
        other = fill(phrases.text("nth", "ordinal"), **slots)
        ordinal = str(ordinals[edge.number - 1]) if known else other
        chosen = fill(phrases.text("nth", f"{which}_nth"), ordinal=ordinal, **slots)
    return " ".join(filter(None, (chosen, of, said.after())))


def _asked(events: Events, event: Event, edge: Edge, *, negated: bool) -> tuple[str, str]:
    """Say what they have, and whether they contain it or are so. What is said of one product in
    them stands together, the rest is listed; what no phrase says stands in brackets, and so do
    several things that are denied together, and products apart from those they are chosen by."""
    values, phrases = events.values, events.values.phrases
    chosen_by = {one.attribute for one in edge.records.filters if _is_number(event, one)}
    again = on_parts(event, edge.records.filters) and on_parts(event, edge.having)
    again = again or any(one.attribute in chosen_by for one in edge.having)
    whole = again or (negated and len(edge.having) > 1)
    things, others, rest = _sorted(values, event, edge.having, whole=whole)
    said = say_records(values, event, Records(event.name, things), CLOSED)
    thing = said.thing
    if not thing and event.role == "purchase" and on_parts(event, rest):
        thing = phrases.text("events", event.role, "thing")
    contains = bool(thing) and event.role == "purchase"
    also = "also_all" if edge.reach is Reach.ALL and edge.number > 1 else "also"
    template = "{v}" if not contains else phrases.text("nth", also)
    listed = [f"{thing} {said.how}"] if thing else []
    listed += [_one(values, event, one) for one in others]
    first, *more = [each.strip() for each in listed] or [""]
    both = f" {phrases.text('sentence', 'and')} "
    words = both.join((first, *(fill(template, v=other) for other in more)))
    window = "" if edge.when is None else say_time(values, edge.when)
    said_of = filter(None, (words, bracketed(values, event, rest), window))
    return " ".join(said_of), "contains" if contains else "is"


def _sorted(
    values: Values, event: Event, having: tuple[Filter, ...], *, whole: bool
) -> tuple[tuple[Filter, ...], list[Filter], list[Filter]]:
    """What is said of a product in them, of them, and in brackets: there all if the `whole`."""
    things: dict[str, Filter] = {}
    others: list[Filter] = []
    rest: list[Filter] = []
    for one in having:
        phrase = phrase_of(values, event, one)
        of_part = on_parts(event, [one])
        number = _is_number(event, one)
        if not whole and _is_amount(event, one) and len(having) == 1:
            others.append(one)
        elif whole or phrase is None or one.attribute == WEEKDAY or (number and len(having) > 1):
            rest.append(one)
        elif phrase[0] == "how" and not of_part:
            others.append(one)
        elif phrase[0] in things:
            rest.append(one)
        else:
            things[phrase[0]] = one
    return tuple(things.values()), others, rest


def _one(values: Values, event: Event, one: Filter) -> str:
    if _is_amount(event, one):
        attribute = attribute_of(event.attributes, one.attribute)
        said = values.tested(f"{event.name}.{one.attribute}", attribute, one.test)
        exact = one.test.operator is Operator.EQ
        return fill(values.phrases.text("count", "eq"), x=said) if exact else said
    return say_records(values, event, Records(event.name, (one,)), CLOSED).how


def _is_number(event: Event, one: Filter) -> bool:
    return attribute_of(event.attributes, one.attribute).numeric


def _is_amount(event: Event, one: Filter) -> bool:
    attribute = attribute_of(event.attributes, one.attribute)
    said = one.test.operator not in (Operator.KNOWN, Operator.IN)
    return attribute.role == "amount" and said and not one.negated
