"""What is said reads back: definitions drawn by a seed, and those of the corpus, in each language.

`python -m benchmarks.round_trip` makes the same trips with as many definitions as one likes.
"""

import pytest

from assistant.languages.files import languages
from benchmarks.definitions import size
from benchmarks.measuring import AS_OF
from benchmarks.round_trip import Traveller, Trip
from segments.codec import from_text, to_text
from segments.definition import (
    All,
    Anniversary,
    Any,
    Audience,
    Comparison,
    DateField,
    Distance,
    Edge,
    Favourite,
    Field,
    Followed,
    Gap,
    Grouped,
    Jointly,
    Measure,
    Norm,
    Overdue,
    People,
    Rank,
    Sequence,
    Share,
    Similar,
    Source,
    leaves,
)
from tests import equipped_shop
from tests.corpus.sentences import PHRASES
from tests.sample_shop import sample

DRAWN = 60
LANGUAGES = languages()
SEED = 1
GIVEN_UP = "unread too_complicated"
MEANINGS = sorted({phrase.means for phrase in PHRASES if not phrase.known_wrong})
KINDS = {
    *(Field, DateField, Anniversary, Measure, Edge, Rank, Gap, Overdue, Sequence, Followed),
    *(Comparison, Share, Grouped, Favourite, Audience, Distance, People, Jointly, Similar, Norm),
}

BESIDE = [
    f"{people} {joint} {own}"
    for people in (
        'people(company_id having city = "Oslo") = 0',
        "people(company_id having not count(cart) >= 5) >= 2",
    )
    for joint, own in (
        ("or", "known(decision_role)"),
        ("and", 'decision_role = "decides"'),
        ("and", "jointly(count(return) within company_id) >= 1"),
        ("or", "people(company_id having count(purchase) >= 1) >= 1"),
    )
]


@pytest.fixture(scope="module")
def traveller() -> Traveller:
    engine = sample().engine
    return Traveller(engine.catalogue, engine.values(), AS_OF)


@pytest.fixture(scope="module")
def equipped() -> Traveller:
    return Traveller(equipped_shop.catalogue(), equipped_shop.spoken(), AS_OF)


def _lost(trips: list[Trip]) -> list[tuple[str, str, str]]:
    """What came back as something else. A sentence that the reader gives up on for its length is
    no other definition; there must not be many of them."""
    tired = [trip for trip in trips if trip.why == GIVEN_UP]
    assert len(tired) <= len(trips) // 30
    return [
        (to_text(t.definition), t.said, t.why) for t in trips if not (t.came_back or t in tired)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_definition_drawn_is_said_so_that_it_reads_back(
    traveller: Traveller, language: str
) -> None:
    drawn = traveller.drawer(SEED).definitions(DRAWN)
    assert _lost([traveller.trip(each, language) for each in drawn]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_definition_of_another_shop_is_said_so_that_it_reads_back(
    equipped: Traveller, language: str
) -> None:
    drawn = equipped.drawer(SEED).definitions(DRAWN)
    assert _lost([equipped.trip(each, language) for each in drawn]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_corpus_means_is_said_so_that_it_reads_back(
    traveller: Traveller, language: str
) -> None:
    assert _lost([traveller.trip(from_text(each), language) for each in MEANINGS]) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("definition", BESIDE)
def test_what_stands_beside_the_people_at_a_company_is_of_the_customers(
    traveller: Traveller, definition: str, language: str
) -> None:
    assert _lost([traveller.trip(from_text(definition), language)]) == []


def test_every_kind_of_condition_is_drawn_and_groups_in_groups(traveller: Traveller) -> None:
    drawn = list(traveller.drawer(SEED).definitions(400))
    met = [leaf for each in drawn for leaf in leaves(each)]
    assert set(map(type, met)) == KINDS
    assert {leaf.source for leaf in met if isinstance(leaf, Audience)} == set(Source)
    assert any(isinstance(leaf, Rank) and leaf.within for leaf in met)
    assert any(size(each) > 3 and isinstance(each, All | Any) for each in drawn)
    assert len(set(map(to_text, drawn))) > 350
