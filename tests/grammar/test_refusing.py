"""What is not there is named, with the nearest that is."""

import pytest

from assistant.grammar.reader import Reader
from assistant.grammar.reading import Status


@pytest.mark.parametrize(
    ("language", "text", "code", "values"),
    [
        ("en", "citty = Oslo", "no_such_field_perhaps", {"word": "citty", "near": "city"}),
        ("sv", "stda = Malmö", "no_such_field_perhaps", {"word": "stda", "near": "stad"}),
        ("en", "wealth > 500", "no_such_field", {"word": "wealth"}),
        (
            "en",
            "tier = golden",
            "no_such_value_perhaps",
            {"word": "golden", "field": "tier", "near": "gold"},
        ),
        ("nb", "by = Atlantis", "no_such_value", {"word": "Atlantis", "field": "by"}),
        ("en", "customers in Oslo (", "brackets", {}),
        ("en", "customers in () Oslo", "empty_brackets", {}),
        ("en", "not:\n- women\n- in Oslo", "scope", {"words": "not:\n- women\n- in Oslo"}),
    ],
)
def test_a_condition_that_cannot_be_read_says_why(
    reader: Reader, language: str, text: str, code: str, values: dict[str, str]
) -> None:
    reading = reader.read(text, language)
    assert reading.status is Status.UNREAD
    assert [(note.code, dict(note.values)) for note in reading.reasons] == [(code, values)]
