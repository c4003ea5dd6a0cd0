"""The whole shop, table by table. Start reading here.

make_shop draws everything in the order in which it depends on each other and returns
the rows of each table as schema.py lists its columns.
"""

from collections.abc import Iterable, Sequence

from sample_data.generator.aftermath import Row, returns, reviews, support_cases
from sample_data.generator.assortment import Assortment, Product, stock
from sample_data.generator.baskets import Order, ring_up_all
from sample_data.generator.clock import day_number
from sample_data.generator.companies import Company, make_companies
from sample_data.generator.groups import give_traits
from sample_data.generator.loyalty import give_tags, loyalty_points
from sample_data.generator.mail import Mailings, send_all
from sample_data.generator.people import Customer, make_customers
from sample_data.generator.programmes import (
    event_registrations,
    form_submissions,
    subscriptions,
    survey_answers,
)
from sample_data.generator.purchases import plan_purchases
from sample_data.generator.towns import countries
from sample_data.generator.web import Visit, play_visits

Tables = dict[str, Sequence[Row]]


def make_shop() -> Tables:
    """Every table's rows."""
    lands = countries()
    companies = make_companies(lands)
    customers = make_customers(lands, companies)
    give_traits(customers)
    assortment = stock()
    orders = ring_up_all(plan_purchases(customers), assortment)
    mailings = send_all(customers)
    visits = play_visits(customers, orders, mailings, assortment)
    written = reviews(orders, assortment)
    points = loyalty_points(customers, orders, written)
    give_tags(customers, orders)
    tables: Tables = {"customers": [_customer(c) for c in customers]}
    tables["companies"] = [_company(company) for company in companies]
    tables |= _assortment(assortment) | _orders(orders) | _mail(mailings) | _web(visits)
    tables["returns"] = _numbered(returns(orders), 800_001)
    tables["reviews"] = _numbered(written, 1)
    tables["support_cases"] = _numbered(support_cases(orders), 70_001)
    tables["subscriptions"] = _numbered(subscriptions(orders), 1)
    tables["event_registrations"] = _numbered(event_registrations(customers), 1)
    tables["form_submissions"] = _numbered(form_submissions(customers), 1)
    tables["loyalty_points"] = _numbered(points, 1)
    tables["survey_answers"] = _numbered(survey_answers(customers), 1)
    return tables


def _numbered(rows: Iterable[Row], first: int) -> list[Row]:
    return [(first + place, *row) for place, row in enumerate(rows)]


def _customer(c: Customer) -> Row:
    def told(fact: str, value: object) -> object:
        return value if fact in c.tells else None

    home = (c.street, c.postal_code, c.town.city, c.town.region, c.country)
    told_facts = (
        told("born", day_number(c.born)),
        told("sex", c.sex),
        told("income", c.income),
        told("education", c.education),
        told("household", c.household),
    )
    consents = [part for k in ("email", "sms", "post", "ads") for part in c.consents[k]]
    work = (c.company.id if c.company else None, c.role, c.decision)
    return (
        *(c.id, c.first_name, c.last_name, told("email", c.email), told("phone", c.phone)),
        *home,
        *told_facts,
        *(c.language, c.source, c.tier, c.points, c.registered),
        *consents,
        c.tags,
        *work,
    )


def _company(company: Company) -> Row:
    town = company.town
    about = (company.id, company.name, company.industry, company.employees, company.org_number)
    return (*about, town.city, town.country)


def _assortment(assortment: Assortment) -> Tables:
    return {
        "categories": [(c.code, *c.label.values()) for c in assortment.categories],
        "product_types": [
            (kind.code, kind.category, *kind.label.values()) for kind in assortment.kinds.values()
        ],
        "needs": [(n.code, n.kind, *n.label.values()) for n in assortment.needs.values()],
        "products": [_product(p) for p in assortment.products],
    }


def _product(p: Product) -> Row:
    named = (p.id, p.sku, *p.name.values(), p.brand)
    return (*named, p.category, p.type, p.needs, p.eco, p.price * 100)


def _order(o: Order) -> Row:
    placed = (o.id, o.customer.id, o.at, o.channel, o.code, o.on_sale, o.payment, o.status)
    return (*placed, sum(line.quantity for line in o.lines), o.total, o.shipping)


def _orders(orders: list[Order]) -> Tables:
    lines: list[Row] = [
        (n.id, o.id, n.product.id, n.quantity, n.unit_price, n.discount, n.amount)
        for o in orders
        for n in o.lines
    ]
    heads: list[Row] = [_order(o) for o in orders]
    return {"orders": heads, "order_lines": lines}


def _mail(mailings: Mailings) -> Tables:
    return {
        "campaigns": [(c.id, c.name, c.kind, c.channel, c.theme, c.at) for c in mailings.campaigns],
        "sends": mailings.sends,
        "opens": mailings.opens,
        "clicks": mailings.clicks,
        "unsubscribes": mailings.leaves,
    }


def _web(visits: list[Visit]) -> Tables:
    heads, views, carts, searches = list[Row](), list[Row](), list[Row](), list[Row]()
    for number, visit in enumerate(visits, start=1):
        who = (number, visit.customer.id)
        heads.append((*who, visit.at, visit.device, visit.source, visit.pages))
        views += [(*who, product.id, at) for product, at in visit.views]
        carts += [(*who, product.id, at) for product, at in visit.carts]
        searches += [(*who, at, words, hits) for words, hits, at in visit.searches]
    return {
        "visits": heads,
        "product_views": _numbered(views, 1),
        "cart_adds": _numbered(carts, 1),
        "searches": _numbered(searches, 1),
    }
