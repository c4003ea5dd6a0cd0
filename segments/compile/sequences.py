"""Records that follow each other: a boolean expression on a member key.

Each step is joined to the one before by member and time; the joins can repeat a member, which a set
of keys does not mind. A step that is absent is NOT EXISTS. Start at `sequenced`.
"""

from collections.abc import Iterable

from sqlglot import exp

from segments.compile.comparisons import known
from segments.compile.levels import Shop, Source, source
from segments.compile.nodes import (
    column,
    every,
    in_query,
    literal,
    named,
    select,
    where,
)
from segments.definition import Records, Sequence, Step, Which, Within
from segments.windows import DAYS, MONTHS


def sequenced(key: exp.Expr, sequence: Sequence, shop: Shop) -> exp.Expr:
    """The member has a start record from which each step finds its record, or lacks it."""
    after_start = sequence.steps[0].same
    start = _start(sequence.start, sequence.which, after_start, shop)
    query = select(named(start, "s0"), [column("member", "s0")])
    conditions: list[exp.Expr] = []
    for place, step in enumerate(sequence.steps, 1):
        following = sequence.steps[place].same if place < len(sequence.steps) else ()
        names = dict.fromkeys((*step.same, *following))
        rows = named(_timed(step.records, names, shop), f"s{place}")
        ties = _ties(step, place)
        if step.absent:
            found = where(select(rows, [literal(1)]), ties)
            conditions.append(exp.Not(this=exp.Exists(this=found)))
            conditions += _over(step, place, shop)
        else:
            query.append("joins", exp.Join(this=rows, on=every(ties)))
    return in_query(key, where(query, conditions))


def _start(records: Records, which: Which | None, names: Iterable[str], shop: Shop) -> exp.Select:
    rows = _timed(records, names, shop)
    if which is None:
        return rows
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


def _timed(records: Records, names: Iterable[str], shop: Shop) -> exp.Select:
    """The rows of the records that have a time, with the attributes that tie a step to another."""
    rows: Source = source(records, shop, *names)
    columns = [column(name) for name in dict.fromkeys(("member", "at", *names))]
    return where(select(rows.table(), columns), [known(column("at")), *rows.conditions()])


def _ties(step: Step, place: int) -> list[exp.Expr]:
    one, other = f"s{place - 1}", f"s{place}"
    earlier, later = (other, one) if step.before else (one, other)
    found: list[exp.Expr] = [
        exp.EQ(this=column(name, other), expression=column(name, one))
        for name in ("member", *step.same)
    ]
    found.append(exp.GT(this=column("at", later), expression=column("at", earlier)))
    if step.within is not None:
        latest = _later(column("at", earlier), step.within)
        found.append(exp.LTE(this=column("at", later), expression=latest))
    return found


def _over(step: Step, place: int, shop: Shop) -> list[exp.Expr]:
    """The time in which the record could come is over: before the as-of instant, or the ceiling."""
    if step.within is None or step.before:
        return []
    end = shop.as_of if shop.ceiling is None else min(shop.as_of, shop.ceiling)
    latest = _later(column("at", f"s{place - 1}"), step.within)
    return [exp.LT(this=latest, expression=literal(end))]


def _later(moment: exp.Expr, within: Within) -> exp.Expr:
    if within.unit in MONTHS:
        count, unit = within.count * MONTHS[within.unit], "MONTH"
    elif within.unit in DAYS:
        count, unit = within.count * DAYS[within.unit], "DAY"
    else:
        count, unit = within.count, "HOUR"
    distance = exp.Interval(this=exp.Literal.string(str(count)), unit=exp.var(unit))
    return exp.Add(this=moment, expression=distance)
