"""What follows an order: returns, reviews and cases with customer service.

Each function returns rows in the column order of schema.py, without the id.
"""

import tomllib
from random import Random
from typing import Any

from sample_data.generator.assortment import Assortment
from sample_data.generator.baskets import Line, Order
from sample_data.generator.clock import CLOSING, DAY, moment_of
from sample_data.generator.draw import Wheel, stream, wheel_of
from sample_data.generator.people import Customer
from sample_data.generator.towns import DATA

Row = tuple[Any, ...]

_RETURN_SHARE = {"running_shoes": 0.13, "leggings": 0.15, "pillow": 0.06, "hair_dryer": 0.05}
_REASONS = {
    "changed_mind": 0.36,
    "wrong_size": 0.12,
    "damaged": 0.16,
    "not_as_described": 0.14,
    "allergic_reaction": 0.06,
    "late_delivery": 0.16,
}
_SIZED = ("running_shoes", "leggings")
_TOPICS = {
    "delivery": 0.34,
    "return": 0.2,
    "payment": 0.12,
    "product_question": 0.18,
    "complaint": 0.08,
    "account": 0.05,
    "allergy": 0.03,
}
_CHANNELS = ("email", "chat", "phone")
_SENTENCES: dict[str, dict[str, dict[str, list[str]]]] = tomllib.loads(
    (DATA / "reviews.toml").read_text(encoding="utf-8")
)


def _reason(line: Line, draw: Random) -> str:
    if line.product.type in _SIZED and draw.random() < 0.7:
        return "wrong_size"
    return wheel_of(_REASONS).spin(draw)


def returns(orders: list[Order]) -> list[Row]:
    """Whole or part lines sent back 4 to 32 days after the order."""
    draw, rows = stream("returns"), list[Row]()
    for order in orders:
        if order.status != "completed":
            continue
        for line in order.lines:
            if draw.random() >= _RETURN_SHARE.get(line.product.type, 0.027):
                continue
            at = moment_of(order.at // DAY + 4 + int(draw.expovariate(1 / 8.0)), "lunch", draw)
            quantity = line.quantity if draw.random() < 0.8 else draw.randint(1, line.quantity)
            if at <= CLOSING and at < order.at + 45 * DAY:
                amount = line.amount * quantity // line.quantity
                row = (line.id, order.id, order.customer.id, at, quantity, amount)
                rows.append((*row, _reason(line, draw)))
    return sorted(rows, key=lambda row: (row[3], row[0]))


def _text(customer: Customer, kind: str, stars: int, draw: Random) -> str:
    mood = "good" if stars >= 4 else "fair" if stars == 3 else "poor"
    parts = _SENTENCES[customer.language][mood]
    opening = draw.choice(parts["opening"]).format(kind=kind)
    return f"{opening} {draw.choice(parts['detail'])}".strip()


def reviews(orders: list[Order], assortment: Assortment) -> list[Row]:
    """Reviews 5 to 60 days after the order, one at most of a product by a customer."""
    draw, rows = stream("reviews"), list[Row]()
    stars_of = Wheel((1, 2, 3, 4, 5), (0.05, 0.06, 0.13, 0.31, 0.45))
    taken: set[tuple[int, int]] = set()
    for order in orders:
        customer = order.customer
        for line in order.lines:
            pair = (customer.id, line.product.id)
            if order.status != "completed" or draw.random() >= 0.062 or pair in taken:
                continue
            days = 5 + int(draw.expovariate(1 / 14.0))
            at = moment_of(order.at // DAY + days, customer.traits.habit, draw)
            if at <= CLOSING:
                taken.add(pair)
                stars = stars_of.spin(draw)
                kind = assortment.kinds[line.product.type].label[customer.language]
                text = _text(customer, kind, stars, draw)
                rows.append((customer.id, line.product.id, at, stars, text))
    return sorted(rows, key=lambda row: (row[2], row[0]))


def support_cases(orders: list[Order]) -> list[Row]:
    """Cases opened within two weeks of an order; the newest may still be open."""
    draw, rows = stream("support"), list[Row]()
    for order in orders:
        if draw.random() >= 0.055:
            continue
        at = order.at + draw.randrange(3600, 14 * DAY)
        if at > CLOSING:
            continue
        topic = wheel_of(_TOPICS).spin(draw)
        closed = at + 900 + int(draw.expovariate(1 / 130_000.0))
        channel = _CHANNELS[min(2, int(draw.random() * 2 + (order.customer.age > 55) * 0.8))]
        mean = 2.6 if topic == "complaint" else 4.1
        rated = min(5, max(1, round(draw.gauss(mean, 1.0)))) if draw.random() < 0.55 else None
        done = closed <= CLOSING
        row = (order.customer.id, at, closed if done else None, topic, channel)
        rows.append((*row, rated if done else None))
    return sorted(rows, key=lambda row: (row[1], row[0]))
