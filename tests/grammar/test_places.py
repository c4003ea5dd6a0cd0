"""A place named after what was done: where they live, or where it was done?"""

import pytest

from tests.equipped_shop import reader
from tests.sample_shop import sample

BOUGHT_THERE = [
    ("en", "bought shampoo in Malmö"),
    ("sv", "köpt schampo i Malmö"),
    ("da", "købt shampoo i Malmö"),
    ("nb", "kjøpt sjampo i Malmö"),
]
LIVE_THERE = [
    ("en", "customers in Malmö who bought shampoo"),
    ("sv", "kunder i Malmö som köpt schampo"),
    ("da", "kunder i Malmö, der har købt shampoo"),
    ("nb", "kunder i Malmö som har kjøpt sjampo"),
]


@pytest.mark.parametrize(("language", "text"), BOUGHT_THERE)
def test_where_a_shop_knows_no_place_of_purchase_it_says_that_they_live_there(
    language: str, text: str
) -> None:
    read = sample().reader.read(text, language)
    assert ("lives_there", "Malmö") in [
        (note.code, note.values.get("place")) for note in read.defaults
    ]


@pytest.mark.parametrize(("language", "text"), LIVE_THERE)
def test_nothing_is_said_of_a_place_that_the_customers_were_said_to_be_in(
    language: str, text: str
) -> None:
    read = sample().reader.read(text, language)
    assert read.definition is not None
    assert "lives_there" not in {note.code for note in read.defaults}


def test_a_shop_that_knows_where_it_was_bought_asks() -> None:
    read = reader().read("bought shoes in Malmö", "en")
    assert read.questions
