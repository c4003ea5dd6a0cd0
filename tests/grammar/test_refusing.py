"""What is not there is named, with the nearest that is."""

import pytest

from assistant.grammar.reader import Reader
from assistant.grammar.reading import Status
from segments.catalogue import Spoken
from tests.equipped_shop import catalogue, spoken


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
        ("en", "customers in Oslo (", "brackets", {"words": "(", "at": "19"}),
        ("en", "city = Oslo) and women", "brackets", {"words": ") and women", "at": "12"}),
        ("en", "customers in () Oslo", "empty_brackets", {"words": "() Oslo", "at": "14"}),
        ("sv", 'ort = "Malmö', "quotes", {"words": '"Malmö', "at": "7"}),
        ("da", 'kvinder og by = "Oslo', "quotes", {"words": '"Oslo', "at": "17"}),
        ("en", "not:\n- women\n- in Oslo", "scope", {"words": "not:\n- women\n- in Oslo"}),
    ],
)
def test_a_condition_that_cannot_be_read_says_why(
    reader: Reader, language: str, text: str, code: str, values: dict[str, str]
) -> None:
    reading = reader.read(text, language)
    assert reading.status is Status.UNREAD
    assert [(note.code, dict(note.values)) for note in reading.reasons] == [(code, values)]


def test_only_the_bracket_that_has_no_partner_is_marked(reader: Reader) -> None:
    reading = reader.read("women and (city = Oslo or tier = gold", "en")
    unknown = [(word.text, word.start) for word in reading.words if word.status == "unknown"]
    assert unknown == [("(", 10)]


def test_a_word_of_a_longer_name_suggests_that_name() -> None:
    kept = Spoken("purchase.category", "Wine & Spirits", "Wine & Spirits")
    reader = Reader(catalogue(), (*spoken(), kept))
    (note,) = reader.read("customers who bought wine", "en").reasons
    assert dict(note.values) == {"words": "wine", "suggestions": "Wine & Spirits?"}
    (other,) = reader.read("customers who bought gramophones", "en").reasons
    assert dict(other.values) == {"words": "gramophones", "suggestions": ""}
