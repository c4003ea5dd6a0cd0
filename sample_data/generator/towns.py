"""Where customers live: towns with county, weight and existing postal codes.

The facts stand in data/towns.csv: about forty towns a country. The weight follows the
number of inhabitants; the street names are common kinds, not checked against the town.
"""

import csv
import tomllib
from dataclasses import dataclass
from pathlib import Path
from random import Random

from sample_data.generator.draw import Wheel

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Town:
    """A town and the postal codes that exist there."""

    country: str
    city: str
    region: str
    weight: float
    postal_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Country:
    """The towns, names and streets of one country."""

    code: str
    towns: tuple[Town, ...]
    wheel: Wheel[Town]
    given: dict[str, tuple[str, ...]]
    family: tuple[str, ...]
    streets: tuple[str, ...]

    def address(self, town: Town, draw: Random) -> tuple[str, str]:
        """A street with number, and a postal code of the town."""
        street = f"{draw.choice(self.streets)} {1 + int(draw.random() ** 2 * 90)}"
        return street, draw.choice(town.postal_codes)


def _written(country: str, code: str) -> str:
    return f"{code[:3]} {code[3:]}" if country == "SE" else code


def _towns() -> list[Town]:
    with (DATA / "towns.csv").open(encoding="utf-8", newline="") as lines:
        return [
            Town(
                row["country"],
                row["city"],
                row["region"],
                float(row["weight"]),
                tuple(_written(row["country"], code) for code in row["postal_codes"].split()),
            )
            for row in csv.DictReader(lines)
        ]


def countries() -> dict[str, Country]:
    """The four countries by ISO code."""
    names = tomllib.loads((DATA / "names.toml").read_text(encoding="utf-8"))
    towns = _towns()
    found: dict[str, Country] = {}
    for code, lists in names.items():
        own = tuple(town for town in towns if town.country == code)
        found[code] = Country(
            code,
            own,
            Wheel(own, (town.weight for town in own)),
            {"female": tuple(lists["female"]), "male": tuple(lists["male"])},
            tuple(lists["family"]),
            tuple(lists["streets"]),
        )
    return found
