"""What is known of a segment's members, as messages may use it: numbers, tastes, languages.

Frozen data without a clock and without a query; `assistant.answers.gathering` fills it in exactly
from the data. Start at `Facts`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Form(StrEnum):
    """How a number is said."""

    SHARE = "share"  # 0 to 1
    COUNT = "count"
    DAYS = "days"
    MONEY = "money"
    YEARS = "years"
    TIMES = "times"  # a ratio


# Every number that a playbook can ask about, with how it is said. A number that the data cannot
# give is not among the facts, and what asks about it does not hold.
NUMBERS: Mapping[str, Form] = {
    "members": Form.COUNT,
    "age_median": Form.YEARS,
    "buyers_share": Form.SHARE,  # have ordered at all
    "orders_median": Form.COUNT,  # of those who have
    "orders_least": Form.COUNT,  # 0 when one of them has none
    "orders_most": Form.COUNT,
    "quiet_days_median": Form.DAYS,  # since the last order, of those who have ordered
    "quiet_days_least": Form.DAYS,
    "gap_days_median": Form.DAYS,  # between orders, of those with two
    "member_days_median": Form.DAYS,  # since they registered
    "member_days_least": Form.DAYS,
    "member_days_most": Form.DAYS,
    "spend_mean": Form.MONEY,  # a member, all time
    "top_percent": Form.COUNT,  # the smallest of 10 and 20 that every one's spend is within
    "discount_share": Form.SHARE,  # of their orders
    "eco_share": Form.SHARE,  # have bought it
    "store_share": Form.SHARE,  # of their orders
    "business_share": Form.SHARE,  # belong to a company
    "opened_share": Form.SHARE,  # opened a message in the last 90 days
    "returned_share": Form.SHARE,  # sent something back in the last 90 days
    "complained_share": Form.SHARE,  # were in touch with the shop in the last 90 days
    "subscribed_share": Form.SHARE,
    "category_share": Form.SHARE,
    "category_lift": Form.TIMES,
    "need_share": Form.SHARE,
    "need_lift": Form.TIMES,
    "brand_share": Form.SHARE,
    "brand_lift": Form.TIMES,
    "city_share": Form.SHARE,
    "industry_share": Form.SHARE,
}
# What no member passes: everyone's own bound tells nothing beside it.
BOUNDS = frozenset(name for name in NUMBERS if name.endswith(("_least", "_most")))


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the segment and, where it can be compared, of everyone."""

    value: Decimal
    everyone: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Taste:
    """A value some of them have: `members` of `count` in the segment, `everyone` of `total` in
    all. `words` is what it is called by language."""

    code: str
    words: Mapping[str, str]
    members: int
    count: int
    everyone: int
    total: int

    @property
    def share(self) -> Decimal:
        """The part of the segment that has it, 0 to 1."""
        return Decimal(self.members) / self.count if self.count else Decimal(0)

    @property
    def of_all(self) -> Decimal:
        """The part of everyone that has it, 0 to 1."""
        return Decimal(self.everyone) / self.total if self.total else Decimal(0)

    @property
    def lift(self) -> Decimal:
        """How many times as common it is among them as among everyone: the ratio of the shares."""
        return self.share / self.of_all if self.everyone else Decimal(0)

    @property
    def each(self) -> bool:
        """Whether every one of them has it, so that it can be said to each."""
        return 0 < self.count == self.members


@dataclass(frozen=True, slots=True)
class Rating:
    """The average of the stars that everyone has given, and how many times."""

    stars: Decimal
    reviews: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What messages to a segment may rest on. `tastes` are by role (category, product, brand,
    need, city, industry), the most telling first; `languages` counts members by the language to
    write to them in."""

    shop: str
    count: int
    total: int
    numbers: Mapping[str, Number] = field(default_factory=dict)
    tastes: Mapping[str, tuple[Taste, ...]] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    bestsellers: tuple[Taste, ...] = ()  # what most of everyone have bought
    # what most of everyone have bought of a category, a brand or for a need, by role and code
    sold: Mapping[tuple[str, str], tuple[Taste, ...]] = field(default_factory=dict)
    ratings: Mapping[str, Rating] = field(default_factory=dict)  # by category
    rating: Rating | None = None  # of everything
    searches: tuple[Taste, ...] = ()  # what they typed, the most telling first
    sought: tuple[Taste, ...] = ()  # the kinds of product that they typed, likewise
    name_room: int = 0  # letters of the longest first name
    named: bool = False  # whether the first name of every one is known
    company_room: int = 0
    companies: bool = False  # whether the company of every one is known

    def number(self, name: str) -> Decimal | None:
        """A number by its name, if the data can give it."""
        found = self.numbers.get(name)
        return found.value if found is not None else None

    def top(self, role: str) -> Taste | None:
        """The most telling value of a role, if any."""
        return next(iter(self.tastes.get(role, ())), None)
