"""Who the customers are: name, age, home and what they told the shop.

Makes the visible half of each customer. How they behave is drawn in temperament.py
and groups.py, what they agreed to in mail.py.
"""

import unicodedata
from dataclasses import dataclass, field
from datetime import date
from random import Random

from sample_data.generator import demographics
from sample_data.generator.clock import (
    BLACK_WEEKS,
    CLOSING,
    FIRST_DAY,
    HABITS,
    LAST_DAY,
    OPENING,
    as_date,
    moment_of,
)
from sample_data.generator.companies import Company
from sample_data.generator.draw import Wheel, stream, wheel_of
from sample_data.generator.temperament import Traits
from sample_data.generator.towns import Country, Town

CUSTOMERS = 20_000
CONTACTS = 1_100
_COUNTRY = {"SE": 0.50, "DK": 0.20, "NO": 0.20, "FI": 0.10}
_LANGUAGES = {
    "SE": {"sv": 0.95, "en": 0.05},
    "DK": {"da": 0.96, "en": 0.04},
    "NO": {"nb": 0.95, "en": 0.05},
    "FI": {"sv": 0.40, "en": 0.60},
}
_DOMAINS = ("example.com", "example.org", "example.net", "mail.example.com", "post.example.org")


@dataclass(slots=True)
class Customer:
    """One customer; `traits` is what the tables never show."""

    id: int
    registered: int
    country: str
    town: Town
    sex: str
    born: date
    language: str
    first_name: str
    last_name: str
    email: str
    phone: str
    street: str
    postal_code: str
    source: str
    income: str
    education: str
    household: str
    company: Company | None
    role: str | None
    decision: str | None
    tells: frozenset[str]
    traits: Traits = field(default_factory=Traits)
    tier: str | None = None
    points: int | None = None
    tags: list[str] = field(default_factory=list)
    consents: dict[str, tuple[bool, int | None]] = field(default_factory=dict)

    @property
    def age(self) -> int:
        """Whole years on the shop's last day."""
        today = as_date(LAST_DAY)
        before = (today.month, today.day) < (self.born.month, self.born.day)
        return today.year - self.born.year - before


def _registrations(draw: Random) -> list[int]:
    """Registration moments in order: a busy opening, then growth with peaks."""
    weights = []
    for day in range(FIRST_DAY, LAST_DAY + 1):
        month = as_date(day).month
        weight = 1.0 + 0.9 * (day - FIRST_DAY) / (LAST_DAY - FIRST_DAY)
        weight *= 2.6 if day < FIRST_DAY + 45 else 1.0
        weight *= {11: 1.25, 12: 1.15, 1: 1.2, 7: 0.7}.get(month, 1.0)
        weight *= 2.4 if any(week <= day < week + 7 for week in BLACK_WEEKS) else 1.0
        weights.append(weight)
    days = Wheel(range(FIRST_DAY, LAST_DAY + 1), weights)
    moments = [OPENING]
    while len(moments) < CUSTOMERS:
        moment = moment_of(days.spin(draw), draw.choice(HABITS), draw)
        if OPENING < moment < CLOSING:
            moments.append(moment)
    return sorted(moments)


def _ascii(name: str) -> str:
    plain = name.lower().replace("ø", "o").replace("æ", "ae").replace("å", "a")
    folded = unicodedata.normalize("NFKD", plain)
    return "".join(letter for letter in folded if letter.isascii() and letter.isalpha())


def _phone(country: str, draw: Random) -> str:
    """A number nobody has.

    Sweden keeps ranges for fiction (070-174 06 05 to 99 and four area codes), so
    Swedish customers share those. In the other countries no subscriber number begins
    with the digit used here.
    """
    if country == "SE":
        ranges = ((46701740605, 95), (46313900600, 100), (46406280400, 100), (46846500400, 100))
        start, size = ranges[0] if draw.random() < 0.4 else draw.choice(ranges[1:])
        return f"+{start + draw.randrange(size)}"
    if country == "FI":
        return f"+35800{draw.randrange(10**7):07d}"
    return f"+{45 if country == 'DK' else 47}0{draw.randrange(10**7):07d}"


class _Emails:
    """Hands out addresses under reserved domains, none twice."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def give(self, first: str, last: str, draw: Random) -> str:
        stem = f"{_ascii(first)}.{_ascii(last)}"
        address = f"{stem}@{draw.choice(_DOMAINS)}"
        while address in self._taken:
            address = f"{stem}{draw.randrange(2, 999)}@{draw.choice(_DOMAINS)}"
        self._taken.add(address)
        return address


class _Registry:
    """Enters new customers with home, contact details and facts about them."""

    def __init__(self, draw: Random) -> None:
        """Start with no customers."""
        self._draw, self._emails = draw, _Emails()

    def enter(self, number: int, registered: int, land: Country, job: Company | None) -> Customer:
        """A customer of that country; a contact when a company is given."""
        draw = self._draw
        sex = demographics.sex(draw)
        born = demographics.birth_date(registered, draw, contact=job is not None)
        age = as_date(LAST_DAY).year - born.year
        town = job.town if job else land.wheel.spin(draw)
        given = sex if sex != "other" else draw.choice(("female", "male"))
        first, last = draw.choice(land.given[given]), draw.choice(land.family)
        street, postal_code = land.address(town, draw)
        education = demographics.education(draw)
        role, decision = demographics.job(job, draw) if job else (None, None)
        return Customer(
            id=number,
            registered=registered,
            country=land.code,
            town=town,
            sex=sex,
            born=born,
            language=wheel_of(_LANGUAGES[land.code]).spin(draw),
            first_name=first,
            last_name=last,
            email=self._emails.give(first, last, draw),
            phone=_phone(land.code, draw),
            street=street,
            postal_code=postal_code,
            source=demographics.source(age, draw),
            income=demographics.income(age, education, draw),
            education=education,
            household=demographics.household(age, draw),
            company=job,
            role=role,
            decision=decision,
            tells=demographics.told_facts(draw, contact=job is not None),
        )


def make_customers(lands: dict[str, Country], companies: list[Company]) -> list[Customer]:
    """All customers in the order they registered."""
    draw = stream("people")
    moments = _registrations(draw)
    employers: dict[int, Company] = {}
    places = draw.sample(range(CUSTOMERS), CONTACTS)
    for count, place in enumerate(places):
        employers[place] = companies[count] if count < len(companies) else draw.choice(companies)
    country, roll = wheel_of(_COUNTRY), _Registry(draw)
    made = []
    for place, registered in enumerate(moments):
        company = employers.get(place)
        land = lands[company.town.country if company else country.spin(draw)]
        made.append(roll.enter(100_001 + place, registered, land, company))
    return made
