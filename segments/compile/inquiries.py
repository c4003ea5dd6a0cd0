"""What is asked about members as one select each: groups with numbers, or one row of totals.

In: a select of member keys, or None for everyone, and what is asked. Out: a sqlglot tree; the
columns are told by each function. Nothing fans out: records are counted on the prepared rows of
their own event. Start at `members_by`.
"""

from datetime import datetime

from sqlglot import exp

from segments.catalogue import Catalogue
from segments.compile.levels import Shop, Source, source
from segments.compile.nodes import (
    column,
    grouped,
    hour,
    in_query,
    select,
    table,
    unit_of,
    weekday,
    where,
)
from segments.definition import Records, Unit, Window
from segments.inquiry import Cycle


def members_by(members: exp.Select | None, field: str) -> exp.Select:
    """A row a value of a field: the value, and how many members have it."""
    rows = select(table("members"), [column(field), _named(_count_all(), "members")])
    return grouped(where(rows, _among(members)), [column(field)], [])


def records_by(
    members: exp.Select | None,
    asked: tuple[str, str | Unit | Cycle, Window | None],
    catalogue: Catalogue,
    instants: tuple[datetime, datetime | None],
) -> exp.Select:
    """A row a value of an attribute, a unit of time, a weekday (1 is Monday) or an hour (0 to 23):
    the value, members, records, and the sum of their amount, which is 0 where the event has none.
    `asked` is event, by and window."""
    event, by, window = asked
    name = None if isinstance(by, Unit | Cycle) else by
    rows = source(Records(event, (), window), Shop(catalogue, *instants), name)
    value = _value(by)
    columns = [_named(value, "value"), *_numbers(rows, _amount(catalogue, event))]
    query = where(select(rows.table(), columns), rows.conditions() + _among(members))
    return grouped(query, [value.copy()], [])


def _value(by: str | Unit | Cycle) -> exp.Expr:
    match by:
        case Unit():
            return unit_of(column("at"), by)
        case Cycle.WEEKDAY:
            return weekday(column("at"))
        case Cycle.CLOCK:
            return hour(column("at"))
        case _:
            return column(by)


def records_total(
    members: exp.Select | None,
    asked: tuple[str, str | None, Window | None],
    catalogue: Catalogue,
    instants: tuple[datetime, datetime | None],
) -> exp.Select:
    """One row: members with records, records, the sum of an attribute, how many records have it,
    its smallest and its greatest value. `asked` is event, attribute and window."""
    event, of, window = asked
    rows = source(Records(event, (), window), Shop(catalogue, *instants), of)
    value = column(of) if of else exp.null()
    columns = [
        *_numbers(rows, of),
        _named(exp.Count(this=value, big_int=True), "known"),
        _named(exp.Min(this=value.copy()), "least"),
        _named(exp.Max(this=value.copy()), "most"),
    ]
    return where(select(rows.table(), columns), rows.conditions() + _among(members))


def first_record(event: str) -> exp.Select:
    """One row: when the first record of an event was; null where there is none."""
    return select(table(event), [exp.Min(this=column("at"))])


def _numbers(rows: Source, of: str | None) -> list[exp.Expr]:
    records = _distinct(column("record")) if rows.of_parts else _count_all()
    total: exp.Expr = exp.Literal.number(0)
    if of is not None:
        total = exp.Coalesce(this=exp.Sum(this=column(of)), expressions=[exp.Literal.number(0)])
    return [
        _named(_distinct(column("member")), "members"),
        _named(records, "records"),
        _named(total, "total"),
    ]


def _amount(catalogue: Catalogue, event: str) -> str | None:
    amount = catalogue.events[event].amount
    return amount.name if amount and amount.numeric else None


def _among(members: exp.Select | None) -> list[exp.Expr]:
    return [] if members is None else [in_query(column("member"), members)]


def _named(expression: exp.Expr, name: str) -> exp.Expr:
    return exp.alias_(expression, name, quoted=True)


def _distinct(expression: exp.Expr) -> exp.Expr:
    return exp.Count(this=exp.Distinct(expressions=[expression]), big_int=True)


def _count_all() -> exp.Expr:
    return exp.Count(this=exp.Star(), big_int=True)
