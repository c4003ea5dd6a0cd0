"""One aggregate against another, and one as a share of another: expressions on a member key.

Both sides are taken in one pass where they are of one table, else each becomes one row a member,
so that nothing fans out. Ratios are compared crosswise, never divided. Start at `compared` and
`shared`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sqlglot import exp

from segments.compile.aggregates import (
    OPPOSITE,
    ZERO_WITHOUT_RECORDS,
    by_member,
    ratio_passes,
    score_of,
)
from segments.compile.comparisons import COMPARISON
from segments.compile.levels import Shop, source
from segments.compile.nodes import (
    column,
    every,
    grouped,
    in_query,
    literal,
    multiplied,
    named,
    select,
    where,
)
from segments.compile.together import together
from segments.definition import Aggregate, Comparison, Operator, Share

NOTHING_PASSES = frozenset({Operator.EQ, Operator.LE, Operator.GE})  # nothing against nothing


def compared(key: exp.Expr, comparison: Comparison, shop: Shop) -> exp.Expr:
    """The member's one number against the other; see `Comparison` for members without records."""
    operator, times = comparison.operator, comparison.times
    sides = _sides(comparison.left, comparison.right, shop)
    if comparison.left.kind in ZERO_WITHOUT_RECORDS and operator in NOTHING_PASSES:
        beyond = _crosswise(sides.one, OPPOSITE.get(operator), sides.other, times)
        return exp.Not(this=in_query(key, sides.members(beyond)))
    return in_query(key, sides.members(_crosswise(sides.one, operator, sides.other, times)))


def shared(key: exp.Expr, share: Share, shop: Shop) -> exp.Expr:
    """The part is so many per cent of the whole, which is above 0."""
    sides = _sides(share.part, share.whole, shop)
    hundredfold = exp.Mul(this=literal(100), expression=sides.one)
    passing = ratio_passes(hundredfold, sides.other, share.test)
    some_whole = exp.GT(this=sides.other.copy(), expression=literal(0))
    return in_query(key, sides.members(every([some_whole, exp.Paren(this=passing)])))


@dataclass(frozen=True, slots=True)
class Sides:
    """Both numbers of a member, and what gives the keys of those for whom they hold something."""

    one: exp.Expr
    other: exp.Expr
    members: Callable[[exp.Expr], exp.Select]


def _sides(one: Aggregate, other: Aggregate, shop: Shop) -> Sides:
    """Of the members that have rows on either side: in one pass where both are of one table, else
    each side grouped by itself and then joined."""
    both = together((one, other), shop)
    if both is None:
        return _joined(one, other, shop)
    scores = [
        score_of(aggregate, rows, both.own(place))
        for place, (aggregate, rows) in enumerate(zip((one, other), both.rows, strict=True))
    ]

    def members(passing: exp.Expr) -> exp.Select:
        rows = where(select(both.rows[0].table(), [column("member")]), both.conditions())
        return grouped(rows, [column("member")], [passing])

    return Sides(scores[0], scores[1], members)


def _joined(one: Aggregate, other: Aggregate, shop: Shop) -> Sides:
    zero = one.kind in ZERO_WITHOUT_RECORDS

    def score(side: str) -> exp.Expr:
        found = column("score", side)
        return exp.Coalesce(this=found, expressions=[literal(0)]) if zero else found

    def members(passing: exp.Expr) -> exp.Select:
        keys = [column("member", "one"), column("member", "other")]
        either = exp.Coalesce(this=keys[0], expressions=[keys[1]])
        member = exp.alias_(either, "member", quoted=True) if zero else keys[0]
        query = select(named(_scored(one, shop), "one"), [member])
        same = exp.EQ(this=keys[0].copy(), expression=keys[1].copy())
        joined = exp.Join(this=named(_scored(other, shop), "other"), on=same)
        if zero:
            joined.set("side", "FULL")
        query.append("joins", joined)
        return where(query, [passing])

    return Sides(score("one"), score("other"), members)


def _scored(aggregate: Aggregate, shop: Shop) -> exp.Select:
    rows = source(aggregate.records, shop, aggregate.of)
    query = by_member(aggregate, rows, [], [])
    score = exp.alias_(score_of(aggregate, rows), "score", quoted=True)
    query.set("expressions", [column("member"), score])
    return query


def _crosswise(
    one: exp.Expr, operator: Operator | None, other: exp.Expr, times: int | Decimal
) -> exp.Expr:
    """The comparison with `times` as a fraction, so that it stays one of whole numbers; without an
    operator it is "not equal"."""
    exact = Fraction(times)
    node = exp.NEQ if operator is None else COMPARISON[operator]
    return node(
        this=multiplied(one, exact.denominator), expression=multiplied(other, exact.numerator)
    )
