"""The planted groups: who is in each, and how their traits differ.

A customer is in one group at most. README.md tells how to find each group again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from sample_data.generator.clock import BLACK_WEEKS, CLOSING, DAY, LAST_DAY
from sample_data.generator.draw import around, stream
from sample_data.generator.people import Customer
from sample_data.generator.temperament import NEVER, ONCE, REPEAT, Traits, draw_traits

NORTH = ("Nordland", "Troms", "Finnmark")
HAIR_ONLY = (6.0, 0.6, 0.2, 0.2, 0.4)


@dataclass(frozen=True, slots=True)
class Group:
    """A planted group: its size, who may be in it, what makes it one."""

    name: str
    size: int
    admits: Callable[[Customer], bool]
    shape: Callable[[Customer, Traits, Random], None]


def _days(customer: Customer) -> float:
    return (CLOSING - customer.registered) / DAY


def _private(customer: Customer) -> bool:
    return customer.company is None


def _stays(traits: Traits, rhythm: float, draw: Random) -> None:
    traits.style, traits.until = REPEAT, CLOSING
    traits.rhythm = around(rhythm, 0.25, draw)


def _frizzy(_: Customer, traits: Traits, draw: Random) -> None:
    _stays(traits, 55, draw)
    traits.tastes, traits.needs = HAIR_ONLY, ("frizzy_hair",)
    traits.channels, traits.browses = (0.6, 0.4, 0.0), around(0.7, 0.3, draw)


def _lapsed(customer: Customer, traits: Traits, draw: Random) -> None:
    traits.style = REPEAT
    stopped = LAST_DAY - draw.randrange(185, 360)
    traits.until = stopped * DAY
    traits.rhythm = max(14.0, (traits.until - customer.registered) / DAY / draw.uniform(13, 19))
    traits.opens = draw.uniform(0.65, 0.95)


def _deals(_: Customer, traits: Traits, draw: Random) -> None:
    _stays(traits, 58, draw)
    traits.deals = 1.0
    traits.channels = (0.7, 0.3, 0.0)


def _eco(_: Customer, traits: Traits, draw: Random) -> None:
    _stays(traits, 60, draw)
    traits.eco, traits.needs = 0.97, ("eco_living",)
    traits.tastes = (0.9, 0.9, 0.2, 0.1, 3.0)


def _sleepless(_: Customer, traits: Traits, draw: Random) -> None:
    _stays(traits, 85, draw)
    traits.habit, traits.weekend = "night", 0.1
    traits.tastes, traits.needs = (0.4, 0.4, 4.0, 0.1, 0.6), ("fall_asleep", "sleep_better")
    traits.channels, traits.browses = (0.3, 0.7, 0.0), around(0.8, 0.25, draw)


def _abandons(_: Customer, traits: Traits, draw: Random) -> None:
    _stays(traits, 190, draw)
    traits.abandons, traits.browses = 0.75, around(1.1, 0.25, draw)
    traits.channels = (0.5, 0.5, 0.0)


def _salon(_: Customer, traits: Traits, draw: Random) -> None:
    _stays(traits, 30, draw)
    traits.invoice, traits.basket = 1.0, around(2.2, 0.3, draw)
    traits.tastes, traits.channels = (9.0, 0.5, 0.0, 0.0, 0.6), (1.0, 0.0, 0.0)


def _december(_: Customer, traits: Traits, draw: Random) -> None:
    _stays(traits, 365, draw)
    traits.basket, traits.browses = around(1.6, 0.3, draw), 0.04
    traits.tastes = (1.2, 1.2, 1.0, 0.5, 0.2)


def _malmo(_: Customer, traits: Traits, draw: Random) -> None:
    _stays(traits, 60, draw)
    traits.channels, traits.browses = (0.0, 0.0, 1.0), 0.15


def _reader(_: Customer, traits: Traits, draw: Random) -> None:
    traits.style, traits.opens, traits.clicks = NEVER, 1.0, draw.uniform(0.1, 0.4)


def _north(_: Customer, traits: Traits, draw: Random) -> None:
    _stays(traits, 40, draw)
    traits.tastes, traits.needs = (0.2, 8.0, 0.2, 0.1, 0.1), ("dry_skin",)


def _birthday(_: Customer, traits: Traits, draw: Random) -> None:
    _stays(traits, 110, draw)


def _black(customer: Customer, traits: Traits, _: Random) -> None:
    traits.style, traits.deals, traits.browses = ONCE, 1.0, 0.05
    traits.until = customer.registered + 5 * DAY


def _in_last_black_week(customer: Customer) -> bool:
    monday = BLACK_WEEKS[-1]
    return monday <= customer.registered // DAY < monday + 6 and _private(customer)


GROUPS = (
    Group("b2b_salons", 180, lambda c: _is_salon(c) and _days(c) > 240, _salon),
    Group("black_week_once", 260, _in_last_black_week, _black),
    Group("north_winter_skin", 165, lambda c: c.town.region in NORTH and _days(c) > 300, _north),
    Group("malmo_store_only", 190, lambda c: c.town.city == "Malmö" and _days(c) > 260, _malmo),
    Group("lapsed_loyal", 480, lambda c: _days(c) > 620 and "email" in c.tells, _lapsed),
    Group("december_gifts", 380, lambda c: _days(c) > 690, _december),
    Group("birthday_coupon", 360, lambda c: _days(c) > 420 and "born" in c.tells, _birthday),
    Group("silent_readers", 320, lambda c: _days(c) > 260 and "email" in c.tells, _reader),
    Group("frizzy_hair", 640, lambda c: _days(c) > 200 and c.sex == "female", _frizzy),
    Group("deal_hunters", 760, lambda c: _days(c) > 300, _deals),
    Group("eco_buyers", 560, lambda c: _days(c) > 260, _eco),
    Group("sleep_troubled", 420, lambda c: _days(c) > 240 and 25 < c.age < 60, _sleepless),
    Group("cart_abandoners", 620, lambda c: _days(c) > 300, _abandons),
)


def _is_salon(customer: Customer) -> bool:
    company = customer.company
    return company is not None and company.industry == "hair_salon"


def give_traits(customers: list[Customer]) -> None:
    """Draw everyone's traits, then shape the planted groups."""
    draw = stream("temperament")
    for customer in customers:
        customer.traits = draw_traits(customer, draw)
    draw = stream("groups")
    for group in GROUPS:
        business = group.name == "b2b_salons"
        open_to = [
            c
            for c in customers
            if not c.traits.group and (business or _private(c)) and group.admits(c)
        ]
        for customer in draw.sample(open_to, min(group.size, len(open_to))):
            customer.traits.group = group.name
            group.shape(customer, customer.traits, draw)
