"""Stages of life and RFM groups: everyone is in exactly one, and in the right one."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

import duckdb
import pandas as pd
import pytest

from segments.catalogue import Attribute, Catalogue, Event, Type
from segments.check import check
from segments.codec import from_text, to_text
from segments.compile import compile_members, to_sql
from segments.definition import Condition
from segments.traits import GROUPS, STAGES, trait
from tests.filling import filled
from tests.sample_shop import FOLDER, Sample, sample

AS_OF = datetime(2025, 3, 1, 12, 30)
TODAY = AS_OF.replace(hour=0, minute=0)
# On both sides of every limit, at midnight and before it.
MOMENTS = [
    TODAY - timedelta(days=days) + part
    for days in (0, 89, 90, 91, 180, 181, 365, 366, 800)
    for part in (timedelta(0), timedelta(hours=12))
]
PURCHASE = Event(
    "purchase",
    "orders",
    "customer",
    "at",
    record="id",
    role="purchase",
    attributes={"amount": Attribute("amount", Type.MONEY, path="amount", role="amount")},
)
SHOP = Catalogue("Limits", "SEK", "UTC", "SE", "customers", "id", events={"purchase": PURCHASE})


def _customers() -> dict[int, list[datetime | None]]:
    """Nobody's, one's, two's and three's worth of moments, and one with an undated purchase."""
    chosen = [list(each) for count in range(4) for each in combinations(MOMENTS, count)]
    return dict(enumerate([*chosen, [None]], start=1))


CUSTOMERS = _customers()


@pytest.fixture(scope="module")
def limits() -> Iterator[duckdb.DuckDBPyConnection]:
    rows = [
        {"member": key, "at": at, "record": f"{key}-{place}", "amount": place + 1}
        for key, moments in CUSTOMERS.items()
        for place, at in enumerate(moments)
    ]
    connection = filled(SHOP, [{"member": key} for key in CUSTOMERS], lambda _: rows, lambda _: [])
    yield connection
    connection.close()


def _members(connection: duckdb.DuckDBPyConnection, condition: Condition) -> set[Any]:
    rows = connection.execute(to_sql(compile_members(condition, SHOP, AS_OF, None))).fetchall()
    return {row[0] for row in rows}


def _stage(moments: list[datetime | None]) -> str:
    """The stage by hand, from days since each purchase."""
    days = sorted((TODAY.date() - at.date()).days for at in moments if at)
    if not moments:
        return "prospect"
    if not days or days[0] > 365:
        return "lost"
    if days[0] > 180:
        return "inactive"
    if days[0] > 90:
        return "at_risk"
    if days[-1] <= 90:
        return "new"
    if not any(90 < day <= 365 for day in days):
        return "won_back"
    return "loyal" if sum(day <= 365 for day in days) >= 3 else "active"


def test_everyone_is_in_the_one_stage_that_their_days_tell(
    limits: duckdb.DuckDBPyConnection,
) -> None:
    found: dict[int, list[str]] = {key: [] for key in CUSTOMERS}
    for name in STAGES:
        definition = trait(name, SHOP)
        assert definition is not None
        for key in _members(limits, definition):
            found[key].append(name.removeprefix("lifecycle_"))
    assert found == {key: [_stage(moments)] for key, moments in CUSTOMERS.items()}
    assert {_stage(moments) for moments in CUSTOMERS.values()} == {
        name.removeprefix("lifecycle_") for name in STAGES
    }


def test_each_pair_of_scores_is_in_one_group() -> None:
    pairs = [
        (recency, frequency)
        for recencies, frequencies in GROUPS.values()
        for recency in range(recencies[0], recencies[1] + 1)
        for frequency in range(frequencies[0], frequencies[1] + 1)
    ]
    assert sorted(pairs) == [(r, f) for r in range(1, 6) for f in range(1, 6)]


def _scores(numbers: "pd.Series[Any]") -> "pd.Series[Any]":
    """1 + ⌊5 · less / n⌋ by pandas: `rank(method="min")` is one more than how many have less."""
    below = numbers.rank(method="min").astype(int) - 1
    return 1 + 5 * below // len(numbers)


@pytest.fixture(scope="module")
def scores() -> pd.DataFrame:
    """The three scores of everyone who has bought in the sample shop."""
    orders = pd.read_parquet(FOLDER / "shop" / "orders.parquet")
    kept = orders[orders["status"] != "cancelled"]
    lines = pd.read_parquet(FOLDER / "shop" / "order_lines.parquet")
    worth = lines.groupby("order_id")["amount"].sum()
    bought = kept.assign(amount=kept["order_id"].map(worth)).groupby("customer_id")
    days = pd.to_datetime(bought["ordered_at"].max()).dt.normalize()
    numbers = {
        "recency": days,
        "frequency": bought.size(),
        "monetary": bought["amount"].sum().astype(float).round(4),
    }
    return pd.DataFrame({name: _scores(column) for name, column in numbers.items()})


@pytest.mark.parametrize("score", range(1, 6))
@pytest.mark.parametrize("name", ["recency", "frequency", "monetary"])
def test_a_score_is_the_fifth_that_pandas_gives(
    name: str, score: int, scores: pd.DataFrame
) -> None:
    of = "purchase.amount" if name == "monetary" else "purchase"
    shop: Sample = sample()
    found = shop.members(from_text(f"{name}_score({of}) = {score}"))
    assert found == set(scores.index[scores[name] == score])
    assert found


def test_everyone_who_has_bought_is_in_one_group(scores: pd.DataFrame) -> None:
    shop = sample()
    found = []
    for name, (recencies, frequencies) in GROUPS.items():
        definition = trait(name, shop.engine.catalogue)
        assert definition is not None
        members = shop.members(definition)
        inside = scores["recency"].between(*recencies) & scores["frequency"].between(*frequencies)
        assert members == set(scores.index[inside]), name
        found += members
    assert sorted(found) == sorted(scores.index)


def test_the_three_scores_in_one_are_those_of_the_single_ones(scores: pd.DataFrame) -> None:
    shop = sample()
    code = trait("rfm_543", shop.engine.catalogue)
    assert code is not None
    inside = (scores[["recency", "frequency", "monetary"]] == [5, 4, 3]).all(axis=1)
    assert shop.members(code) == set(scores.index[inside])


def test_without_dated_purchases_there_are_no_traits() -> None:
    undated = Event("purchase", "orders", "customer", role="purchase")
    for events in ({}, {"purchase": undated}):
        shop = Catalogue("Bare", "SEK", "UTC", "SE", "customers", "id", events=events)
        assert all(trait(name, shop) is None for name in (*STAGES, *GROUPS, "rfm_555"))


@pytest.mark.parametrize("name", ["rfm_", "rfm_55", "rfm_5555", "rfm_650", "rfm_abc", "lifecycle_"])
def test_what_is_no_trait_is_none(name: str) -> None:
    assert trait(name, SHOP) is None


@pytest.mark.parametrize(
    "wrong",
    [
        "recency_score(purchase) = 6",
        "frequency_score(purchase) between 0 and 2",
        "monetary_score(purchase.amount) > 2.5",
        "recency_score(purchase.amount) = 5",
        "monetary_score(purchase) = 5",
        "top 10 % by frequency_score(purchase)",
        "recency_score(purchase) > frequency_score(purchase)",
        "groups(month having frequency_score(purchase) = 5) >= 1",
    ],
)
def test_a_score_is_of_all_members_and_from_one_to_five(wrong: str) -> None:
    assert check(from_text(wrong), SHOP)


def test_a_trait_is_written_as_its_definition() -> None:
    champions = trait("rfm_champions", SHOP)
    assert champions is not None
    assert to_text(champions) == "recency_score(purchase) = 5 and frequency_score(purchase) >= 4"


def test_the_page_on_catalogues_has_every_trait_as_it_is() -> None:
    page = (FOLDER.parent / "docs" / "catalogue.md").read_text(encoding="utf-8")
    for name in (*STAGES, *GROUPS, "rfm_543"):
        definition = trait(name, SHOP)
        assert definition is not None
        assert f"| `{name}` | `{to_text(definition)}`" in page
