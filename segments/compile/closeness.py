"""Who is most like the members of a group: features, the group's average, the distance to it.

In: a condition, and selects of the members it speaks of. Out: sqlglot trees, each a chain of named
selects: `features` as whole thousandths, `standard` (each as thousandths of its spread among all
members), `centre` (their average in the group), `placed` (everyone outside it by distance).

All that is added up is whole or decimal, so that no engine, order or number of threads changes the
result; what is rounded is rounded once for a row. Start at `nearest`.
"""

from dataclasses import dataclass

from sqlglot import exp

from segments import closeness
from segments.catalogue import Attribute, Event, Type
from segments.closeness import (
    MAIN,
    UNITS,
    Feature,
    aged,
    category,
    features,
    joined,
)
from segments.compile.aggregates import count_all
from segments.compile.comparisons import known
from segments.compile.levels import Shop, Source, source
from segments.compile.nodes import (
    column,
    day_of_year,
    every,
    grouped,
    in_query,
    literal,
    named,
    select,
    table,
    where,
)
from segments.definition import Extent, Records, Similar
from segments.windows import as_of_day

_OF_PURCHASES = frozenset({Feature.ORDERS, Feature.SPEND, Feature.VALUE, Feature.SILENCE})
DOUBLE = exp.DType.DOUBLE
DECIMAL = exp.DataType.build("DECIMAL(18, 4)")


@dataclass(frozen=True, slots=True)
class Sets:
    """Selects of member keys: the group, and whom the nearest are chosen among, None for all."""

    group: exp.Select
    among: exp.Select | None = None


Numbers = dict[str, tuple[exp.Expr, exp.Expr, list[exp.Expr]]]  # raw, made comparable, of whom


def nearest(key: exp.Expr, similar: Similar, sets: Sets, shop: Shop) -> exp.Expr:
    """The member is one of those outside the group who are nearest to its average."""
    chosen = select(table("placed"), [column("member")])
    large = exp.GTE(this=_size(), expression=literal(closeness.LEAST))
    return in_query(key, _chained(where(chosen, [_near_enough(similar), large]), sets, shop))


def portrait(key: str | int, sets: Sets, shop: Shop) -> exp.Select:
    """A row a feature: its name, the member's own, the group's average, as decimals; a share in per
    cent."""
    its = exp.EQ(this=column("member", "f"), expression=literal(key))
    own = exp.Max(this=exp.Case(ifs=[exp.If(this=its, true=column("raw", "f"))]))
    inside = exp.Not(this=exp.Is(this=column("member", "i"), expression=exp.null()))
    of_group = exp.Case(ifs=[exp.If(this=inside, true=column("raw", "f"))])
    counted = exp.Count(this=of_group.copy(), big_int=True)
    average = exp.Div(
        this=exp.Sum(this=of_group), expression=exp.Nullif(this=counted, expression=literal(0))
    )
    query = select(_as("features", "f"), [column("feature", "f"), own, average])
    _join(query, "inside", "i", "member", "f", side="LEFT")
    grouped(query, [column("feature", "f")], [])
    query.set("order", exp.Order(expressions=[exp.Ordered(this=column("feature", "f"))]))
    return _chained(query, sets, shop, last="features")


def place(key: str | int, sets: Sets, shop: Shop) -> exp.Select:
    """The member's place among those outside, and how many these are; no row for one inside."""
    query = select(table("placed"), [column("place"), column("outside")])
    own = exp.EQ(this=column("member"), expression=literal(key))
    return _chained(where(query, [own]), sets, shop)


def _size() -> exp.Expr:
    return exp.Subquery(this=select(table("inside"), [count_all()]))


def _near_enough(similar: Similar) -> exp.Expr:
    amount = literal(similar.amount)
    match similar.extent:
        case Extent.MEMBERS:
            return exp.LTE(this=column("place"), expression=amount)
        case Extent.TIMES:
            most = exp.Mul(this=amount, expression=_size())
            return exp.LTE(this=column("place"), expression=most)
        case Extent.PERCENT:
            before = exp.Paren(this=exp.Sub(this=column("place"), expression=literal(1)))
            hundredfold = exp.Mul(this=literal(100), expression=before)
            share = exp.Mul(this=amount, expression=column("outside"))
            return exp.LT(this=hundredfold, expression=share)


def _chained(query: exp.Select, sets: Sets, shop: Shop, last: str = "placed") -> exp.Select:
    """The query with all selects that it is made of before it."""
    steps = {"inside": sets.group, **_told(shop)}
    if sets.among is not None:
        steps["among"] = sets.among
    if last == "placed":
        steps |= {
            "spread": _spread(),
            "standard": _standard(),
            "centre": _centre(),
            "placed": _placed(among=sets.among is not None),
        }
    for name, step in steps.items():
        query.with_(exp.to_identifier(name, quoted=True), as_=step, copy=False)
    return query


# --- features


def _told(shop: Shop) -> dict[str, exp.Select]:
    """The features of all members as `member`, `feature`, `raw` and `x`, and what they are of."""
    catalogue, known_features = shop.catalogue, features(shop.catalogue)
    purchase, steps = catalogue.event_by_role("purchase"), dict[str, exp.Select]()
    rows = list[exp.Select]()
    if purchase is not None:
        steps["bought"] = _bought(purchase, shop)
    for name, (raw, x, conditions) in _numbers(shop).items():
        if Feature(name) not in known_features:
            continue
        members = _as("members", "m")
        query = select(members, _feature(column("member", "m"), literal(name), raw, x))
        if name in _OF_PURCHASES:
            _join(query, "bought", "b", "member", "m", side="LEFT")
        rows.append(where(query, conditions))
    kind = category(catalogue)
    if purchase is not None and kind is not None:
        steps |= _sold(source(Records(purchase.name), shop, kind.name), kind)
        rows.append(_tastes())
    all_rows: exp.Expr = rows[0]
    for each in rows[1:]:
        all_rows = exp.Union(this=all_rows, expression=each, distinct=False)
    steps["features"] = select(
        exp.Subquery(
            this=all_rows, alias=exp.TableAlias(this=exp.to_identifier("told", quoted=True))
        ),
        [column(name) for name in ("member", "feature", "raw", "x")],
    )
    return steps


def _numbers(shop: Shop) -> Numbers:
    """Each feature but taste, of members `m` with what they have bought as `b`."""
    orders = _or_none("orders")
    spend = _or_none("spend")
    bought = known(column("orders", "b"))
    average = exp.Div(this=_double(spend), expression=_double(column("orders", "b")), safe=True)
    today = literal(as_of_day(shop.as_of))
    last = exp.cast(column("last", "b"), exp.DType.DATE)
    silent = _not_below(exp.DateDiff(this=today, expression=last, unit=exp.var("DAY")))
    found: Numbers = {
        Feature.ORDERS: (orders, _log(orders), []),
        Feature.SPEND: (spend, _log(_not_below(spend)), []),
        Feature.VALUE: (average, _log(_not_below(average)), [bought]),
        Feature.SILENCE: (silent, _log(silent), [known(column("last", "b"))]),
    }
    since, born = joined(shop.catalogue), aged(shop.catalogue)
    if since is not None:
        day = exp.cast(column(since.name, "m"), exp.DType.DATE)
        days = _not_below(exp.DateDiff(this=today.copy(), expression=day, unit=exp.var("DAY")))
        found[Feature.MEMBERSHIP] = (days, _log(days), [known(column(since.name, "m"))])
    if born is not None:
        years = _years(born, shop)
        found[Feature.AGE] = (years, years.copy(), [known(column(born.name, "m"))])
    return found


def _bought(purchase: Event, shop: Shop) -> exp.Select:
    rows = source(Records(purchase.name), shop)
    worth: exp.Expr = exp.null()
    if purchase.amount is not None:
        worth = exp.Sum(this=_exact(column(purchase.amount.name)))
    last = exp.Max(this=column("at")) if purchase.time is not None else exp.null()
    columns = [column("member"), _called(count_all(), "orders"), _called(worth, "spend")]
    query = select(rows.table(), [*columns, _called(last, "last")])
    return grouped(where(query, rows.conditions()), [column("member")], [])


def _sold(rows: Source, kind: Attribute) -> dict[str, exp.Select]:
    """What each has spent on each category, on all of them, and which are the main ones; where an
    amount is not told of each thing that was bought, they are counted."""
    amount = rows.event.amount
    apart = amount is not None and (not rows.of_parts or amount.part is not None)
    worth = exp.Sum(this=_exact(column(amount.name))) if amount and apart else count_all()
    of = [column("member"), _called(column(kind.name), "category"), _called(worth, "worth")]
    sold = where(select(rows.table(), of), [*rows.conditions(), known(column(kind.name))])
    grouped(sold, [column("member"), column(kind.name)], [])
    total = exp.Sum(this=column("worth"))
    positive = exp.GT(this=total.copy(), expression=literal(0))
    whole = select(table("sold"), [column("member"), _called(total, "worth")])
    main = grouped(select(table("sold"), [column("category")]), [column("category")], [])
    most = exp.Ordered(
        this=exp.Coalesce(this=total.copy(), expressions=[literal(0)]), desc=True, nulls_first=False
    )
    order = exp.Order(expressions=[most, exp.Ordered(this=column("category"), nulls_first=True)])
    main.set("order", order)
    return {
        "sold": sold,
        "whole": grouped(whole, [column("member")], [positive]),
        "main": main.limit(MAIN, copy=False),
    }


def _tastes() -> exp.Select:
    """A feature for each main category: its share of what each member has spent."""
    name = exp.DPipe(
        this=literal(f"{Feature.TASTE.value} "), expression=column("category", "c"), safe=True
    )
    part = _double(exp.Coalesce(this=column("worth", "s"), expressions=[literal(0)]))
    share = exp.Div(this=part, expression=_double(column("worth", "w")), safe=True)
    x = _rounded(exp.Mul(this=literal(UNITS), expression=share))
    raw = exp.Mul(this=literal(100), expression=share.copy())
    query = select(_as("whole", "w"), _feature(column("member", "w"), name, raw, x))
    _join(query, "members", "m", "member", "w")
    query.append("joins", exp.Join(this=_as("main", "c"), kind="CROSS"))
    same = exp.EQ(this=column("category", "s"), expression=column("category", "c"))
    _join(query, "sold", "s", "member", "w", side="LEFT", more=[same])
    return query


def _years(born: Attribute, shop: Shop) -> exp.Expr:
    """Whole years; a number as it stands."""
    own = column(born.name, "m")
    if born.type is not Type.AGE:
        return _rounded(own)
    today = as_of_day(shop.as_of)
    year = exp.Extract(this=exp.var("YEAR"), expression=own)
    to_come = exp.GT(this=day_of_year(own), expression=literal(100 * today.month + today.day))
    less = exp.Case(ifs=[exp.If(this=to_come, true=literal(1))], default=literal(0))
    return exp.Sub(this=exp.Sub(this=literal(today.year), expression=year), expression=less)


# --- distances


def _spread() -> exp.Select:
    """How many have a feature, their sum and that of their squares; what all have alike tells
    nobody apart."""
    x = column("x")
    squares = exp.Sum(this=exp.Mul(this=x.copy(), expression=x.copy()))
    columns = [
        column("feature"),
        _called(count_all(), "n"),
        _called(exp.Sum(this=x), "s"),
        _called(squares, "q"),
    ]
    apart = exp.LT(this=exp.Min(this=x.copy()), expression=exp.Max(this=x.copy()))
    return grouped(select(table("features"), columns), [column("feature")], [apart])


def _standard() -> exp.Select:
    """`z`: how many thousandths of the standard deviation of all members one is from their average,
    (n·x − s) / √(n·q − s²)."""
    n, s, q = (column(name, "p") for name in ("n", "s", "q"))
    above = exp.Sub(this=exp.Mul(this=n, expression=column("x", "f")), expression=s)
    whole = exp.Mul(this=n.copy(), expression=q)
    variance = exp.Sub(this=whole, expression=exp.Mul(this=s.copy(), expression=s.copy()))
    thousandfold = exp.Mul(this=literal(UNITS), expression=_double(above))
    z = exp.Div(this=thousandfold, expression=exp.Sqrt(this=_double(variance)), safe=True)
    columns = [column("member", "f"), column("feature", "f"), _called(_rounded(z), "z")]
    query = select(_as("features", "f"), columns)
    _join(query, "spread", "p", "feature", "f")
    return query


def _centre() -> exp.Select:
    """`c`: the average of the group, of those of it who have the feature."""
    total = _double(exp.Sum(this=column("z", "t")))
    average = _rounded(exp.Div(this=total, expression=_double(count_all()), safe=True))
    query = select(_as("standard", "t"), [column("feature", "t"), _called(average, "c")])
    _join(query, "inside", "i", "member", "t")
    return grouped(query, [column("feature", "t")], [])


def _placed(*, among: bool) -> exp.Select:
    """Everyone outside the group, of `among` alone where there is one, by the squared distance to
    it. Where a feature is unknown z is 0, the average of all; what every member has in common, the
    sum of c², is left out."""
    z, c = column("z", "t"), column("c", "c")
    twice = exp.Mul(this=literal(2), expression=c)
    part = exp.Mul(this=z, expression=exp.Paren(this=exp.Sub(this=z.copy(), expression=twice)))
    distance = exp.Coalesce(this=exp.Sum(this=part), expressions=[literal(0)])
    members = select(_as("members", "m"), [column("member", "m"), _called(distance, "distance")])
    _join(members, "standard", "t", "member", "m", side="LEFT")
    _join(members, "centre", "c", "feature", "t", side="LEFT")
    where(members, [exp.Not(this=_is_of("inside")), *([_is_of("among")] if among else [])])
    grouped(members, [column("member", "m")], [])
    order = exp.Order(expressions=[exp.Ordered(this=column("distance"), nulls_first=True)])
    return select(
        named(members, "distances"),
        [
            column("member"),
            _called(exp.Window(this=exp.Rank(), order=order), "place"),
            _called(exp.Window(this=count_all()), "outside"),
        ],
    )


def _is_of(name: str) -> exp.Expr:
    """A member `m` is in a set of keys."""
    same = exp.EQ(this=column("member", "i"), expression=column("member", "m"))
    return exp.Exists(this=where(select(_as(name, "i"), [literal(1)]), [same]))


# --- nodes


def _as(name: str, alias: str) -> exp.Expr:
    return exp.alias_(table(name), alias, table=True, quoted=True)


def _called(value: exp.Expr, name: str) -> exp.Expr:
    return exp.alias_(value, name, quoted=True)


def _feature(member: exp.Expr, name: exp.Expr, raw: exp.Expr, x: exp.Expr) -> list[exp.Expr]:
    exact = exp.cast(raw.copy(), DECIMAL.copy())
    whole = exp.cast(x.copy(), exp.DType.BIGINT)
    return [member, _called(name, "feature"), _called(exact, "raw"), _called(whole, "x")]


def _join(
    query: exp.Select,
    name: str,
    alias: str,
    on: str,
    to: str,
    *,
    side: str = "",
    more: list[exp.Expr] | None = None,
) -> None:
    same = exp.EQ(this=column(on, alias), expression=column(on, to))
    kept = {"side": side} if side else {}
    query.append("joins", exp.Join(this=_as(name, alias), on=every([same, *(more or [])]), **kept))


def _or_none(name: str) -> exp.Expr:
    return exp.Coalesce(this=column(name, "b"), expressions=[literal(0)])


def _exact(amount: exp.Expr) -> exp.Expr:
    return exp.cast(amount, DECIMAL.copy())


def _double(value: exp.Expr) -> exp.Expr:
    return exp.cast(value.copy(), DOUBLE)


def _not_below(value: exp.Expr) -> exp.Expr:
    """The value, or nought where it is below."""
    above = exp.GT(this=value.copy(), expression=literal(0))
    return exp.Case(ifs=[exp.If(this=above, true=value.copy())], default=literal(0))


def _log(value: exp.Expr) -> exp.Expr:
    """ln(1 + value) in whole thousandths: twice as much is as far from once as four times from
    twice, so that a few large ones do not hide the rest."""
    more = exp.Add(this=literal(1), expression=_double(value))
    return _rounded(exp.Mul(this=literal(UNITS), expression=exp.Ln(this=more)))


def _rounded(value: exp.Expr) -> exp.Expr:
    return exp.cast(exp.Round(this=value), exp.DType.BIGINT)
