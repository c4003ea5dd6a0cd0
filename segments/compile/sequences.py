"""Records that follow each other: a boolean expression on a member key.

From its last step on: each place keeps the records from which the rest is found, so that the next
join, by member and time, has only those; the joins can repeat a record, which a set of keys does
not mind. A step that is absent finds nothing in an outer join. Start at `sequenced`.
"""

from collections.abc import Collection
from datetime import timedelta

from sqlglot import exp

from segments.compile.comparisons import known
from segments.compile.levels import Shop, Source, source
from segments.compile.nodes import (
    column,
    every,
    grouped,
    in_query,
    later,
    literal,
    named,
    select,
    where,
)
from segments.definition import Records, Sequence, Step, Which, Within
from segments.windows import DAYS, MONTHS


def sequenced(key: exp.Expr, sequence: Sequence, shop: Shop) -> exp.Expr:
    """The member has a start record from which each step finds its record, or lacks it."""
    return in_query(key, _found(sequence, 0, [column("member", "s0")], shop))


def _found(sequence: Sequence, place: int, columns: list[exp.Expr], shop: Shop) -> exp.Select:
    """The records at a place of the sequence (0 is its start) from which the rest is found."""
    before = sequence.steps[place - 1].same if place else ()
    step = sequence.steps[place]
    names = dict.fromkeys((*before, *step.same))
    if place:
        rows = timed(sequence.steps[place - 1].records, names, shop)
    else:
        rows = _start(sequence.start, sequence.which, names, shop)
    query = select(named(rows, f"s{place}"), columns)
    tied = every(ties(step, place + 1))
    join = exp.Join(this=named(_next(sequence, place + 1, shop), f"s{place + 1}"), on=tied)
    query.append("joins", join)
    if not step.absent:
        return query
    join.set("side", "LEFT")
    lacking = exp.Is(this=column("member", f"s{place + 1}"), expression=exp.null())
    return where(query, [*_over(step, place + 1, shop), lacking])


def _next(sequence: Sequence, place: int, shop: Shop) -> exp.Select:
    """The records that the step to this place can find. Where it may be any time off, the one that
    is furthest off is found when any is."""
    step = sequence.steps[place - 1]
    names = dict.fromkeys(("member", "at", *step.same))
    if place == len(sequence.steps):
        found = timed(step.records, step.same, shop)
    else:
        found = _found(sequence, place, [column(name, f"s{place}") for name in names], shop)
        found = found.distinct(copy=False)
    return found if step.within else _outermost(found, step.same, latest=not step.before)


def _outermost(rows: exp.Select, names: Collection[str], *, latest: bool) -> exp.Select:
    """The latest or the earliest time of a member's rows with the same names."""
    end = exp.Max if latest else exp.Min
    keys = dict.fromkeys(("member", *names))
    moment = exp.alias_(end(this=column("at")), "at", quoted=True)
    query = select(named(rows, "found"), [*(column(name) for name in keys), moment])
    return grouped(query, [column(name) for name in keys], [])


def _start(records: Records, which: Which | None, names: Collection[str], shop: Shop) -> exp.Select:
    rows = timed(records, names, shop)
    if which is None:
        return rows
    if not names:
        return _outermost(rows, (), latest=which is Which.LAST)
    kept = [each.copy() for each in rows.expressions]
    order = exp.Ordered(this=column("at"), desc=which is Which.LAST, nulls_first=False)
    place = exp.Window(
        this=exp.Rank(),
        partition_by=[column("member")],
        order=exp.Order(expressions=[order]),
    )
    rows.append("expressions", exp.alias_(place, "place", quoted=True))
    first = exp.EQ(this=column("place"), expression=literal(1))
    return where(select(named(rows, "placed"), kept), [first])


def timed(records: Records, names: Collection[str], shop: Shop) -> exp.Select:
    """The rows of the records that have a time, with the attributes that tie a step to another."""
    rows: Source = source(records, shop, *names)
    columns = [column(name) for name in dict.fromkeys(("member", "at", *names))]
    return where(select(rows.table(), columns), [known(column("at")), *rows.conditions()])


def ties(step: Step, place: int) -> list[exp.Expr]:
    """What the step asks of the record at a place, `s1`, and of the one before it, `s0`."""
    one, other = f"s{place - 1}", f"s{place}"
    sooner, after = (other, one) if step.before else (one, other)
    found: list[exp.Expr] = [
        exp.EQ(this=column(name, other), expression=column(name, one))
        for name in ("member", *step.same)
    ]
    found.append(exp.GT(this=column("at", after), expression=column("at", sooner)))
    if step.within is not None:
        latest = later(column("at", sooner), step.within)
        found.append(exp.LTE(this=column("at", after), expression=latest))
    return found


def _over(step: Step, place: int, shop: Shop) -> list[exp.Expr]:
    """The time in which the record could come is over: before the as-of instant, or the ceiling."""
    if step.within is None or step.before:
        return []
    end = shop.as_of if shop.ceiling is None else min(shop.as_of, shop.ceiling)
    moment = column("at", f"s{place - 1}")
    if step.within.unit in MONTHS:  # of several lengths
        return [exp.LT(this=later(moment, step.within), expression=literal(end))]
    return [exp.LT(this=moment, expression=literal(end - _length(step.within)))]


def _length(within: Within) -> timedelta:
    if within.unit in DAYS:
        return timedelta(days=within.count * DAYS[within.unit])
    return timedelta(hours=within.count)
