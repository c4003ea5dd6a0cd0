"""How many of the last records of each member have another after them: a boolean expression on a
member key.

The first or last records are chosen as for an edge, what may follow is joined to them by member,
time and what both share, and their places are counted once, however many follow. Start at
`followed`.
"""

from collections.abc import Sequence

from sqlglot import exp

from segments.compile.aggregates import distinct
from segments.compile.comparisons import plain
from segments.compile.edges import numbered
from segments.compile.levels import Shop, only_of_parts, source
from segments.compile.nodes import (
    column,
    every,
    given,
    grouped,
    in_query,
    literal,
    named,
    select,
    where,
)
from segments.compile.sequences import ties, timed
from segments.definition import Followed, Operator

_ONE, _OTHER = "s0", "s1"  # as the first two places of a sequence


def followed(key: exp.Expr, condition: Followed, shop: Shop) -> exp.Expr:
    """So many of the chosen records are followed; where more could undo that, all are there."""
    query = _with_step(condition, shop, [column("member", _ONE)])
    place = column("place", _ONE)
    there = exp.Not(this=exp.Is(this=column("member", _OTHER), expression=exp.null()))
    having = [plain(distinct(given(place, [there])), condition.test)]
    if condition.test.operator not in (Operator.GE, Operator.GT):
        as_many = exp.EQ(this=distinct(place.copy()), expression=literal(condition.number))
        having.insert(0, as_many)
    return in_query(key, grouped(query, [column("member", _ONE)], having))


def one_by_one(
    condition: Followed, member: exp.Expr, shop: Shop
) -> tuple[tuple[str, ...], exp.Select]:
    """A row for each chosen record of one member, in the order that it was chosen by: when it was,
    then what it shares with the step, whose names come first in the result, and when the step's
    record was, the nearest where several are; null where there is none."""
    step, event = condition.step, shop.catalogue.events[condition.records.event]
    names = tuple(name for name in step.same if not only_of_parts(event.attributes[name]))
    own = [column(name, _ONE) for name in ("at", *names)]
    nearest = (exp.Max if step.before else exp.Min)(this=column("at", _OTHER))
    query = _with_step(condition, shop, [*own, exp.alias_(nearest, "found", quoted=True)])
    where(query, [exp.EQ(this=column("member", _ONE), expression=member)])
    place = column("place", _ONE)
    grouped(query, [place, *(each.copy() for each in own)], [])
    return names, query.order_by(place.copy(), copy=False)


def _with_step(condition: Followed, shop: Shop, columns: Sequence[exp.Expr]) -> exp.Select:
    """The chosen records, each beside every record that the step finds from it, or beside none."""
    step = condition.step
    found = timed(step.records, step.same, shop)
    query = select(named(_chosen(condition, shop), _ONE), columns)
    on = every(ties(step, 1))
    query.append("joins", exp.Join(this=named(found, _OTHER), on=on, side="LEFT"))
    return query


def _chosen(condition: Followed, shop: Shop) -> exp.Select:
    """The first or last records with their places, and what ties the step to them: where only the
    parts of a record have that, a row for each part that was asked for."""
    event = shop.catalogue.events[condition.records.event]
    same = condition.step.same
    rows = numbered(condition.records, condition.which, same, shop)
    in_place = exp.LTE(this=column("place"), expression=literal(condition.number))
    own = [name for name in same if not only_of_parts(event.attributes[name])]
    names = ("member", "at", "place", *own)
    if len(own) == len(same):
        return where(select(rows, [column(name) for name in names]), [in_place])
    return _with_parts(rows, in_place, names, condition, shop)


def _with_parts(
    rows: exp.Expr, in_place: exp.Expr, names: Sequence[str], condition: Followed, shop: Shop
) -> exp.Select:
    parts = source(condition.records, shop, *condition.step.same)
    ties_ = [name for name in condition.step.same if name not in names]
    told = select(parts.table(), [column(name) for name in ("record", *ties_)])
    chosen = where(select(rows, [column(name) for name in ("record", *names)]), [in_place])
    columns = [column(name, "c") for name in names] + [column(name, "p") for name in ties_]
    query = select(named(chosen, "c"), columns)
    same = exp.EQ(this=column("record", "p"), expression=column("record", "c"))
    inside = named(where(told, parts.conditions()), "p")
    query.append("joins", exp.Join(this=inside, on=same, side="LEFT"))
    return query
