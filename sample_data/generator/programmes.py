"""What customers join and fill in: subscriptions, events, forms and surveys.

Each function returns rows in the column order of schema.py, without the id.
"""

from datetime import date
from random import Random

from sample_data.generator.aftermath import Row
from sample_data.generator.baskets import Order
from sample_data.generator.clock import CLOSING, DAY, LAST_DAY, day_number, moment_of
from sample_data.generator.draw import Wheel, stream, wheel_of
from sample_data.generator.people import Customer
from sample_data.generator.temperament import CATEGORIES

# name, day, share of those asked who come along, taste that it suits
_EVENTS = (
    ("hair_evening", date(2024, 2, 15), 0),
    ("running_club", date(2024, 4, 20), 3),
    ("skin_workshop", date(2024, 9, 12), 1),
    ("sleep_school", date(2024, 11, 7), 2),
    ("gift_evening", date(2024, 12, 5), 1),
    ("yoga_morning", date(2025, 1, 18), 3),
    ("hair_evening", date(2025, 3, 13), 0),
    ("running_club", date(2025, 4, 26), 3),
    ("eco_cleaning_day", date(2025, 9, 20), 4),
    ("sleep_school", date(2025, 11, 6), 2),
    ("gift_evening", date(2025, 12, 4), 1),
    ("yoga_morning", date(2026, 1, 17), 3),
    ("skin_workshop", date(2026, 2, 19), 1),
    ("running_club", date(2026, 4, 25), 3),
    ("salon_fair", date(2026, 5, 21), 0),
    ("eco_cleaning_day", date(2026, 9, 19), 4),
    ("hair_evening", date(2026, 10, 29), 0),
    ("sleep_school", date(2026, 11, 12), 2),
    ("gift_evening", date(2026, 12, 3), 1),
)
_FORMS = {
    "newsletter_signup": 0.28,
    "hair_quiz": 0.2,
    "skin_quiz": 0.16,
    "sleep_test": 0.11,
    "competition": 0.12,
    "contact": 0.08,
    "back_in_stock": 0.05,
}
_LIFESTYLES = ("active", "calm", "family", "career", "outdoors", "home")


def subscriptions(orders: list[Order]) -> list[Row]:
    """Refills that customers signed up for; active ones renew after the last day."""
    draw, rows = stream("subscriptions"), list[Row]()
    taken: set[tuple[int, int]] = set()
    for order in orders:
        line = order.lines[0]
        pair = (order.customer.id, line.product.id)
        suits = line.product.refill and order.channel != "store" and order.status != "cancelled"
        if not suits or pair in taken or draw.random() >= 0.028:
            continue
        taken.add(pair)
        interval = draw.choice((30, 30, 60, 60, 90))
        stays = draw.random() < 0.55 and order.customer.traits.until >= CLOSING - 60 * DAY
        start = order.at // DAY
        left = start + interval * ((LAST_DAY - start) // interval + 1)
        status = "active" if stays else "cancelled"
        row = (*pair, order.at + 30, left if stays else None, status, interval)
        rows.append(row)
    return rows


def event_registrations(customers: list[Customer]) -> list[Row]:
    """Who signed up for which event, and came; whether they come is open for coming ones."""
    draw, rows = stream("events"), list[Row]()
    for name, on, taste in _EVENTS:
        day = day_number(on)
        for customer in customers:
            at = moment_of(day - 2 - int(draw.expovariate(1 / 16.0)), "evening", draw)
            if not customer.registered < at <= CLOSING:
                continue
            tastes = customer.traits.tastes
            likes = tastes[taste] / sum(tastes)
            if name == "salon_fair":
                likes = 1.5 if customer.company else 0.02
            if draw.random() < 0.075 * likes:
                came = draw.random() < 0.68 if day < LAST_DAY else None
                rows.append((customer.id, name, at, day, came))
    return sorted(rows, key=lambda row: (row[2], row[0]))


def _form(customer: Customer, draw: Random) -> str:
    shares = dict(_FORMS)
    tastes = dict(zip(CATEGORIES, customer.traits.tastes, strict=True))
    shares["hair_quiz"] *= tastes["hair_care"]
    shares["skin_quiz"] *= tastes["skin_care"]
    shares["sleep_test"] *= tastes["sleep"] * 1.5
    return wheel_of(shares).spin(draw)


def form_submissions(customers: list[Customer]) -> list[Row]:
    """Forms on the site, more often soon after registering."""
    draw, rows = stream("forms"), list[Row]()
    for customer in customers:
        while draw.random() < 0.27:
            days = 1 + int(draw.expovariate(1 / 120.0))
            day = customer.registered // DAY + days
            at = moment_of(day, customer.traits.habit, draw)
            if at <= CLOSING:
                rows.append((customer.id, _form(customer, draw), at))
    return sorted(rows, key=lambda row: (row[2], row[0]))


def _attitudes(customer: Customer, draw: Random) -> tuple[str, str, str]:
    traits = customer.traits
    eco = 5 if traits.eco > 0.9 else min(5, max(1, round(1.6 + traits.eco * 5 + draw.gauss(0, 1))))
    price = 2.2 + traits.deals * 3 + draw.gauss(0, 0.9)
    weights = (
        traits.tastes[3] * 1.3,
        traits.tastes[2],
        2.0 if customer.household == "family_with_children" else 0.2,
        0.9 if 25 < customer.age < 55 else 0.1,
        0.8,
        traits.tastes[4],
    )
    lifestyle = Wheel(_LIFESTYLES, weights).spin(draw)
    return str(eco), str(min(5, max(1, round(price)))), lifestyle


def survey_answers(customers: list[Customer]) -> list[Row]:
    """Two surveys, spring 2025 and 2026; answers on scales are '1' to '5'."""
    draw, rows = stream("surveys"), list[Row]()
    taken: set[int] = set()
    for on in (date(2025, 3, 10), date(2026, 3, 9)):
        for customer in customers:
            at = moment_of(day_number(on) + int(draw.expovariate(1 / 4.0)), "evening", draw)
            asked = customer.registered < at and customer.id not in taken
            if not asked or draw.random() >= 0.13:
                continue
            taken.add(customer.id)
            eco, price, lifestyle = _attitudes(customer, draw)
            answers = (("eco_attitude", eco), ("price_attitude", price), ("lifestyle", lifestyle))
            for place, (question, answer) in enumerate(answers):
                rows.append((customer.id, question, answer, at + 20 * place))
    return sorted(rows, key=lambda row: (row[3], row[0]))
