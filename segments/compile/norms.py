"""One number of a member against its mean or median among all who have it: a set of keys.

The middle is never divided: the member's number, as often as there are numbers in the middle, is
held against so many times their sum. Start at `among_all`.
"""

from sqlglot import exp

from segments.compile.aggregates import (
    ZERO_WITHOUT_RECORDS,
    by_member,
    count_all,
    ratio_passes,
    score_of,
)
from segments.compile.comparisons import known
from segments.compile.levels import Shop, source
from segments.compile.nodes import column, every, in_query, literal, named, select, where
from segments.definition import Kind, Middle, Norm, Test

DIGITS = 38  # of a whole number of ten-thousandths


def among_all(key: exp.Expr, norm: Norm, shop: Shop) -> exp.Expr:
    """The member has such records, and their number passes beside the middle of all such numbers,
    which is above 0."""
    placed = _placed(_scored(norm, shop))
    in_middle = _in_middle() if norm.middle is Middle.MEDIAN else exp.true()
    total = exp.Sum(this=exp.Case(ifs=[exp.If(this=in_middle, true=column("score"))]))
    one = exp.Case(ifs=[exp.If(this=in_middle.copy(), true=literal(1))])
    many = exp.Count(this=one, big_int=True)
    middle = select(named(placed, "placed"), [_called(total, "total"), _called(many, "many")])
    both = select(named(_scored(norm, shop), "scored"), [column("member", "scored")])
    both.append("joins", exp.Join(this=named(middle, "middle"), kind="CROSS"))
    own = exp.Mul(this=column("score", "scored"), expression=column("many", "middle"))
    passing = ratio_passes(own, column("total", "middle"), Test(norm.operator, (norm.times,)))
    above = exp.GT(this=column("total", "middle"), expression=literal(0))
    return in_query(key, where(both, [every([above, exp.Paren(this=passing)])]))


def _scored(norm: Norm, shop: Shop) -> exp.Select:
    """The members who have records, with their number; an average in whole ten-thousandths, so that
    their sum is the same in any order."""
    rows = source(norm.aggregate.records, shop, norm.aggregate.of)
    score = score_of(norm.aggregate, rows)
    having = [] if norm.aggregate.kind in ZERO_WITHOUT_RECORDS else [known(score.copy())]
    scored = by_member(norm.aggregate, rows, [], having)
    if norm.aggregate.kind is Kind.AVERAGE:
        size = [exp.DataTypeParam(this=literal(DIGITS)), exp.DataTypeParam(this=literal(0))]
        whole = exp.DataType(this=exp.DType.DECIMAL, expressions=size)
        score = exp.Cast(this=exp.Round(this=score), to=whole)
    scored.set("expressions", [column("member"), _called(score, "score")])
    return scored


def _placed(scored: exp.Select) -> exp.Select:
    """The numbers in order, with how many there are."""
    rising = exp.Order(expressions=[exp.Ordered(this=column("score"), nulls_first=True)])
    place = exp.Window(this=exp.RowNumber(), order=rising)
    columns = [
        column("score"),
        _called(place, "place"),
        _called(exp.Window(this=count_all()), "ranked"),
    ]
    return select(named(scored, "scored"), columns)


def _in_middle() -> exp.Expr:
    """The one in the middle, or the two: with n of them from n / 2 to n / 2 + 1, counted from 1."""
    twice = exp.Mul(this=literal(2), expression=column("place"))
    beyond = exp.Add(this=column("ranked"), expression=literal(2))
    from_ = exp.GTE(this=twice, expression=column("ranked"))
    return every([from_, exp.LTE(this=twice.copy(), expression=beyond)])


def _called(value: exp.Expr, name: str) -> exp.Expr:
    return exp.alias_(value, name, quoted=True)
