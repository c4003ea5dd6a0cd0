"""Who is most like the members of a group, in plain Python over rows.

Written from the docstrings of `segments.definition.Similar` and `segments.closeness`: every feature
is a whole number of thousandths, made with 50 digits and rounded once, halves away from 0.
"""

from decimal import ROUND_HALF_UP, Decimal, getcontext, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from segments import closeness
from segments.catalogue import Type
from segments.definition import Aggregate, Extent, Kind, Records, Similar

if TYPE_CHECKING:
    from tests.interpreter import Interpreter

Features = dict[str, dict[int, int]]  # by name, then by member


def nearest(shop: "Interpreter", asked: Similar, everyone: set[int]) -> set[int]:
    """Those outside the group who are nearest to its average."""
    group = shop.answer(asked.to)
    if len(group) < closeness.LEAST:
        return set()
    with localcontext() as context:
        context.prec = 50
        distances = apart(shop, group, everyone)
    if asked.among is not None:
        among = shop.answer(asked.among)
        distances = {key: distance for key, distance in distances.items() if key in among}
    chosen = set()
    for key, distance in distances.items():
        before, amount = sum(d < distance for d in distances.values()), Fraction(asked.amount)
        percent = asked.extent is Extent.PERCENT
        most = amount * (len(group) if asked.extent is Extent.TIMES else 1)
        near = 100 * before < amount * len(distances) if percent else before + 1 <= most
        if near:
            chosen.add(key)
    return chosen


def apart(shop: "Interpreter", group: set[int], everyone: set[int]) -> dict[int, int]:
    """The squared distance of everyone outside the group."""
    distances = dict.fromkeys(everyone - group, 0)
    for known in features(shop, everyone).values():
        if len(set(known.values())) < 2:
            continue
        n, total = len(known), sum(known.values())
        variance = Decimal(n * sum(x * x for x in known.values()) - total * total)
        z = {k: whole(1000 * Decimal(n * x - total) / variance.sqrt()) for k, x in known.items()}
        inside = [z[key] for key in group if key in z]
        if not inside:
            continue
        centre = whole(Decimal(sum(inside)) / len(inside))
        for key in distances:
            distances[key] += (z.get(key, 0) - centre) ** 2
    return distances


def features(shop: "Interpreter", everyone: set[int]) -> Features:
    """What is known of everyone that members are compared by."""
    event = shop.shop.event_by_role("purchase")
    rows = {row["member"]: row for row in shop.members}
    found: Features = {}
    if event is not None:
        bought = {key: shop.records(Records(event.name), (), key) for key in everyone}
        found["orders"] = {key: log(len(bought[key])) for key in everyone}
        buyers = [key for key in everyone if bought[key]]
        if event.amount is not None:
            of = Aggregate(Kind.SUM, Records(event.name), event.amount.name)
            spent = {key: exact(shop.number(of, key) or Fraction(0)) for key in everyone}
            found["spend"] = {key: log(max(spent[key], Decimal(0))) for key in everyone}
            found["value"] = {
                key: log(max(spent[key] / len(bought[key]), Decimal(0))) for key in buyers
            }
        times = {key: [r[0]["at"] for r in bought[key] if r[0].get("at")] for key in buyers}
        found["silence"] = {k: log(days(shop, max(at))) for k, at in times.items() if at}
        found |= tastes(shop, everyone)
    since, born = closeness.joined(shop.shop), closeness.aged(shop.shop)
    if since is not None:
        found["since"] = {
            k: log(days(shop, r[since.name])) for k, r in rows.items() if r[since.name]
        }
    if born is not None:
        known = {key: row[born.name] for key, row in rows.items() if row[born.name] is not None}
        aged = born.type is Type.AGE
        found["age"] = {k: years(shop, v) if aged else whole(v) for k, v in known.items()}
    return found


def tastes(shop: "Interpreter", everyone: set[int]) -> Features:
    """The thousandths of what each has spent on a category that go to each of the main ones."""
    event, kind = shop.shop.event_by_role("purchase"), closeness.category(shop.shop)
    if event is None or kind is None:
        return {}
    spent: dict[int, dict[str, Decimal]] = {}
    all_spent: dict[str, Decimal] = {}
    of_parts = kind.part is not None and kind.path is None
    told = event.amount is not None and (not of_parts or event.amount.part is not None)
    for row in (shop.part_rows if of_parts else shop.own_rows)(event.name):
        counts = row["member"] in everyone and shop.included(row, Records(event.name))
        if row[kind.name] is None or not counts:
            continue
        worth = Decimal(1) if not told or event.amount is None else row[event.amount.name]
        worth = Decimal(0) if worth is None else Decimal(worth)
        all_spent[row[kind.name]] = all_spent.get(row[kind.name], Decimal(0)) + worth
        own = spent.setdefault(row["member"], {})
        own[row[kind.name]] = own.get(row[kind.name], Decimal(0)) + worth
    main = sorted(all_spent, key=lambda each: (-all_spent[each], each))[: closeness.MAIN]
    return {
        f"taste {each}": {
            key: whole(1000 * own.get(each, Decimal(0)) / total)
            for key, own in spent.items()
            if (total := sum(own.values(), Decimal(0))) > 0
        }
        for each in main
    }


def days(shop: "Interpreter", value: Any) -> int:  # noqa: ANN401 - a day or an instant
    """The whole days up to the as-of day, none for what is to come."""
    day = value.date() if hasattr(value, "date") else value
    passed: int = (shop.today - day).days
    return max(passed, 0)


def years(shop: "Interpreter", born: Any) -> int:  # noqa: ANN401
    had = (shop.today.month, shop.today.day) >= (born.month, born.day)
    years: int = shop.today.year - born.year - (not had)
    return years


def log(value: Decimal | int) -> int:
    """ln(1 + value) in thousandths."""
    return whole(1000 * (1 + Decimal(value)).ln())


def exact(number: Fraction) -> Decimal:
    assert getcontext().prec == 50
    return Decimal(number.numerator) / number.denominator


def whole(number: Decimal | int) -> int:
    return int(Decimal(number).quantize(Decimal(1), rounding=ROUND_HALF_UP))
