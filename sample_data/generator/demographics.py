"""What is likely of a person: age, source, household, income, job, and what they tell.

Gives single facts from chance; people.py puts them together.
"""

from datetime import date
from random import Random

from sample_data.generator.clock import DAY, LAST_DAY, as_date
from sample_data.generator.companies import Company
from sample_data.generator.draw import Wheel, wheel_of

_INCOME = ("under_250k", "250k_400k", "400k_600k", "over_600k")
_EDUCATION = {"primary": 0.10, "secondary": 0.32, "vocational": 0.20, "university": 0.38}
_SOURCES = {
    "google": 0.27,
    "instagram": 0.19,
    "facebook": 0.14,
    "friend": 0.12,
    "store": 0.10,
    "newsletter": 0.06,
    "influencer": 0.07,
    "tv": 0.05,
}
_SOURCE_BY_AGE = {
    "instagram": (2.2, 1.0, 0.3),
    "influencer": (2.5, 0.8, 0.1),
    "facebook": (0.3, 1.2, 1.6),
    "tv": (0.3, 1.0, 2.0),
    "store": (0.6, 1.0, 1.6),
}
_ROLES = {
    "ceo": (0.20, (0.9, 0.1, 0.0)),
    "purchasing": (0.24, (0.6, 0.35, 0.05)),
    "salon_manager": (0.14, (0.7, 0.25, 0.05)),
    "hr": (0.12, (0.3, 0.6, 0.1)),
    "assistant": (0.16, (0.05, 0.35, 0.6)),
    "trainer": (0.08, (0.05, 0.45, 0.5)),
    "receptionist": (0.06, (0.02, 0.28, 0.7)),
}
DECISIONS = ("decides", "influences", "uses")


def sex(draw: Random) -> str:
    """Two in three are women."""
    roll = draw.random()
    return "female" if roll < 0.65 else "male" if roll < 0.985 else "other"


def education(draw: Random) -> str:
    """The highest schooling."""
    return wheel_of(_EDUCATION).spin(draw)


def birth_date(registered: int, draw: Random, *, contact: bool) -> date:
    """Everyone is 18 when they register; contacts of companies are of working age."""
    if contact:
        age = draw.gauss(43, 10)
    else:
        middle, spread = draw.choice(((26, 5), (37, 8), (37, 8), (52, 10), (66, 8)))
        age = draw.gauss(middle, spread)
    youngest = (LAST_DAY - registered // DAY) / 365.25 + 18.05
    return as_date(LAST_DAY - int(min(88.0, max(youngest, age)) * 365.25))


def source(age: int, draw: Random) -> str:
    """Where the customer came from, by age."""
    third = 0 if age < 32 else 1 if age < 55 else 2
    weights = {
        code: share * _SOURCE_BY_AGE.get(code, (1.0, 1.0, 1.0))[third]
        for code, share in _SOURCES.items()
    }
    return wheel_of(weights).spin(draw)


def household(age: int, draw: Random) -> str:
    """Children at home mostly between 29 and 50."""
    family = 0.55 if 29 <= age <= 50 else 0.12
    roll = draw.random()
    if roll < family:
        return "family_with_children"
    return "couple" if roll < family + (1 - family) * 0.5 else "single"


def income(age: int, schooling: str, draw: Random) -> str:
    """The yearly income band."""
    level = draw.gauss(1.1, 0.9) + (schooling == "university") * 0.7
    level += -1.0 if age < 26 else 0.4 if 38 < age < 62 else 0.0
    return _INCOME[min(3, max(0, round(level)))]


def told_facts(draw: Random, *, contact: bool) -> frozenset[str]:
    """Which facts the customer has given; the rest are null."""
    shares = {"email": 0.97, "phone": 0.85, "born": 0.90, "sex": 0.92}
    shares |= {"income": 0.65, "education": 0.60, "household": 0.70}
    if contact:
        shares |= {"email": 1.0, "income": 0.1, "education": 0.2, "household": 0.1}
    return frozenset(fact for fact, share in shares.items() if draw.random() < share)


def job(company: Company, draw: Random) -> tuple[str, str]:
    """The role at the company, and what part it has in decisions."""
    weights = {role: share for role, (share, _) in _ROLES.items()}
    weights["salon_manager"] *= {"hair_salon": 3.0, "spa": 1.5}.get(company.industry, 0.0)
    weights["trainer"] *= 3.0 if company.industry == "gym" else 0.0
    role = wheel_of(weights).spin(draw)
    return role, Wheel(DECISIONS, _ROLES[role][1]).spin(draw)
