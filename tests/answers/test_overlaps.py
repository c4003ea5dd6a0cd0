"""Segments beside each other, against sets and sums made of the files by pandas."""

import random
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest

from assistant.answers import Shop
from assistant.answers.overlaps import Compared, compared
from segments.codec import from_text, to_text
from segments.definition import Field
from segments.engine.duckdb_engine import Engine
from tests import small_shop
from tests.sample_shop import FOLDER
from tests.stub_reader import StubReader

AS_OF = pd.Timestamp("2026-10-15")
TEXTS = (
    'gender = "female"',
    "age >= 40",
    "count(purchase in last 90 days) >= 1",
    'tier = "gold"',
    'country = "DK"',
)


@pytest.fixture(scope="module")
def sample() -> Iterator[Shop]:
    with Shop.open() as opened:
        yield opened


@pytest.fixture(scope="module")
def customers() -> pd.DataFrame:
    frame = pd.read_parquet(FOLDER / "shop/customers.parquet")
    born = pd.to_datetime(frame["birth_date"])
    before = (born.dt.month * 100 + born.dt.day) > AS_OF.month * 100 + AS_OF.day
    frame["years"] = AS_OF.year - born.dt.year - before
    return frame


@pytest.fixture(scope="module")
def orders() -> pd.DataFrame:
    frame = pd.read_parquet(FOLDER / "shop/orders.parquet")
    return frame[frame["status"] != "cancelled"]


@pytest.fixture(scope="module")
def found(sample: Shop) -> Compared:
    return compared(sample, [(text, from_text(text)) for text in TEXTS], "en")


@pytest.fixture(scope="module")
def sets(customers: pd.DataFrame, orders: pd.DataFrame) -> list[set[int]]:
    recent = orders[orders["ordered_at"] >= AS_OF - pd.Timedelta(days=90)]
    return [
        set(customers.loc[customers["gender"] == "female", "customer_id"]),
        set(customers.loc[customers["years"] >= 40, "customer_id"]),
        set(recent["customer_id"]) & set(customers["customer_id"]),
        set(customers.loc[customers["loyalty_tier"] == "gold", "customer_id"]),
        set(customers.loc[customers["country"] == "DK", "customer_id"]),
    ]


def test_sizes_pairs_and_exact_combinations_are_those_of_sets(
    found: Compared, sets: list[set[int]], customers: pd.DataFrame
) -> None:
    everyone = set(customers["customer_id"])
    assert found.total == len(everyone)
    assert found.sizes == tuple(map(len, sets))
    assert {(pair.first, pair.second): pair.both for pair in found.pairs} == {
        (one, two): len(sets[one] & sets[two]) for one, two in combinations(range(5), 2)
    }
    for pair in found.pairs:
        one, two = sets[pair.first], sets[pair.second]
        assert float(pair.jaccard or 0) == pytest.approx(len(one & two) / len(one | two))
    truth: dict[tuple[int, ...], int] = {}
    for member in everyone:
        inside = tuple(place for place in range(5) if member in sets[place])
        truth[inside] = truth.get(inside, 0) + 1
    truth.pop(())
    assert {each.inside: each.members for each in found.exact} == truth
    counts = [each.members for each in found.exact]
    assert counts == sorted(counts, reverse=True)


def test_what_each_buys_is_what_the_files_say(
    found: Compared, sets: list[set[int]], customers: pd.DataFrame, orders: pd.DataFrame
) -> None:
    year = orders[orders["ordered_at"] >= AS_OF - pd.Timedelta(days=365)]
    for row, members in zip(found.table.rows, [*sets, set(customers["customer_id"])], strict=True):
        size, share, bought, records, amount = (float(cell.value or 0) for cell in row.cells)
        own = orders[orders["customer_id"].isin(members)]
        assert size == len(members)
        assert share == pytest.approx(100 * len(members) / found.total, abs=0.051)
        active = len(set(year["customer_id"]) & members)
        assert bought == pytest.approx(100 * active / len(members), abs=0.051)
        assert records == pytest.approx(len(own) / len(members), abs=0.0051)
        assert amount == pytest.approx(float(own["total"].sum()) / len(members), abs=0.0051)


def test_every_difference_holds_as_a_segment_of_its_own(found: Compared, sample: Shop) -> None:
    """The conditions compiled one by one count what the one pass counted."""
    assert len(found.findings) >= 3
    for each in found.findings:
        assert each.counts[-1] == sample.count(each.condition)
        for place in range(5):
            both = from_text(f"({to_text(each.condition)}) and {TEXTS[place]}")
            assert each.counts[place] == sample.count(both)
        shares = [count / size for count, size in zip(each.counts, found.sizes, strict=False)]
        assert shares[each.most] == max(shares)
        assert shares[each.least] == min(shares)
        assert float(each.spread) == pytest.approx(max(shares) - min(shares))


def test_what_defines_them_is_no_difference(found: Compared, sample: Shop) -> None:
    spoken = {each.condition.field for each in found.findings if isinstance(each.condition, Field)}
    assert not spoken & {"gender", "age", "tier", "country", "city", "region"}
    freely = compared(
        sample, [(text, from_text(text)) for text in ('source = "store"', "points > 500")], "en"
    )
    assert not any("source" in to_text(each.condition) for each in freely.findings)


def test_a_part_of_them_is_the_definition_that_counts_so(found: Compared, sample: Shop) -> None:
    for each in found.exact[:6]:
        outside = [place for place in range(5) if place not in each.inside]
        assert sample.count(found.within(each.inside, outside)) == each.members


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Everyone"), ("sv", "Alla"), ("da", "Alle"), ("nb", "Alle")],
)
def test_it_is_said_in_each_language(sample: Shop, language: str, said: str) -> None:
    segments = [(text, from_text(text)) for text in TEXTS[:2]]
    result = compared(sample, segments, language)
    assert result.table.rows[-1].label == said
    everything = (*result.said, *result.notes, *(each.said for each in result.findings))
    assert not any("{" in each or "compare_" in each for each in everything)


# --- a small shop with much unknown -----------------------------------------------------------


def test_nobody_knows_where_flo_lives(shop: Shop) -> None:
    """Ann and Bo in Stockholm; Ann, Cy and Ed said yes, Di said nothing; nobody is over 200."""
    texts = ('city = "Stockholm"', "consent_email = yes", 'not city = "Stockholm"', "age > 200")
    found = compared(shop, [(text, from_text(text)) for text in texts], "en")
    assert (found.sizes, found.total) == ((2, 3, 4, 0), 6)
    exact = {each.inside: each.members for each in found.exact}
    assert exact == {(0,): 1, (0, 1): 1, (1, 2): 2, (2,): 2}
    empty = next(pair for pair in found.pairs if (pair.first, pair.second) == (2, 3))
    assert (empty.both, empty.jaccard) == (0, 0)
    assert found.findings == ()
    assert sum("fewer than 50" in note for note in found.notes) == 4


def test_unknown_values_count_as_members_and_as_a_value(tmp_path: Path) -> None:
    """Four hundred customers drawn at random, half of whom have no city. Every difference counts
    as the same condition does by itself."""
    draw = random.Random(7)
    rows = []
    for key in range(1, 401):
        female = draw.random() < 0.5
        city = "" if draw.random() < (0.7 if female else 0.3) else draw.choice(("Oslo", "Bergen"))
        gender = draw.choice(("F", "")) if female else "M"
        consent = draw.choice(("yes", "no", ""))
        years = (1940, 1985) if female else (1965, 2005)
        born = f"{draw.randint(*years)}-10-{draw.randint(14, 16)}"  # around the as-of day
        rows.append((key, f"N{key}", city, gender, born, consent))
    folder = small_shop.write(tmp_path / "shop")
    lines = [",".join(map(str, row)) for row in rows]
    head = "customer_id,name,city,gender,birth_date,consent"
    (folder / "customers.csv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    with Engine.open(folder, folder / "catalogue.toml", tmp_path / "cache") as engine:
        big = Shop(engine, engine.values(), StubReader())
        texts = ('gender = "F"', 'gender = "M"')
        found = compared(big, [(text, from_text(text)) for text in texts], "en")
        sides = [[row for row in rows if row[3] == code] for code in ("F", "M")]
        assert found.sizes == tuple(map(len, sides))
        assert found.total == 400
        by_text = {to_text(each.condition): each for each in found.findings}
        unknown = by_text["not known(city)"]
        assert unknown.counts[:2] == tuple(sum(not row[2] for row in side) for side in sides)
        assert unknown.counts[2] == sum(not row[2] for row in rows)
        assert any(text.startswith("age between") for text in by_text)
        for text, each in by_text.items():
            for place in range(2):
                assert each.counts[place] == big.count(from_text(f"({text}) and {texts[place]}"))
