"""What members can be said to be in any shop with dated purchases: a stage of life, an RFM group.

In: a catalogue. Out: definitions by name, made of its event of purchases; a rule of the shop with
the same name goes before. Start at `trait`.

Every member is in exactly one stage, and everyone with a dated purchase in exactly one group: each
stage is what those before it leave, and each group is a rectangle of the 5 × 5 scores.
"""

from collections.abc import Callable

from segments.catalogue import Catalogue, Event
from segments.definition import (
    Aggregate,
    Ago,
    All,
    Condition,
    Edge,
    Kind,
    Measure,
    Not,
    Operator,
    Records,
    Rolling,
    Test,
    Unit,
    Which,
    Window,
    exists,
)

LATELY, SLIPPING, LONG = 90, 180, 365  # days since the last purchase
OFTEN = 3  # purchases in a year that make an active member a loyal one
CODE = "rfm_"  # before three scores: rfm_555


def trait(name: str, catalogue: Catalogue) -> Condition | None:
    """The definition of that name: "lifecycle_new", "rfm_champions", "rfm_555"; None when there is
    none, or when this shop cannot tell."""
    purchase = catalogue.event_by_role("purchase")
    if purchase is None or purchase.time is None:
        return None
    if name in STAGES:
        return STAGES[name](purchase.name)
    if name in GROUPS:
        return _group(purchase, *GROUPS[name])
    return _coded(purchase, name.removeprefix(CODE)) if name.startswith(CODE) else None


def _bought(event: str, window: Window | None = None) -> Condition:
    return exists(Records(event, window=window))


def _lately(event: str) -> Condition:
    return _bought(event, Rolling(LATELY, Unit.DAY))


def _earlier(event: str) -> Condition:
    """Bought in the year up to the time that counts as lately."""
    between = Test(Operator.BETWEEN, (LATELY + 1, LONG))
    return _bought(event, Ago(between, Unit.DAY))


def _last(event: str, low: int, high: int) -> Condition:
    between = Ago(Test(Operator.BETWEEN, (low, high)), Unit.DAY)
    return Edge(Which.LAST, Records(event), between)


def _first_lately(event: str) -> Condition:
    return Edge(Which.FIRST, Records(event), Rolling(LATELY, Unit.DAY))


def _often(event: str) -> Condition:
    year = Records(event, window=Rolling(LONG, Unit.DAY))
    return Measure(Aggregate(Kind.COUNT, year), Test(Operator.GE, (OFTEN,)))


def _won_back(event: str) -> Condition:
    return All((_lately(event), Not(_first_lately(event)), Not(_earlier(event))))


def _loyal(event: str) -> Condition:
    return All((_lately(event), _earlier(event), _often(event)))


def _active(event: str) -> Condition:
    return All((_lately(event), _earlier(event), Not(_often(event))))


def _lost(event: str) -> Condition:
    return All((_bought(event), Not(_bought(event, Rolling(LONG, Unit.DAY)))))


STAGES: dict[str, Callable[[str], Condition]] = {
    "lifecycle_prospect": lambda event: Not(_bought(event)),
    "lifecycle_new": _first_lately,
    "lifecycle_won_back": _won_back,
    "lifecycle_loyal": _loyal,
    "lifecycle_active": _active,
    "lifecycle_at_risk": lambda event: _last(event, LATELY + 1, SLIPPING),
    "lifecycle_inactive": lambda event: _last(event, SLIPPING + 1, LONG),
    "lifecycle_lost": _lost,
}

# The scores of recency and frequency from and to, both inclusive; the 25 pairs are each in one.
GROUPS: dict[str, tuple[tuple[int, int], tuple[int, int]]] = {
    "rfm_champions": ((5, 5), (4, 5)),
    "rfm_loyal": ((3, 4), (4, 5)),
    "rfm_potential_loyalists": ((4, 5), (2, 3)),
    "rfm_new": ((5, 5), (1, 1)),
    "rfm_promising": ((4, 4), (1, 1)),
    "rfm_need_attention": ((3, 3), (3, 3)),
    "rfm_about_to_sleep": ((3, 3), (1, 2)),
    "rfm_cannot_lose": ((1, 2), (5, 5)),
    "rfm_at_risk": ((1, 2), (3, 4)),
    "rfm_hibernating": ((2, 2), (1, 2)),
    "rfm_lost": ((1, 1), (1, 2)),
}


def _score(event: str, kind: Kind, low: int, high: int, of: str | None = None) -> Condition:
    if low == high:
        test = Test(Operator.EQ, (low,))
    elif high == 5:
        test = Test(Operator.GE, (low,))
    else:
        test = Test(Operator.BETWEEN, (low, high))
    return Measure(Aggregate(kind, Records(event), of), test)


def _group(purchase: Event, recency: tuple[int, int], frequency: tuple[int, int]) -> Condition:
    parts = (
        _score(purchase.name, Kind.RECENCY, *recency),
        _score(purchase.name, Kind.FREQUENCY, *frequency),
    )
    return All(parts)


def _coded(purchase: Event, code: str) -> Condition | None:
    if len(code) != 3 or any(digit not in "12345" for digit in code) or purchase.amount is None:
        return None
    kinds = ((Kind.RECENCY, None), (Kind.FREQUENCY, None), (Kind.MONETARY, purchase.amount.name))
    scores = zip(kinds, map(int, code), strict=True)
    return All(tuple(_score(purchase.name, kind, n, n, of) for (kind, of), n in scores))
