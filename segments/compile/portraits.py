"""What is known of the members of a segment as one select each: what they have, how often, when.

In: a select of member keys, or None for everyone, and the name of an event or a field. Out: a
sqlglot tree; the columns are told by each function. Spreads are told as values with how many
members have each, so that a middle value is exact. Start at `having`.
"""

from datetime import datetime
from typing import NamedTuple

from sqlglot import exp

from segments.catalogue import Catalogue, Type
from segments.compile.aggregates import count_all
from segments.compile.levels import Shop, Source, source
from segments.compile.nodes import (
    column,
    grouped,
    hour,
    in_query,
    literal,
    named,
    select,
    table,
    weekday,
    where,
)
from segments.definition import Filter, Operator, Records, Test, Window


class Scope(NamedTuple):
    """Whose records are asked of: of these members, up to these instants."""

    members: exp.Select | None
    catalogue: Catalogue
    instant: datetime
    ceiling: datetime | None = None

    @property
    def shop(self) -> Shop:
        """What compiles the records."""
        return Shop(self.catalogue, self.instant, self.ceiling)

    def among(self) -> list[exp.Expr]:
        """The condition that a row is one of theirs."""
        return [] if self.members is None else [in_query(column("member"), self.members.copy())]


def having(scope: Scope, event: str, attribute: str, window: Window | None = None) -> exp.Select:
    """A row a value of an attribute: the value, how many members have it. Each of several values
    of a list counts; records without a value are in none."""
    rows = source(Records(event, (), window), scope.shop, attribute)
    value: exp.Expr = column(attribute)
    known = exp.Not(this=exp.Is(this=value.copy(), expression=exp.null()))
    if scope.catalogue.events[event].attributes[attribute].type is Type.LIST:
        value = exp.Unnest(expressions=[value])
    inner = _of(rows, scope, [column("member"), exp.alias_(value, "value", quoted=True)], [known])
    outer = select(named(inner, "values"), [column("value"), _members()])
    return grouped(outer, [column("value")], [])


def having_both(scope: Scope, event: str, first: str, second: str) -> exp.Select:
    """A row a pair of values that one record has: the value of the first attribute (each of those
    of a list), that of the second, how many members have both."""
    rows = source(Records(event), scope.shop, first, second)
    value: exp.Expr = column(first)
    if scope.catalogue.events[event].attributes[first].type is Type.LIST:
        value = exp.Unnest(expressions=[value])
    columns = [column("member"), _as(value, "first"), _as(column(second), "second")]
    keys = [column("first"), column("second")]
    outer = select(named(_of(rows, scope, columns), "pairs"), [*keys, _members()])
    return grouped(outer, [each.copy() for each in keys], [])


def records_of_each(scope: Scope, event: str) -> exp.Select:
    """A row a number of records: the number, how many members have so many; none have no row."""
    rows = source(Records(event), scope.shop)
    return _spread(_of(rows, scope, [column("member"), _as(count_all(), "value")]))


def last_days(scope: Scope, event: str) -> exp.Select:
    """A row a day: the day, how many members had their last record on it."""
    rows = source(Records(event), scope.shop)
    last = _day(exp.Max(this=column("at")))
    return _spread(_of(rows, scope, [column("member"), _as(last, "value")]))


def gaps(scope: Scope, event: str) -> exp.Select:
    """A row a number of days and of gaps: the days from first to last record, the records, and how
    many members have both. Those with one record have no gap."""
    rows = source(Records(event), scope.shop)
    first, last = _day(exp.Min(this=column("at"))), _day(exp.Max(this=column("at")))
    days = exp.DateDiff(this=last, expression=first, unit=exp.var("DAY"))
    columns = [column("member"), _as(days, "days"), _as(count_all(), "records")]
    several = exp.GTE(this=count_all(), expression=literal(2))
    inner = grouped(_of(rows, scope, columns), [column("member")], [several])
    keys = [column("days"), column("records")]
    outer = select(named(inner, "spans"), [*(each.copy() for each in keys), _rows()])
    return grouped(outer, keys, [])


def days_of_field(scope: Scope, field: str) -> exp.Select:
    """A row a day of a date or time field: the day, how many members have it; None for unknown."""
    day = _day(column(field))
    rows = select(table("members"), [_as(day, "value"), _members()])
    return grouped(where(rows, scope.among()), [day.copy()], [])


def longest(scope: Scope, field: str) -> exp.Select:
    """One row: the letters of the longest value of a field, how many members have one, how many
    members there are."""
    length = exp.Max(this=exp.Length(this=column(field)))
    known = exp.Count(this=column(field), big_int=True)
    rows = select(table("members"), [_as(length, "letters"), _as(known, "known"), _members()])
    return where(rows, scope.among())


def stars(scope: Scope, event: str, of: str, by: str) -> exp.Select:
    """A row a value of `by`: the value, how many records have `of`, and the sum of it."""
    rows = source(Records(event), scope.shop, of, by)
    columns = [
        column(by),
        _as(exp.Count(this=column(of), big_int=True), "records"),
        _as(exp.Sum(this=column(of)), "total"),
    ]
    return grouped(_of(rows, scope, columns), [column(by)], [])


def hours(scope: Scope, event: str, window: Window | None = None) -> exp.Select:
    """A row a weekday and hour, in the shop's time: the weekday (1 is Monday), the hour (0–23), how
    many members and how many records."""
    rows = source(Records(event, (), window), scope.shop)
    day = weekday(column("at"))
    clock = hour(column("at"))
    columns = [_as(day, "weekday"), _as(clock, "hour"), _members(), _as(count_all(), "records")]
    return grouped(_of(rows, scope, columns), [day.copy(), clock.copy()], [])


def reachable(scope: Scope, consent: str | None, address: str | None) -> exp.Select:
    """One row: how many members said yes, where a consent is asked, and have the address, where
    one is needed."""
    conditions = scope.among()
    if consent is not None:
        conditions.append(exp.EQ(this=column(consent), expression=exp.true()))
    if address is not None:
        known = exp.Not(this=exp.Is(this=column(address), expression=exp.null()))
        blank = exp.NEQ(this=exp.Trim(this=column(address)), expression=literal(""))
        conditions += [known, blank]
    return where(select(table("members"), [_members()]), conditions)


def with_value(scope: Scope, event: str, attribute: str, values: tuple[str, ...]) -> exp.Select:
    """One row: how many members have a record with one of these values."""
    test = Test(Operator.EQ if len(values) == 1 else Operator.IN, values)
    rows = source(Records(event, (Filter(attribute, test),)), scope.shop)
    return _of(rows, scope, [_members()])


def _of(
    rows: Source, scope: Scope, columns: list[exp.Expr], more: list[exp.Expr] | None = None
) -> exp.Select:
    query = select(rows.table(), columns)
    return where(query, [*rows.conditions(), *(more or ()), *scope.among()])


def _spread(of_each: exp.Select) -> exp.Select:
    inner = grouped(of_each, [column("member")], [])
    return grouped(select(named(inner, "each"), [column("value"), _rows()]), [column("value")], [])


def _members() -> exp.Expr:
    distinct = exp.Distinct(expressions=[column("member")])
    return _as(exp.Count(this=distinct, big_int=True), "members")


def _rows() -> exp.Expr:
    return _as(count_all(), "members")


def _day(moment: exp.Expr) -> exp.Expr:
    return exp.cast(moment, exp.DType.DATE)


def _as(expression: exp.Expr, name: str) -> exp.Expr:
    return exp.alias_(expression, name, quoted=True)
