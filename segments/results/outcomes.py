"""What members did after a day: who bought, how often and for how much, group by group.

In: keys in pieces, each reached or held out; the instants between. Out: `Measured`, how many of
each group have each number. A member that the shop no longer has is counted as gone. Start at
`orders_since`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa
from sqlglot import exp

from segments.catalogue import Event
from segments.compile.nodes import (
    between_ends,
    column,
    grouped,
    in_query,
    named,
    select,
    table,
    where,
)
from segments.engine.duckdb_engine import Engine
from segments.engine.job import Job
from segments.results.effects import Histogram

_KEYS = "krets_handed"

Keys = Iterable[tuple[bool, pa.Array]]  # pieces, each with whether they were held out


@dataclass(frozen=True, slots=True)
class Counted:
    """One group: how many members have each number, and how many have none that is known."""

    values: Histogram
    unknown: int = 0

    @property
    def members(self) -> int:
        """How many there are with a number."""
        return sum(self.values.values())

    @property
    def total(self) -> float:
        """All numbers together."""
        return sum(value * count for value, count in self.values.items())


@dataclass(frozen=True, slots=True)
class Measured:
    """Both groups; `unknown` of each are the members that the shop no longer has."""

    reached: Counted
    held_out: Counted


def orders_since(
    engine: Engine, keys: Keys, event: Event, start: datetime, end: datetime, job: Job | None = None
) -> Measured:
    """How many records of the event each member has from `start`, inclusive, to `end`."""
    return _since(engine, keys, event, exp.Count(this=exp.Star()), (start, end), job)


def revenue_since(
    engine: Engine, keys: Keys, event: Event, start: datetime, end: datetime, job: Job | None = None
) -> Measured:
    """The sum of each member's amounts; the event has one."""
    assert event.amount is not None  # noqa: S101 - said by whoever calls
    amount = exp.Sum(this=column(event.amount.name))
    return _since(engine, keys, event, amount, (start, end), job)


def field_values(engine: Engine, chosen: exp.Query, field: str, job: Job | None = None) -> Counted:
    """The numbers that members have in a field of numbers, or 1 and 0 for yes and no."""
    value = exp.alias_(exp.cast(column(field), exp.DType.DOUBLE), "value", quoted=True)
    among = in_query(column("member"), exp.select(column("member")).from_(chosen.subquery("of")))
    values = where(select(table("members"), [value]), [among])
    counted = select(named(values, "values"), [column("value"), exp.Count(this=exp.Star())])
    found = dict(engine.rows(grouped(counted, [column("value")], []), job))
    unknown = found.pop(None, 0)
    return Counted({float(number): int(count) for number, count in found.items()}, int(unknown))


def _since(
    engine: Engine,
    keys: Keys,
    event: Event,
    number: exp.Expr,
    instants: tuple[datetime, datetime],
    job: Job | None,
) -> Measured:
    """One row a group and number: the group, whether the shop has the members, the number, how
    many of them."""
    rows = select(table(event.name), [column("member"), exp.alias_(number, "number", quoted=True)])
    rows = grouped(where(rows, between_ends(column("at"), *instants)), [column("member")], [])
    value = exp.Coalesce(this=column("number", "did"), expressions=[exp.Literal.number(0)])
    there = exp.Not(this=exp.Is(this=column("member", "known"), expression=exp.null()))
    columns = [
        column("held_out", "handed"),
        exp.alias_(there, "there", quoted=True),
        exp.alias_(exp.cast(value, exp.DType.DOUBLE), "value", quoted=True),
        exp.Count(this=exp.Star()),
    ]
    query = (
        select(exp.alias_(table(_KEYS), "handed", table=True, quoted=True), columns)
        .join(
            exp.alias_(table("members"), "known", table=True, quoted=True),
            join_type="LEFT",
            on=_same("known"),
            copy=False,
        )
        .join(named(rows, "did"), join_type="LEFT", on=_same("did"), copy=False)
    )
    query = grouped(query, [column("held_out", "handed"), column("there"), column("value")], [])
    groups: dict[bool, dict[float, int]] = {False: {}, True: {}}
    gone = {False: 0, True: 0}
    for held_out, known, found, count in engine.rows(query, job, {_KEYS: _table(keys)}):
        if known:
            groups[held_out][float(found)] = int(count)
        else:
            gone[held_out] += int(count)
    return Measured(Counted(groups[False], gone[False]), Counted(groups[True], gone[True]))


def _same(alias: str) -> exp.Expr:
    """The keys are compared as texts: a shop's may be numbers in one year and texts in another."""
    now = exp.cast(column("member", alias), exp.DType.VARCHAR)
    return exp.EQ(this=column("member", "handed"), expression=now)


def _table(keys: Keys) -> pa.Table:
    pieces = [
        pa.table(
            {
                "member": each.cast(pa.string()),
                "held_out": pa.array([held_out] * len(each), pa.bool_()),
            }
        )
        for held_out, each in keys
    ]
    empty = pa.table({"member": pa.array([], pa.string()), "held_out": pa.array([], pa.bool_())})
    return pa.concat_tables(pieces) if pieces else empty
