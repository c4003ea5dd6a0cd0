"""Groups of a member's records, and the value most of them have: expressions on a member key.

Start at `grouped_records` and `preferred`.
"""

from dataclasses import replace

from sqlglot import exp

from segments.compile.aggregates import (
    FUNCTION,
    ZERO_WITHOUT_RECORDS,
    by_group,
    count_all,
    fails,
    holding,
    number_of,
    passes,
    value_of_record,
)
from segments.compile.comparisons import compare, known, plain
from segments.compile.levels import Shop, Source, source
from segments.compile.nodes import (
    column,
    given,
    grouped,
    in_query,
    literal,
    named,
    select,
    unit_of,
    where,
)
from segments.compile.together import Together, together
from segments.definition import (
    EXISTS,
    RECORD,
    Aggregate,
    Favourite,
    Grouped,
    Kind,
    Measure,
    Records,
    Unit,
)
from segments.thresholds import holds
from segments.windows import as_of_day


def grouped_records(key: exp.Expr, condition: Grouped, shop: Shop) -> exp.Expr:
    """So many groups of the member's records hold all measures; members without any have 0."""
    groups = _groups(condition, shop)
    if condition.test == EXISTS:
        return in_query(key, groups)
    members = select(named(groups, "groups"), [column("member")])
    if holds(condition.test, 0):
        beyond = fails(count_all(), condition.test)
        return exp.Not(this=in_query(key, grouped(members, [column("member")], [beyond])))
    counted = plain(count_all(), condition.test)
    return in_query(key, grouped(members, [column("member")], [counted]))


def preferred(key: exp.Expr, favourite: Favourite, shop: Shop) -> exp.Expr:
    """A value that most of the member's records have, or that most went to, passes the test."""
    rows = source(favourite.records, shop, favourite.of, favourite.by)
    keys = ["member", favourite.of]
    one = _one_row_a_record(rows, favourite, keys) if rows.of_parts else None
    query = select(rows.table() if one is None else named(one, "records"), [])
    if one is None:
        query = where(query, [known(column(favourite.of)), *rows.conditions()])
    weight = column(favourite.by if one is None else "value") if favourite.by else None
    score = count_all() if weight is None else exp.Sum(this=weight)
    some_weight = [] if weight is None else [known(exp.Sum(this=weight.copy()))]
    order = exp.Ordered(this=score, desc=True, nulls_first=False)
    place = exp.Window(
        this=exp.Rank(),
        partition_by=[column("member")],
        order=exp.Order(expressions=[order]),
    )
    columns = [column(name) for name in keys]
    query.set("expressions", [*columns, exp.alias_(place, "place", quoted=True)])
    ranked = named(grouped(query, [column(name) for name in keys], some_weight), "ranked")
    attribute = rows.event.attributes[favourite.of]
    test = compare(column(favourite.of), attribute, favourite.test, as_of_day(shop.as_of))
    first = exp.EQ(this=column("place"), expression=literal(1))
    return in_query(key, where(select(ranked, [column("member")]), [first, test]))


def _one_row_a_record(rows: Source, favourite: Favourite, keys: list[str]) -> exp.Select:
    columns: list[exp.Expr] = [column(name) for name in keys]
    if favourite.by is not None:
        columns.append(exp.alias_(value_of_record(rows, favourite.by), "value", quoted=True))
    conditions = [known(column(favourite.of)), *rows.conditions()]
    query = where(select(rows.table(), columns), conditions)
    return grouped(query, [column(name) for name in (*keys, "record")], [])


def _groups(condition: Grouped, shop: Shop) -> exp.Select:
    """One row a member and group that holds all measures: in one pass where they are of one
    table."""
    aggregates = [each.aggregate for each in condition.having]
    measures = together(aggregates, shop, condition.by)
    if measures is not None:
        if _of_one_row_each(condition, measures):
            return _rows(condition, measures)
        every_group = all(_without_records(each) for each in condition.having)
        partless = every_group and measures.rows[0].of_parts  # a record without parts is a group
        if len(aggregates) > 1 and not partless:
            return _in_one_pass(condition, measures)
    return _side_by_side(condition, shop)


def _of_one_row_each(condition: Grouped, measures: Together) -> bool:
    """Whether each group is a record that has one row, and so each measure one number."""
    rows = measures.rows[0]
    return (
        condition.by == RECORD
        and RECORD not in rows.event.attributes
        and not rows.of_parts
        and all(
            each.aggregate.kind in FUNCTION and not _without_records(each)
            for each in condition.having
        )
    )


def _rows(condition: Grouped, measures: Together) -> exp.Select:
    conditions = [known(column(RECORD)), *measures.conditions()]
    for place, each in enumerate(condition.having):
        conditions += [*measures.own(place), plain(column(str(each.aggregate.of)), each.test)]
    return where(select(measures.rows[0].table(), [column("member")]), conditions)


def _in_one_pass(condition: Grouped, measures: Together) -> exp.Select:
    """Where a group that has no records of any measure passes, every group is looked at."""
    every_group = all(_without_records(each) for each in condition.having)
    group = _group(measures.rows[0], condition.by)
    having = []
    for place, (measure, rows) in enumerate(zip(condition.having, measures.rows, strict=True)):
        own = rows.conditions() if every_group else measures.own(place)
        if condition.by == RECORD and rows.of_parts and measure.aggregate.kind is Kind.COUNT:
            there = exp.Max(this=given(literal(1), own, literal(0)))
            having.append(plain(there, measure.test))
        else:
            having.append(holding(measure, rows, own))
    first = measures.rows[0]
    whole = replace(first, records=Records(first.event.name))
    conditions = whole.conditions() if every_group else measures.conditions()
    query = where(select(first.table(), [column("member")]), [known(group), *conditions])
    return grouped(query, [column("member"), group.copy()], having)


def _side_by_side(condition: Grouped, shop: Shop) -> exp.Select:
    """Each measure's groups are numbered by its place: those that pass it, or, where a group
    without such records passes, those that fail."""
    places = [(_side(measure, condition.by, shop), measure) for measure in condition.having]
    if len(places) == 1 and not _without_records(condition.having[0]):
        return _keys(places[0][0], ["member"])
    present = [place for place, each in enumerate(condition.having) if not _without_records(each)]
    sides = [_numbered(query, place) for place, (query, _) in enumerate(places)]
    if not present:
        events = dict.fromkeys(each.aggregate.records.event for each in condition.having)
        sides += [_numbered(_every_group(event, condition.by, shop), -1) for event in events]
    union = sides[0]
    joined: exp.Expr = union
    for side in sides[1:]:
        joined = exp.Union(this=joined, expression=side, distinct=False)
    rows = exp.Subquery(
        this=joined, alias=exp.TableAlias(this=exp.to_identifier("sides", quoted=True))
    )
    having = [
        exp.EQ(this=_times_there(place), expression=literal(1 if place in present else 0))
        for place in range(len(places))
    ]
    keys = [column("member"), column("grp")]
    return grouped(select(rows, [column("member")]), keys, having)


def _times_there(place: int) -> exp.Expr:
    here = exp.EQ(this=column("measure"), expression=literal(place))
    case = exp.Case(ifs=[exp.If(this=here, true=literal(1))], default=literal(0))
    return exp.Sum(this=case)


def _side(measure: Measure, by: str, shop: Shop) -> exp.Select:
    aggregate, test = measure.aggregate, measure.test
    rows, group = _grouped_by(aggregate.records, by, shop, aggregate.of)
    if _without_records(measure):
        having = [fails(number_of(aggregate, rows), test)]
    else:
        having = [passes(aggregate, rows, test)]
    return by_group(aggregate, rows, group, having)


def _every_group(event: str, by: str, shop: Shop) -> exp.Select:
    rows, group = _grouped_by(Records(event), by, shop, None)
    return by_group(Aggregate(Kind.COUNT, Records(event)), rows, group, [])


def _grouped_by(records: Records, by: str, shop: Shop, of: str | None) -> tuple[Source, exp.Expr]:
    rows = source(records, shop, of, by)
    return rows, _group(rows, by)


def _group(rows: Source, by: str) -> exp.Expr:
    if by in rows.event.attributes or by not in set(Unit):
        return column(by)
    return unit_of(column("at"), Unit(by))


def _without_records(measure: Measure) -> bool:
    """Whether a group that has none of the measure's records passes it."""
    return measure.aggregate.kind in ZERO_WITHOUT_RECORDS and holds(measure.test, 0)


def _numbered(query: exp.Select, place: int) -> exp.Select:
    query = _keys(query, ["member", "grp"])
    query.append("expressions", exp.alias_(literal(place), "measure", quoted=True))
    return query


def _keys(query: exp.Select, names: list[str]) -> exp.Select:
    query.set("expressions", [column(name) for name in names])
    return query
