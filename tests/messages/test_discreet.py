"""What a product's name may tell of whoever is written to."""

import pytest

from assistant.messages.discreet import telling


@pytest.mark.parametrize(
    "name",
    [
        "Shampoo against Dandruff 400 ml", "Plåster för att sluta röka", "Anti-akne gel",
        "Cream for wrinkles", "Tabletter mod søvnløshed", "Pute for allergikere", "Nikotintuggummi",
        "Sjampo mot håravfall", "Manualer for vektnedgang", "Creme mod hæmorroider",
    ],
)  # fmt: skip
def test_a_product_for_a_complaint_is_known_by_its_name(name: str) -> None:
    assert telling([name])
    assert telling(["Harmless", name])  # in one of its languages


@pytest.mark.parametrize(
    "name",
    [
        "Conditioner for dry hair", "Conditions of Use", "Bekræftelse", "Snaremaskine",
        "Svampesuppe", "Angus burger", "Potato", "Skælskør Frugt", "Yoga mat",
    ],
)  # fmt: skip
def test_a_word_that_only_looks_alike_is_not(name: str) -> None:
    assert not telling([name])


def test_a_shop_has_words_of_its_own() -> None:
    assert not telling(["Golden Age compression socks"])
    assert telling(["Golden Age compression socks"], ("compression",))
