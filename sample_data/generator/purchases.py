"""When customers buy: the moment of every order, from each one's own rhythm.

Returns moments only; baskets.py fills them.
"""

from datetime import date
from random import Random

from sample_data.generator.clock import (
    BLACK_WEEKS,
    CLOSING,
    DAY,
    as_date,
    birthday_in,
    day_number,
    leaning,
    moment_of,
    month,
    pace,
)
from sample_data.generator.draw import around, stream
from sample_data.generator.people import Customer
from sample_data.generator.temperament import NEVER, ONCE, Traits

_WINTER = (11, 12, 1, 2, 3)


def _store_only(customer: Customer) -> bool:
    return customer.traits.channels[:2] == (0.0, 0.0)


def _shaped(day: int, customer: Customer, draw: Random) -> int:
    traits = customer.traits
    habit = "store" if _store_only(customer) else traits.habit
    return moment_of(leaning(day, traits.weekend, draw), habit, draw)


def _first(customer: Customer, draw: Random) -> int:
    """The first order: mostly in the hour of registering, else some weeks later."""
    if draw.random() < 0.55 and not _store_only(customer):
        return customer.registered + draw.randrange(240, 3600)
    later = customer.registered // DAY + 1 + int(draw.expovariate(1 / 18.0))
    return _shaped(later, customer, draw)


def _drawn_to_black_week(moment: int, traits: Traits, draw: Random) -> int:
    """Some orders due in the four weeks around a Black Week wait for it."""
    for monday in BLACK_WEEKS:
        if monday - 14 <= moment // DAY < monday + 12 and draw.random() < 0.4 + traits.deals / 2:
            day = monday + draw.choice((0, 1, 2, 3, 4, 4, 4, 4, 5, 6))
            return day * DAY + moment % DAY
    return moment


def _rhythmic(customer: Customer, draw: Random) -> list[int]:
    traits, found = customer.traits, [_first(customer, draw)]
    at = found[0]
    while True:
        gap = around(traits.rhythm, 0.45, draw) / pace(at)
        at = _shaped(int(at / DAY + gap), customer, draw)
        if at >= traits.until:
            return found
        found.append(_drawn_to_black_week(at, traits, draw))


def _salon(customer: Customer, draw: Random) -> list[int]:
    """One order a month on a working day, near the same day of the month."""
    start = as_date(customer.registered // DAY)
    usual, found = draw.randrange(2, 25), []
    for count in range(1, 37):
        year, rest = divmod(start.year * 12 + start.month - 1 + count, 12)
        day = day_number(start.replace(year=year, month=rest + 1, day=usual))
        day += draw.randrange(-2, 3)
        day += {5: 2, 6: 1}.get((day + 3) % 7, 0)
        found.append(moment_of(day, "morning", draw))
    return [moment for moment in found if draw.random() < 0.97]


def _decembers(customer: Customer, draw: Random) -> list[int]:
    """One to three orders each December before Christmas."""
    found = []
    for year in (2023, 2024, 2025):
        for _ in range(draw.choice((1, 1, 2, 2, 3))):
            day = day_number(date(year, 12, 1)) + draw.randrange(18)
            found.append(_shaped(day, customer, draw))
    return found


def _winters(customer: Customer, draw: Random) -> list[int]:
    return [moment for moment in _rhythmic(customer, draw) if month(moment) in _WINTER]


def _birthdays(customer: Customer, draw: Random) -> list[int]:
    found = [at for at in _rhythmic(customer, draw) if not near_birthday(at, customer, 14)]
    for year in range(2023, 2027):
        day = birthday_in(year, customer.born) + draw.randrange(-5, 6)
        found.append(day * DAY + draw.randrange(9 * 3600, 21 * 3600))
    return found


def _black_once(customer: Customer, draw: Random) -> list[int]:
    return [customer.registered + draw.randrange(300, 5400)]


_OWN_WAYS = {
    "b2b_salons": _salon,
    "december_gifts": _decembers,
    "north_winter_skin": _winters,
    "birthday_coupon": _birthdays,
    "black_week_once": _black_once,
}


def near_birthday(moment: int, customer: Customer, days: int) -> bool:
    """Whether the moment is within that many days of the customer's birthday."""
    year = as_date(moment // DAY).year
    return any(
        abs(moment // DAY - birthday_in(y, customer.born)) <= days
        for y in (year - 1, year, year + 1)
    )


def _moments(customer: Customer, draw: Random) -> list[int]:
    traits = customer.traits
    if traits.style == NEVER:
        return []
    if traits.style == ONCE and traits.group == "":
        return [_first(customer, draw)]
    return _OWN_WAYS.get(traits.group, _rhythmic)(customer, draw)


def plan_purchases(customers: list[Customer]) -> list[tuple[int, Customer]]:
    """Every order as (moment, customer), oldest first, within the shop's days."""
    draw = stream("purchases")
    planned = [
        (moment, customer)
        for customer in customers
        for moment in _moments(customer, draw)
        if customer.registered < moment <= CLOSING
    ]
    return sorted(planned, key=lambda plan: (plan[0], plan[1].id))
