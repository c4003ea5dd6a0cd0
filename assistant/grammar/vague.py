"""What vague words could mean in this shop: definitions to choose from, never a hidden threshold.

Built from roles only, so that any shop with the role gets them. A concept without a choice here
is shown as not understood.
"""

from dataclasses import replace

from assistant.grammar import returning
from assistant.grammar.rules import standing_for
from segments.catalogue import Catalogue, Event, Type
from segments.definition import (
    Aggregate,
    Ago,
    Ahead,
    All,
    Any,
    Condition,
    DateField,
    Edge,
    Field,
    Filter,
    Fixed,
    Kind,
    Measure,
    Near,
    Not,
    Operator,
    Period,
    Rank,
    Records,
    Rolling,
    Share,
    Side,
    Span,
    Test,
    Unit,
    Which,
    Window,
    exists,
)

SPEND, ORDERS = "spend", "orders"
CHANGES = {  # more or less than before, of what
    "spends_less": (Operator.LT, (SPEND,)),
    "spends_more": (Operator.GT, (SPEND,)),
    "orders_less": (Operator.LT, (ORDERS,)),
    "orders_more": (Operator.GT, (ORDERS,)),
    "buys_less": (Operator.LT, (SPEND, ORDERS)),
    "buys_more": (Operator.GT, (SPEND, ORDERS)),
}
RECENT: tuple[Fixed, ...] = (Rolling(7, Unit.DAY), Rolling(30, Unit.DAY), Rolling(90, Unit.DAY))
LONG: tuple[Fixed, ...] = tuple(Rolling(days, Unit.DAY) for days in (90, 180, 365))
NEW: tuple[Fixed, ...] = tuple(Rolling(days, Unit.DAY) for days in (30, 60, 90))
WINDOWS = {"recent": RECENT, "long_ago": LONG, "new": NEW}
SOON: tuple[Fixed, ...] = tuple(Ahead(Test(Operator.LE, (days,)), Unit.DAY) for days in (7, 30))
COUNTS = {
    "many": (3, 5, 10),
    "frequent": (3, 5, 10),
    "few": (3, 2),
    "infrequent": (3, 2),
}
AGES = {
    "young": tuple(Test(Operator.LT, (age,)) for age in (25, 30, 35)),
    "old": tuple(Test(Operator.GE, (age,)) for age in (60, 65, 70)),
    "pensioner": tuple(Test(Operator.GE, (age,)) for age in (65, 67)),
}
CONTACT = (("email",), ("phone",), ("postal_code", "city"))  # of each, the first that the shop has
DEMOGRAPHIC = (("gender",), ("birth_date", "age"))
LACKING = {
    "incomplete": CONTACT + DEMOGRAPHIC,
    "no_contact": CONTACT,
    "no_demographics": DEMOGRAPHIC,
}
TWO = {
    "couple": ((">=", 2), ("=", 2), (">=", 3)),
    "pair": ((">=", 1), (">=", 2), ("=", 2)),
}
HANDFUL = tuple(
    Test(*test) for test in ((Operator.GE, (2,)), (Operator.GE, (3,)), (Operator.BETWEEN, (2, 5)))
)
FEW = frozenset({"few", "infrequent"})
AMONG = 3
_YEAR = Rolling(12, Unit.MONTH)


def counts(concept: str) -> tuple[Test, ...]:
    """Thresholds for many and few; "a couple" can be just two, "ett par" of shoes but one, and "a
    few" is some."""
    if concept == "handful":
        return HANDFUL
    if concept in TWO:
        return tuple(Test(Operator(sign), (n,)) for sign, n in TWO[concept])
    operator = Operator.LT if concept in FEW else Operator.GE
    return tuple(Test(operator, (number,)) for number in COUNTS[concept])


def _abandoned(catalogue: Catalogue, window: Window) -> tuple[Condition, ...]:
    """Put in the cart, and nothing bought in that time."""
    cart, purchase = catalogue.event_by_role("cart"), catalogue.event_by_role("purchase")
    if cart is None or purchase is None or cart.time is None or purchase.time is None:
        return ()
    left = exists(Records(cart.name, window=window))
    return (All((left, Not(exists(Records(purchase.name, window=window))))),)


def choices(concept: str, catalogue: Catalogue) -> tuple[Condition, ...]:
    """What a concept could mean here, most usual first, then the stage of life that is called so
    and what is predicted; empty when this shop cannot say it."""
    found = _usual(concept, catalogue)
    others = (each for each in standing_for(concept, catalogue) if each not in found)
    return (*found, *others)


def _usual(concept: str, catalogue: Catalogue) -> tuple[Condition, ...]:
    if concept == "abandoned_cart":
        days = (Rolling(count, Unit.DAY) for count in (1, 7, 30))
        return tuple(found for window in days for found in _abandoned(catalogue, window))
    if concept in returning.CONCEPTS:
        return returning.choices(concept, catalogue)
    if concept in AGES:
        return _aged(catalogue, AGES[concept])
    if concept == "consent":
        return _consents(catalogue)
    if concept in LACKING:
        return _lacking(concept, catalogue)
    purchase = catalogue.event_by_role("purchase")
    if concept == "new" and (purchase is None or purchase.time is None):
        return _registered(catalogue)
    if concept == "new" and purchase is not None:
        return (*_new(purchase), *_registered(catalogue)[:1])
    if purchase is None:
        return ()
    maker = _CHOICES.get(concept)
    if maker is None:
        return ()
    if purchase.time is None and concept not in _TIMELESS:
        return ()
    return maker(purchase)


def _aged(catalogue: Catalogue, tests: tuple[Test, ...]) -> tuple[Condition, ...]:
    field = catalogue.field_by_role("age")
    return () if field is None else tuple(Field(field.name, test) for test in tests)


def _consents(catalogue: Catalogue) -> tuple[Condition, ...]:
    """Each of the consents that the shop keeps as a yes or a no."""
    kept = (f for f in catalogue.fields.values() if (f.role or "").startswith("consent_"))
    agreed = Test(Operator.EQ, (True,))
    return tuple(Field(f.name, agreed) for f in kept if f.type is Type.YES_NO)


_TIMELESS = frozenset({"big_spender", "repeat", "one_time", "vip", "price_sensitive", "eco_aware"})


def _lacking(concept: str, catalogue: Catalogue) -> tuple[Condition, ...]:
    """Any of what the shop keeps of a person is missing; or, of one kind, all of it. Of whole
    profiles, also any of each kind."""
    kinds = (LACKING[concept], CONTACT, DEMOGRAPHIC) if concept == "incomplete" else ()
    kept = [_kept(kind, catalogue) for kind in kinds or (LACKING[concept],)]
    found = [any_of(lacked) for lacked in kept if lacked]
    if not kinds and len(kept[0]) > 1:
        found.append(all_of(kept[0]))
    return tuple(dict.fromkeys(found))


def _kept(kind: tuple[tuple[str, ...], ...], catalogue: Catalogue) -> tuple[Condition, ...]:
    """That each detail of a kind is missing, of those that the shop has."""
    fields = (next(filter(None, map(catalogue.field_by_role, roles)), None) for roles in kind)
    return tuple(Not(Field(f.name, Test(Operator.KNOWN))) for f in fields if f is not None)


def _registered(catalogue: Catalogue) -> tuple[Condition, ...]:
    field = catalogue.field_by_role("registered")
    if field is None:
        return ()
    return tuple(DateField(field.name, window) for window in NEW)


def _count(event: Event, least: int, window: Window | None = None) -> Condition:
    aggregate = Aggregate(Kind.COUNT, Records(event.name, window=window))
    return Measure(aggregate, Test(Operator.GE, (least,)))


def _loyal(event: Event) -> tuple[Condition, ...]:
    return (_count(event, 3, _YEAR), _count(event, 5, _YEAR), _count(event, 10))


def _silent(event: Event, days: int) -> Condition:
    records = Records(event.name, window=Rolling(days, Unit.DAY))
    return All((exists(Records(event.name)), Not(exists(records))))


def _inactive(event: Event) -> tuple[Condition, ...]:
    return tuple(_silent(event, days) for days in (90, 180, 365))


def _active(event: Event) -> tuple[Condition, ...]:
    return tuple(
        exists(Records(event.name, window=Rolling(days, Unit.DAY))) for days in (30, 90, 365)
    )


def _new(event: Event) -> tuple[Condition, ...]:
    return tuple(Edge(Which.FIRST, Records(event.name), window) for window in NEW)


def spend(event: Event, window: Window | None = None) -> Aggregate:
    """What a ranking of customers goes by: spend, or orders where there are no amounts."""
    amount = event.amount
    if amount is None:
        return Aggregate(Kind.COUNT, Records(event.name, window=window))
    return Aggregate(Kind.SUM, Records(event.name, window=window), amount.name)


def _big(event: Event) -> tuple[Condition, ...]:
    return tuple(
        Rank(Side.TOP, percent, percent=True, aggregate=spend(event)) for percent in (5, 10, 20)
    )


def _at_risk(event: Event) -> tuple[Condition, ...]:
    last = Ago(Test(Operator.BETWEEN, (90, 180)), Unit.DAY)
    longer = Ago(Test(Operator.BETWEEN, (180, 365)), Unit.DAY)
    records = Records(event.name)
    return tuple(
        All((_count(event, 3), Edge(Which.LAST, records, when))) for when in (last, longer)
    )


def _one_time(event: Event) -> tuple[Condition, ...]:
    once = Aggregate(Kind.COUNT, Records(event.name))
    recent = Aggregate(Kind.COUNT, Records(event.name, window=_YEAR))
    exactly = Test(Operator.EQ, (1,))
    return (Measure(once, exactly), Measure(recent, exactly))


def _first_time(event: Event) -> tuple[Condition, ...]:
    once, _ = _one_time(event)
    recent, _, longer = _new(event)
    return (once, recent, longer)


def _repeat(event: Event) -> tuple[Condition, ...]:
    return (_count(event, 2), _count(event, 2, _YEAR), _count(event, 3))


def _price_sensitive(event: Event) -> tuple[Condition, ...]:
    """Most of what they buy is on sale, or with a discount code."""
    sale, code = event.by_role("on_sale"), event.by_role("discount_code")
    found = []
    if sale is not None:
        reduced = Filter(sale.name, Test(Operator.EQ, (True,)))
        found += [_share_of_orders(event, reduced, percent) for percent in (50, 80)]
    if code is not None:
        found.append(_share_of_orders(event, Filter(code.name, Test(Operator.KNOWN)), 50))
    return tuple(found)


def _share_of_orders(event: Event, one: Filter, percent: int) -> Condition:
    part = Aggregate(Kind.COUNT, Records(event.name, (one,)))
    return Share(part, Aggregate(Kind.COUNT, Records(event.name)), Test(Operator.GE, (percent,)))


def _eco_aware(event: Event) -> tuple[Condition, ...]:
    """Much of their spend is on what is kind to the environment."""
    eco = event.by_role("eco")
    if eco is None:
        return ()
    green = (Filter(eco.name, Test(Operator.EQ, (True,))),)
    whole = spend(event)
    part = replace(whole, records=Records(event.name, green))
    shares = tuple(Share(part, whole, Test(Operator.GE, (percent,))) for percent in (30, 50))
    several = Measure(Aggregate(Kind.COUNT, Records(event.name, green)), Test(Operator.GE, (3,)))
    return (*shares, several)


def _in_season(event: Event, *windows: Fixed) -> tuple[Condition, ...]:
    return tuple(exists(Records(event.name, window=window)) for window in windows)


def _at_christmas(event: Event) -> tuple[Condition, ...]:
    november, december = Period(month=11), Period(month=12)
    return _in_season(event, december, Span(november, december), Period(named="christmas"))


def _in_summer(event: Event) -> tuple[Condition, ...]:
    """Those who bought in it, and those who did so for the first time."""
    summer = Period(named="summer")
    first = Edge(Which.FIRST, Records(event.name), summer)
    return (*_in_season(event, summer), first)


_CHOICES = {
    "at_christmas": _at_christmas,
    "in_summer": _in_summer,
    "price_sensitive": _price_sensitive,
    "eco_aware": _eco_aware,
    "loyal": _loyal,
    "inactive": _inactive,
    "churned": lambda event: tuple(_silent(event, days) for days in (180, 365, 730)),
    "long_ago": _inactive,
    "active": _active,
    "big_spender": _big,
    "vip": _big,
    "frequent": _loyal,
    "at_risk": _at_risk,
    "one_time": _one_time,
    "first_time": _first_time,
    "repeat": _repeat,
}


RESTING = frozenset({"inactive"})
SILENT = frozenset({"inactive", "churned", "long_ago"})


def within(concept: str, catalogue: Catalogue, window: Window) -> tuple[Condition, ...]:
    """What a concept means where the sentence says the time; empty when that says nothing."""
    if concept == "abandoned_cart":
        return _abandoned(catalogue, window)
    purchase = catalogue.event_by_role("purchase")
    registered = catalogue.field_by_role("registered") if concept == "new" else None
    if isinstance(window, Near):
        return ()
    since = (DateField(registered.name, window),) if registered is not None else ()
    if purchase is None or purchase.time is None:
        return since
    records = Records(purchase.name)
    inside = exists(Records(purchase.name, window=window))
    if concept in SILENT:
        return (All((exists(records), Not(inside))),)
    if concept == "active":
        return (inside,)
    if concept == "new":
        return (Edge(Which.FIRST, records, window), *since)
    if concept == "first_time":
        return (Edge(Which.FIRST, records, window),)
    if concept == "repeat":
        return (_count(purchase, 2, window),)
    if concept in ("loyal", "frequent"):
        return tuple(_count(purchase, least, window) for least in COUNTS["many"])
    return ()


def headless(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events a value without a verb most likely belongs to, at most three."""
    order = ("purchase", "view", "cart", "search", "review", "return")
    ranked = sorted(events, key=lambda e: order.index(e.role) if e.role in order else len(order))
    return tuple(ranked[:AMONG])


def any_of(conditions: tuple[Condition, ...]) -> Condition:
    """One, or any of several."""
    return conditions[0] if len(conditions) == 1 else Any(conditions)


def all_of(conditions: tuple[Condition, ...]) -> Condition:
    """One, or all of several."""
    return conditions[0] if len(conditions) == 1 else All(conditions)
