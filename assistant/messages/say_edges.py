"""First, last, nth and last-N records said as clauses: "whose last 3 purchases were all on sale".

In: an `Edge`. Out: a `Clause`. When the very first or last was is said with the event's verb
("last bought hair care in March"), all else with its noun. Start at `say_edge`.
"""

from typing import Any

from assistant.languages.files import FALLBACK, look_up
from assistant.messages.event_words import Events, with_rest
from assistant.messages.phrases import Clause, Phrases, fill
from assistant.messages.say_fields import attribute_of
from assistant.messages.say_records import Manner, Said, say_records
from assistant.messages.say_windows import say_window
from segments.catalogue import Event
from segments.definition import Edge, Filter, Operator, Reach, Records, Which, Window


def say_edge(events: Events, edge: Edge, *, negated: bool) -> Clause:
    """Say what the chosen records have, or when they were."""
    alone = edge.number == 1 and edge.records.window is None
    if alone and edge.when is not None and not edge.having:
        return _when(events, edge, edge.when, negated=negated)
    phrases, event = events.values.phrases, events.event(edge.records.event)
    said, key = _asked(events, event, edge)
    reach = "nth" if edge.number == 1 else edge.reach.value
    slots = {"chosen": _chosen(events, event, edge), "v": said}
    return phrases.clause(_phrase(phrases, f"{reach}_{key}"), slots, negated=negated)


def _phrase(phrases: Phrases, key: str) -> Any:  # noqa: ANN401 - TOML: a pair or a list
    """A phrase of the language, or the English one where it has none yet."""
    own = phrases.find("nth", key)
    return look_up(FALLBACK, "say", "nth", key) if own is None else own


def _when(events: Events, edge: Edge, when: Window, *, negated: bool) -> Clause:
    event = events.event(edge.records.event)
    said = say_records(
        events.values, event, edge.records, Manner(beside=events.beside, closed=True)
    )
    window = say_window(events.values.phrases, when)
    template, slots = events.verb(event, edge.which.value, said)
    clause = events.values.phrases.clause(template, slots, negated=negated)
    return with_rest(clause, said.after(window))


def _chosen(events: Events, event: Event, edge: Edge) -> str:
    """Name the records: "second purchase of hair care in store"."""
    phrases, which = events.values.phrases, edge.which.value
    said = say_records(events.values, event, edge.records, Manner(closed=True))
    of = fill(phrases.text("measures", "of"), object=said.thing) if said.thing else ""
    ordinals = _phrase(phrases, "ordinals")
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


def _asked(events: Events, event: Event, edge: Edge) -> tuple[str, str]:
    """Say what they have, and whether they contain it or are so. What is said of one product in
    them stands together, the rest is listed."""
    parts = tuple(one for one in edge.having if _is_thing(events, event, one))
    said = _closed(events, event, parts)
    listed = [said.thing + " " + said.how] if parts else []
    listed += [_one(events, event, one) for one in edge.having if one not in parts]
    window = "" if edge.when is None else say_window(events.values.phrases, edge.when)
    contains = said.thing and event.role == "purchase"
    also = "also_all" if edge.reach is Reach.ALL and edge.number > 1 else "also"
    template = "{v}" if not contains else events.values.phrases.text("nth", also)
    both = f" {events.values.phrases.text('sentence', 'and')} "
    first, *others = [each.strip() for each in listed] or [""]
    rest = (fill(template, v=other) for other in others)
    words = " ".join(filter(None, (both.join((first, *rest)), window)))
    return words, "contains" if contains else "is"


def _one(events: Events, event: Event, one: Filter) -> str:
    if _is_amount(event, one):
        return _amount(events, event, one)
    said = _closed(events, event, (one,))
    return f"{said.thing} {said.how}"


def _closed(events: Events, event: Event, filters: tuple[Filter, ...]) -> Said:
    return say_records(events.values, event, Records(event.name, filters), Manner(closed=True))


def _is_thing(events: Events, event: Event, one: Filter) -> bool:
    """Whether it is said of what is in them, not of them as a whole."""
    attribute = attribute_of(event.attributes, one.attribute)
    of_part = attribute.part is not None and attribute.path is None
    return of_part or bool(_closed(events, event, (one,)).thing)


def _is_amount(event: Event, one: Filter) -> bool:
    attribute = attribute_of(event.attributes, one.attribute)
    known = one.test.operator is not Operator.KNOWN
    return attribute.role == "amount" and known and not one.negated


def _amount(events: Events, event: Event, one: Filter) -> str:
    attribute = attribute_of(event.attributes, one.attribute)
    return events.values.tested(f"{event.name}.{one.attribute}", attribute, one.test)
