"""Texts are filled whole or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.messages.filling import after, filled, needs, slots

WORDS = {"category": "hårvård", "city": "Malmö"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("För {category} i {city}", "För hårvård i Malmö"),
        ("{Category} i dag", "Hårvård i dag"),
        ("Hej! [Om {brand}.] Hej då!", "Hej! Hej då!"),
        ("Hej[ i {city}]!", "Hej i Malmö!"),
        ("Hej[ i {brand}]!", "Hej!"),
        ("{brand} för dig", None),
        ("Ett\n\n[{brand}]\n\nTvå", "Ett\n\nTvå"),
        ("Hej {first_name}, {city}", "Hej {first_name}, Malmö"),
        ("[{brand}]", ""),
    ],
)
def test_a_sentence_without_its_fact_is_dropped_and_a_text_without_one_is_none(
    text: str, said: str | None
) -> None:
    assert filled(text, WORDS) == said


def test_what_a_text_needs_is_what_stands_outside_its_optional_sentences() -> None:
    text = "{Category} [och {city}] för {first_name}"
    assert slots(text) == {"category", "city"}
    assert needs(text) == {"category"}


@given(st.dictionaries(st.sampled_from(["category", "city", "brand"]), st.text(max_size=9)))
def test_no_slot_is_ever_left_open(words: dict[str, str]) -> None:
    harmless = {name: word.translate({123: None, 125: None}) for name, word in words.items()}
    said = filled("a {category} [b {city}] [c {brand} {city}]", harmless)
    assert (said is None) == ("category" not in words)
    assert said is None or ("{" not in said and "[b" not in said)


@pytest.mark.parametrize(
    ("head", "text", "left"),
    [
        ("We miss you", "We miss you! the favourites are here.", "The favourites are here."),
        ("Not found it yet?", "Not found it yet? Ask us.", "Ask us."),
        ("For you", "For you: have a look.", "Have a look."),
        ("For you", "For you", "For you"),
        ("For you", "For you in town. Look.", "For you in town. Look."),
        ("Look", "For you. Look.", "For you. Look."),
        ("4.0 of 5", "4.0 of 5. See.", "See."),
        ("Welcome! May we help?", "Welcome! Ask us.", "Ask us."),
        ("4.0 of 5", "0 of 5. See.", "0 of 5. See."),
    ],
)
def test_what_the_headline_says_is_not_said_again_below(head: str, text: str, left: str) -> None:
    assert after(head, text) == left
