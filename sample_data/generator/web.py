"""Visits to the shop's site and app: pages seen, products put in the cart, searches.

Every order on the web or in the app has a visit that leads to it; every click in a
mailing leads to a visit; the rest is browsing, some of it leaving a full cart behind.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from random import Random

from sample_data.generator.assortment import Assortment, Product
from sample_data.generator.baskets import Order, Picker
from sample_data.generator.clock import CLOSING, DAY, leaning, moment_of
from sample_data.generator.draw import Wheel, poisson, stream
from sample_data.generator.mail import Mailings
from sample_data.generator.people import Customer
from sample_data.generator.searching import SearchBox
from sample_data.generator.temperament import NEVER

_SOURCES = {
    "direct": 0.4,
    "google": 0.32,
    "instagram": 0.12,
    "facebook": 0.09,
    "influencer": 0.03,
    "referral": 0.04,
}
_QUIET_SHARE = 0.12


@dataclass(slots=True)
class Visit:
    """One visit with what was done in it."""

    customer: Customer
    at: int
    source: str
    bought: tuple[Product, ...] = ()
    views: list[tuple[Product, int]] = field(default_factory=list)
    carts: list[tuple[Product, int]] = field(default_factory=list)
    searches: list[tuple[str, int, int]] = field(default_factory=list)
    device: str = "mobile"
    pages: int = 1


class Site:
    """Plays out visits."""

    def __init__(self, assortment: Assortment) -> None:
        """Visits to a site that sells that assortment."""
        self._draw = stream("web")
        self._picker = Picker(assortment)
        self._box = SearchBox(assortment)
        self._sources = Wheel(_SOURCES, _SOURCES.values())

    def source(self) -> str:
        """Where an ordinary visit comes from."""
        return self._sources.spin(self._draw)

    def play(self, visit: Visit) -> None:
        """Fill a visit: search, look, put in the cart; times rise and stop at the end."""
        draw, customer = self._draw, visit.customer
        looks = list(visit.bought)
        interest = self._interest(visit)
        looks += [self._picker.product(customer, visit.at, draw) for _ in range(interest)]
        draw.shuffle(looks)
        at = visit.at
        if looks and draw.random() < self._search_share(customer):
            at += draw.randrange(5, 60)
            words, hits = self._box.query(customer, looks[0], draw)
            visit.searches.append((words, hits, at))
        leaves_cart = not visit.bought and draw.random() < customer.traits.abandons
        for product in looks:
            at += draw.randrange(8, 140)
            visit.views.append((product, at))
            if product in visit.bought or (leaves_cart and draw.random() < 0.6):
                at += draw.randrange(4, 40)
                visit.carts.append((product, at))
        visit.device = self._device(customer)
        visit.pages = len(visit.views) + len(visit.searches) + draw.randrange(1, 4)

    def _interest(self, visit: Visit) -> int:
        """How many products are looked at beside those bought."""
        draw = self._draw
        if visit.bought:
            return int(draw.random() < 0.4)
        eager = visit.customer.traits.group == "cart_abandoners"
        return draw.choice((1, 2, 2, 3)) if eager else draw.choice((0, 1, 1, 1, 2, 3))

    @staticmethod
    def _search_share(customer: Customer) -> float:
        return 0.5 if customer.traits.group in ("frizzy_hair", "sleep_troubled") else 0.24

    def _device(self, customer: Customer) -> str:
        mobile = 0.85 if customer.age < 35 else 0.68 if customer.age < 55 else 0.42
        roll = self._draw.random()
        if roll < mobile:
            return "mobile"
        return "desktop" if roll < mobile + (1 - mobile) * 0.8 else "tablet"


def _browsing(customer: Customer, site: Site, draw: Random) -> list[Visit]:
    """Visits without a purpose, rarer once the customer has drifted away."""
    traits, found = customer.traits, []
    until = traits.until if traits.style != NEVER else customer.registered + 300 * DAY
    for start, end, rate in (
        (customer.registered, min(until, CLOSING), traits.browses),
        (min(until, CLOSING), CLOSING, traits.browses * _QUIET_SHARE),
    ):
        days = max(0.0, (end - start) / DAY)
        for _ in range(poisson(rate * days / 30.0 * 1.35, draw)):
            day = start // DAY + int(draw.random() * days)
            at = moment_of(leaning(day, traits.weekend, draw), traits.habit, draw)
            if customer.registered < at:
                found.append(Visit(customer, at, site.source()))
    return found


def _from_orders(orders: list[Order], site: Site, draw: Random) -> list[Visit]:
    found = []
    for order in orders:
        if order.channel != "store":
            at = max(order.customer.registered, order.at - draw.randrange(600, 2400))
            products = tuple(line.product for line in order.lines)
            found.append(Visit(order.customer, at, site.source(), products))
    return found


def _from_clicks(mailings: Mailings, customers: dict[int, Customer]) -> list[Visit]:
    channels = {campaign.id: campaign.channel for campaign in mailings.campaigns}
    words = {"email": "newsletter", "sms": "sms", "push": "push"}
    return [
        Visit(customers[customer], at + 3, words[channels[campaign]])
        for customer, campaign, at in mailings.clicks
    ]


def play_visits(
    customers: list[Customer], orders: list[Order], mailings: Mailings, assortment: Assortment
) -> list[Visit]:
    """All visits, oldest first, with nothing in them after the shop's last moment."""
    site, draw = Site(assortment), stream("visits")
    visits = _from_orders(orders, site, draw)
    visits += _from_clicks(mailings, {customer.id: customer for customer in customers})
    for customer in customers:
        visits += _browsing(customer, site, draw)
    visits = [visit for visit in visits if visit.at <= CLOSING]
    visits.sort(key=lambda visit: (visit.at, visit.customer.id, visit.source))
    for visit in visits:
        site.play(visit)
        _cut(visit)
    _tidy_carts(visits, orders)
    return visits


def _cut(visit: Visit) -> None:
    visit.views = [view for view in visit.views if view[1] <= CLOSING]
    visit.carts = [cart for cart in visit.carts if cart[1] <= CLOSING]
    visit.searches = [search for search in visit.searches if search[2] <= CLOSING]


def _tidy_carts(visits: list[Visit], orders: list[Order]) -> None:
    """Keep the carts of an order's own visit before the order."""
    moments: dict[int, list[int]] = defaultdict(list)
    for order in orders:
        moments[order.customer.id].append(order.at)
    for visit in visits:
        if not visit.bought:
            continue
        end = next((at for at in moments[visit.customer.id] if at >= visit.at), CLOSING)
        late = visit.carts and visit.carts[-1][1] >= end
        if late:
            last = max(visit.at, end - 1)
            visit.carts = [(product, min(at, last)) for product, at in visit.carts]
            visit.views = [(product, min(at, last)) for product, at in visit.views]
            visit.searches = [(words, hits, min(at, last)) for words, hits, at in visit.searches]
