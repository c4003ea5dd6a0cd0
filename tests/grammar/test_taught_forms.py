"""Taught words in the forms of their language, in the midst of sentences, denied, and beside each
other; the expected definitions are written by hand."""

from dataclasses import replace

import pytest

from assistant.grammar.listening import Listener
from assistant.grammar.reading import Status
from segments.catalogue import Rule, Taught
from segments.codec import from_text
from tests.corpus.test_corpus import plain
from tests.sample_shop import sample

CORE = "count(purchase in this year) >= 5"
SPENT = "sum(purchase.amount in this year) > 5000"
RULES = {
    "karnkund": Rule("karnkund", CORE, {"sv": ("kärnkund",)}),
    "sleeper": Rule("sleeper", "not count(purchase in last 200 days) >= 1", {"en": ("sleeper",)}),
    "superkunde": Rule("superkunde", SPENT, {"da": ("superkunde",)}),
    "perlekunde": Rule("perlekunde", SPENT, {"nb": ("perlekunde",)}),
}
WORDS = (
    Taught("haul", "en", event="purchase"),
    Taught("hamstra", "sv", event="purchase", form="verb"),
    Taught("hamstre", "da", event="purchase", form="verb"),
    Taught("snag", "en", event="purchase", form="verb"),
    Taught("krusning", "sv", "purchase.category", "hair_care"),
    Taught("suds", "en", "purchase.category", "hair_care"),
)
CARE = 'count(purchase where category = "hair_care") >= 1'

READ = [
    ("sv", "kärnkunder i Malmö", f'{CORE} and city = "Malmö"'),
    ("sv", "kvinnor som inte är kärnkunder", f'gender = "female" and not {CORE}'),
    ("sv", "alla kärnkunderna utom de i Malmö", f'{CORE} and not city = "Malmö"'),
    ("sv", "ej kärnkunder", f"not {CORE}"),
    (
        "en",
        "sleepers in Oslo",
        'not count(purchase in last 200 days) >= 1 and city = "Oslo"',
    ),
    (
        "en",
        "women who are not sleepers",
        'gender = "female" and count(purchase in last 200 days) >= 1',
    ),
    ("da", "superkunder i København", f'{SPENT} and city = "København"'),
    ("da", "mænd der ikke er superkunder", f'gender = "male" and not {SPENT}'),
    ("da", "superkunderne i Aarhus", f'{SPENT} and city = "Aarhus"'),
    ("nb", "perlekunder i Oslo", f'{SPENT} and city = "Oslo"'),
    ("nb", "menn som ikke er perlekunder", f'gender = "male" and not {SPENT}'),
    ("nb", "perlekundene i Bergen", f'{SPENT} and city = "Bergen"'),
    ("en", "at least 3 hauls this year", "count(purchase in this year) >= 3"),
    ("en", "no hauls in 60 days", "not count(purchase in last 60 days) >= 1"),
    (
        "sv",
        "kunder som hamstrat schampo",
        'count(purchase where product_type = "shampoo") >= 1',
    ),
    ("sv", "kunder som inte hamstrade i år", "not count(purchase in this year) >= 1"),
    ("da", "kunder der har hamstret i år", "count(purchase in this year) >= 1"),
    ("sv", "kvinnor som köpt krusningar", f'gender = "female" and {CARE}'),
    ("en", "women who have not bought suds", f'gender = "female" and not {CARE}'),
]


def _taught() -> Listener:
    engine = sample().engine
    return Listener(replace(engine.catalogue, rules=RULES, words=WORDS), engine.values())


@pytest.fixture(scope="module")
def taught() -> Listener:
    return _taught()


@pytest.mark.parametrize(("language", "text", "means"), READ)
def test_a_taught_word_is_understood_in_its_forms(
    taught: Listener, language: str, text: str, means: str
) -> None:
    reading = taught.read(text, language)
    assert reading.status is Status.ANSWERED
    assert reading.definition is not None
    assert plain(reading.definition) == plain(from_text(means))


@pytest.mark.parametrize(
    ("language", "text", "unknown"),
    [
        ("sv", "kärnkundlös i Malmö", "kärnkundlös"),  # an ending of no noun
        ("en", "women who haulify shampoo", "haulify"),
        ("en", "women who hauled shampoo", "hauled"),  # taught as a noun
        ("en", "customers with 3 snags this year and sleeperish", "sleeperish"),
        ("da", "kvinder i superkundeland", "superkundeland"),
    ],
)
def test_what_is_no_form_of_it_is_shown(
    taught: Listener, language: str, text: str, unknown: str
) -> None:
    reading = taught.read(text, language)
    assert reading.status is Status.UNREAD
    assert unknown in reading.reasons[0].values.get("words", "")


def test_words_that_nobody_taught_keep_to_their_written_forms() -> None:
    reading = sample().reader.read("kärnkunder i Malmö", "sv")
    assert reading.status is Status.UNREAD
