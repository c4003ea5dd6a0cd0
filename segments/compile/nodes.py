"""The few kinds of sqlglot nodes everything is built of: quoted names, typed literals, bounds.

Nodes are built new for each place, since a sqlglot node has one parent.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from typing import assert_never

from sqlglot import exp

from segments.definition import Unit, Value, Within
from segments.windows import DAYS, MONTHS, Bounds

_UNSEEN = r"[\s\p{Z}\p{Cf}]"
A_MONDAY = date(1900, 1, 1)


def column(name: str, table: str | None = None) -> exp.Column:
    """A quoted column."""
    return exp.column(name, table=table, quoted=True)


def table(name: str) -> exp.Table:
    """A quoted table."""
    return exp.table_(name, quoted=True)


def literal(value: Value) -> exp.Expr:
    """A typed literal; decimals are written out, since an exponent would make them floating."""
    match value:
        case bool():
            return exp.true() if value else exp.false()
        case int() | Decimal():
            return exp.Literal.number(format(value, "f") if isinstance(value, Decimal) else value)
        case str():
            return exp.Literal.string(value)
        case datetime():
            return exp.cast(exp.Literal.string(value.isoformat(sep=" ")), exp.DType.TIMESTAMP)
        case date():
            return exp.cast(exp.Literal.string(value.isoformat()), exp.DType.DATE)
        case _:
            assert_never(value)


def as_listed(text: exp.Expr) -> exp.Expr:
    """A text as the entries of lists are kept (`segments.key_files.normal`): in lower case, without
    spaces of any kind and what has no width."""
    composed = exp.Anonymous(this="nfc_normalize", expressions=[text])
    seen = exp.Anonymous(
        this="regexp_replace",
        expressions=[composed, literal(_UNSEEN), literal(""), literal("g")],
    )
    return exp.Lower(this=seen)


def every(conditions: Iterable[exp.Expr]) -> exp.Expr:
    """All of them; none of them is true."""
    parts = list(conditions)
    if len(parts) > 1:
        parts = [exp.Paren(this=part) if isinstance(part, exp.Or) else part for part in parts]
    return reduce(lambda a, b: exp.And(this=a, expression=b), parts) if parts else exp.true()


def some(conditions: Iterable[exp.Expr]) -> exp.Expr:
    """One of them; none of them is false."""
    parts = list(conditions)
    return reduce(lambda a, b: exp.Or(this=a, expression=b), parts) if parts else exp.false()


def negated(condition: exp.Expr) -> exp.Expr:
    """The condition does not hold; unknown counts as not holding. A key set is never unknown."""
    if isinstance(condition, exp.Not) and is_key_set(condition.this):
        inner: exp.Expr = condition.this
        return inner.pop()
    if is_key_set(condition):
        return exp.Not(this=condition)
    return exp.Not(this=exp.Coalesce(this=condition, expressions=[exp.false()]))


def is_key_set(condition: exp.Expr) -> bool:
    """Whether it is that a key is one of those a query gives."""
    return isinstance(condition, exp.In) and condition.args.get("query") is not None


def within(moment: exp.Expr, stretches: Sequence[Bounds]) -> list[exp.Expr]:
    """The comparisons that hold a time inside one of the stretches."""
    return in_one(moment, [(each.start, each.end) for each in stretches])


def in_one(value: exp.Expr, ranges: Sequence[tuple[date | None, date | None]]) -> list[exp.Expr]:
    """In one of the ranges, each from its start, inclusive, to its end, exclusive; of several the
    comparison is one."""
    if len(ranges) == 1:
        return between_ends(value, *ranges[0])
    return [some(every(between_ends(value, *each)) for each in ranges)]


def between_ends(value: exp.Expr, start: date | None, end: date | None) -> list[exp.Expr]:
    """From start, inclusive, to end, exclusive; None is open."""
    conditions: list[exp.Expr] = []
    if start is not None:
        conditions.append(exp.GTE(this=value.copy(), expression=literal(start)))
    if end is not None:
        conditions.append(exp.LT(this=value.copy(), expression=literal(end)))
    return conditions


def day_of_year(day: exp.Expr) -> exp.Expr:
    """Month and day as one number, 100 × month + day: in the order of the year."""
    month, of_month = (
        exp.Extract(this=exp.var(part), expression=day.copy()) for part in ("MONTH", "DAY")
    )
    hundreds = exp.Mul(this=month, expression=literal(100))
    return exp.Add(this=hundreds, expression=of_month)


def unit_of(moment: exp.Expr, unit: Unit) -> exp.Expr:
    """The calendar unit as its first instant; weeks begin on Monday on every engine."""
    if unit is Unit.WEEK:
        return exp.TimestampTrunc(this=moment, unit=exp.WeekStart(this=exp.var("MONDAY")))
    return exp.TimestampTrunc(this=moment, unit=exp.var(unit.value.upper()))


def later(moment: exp.Expr, distance: Within, *, back: bool = False) -> exp.Expr:
    """The time so far after the moment, or before it; months and years step by calendar."""
    if distance.unit in MONTHS:
        count, unit = distance.count * MONTHS[distance.unit], "MONTH"
    elif distance.unit in DAYS:
        count, unit = distance.count * DAYS[distance.unit], "DAY"
    else:
        count, unit = distance.count, "HOUR"
    step = exp.Interval(this=exp.Literal.string(str(count)), unit=exp.var(unit))
    return (exp.Sub if back else exp.Add)(this=moment.copy(), expression=step)


def in_query(key: exp.Expr, query: exp.Select) -> exp.In:
    """The key is one of those a query gives."""
    return exp.In(this=key, query=exp.Subquery(this=query))


def select(source: exp.Expr, columns: Sequence[exp.Expr]) -> exp.Select:
    """A bare select of columns from a table or subquery."""
    return exp.Select(expressions=list(columns), from_=exp.From(this=source))


def named(query: exp.Select, name: str) -> exp.Subquery:
    """The query as a table of that name."""
    return query.subquery(exp.to_identifier(name, quoted=True), copy=False)


def where(query: exp.Select, conditions: Sequence[exp.Expr]) -> exp.Select:
    """The query with a WHERE of all conditions, when there are any."""
    if conditions:
        query.set("where", exp.Where(this=every(conditions)))
    return query


def grouped(query: exp.Select, keys: Sequence[exp.Expr], having: Sequence[exp.Expr]) -> exp.Select:
    """The query grouped by keys, with a HAVING of all conditions, when there are any."""
    query.set("group", exp.Group(expressions=list(keys)))
    if having:
        query.set("having", exp.Having(this=every(having)))
    return query


def given(
    value: exp.Expr, conditions: Sequence[exp.Expr], otherwise: exp.Expr | None = None
) -> exp.Expr:
    """The value where all conditions hold, else the other, or unknown; without conditions the value
    itself."""
    if not conditions:
        return value
    return exp.Case(ifs=[exp.If(this=every(conditions), true=value)], default=otherwise)


def multiplied(number: exp.Expr, by: int) -> exp.Expr:
    """The number so many times; once is the number itself."""
    return number if by == 1 else exp.Mul(this=literal(by), expression=number)


def hour(moment: exp.Expr) -> exp.Expr:
    """The hour of a time, 0 to 23."""
    return exp.Extract(this=exp.var("HOUR"), expression=moment)


def weekday(moment: exp.Expr) -> exp.Expr:
    """The weekday of a time, 1 for Monday: days since a Monday, since engines count weekdays each
    their own way. The second remainder is for days before that Monday."""
    day = exp.cast(moment, exp.DType.DATE)
    since = exp.DateDiff(this=day, expression=literal(A_MONDAY), unit=exp.var("DAY"))
    rest = exp.Mod(this=exp.Paren(this=since), expression=literal(7))
    forward = exp.Paren(this=exp.Add(this=rest, expression=literal(7)))
    return exp.Paren(
        this=exp.Add(this=exp.Mod(this=forward, expression=literal(7)), expression=literal(1))
    )
