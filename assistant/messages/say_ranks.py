"""Rankings said as groups: "the 10% who have spent the most".

In: a `Rank`. Out: the name of the group. Start at `say_rank`.
"""

from assistant.messages.event_words import Events, with_rest
from assistant.messages.phrases import Clause, fill
from assistant.messages.say_events import say_distinct
from assistant.messages.say_records import Manner, say_records
from segments.definition import Kind, Rank, Side


def say_rank(events: Events, rank: Rank, members: str) -> str:
    """Say the group at one end of a ranking, without whom it is ranked among."""
    values, phrases = events.values, events.values.phrases
    n = values.percent(rank.amount) if rank.percent else values.number(rank.amount)
    one = not rank.percent and rank.amount == 1
    clause = _most(events, rank)
    text = phrases.of_one(clause.text) if one else clause.text
    said = text if clause.own else f"{phrases.text('sentence', 'relative')} {text}"
    key = "group_percent" if rank.percent else "group_one" if one else "group"
    return fill(phrases.text("sentence", key), n=n, members=members, clause=said)


def _most(events: Events, rank: Rank) -> Clause:
    aggregate, phrases = rank.aggregate, events.values.phrases
    event = events.event(aggregate.records.event)
    spent = aggregate.kind is Kind.SUM and events.attribute(event, aggregate).role == "amount"
    beside = events.beside and aggregate.kind in (Kind.COUNT, Kind.DISTINCT)
    said = say_records(events.values, event, aggregate.records, Manner(beside=beside))
    side = "most" if rank.side is Side.TOP else "least"
    if aggregate.kind is Kind.COUNT:
        template, slots = events.verb(event, "verb", said)
        clause = phrases.clause(template, slots)
        return with_rest(clause, said.after(phrases.text("measures", f"{side}_often")))
    if spent and events.spends(event, said):
        template, slots = events.verb(event, side, said)
        return with_rest(phrases.clause(template, slots), said.after())
    if aggregate.kind is Kind.DISTINCT:
        return say_distinct(events, aggregate, phrases.text("measures", "distinct", side))
    template = events.measure(event, aggregate, side, "highest" if side == "most" else "lowest")
    clause = phrases.clause(template, events.measured(event, aggregate, said))
    return clause if clause.own else with_rest(clause, said.after())
