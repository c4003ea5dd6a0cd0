"""A bracket that says again what stands before it, or says what unknown words before it mean."""

import pytest

from segments.codec import to_text
from tests.grammar.test_words import read

GLOSSED = [
    ("en", "bought nappies (DIAPERS)", 'count(purchase where category = "DIAPERS") >= 1'),
    ("sv", "köpt frukt och grönt (DIAPERS)", 'count(purchase where category = "DIAPERS") >= 1'),
    ("en", "customers who bought (purchase) twice", "count(purchase) = 2"),
]


@pytest.mark.parametrize(("language", "text", "means"), GLOSSED)
def test_a_bracket_explains_the_words_before_it(language: str, text: str, means: str) -> None:
    found = read(text, language)
    assert found.definition is not None
    assert to_text(found.definition) == means


def test_words_that_a_bracket_explains_are_shown_as_read_so() -> None:
    shown = {word.text: word.read_as for word in read("bought nappies (DIAPERS)", "en").words}
    assert shown["nappies"] == "DIAPERS"


@pytest.mark.parametrize("text", ["bought nappies (zorps)", "bought BABYFOOD (DIAPERS)"])
def test_a_bracket_that_says_nothing_known_or_something_else_is_not_passed_over(text: str) -> None:
    found = read(text, "en")
    assert found.definition is None or "DIAPERS" in to_text(found.definition)
