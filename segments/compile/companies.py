"""What the members who share a value of a field have done together, such as those of a company.

In: the condition, and a select of those members with their value. Out: a boolean expression on the
value of a row of members. Their records are joined to that value, which then stands in the place of
the member's key. Start at `summed`.
"""

from dataclasses import replace

from sqlglot import exp

from segments.compile.aggregates import by_member, fails, number_of, passes
from segments.compile.comparisons import known
from segments.compile.levels import Shop, Source, source
from segments.compile.nodes import column, every, in_query, named, select
from segments.definition import Jointly
from segments.thresholds import holds

KEY, VALUE = "key", "value"  # the columns of the select of members


def summed(value: exp.Expr, condition: Jointly, members: exp.Select, shop: Shop) -> exp.Expr:
    """The number of all their records together passes the test; those without records have 0."""
    aggregate, test = condition.aggregate, condition.test
    rows = _joined(condition, members, shop)
    if not holds(test, 0):
        there = by_member(aggregate, rows, [], [passes(aggregate, rows, test)])
        return exp.Paren(this=in_query(value, there))
    beyond = by_member(aggregate, rows, [], [fails(number_of(aggregate, rows), test)])
    outside = exp.Not(this=in_query(value.copy(), beyond))
    return exp.Paren(this=every([known(value), outside]))


def number_there(condition: Jointly, members: exp.Select, shop: Shop) -> exp.Select:
    """The number of all their records together, in one row; none when they have none."""
    rows = _joined(condition, members, shop)
    query = by_member(condition.aggregate, rows, [], [])
    query.set("expressions", [number_of(condition.aggregate, rows)])
    return query


def _joined(condition: Jointly, members: exp.Select, shop: Shop) -> Source:
    """The rows of those members alone, whose `member` is the value that they share."""
    records, of = condition.aggregate.records, condition.aggregate.of
    rows = source(records, shop, of)
    used = [each.attribute for each in records.filters] + [str(of)]
    names = (
        *(("at",) if rows.event.time is not None else ()),
        *(("record",) if rows.of_parts else ()),
        *(name for name in used if name in rows.event.attributes),
    )
    own = exp.alias_(rows.table(), "r", table=True, quoted=True)
    value = exp.alias_(column(VALUE, "w"), "member", quoted=True)
    joined = select(own, [value, *(column(name, "r") for name in dict.fromkeys(names))])
    same = exp.EQ(this=column(KEY, "w"), expression=column("member", "r"))
    joined.append("joins", exp.Join(this=named(members, "w"), on=same))
    return replace(rows, instead=joined)
