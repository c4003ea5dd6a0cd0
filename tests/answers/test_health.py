"""What is found of saved segments, on a shop made for it, counted by hand."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from math import isclose, log
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assistant.answers import Shop
from assistant.answers.health import Checkup, Grave, Health
from assistant.answers.kept import Kept
from segments.codec import from_text
from segments.results import stability
from segments.store import Cause, Draft, Handed, Saved, Store

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=100)
CATALOGUE = """\
version = 1
[shop]
home = "SE"
[member]
table = "people"
key = "person"
[tables.buys]
links = { person = "people" }
[tables.visits]
links = { person = "people" }
[fields.city]
role = "city"
[fields.country]
role = "country"
[fields.tier]
role = "tier"
[fields.rare]
type = "text"
labels = { en = ["rare thing"] }
[events.purchase]
role = "purchase"
table = "buys"
member = "person"
time = "at"
[events.visit]
role = "visit"
table = "visits"
member = "person"
time = "at"
[events.visit.attributes.page]
type = "text"
labels = { en = ["page"] }
"""
PEOPLE = 1000


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """1,000 people: 800 Swedes of Malmö or Lund, 200 Danes of Aarhus. Purchases each day until 30
    June 2026, first of Swedes and in June of Danes; visits each day until 30 April, whose page is
    known for every third."""
    folder = tmp_path_factory.mktemp("health")
    numbers = range(PEOPLE)
    people = {
        "person": list(numbers),
        "city": [("Malmö", "Lund", "Malmö", "Lund", "Aarhus")[each % 5] for each in numbers],
        "country": ["DK" if each % 5 == 4 else "SE" for each in numbers],
        "tier": ["gold" if each < 30 else "silver" if each < 35 else "none" for each in numbers],
        "rare": ["x" if each % 4 == 0 else None for each in numbers],
    }
    start, draw = datetime(2026, 1, 1, 12), random.Random(3)
    swedes, danes = [e for e in numbers if e % 5 != 4], [e for e in numbers if e % 5 == 4]
    buys = []
    for day in range(181):
        at = start + timedelta(days=day)
        buys += (
            [(who, at) for who in draw.sample(swedes, 2)]
            if at.month < 6
            else [(who, at) for who in draw.sample(danes, 8)]
        )
    visits = [(day % PEOPLE, start + timedelta(days=day)) for day in range(120)]
    data = folder / "data"
    data.mkdir()
    pq.write_table(pa.table(people), data / "people.parquet")
    for name, rows in (("buys", buys), ("visits", visits)):
        columns = {"person": [row[0] for row in rows], "at": [row[1] for row in rows]}
        if name == "visits":
            columns["page"] = ["home" if n % 3 == 0 else None for n in range(len(rows))]
        pq.write_table(pa.table(columns), data / f"{name}.parquet")
    (folder / "catalogue.toml").write_text(CATALOGUE, encoding="utf-8")
    with Shop.open(data, folder / "catalogue.toml", folder / "cache") as opened:
        yield opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "segments.db") as opened:
        yield opened


def save(store: Store, text: str, name: str = "", at: datetime = NOW) -> Saved:
    return store.save(Draft(name or text[:60], from_text(text)), at)


def look(shop: Shop, store: Store, segment: Saved) -> Checkup:
    return Health(shop, store, "en", NOW).of(store.get(segment.id))


def codes(found: Checkup) -> list[str]:
    return [each.code for each in found.findings]


@pytest.mark.parametrize(
    ("text", "members", "expected"),
    [
        ('city = "Oslo"', 0, "empty"),
        ('tier = "silver"', 5, "not_anonymous"),
        ('tier = "gold"', 30, "too_small"),
        ('not tier = "gold"', 970, "too_broad"),
        ('city = "Malmö"', 400, None),
    ],
)
def test_the_size_is_told_where_it_matters(
    shop: Shop, store: Store, text: str, members: int, expected: str | None
) -> None:
    found = look(shop, store, save(store, text))
    assert found.members == members
    assert codes(found) == ([expected] if expected else [])


def test_data_that_stopped_or_is_mostly_missing(shop: Shop, store: Store) -> None:
    stopped = look(shop, store, save(store, "count(visit) >= 1"))
    assert codes(stopped) == ["stopped"]
    assert "30 April 2026" in stopped.findings[0].said
    assert codes(look(shop, store, save(store, "count(purchase) >= 1"))) == []
    assert codes(look(shop, store, save(store, 'rare = "x"'))) == ["missing"]
    page = look(shop, store, save(store, 'count(visit where page = "home") >= 1'))
    assert codes(page)[:2] == ["not_anonymous", "stopped"] or "missing" in codes(page)
    assert "67%" in next(each.said for each in page.findings if each.code == "missing")


def test_data_that_others_rest_on_is_looked_at_too(shop: Shop, store: Store) -> None:
    """A ranking among visitors, and a segment that names one that names them."""
    among = save(store, "top 50 by count(purchase) among (count(visit) >= 1)")
    inner = save(store, 'count(visit) >= 1 and rare = "x"', "Visitors")
    outer = save(store, 'audience(segment "visitors")', "Outer")
    outmost = save(store, 'city = "Malmö" or audience(segment "outer")', "Outmost")
    before = shop.catalogue
    kept = Kept(store)
    shop.engine.keep(kept.audiences(), kept.entries)
    shop.catalogue = shop.engine.catalogue
    try:
        assert "stopped" in codes(look(shop, store, among))
        for each in (inner, outer, outmost):
            assert {"stopped", "missing"} <= set(codes(look(shop, store, each)))
    finally:
        shop.engine.keep(before.audiences, kept.entries)
        shop.catalogue = shop.engine.catalogue


def test_a_condition_that_says_nothing_is_named(shop: Shop, store: Store) -> None:
    found = look(shop, store, save(store, 'city = "Aarhus" and country = "DK"'))
    assert codes(found) == ["needless", "needless"]  # either is enough
    found = look(shop, store, save(store, 'city = "Malmö" or city = "Lund" or country = "SE"'))
    assert "needless" in codes(found)
    assert codes(look(shop, store, save(store, 'city = "Malmö" and tier = "none"'))) == []


def test_a_needless_condition_is_named_however_deep_it_stands(shop: Shop, store: Store) -> None:
    deep = 'country = "SE" and (tier = "gold" or tier = "silver" or city = "Aarhus")'
    found = look(shop, store, save(store, deep))
    (needless,) = (each.said for each in found.findings if each.code == "needless")
    assert "Aarhus" in needless
    near = 'city = "Lund" and (tier = "gold" or tier = "silver")'
    assert "needless" not in codes(look(shop, store, save(store, near)))
    denied = 'not (country = "SE" and (tier = "gold" or city = "Aarhus"))'  # one condition
    assert "needless" not in codes(look(shop, store, save(store, denied)))


def test_what_is_all_but_the_same_is_not_said_to_be_all(shop: Shop, store: Store) -> None:
    """One of 1,000 is missing from the other."""
    everyone = save(store, 'country = "SE" or country = "DK"', "Everyone")
    save(store, 'not (city = "Malmö" and tier = "silver" and rare = "x")', "Nearly")
    found = look(shop, store, everyone)
    assert any("100%" in each.said for each in found.findings if each.code == "too_broad")
    (nearly,) = (each.said for each in found.findings if each.code == "overlap")
    assert "99%" in nearly


def test_two_segments_of_the_same_people(shop: Shop, store: Store) -> None:
    danes = save(store, 'country = "DK"', "Danes")
    save(store, 'city = "Aarhus" and not tier = "gold"', "Aarhus")
    gone = save(store, 'city = "Aarhus" and not tier = "silver"', "Old Aarhus")
    store.archive(gone.id, NOW)
    found = look(shop, store, danes)
    assert codes(found) == ["overlap"]
    assert "“Aarhus”" in found.findings[0].said
    assert "97%" in found.findings[0].said  # 194 of 200


def test_what_nobody_uses_and_nobody_has_looked_at(shop: Shop, store: Store) -> None:
    idle = save(store, 'city = "Malmö"', "Malmö", LONG_AGO)
    assert codes(look(shop, store, idle)) == ["unused"]
    store.review_every(idle.id, 30)
    assert codes(look(shop, store, idle)) == ["due", "unused"]
    other = save(store, 'audience(segment "Malmö") and tier = "none"', "Part of it")
    assert codes(look(shop, store, idle)) == ["due"]
    store.delete(other.id)
    handed = Handed("Malmö", from_text('city = "Malmö"'), date(2026, 6, 30), "csv", (), {},
                    version=store.get(idle.id).newest)  # fmt: skip
    store.begin_download(handed, "ann", NOW)
    store.reviewed(idle.id, NOW)
    assert codes(look(shop, store, idle)) == []


def test_a_segment_that_has_moved_since_it_was_saved(shop: Shop, store: Store) -> None:
    buyers = save(store, "count(purchase in last 60 days) >= 1")
    shop.refresh()
    then = date(2026, 5, 31)
    before = shop.count(from_text("count(purchase in last 60 days) >= 1"), as_of=then)
    store.record_size(buyers.newest.id, before, PEOPLE, then, Cause.SAVE, LONG_AGO)
    found = look(shop, store, buyers)
    assert "shifted" in codes(found)  # the Danes came in June
    assert "grown" in codes(found)
    said = next(each.said for each in found.findings if each.code == "grown")
    assert f"from {before} to {found.members}" in said


def test_what_cannot_be_counted_is_said_to_be_broken(shop: Shop, store: Store) -> None:
    found = look(shop, store, save(store, "shoe_size > 40"))
    assert found.members is None
    assert [each.grave for each in found.findings] == [Grave.BROKEN]
    assert "shoe_size" in found.findings[0].said


def test_the_stability_index_is_its_formula() -> None:
    before, after = {"a": 60, "b": 40}, {"a": 30, "b": 70}
    truth = (0.3 - 0.6) * log(0.3 / 0.6) + (0.7 - 0.4) * log(0.7 / 0.4)
    assert isclose(stability(before, after), truth)
    assert stability(before, before) == 0
    assert stability(before, {}) == 0
