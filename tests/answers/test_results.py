"""What came of a file, against the shop's own files counted by another reader."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from sqlglot import exp

from assistant.answers import Shop
from assistant.answers.handing import handing
from assistant.answers.results import effect_between, results_of
from segments.codec import from_text
from segments.errors import Shown
from segments.handover import Terms
from segments.results import Effect, Need, orders_since
from segments.store import Store
from tests.sample_shop import FOLDER

NOW = datetime(2026, 7, 1, 8, tzinfo=UTC)
DAY = date(2026, 6, 30)
SWEDES = from_text('country = "SE"')
BY_HAND = f"""
SELECT count(*), count(o.orders), coalesce(sum(o.orders), 0), coalesce(sum(o.total), 0)
FROM keys k LEFT JOIN (
    SELECT customer_id, count(*) AS orders, sum(total) AS total
    FROM '{FOLDER}/shop/orders.parquet'
    WHERE status <> 'cancelled' AND ordered_at >= TIMESTAMP '2026-07-01 10:00:00'
      AND ordered_at < TIMESTAMP '2026-07-31 10:00:00'
    GROUP BY customer_id) o ON o.customer_id = k.member
"""  # noqa: S608


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    with Shop.open() as opened:
        yield opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "segments.db") as opened:
        yield opened


def handed(shop: Shop, store: Store, day: date, **terms: object) -> None:
    made = handing(shop, SWEDES, day, Terms("csv", name="Summer", **terms))  # type: ignore[arg-type]
    for _ in made.pieces(store, "ann", lambda: NOW, None):
        pass


def test_both_groups_are_counted_as_the_files_say(shop: Shop, store: Store) -> None:
    handed(shop, store, DAY, holdout=Decimal("0.3"))
    found = results_of(shop, store, store.downloads()[0], "en")
    assert (found.start, found.end) == (date(2026, 7, 1), date(2026, 7, 31))
    keys: dict[bool, list[int]] = {False: [], True: []}
    for held, piece in store.downloaded(found.download.id):
        keys[held] += piece.to_pylist()
    for held, group in ((False, found.reached), (True, found.held_out)):
        with duckdb.connect() as connection:
            connection.execute("CREATE TABLE keys AS SELECT unnest(?) AS member", [keys[held]])
            (truth,) = connection.execute(BY_HAND).fetchall()
        assert (group.members, group.buyers, group.orders) == truth[:3]
        assert group.revenue == Decimal(truth[3]).quantize(Decimal("0.01"))
        assert group.members > 500
    assert isinstance(found.buyers, Effect)
    assert found.buyers.reached == found.reached.buyers / found.reached.members
    assert isinstance(found.revenue, Effect)


def test_keys_that_were_texts_are_those_that_are_numbers_now(shop: Shop) -> None:
    event = shop.catalogue.event_by_role("purchase")
    assert event is not None
    between = datetime(2026, 7, 1), datetime(2026, 7, 31)
    keys = [key for (key,) in shop.engine.rows(exp.select("member").from_("members").limit(500))]
    now = orders_since(shop.engine, [(False, pa.array(keys))], event, *between)
    texts = [(False, pa.array([*map(str, keys[:250]), "x"])), (False, pa.array(keys[250:]))]
    then = orders_since(shop.engine, texts, event, *between)
    assert then.reached.values == now.reached.values
    assert then.reached.unknown == 1
    assert now.reached.total > 0


def test_a_random_split_shows_no_effect_most_of_the_time(shop: Shop, store: Store) -> None:
    """Nobody was written to, so nineteen of twenty tests should show nothing."""
    shown = 0
    for seed in range(20):
        handed(shop, store, DAY, holdout=Decimal("0.5"), seed=str(seed))
        found = results_of(shop, store, store.downloads()[0], "en")
        assert isinstance(found.buyers, Effect)
        shown += found.buyers.shown
    assert shown <= 4


AFTER = timedelta(days=31)


def test_who_was_held_out_of_one_file_and_in_another_is_told(shop: Shop, store: Store) -> None:
    handed(shop, store, DAY, holdout=Decimal("0.3"), seed="a")
    first = store.downloads()[0]
    alone = results_of(shop, store, first, "en")
    handed(shop, store, DAY, holdout=Decimal("0.3"), seed="a")  # the same people are held out
    assert results_of(shop, store, first, "en").said == alone.said
    handed(shop, store, DAY, holdout=Decimal("0.3"), seed="b")
    second = store.downloads()[0]
    held = _keys(store, first.id, held_out=True) & _keys(store, second.id, held_out=False)
    assert 0 < len(held) < alone.held_out.members
    (told,) = set(results_of(shop, store, first, "en").said) - set(alone.said)
    assert told.startswith(f"{len(held):,} of those held out were in another file")
    later = [each for each in store.downloads() if each.id != first.id]
    with pytest.MonkeyPatch.context() as patch:  # fetched after the days that count
        patch.setattr(store, "downloads", lambda: [replace(e, at=NOW + AFTER) for e in later])
        assert results_of(shop, store, first, "en").said == alone.said


def _keys(store: Store, download: int, *, held_out: bool) -> set[int]:
    pieces = [keys for held, keys in store.downloaded(download) if held is held_out]
    return {key for each in pieces for key in each.to_pylist()}


def test_nothing_is_said_without_a_holdout_or_without_time(shop: Shop, store: Store) -> None:
    handed(shop, store, DAY)
    found = results_of(shop, store, store.downloads()[0], "en")
    assert found.buyers is None
    assert found.reached.buyers > 0
    handed(shop, store, date(2026, 10, 15), holdout=Decimal("0.3"))
    early = results_of(shop, store, store.downloads()[0], "en")
    assert early.reached.members == 0
    assert early.end < early.start
    handed(shop, store, DAY, holdout=Decimal("0.001"))
    few = results_of(shop, store, store.downloads()[0], "en")
    assert isinstance(few.buyers, Need)


def test_two_segments_by_a_field(shop: Shop) -> None:
    effect, said = effect_between(shop, SWEDES, from_text('country = "DK"'), "consent_email", "en")
    with duckdb.connect() as connection:
        (truth,) = connection.execute(
            f"SELECT avg(consent_email::int) FILTER (country = 'SE'), "  # noqa: S608
            f"avg(consent_email::int) FILTER (country = 'DK') "
            f"FROM '{FOLDER}/shop/customers.parquet'"
        ).fetchall()
    assert isinstance(effect, Effect)
    assert (effect.reached, effect.others) == pytest.approx(truth)
    assert len(said) == 3
    for field, code in (("shoe_size", None), ("city", "no_number")):
        with pytest.raises(Shown) as shown:
            effect_between(shop, SWEDES, SWEDES, field, "en")
        assert getattr(shown.value.problems[0], "code", None) == code
