"""Why one member passes a definition or does not: outcomes, and the records that decide.

In: conditions and a member's key. Out: sqlglot trees over that member's rows, from the same parts
as the selection itself, so that the reasons cannot differ from it. Start at `compile_outcomes`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlglot import exp

from segments.catalogue import Catalogue, Type
from segments.compile.aggregates import by_member, count_all, score_of
from segments.compile.closeness import Sets, place, portrait
from segments.compile.companies import number_there
from segments.compile.edges import let_through
from segments.compile.followers import one_by_one
from segments.compile.levels import Shop, only_of_parts, source
from segments.compile.members import ALIAS, condition_of, keys_of, whose
from segments.compile.nodes import column, literal, named, select, table, where
from segments.compile.scores import scores
from segments.definition import (
    SCORES,
    Aggregate,
    Condition,
    Followed,
    Jointly,
    People,
    Records,
    Similar,
)
from segments.rewrites import simplify

Instants = tuple[datetime, datetime | None]  # the as-of instant and the ceiling

USUAL = ("product", "campaign", "query", "topic", "amount", "channel")  # roles told of a record
MOST = 5  # attributes told of a record


def compile_outcomes(
    conditions: Sequence[Condition], key: str | int, catalogue: Catalogue, instants: Instants
) -> exp.Select:
    """One row with a boolean for each condition, in their order; no row when there is no such
    member. The conditions have no problem with the catalogue."""
    shop = Shop(catalogue, *instants)
    members = exp.alias_(table("members"), ALIAS, table=True, quoted=True)
    outcomes: list[exp.Expr] = [
        exp.alias_(
            exp.Coalesce(this=condition_of(simplify(each), shop), expressions=[exp.false()]),
            f"outcome{place}",
            quoted=True,
        )
        for place, each in enumerate(conditions)
    ]
    own = exp.EQ(this=column("member", ALIAS), expression=literal(key))
    return where(select(members, [column("member", ALIAS), *outcomes]), [own])


def compile_number(
    aggregate: Aggregate, key: str | int, catalogue: Catalogue, instants: Instants
) -> exp.Select:
    """The member's number, in one row; no row when they have no such records."""
    rows = source(aggregate.records, Shop(catalogue, *instants), aggregate.of)
    if aggregate.kind in SCORES:
        everyone = named(scores(aggregate, rows), "scores")
        return where(select(everyone, [column("score")]), [_of(key)])
    query = by_member(aggregate, rows, [_of(key)], [])
    query.set("expressions", [score_of(aggregate, rows)])
    return query


def compile_people(
    people: People, key: str | int, catalogue: Catalogue, instants: Instants
) -> exp.Select:
    """How many of the members with the member's own value there are, and how many of them are among
    those of the condition, in one row."""
    shop = Shop(catalogue, *instants)
    members = exp.alias_(table("members"), ALIAS, table=True, quoted=True)
    whom = exp.Filter(
        this=count_all(),
        expression=exp.Where(this=condition_of(simplify(people.who), shop)),
    )
    own = exp.Subquery(this=compile_field(people.by, key))
    same = exp.EQ(this=column(people.by, ALIAS), expression=own)
    return where(select(members, [count_all(), whom]), [same])


def compile_alike(
    similar: Similar, key: str | int, catalogue: Catalogue, instants: Instants
) -> tuple[exp.Select, exp.Select]:
    """A row for each thing that members are compared by: its name, the member's own value, the
    average of the group; and the member's place among those outside it, with how many they are."""
    shop = Shop(catalogue, *instants)

    def sets() -> Sets:
        among = None if similar.among is None else keys_of(simplify(similar.among), shop)
        return Sets(keys_of(simplify(similar.to), shop), among)

    return portrait(key, sets(), shop), place(key, sets(), shop)


def compile_followed(
    followed: Followed, key: str | int, catalogue: Catalogue, instants: Instants
) -> tuple[tuple[str, ...], exp.Select]:
    """The names of what is told of each chosen record beside its time, and a row for each: its
    time, those, and the time of the record that was found from it, or null."""
    return one_by_one(followed, literal(key), Shop(catalogue, *instants))


def compile_joint(
    joint: Jointly, key: str | int, catalogue: Catalogue, instants: Instants
) -> exp.Select:
    """The number of those who share the member's own value, in one row; no row when they have no
    such records."""
    shop = Shop(catalogue, *instants)
    own = exp.Subquery(this=compile_field(joint.by, key))
    there = exp.EQ(this=column(joint.by, ALIAS), expression=own)
    return number_there(joint, whose(joint, shop, [there]), shop)


def compile_records(
    records: Records, key: str | int, catalogue: Catalogue, instants: Instants, most: int
) -> tuple[tuple[str, ...], exp.Select]:
    """The member's newest records of these: the names of the columns, and a select of at most so
    many rows. `at` comes first where the event has a time; a record whose parts are looked at
    stands there once for each part that passes."""
    names, attributes = _told(records, catalogue), catalogue.events[records.event].attributes
    parted = (name for name in names if only_of_parts(attributes[name]))
    rows = source(records, Shop(catalogue, *instants), *parted)
    told = (*(("at",) if rows.event.time is not None else ()), *names)
    conditions = rows.conditions() if rows.of_parts else let_through(rows)
    query = where(select(rows.table(), [column(name) for name in told]), [*conditions, _of(key)])
    if not told:
        query.set("expressions", [column("member")])
    if "at" in told:
        order = exp.Ordered(this=column("at"), desc=True, nulls_first=False)
        query.set("order", exp.Order(expressions=[order]))
    return told, query.limit(most, copy=False)


def without_window(records: Records) -> Records:
    """The same records at any time."""
    return replace(records, window=None)


def _told(records: Records, catalogue: Catalogue) -> tuple[str, ...]:
    """What is told of a record: what it was chosen by, its amount and what it was of; nothing
    sensitive."""
    event = catalogue.events[records.event]
    asked = [each.attribute for each in records.filters if each.attribute in event.attributes]
    usual = [a.name for role in USUAL if (a := event.by_role(role)) is not None]
    chosen = {name: event.attributes[name] for name in (*asked, *usual)}
    told = (n for n, each in chosen.items() if each.type is not Type.LIST and not each.sensitive)
    return tuple(told)[:MOST]


def _of(key: str | int) -> exp.Expr:
    return exp.EQ(this=column("member"), expression=literal(key))


def compile_key(written: str) -> exp.Select:
    """The key of the member whose key is written so, in the type that the shop has it in."""
    as_text = exp.cast(column("member"), exp.DType.TEXT)
    found = exp.EQ(this=as_text, expression=literal(written))
    return where(select(table("members"), [column("member")]), [found])


def compile_field(field: str, key: str | int) -> exp.Select:
    """The member's own value of a field, in one row."""
    return where(select(table("members"), [column(field)]), [_of(key)])
