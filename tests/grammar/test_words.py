"""Words of a catalogue that stand for any of several values."""

import pytest

from assistant.grammar.reader import Reader
from assistant.grammar.reading import Reading
from segments.catalogue import Spoken
from segments.catalogue_file import loads
from segments.codec import to_text

CATALOGUE = """version = 1
[shop]
name = "Grocer"
[member]
table = "customers"
key = "id"
[events.purchase]
role = "purchase"
table = "orders"
member = "customer_id"
[events.purchase.attributes.category]
role = "category"
values = ["BABY FOODS", "BABYFOOD", "DIAPERS"]
[fields.chain]
values = ["A1", "A2", "B1"]
labels = { en = ["chain"] }
[words.sv]
barnmat = { of = "purchase.category", value = ["BABY FOODS", "BABYFOOD"] }
"blöjor" = { of = "purchase.category", value = "DIAPERS" }
[words.en]
alphas = { of = "chain", value = ["A1", "A2"] }
"""
ANY = 'category in ("BABY FOODS", "BABYFOOD")'
READ = [
    ("sv", "köpt barnmat", f"count(purchase where {ANY}) >= 1"),
    ("sv", "har aldrig köpt barnmat", f"not count(purchase where {ANY}) >= 1"),
    (
        "sv",
        "har köpt både blöjor och barnmat",
        f'count(purchase where category = "DIAPERS") >= 1 and count(purchase where {ANY}) >= 1',
    ),
    ("en", "customers who are alphas", 'chain in ("A1", "A2")'),
    ("en", "customers who are alphas or B1", 'chain in ("A1", "A2", "B1")'),
]


def read(text: str, language: str) -> Reading:
    """Read a sentence on the grocer's shop."""
    catalogue = loads(CATALOGUE)
    category = catalogue.events["purchase"].attributes["category"]
    spoken = [Spoken("purchase.category", code, code) for code in category.codes]
    spoken += [Spoken("chain", code, code) for code in catalogue.fields["chain"].codes]
    return Reader(catalogue, spoken).read(text, language)


@pytest.mark.parametrize(("language", "text", "means"), READ)
def test_a_word_for_several_values_is_any_of_them(language: str, text: str, means: str) -> None:
    found = read(text, language)
    assert found.definition is not None
    assert to_text(found.definition) == means


def _shop_with(*values: str) -> Reader:
    catalogue = loads(
        'version = 1\n[member]\ntable = "people"\nkey = "id"\n'
        '[events.visit]\ntable = "visits"\nmember = "person"\nrole = "visit"\n'
        '[events.visit.attributes.channel]\ntype = "text"\nrole = "channel"\nindexed = true\n'
    )
    return Reader(catalogue, [Spoken("visit.channel", value, value) for value in values])


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("customers who visited from display", 'count(visit where channel = "Display") >= 1'),
        ("display customers who visited", "count(visit) >= 1"),
        ("show customers who visited a lot from Search", None),
        ("kunder som besökt sajten från display", 'count(visit where channel = "Display") >= 1'),
    ],
)
def test_a_value_that_is_also_a_word_for_showing_is_never_dropped(
    text: str, means: str | None
) -> None:
    read = _shop_with("Display", "A").read(text)
    assert (to_text(read.definition) if read.definition else None) == means


SNAPSHOT = Reader(
    loads(
        'version = 1\n[member]\ntable = "people"\nkey = "id"\n'
        '[fields.born]\ntype = "age"\nrole = "age"\n'
        '[fields.web]\ntype = "number"\nlabels = { en = ["web purchases"], da = ["webkøb"] }\n'
        '[fields.teens]\ntype = "number"\nlabels = { en = ["teens"], sv = ["tonåringar"] }\n'
        '[fields.children]\ntype = "number"\nrole = "children"\n'
    ),
    [],
)


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("customers with no web purchases", ["not web > 0", "not known(web)"]),
        ("customers without web purchases", ["not web > 0", "not known(web)"]),
        ("kunder uden webkøb", ["not web > 0", "not known(web)"]),
        (
            "kunder utan tonåringar",
            ["not teens > 0", "not known(teens)", "not born between 13 and 19"],
        ),
    ],
)
def test_none_of_a_number_is_nought_or_unknown_and_is_asked_about(
    text: str, choices: list[str]
) -> None:
    (question,) = SNAPSHOT.read(text).questions
    assert [to_text(choice.part) for choice in question.choices] == choices


def test_none_of_the_children_is_nought() -> None:
    read = SNAPSHOT.read("customers without children")
    assert read.definition is not None
    assert to_text(read.definition) == "children = 0"
