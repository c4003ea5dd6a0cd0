"""What a bracket says of groups of records -> one condition: "in the same order (…)".

Start at `grouped_inside`.
"""

from assistant.grammar.meaning.unclear import Unclear
from assistant.grammar.moves.context import Context
from assistant.grammar.pieces import GroupsOf
from assistant.grammar.variants import Variants, mapped
from segments.definition import (
    EXISTS,
    RECORD,
    All,
    Condition,
    Grouped,
    Kind,
    Measure,
    Not,
    Operator,
    Test,
)

_NONE = Test(Operator.EQ, (0,))


def grouped_inside(context: Context, groups: GroupsOf, inside: Variants) -> Variants:
    """The readings of the bracket, as what holds in a group. Raises Unclear for what is no number
    of records, and where an event cannot be put together so."""
    test = groups.compare.test if groups.compare is not None else EXISTS

    def grouped(condition: Condition) -> Condition:
        having = _measures(condition)
        return Grouped(_by(context, groups, having), having, test)

    return mapped(inside, grouped)


def _measures(condition: Condition) -> tuple[Measure, ...]:
    match condition:
        case All(parts):
            return tuple(measure for part in parts for measure in _measures(part))
        case Measure():
            return (condition,)
        case Not(Measure(aggregate, test)) if aggregate.kind is Kind.COUNT and test == EXISTS:
            return (Measure(aggregate, _NONE),)
        case _:
            raise Unclear("scope")


def _by(context: Context, groups: GroupsOf, having: tuple[Measure, ...]) -> str:
    events = [context.catalogue.events[each.aggregate.records.event] for each in having]
    if groups.by == RECORD:
        if len({event.name for event in events}) > 1 or any(not event.record for event in events):
            raise Unclear("scope")
        return RECORD
    if groups.by:
        if untimed := [event for event in events if event.time is None]:
            raise Unclear("no_time", event=untimed[0].name)
        return groups.by
    found = {next((n for e, n in groups.names if e == event.name), "") for event in events}
    if len(found) > 1 or "" in found:
        raise Unclear("scope")
    name = found.pop()
    if any(a.of_both or a.additive for a in (event.attributes[name] for event in events)):
        raise Unclear("scope")
    return name
