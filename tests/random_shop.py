"""Small shops drawn at random: a catalogue in the shape of `tests.shop.SHOP`, and its rows.

Fields and attributes of every type, events with and without a time, record keys and parts. Values
come from a few that lie on the edges, so that ties and duplicates are many: unknown ones, midnights
of the days before the shop's as-of day, days when clocks change, 29 February, turns of the year.
The same number gives the same shop.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

import duckdb

from segments.catalogue import Attribute, Catalogue, Event, Named, Type
from segments.places import LATITUDE, LONGITUDE, By, gazetteer
from tests.filling import Row, filled

MOMENTS = [
    datetime(2024, 2, 29),
    datetime(2024, 2, 29, 23, 59, 59, 999999),
    datetime(2024, 12, 30),
    datetime(2024, 12, 31, 23, 0),
    datetime(2025, 1, 1),
    datetime(2025, 2, 28, 12),
    datetime(2025, 3, 1),
    datetime(2025, 3, 24),
    datetime(2025, 3, 29, 2, 30),
    datetime(2025, 3, 30, 1, 59, 59, 999999),
    datetime(2025, 3, 30, 2, 30),  # an hour that Stockholm's clocks leave out
    datetime(2025, 3, 30, 23, 59, 59, 999999),
    datetime(2025, 3, 31),
    datetime(2025, 3, 31, 11, 59, 59),
    datetime(2025, 3, 31, 12),
    datetime(2025, 4, 1),
    datetime(2025, 10, 26, 2, 30),  # an hour that they have twice
    datetime(2025, 10, 26, 3),
    datetime(2025, 12, 31, 23, 59, 59, 999999),
]
AS_OF = [
    datetime(2024, 2, 29, 0, 0, 1),
    datetime(2025, 1, 1),
    datetime(2025, 3, 1),
    datetime(2025, 3, 30, 3),
    datetime(2025, 3, 31, 12),
    datetime(2025, 10, 26, 2, 30),
    datetime(2025, 12, 31, 23, 59, 59, 999999),
]
BIRTHS = [
    date(2004, 2, 29),
    date(2003, 3, 31),
    date(2003, 4, 1),
    date(2010, 3, 30),
    date(1995, 12, 31),
]
DEGREES = [(59.91273, 10.74609), (-33.86785, 151.20732), (0.0, 180.0), (-90.0, 0.0)]
TOWNS = gazetteer(
    [(name, name, "NO", *at, True) for name, at in zip("ABCD", DEGREES, strict=True)], By.TOWN
)
TEXTS = ["Oslo", "OSLO", "50%", "a_b", "x", "Ås", "'", "ås", "back\\slash", ""]
POSTAL = ["01234", "114 22", "11422", "2", "5", "99999", "0 1", ""]
NUMBERS = [-2, -1, 0, 0, 1, 1, 2, 3, 4, 6]
AMOUNTS = [Decimal(text) for text in ("-2", "0", "0.5", "1", "1", "2.5", "2.5", "6", "10.25")]
CODES = ("small", "middle", "large")
UNKNOWN = 0.15


@dataclass(frozen=True, slots=True)
class RandomShop:
    """A catalogue with the rows of its members, its records and their parts."""

    catalogue: Catalogue
    as_of: datetime
    members: list[Row]
    own: dict[str, list[Row]]
    parts: dict[str, list[Row]]

    def own_rows(self, event: str) -> list[Row]:
        """One row a record."""
        return self.own[event]

    def part_rows(self, event: str) -> list[Row]:
        """One row a part, with the record's attributes that the part has none of."""
        return self.parts[event]

    def prepared(self) -> duckdb.DuckDBPyConnection:
        """The prepared tables, in memory."""
        return filled(self.catalogue, self.members, self.own_rows, self.part_rows)


@cache
def random_shop(number: int) -> RandomShop:
    """The shop of that number."""
    chance = Random(number)
    as_of = chance.choice(AS_OF)
    fields = _fields(chance)
    events = [_event(chance, place) for place in range(chance.randint(1, 3))]
    catalogue = Catalogue(
        name=f"Random {number}",
        currency="SEK",
        time_zone="Europe/Stockholm",
        home="SE",
        table="customers",
        key="id",
        fields={field.name: field for field in fields},
        events={event.name: event for event in events},
        gazetteer=TOWNS,
    )
    keys = range(1, chance.randint(4, 8))
    moments = _moments(chance, as_of)
    members = [{"member": key} | _values(chance, fields, moments) for key in keys]
    degrees = Random(f"places of {number}")
    members = [member | _degrees(degrees) for member in members]
    own: dict[str, list[Row]] = {}
    parts: dict[str, list[Row]] = {}
    for event in events:
        own[event.name], parts[event.name] = _records(chance, event, [*keys, 99], moments)
    return RandomShop(catalogue, as_of, members, own, parts)


def _degrees(chance: Random) -> Row:
    """Where a member is: in a town, anywhere, or nobody knows."""
    match chance.randrange(4):
        case 0:
            north = east = None
        case 1:
            north, east = chance.choice(DEGREES)
        case _:
            north, east = chance.uniform(-90, 90), chance.uniform(-180, 180)
    return {LATITUDE: north, LONGITUDE: east}


def _moments(chance: Random, as_of: datetime) -> list[datetime]:
    """Where windows begin and end, an instant before, and others."""
    midnight = as_of.replace(hour=0, minute=0, second=0, microsecond=0)
    days = [midnight - timedelta(days=chance.randint(-1, 12)) for _ in range(8)]
    days += [midnight - timedelta(days=chance.randint(0, 40)) for _ in range(4)]
    days += [midnight.replace(day=1), midnight.replace(month=1, day=1), as_of]
    before = [each - timedelta(microseconds=1) for each in chance.sample(days, 3)]
    return [*days, *before, *chance.sample(MOMENTS, 4)]


def _fields(chance: Random) -> list[Attribute]:
    """Some of every type; always a date, which conditions on dates need."""
    drawn = [_attribute(chance, f"f{place}", kind) for place, kind in enumerate(Type)]
    kept = [each for each in drawn if chance.random() < 0.7]
    return [*kept, Attribute("joined", Type.DATE, path="joined")]


def _attribute(chance: Random, name: str, kind: Type, **more: Any) -> Attribute:  # noqa: ANN401
    """One of the type; a text is open, has codes, rising codes, or is a postal code."""
    if kind is Type.TEXT and (form := chance.randrange(4)):
        if form == 1:
            more["role"] = "postal_code"
        else:
            more |= {"values": tuple(map(Named, CODES)), "ordered": form == 2}
    return Attribute(name, kind, **({"path": name} | more))


def _event(chance: Random, place: int) -> Event:
    """With a time, the first always; with a record key, and then often with parts."""
    record = chance.random() < 0.75
    parts = record and chance.random() < 0.8
    attributes = []
    for number in range(chance.randint(2 if parts else 1, 5)):
        single = number == 0  # favourites and groups need one such value
        left_out = {Type.AGE, Type.LIST} if single else {Type.AGE}
        kind = chance.choice([each for each in Type if each not in left_out])
        name = f"a{number}"
        of_part = parts and not single and (number == 1 or chance.random() < 0.5)
        both = number > 1 and kind in {Type.NUMBER, Type.MONEY} and chance.random() < 0.3
        level = {"path": None if of_part and not both else name, "part": name if of_part else None}
        attributes.append(_attribute(chance, name, kind, **level))
    if parts:
        path = "total" if chance.random() < 0.5 else None
        amount = Attribute("amount", Type.MONEY, path=path, part="amount", role="amount")
        attributes.append(amount)
    return Event(
        name=f"e{place}",
        table=f"e{place}",
        member="customer",
        time="at" if place == 0 or chance.random() < 0.6 else None,
        record="id" if record else None,
        parts="lines" if parts else None,
        attributes={each.name: each for each in attributes},
    )


def _records(
    chance: Random, event: Event, keys: list[int], moments: list[datetime]
) -> tuple[list[Row], list[Row]]:
    """The rows of the records, the last key's of no member, and those of their parts."""
    own: list[Row] = []
    parts: list[Row] = []
    of_parts = [each for each in event.attributes.values() if each.part is not None]
    summed = [each.name for each in of_parts if each.additive]
    for place in range(chance.randint(0, 24)):
        row = {"member": chance.choice(keys), "record": f"r{place}"}
        row |= {"at": _drawn(chance, moments) if event.time else None}
        row |= _values(chance, list(event.attributes.values()), moments)
        lines = [
            _values(chance, of_parts, moments) for _ in range(chance.choice([0, 1, 2, 2, 3, 4]))
        ]
        if event.parts is not None:
            row |= {name: _total(line[name] for line in lines) for name in summed}
            parts += [row | line for line in lines]
        own.append(row)
        if event.record is None and chance.random() < 0.2:
            own.append(dict(row))
    return own, parts


def _total(values: Any) -> Any:  # noqa: ANN401
    known = [each for each in values if each is not None]
    return sum(known) if known else None


def _values(chance: Random, attributes: list[Attribute], moments: list[datetime]) -> Row:
    return {each.name: _value(chance, each, moments) for each in attributes}


def _value(chance: Random, attribute: Attribute, moments: list[datetime]) -> Any:  # noqa: ANN401
    match attribute.type:
        case Type.TEXT if attribute.role == "postal_code":
            return _drawn(chance, POSTAL)
        case Type.TEXT:
            return _drawn(chance, attribute.codes or TEXTS)
        case Type.NUMBER:
            return _drawn(chance, NUMBERS)
        case Type.MONEY:
            return _drawn(chance, AMOUNTS)
        case Type.AGE:
            return _drawn(chance, BIRTHS)
        case Type.DATE:
            day = _drawn(chance, moments)
            return day and day.date()
        case Type.TIME:
            return _drawn(chance, moments)
        case Type.YES_NO:
            return _drawn(chance, [True, False])
        case Type.LIST:
            several = [_drawn(chance, TEXTS[:-1]) for _ in range(chance.randint(0, 3))]
            return _drawn(chance, [several])


def _drawn(chance: Random, values: Any) -> Any:  # noqa: ANN401
    return None if chance.random() < UNKNOWN else chance.choice(values)
