"""A name that says something else than the definition is told; one that says the same is not."""

import pytest

from assistant.answers import Shop
from segments.codec import from_text
from tests.sample_shop import sample


@pytest.fixture(scope="module")
def named() -> Shop:
    found = sample()
    return Shop(found.engine, found.engine.values(), found.reader)


WITHOUT = "The name says “{}”, and the definition does not."


@pytest.mark.parametrize(
    ("name", "definition", "said"),
    [
        ("Loyal in Stockholm", 'city = "Stockholm" and count(purchase) >= 5', ""),
        ("Stockholm", "count(purchase) >= 5", WITHOUT.format("Stockholm")),
        (
            "Malmö, autumn",
            'city = "Stockholm"',
            "The name says “Malmö”, and the definition says Stockholm.",
        ),
        (
            "STOCKHOLM!",
            'not city = "Stockholm"',
            "The name says “STOCKHOLM”, and the definition leaves them out.",
        ),
        ("Stockholm", 'city in ("Stockholm", "Malmö")', ""),
        ("Sverige", 'city = "Stockholm"', ""),
        ("Women of the north", "count(purchase) >= 1", WITHOUT.format("Women")),
        ("Women", 'gender = "female"', ""),
        ("Campaign 7 B", "count(purchase) >= 1", ""),
        ("", 'city = "Stockholm"', ""),
    ],
)
def test_a_name_is_held_against_its_definition(
    named: Shop, name: str, definition: str, said: str
) -> None:
    assert named.odd_name(name, from_text(definition), language="en") == ((said,) if said else ())


def test_a_category_in_the_name_is_looked_for_in_what_was_bought(named: Shop) -> None:
    bought = from_text('count(purchase where category = "hair_care") >= 1')
    assert named.odd_name("Hårvård", bought, language="sv") == ()
    other = from_text('count(purchase where category = "skin_care") >= 1')
    assert named.odd_name("Hårvård", other, language="sv") == (
        "Namnet säger ”Hårvård”, men definitionen säger hudvård.",
    )
