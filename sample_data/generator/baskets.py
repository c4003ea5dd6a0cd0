"""What customers buy: the lines of every order, with prices, discounts and payment."""

from dataclasses import dataclass, field
from random import Random

from sample_data.generator.assortment import Assortment, Product
from sample_data.generator.clock import CLOSING, DAY, as_date, black_week, month
from sample_data.generator.draw import Wheel, stream
from sample_data.generator.people import Customer
from sample_data.generator.purchases import near_birthday
from sample_data.generator.temperament import CATEGORIES

_PAYMENTS = {
    "SE": {"card": 0.42, "swish": 0.34, "invoice": 0.2, "gift_card": 0.04},
    "DK": {"card": 0.48, "mobilepay": 0.36, "invoice": 0.12, "gift_card": 0.04},
    "NO": {"card": 0.46, "vipps": 0.37, "invoice": 0.13, "gift_card": 0.04},
    "FI": {"card": 0.6, "mobilepay": 0.2, "invoice": 0.16, "gift_card": 0.04},
}
_PERCENT = {
    "WELCOME10": 10,
    "BLACK25": 25,
    "SUMMER15": 15,
    "NEWYEAR15": 15,
    "SPRING10": 10,
    "VIP20": 20,
    "BDAY20": 20,
}
_LIST_PRICE_SHARE = {2023: 0.92, 2024: 0.94, 2025: 0.97}


@dataclass(frozen=True, slots=True)
class Line:
    """One order line; money in öre."""

    id: int
    product: Product
    quantity: int
    unit_price: int
    discount: int

    @property
    def amount(self) -> int:
        """What the customer pays for the line."""
        return self.quantity * self.unit_price - self.discount


@dataclass(slots=True)
class Order:
    """One order; money in öre."""

    id: int
    customer: Customer
    at: int
    channel: str
    code: str | None
    payment: str
    status: str
    lines: list[Line] = field(default_factory=list)

    @property
    def total(self) -> int:
        """The sum of the lines, without shipping."""
        return sum(line.amount for line in self.lines)

    @property
    def on_sale(self) -> bool:
        """Whether any line carries a discount."""
        return any(line.discount for line in self.lines)

    @property
    def shipping(self) -> int:
        """Free in the store and from 499 kr."""
        if self.channel == "store" or self.total >= 49_900:
            return 0
        return 4_900 if self.customer.country == "SE" else 6_900


class Picker:
    """Picks products for a customer and a month."""

    def __init__(self, assortment: Assortment) -> None:
        """Prepare a wheel of product types for each category and month."""
        self._stock = assortment
        self._kinds = {
            (category, number): Wheel(
                [k.code for k in assortment.kinds.values() if k.category == category],
                [
                    k.pull * k.months[number - 1]
                    for k in assortment.kinds.values()
                    if k.category == category
                ],
            )
            for category in CATEGORIES
            for number in range(1, 13)
        }

    def kind(self, customer: Customer, moment: int, draw: Random) -> str:
        """A product type after the customer's taste and the season."""
        winter = month(moment) in (11, 12, 1, 2)
        seasons = (1.0, 1.0, 1.5 if winter else 0.85, 1.0, 1.0)
        tastes = [t * s for t, s in zip(customer.traits.tastes, seasons, strict=True)]
        category = Wheel(CATEGORIES, tastes).spin(draw)
        return self._kinds[category, month(moment)].spin(draw)

    def product(self, customer: Customer, moment: int, draw: Random) -> Product:
        """A product; eco and fitting the customer's needs as often as they care."""
        traits = customer.traits
        eco, fitting = draw.random() < traits.eco, draw.random() < 0.75
        found = None
        for _ in range(8):
            found = self._stock.popular[self.kind(customer, moment, draw)].spin(draw)
            suits = not fitting or not set(traits.needs).isdisjoint(found.needs)
            if (found.eco or not eco) and suits:
                return found
        if eco and found and not found.eco:
            green = [p for p in self._stock.products if p.eco and p.category == found.category]
            return draw.choice(green)
        assert found
        return found


class Till:
    """Turns planned moments into orders; remembers what each customer bought."""

    def __init__(self, assortment: Assortment) -> None:
        """Start with no orders."""
        self._stock, self._picker = assortment, Picker(assortment)
        self._draw = stream("baskets")
        self._bought: dict[int, list[Product]] = {}
        self._next_line = 1

    def ring_up(self, number: int, at: int, customer: Customer) -> Order:
        """The order the customer places at that moment."""
        draw, first = self._draw, customer.id not in self._bought
        channel = self._channel(customer, at)
        code, markdown = self._offer(at, customer, channel, first=first)
        status = "cancelled" if draw.random() < 0.04 else "completed"
        if status == "completed" and at > CLOSING - 4 * DAY and channel != "store":
            status = "shipped"
        order = Order(number, customer, at, channel, code, self._payment(customer, at), status)
        order.lines = self._lines(order, markdown=markdown)
        self._bought.setdefault(customer.id, []).extend(line.product for line in order.lines)
        return order

    def _channel(self, customer: Customer, at: int) -> str:
        """The store only in its opening hours, 10 to 19."""
        web, app, store = customer.traits.channels
        opened = 10 <= at % DAY // 3600 < 19
        if web + app > 0:
            store = store * 2.4 if opened else 0.0
        return Wheel(("web", "app", "store"), (web, app, store)).spin(self._draw)

    def _payment(self, customer: Customer, at: int) -> str:
        draw = self._draw
        if draw.random() < customer.traits.invoice:
            return "invoice"
        shares = dict(_PAYMENTS[customer.country])
        if month(at) == 1:
            shares["gift_card"] *= 3
        return Wheel(shares, shares.values()).spin(draw)

    def _offer(
        self, at: int, customer: Customer, channel: str, *, first: bool
    ) -> tuple[str | None, bool]:
        """The discount code, and whether there are marked-down lines."""
        draw, keen = self._draw, customer.traits.deals
        if customer.traits.group == "birthday_coupon" and near_birthday(at, customer, 7):
            return "BDAY20", False
        chance, code = _season_offer(at, keen)
        if first and channel != "store" and at < customer.registered + 30 * DAY:
            chance, code = max(chance, 0.22), code or "WELCOME10"
        if draw.random() < max(chance, keen):
            if code and draw.random() < 0.7:
                return code, False
            if customer.traits.basket > 1.9 and draw.random() < 0.4:
                return "VIP20", False
            return None, True
        return None, False

    def _lines(self, order: Order, *, markdown: bool) -> list[Line]:
        draw, customer = self._draw, order.customer
        count = 1
        while count < 7 and draw.random() < min(0.68, 0.42 * customer.traits.basket**0.5):
            count += 1
        chosen: dict[int, Product] = {}
        for _ in range(count):
            product = self._choose(customer, order.at)
            chosen[product.id] = product
        marked = draw.randrange(len(chosen)) if markdown else -1
        lines = []
        for place, product in enumerate(chosen.values()):
            percent = _PERCENT[order.code] if order.code else 0
            if place == marked or (markdown and draw.random() < 0.4):
                percent = draw.choice((15, 20, 25, 30))
            lines.append(self._line(product, order, percent))
        return lines

    def _choose(self, customer: Customer, at: int) -> Product:
        """A product bought before, if it runs out, or a new one."""
        draw = self._draw
        again = [p for p in self._bought.get(customer.id, ()) if p.refill]
        if again and draw.random() < 0.42:
            product = draw.choice(again[-8:])
            if draw.random() < self._stock.kinds[product.type].months[month(at) - 1]:
                return product
        return self._picker.product(customer, at, draw)

    def _line(self, product: Product, order: Order, percent: int) -> Line:
        draw, traits = self._draw, order.customer.traits
        quantity = 1
        if product.refill:
            quantity += (draw.random() < 0.16) + (draw.random() < 0.05 * traits.basket)
        if order.customer.company and product.price < 600:
            quantity += draw.randrange(0, 4 if traits.group != "b2b_salons" else 9)
        share = _LIST_PRICE_SHARE.get(as_date(order.at // DAY).year, 1.0)
        unit_price = round(product.price * share) * 100
        discount = quantity * unit_price * percent // 100
        line = Line(self._next_line, product, quantity, unit_price, discount)
        self._next_line += 1
        return line


def _season_offer(at: int, keen: float) -> tuple[float, str | None]:
    """The chance of buying at a discount on the day, and the code of the season."""
    day = as_date(at // DAY)
    if black_week(at):
        return 0.78, "BLACK25"
    if day.month == 1 and day.day <= 20:
        return 0.35 + keen / 2, "NEWYEAR15"
    if (day.month == 6 and day.day >= 15) or (day.month == 7 and day.day <= 20):
        return 0.35 + keen / 2, "SUMMER15"
    if day.month == 4 and day.day <= 14:
        return 0.2 + keen / 2, "SPRING10"
    return keen, None


def ring_up_all(planned: list[tuple[int, Customer]], assortment: Assortment) -> list[Order]:
    """All orders, oldest first, ids from 500001."""
    till = Till(assortment)
    return [
        till.ring_up(500_001 + place, at, customer) for place, (at, customer) in enumerate(planned)
    ]
