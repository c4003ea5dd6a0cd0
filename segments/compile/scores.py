"""Scores from 1 to 5, as in RFM: how a member's number stands among those of all who have one.

In: an aggregate of a scoring kind and its rows. Out: the members whose score passes a test, and the
score of each. Start at `scored`.
"""

from dataclasses import replace

from sqlglot import exp

from segments.compile.aggregates import by_member, score_of
from segments.compile.comparisons import known
from segments.compile.levels import Source
from segments.compile.nodes import (
    column,
    every,
    literal,
    multiplied,
    named,
    select,
    some,
    where,
)
from segments.definition import BEST_SCORE, Aggregate, Kind, Test
from segments.thresholds import holds

_BY = {Kind.FREQUENCY: Kind.COUNT, Kind.MONETARY: Kind.SUM}


def scored(aggregate: Aggregate, rows: Source, test: Test) -> exp.Select:
    """The keys of the members whose score passes the test."""
    passing = [score for score in range(1, BEST_SCORE + 1) if holds(test, score)]
    runs = [[score] for score in passing[:1]]
    for score in passing[1:]:
        if score == runs[-1][-1] + 1:
            runs[-1].append(score)
        else:
            runs.append([score])
    chosen = select(named(_placed(aggregate, rows), "places"), [column("member")])
    return where(chosen, [some(_between(run[0], run[-1]) for run in runs)])


def scores(aggregate: Aggregate, rows: Source) -> exp.Select:
    """One row a member that has a score, as `member` and `score`."""
    reached = (
        exp.If(this=_between(score, BEST_SCORE), true=literal(score))
        for score in range(BEST_SCORE, 1, -1)
    )
    score = exp.alias_(exp.Case(ifs=list(reached), default=literal(1)), "score", quoted=True)
    return select(named(_placed(aggregate, rows), "places"), [column("member"), score])


def _placed(aggregate: Aggregate, rows: Source) -> exp.Select:
    """Every member with records: their place from the least on, which equals share, and how many
    there are."""
    if aggregate.kind is Kind.RECENCY:
        number: exp.Expr = exp.cast(exp.Max(this=column("at")), exp.DType.DATE)
        plain, having = replace(aggregate, kind=Kind.COUNT), [known(number)]
    else:
        plain, having = replace(aggregate, kind=_BY[aggregate.kind]), []
        number = score_of(plain, rows)
    numbers = by_member(plain, rows, [], having)
    number = exp.alias_(number.copy(), "number", quoted=True)
    numbers.set("expressions", [column("member"), number])
    order = exp.Order(expressions=[exp.Ordered(this=column("number"), nulls_first=True)])
    columns = [
        exp.alias_(exp.Window(this=exp.Rank(), order=order), "place", quoted=True),
        exp.alias_(
            exp.Window(this=exp.Count(this=exp.Star(), big_int=True)), "ranked", quoted=True
        ),
    ]
    return select(named(numbers, "numbers"), [column("member"), *columns])


def _between(low: int, high: int) -> exp.Expr:
    """The score, 1 + ⌊5 · less / n⌋, is one of these; compared without a division."""
    fivefold = multiplied(
        exp.Paren(this=exp.Sub(this=column("place"), expression=literal(1))), BEST_SCORE
    )
    bounds: list[exp.Expr] = []
    if low > 1:
        least = multiplied(column("ranked"), low - 1)
        bounds.append(exp.GTE(this=fivefold, expression=least))
    if high < BEST_SCORE:
        most = multiplied(column("ranked"), high)
        bounds.append(exp.LT(this=fivefold.copy(), expression=most))
    return every(bounds)
