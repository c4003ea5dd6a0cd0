"""Conditions on events as sets of member keys: one grouped select each, never a join of facts.

Out: for measures and rankings a boolean expression on a member key. A threshold that
zero satisfies ("fewer than 3") is the complement of the members beyond it, so that members without
records are in. Start at `measured`.
"""

from decimal import Decimal

from sqlglot import exp

from segments.compile.comparisons import COMPARISON, known, number, plain
from segments.compile.levels import Shop, Source, source
from segments.compile.nodes import (
    column,
    every,
    grouped,
    in_query,
    literal,
    named,
    select,
    some,
    table,
    where,
)
from segments.definition import (
    EXISTS,
    Aggregate,
    Kind,
    Measure,
    Operator,
    Rank,
    Side,
    Test,
    Unit,
)

ZERO_WITHOUT_RECORDS = frozenset({Kind.COUNT, Kind.SUM, Kind.DISTINCT})
OPPOSITE = {
    Operator.LT: Operator.GE,
    Operator.LE: Operator.GT,
    Operator.GT: Operator.LE,
    Operator.GE: Operator.LT,
}
FUNCTION: dict[Kind, type[exp.Func]] = {
    Kind.SUM: exp.Sum,
    Kind.AVERAGE: exp.Avg,
    Kind.MINIMUM: exp.Min,
    Kind.MAXIMUM: exp.Max,
}


def measured(key: exp.Expr, measure: Measure, shop: Shop) -> exp.Expr:
    """The member's aggregate passes the test; see `Measure` for members without records."""
    aggregate, test = measure.aggregate, measure.test
    rows = source(aggregate.records, aggregate.of, shop)
    if aggregate.kind is Kind.COUNT and test == EXISTS:
        return in_query(key, _rows(rows))
    if aggregate.kind in ZERO_WITHOUT_RECORDS and holds(test, 0):
        others = in_query(key, _having(aggregate, rows, _opposite(_number(aggregate, rows), test)))
        return exp.Not(this=others)
    return in_query(key, _having(aggregate, rows, _passes(aggregate, rows, test)))


def ranked(key: exp.Expr, rank: Rank, among: exp.Select, shop: Shop) -> exp.Expr:
    """The member is at that end of the ranking of those who have records and are among others."""
    rows = source(rank.aggregate.records, rank.aggregate.of, shop)
    score = _score(rank.aggregate, rows)
    having = [] if rank.aggregate.kind in ZERO_WITHOUT_RECORDS else [known(score.copy())]
    scored = _grouped(rank.aggregate, rows, [in_query(column("member"), among)], having)
    scored.set("expressions", [column("member"), exp.alias_(score, "score", quoted=True)])
    columns = [column("member"), exp.alias_(_place(rank.side), "place", quoted=True)]
    if rank.percent:
        columns.append(exp.alias_(exp.Window(this=_count_all()), "ranked", quoted=True))
    places = select(named(scored, "scored"), columns)
    chosen = select(named(places, "places"), [column("member")])
    return in_query(key, where(chosen, [_near_enough(rank)]))


def everyone() -> exp.Select:
    """The keys of all members."""
    return select(table("members"), [column("member")])


def holds(test: Test, found: int | Decimal) -> bool:
    """Whether a number passes a test on numbers."""
    values = [number(value) for value in test.values]
    match test.operator:
        case Operator.EQ | Operator.IN:
            return found in values
        case Operator.LT:
            return found < values[0]
        case Operator.LE:
            return found <= values[0]
        case Operator.GT:
            return found > values[0]
        case Operator.GE:
            return found >= values[0]
        case Operator.BETWEEN:
            return values[0] <= found <= values[1]
        case _:
            return False


def _rows(rows: Source, more: list[exp.Expr] | None = None) -> exp.Select:
    return where(select(rows.table(), [column("member")]), rows.conditions() + (more or []))


def _having(aggregate: Aggregate, rows: Source, condition: exp.Expr) -> exp.Select:
    return _grouped(aggregate, rows, [], [condition])


def _grouped(
    aggregate: Aggregate,
    rows: Source,
    more: list[exp.Expr],
    having: list[exp.Expr],
) -> exp.Select:
    """One row a member; from one row a record first, where parts are read and a record's value is
    not the plain sum of all the member's parts."""
    inner = _rows(rows, more)
    if not _record_first(aggregate, rows):
        return grouped(inner, [column("member")], having)
    of = str(aggregate.of)
    # A value of the record itself stands on each of its parts: any of them, not their sum.
    one = exp.Sum if rows.event.attributes[of].part is not None else exp.Max
    value = exp.alias_(one(this=column(of)), "value", quoted=True)
    inner.set("expressions", [column("member"), value])
    records = grouped(inner, [column("member"), column("record")], [])
    outer = select(named(records, "records"), [column("member")])
    return grouped(outer, [column("member")], having)


def _record_first(aggregate: Aggregate, rows: Source) -> bool:
    if not rows.of_parts or aggregate.kind not in FUNCTION:
        return False
    attribute = rows.event.attributes[str(aggregate.of)]
    if attribute.part is not None and not attribute.additive:
        return False  # each part's own, as a price
    return aggregate.kind is not Kind.SUM or attribute.part is None


def _operand(aggregate: Aggregate, rows: Source) -> exp.Expr:
    return column("value" if _record_first(aggregate, rows) else str(aggregate.of))


def _number(aggregate: Aggregate, rows: Source) -> exp.Expr:
    """The aggregate of one member's rows."""
    match aggregate.kind:
        case Kind.COUNT if rows.of_parts:
            return _distinct(column("record"))
        case Kind.COUNT:
            return _count_all()
        case Kind.DISTINCT if aggregate.of in rows.event.attributes:
            return _distinct(column(str(aggregate.of)))
        case Kind.DISTINCT:
            return _distinct(unit_of(column("at"), Unit(str(aggregate.of))))
        case kind:
            return FUNCTION[kind](this=_operand(aggregate, rows))


def _score(aggregate: Aggregate, rows: Source) -> exp.Expr:
    """The number members are ranked by. An engine's average rounds more than once, which parts
    ties; amounts have four decimals, so their sum in ten thousandths is whole, and one division of
    whole numbers gives equal averages equal scores."""
    if aggregate.kind is Kind.SUM:
        return exp.Coalesce(this=_number(aggregate, rows), expressions=[literal(0)])
    if aggregate.kind is not Kind.AVERAGE:
        return _number(aggregate, rows)
    operand = _operand(aggregate, rows)
    whole = exp.Mul(this=exp.Sum(this=operand), expression=literal(10_000))
    count = exp.Count(this=operand.copy(), big_int=True)
    return exp.Div(this=exp.cast(whole, exp.DType.DOUBLE), expression=count, safe=True)


def _passes(aggregate: Aggregate, rows: Source, test: Test) -> exp.Expr:
    if aggregate.kind is Kind.AVERAGE:
        return _average_passes(_operand(aggregate, rows), test)
    return plain(_number(aggregate, rows), test)


def _average_passes(operand: exp.Expr, test: Test) -> exp.Expr:
    """`sum > k * count` in place of `average > k`: exact, where a division would round."""

    def against(operator: Operator, place: int = 0) -> exp.Expr:
        total = exp.Sum(this=operand.copy())
        count = exp.Count(this=operand.copy(), big_int=True)
        scaled = exp.Mul(this=literal(test.values[place]), expression=count)
        return COMPARISON[operator](this=total, expression=scaled)

    match test.operator:
        case Operator.BETWEEN:
            return every([against(Operator.GE), against(Operator.LE, 1)])
        case Operator.IN:
            return some(against(Operator.EQ, place) for place in range(len(test.values)))
        case operator:
            return against(operator)


def _opposite(found: exp.Expr, test: Test) -> exp.Expr:
    """The number is known and fails the test."""
    if test.operator in OPPOSITE:
        return plain(found, Test(OPPOSITE[test.operator], test.values))
    if test.operator is Operator.EQ:
        return exp.NEQ(this=found, expression=literal(test.values[0]))
    return exp.Not(this=plain(found, test))


def unit_of(moment: exp.Expr, unit: Unit) -> exp.Expr:
    """The calendar unit as its first instant; weeks begin on Monday on every engine."""
    if unit is Unit.WEEK:
        return exp.TimestampTrunc(this=moment, unit=exp.WeekStart(this=exp.var("MONDAY")))
    return exp.TimestampTrunc(this=moment, unit=exp.var(unit.value.upper()))


def _place(side: Side) -> exp.Expr:
    # No score is null; this order of nulls is the one that every engine can say.
    falling = side is Side.TOP
    by = exp.Ordered(this=column("score"), desc=falling, nulls_first=not falling)
    return exp.Window(this=exp.Rank(), order=exp.Order(expressions=[by]))


def _near_enough(rank: Rank) -> exp.Expr:
    if not rank.percent:
        return exp.LTE(this=column("place"), expression=literal(rank.amount))
    before = exp.Sub(this=column("place"), expression=literal(1))
    hundredfold = exp.Mul(this=literal(100), expression=exp.Paren(this=before))
    share = exp.Mul(this=literal(rank.amount), expression=column("ranked"))
    return exp.LT(this=hundredfold, expression=share)


def _distinct(expression: exp.Expr) -> exp.Expr:
    return exp.Count(this=exp.Distinct(expressions=[expression]), big_int=True)


def _count_all() -> exp.Expr:
    return exp.Count(this=exp.Star(), big_int=True)
