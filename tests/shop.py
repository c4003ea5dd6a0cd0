# ruff: noqa: FBT003 — a row of a table is positional
"""A tiny shop made by hand: its catalogue, its rows as plain Python, the prepared tables in DuckDB.

The rows hold what goes wrong elsewhere: unknown values, ties, midnights, 29 February,
orders of no lines, lines of no category, members without orders, an order of no member.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb

from segments.audiences import Audiences, KeyList, Segment
from segments.catalogue import Attribute, Catalogue, Event, Named, OwnPlace, Type
from segments.definition import (
    All,
    Audience,
    Field,
    Not,
    Operator,
    Records,
    Source,
    Test,
    exists,
)
from segments.places import LATITUDE, LONGITUDE, By, Point, gazetteer
from tests.filling import Row, fill, filled


def _own(name: str, kind: Type, **more: Any) -> Attribute:  # noqa: ANN401
    return Attribute(name, kind, path=name, **more)


def _part(name: str, kind: Type, role: str | None = None) -> Attribute:
    return Attribute(name, kind, part=name, role=role)


SIZES = tuple(Named(code) for code in ("small", "middle", "large"))
FIELDS = (
    _own("city", Type.TEXT),
    _own("size", Type.TEXT, ordered=True, values=SIZES),
    _own("postal", Type.TEXT, role="postal_code"),
    _own("points", Type.NUMBER),
    _own("credit", Type.MONEY),
    _own("birth", Type.AGE),
    _own("joined", Type.DATE),
    _own("seen", Type.TIME),
    _own("consent", Type.YES_NO),
    _own("tags", Type.LIST),
)
PURCHASE = (
    Attribute("amount", Type.MONEY, path="total", part="amount"),
    _own("freight", Type.MONEY),
    _own("channel", Type.TEXT, values=(Named("web"), Named("store"))),
    _own("delivered", Type.TIME),
    _part("quantity", Type.NUMBER, "quantity"),
    _part("price", Type.MONEY),
    _part("category", Type.TEXT),
    _part("gift", Type.YES_NO),
    _part("labels", Type.LIST),
)
LISTS: dict[str, list[Any]] = {
    "krets_list_1": [1, 3, 5, 99],
    "krets_list_2": ["oslo", "ås", "nowhere"],
    "krets_list_3": [],
}
TOWNS = Test(Operator.IN, ("Oslo", "100 %"))
AUDIENCES = Audiences(
    {
        "towns": Segment("Towns", Field("city", TOWNS)),
        "buyers": Segment("Buyers", exists(Records("purchase"))),
        "both": Segment(
            "Both", Not(All((Audience(Source.SEGMENT, "TOWNS"), Audience(Source.LIST, "keys"))))
        ),
        "egg": Segment("Egg", Audience(Source.SEGMENT, "hen")),
        "hen": Segment("Hen", Not(Audience(Source.SEGMENT, "egg"))),
        "broken": Segment("Broken", None),
        "stale": Segment("Stale", Field("gone", TOWNS)),
    },
    {
        "keys": KeyList("Keys", "krets_list_1", None, 4),
        "town list": KeyList("Town list", "krets_list_2", "city", 3),
        "none": KeyList("None", "krets_list_3", None, 0),
        "gone": KeyList("Gone", "krets_list_3", "email", 0),
    },
)
# Where members are: in the middle of Oslo, some way off, across the turn of the date, at a pole, at
# the other end of the earth from Oslo; of two nothing is known.
OSLO = (59.91273, 10.74609)
PLACES: dict[int, tuple[float, float]] = {
    1: OSLO,
    2: (59.66523, 10.79193),
    4: (0.25, -179.75),
    5: (90.0, 0.0),
    6: (-59.91273, -169.25391),
    7: (59.9575, 11.0435),
}
GAZETTEER = gazetteer(
    [
        ("Oslo", "Oslo", "NO", *OSLO, True),
        ("Christiania", "Oslo", "NO", *OSLO, True),
        ("Ås", "Ås", "NO", 59.66523, 10.79193, True),
        ("Ås", "Ås", "SE", 55.5, 13.5, False),
    ],
    By.TOWN,
)
OWN_PLACES = {"island": OwnPlace("island", Point(-0.25, 179.75), {"en": ("our island",)})}
SHOP = Catalogue(
    name="Tiny",
    audiences=AUDIENCES,
    gazetteer=GAZETTEER,
    places=OWN_PLACES,
    currency="SEK",
    time_zone="Europe/Stockholm",
    home="SE",
    table="customers",
    key="id",
    fields={field.name: field for field in FIELDS},
    events={
        "purchase": Event(
            "purchase",
            "orders",
            "customer",
            time="at",
            record="id",
            parts="lines",
            attributes={attribute.name: attribute for attribute in PURCHASE},
        ),
        "visit": Event(
            "visit", "visits", "customer", time="at", attributes={"page": _own("page", Type.TEXT)}
        ),
        "rating": Event(
            "rating", "ratings", "customer", attributes={"stars": _own("stars", Type.NUMBER)}
        ),
    },
)
AS_OF = datetime(2025, 3, 31, 12)


def money(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _member(key: int, *row: Any) -> Row:  # noqa: ANN401
    values = dict(zip((field.name for field in FIELDS), row, strict=True))
    north, east = PLACES.get(key, (None, None))
    placed = {LATITUDE: north, LONGITUDE: east}
    return {"member": key} | values | {"credit": money(values["credit"])} | placed


MEMBERS = [
    _member(1, "Oslo", "small", "01234", 0, "0.5", date(2004, 2, 29), date(2024, 2, 29),
            datetime(2025, 3, 31, 0, 0), True, ["x", "a_b"]),
    _member(2, "Ås", "large", "11422", 3, "10.25", date(2003, 3, 31), date(2025, 2, 28),
            datetime(2025, 3, 30, 23, 59, 59, 999999), False, []),
    _member(3, None, None, None, None, None, None, None, None, None, None),
    _member(4, "a_b", "middle", "2", -2, "-2", date(2003, 4, 1), date(2025, 3, 31),
            datetime(2024, 12, 31, 23, 59), True, ["50%"]),
    _member(5, "50%", "middle", "99999", 2, "2.5", date(2010, 3, 30), date(2025, 1, 1),
            datetime(2025, 3, 31, 11, 59), None, [None, "Ås"]),
    _member(6, "back\\slash", "large", "", 6, "6", date(2025, 3, 31), date(2024, 12, 30),
            datetime(2025, 3, 31, 12), False, ["x", "x"]),
    _member(7, "Oslo", "small", "01235", 3, "0.5", date(1995, 12, 31), date(2026, 5, 1),
            datetime(2025, 2, 28), True, ["'", "OSLO"]),
    _member(8, "ØSTBY's", None, "5", None, "3", date(2004, 3, 1), None, None, False, None),
]  # fmt: skip


def _order(
    key: str, member: int, at: datetime | None, freight: str | None, channel: str | None,
    *lines: tuple[str | None, int | None, str | None, bool | None, list[str] | None],
) -> Row:  # fmt: skip
    parts: list[Row] = [
        {
            "amount": money(amount),
            "quantity": n,
            "price": None if amount is None or n is None else Decimal(amount) / n,
            "category": category,
            "gift": gift,
            "labels": labels,
        }
        for amount, n, category, gift, labels in lines
    ]
    delivered = None if at is None or freight is None else at.replace(hour=0, minute=0, second=0)
    own = {"record": key, "member": member, "at": at, "delivered": delivered}
    known = [part["amount"] for part in parts if part["amount"] is not None]
    own |= {"freight": money(freight), "channel": channel, "amount": sum(known) if known else None}
    counted = [part["quantity"] for part in parts if part["quantity"] is not None]
    own["quantity"] = sum(counted) if counted else None
    return {"own": own, "parts": parts}


ORDERS = [
    _order("a", 1, datetime(2024, 2, 29), "1", "web",
           ("2.5", 1, "x", True, ["x"]), ("2.5", 2, "Oslo", False, ["50%", "a_b"])),
    _order("b", 1, datetime(2025, 2, 28), "1", "store", ("10.25", 1, "x", None, None)),
    _order("c", 1, datetime(2025, 3, 31, 11, 59, 59), None, "web",
           ("0.5", 3, None, True, []), (None, None, "x", None, ["x", "Oslo"])),
    _order("d", 2, datetime(2025, 3, 31), "2.5", "store",
           ("5", 1, "x", False, None), ("5", 1, "x", True, ["x"])),
    _order("e", 2, datetime(2025, 3, 30, 23, 59, 59, 999999), "2", None),
    _order("f", 4, datetime(2024, 12, 30), "0", "web", ("-2", 1, "a_b", False, ["Ås"])),
    _order("g", 4, None, "3", "web", ("3", 1, "x", False, None)),
    _order("h", 5, datetime(2025, 3, 31, 12), "6", "store", ("6", 6, "Ås", True, ["'"])),
    _order("i", 5, datetime(2025, 1, 1), None, None, (None, None, None, None, None)),
    _order("j", 6, datetime(2025, 3, 1), "1", "web",
           ("1", 1, "50%", True, None), ("3", 1, "x", True, None), ("1", 1, "x", True, None)),
    _order("k", 6, datetime(2025, 3, 3), "1", "store", ("2.5", 1, "x", None, ["x"])),
    _order("l", 99, datetime(2025, 3, 3), "5", "web", ("500", 9, "x", True, ["x"])),
]  # fmt: skip
VISITS: list[Row] = [
    {"member": member, "at": at, "page": page}
    for member, at, page in [
        (1, datetime(2025, 3, 31, 10, 30), "Oslo"),
        (1, datetime(2025, 3, 31, 10, 30), "Oslo"),
        (1, datetime(2025, 3, 24), "x"),
        (3, datetime(2025, 3, 23, 23, 59, 59), None),
        (3, datetime(2024, 12, 31, 23, 0), "50%"),
        (7, datetime(2025, 3, 31, 13), "x"),
        (8, datetime(2025, 1, 1), "a_b"),
        (8, datetime(2024, 12, 29), "Ås"),
        (5, datetime(2025, 1, 1), "x"),
        (5, datetime(2025, 1, 11, 12), "Ås"),
        (5, datetime(2025, 1, 21), "x"),
        (99, datetime(2025, 3, 31, 10), "x"),
    ]
]
RATINGS: list[Row] = [
    {"member": member, "stars": stars}
    for member, stars in [(1, 5), (1, 4), (2, None), (4, 3), (4, 6), (6, -1), (6, 2), (7, 3)]
]


def own_rows(event: str) -> list[Row]:
    """One row a record."""
    rows = {"purchase": [order["own"] for order in ORDERS], "visit": VISITS, "rating": RATINGS}
    return rows[event]


def part_rows(event: str) -> list[Row]:
    """One row a part, with the record's attributes that the part has none of."""
    return [order["own"] | part for order in ORDERS for part in order["parts"]] if event else []


def prepared() -> duckdb.DuckDBPyConnection:
    """The prepared layout of the shop, in memory."""
    connection = filled(SHOP, MEMBERS, own_rows, part_rows)
    for name, entries in LISTS.items():
        kind = "VARCHAR" if name == "krets_list_2" else "BIGINT"
        fill(connection, name, [("entry", kind)], [{"entry": each} for each in entries])
    return connection
