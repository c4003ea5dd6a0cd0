"""The tree of a definition as one select of member keys.

`SELECT m.member FROM members AS m WHERE …`: fields are tested on the row, conditions on events are
key sets. Start at `compile_members`.
"""

from collections.abc import Sequence
from datetime import datetime, time
from typing import assert_never

import sqlglot
from sqlglot import exp

from segments.anniversaries import spells
from segments.audiences import KeyList, Segment
from segments.catalogue import Catalogue, Type
from segments.check import check
from segments.compile.aggregates import count_all, fails
from segments.compile.closeness import Sets, nearest
from segments.compile.companies import KEY, VALUE, summed
from segments.compile.comparing import compared, shared
from segments.compile.comparisons import compare, known, plain
from segments.compile.distances import distant
from segments.compile.edges import edged
from segments.compile.followers import followed
from segments.compile.gaps import overdue, spaced
from segments.compile.groups import grouped_records, preferred
from segments.compile.keysets import in_one_pass, measured, passed, ranked
from segments.compile.levels import Shop
from segments.compile.nodes import (
    as_listed,
    column,
    day_of_year,
    every,
    grouped,
    in_one,
    in_query,
    is_key_set,
    literal,
    named,
    negated,
    select,
    some,
    table,
    where,
    within,
)
from segments.compile.norms import among_all
from segments.compile.sequences import sequenced
from segments.definition import (
    EXISTS,
    All,
    Anniversary,
    Any,
    Audience,
    Comparison,
    Condition,
    DateField,
    Distance,
    Edge,
    Favourite,
    Field,
    Followed,
    Gap,
    Grouped,
    Jointly,
    Measure,
    Norm,
    Not,
    OfEvents,
    Overdue,
    People,
    Rank,
    Share,
    Similar,
)
from segments.definition import Sequence as Ordered
from segments.errors import Broken, Shown
from segments.rewrites import simplify
from segments.thresholds import holds
from segments.windows import as_of_day, field_stretches

ALIAS = "m"


def compile_members(
    condition: Condition, catalogue: Catalogue, as_of: datetime, ceiling: datetime | None = None
) -> exp.Select:
    """A select with the one column `member`, each member once, in no order. With a ceiling no event
    at or after it counts, in whatever window. Raises Shown with all problems of the definition."""
    return _chosen([column("member", ALIAS)], condition, Shop(catalogue, as_of, ceiling))


def compile_count(
    condition: Condition, catalogue: Catalogue, as_of: datetime, ceiling: datetime | None = None
) -> exp.Select:
    """A select of one row with the one column `members`: how many there are."""
    count = exp.alias_(exp.Count(this=exp.Star(), big_int=True), "members", quoted=True)
    return _chosen([count], condition, Shop(catalogue, as_of, ceiling))


def compile_each(
    condition: Condition, catalogue: Catalogue, as_of: datetime, ceiling: datetime | None = None
) -> tuple[tuple[Condition, exp.Select], ...]:
    """The conditions a person sees, left to right, each with the select of its own members: the
    parts of groups, however deep, where a negation stays with what it negates."""
    return tuple(
        (part, compile_members(part, catalogue, as_of, ceiling)) for part in parts(condition)
    )


def parts(condition: Condition) -> tuple[Condition, ...]:
    """The conditions that are no group; `Not` is one condition with what it negates."""
    match condition:
        case All(inner) | Any(inner):
            return tuple(part for each in inner for part in parts(each))
        case _:
            return (condition,)


def to_sql(select: exp.Select, dialect: str = "duckdb", *, pretty: bool = True) -> str:
    """The text for an engine, by sqlglot's name of its dialect. Raises Broken when the dialect has
    no words for a part of it, rather than text that means something else."""
    try:
        return select.sql(
            dialect=dialect, pretty=pretty, unsupported_level=sqlglot.ErrorLevel.RAISE
        )
    except sqlglot.UnsupportedError as error:
        raise Broken(str(error)) from error


def _chosen(columns: list[exp.Expr], condition: Condition, shop: Shop) -> exp.Select:
    problems = check(condition, shop.catalogue)
    if problems:
        raise Shown(*problems)
    return _select(columns, simplify(condition), shop)


def _select(columns: list[exp.Expr], condition: Condition, shop: Shop) -> exp.Select:
    asked = condition_of(condition, shop)
    conditions = list(asked.flatten(unnest=False)) if isinstance(asked, exp.And) else [asked]
    members = _first_key_set(conditions)
    if members is None:
        source = exp.alias_(table("members"), ALIAS, table=True, quoted=True)
    else:
        conditions.remove(members)
        keys = members.args["query"].this
        source = named(keys if _of_each_once(keys) else keys.distinct(copy=False), ALIAS)
    return where(select(source, columns), [_without(each) for each in conditions])


def _first_key_set(conditions: list[exp.Expr]) -> exp.In | None:
    """Where nothing but the member's key is asked for, and once that it is in a set of keys: that
    set, which holds members alone and so can stand for them."""
    sets = [each.this if isinstance(each, exp.Not) else each for each in conditions]
    if not all(is_key_set(each) for each in sets):
        return None
    members = (each for each in conditions if isinstance(each, exp.In) and _of_members(each))
    return next(members, None)


def _of_members(keys: exp.In) -> bool:
    """Not a list's entries, which need not be members."""
    return _name(keys) == "member"


def _name(keys: exp.In) -> str:
    return str(keys.args["query"].this.named_selects[0])


def _of_each_once(keys: exp.Select) -> bool:
    group = keys.args.get("group")
    return group is not None and group.expressions == [column("member")]


def _without(condition: exp.Expr) -> exp.Expr:
    """Not in a set of keys as NOT EXISTS: engines plan NOT IN for keys that might be unknown."""
    if not isinstance(condition, exp.Not) or not is_key_set(condition.this):
        return condition
    keys = condition.this.args["query"].this
    same = exp.EQ(this=column(_name(condition.this), "k"), expression=condition.this.this)
    return exp.Not(this=exp.Exists(this=where(select(named(keys, "k"), [literal(1)]), [same])))


def condition_of(condition: Condition, shop: Shop) -> exp.Expr:
    """The boolean expression on a row of members, called `ALIAS`; it may be unknown. The condition
    is simplified and has no problem with the catalogue."""
    match condition:
        case All(inner):
            return every(_all(inner, shop))
        case Any(inner):
            return some(condition_of(part, shop) for part in inner)
        case Not(part):
            return negated(condition_of(part, shop))
        case Field(name, test):
            attribute = shop.catalogue.fields[name]
            return compare(column(name, ALIAS), attribute, test, as_of_day(shop.as_of))
        case DateField():
            return _dated(condition, shop)
        case Anniversary():
            return _returning(condition, shop)
        case Audience():
            return _kept(condition, shop)
        case People():
            return _together(condition, shop)
        case Similar(to, among=among):
            others = None if among is None else keys_of(among, shop)
            return nearest(
                column("member", ALIAS), condition, Sets(keys_of(to, shop), others), shop
            )
        case Jointly(by):
            return summed(column(by, ALIAS), condition, whose(condition, shop), shop)
        case Distance():
            return distant(condition, shop.catalogue, ALIAS)
        case _:
            return _of_events(condition, shop)


def _all(parts: tuple[Condition, ...], shop: Shop) -> list[exp.Expr]:
    once = in_one_pass(parts, shop)
    conditions = [passed(column("member", ALIAS), once, shop)] if once else []
    return conditions + [condition_of(part, shop) for part in parts if part not in once]


def _of_events(condition: OfEvents, shop: Shop) -> exp.Expr:
    """What the member's key has to be one of."""
    key = column("member", ALIAS)
    match condition:
        case Measure():
            return measured(key, condition, shop)
        case Edge():
            return edged(key, condition, shop)
        case Rank(among=among):
            members = None if among is None else keys_of(among, shop)
            return ranked(key, condition, members, shop)
        case Comparison():
            return compared(key, condition, shop)
        case Norm():
            return among_all(key, condition, shop)
        case Share():
            return shared(key, condition, shop)
        case Gap():
            return spaced(key, condition, shop)
        case Overdue():
            return overdue(key, condition, shop)
        case Ordered():
            return sequenced(key, condition, shop)
        case Followed():
            return followed(key, condition, shop)
        case Grouped():
            return grouped_records(key, condition, shop)
        case Favourite():
            return preferred(key, condition, shop)
        case _:
            assert_never(condition)


def _kept(audience: Audience, shop: Shop) -> exp.Expr:
    """What the saved segment asks, or the key or the field's text among the list's entries."""
    match shop.catalogue.audiences.get(audience):
        case Segment(definition=definition) if definition is not None:
            return exp.Paren(this=condition_of(simplify(definition), shop))
        case KeyList(table=name, field=field):
            entries = select(table(name), [column("entry")])
            if field is None:
                return in_query(column("member", ALIAS), entries)
            known = as_listed(column(field, ALIAS))  # unknown for some, and so no key set
            return exp.Paren(this=in_query(known, entries))
        case _:
            message = f"{audience} was not checked"
            raise Broken(message)


def _together(people: People, shop: Shop) -> exp.Expr:
    """The field's value is one that so many of the members with it are of. Where none of them is
    enough, it is one that is known and not of those that have too many or too few."""
    by = people.by
    own = [condition_of(people.who, shop), known(column(by, ALIAS))]
    members = exp.alias_(table("members"), ALIAS, table=True, quoted=True)
    values = where(select(members, [column(by, ALIAS)]), own)
    if not holds(people.test, 0):
        counted = [] if people.test == EXISTS else [plain(count_all(), people.test)]
        kept = grouped(values, [column(by, ALIAS)], counted) if counted else values
        return exp.Paren(this=in_query(column(by, ALIAS), kept))
    beyond = grouped(values, [column(by, ALIAS)], [fails(count_all(), people.test)])
    outside = exp.Not(this=in_query(column(by, ALIAS), beyond))
    return exp.Paren(this=every([known(column(by, ALIAS)), outside]))


def whose(joint: Jointly, shop: Shop, more: Sequence[exp.Expr] = ()) -> exp.Select:
    """The members whose records count, with the value they share with others."""
    members = exp.alias_(table("members"), ALIAS, table=True, quoted=True)
    columns: list[exp.Expr] = [
        exp.alias_(column("member", ALIAS), KEY, quoted=True),
        exp.alias_(column(joint.by, ALIAS), VALUE, quoted=True),
    ]
    among = [] if joint.among is None else [condition_of(joint.among, shop)]
    return where(select(members, columns), [*more, *among, known(column(joint.by, ALIAS))])


def keys_of(condition: Condition, shop: Shop) -> exp.Select:
    """The keys of those for whom it holds, each once."""
    return _select([column("member", ALIAS)], condition, shop)


def _dated(condition: DateField, shop: Shop) -> exp.Expr:
    """Days are compared with days and instants with instants, so that no engine has to convert."""
    subject = column(condition.field, ALIAS)
    limits = field_stretches(condition.window, shop.as_of)
    if shop.catalogue.fields[condition.field].type is Type.TIME:
        return every(within(subject, limits))
    return every(in_one(subject, [each.days for each in limits]))


def _returning(condition: Anniversary, shop: Shop) -> exp.Expr:
    """The day of the year lies in a spell, and the date in a year before the spell's."""
    subject = column(condition.field, ALIAS)
    timed = shop.catalogue.fields[condition.field].type is Type.TIME
    found = []
    for spell in spells(condition.window, shop.as_of):
        before = datetime.combine(spell.before, time.min) if timed else spell.before
        parts: list[exp.Expr] = [exp.LT(this=subject.copy(), expression=literal(before))]
        if (spell.first, spell.last) != (101, 1231):
            low, high = literal(spell.first), literal(spell.last)
            parts.insert(0, exp.Between(this=day_of_year(subject), low=low, high=high))
        found.append(every(parts))
    return some(found)
