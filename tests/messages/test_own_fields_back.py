"""What is said of members' own dates, ages and texts reads back to the same definition."""

import pytest

from assistant.grammar.reading import Status
from assistant.grammar.sense import sense
from assistant.languages.files import languages
from assistant.messages.readback import Speaker
from segments.codec import from_text
from segments.rewrites import simplify
from tests.sample_shop import Sample, sample

DEFINITIONS = [
    "anniversary(birth_date) in this month",
    "anniversary(birth_date) in next week",
    "anniversary(birth_date) in this day",
    "anniversary(birth_date) in next day",
    "anniversary(birth_date) in march",
    "anniversary(birth_date) in Q2",
    "anniversary(birth_date) in last 14 days",
    "anniversary(birth_date) <= 30 days ahead",
    "anniversary(birth_date) <= 1 week ahead",
    "anniversary(birth_date) < 10 days ahead",
    "anniversary(birth_date) = 14 days ahead",
    "anniversary(birth_date) between 2 and 4 weeks ahead",
    "not anniversary(birth_date) in next month",
    "not anniversary(birth_date) in any of (march, june)",
    'anniversary(birth_date) in march and city = "Malmö"',
    'email ends with "@example.com"',
    'not email ends with ".org"',
    'first_name starts with "A"',
    'last_name contains "son"',
    'first_name = "Anna"',
    'not first_name = "Anna"',
    'first_name in ("Anna", "Eva") and city = "Oslo"',
    'postal_code starts with "11"',
    'postal_code between "11120" and "11999"',
    'postal_code in ("3199", "1711")',
    'street contains "gatan 5"',
    'company ends with "AB" and gender = "female"',
    'income = "under_250k"',
    'not income = "over_600k"',
    'income in ("under_250k", "250k_400k") and city = "Oslo"',
    "birth_date in 50 years back",
    "birth_date in 215 months back",
    "birth_date in from 1980-01-01 to 1989-12-31",
    "age between 30 and 39",
    "registered_at >= 2 years ago",
    "registered_at < 1 year ago",
    "anniversary(registered_at) <= 8 days ahead",
    "anniversary(registered_at) in this week and count(purchase in 2025) >= 1",
]


@pytest.fixture(scope="module")
def shop() -> Sample:
    return sample()


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("text", DEFINITIONS)
def test_what_is_said_reads_back(shop: Sample, text: str, language: str) -> None:
    meant = simplify(from_text(text))
    engine = shop.engine
    speaker = Speaker(language, engine.catalogue, engine.values(), engine.as_of()[0].date())
    said = speaker.say(meant)
    reading = shop.reader.read(said, language)
    assert reading.status is Status.ANSWERED, said
    assert reading.definition is not None
    assert sense(simplify(reading.definition)) == sense(meant), said


INCOMES = {
    "en": ("Customers who have under 250k income", "Customers who don't have under 250k income"),
    "sv": ("Kunder som har inkomst under 250 tkr", "Kunder som inte har inkomst under 250 tkr"),
    "da": ("Kunder der har indkomst under 250 tkr", "Kunder der ikke har indkomst under 250 tkr"),
    "nb": ("Kunder som har inntekt under 250 tkr", "Kunder som ikke har inntekt under 250 tkr"),
}


@pytest.mark.parametrize("language", INCOMES)
def test_a_value_that_names_its_field_is_said_without_it(shop: Sample, language: str) -> None:
    engine = shop.engine
    speaker = Speaker(language, engine.catalogue, engine.values(), engine.as_of()[0].date())
    for text, said in zip(("", "not "), INCOMES[language], strict=True):
        assert speaker.say(from_text(f'{text}income = "under_250k"')) == said
