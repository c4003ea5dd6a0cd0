"""The companies that buy from the shop, with names that say what they are."""

from dataclasses import dataclass
from random import Random

from sample_data.generator.draw import around, stream, wheel_of
from sample_data.generator.towns import Country, Town

COMPANIES = 600
_COUNTRY = {"SE": 0.50, "DK": 0.20, "NO": 0.20, "FI": 0.10}
# industry: share, usual number of employees
_INDUSTRIES = {
    "hair_salon": (0.30, 5.0),
    "gym": (0.13, 14.0),
    "hotel": (0.11, 45.0),
    "spa": (0.09, 12.0),
    "office": (0.15, 60.0),
    "clinic": (0.08, 18.0),
    "retail": (0.08, 20.0),
    "cleaning": (0.06, 35.0),
}
_KIND_NAMES = {
    "SE": ("Salong", "Gym", "Hotell", "Spa", "Kontor", "Klinik", "Butik", "Städ"),
    "DK": ("Frisør", "Fitness", "Hotel", "Spa", "Kontor", "Klinik", "Butik", "Rengøring"),
    "NO": ("Frisør", "Treningssenter", "Hotell", "Spa", "Kontor", "Klinikk", "Butikk", "Renhold"),
    "FI": ("Kampaamo", "Kuntosali", "Hotelli", "Spa", "Toimisto", "Klinikka", "Kauppa", "Siivous"),
}
_FORMS = {"SE": "AB", "DK": "ApS", "NO": "AS", "FI": "Oy"}
# fmt: off
_FIRST = (
    "Alvi", "Bris", "Dalia", "Eken", "Fyr", "Glimt", "Havsö", "Isla", "Joran", "Kvist", "Linde",
    "Morgo", "Nordi", "Orvi", "Pilo", "Rosen", "Solva", "Tinde", "Ulvi", "Vind", "Ymer", "Ångra",
    "Ögla", "Bryggi", "Fjällo", "Skogi", "Strandi", "Torpi", "Viki", "Ljusa",
)
_SECOND = (
    "by", "dal", "vik", "holm", "sund", "lid", "mark", "nes", "rud", "stad", "tuna", "vall", "ås",
    "fors", "ling",
)
# fmt: on


@dataclass(frozen=True, slots=True)
class Company:
    """A company customer; its contacts are customers with its id."""

    id: int
    name: str
    industry: str
    employees: int
    org_number: str
    town: Town


def _org_number(country: str, number: int) -> str:
    """VAT-like but filled with zeros, so plainly generated."""
    return {
        "SE": f"SE{number:010d}01",
        "DK": f"DK{number:08d}",
        "NO": f"NO{number:09d}MVA",
        "FI": f"FI{number:08d}",
    }[country]


def _company(number: int, land: Country, taken: set[str], draw: Random) -> Company:
    industry = wheel_of({code: share for code, (share, _) in _INDUSTRIES.items()}).spin(draw)
    word = _KIND_NAMES[land.code][list(_INDUSTRIES).index(industry)]
    name = ""
    while not name or name in taken:
        stem = draw.choice(_FIRST) + draw.choice(_SECOND)
        name = f"{stem} {word} {_FORMS[land.code]}"
    taken.add(name)
    employees = max(1, round(around(_INDUSTRIES[industry][1], 0.8, draw)))
    town = land.wheel.spin(draw)
    return Company(number, name, industry, employees, _org_number(land.code, number), town)


def make_companies(lands: dict[str, Country]) -> list[Company]:
    """All companies, ids from 5001."""
    draw = stream("companies")
    country, taken = wheel_of(_COUNTRY), set[str]()
    return [
        _company(5001 + place, lands[country.spin(draw)], taken, draw) for place in range(COMPANIES)
    ]
