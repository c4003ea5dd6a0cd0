"""What a chip offers to change, and that a change touches nothing else."""

import pytest

from assistant.dialogue.edits import (
    EditAmount,
    EditNumber,
    EditValues,
    EditWindow,
    editable,
    signed,
    with_amount,
    with_test,
    with_values,
    with_window,
)
from segments.catalogue import Catalogue, Spoken, Type
from segments.catalogue_file import loads
from segments.codec import from_text, to_text
from segments.definition import Calendar, Not, Operator, Rolling, Unit, Value
from segments.definition import Test as Comparison
from tests import small_shop

SPOKEN = (
    Spoken("city", "Oslo", "Oslo"),
    Spoken("city", "Bergen", "Bergen"),
    Spoken("purchase.category", "hair care", "hair care"),
    Spoken("purchase.category", "hair care", "hårvård", "sv"),
)
LOVED = 'count(purchase where category = "hair care" and not channel = "web" in last 90 days) >= 2'


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder = small_shop.write(tmp_path_factory.mktemp("edits"))
    return loads((folder / "catalogue.toml").read_text(encoding="utf-8"))


def test_a_city_can_be_swapped_for_those_in_the_data(catalogue: Catalogue) -> None:
    (found,) = editable(from_text('city = "Oslo"'), catalogue, SPOKEN)
    assert isinstance(found, EditValues)
    assert (found.owner, found.alternatives) == ("city", ("Oslo", "Bergen"))


def test_declared_values_come_from_the_catalogue(catalogue: Catalogue) -> None:
    (found,) = editable(from_text('gender = "F"'), catalogue, SPOKEN)
    assert isinstance(found, EditValues)
    assert found.alternatives == ("F", "M")


def test_yes_or_no_has_two_alternatives(catalogue: Catalogue) -> None:
    (found,) = editable(from_text("consent_email = yes"), catalogue)
    assert isinstance(found, EditValues)
    assert found.alternatives == (True, False)


def test_an_age_is_a_number(catalogue: Catalogue) -> None:
    (found,) = editable(from_text("age between 18 and 30"), catalogue)
    assert found == EditNumber(None, Comparison(Operator.BETWEEN, (18, 30)), Type.AGE)


def test_a_measure_offers_filters_threshold_and_window(catalogue: Catalogue) -> None:
    category, channel, number, window = editable(from_text(LOVED), catalogue, SPOKEN)
    assert isinstance(category, EditValues)
    assert (category.place, category.alternatives) == (0, ("hair care",))
    assert isinstance(channel, EditValues)
    assert (channel.place, channel.alternatives) == (1, ("web", "store"))
    assert number == EditNumber(None, Comparison(Operator.GE, (2,)))
    assert window == EditWindow(Rolling(90, Unit.DAY), optional=True)


def test_a_sum_of_money_is_edited_as_money(catalogue: Catalogue) -> None:
    number, _ = editable(from_text("sum(purchase.amount) > 500"), catalogue)
    assert isinstance(number, EditNumber)
    assert number.type is Type.MONEY


def test_a_ranking_offers_its_size_and_window(catalogue: Catalogue) -> None:
    amount, window = editable(from_text("top 10 % by sum(purchase.amount)"), catalogue)
    assert amount == EditAmount(10, percent=True)
    assert window == EditWindow(None, optional=True)


def test_first_and_last_need_a_window(catalogue: Catalogue) -> None:
    (window,) = editable(from_text("last(purchase) > 180 days ago"), catalogue)
    assert isinstance(window, EditWindow)
    assert not window.optional


def test_known_has_nothing_to_edit(catalogue: Catalogue) -> None:
    assert editable(from_text("known(city)"), catalogue) == ()


def test_names_the_catalogue_has_not_can_still_be_edited(catalogue: Catalogue) -> None:
    (found,) = editable(from_text('town = "Oslo"'), catalogue)
    assert isinstance(found, EditValues)


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


def test_the_sign_stands_around_the_leaf() -> None:
    leaf = from_text('city = "Oslo"')
    assert signed(leaf, negated=True) == Not(leaf)
    assert signed(leaf, negated=False) == leaf
