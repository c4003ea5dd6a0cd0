"""Records around a moment of their own member: rows of a table become those that lie there.

The member's moment is joined to the rows by the member's key, one a member, so that no row comes
twice; rows of members without one are left out. Only literal distances are added to times, which
every engine can do. Start at `near_rows`.
"""

from datetime import datetime
from typing import assert_never

from sqlglot import exp

from segments.catalogue import Catalogue, Event
from segments.compile.nodes import (
    column,
    day_of_year,
    every,
    given,
    grouped,
    later,
    literal,
    named,
    select,
    some,
    table,
    unit_of,
    where,
    within,
)
from segments.definition import Near, Origin, Unit, Within
from segments.windows import Bounds

_DAY = Within(1, Unit.DAY)
_ROW, _OWN = "r", "a"
_FROM, _TO, _FIRST, _LAST = "near_from", "near_to", "near_first", "near_last"


def near_rows(
    rows: exp.Expr, near: Near, catalogue: Catalogue, ceiling: datetime | None
) -> exp.Subquery:
    """The rows of a table or of a query that lie in the window of their own member, with all their
    columns; their time is `at`. Around anniversaries they get columns more."""
    if near.anchor.origin is Origin.YEARLY and near.whole is not Unit.MONTH:
        rows = _numbered(rows, near)
    query = select(exp.alias_(rows, _ROW, table=True, quoted=True), [_every_column(_ROW)])
    same = exp.EQ(this=column("member", _OWN), expression=column("member", _ROW))
    moments, own = _moments(near, catalogue, ceiling)
    query.append("joins", exp.Join(this=moments, on=same))
    return named(where(query, _inside(column("at", _ROW), own, near)), "near")


def _every_column(name: str) -> exp.Column:
    return exp.Column(this=exp.Star(), table=exp.to_identifier(name, quoted=True))


def _moments(
    near: Near, catalogue: Catalogue, ceiling: datetime | None
) -> tuple[exp.Expr, exp.Expr]:
    """One row a member, and the moment in it."""
    name = near.anchor.name
    match near.anchor.origin:
        case Origin.FIELD | Origin.YEARLY:
            members = exp.alias_(table("members"), _OWN, table=True, quoted=True)
            return members, column(name, _OWN)
        case Origin.FIRST:
            end: type[exp.Func] = exp.Min
        case Origin.LAST:
            end = exp.Max
        case _:
            assert_never(near.anchor.origin)
    return named(_ends(catalogue.events[name], end, ceiling), _OWN), column("moment", _OWN)


def _ends(event: Event, end: type[exp.Func], ceiling: datetime | None) -> exp.Select:
    moment = exp.alias_(end(this=column("at")), "moment", quoted=True)
    known_before = within(column("at"), [Bounds(None, ceiling)])
    query = where(select(table(event.name), [column("member"), moment]), known_before)
    return grouped(query, [column("member")], [])


def _inside(at: exp.Expr, own: exp.Expr, near: Near) -> list[exp.Expr]:
    if near.anchor.origin is Origin.YEARLY:
        return _yearly(at, own, near)
    if near.whole is not None:
        instant = exp.cast(own, exp.DType.TIMESTAMP)
        return [exp.EQ(this=unit_of(at, near.whole), expression=unit_of(instant, near.whole))]
    of_field = near.anchor.origin is Origin.FIELD
    if of_field and (near.within is None or near.within.unit is not Unit.HOUR):
        return _days(at, own, near)
    return _instants(at, own, near, includes=of_field or near.itself)


def _days(at: exp.Expr, own: exp.Expr, near: Near) -> list[exp.Expr]:
    """Whole days, whose first is the moment's own; before it, up to its midnight."""
    day = _midnight(own)
    if near.before:
        found: list[exp.Expr] = [exp.LT(this=at.copy(), expression=day)]
        if near.within is not None:
            found.append(exp.GTE(this=at.copy(), expression=later(day, near.within, back=True)))
        return found
    found = [exp.GTE(this=at.copy(), expression=day)]
    if near.within is not None:
        end = later(later(day, near.within), _DAY)
        found.append(exp.LT(this=at.copy(), expression=end))
    return found


def _instants(at: exp.Expr, own: exp.Expr, near: Near, *, includes: bool) -> list[exp.Expr]:
    """From the instant on, or up to it; it is itself in or not, the far end is."""
    if near.before:
        side = exp.LTE if includes else exp.LT
        found: list[exp.Expr] = [side(this=at.copy(), expression=own.copy())]
        if near.within is not None:
            found.append(exp.GTE(this=at.copy(), expression=later(own, near.within, back=True)))
        return found
    found = [(exp.GTE if includes else exp.GT)(this=at.copy(), expression=own.copy())]
    if near.within is not None:
        found.append(exp.LTE(this=at.copy(), expression=later(own, near.within)))
    return found


def _yearly(at: exp.Expr, own: exp.Expr, near: Near) -> list[exp.Expr]:
    """An anniversary, in a later year than its date, falls on one of the days that the distance
    reaches to from the record: the days of the year from first to last, or, over the turn of the
    year, all but those between."""
    year = _part("YEAR", own)
    if near.whole is Unit.MONTH:
        month = exp.EQ(this=_part("MONTH", at), expression=_part("MONTH", own))
        return [month, exp.LT(this=year, expression=_part("YEAR", at))]
    kept, first, last = day_of_year(own), column(_FIRST, _ROW), column(_LAST, _ROW)
    from_first: exp.Expr = exp.GTE(this=kept, expression=first)
    to_last: exp.Expr = exp.LTE(this=kept.copy(), expression=last)
    since = exp.LT(this=year, expression=_part("YEAR", column(_FROM, _ROW)))
    until = exp.LT(this=year.copy(), expression=_part("YEAR", column(_TO, _ROW)))
    one_year: exp.Expr = exp.LTE(this=first.copy(), expression=last.copy())
    two_years: exp.Expr = exp.GT(this=first.copy(), expression=last.copy())
    turn = some([every([from_first, since]), every([to_last, until])])
    whole = every([one_year, from_first.copy(), to_last.copy(), until.copy()])
    return [some([whole, every([two_years, turn])])]


def _numbered(rows: exp.Expr, near: Near) -> exp.Subquery:
    """The rows with the days that an anniversary can fall on, as days and as days of the year."""
    inner = exp.alias_(rows, _ROW, table=True, quoted=True)
    days = zip((_FROM, _TO), _reach(column("at", _ROW), near), strict=True)
    dated = select(inner, [_every_column(_ROW), *(_as(day, name) for name, day in days)])
    numbers = [
        _as(day_of_year(column(_FROM, _ROW)), _FIRST),
        _as(_last(column(_TO, _ROW)), _LAST),
    ]
    return named(select(named(dated, _ROW), [_every_column(_ROW), *numbers]), _ROW)


def _as(value: exp.Expr, name: str) -> exp.Expr:
    return exp.alias_(value, name, quoted=True)


def _reach(at: exp.Expr, near: Near) -> tuple[exp.Expr, exp.Expr]:
    """The first and the last day that an anniversary can fall on for a record of this time."""
    day = _midnight(at)
    if near.whole is Unit.WEEK:
        monday = unit_of(day, Unit.WEEK)
        return monday, later(monday, Within(6, Unit.DAY))
    if near.within is None:
        return day, day
    if near.before:
        return later(day, _DAY), later(day, near.within)
    return later(day, near.within, back=True), day


def _last(day: exp.Expr) -> exp.Expr:
    """The day of the year; that of 28 February in a common year is also that of the 29th."""
    number = day_of_year(day)
    year = _part("YEAR", day)
    common = [
        exp.EQ(this=number.copy(), expression=literal(228)),
        exp.Or(
            this=exp.NEQ(this=_modulo(year, 4), expression=literal(0)),
            expression=exp.Paren(
                this=exp.And(
                    this=exp.EQ(this=_modulo(year, 100), expression=literal(0)),
                    expression=exp.NEQ(this=_modulo(year, 400), expression=literal(0)),
                )
            ),
        ),
    ]
    return given(literal(229), common, number)


def _modulo(number: exp.Expr, by: int) -> exp.Expr:
    return exp.Mod(this=number.copy(), expression=literal(by))


def _part(part: str, moment: exp.Expr) -> exp.Expr:
    return exp.Extract(this=exp.var(part), expression=moment.copy())


def _midnight(moment: exp.Expr) -> exp.Expr:
    return exp.cast(exp.cast(moment.copy(), exp.DType.DATE), exp.DType.TIMESTAMP)
