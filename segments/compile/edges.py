"""First, last, nth and last-N records of each member: a boolean expression on a member key.

Where only the time of the very first or last is asked, it is a minimum or maximum. Otherwise the
records are numbered in time order, and those at their places tested. Start at `edged`.
"""

from collections.abc import Sequence

from sqlglot import exp

from segments.catalogue import Event, Type
from segments.compile.levels import Shop, Source, only_of_parts, source
from segments.compile.near import near_rows
from segments.compile.nodes import (
    column,
    grouped,
    in_query,
    literal,
    named,
    select,
    where,
    within,
)
from segments.definition import Edge, Near, Reach, Records, Which
from segments.windows import stretches


def edged(key: exp.Expr, edge: Edge, shop: Shop) -> exp.Expr:
    """The member's chosen records lie in the window and have what is asked of them."""
    fixed = edge.when is not None and not isinstance(edge.when, Near)
    if edge.number == 1 and not edge.having and fixed:
        return in_query(key, _outermost(edge, shop))
    member = column("member")
    tested = [each.attribute for each in edge.having]
    chosen: exp.Expr = numbered(edge.records, edge.which, tested, shop)
    if isinstance(edge.when, Near):
        chosen = near_rows(chosen, edge.when, shop.catalogue, shop.ceiling)
    passing = where(select(chosen, [member]), [_placed(edge), *_asked(edge, shop)])
    if edge.reach is Reach.ALL:
        as_many = exp.EQ(this=exp.Count(this=exp.Star(), big_int=True), expression=_number(edge))
        passing = grouped(passing, [member.copy()], [as_many])
    return in_query(key, passing)


def _outermost(edge: Edge, shop: Shop) -> exp.Select:
    rows = source(edge.records, shop)
    end = exp.Min if edge.which is Which.FIRST else exp.Max
    inside = _inside(edge, end(this=column("at")), shop)
    found = where(select(rows.table(), [column("member")]), rows.conditions())
    return grouped(found, [column("member")], inside)


def numbered(records: Records, which: Which, names: Sequence[str], shop: Shop) -> exp.Subquery:
    """The records to choose from, one row each, with those of the attributes that a record has, and
    their `place` in time order, from 1."""
    rows = source(records, shop)
    event = rows.event
    timed = exp.Not(this=exp.Is(this=column("at"), expression=exp.null()))
    own = [name for name in dict.fromkeys(names) if name in _own(event)]
    columns: list[exp.Expr] = [column(name) for name in ("member", "at", *_key(event), *own)]
    place = exp.Window(
        this=exp.RowNumber(),
        partition_by=[column("member")],
        order=exp.Order(expressions=_order(which, event)),
    )
    columns.append(exp.alias_(place, "place", quoted=True))
    found = select(rows.of_records(), columns)
    return named(where(found, [timed, *let_through(rows)]), "numbered")


def _order(which: Which, event: Event) -> list[exp.Expr]:
    """By time; those of one time by their keys, or else by their values, so that it is the same
    one each time."""
    falling = which is Which.LAST
    ties = _key(event) or [n for n in _own(event) if event.attributes[n].type is not Type.LIST]
    # No time is null here; this order of nulls is the one that every engine can say.
    return [
        exp.Ordered(this=column(name), desc=falling, nulls_first=not falling)
        for name in ("at", *ties)
    ]


def _asked(edge: Edge, shop: Shop) -> list[exp.Expr]:
    alone = source(Records(edge.records.event, edge.having), shop)
    found = let_through(alone, capped=False) if edge.having else []
    return [*_inside(edge, column("at"), shop), *found]


def let_through(rows: Source, *, capped: bool = True) -> list[exp.Expr]:
    """The conditions on a row of a record: those on its parts are met by one of them."""
    conditions = rows.conditions() if capped else rows.filters()
    if not rows.of_parts:
        return conditions
    return [in_query(column("record"), where(select(rows.table(), [column("record")]), conditions))]


def _placed(edge: Edge) -> exp.Expr:
    test = exp.EQ if edge.reach is Reach.NTH else exp.LTE
    return test(this=column("place"), expression=_number(edge))


def _inside(edge: Edge, moment: exp.Expr, shop: Shop) -> list[exp.Expr]:
    if edge.when is None or isinstance(edge.when, Near):
        return []
    return within(moment, stretches(edge.when, shop.as_of))


def _number(edge: Edge) -> exp.Expr:
    return literal(edge.number)


def _key(event: Event) -> list[str]:
    return ["record"] if event.record else []


def _own(event: Event) -> list[str]:
    """The attributes that a record has values of."""
    return [a.name for a in event.attributes.values() if not only_of_parts(a)]
