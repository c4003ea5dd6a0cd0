"""The tables of a prepared shop as SELECTs over its sources.

In: a catalogue whose types are known and the opened sources. Out: sqlglot trees for `members`, for
each event `E` and, when it has parts, `E_parts`; their columns are told in docs/catalogue.md. Knows
nothing of files or connections. Start at `members` and `records`.
"""

from dataclasses import replace

from sqlglot import exp

from segments.catalogue import Attribute, Catalogue, Event, Type
from segments.catalogue_paths import parts_link
from segments.engine.casts import MONEY, Node, function
from segments.engine.columns import Shape, shape
from segments.engine.computed import JOINER
from segments.engine.joins import Rows
from segments.engine.sources import Sources
from segments.errors import Broken

MEMBERS = "members"
PLACE = "rowid"  # a member's place by rising key from 0: the number DuckDB gives each row
PARTS = "_parts"


def resolve(catalogue: Catalogue, sources: Sources) -> Catalogue:
    """Give the catalogue with the types that its file left to the data."""
    own = Rows(catalogue, sources, catalogue.table)
    fields = {name: _typed(field, own, own) for name, field in catalogue.fields.items()}
    events = {}
    for event in catalogue.events.values():
        rows = Rows(catalogue, sources, event.table)
        parts = Rows(catalogue, sources, event.parts) if event.parts else rows
        attributes = {name: _typed(each, rows, parts) for name, each in event.attributes.items()}
        events[event.name] = replace(event, attributes=attributes)
    return replace(catalogue, fields=fields, events=events)


def _typed(attribute: Attribute, rows: Rows, parts: Rows) -> Attribute:
    if attribute.part:
        return replace(attribute, type=parts.inferred(attribute.part, attribute), typed=True)
    type_ = rows.inferred(attribute.path or attribute.name, attribute)
    return replace(attribute, type=type_, typed=True)


def record_level(event: Event) -> tuple[Attribute, ...]:
    """Give the attributes that a record has a value of: its own, and sums over its parts."""
    return tuple(a for a in event.attributes.values() if a.path or a.additive)


def part_level(event: Event) -> tuple[Attribute, ...]:
    """Give the attributes that a part has a value of."""
    return tuple(a for a in event.attributes.values() if a.part)


def members(catalogue: Catalogue, sources: Sources, *, unique: bool) -> exp.Select:
    """Give one row a member. Where the key is not unique, a field is its latest known value by the
    time of an event on that table; without one, the greatest."""
    rows = Rows(catalogue, sources, catalogue.table)
    key = rows.key(catalogue.key)
    values = {
        name: rows.value(field.path or name, field.type) for name, field in catalogue.fields.items()
    }
    clock = next(
        (e for e in catalogue.events.values() if e.table == catalogue.table and e.time), None
    )
    if not unique and values and clock:
        when = rows.value(clock.time or "", Type.TIME)
        values = {name: _latest(value, when) for name, value in values.items()}
    elif not unique:
        values = {name: function("max", value) for name, value in values.items()}
    select = rows.select(_as(key, "member"), *(_as(value, name) for name, value in values.items()))
    select = select.where(_known(key), copy=False)
    if not unique:
        select = select.group_by(key.copy(), copy=False)
    return select.order_by(exp.column("member", quoted=True), copy=False)


def kept(rows: Rows, event: Event) -> list[Node]:
    """Give the conditions that make a source row one of the event's."""
    conditions: list[Node] = []
    for path, codes in event.keep.items():
        conditions.append(_one_of(rows, path, codes))
    for path, codes in event.drop.items():
        found = exp.Coalesce(this=_one_of(rows, path, codes), expressions=[exp.false()])
        conditions.append(exp.Not(this=found))
    return conditions


def _one_of(rows: Rows, path: str, codes: tuple[str, ...]) -> Node:
    value = rows.value(path, Type.TEXT)
    return exp.In(this=value, expressions=[exp.Literal.string(code) for code in codes])


def records(
    catalogue: Catalogue, sources: Sources, event: Event, *, shared: bool = False
) -> exp.Select:
    """Give one row a record, in time order. Where some records are `shared` by several members,
    what each of them has of one is a record of its own."""
    if event.parts == event.table:
        select = _grouped(catalogue, sources, event, shared=shared)
    else:
        select = _single(catalogue, sources, event)
    return _in_time_order(select, event)


def parts(
    catalogue: Catalogue, sources: Sources, event: Event, *, shared: bool = False
) -> exp.Select:
    """Give one row a part, in time order, with what its record knows. Reads the table of records,
    which is made first."""
    link = parts_link(catalogue.tables, event) or event.record or ""
    rows = Rows(catalogue, sources, event.parts or "")
    record = rows.key(link, _record_type(catalogue, sources, event))
    own = {a.name: rows.value(a.part or "", a.type) for a in part_level(event)}
    conditions = []
    if event.parts == event.table:  # a line of nobody known is no part of another's record
        member = _member(catalogue, sources, rows, event)
        record = _own_record(record, member, shared=shared)
        conditions = [*kept(rows, event), exp.EQ(this=member, expression=_of_record("member"))]
    other = [a.name for a in record_level(event) if a.name not in own]
    timed = ["at"] if event.time else []
    select = rows.select(
        *(_as(_of_record(name), name) for name in ("record", "member", *timed)),
        *(_as(value, name) for name, value in own.items()),
        *(_as(_of_record(name), name) for name in other),
    )
    on = exp.EQ(this=record, expression=_of_record("record"))
    table = exp.table_(event.name, quoted=True, alias="e")
    select.append("joins", exp.Join(this=table, on=on))
    return _in_time_order(select.where(*conditions, copy=False), event)


def _single(catalogue: Catalogue, sources: Sources, event: Event) -> exp.Select:
    rows = Rows(catalogue, sources, event.table)
    chosen = {"member": _member(catalogue, sources, rows, event)}
    if event.time:
        chosen["at"] = rows.value(event.time, Type.TIME)
    if event.record:
        chosen["record"] = rows.key(event.record)
    summed = [a for a in record_level(event) if not a.path]
    for attribute in record_level(event):
        if attribute.path:
            chosen[attribute.name] = rows.value(attribute.path, attribute.type)
        else:
            chosen[attribute.name] = exp.column(attribute.name, table="p", quoted=True)
    conditions = [*kept(rows, event), _is_member(chosen["member"])]
    select = rows.select(*(_as(value, name) for name, value in chosen.items()))
    if summed:
        totals = _totals(catalogue, sources, event, summed).subquery("p", copy=False)
        key = exp.column("record", table="p", quoted=True)
        on = exp.EQ(this=chosen["record"].copy(), expression=key)
        select.append("joins", exp.Join(this=totals, side="LEFT", on=on))
    return select.where(*conditions, copy=False)


def _totals(
    catalogue: Catalogue, sources: Sources, event: Event, summed: list[Attribute]
) -> exp.Select:
    rows = Rows(catalogue, sources, event.parts or "")
    link = parts_link(catalogue.tables, event) or ""
    key = rows.key(link, _record_type(catalogue, sources, event))
    sums = [_as(_sum(rows, attribute), attribute.name) for attribute in summed]
    return rows.select(_as(key, "record"), *sums).group_by(key.copy(), copy=False)


def _own_record(record: Node, member: Node, *, shared: bool) -> Node:
    """The key of a record; of the member's share in it where records are shared."""
    if not shared:
        return record
    both = [exp.cast(each.copy(), exp.DType.VARCHAR) for each in (record, member)]
    return exp.DPipe(
        this=exp.DPipe(this=both[0], expression=exp.Literal.string(JOINER)), expression=both[1]
    )


def of_members(catalogue: Catalogue, sources: Sources, event: Event) -> exp.Select:
    """Give how many source rows of an event are of members, and how many there are."""
    rows = Rows(catalogue, sources, event.table)
    theirs = function("count_if", _is_member(_member(catalogue, sources, rows, event)))
    conditions = kept(rows, event)
    return rows.select(theirs, exp.Count(this=exp.Star())).where(*conditions, copy=False)


def shared_records(catalogue: Catalogue, sources: Sources, event: Event) -> exp.Select:
    """Give one row a record of a source that has only lines which belongs to several members."""
    rows = Rows(catalogue, sources, event.table)
    member = _member(catalogue, sources, rows, event)
    record = rows.key(event.record or "")
    conditions = [*kept(rows, event), _is_member(member), _known(record)]
    select = rows.select(_as(record, "record")).where(*conditions, copy=False)
    several = exp.NEQ(this=function("min", member), expression=function("max", member))
    return select.group_by(record.copy(), copy=False).having(several, copy=False)


def _grouped(catalogue: Catalogue, sources: Sources, event: Event, *, shared: bool) -> exp.Select:
    """Give the records of a source that has only lines: member, time and own values are the least
    of the lines'."""
    rows = Rows(catalogue, sources, event.table)
    member = _member(catalogue, sources, rows, event)
    record = _own_record(rows.key(event.record or ""), member, shared=shared)
    chosen = {"member": function("min", member)}
    if event.time:
        chosen["at"] = function("min", rows.value(event.time, Type.TIME))
    chosen["record"] = record
    for attribute in record_level(event):
        if attribute.path:
            value = function("min", rows.value(attribute.path, attribute.type))
        else:
            value = _sum(rows, attribute)
        chosen[attribute.name] = value
    conditions = [*kept(rows, event), _is_member(member), _known(record)]
    select = rows.select(*(_as(value, name) for name, value in chosen.items()))
    return select.where(*conditions, copy=False).group_by(record.copy(), copy=False)


def _sum(rows: Rows, attribute: Attribute) -> Node:
    path = attribute.part or ""
    total = function("sum", rows.value(path, attribute.type))
    if attribute.type is Type.MONEY:
        return exp.Cast(this=total, to=exp.DataType.build(MONEY, dialect="duckdb"))
    if shape(rows.column(path)[1]) is Shape.WHOLE:  # DuckDB sums whole numbers as HUGEINT
        return exp.TryCast(this=total, to=exp.DataType.build("BIGINT", dialect="duckdb"))
    return total


def _member(catalogue: Catalogue, sources: Sources, rows: Rows, event: Event) -> Node:
    kept_type = Rows(catalogue, sources, catalogue.table).kept(catalogue.key)
    return rows.key(event.member, kept_type)


def _record_type(catalogue: Catalogue, sources: Sources, event: Event) -> str:
    if event.record is None:
        message = f"{event.name} has parts and no record"
        raise Broken(message)
    return Rows(catalogue, sources, event.table).kept(event.record)


def _is_member(member: Node) -> Node:
    known = exp.select(exp.column("member", quoted=True)).from_(exp.table_(MEMBERS, quoted=True))
    return exp.In(this=member.copy(), query=known.subquery(copy=False))


def _latest(value: Node, when: Node) -> Node:
    """Give the value known last; of two known at one time, the greater."""
    return function("arg_max", value, function("row", when, value))


def _in_time_order(select: exp.Select, event: Event) -> exp.Select:
    keys = ["at", "member"] if event.time else ["member"]
    return select.order_by(*(exp.column(key, quoted=True) for key in keys), copy=False)


def _of_record(name: str) -> exp.Column:
    return exp.column(name, table="e", quoted=True)


def _known(value: Node) -> Node:
    return exp.Not(this=exp.Is(this=value.copy(), expression=exp.null()))


def _as(value: Node, name: str) -> exp.Alias:
    return exp.Alias(this=value.copy(), alias=exp.to_identifier(name, quoted=True))
