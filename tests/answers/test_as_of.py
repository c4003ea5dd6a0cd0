"""The day that a sentence takes today to be, on the small shop as people ask it."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.answers import Shop
from assistant.grammar.reading import Status
from tests import small_shop


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    folder = small_shop.write(tmp_path_factory.mktemp("small_shop"))
    with Shop.open(folder, cache_dir=folder / "cache") as shop:
        yield shop


def test_a_sentence_says_which_day_today_is(shop: Shop) -> None:
    recent = "customers who have bought something in the last 30 days"
    assert shop.ask(recent).count == 3  # as of 15 October 2026
    answer = shop.ask(f"{recent}, counting back from 12 October 2026", as_of=date(2025, 1, 31))
    assert (answer.as_of, answer.count) == (date(2026, 10, 12), 2)  # the sentence comes first
    assert answer.canonical == "count(purchase in last 30 days) >= 1"


@pytest.mark.parametrize(
    "text",
    [
        "as of 12 October 2026",  # nobody is meant
        "customers who have bought something as of October",  # no day
        "customers who have bought something as of 31 June 2026",  # not in the calendar
        "customers in Oslo as of 1 May 2026 or as of 1 June 2026",
    ],
)
def test_a_day_that_is_none_or_two_is_not_taken_for_today(shop: Shop, text: str) -> None:
    answer = shop.ask(text)
    assert answer.as_of == date(2026, 10, 15)
    assert answer.status is not Status.ANSWERED
