"""Conditions on events as sets of member keys: one grouped select each, never a join of facts.

Out: for measures and rankings a boolean expression on a member key. A threshold that
zero satisfies ("fewer than 3") is the complement of the members beyond it, so that members without
records are in. Start at `measured`.
"""

from collections.abc import Sequence

from sqlglot import exp

from segments.compile.aggregates import (
    ZERO_WITHOUT_RECORDS,
    by_member,
    count_all,
    fails,
    holding,
    number_of,
    passes,
    record_first,
    rows_of,
    score_of,
)
from segments.compile.comparisons import known, plain
from segments.compile.levels import Shop, source
from segments.compile.nodes import (
    column,
    grouped,
    in_query,
    literal,
    named,
    negated,
    select,
    table,
    where,
)
from segments.compile.scores import scored
from segments.compile.together import together
from segments.definition import (
    EXISTS,
    SCORES,
    Condition,
    Kind,
    Measure,
    Not,
    Operator,
    Rank,
    Records,
    Side,
    exists,
)
from segments.errors import Broken
from segments.thresholds import holds

# The greatest is above what one of them is above, and the least below what one of them is below.
ONE_IS_ENOUGH = frozenset(
    {
        (Kind.MAXIMUM, Operator.GT),
        (Kind.MAXIMUM, Operator.GE),
        (Kind.MINIMUM, Operator.LT),
        (Kind.MINIMUM, Operator.LE),
    }
)


def measured(key: exp.Expr, measure: Measure, shop: Shop) -> exp.Expr:
    """The member's aggregate passes the test; see `Measure` for members without records."""
    aggregate, test = measure.aggregate, measure.test
    rows = source(aggregate.records, shop, aggregate.of)
    if aggregate.kind in SCORES:
        return in_query(key, scored(aggregate, rows, test))
    if aggregate.kind is Kind.COUNT and test == EXISTS:
        return in_query(key, rows_of(rows))
    if (aggregate.kind, test.operator) in ONE_IS_ENOUGH and not record_first(aggregate, rows):
        return in_query(key, rows_of(rows, [plain(column(str(aggregate.of)), test)]))
    if aggregate.kind in ZERO_WITHOUT_RECORDS and holds(test, 0):
        beyond = fails(number_of(aggregate, rows), test)
        return exp.Not(this=in_query(key, by_member(aggregate, rows, [], [beyond])))
    return in_query(key, by_member(aggregate, rows, [], [passes(aggregate, rows, test)]))


def in_one_pass(parts: Sequence[Condition], shop: Shop) -> tuple[Condition, ...]:
    """Of the parts that all have to hold, those that one pass over a table answers: where one of
    them reads every record anyway. None when there are no two."""
    for part in parts:
        if not isinstance(part, Measure) or not _of_every_record(part):
            continue
        found = tuple(
            each
            for each in parts
            if (measure := _measure(each)) is not None
            and together((part.aggregate, measure.aggregate), shop) is not None
        )
        if len(found) > 1:
            return found
    return ()


def passed(key: exp.Expr, parts: Sequence[Condition], shop: Shop) -> exp.Expr:
    """All parts hold, which `in_one_pass` gave."""
    measures = [measure for each in parts if (measure := _measure(each)) is not None]
    rows = together([each.aggregate for each in measures], shop)
    if rows is None:
        message = f"not of one table: {parts}"
        raise Broken(message)
    having = []
    for place, (part, measure) in enumerate(zip(parts, measures, strict=True)):
        if part == exists(Records(measure.aggregate.records.event)):
            continue  # every group has a record
        found = holding(measure, rows.rows[place], rows.own(place))
        if isinstance(part, Not):
            zero = measure.aggregate.kind in ZERO_WITHOUT_RECORDS
            found = exp.Not(this=exp.Paren(this=found)) if zero else negated(found)
        having.append(found)
    query = where(select(rows.rows[0].table(), [column("member")]), rows.conditions())
    return in_query(key, grouped(query, [column("member")], having))


def _measure(part: Condition) -> Measure | None:
    inner = part.part if isinstance(part, Not) else part
    return inner if isinstance(inner, Measure) else None


def _of_every_record(measure: Measure) -> bool:
    aggregate, records = measure.aggregate, measure.aggregate.records
    zero = aggregate.kind in ZERO_WITHOUT_RECORDS and holds(measure.test, 0)
    return not (records.filters or records.window or zero)


def ranked(key: exp.Expr, rank: Rank, among: exp.Select | None, shop: Shop) -> exp.Expr:
    """The member is at that end of the ranking of those who have records, all or among others."""
    rows = source(rank.aggregate.records, shop, rank.aggregate.of)
    score = score_of(rank.aggregate, rows)
    having = [] if rank.aggregate.kind in ZERO_WITHOUT_RECORDS else [known(score.copy())]
    others = [] if among is None else [in_query(column("member"), among)]
    scored = by_member(rank.aggregate, rows, others, having)
    scored.set("expressions", [column("member"), exp.alias_(score, "score", quoted=True)])
    parted = [] if rank.within is None else [column(rank.within, "g")]
    places = _placed(scored, rank, parted)
    chosen = select(named(places, "places"), [column("member")])
    return in_query(key, where(chosen, [_near_enough(rank)]))


def _placed(scored: exp.Select, rank: Rank, parted: Sequence[exp.Expr]) -> exp.Select:
    """The members with their place, each in their own part, and how many are ranked there."""
    columns = [
        column("member", "scored"),
        exp.alias_(_place(rank.side, parted), "place", quoted=True),
    ]
    if rank.percent:
        partition = [each.copy() for each in parted]
        ranked_here = exp.Window(this=count_all(), partition_by=partition)
        columns.append(exp.alias_(ranked_here, "ranked", quoted=True))
    places = select(named(scored, "scored"), columns)
    if not parted:
        return places
    members = exp.alias_(table("members"), "g", table=True, quoted=True)
    same = exp.EQ(this=column("member", "g"), expression=column("member", "scored"))
    places.append("joins", exp.Join(this=members, on=same))
    return where(places, [known(each.copy()) for each in parted])


def _place(side: Side, parted: Sequence[exp.Expr]) -> exp.Expr:
    # No score is null; this order of nulls is the one that every engine can say.
    falling = side is Side.TOP
    by = exp.Ordered(this=column("score"), desc=falling, nulls_first=not falling)
    partition = [each.copy() for each in parted]
    return exp.Window(this=exp.Rank(), partition_by=partition, order=exp.Order(expressions=[by]))


def _near_enough(rank: Rank) -> exp.Expr:
    if not rank.percent:
        return exp.LTE(this=column("place"), expression=literal(rank.amount))
    before = exp.Sub(this=column("place"), expression=literal(1))
    hundredfold = exp.Mul(this=literal(100), expression=exp.Paren(this=before))
    share = exp.Mul(this=literal(rank.amount), expression=column("ranked"))
    return exp.LT(this=hundredfold, expression=share)
