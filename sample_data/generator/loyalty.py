"""The loyalty programme: members, tiers after spend, points, and the tags on customers."""

from collections import defaultdict
from datetime import date

from sample_data.generator.aftermath import Row
from sample_data.generator.baskets import Order
from sample_data.generator.clock import CLOSING, day_number
from sample_data.generator.draw import stream
from sample_data.generator.people import Customer

TIERS = ("bronze", "silver", "gold", "platinum")
# The spend in kronor from which each higher tier begins.
_STEPS = (2_000, 6_000, 14_000)


def _tier(spent: float, nudge: float) -> str:
    """The tier of that spend; a few stand one step off."""
    place = sum(spent >= step for step in _STEPS)
    place += (nudge < 0.04) - (nudge > 0.97)
    return TIERS[min(3, max(0, place))]


def _joins(count: int) -> float:
    """The chance that a customer with that many orders is a member."""
    return 0.06 if count == 0 else 0.28 if count == 1 else min(0.85, 0.42 + 0.05 * count)


def loyalty_points(customers: list[Customer], orders: list[Order], reviews: list[Row]) -> list[Row]:
    """Every gain and use of points; sets each customer's tier and balance."""
    draw, rows = stream("loyalty"), list[Row]()
    bought, written = defaultdict[int, list[Order]](list), defaultdict[int, list[int]](list)
    for order in orders:
        if order.status != "cancelled":
            bought[order.customer.id].append(order)
    for review in reviews:
        written[review[0]].append(review[2])
    for customer in customers:
        own = bought[customer.id]
        if draw.random() >= _joins(len(own)) * (0.1 if customer.company else 1.0):
            continue
        spent = sum(order.total for order in own) / 100
        customer.tier = _tier(spent, draw.random())
        entries = [(customer.registered, 100, "welcome")]
        entries += [(order.at, order.total // 1000, "purchase") for order in own]
        entries += [(at, 25, "review") for at in written[customer.id]]
        kept = _with_uses(sorted(entries), uses=draw.random() < 0.6)
        customer.points = sum(points for _, points, _ in kept)
        rows += [(customer.id, at, points, reason) for at, points, reason in kept if points]
    return sorted(rows, key=lambda row: (row[1], row[0], row[3]))


def _with_uses(entries: list[tuple[int, int, str]], *, uses: bool) -> list[tuple[int, int, str]]:
    """The entries with 500 points redeemed a day after the balance passes 900."""
    kept, balance = [], 0
    for at, points, reason in entries:
        kept.append((at, points, reason))
        balance += points
        if uses and balance > 900 and at + 86_400 <= CLOSING:
            kept.append((at + 86_400, -500, "redeemed"))
            balance -= 500
    return kept


def give_tags(customers: list[Customer], orders: list[Order]) -> None:
    """Tags the shop's staff put on customers; most have none."""
    draw, spent = stream("tags"), defaultdict[int, int](int)
    for order in orders:
        spent[order.customer.id] += order.total * (order.status != "cancelled")
    high = sorted(spent.values(), reverse=True)[len(customers) // 50]
    young = day_number(date(1999, 1, 1))
    for customer in customers:
        chances = {
            "vip": 0.8 if spent[customer.id] >= high and not customer.company else 0.002,
            "influencer": 0.012 if customer.age < 40 else 0.001,
            "staff": 0.004 if not customer.company else 0.0,
            "allergic": 0.022,
            "student": 0.22 if day_number(customer.born) > young else 0.0,
            "wholesale": 0.5 if customer.company and spent[customer.id] > 1_500_000 else 0.0,
            "ambassador": 0.003,
        }
        customer.tags = [tag for tag, chance in chances.items() if draw.random() < chance]
