"""Where things are: the towns that a distance can be from, and a shop's own places.

In: towns as preparation found them for the countries of a shop's members. Out: look-ups by name,
whatever the case and the spaces. Knows no data and no sentence. Start at `Gazetteer`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt

from segments.audiences import folded

LATITUDE, LONGITUDE = "krets_latitude", "krets_longitude"  # columns of the prepared members
MOST_LATITUDE, MOST_LONGITUDE = 90, 180
EARTH_RADIUS = 6371.0088  # km, the mean radius of the WGS 84 ellipsoid (IUGG)


class By(StrEnum):
    """What tells where members are: coordinates of their own, or the middle of their town."""

    COORDINATES = "coordinates"
    TOWN = "town"


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees north and east."""

    latitude: float
    longitude: float


def kilometres(one: Point, other: Point) -> float:
    """How far apart two points are along a great circle, by the haversine formula (R. W. Sinnott,
    Virtues of the Haversine, Sky and Telescope 68, 1984)."""
    north, other_north = radians(one.latitude), radians(other.latitude)
    east = radians(other.longitude - one.longitude)
    straight = sin((other_north - north) / 2) ** 2
    straight += cos(north) * cos(other_north) * sin(east / 2) ** 2
    return 2 * EARTH_RADIUS * asin(sqrt(min(1.0, straight)))


@dataclass(frozen=True, slots=True)
class Town:
    """A town of a country (ISO 3166), by the name that members have it under or else its own.
    `lived`: members are there."""

    name: str
    country: str
    point: Point
    lived: bool = False


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The towns of a shop's countries, each under all its spellings, folded: those that are called
    so, and those that are so called too. `by` is None where nothing tells where members are."""

    called: Mapping[str, tuple[Town, ...]] = field(default_factory=dict)
    also: Mapping[str, tuple[Town, ...]] = field(default_factory=dict)
    by: By | None = None

    def get(self, name: str, country: str) -> Town | None:
        """The one town of this name in a country."""
        found = [town for town in self.named(name) if town.country == country]
        return found[0] if len(found) == 1 else None

    def named(self, name: str) -> tuple[Town, ...]:
        """The towns that a name can be of: those it is the name of, or else a spelling of."""
        key = folded(name)
        return self.called.get(key) or self.also.get(key, ())

    def meant(self, name: str, home: str) -> tuple[Town, ...]:
        """The towns that somebody of the shop means by a name: where members are, or else in the
        shop's own country; several when that leaves it open."""
        found = self.named(name)
        for kept in (
            tuple(town for town in found if town.lived),
            tuple(town for town in found if town.country == home),
        ):
            if kept:
                return kept
        return found


def gazetteer(rows: Iterable[tuple[str, str, str, float, float, bool]], by: By | None) -> Gazetteer:
    """Towns from rows of spelling, name, country, degrees north and east, whether members are
    there."""
    called: dict[str, tuple[Town, ...]] = {}
    also: dict[str, tuple[Town, ...]] = {}
    for spelling, name, country, latitude, longitude, lived in rows:
        town = Town(name, country, Point(latitude, longitude), lived)
        held = called if folded(spelling) == folded(name) else also
        held[folded(spelling)] = (*held.get(folded(spelling), ()), town)
    return Gazetteer(called, also, by)
