"""That a turn's change of a leaf touches nothing else."""

import pytest

from assistant.dialogue.edits import with_amount, with_test, with_values, with_window
from segments.codec import from_text, to_text
from segments.definition import Calendar, Operator, Unit, Value
from segments.definition import Test as Comparison

LOVED = 'count(purchase where category = "hair care" and not channel = "web" in last 90 days) >= 2'


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("Bergen",), 'city = "Bergen"'),
        (("Bergen", "Oslo"), 'city in ("Bergen", "Oslo")'),
        ((), 'city = "Oslo"'),
    ],
)
def test_swapping_values_of_a_field(values: tuple[Value, ...], expected: str) -> None:
    assert to_text(with_values(from_text('city = "Oslo"'), None, values)) == expected


def test_swapping_a_value_of_a_filter_changes_only_that_value() -> None:
    changed = to_text(with_values(from_text(LOVED), 0, ("skin care",)))
    assert changed == LOVED.replace("hair care", "skin care")


def test_a_negated_filter_stays_negated() -> None:
    changed = to_text(with_values(from_text(LOVED), 1, ("store",)))
    assert changed == LOVED.replace("web", "store")


def test_a_threshold_changes_alone() -> None:
    test = Comparison(Operator.LT, (5,))
    assert to_text(with_test(from_text(LOVED), None, test)) == LOVED.replace(">= 2", "< 5")


@pytest.mark.parametrize("place", [2, -1])
def test_a_filter_that_is_not_there_changes_nothing(place: int) -> None:
    leaf = from_text(LOVED)
    assert with_test(leaf, place, Comparison(Operator.EQ, ("x",))) == leaf
    assert with_values(leaf, place, ("x",)) == leaf


def test_windows_change_alone_and_all_time_is_no_window() -> None:
    leaf = from_text(LOVED)
    month = with_window(leaf, Calendar(Unit.MONTH, -1))
    assert to_text(month) == LOVED.replace("last 90 days", "previous month")
    assert to_text(with_window(leaf, None)) == LOVED.replace(" in last 90 days", "")


def test_a_first_order_keeps_its_window_when_none_is_given() -> None:
    leaf = from_text("first(purchase) in 2025-01")
    assert with_window(leaf, None) == leaf


def test_a_ranking_changes_its_size() -> None:
    leaf = from_text("top 10 % by count(purchase)")
    assert to_text(with_amount(leaf, 100, percent=False)) == "top 100 by count(purchase)"
