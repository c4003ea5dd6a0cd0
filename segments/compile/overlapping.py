"""Up to a few selections beside each other: who is in which of them, and what each kind has.

In: selects of member keys. Each member gets a combination, the sum of 2ⁿ over the selections it is
in (n from 0), so that one pass tells of all of them and of everyone, and no key leaves the engine.
Out: a sqlglot tree; the columns are told by each function. Start at `combinations`.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlglot import exp

from segments.catalogue import Attribute, Catalogue, Type
from segments.compile.aggregates import count_all
from segments.compile.levels import Shop, source
from segments.compile.nodes import (
    column,
    day_of_year,
    grouped,
    in_query,
    literal,
    named,
    select,
    table,
    where,
)
from segments.definition import Records, Window
from segments.windows import as_of_day

DECADE = 10
MOST_VALUES = 200  # of a field, those that most of the members compared have
_FLAGS = "flags"


class Beside(NamedTuple):
    """The selections, and up to when records count."""

    selects: Sequence[exp.Select]
    catalogue: Catalogue
    instant: datetime
    ceiling: datetime | None


def combinations(beside: Beside) -> exp.Select:
    """A row a combination that some member has: the combination, how many members."""
    return grouped(
        select(named(_flags(beside, ()), _FLAGS), [_combination(), _as(count_all(), "members")]),
        [_combination()],
        [],
    )


def field_values(beside: Beside, fields: Sequence[Attribute]) -> exp.Query:
    """A row a field, combination and value: the name, the combination, the value as text (an age
    as the first year of its decade, None for unknown; each of those of a list), how many members.
    Of a text with many values the rarest are left out."""
    day = as_of_day(beside.instant)
    rows = [_values(each, day) for each in fields]
    return _united(rows, _flags(beside, [each.name for each in fields]))


def record_numbers(beside: Beside, event: str, amount: str | None, window: Window) -> exp.Select:
    """A row a combination with records of the event: the combination, how many members have one in
    the window, how many records in all time, the sum of their amount (0 without one)."""
    shop = Shop(beside.catalogue, beside.instant, beside.ceiling)
    total: exp.Expr = literal(0)
    if amount is not None:
        total = exp.Coalesce(this=exp.Sum(this=column(amount)), expressions=[literal(0)])
    every, recent = source(Records(event), shop, amount), source(Records(event, (), window), shop)
    records: exp.Expr = count_all()
    if every.of_parts:
        records = exp.Count(this=exp.Distinct(expressions=[column("record")]), big_int=True)
    latest = select(recent.table(), [column("member")])
    bought = in_query(column("member"), where(latest, recent.conditions()))
    each = grouped(
        where(
            select(every.table(), [column("member"), _as(records, "records"), _as(total, "total")]),
            every.conditions(),
        ),
        [column("member")],
        [],
    )
    flagged = _joined(_flags(beside, ()), each)
    recently = exp.Case(ifs=[exp.If(this=bought, true=literal(1))], default=literal(0))
    columns = [
        _combination(),
        _as(exp.Sum(this=recently), "members"),
        _as(exp.Sum(this=column("records")), "records"),
        _as(exp.Sum(this=column("total")), "total"),
    ]
    return grouped(select(named(flagged, _FLAGS), columns), [_combination()], [])


def record_values(beside: Beside, event: str, attribute: str) -> exp.Select:
    """A row a combination and value of an attribute: the combination, the value, how many members
    have a record with it. Records without a value are in none."""
    rows = source(Records(event), Shop(beside.catalogue, beside.instant, beside.ceiling), attribute)
    value: exp.Expr = column(attribute)
    known = exp.Not(this=exp.Is(this=value.copy(), expression=exp.null()))
    if beside.catalogue.events[event].attributes[attribute].type is Type.LIST:
        value = exp.Unnest(expressions=[value])
    each = select(rows.table(), [column("member"), _as(value, "value")])
    had = where(each, [*rows.conditions(), known]).distinct()
    flagged = _joined(_flags(beside, ()), had)
    columns = [_combination(), column("value"), _as(count_all(), "members")]
    query = select(named(flagged, _FLAGS), columns)
    return grouped(query, [_combination(), column("value")], [])


def _flags(beside: Beside, fields: Sequence[str]) -> exp.Select:
    """A row a member: the key, its combination, the fields."""
    bits: exp.Expr = literal(0)
    for place, each in enumerate(beside.selects):
        inside = in_query(column("member"), each.copy())
        bit = exp.Case(ifs=[exp.If(this=inside, true=literal(2**place))], default=literal(0))
        bits = exp.Add(this=bits, expression=bit)
    columns = [column("member"), _as(bits, "combination"), *map(column, fields)]
    return select(table("members"), columns)


def _values(field: Attribute, day: date) -> exp.Select:
    value: exp.Expr = column(field.name)
    if field.type is Type.AGE:
        value = _decade(value, day)
    if field.type is Type.LIST:
        value = exp.Unnest(expressions=[value])
    inner = select(table(_FLAGS), [column("member"), _combination(), _as(value, "value")])
    if field.type is Type.LIST:  # what a list names twice is one value
        inner = inner.distinct()
    columns = [
        _as(literal(field.name), "field"),
        _combination(),
        _as(_text(column("value")), "text"),
    ]
    query = select(named(inner, "each"), [*columns, _as(count_all(), "members")])
    if field.type in (Type.TEXT, Type.LIST) and not field.values:
        query = where(query, [_common(inner)])
    return grouped(query, [_combination(), column("value")], [])


def _common(inner: exp.Select) -> exp.Expr:
    """The value is unknown, or one of those that most members of the selections have."""
    some = exp.GT(this=_combination(), expression=literal(0))
    top = grouped(
        where(select(named(inner.copy(), "each"), [column("value")]), [some]),
        [column("value")],
        [],
    )
    order = [exp.Ordered(this=count_all(), desc=True), exp.Ordered(this=column("value"))]
    top = top.order_by(*order, copy=False).limit(MOST_VALUES, copy=False)
    unknown = exp.Is(this=column("value"), expression=exp.null())
    return exp.Paren(this=exp.Or(this=unknown, expression=in_query(column("value"), top)))


def _decade(born: exp.Expr, day: date) -> exp.Expr:
    """The first year of the decade of life on a day, whole years as `figures.years` counts them:
    the difference in years, less one before the birthday."""
    year = exp.Extract(this=exp.var("YEAR"), expression=born.copy())
    later = exp.GT(this=day_of_year(born), expression=literal(100 * day.month + day.day))
    less = exp.Case(ifs=[exp.If(this=later, true=literal(1))], default=literal(0))
    whole = exp.Sub(this=exp.Sub(this=literal(day.year), expression=year), expression=less)
    rest = exp.Mod(this=exp.Paren(this=whole), expression=literal(DECADE))
    return exp.Sub(this=exp.Paren(this=whole.copy()), expression=exp.Paren(this=rest))


def _united(rows: Sequence[exp.Select], flags: exp.Select) -> exp.Query:
    query: exp.Query = rows[0]
    for each in rows[1:]:
        query = query.union(each, distinct=False, copy=False)
    return query.with_(_FLAGS, as_=flags, materialized=True, copy=False)


def _joined(flags: exp.Select, rows: exp.Select) -> exp.Select:
    """The combination of each member beside its rows; members without rows have none."""
    every = exp.Join(
        this=named(rows, "had"), using=[exp.to_identifier("member", quoted=True)], kind="INNER"
    )
    query = select(named(flags, "of_each"), [exp.Star()])
    query.append("joins", every)
    return query


def _combination() -> exp.Expr:
    return column("combination")


def _text(value: exp.Expr) -> exp.Expr:
    return exp.cast(value, exp.DType.TEXT)


def _as(expression: exp.Expr, name: str) -> exp.Expr:
    return exp.alias_(expression, name, quoted=True)
