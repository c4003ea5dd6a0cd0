"""A segment over time, against the shop's own files counted by another reader."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import duckdb
import pytest

from assistant.answers import Shop
from assistant.answers.courses import MOST, Beat, course_of, said_of
from segments.codec import from_text
from segments.errors import Shown
from tests.sample_shop import FOLDER

REGULARS = from_text("count(purchase in last 90 days) >= 2")
# Those who had two orders in the 90 days before the stage began, and what they did in it.
BY_HAND = f"""
WITH orders AS (
    SELECT customer_id, ordered_at, total FROM '{FOLDER}/shop/orders.parquet'
    WHERE status <> 'cancelled'
), inside AS (
    SELECT customer_id FROM orders JOIN '{FOLDER}/shop/customers.parquet' USING (customer_id)
    WHERE ordered_at >= $1::DATE - 91 AND ordered_at < $1 AND registered_at::DATE < $1
    GROUP BY customer_id HAVING count(*) >= 2
), later AS (
    SELECT customer_id, count(*) AS many, sum(total) AS amount FROM orders
    WHERE ordered_at >= $1 AND ordered_at < $2 GROUP BY customer_id
)
SELECT count(*), count(many), coalesce(sum(many), 0), coalesce(sum(amount), 0)
FROM inside LEFT JOIN later USING (customer_id)
"""  # noqa: S608


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    with Shop.open() as opened:
        yield opened


@pytest.mark.parametrize("beat", list(Beat))
def test_each_stage_is_as_the_files_say(shop: Shop, beat: Beat) -> None:
    found = course_of(shop, REGULARS, beat)
    assert len(found.stages) == MOST
    for stage in found.stages:
        begun = [stage.start, stage.start + beat.length]
        with duckdb.connect() as connection:
            (truth,) = connection.execute(BY_HAND, begun).fetchall()
        assert (stage.members, stage.buyers, stage.orders) == truth[:3]
        assert stage.revenue == Decimal(truth[3]).quantize(Decimal("0.01"))
        assert stage.members > 1000
    assert [each.whole for each in found.stages] == [True] * (MOST - 1) + [False]
    assert found.stages[-1].end == date(2026, 10, 15)
    starts = [each.start for each in found.stages]
    assert starts == sorted(starts)
    firsts = (
        {day.day for day in starts} if beat is Beat.MONTH else {day.weekday() for day in starts}
    )
    assert firsts == ({1} if beat is Beat.MONTH else {0})


def test_nobody_is_in_it_before_they_registered(shop: Shop) -> None:
    everyone = course_of(shop, from_text("consent_email = yes or not consent_email = yes"))
    sizes = [each.members for each in everyone.stages]
    assert sizes == sorted(set(sizes))
    with duckdb.connect() as connection:
        ((truth,),) = connection.execute(
            f"SELECT count(*) FROM '{FOLDER}/shop/customers.parquet' "  # noqa: S608
            "WHERE registered_at < DATE '2026-10-01'"
        ).fetchall()
    assert sizes[-1] == truth


@pytest.mark.parametrize("language", ["en", "sv", "da", "nb"])
def test_it_is_said_with_what_one_has_to_know(shop: Shop, language: str) -> None:
    few = from_text('city = "Stockholm" and count(purchase in last 30 days) >= 2')
    said = said_of(shop, course_of(shop, few, Beat.WEEK), language)
    assert len(said.rows) == MOST
    assert all(len(row.cells) == len(said.columns) - 1 for row in said.rows)
    assert len(said.notes) == 3  # fields as today, not registered yet, few
    assert "2026" in said.rows[-1].label


def test_a_segment_that_cannot_be_counted_is_refused(shop: Shop) -> None:
    with pytest.raises(Shown):
        course_of(shop, from_text('audience(segment "gone")'))
