"""One aggregate against another, and one as a share of another: expressions on a member key.

Both sides become one row a member, from their own rows, so that nothing fans out. Ratios are
compared crosswise, never divided. Start at `compared` and `shared`.
"""

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
from segments.compile.comparisons import COMPARISON, known
from segments.compile.levels import Shop, source
from segments.compile.nodes import (
    column,
    grouped,
    in_query,
    literal,
    multiplied,
    named,
    select,
    where,
)
from segments.definition import Aggregate, Comparison, Operator, Share


def compared(key: exp.Expr, comparison: Comparison, shop: Shop) -> exp.Expr:
    """The member's one number against the other; see `Comparison` for members without records."""
    operator, times = comparison.operator, comparison.times
    left, right = comparison.left, comparison.right
    if left.kind not in ZERO_WITHOUT_RECORDS:
        return in_query(key, _both_known(comparison, shop))
    if operator in {Operator.EQ, Operator.LE, Operator.GE}:  # nothing against nothing passes
        beyond = _crosswise(_total("one"), OPPOSITE.get(operator), _total("other"), times)
        return exp.Not(this=in_query(key, _sides(left, right, beyond, shop)))
    passing = _crosswise(_total("one"), operator, _total("other"), times)
    return in_query(key, _sides(left, right, passing, shop))


def shared(key: exp.Expr, share: Share, shop: Shop) -> exp.Expr:
    """The part is so many per cent of the whole, which is above 0."""
    hundredfold = exp.Mul(this=literal(100), expression=_total("one"))
    passing = ratio_passes(hundredfold, _total("other"), share.test)
    some_whole = exp.GT(this=_total("other"), expression=literal(0))
    having = exp.And(this=some_whole, expression=exp.Paren(this=passing))
    return in_query(key, _sides(share.part, share.whole, having, shop))


def _sides(one: Aggregate, other: Aggregate, having: exp.Expr, shop: Shop) -> exp.Select:
    """The members that have rows on either side, with both numbers; 0 where there are none."""
    rows = exp.Union(
        this=_side(one, shop, ("one", "other")),
        expression=_side(other, shop, ("other", "one")),
        distinct=False,
    )
    sides = exp.Subquery(
        this=rows, alias=exp.TableAlias(this=exp.to_identifier("sides", quoted=True))
    )
    return grouped(select(sides, [column("member")]), [column("member")], [having])


def _side(aggregate: Aggregate, shop: Shop, names: tuple[str, str]) -> exp.Select:
    rows = source(aggregate.records, shop, aggregate.of)
    query = by_member(aggregate, rows, [], [])
    numbers = {names[0]: score_of(aggregate, rows), names[1]: literal(0)}
    columns = [exp.alias_(numbers[name], name, quoted=True) for name in ("one", "other")]
    query.set("expressions", [column("member"), *columns])
    return query


def _both_known(comparison: Comparison, shop: Shop) -> exp.Select:
    one = named(_scored(comparison.left, shop), "one")
    other = named(_scored(comparison.right, shop), "other")
    query = select(one, [column("member", "one")])
    same = exp.EQ(this=column("member", "one"), expression=column("member", "other"))
    query.append("joins", exp.Join(this=other, on=same))
    scores = column("score", "one"), column("score", "other")
    return where(query, [_crosswise(scores[0], comparison.operator, scores[1], comparison.times)])


def _scored(aggregate: Aggregate, shop: Shop) -> exp.Select:
    rows = source(aggregate.records, shop, aggregate.of)
    score = score_of(aggregate, rows)
    query = by_member(aggregate, rows, [], [known(score.copy())])
    query.set("expressions", [column("member"), exp.alias_(score, "score", quoted=True)])
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


def _total(name: str) -> exp.Expr:
    return exp.Sum(this=column(name))
