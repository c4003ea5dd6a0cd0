"""A date of the shop's own, which no pack knows: what lies ahead of it is read in all languages."""

import pytest

from assistant.grammar.reader import Reader
from assistant.grammar.reading import Status
from segments.catalogue import Attribute, Catalogue, Event, Type
from segments.codec import from_text, to_text

RENEWAL = Attribute(
    "renewal",
    Type.DATE,
    path="renewal",
    labels={
        "en": ("renewal date", "renewal", "contract ends", "expires"),
        "sv": ("förnyelsedatum", "avtalet går ut"),
        "da": ("fornyelsesdato", "aftalen udløber"),
        "nb": ("fornyelsesdato", "avtalen går ut"),
    },
)
PURCHASE = Event("purchase", "orders", "customer", time="at", role="purchase")
SHOP = Catalogue(
    name="Contracts",
    currency="SEK",
    time_zone="Europe/Stockholm",
    home="SE",
    table="customers",
    key="id",
    fields={"renewal": RENEWAL},
    events={"purchase": PURCHASE},
)

READ = [
    ("en", "renewal date in the next 90 days", "renewal <= 90 days ahead"),
    ("en", "customers whose contract ends next month", "renewal in next month"),
    ("en", "contract ends this month", "renewal in this month"),
    ("en", "contract ends in more than 30 days", "renewal > 30 days ahead"),
    ("en", "renewal date not in the next 3 weeks", "not renewal <= 3 weeks ahead"),
    ("en", "contract ends tomorrow", "renewal in next day"),
    ("sv", "avtalet går ut de närmaste 90 dagarna", "renewal <= 90 days ahead"),
    ("sv", "avtalet går ut om mer än 30 dagar", "renewal > 30 days ahead"),
    ("da", "aftalen udløber de næste 90 dage", "renewal <= 90 days ahead"),
    ("da", "fornyelsesdato i næste måned", "renewal in next month"),
    ("nb", "avtalen går ut de neste 90 dagene", "renewal <= 90 days ahead"),
    ("nb", "fornyelsesdato om mellom 30 og 60 dager", "renewal between 30 and 60 days ahead"),
]
ASKED = [
    ("en", "expires within 8 days", {"renewal <= 8 days ahead", "renewal in last 8 days"}),
    ("en", "contract ends in 30 days", {"renewal <= 30 days ahead", "renewal = 30 days ahead"}),
    ("sv", "avtalet går ut snart", {"renewal <= 7 days ahead", "renewal <= 30 days ahead"}),
    ("da", "aftalen udløber om 30 dage", {"renewal <= 30 days ahead", "renewal = 30 days ahead"}),
    ("nb", "avtalen går ut innen 8 dager", {"renewal <= 8 days ahead", "renewal in last 8 days"}),
]
REFUSED = [
    ("en", "bought in the next 30 days", "ahead_of_event"),
    ("sv", "handlat nästa vecka", "ahead_of_event"),
    ("da", "købt de næste 30 dage", "ahead_of_event"),
    ("nb", "kjøpt neste måned", "ahead_of_event"),
    ("en", "renewal date in March", "which_year"),
]


@pytest.fixture(scope="module")
def contracts() -> Reader:
    return Reader(SHOP, ())


@pytest.mark.parametrize(("language", "text", "means"), READ)
def test_what_lies_ahead_is_asked_of_a_date(
    contracts: Reader, language: str, text: str, means: str
) -> None:
    reading = contracts.read(text, language)
    assert reading.definition is not None, [note.code for note in reading.reasons]
    assert to_text(reading.definition) == to_text(from_text(means))


@pytest.mark.parametrize(("language", "text", "choices"), ASKED)
def test_what_may_be_behind_or_ahead_is_a_question(
    contracts: Reader, language: str, text: str, choices: set[str]
) -> None:
    reading = contracts.read(text, language)
    assert reading.status is Status.ASKS
    assert {to_text(choice.part) for choice in reading.questions[0].choices} == choices


@pytest.mark.parametrize(("language", "text", "code"), REFUSED)
def test_what_nobody_can_know_is_refused_with_its_reason(
    contracts: Reader, language: str, text: str, code: str
) -> None:
    reading = contracts.read(text, language)
    assert reading.status is Status.UNREAD
    assert [note.code for note in reading.reasons] == [code]


def test_without_a_registration_date_the_first_purchase_is_when_they_came(
    contracts: Reader,
) -> None:
    reading = contracts.read("customers for more than 2 years", "en")
    assert reading.definition == from_text("first(purchase) > 2 years ago")
    assert "first_order_as_start" in [note.code for note in reading.defaults]
