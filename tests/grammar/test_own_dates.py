"""Windows around a date of each member's own, in other shops: which date is meant there."""

from functools import cache
from pathlib import Path

import pytest

from assistant.grammar.reader import Reader
from assistant.grammar.reading import Status
from segments.catalogue_file import load
from segments.check import check
from segments.codec import from_text, to_text
from segments.engine.spoken import declared
from tests import equipped_shop

HERE = Path(__file__).parents[1] / "catalogues"


@cache
def reader(name: str) -> Reader:
    if name == "equipped":
        return equipped_shop.reader()
    catalogue = load(HERE / f"{name}.toml")
    return Reader(catalogue, tuple(declared(catalogue)))


@pytest.mark.parametrize(
    ("shop", "text", "means"),
    [
        # a date without a role, by the shop's own name for it
        (
            "equipped",
            "not bought since their renewal date",
            "not count(purchase in after renewal_date) >= 1",
        ),
        (
            "equipped",
            "contacted support within 14 days after the renewal date",
            "count(support in 14 days after renewal_date) >= 1",
        ),
        (
            "equipped",
            "purchase within 30 days before renewal_date",
            "count(purchase in 30 days before renewal_date) >= 1",
        ),
        # without a registration a customer's first day is that of the first order, which is in it
        (
            "cdnow",
            "spent more than 100 in their first year as a customer",
            "sum(purchase.amount in 1 year from first(purchase)) > 100",
        ),
        (
            "olist_sample",
            "handlat minst 2 gånger under sina första 90 dagar som kund",
            "count(purchase in 90 days from first(purchase)) >= 2",
        ),
        (
            "northwind",
            "købt mindst 2 gange inden for 90 dage efter deres første køb",
            "count(purchase in 90 days after first(purchase)) >= 2",
        ),
    ],
)
def test_the_date_is_one_that_the_shop_has(shop: str, text: str, means: str) -> None:
    found = reader(shop).read(text)
    assert found.definition is not None, found.reasons
    assert to_text(found.definition) == to_text(from_text(means))
    assert check(found.definition, reader(shop).catalogue) == ()


@pytest.mark.parametrize("shop", ["cdnow", "northwind", "olist_sample"])
@pytest.mark.parametrize(
    "text", ["bought within 30 days of signing up", "handlade på sin födelsedag"]
)
def test_a_date_that_the_shop_lacks_is_no_other(shop: str, text: str) -> None:
    found = reader(shop).read(text)
    assert found.status is Status.UNREAD
    assert found.reasons
