"""Firsts, lasts and rankings said as clauses: "last bought hair care in March", "the 10% who …".

In: an `Edge` or a `Rank`. Out: a clause, or the name of the group. Start at `say_rank`.
"""

from assistant.messages.event_words import Events, with_rest
from assistant.messages.phrases import Clause, fill
from assistant.messages.say_records import say_records
from assistant.messages.say_windows import say_window
from segments.definition import Edge, Kind, Rank, Side, Which


def say_edge(events: Events, edge: Edge, *, negated: bool) -> Clause:
    """Say when the first or last of the records was."""
    event = events.event(edge.records.event)
    said = say_records(events.values, event, edge.records)
    window = say_window(events.values.phrases, edge.when)
    which = "first" if edge.which is Which.FIRST else "last"
    template, slots = events.verb(event, which, said)
    clause = events.values.phrases.clause(template, slots, negated=negated)
    return with_rest(clause, said.after(window))


def say_rank(events: Events, rank: Rank) -> str:
    """Say the group at one end of a ranking, without whom it is ranked among."""
    values, phrases = events.values, events.values.phrases
    n = values.percent(rank.amount) if rank.percent else values.number(rank.amount)
    one = not rank.percent and rank.amount == 1
    clause = _most(events, rank).text
    return fill(phrases.text("sentence", "group_one" if one else "group"), n=n, clause=clause)


def _most(events: Events, rank: Rank) -> Clause:
    aggregate, phrases = rank.aggregate, events.values.phrases
    event = events.event(aggregate.records.event)
    said = say_records(events.values, event, aggregate.records)
    side = "most" if rank.side is Side.TOP else "least"
    role = events.attribute(event, aggregate).role
    if aggregate.kind is Kind.COUNT:
        template, slots = events.verb(event, "verb", said)
        clause = phrases.clause(template, slots)
        return with_rest(clause, said.after(phrases.text("measures", f"{side}_often")))
    if aggregate.kind is Kind.SUM and role == "amount" and events.spends(event, said):
        template, slots = events.verb(event, side, said)
        return with_rest(phrases.clause(template, slots), said.after())
    template = phrases.find("measures", aggregate.kind, side)
    label, about = events.label(event, aggregate), events.noun_for(event, said)
    return with_rest(phrases.clause(template, {"label": label, "for": about}), said.after())
