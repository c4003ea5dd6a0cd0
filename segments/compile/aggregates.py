"""The numbers that conditions on events are made of: aggregates of rows, and tests of them.

In: an aggregate and the rows it is taken of. Out: sqlglot nodes for one group of rows, and the
selects that group them. Start at `by_member`.
"""

from collections.abc import Sequence

from sqlglot import exp

from segments.compile.comparisons import COMPARISON, plain
from segments.compile.levels import Source
from segments.compile.nodes import (
    column,
    every,
    given,
    grouped,
    literal,
    named,
    select,
    some,
    unit_of,
    where,
)
from segments.definition import Aggregate, Kind, Measure, Operator, Test, Unit

Only = Sequence[exp.Expr]  # conditions on a row; nodes that are used once or copied
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


def rows_of(rows: Source, more: Sequence[exp.Expr] = ()) -> exp.Select:
    """The member keys of the rows; `more` are further conditions on a row."""
    return where(select(rows.table(), [column("member")]), [*rows.conditions(), *more])


def by_member(
    aggregate: Aggregate, rows: Source, more: Sequence[exp.Expr], having: Sequence[exp.Expr]
) -> exp.Select:
    """One row a member; from one row a record first, where parts are read and a record's value is
    not the plain sum of all the member's parts."""
    inner = rows_of(rows, more)
    if not record_first(aggregate, rows):
        return grouped(inner, [column("member")], having)
    return _of_records(aggregate, rows, inner, ["member"], having)


def by_group(
    aggregate: Aggregate, rows: Source, group: exp.Expr, having: Sequence[exp.Expr]
) -> exp.Select:
    """One row a member and group, as `member` and `grp`; rows of an unknown group are in none."""
    names = ["member", *(["at"] if rows.event.time else []), *(["record"] if rows.of_parts else [])]
    of = [aggregate.of] if aggregate.of in rows.event.attributes else []
    of = [name for name in of if name not in names]
    columns = [column(name) for name in (*names, *of) if name]
    inner = rows_of(rows, [exp.Not(this=exp.Is(this=group.copy(), expression=exp.null()))])
    inner.set("expressions", [*columns, exp.alias_(group, "grp", quoted=True)])
    keys = ["member", "grp"]
    outer = select(named(inner, "parts"), [column(key) for key in keys])
    if not record_first(aggregate, rows):
        return grouped(outer, [column(key) for key in keys], having)
    return _of_records(aggregate, rows, outer, keys, having)


def _of_records(
    aggregate: Aggregate,
    rows: Source,
    inner: exp.Select,
    keys: list[str],
    having: Sequence[exp.Expr],
) -> exp.Select:
    """One row for these keys, from one row for them and a record, with its `value`."""
    value = exp.alias_(value_of_record(rows, str(aggregate.of)), "value", quoted=True)
    inner.set("expressions", [*(column(key) for key in keys), value])
    records = grouped(inner, [column(name) for name in (*keys, "record")], [])
    outer = select(named(records, "records"), [column(key) for key in keys])
    return grouped(outer, [column(key) for key in keys], having)


def value_of_record(rows: Source, of: str) -> exp.Expr:
    """The value of one record, from the rows of its parts. A value of the record itself stands on
    each of its parts: any of them, not their sum."""
    one = exp.Sum if rows.event.attributes[of].part is not None else exp.Max
    return one(this=column(of))


def record_first(aggregate: Aggregate, rows: Source) -> bool:
    """Whether the rows of parts are made one a record before the aggregate is taken."""
    if not rows.of_parts or aggregate.kind not in FUNCTION:
        return False
    attribute = rows.event.attributes[str(aggregate.of)]
    if attribute.part is not None and not attribute.additive:
        return False  # each part's own, as a price
    return aggregate.kind is not Kind.SUM or attribute.part is None


def _operand(aggregate: Aggregate, rows: Source) -> exp.Expr:
    return column("value" if record_first(aggregate, rows) else str(aggregate.of))


def number_of(aggregate: Aggregate, rows: Source, own: Only = ()) -> exp.Expr:
    """The aggregate of one member's rows, of those alone that meet its `own` conditions."""
    match aggregate.kind:
        case Kind.COUNT if rows.of_parts:
            return distinct(given(column("record"), own))
        case Kind.COUNT:
            return exp.Count(this=given(literal(1), own), big_int=True) if own else count_all()
        case Kind.DISTINCT if aggregate.of in rows.event.attributes:
            return distinct(given(column(str(aggregate.of)), own))
        case Kind.DISTINCT:
            return distinct(given(unit_of(column("at"), Unit(str(aggregate.of))), own))
        case Kind.SUM if own:
            return exp.Sum(this=given(_operand(aggregate, rows), own, literal(0)))
        case kind:
            return FUNCTION[kind](this=given(_operand(aggregate, rows), own))


def score_of(aggregate: Aggregate, rows: Source, own: Only = ()) -> exp.Expr:
    """The number members are ranked and compared by. An engine's average rounds more than once,
    which parts ties; amounts have four decimals, so their sum in ten thousandths is whole, and one
    division of whole numbers gives equal averages equal scores."""
    if aggregate.kind is Kind.SUM:
        return exp.Coalesce(this=number_of(aggregate, rows, own), expressions=[literal(0)])
    if aggregate.kind is not Kind.AVERAGE:
        return number_of(aggregate, rows, own)
    operand = given(_operand(aggregate, rows), own)
    whole = exp.Mul(this=exp.Sum(this=operand), expression=literal(10_000))
    count = exp.Count(this=operand.copy(), big_int=True)
    return exp.Div(this=exp.cast(whole, exp.DType.DOUBLE), expression=count, safe=True)


def passes(aggregate: Aggregate, rows: Source, test: Test, own: Only = ()) -> exp.Expr:
    """Whether the aggregate of the rows passes the test, of those alone that meet its `own`
    conditions."""
    if aggregate.kind is Kind.AVERAGE:
        operand = given(_operand(aggregate, rows), own)
        count = exp.Count(this=operand.copy(), big_int=True)
        return ratio_passes(exp.Sum(this=operand), count, test)
    return plain(number_of(aggregate, rows, own), test)


def holding(measure: Measure, rows: Source, own: Only) -> exp.Expr:
    """Whether the aggregate of those rows passes its test where there may be none of them: the sum
    of none is 0. Of counts, sums and different ones it is never unknown."""
    if measure.aggregate.kind is Kind.SUM:
        return plain(score_of(measure.aggregate, rows, own), measure.test)
    return passes(measure.aggregate, rows, measure.test, own)


def ratio_passes(total: exp.Expr, count: exp.Expr, test: Test) -> exp.Expr:
    """`total > k * count` in place of `total / count > k`: exact, where a division would round."""

    def against(operator: Operator, place: int = 0) -> exp.Expr:
        scaled = exp.Mul(this=literal(test.values[place]), expression=count.copy())
        return COMPARISON[operator](this=total.copy(), expression=scaled)

    match test.operator:
        case Operator.BETWEEN:
            return every([against(Operator.GE), against(Operator.LE, 1)])
        case Operator.IN:
            return some(against(Operator.EQ, place) for place in range(len(test.values)))
        case operator:
            return against(operator)


def fails(found: exp.Expr, test: Test) -> exp.Expr:
    """The number is known and fails the test."""
    if test.operator in OPPOSITE:
        return plain(found, Test(OPPOSITE[test.operator], test.values))
    if test.operator is Operator.EQ:
        return exp.NEQ(this=found, expression=literal(test.values[0]))
    return exp.Not(this=plain(found, test))


def distinct(expression: exp.Expr) -> exp.Expr:
    """How many different known values there are."""
    return exp.Count(this=exp.Distinct(expressions=[expression]), big_int=True)


def count_all() -> exp.Expr:
    """How many rows there are."""
    return exp.Count(this=exp.Star(), big_int=True)
