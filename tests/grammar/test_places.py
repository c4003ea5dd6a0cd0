"""A place named after what was done: where they live, or where it was done?"""

import pytest

from assistant.grammar.reader import Reader
from segments.catalogue import Spoken
from segments.catalogue_file import loads
from segments.codec import to_text
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


def _of_countries(*values: str) -> Reader:
    catalogue = loads(
        'version = 1\n[member]\ntable = "people"\nkey = "id"\n'
        '[fields.land]\ntype = "text"\nrole = "country"\nindexed = true\n'
    )
    return Reader(catalogue, [Spoken("land", value, value) for value in values])


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("kunder i Tyskland", 'land = "Germany"'),
        ("tyske kunder", 'land = "Germany"'),
        ("kunder i Norden", 'land = "Sweden"'),
        ("customers in the United States", 'land in ("US", "USA")'),
        ("kunder i Østerrike", 'land = "Österrike"'),
        ("customers outside the EU", 'not land in ("Germany", "Sweden", "Österrike")'),
    ],
)
def test_a_country_is_known_in_every_language_however_the_data_writes_it(
    text: str, means: str
) -> None:
    read = _of_countries("Germany", "Sweden", "US", "USA", "Österrike", "Atlantis").read(text)
    assert read.definition is not None
    assert to_text(read.definition) == means
