"""Predicted fields are named in every language, in per cent, in money and ahead."""

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from assistant.grammar.reader import Reader
from assistant.grammar.reading import Status
from assistant.languages.files import languages
from assistant.messages.readback import Speaker
from segments.catalogue import Catalogue
from segments.codec import from_text, to_text
from segments.definition import Condition
from segments.predictions import DAYS, Card, Prediction, Target
from segments.rewrites import simplify
from tests.sample_shop import sample

READ = [
    ("en", "churn risk above 70 %", "churn_risk > 70"),
    ("sv", "churnrisk över 70 %", "churn_risk > 70"),
    ("da", "churnrisiko på over 70 %", "churn_risk > 70"),
    ("nb", "churnrisiko på over 70 prosent", "churn_risk > 70"),
    ("en", "a churn risk between 50 and 70 percent", "churn_risk between 50 and 70"),
    ("en", "churn_risk >= 70", "churn_risk >= 70"),
    ("sv", "kunder i Lund med churnrisk på minst 80 %", 'city = "Lund" and churn_risk >= 80'),
    ("en", "expected to buy within 30 days", "next_order <= 30 days ahead"),
    ("en", "likely to buy in the next 30 days", "next_order <= 30 days ahead"),
    ("sv", "förväntas handla inom 30 dagar", "next_order <= 30 days ahead"),
    ("da", "forventes at handle inden for 30 dage", "next_order <= 30 days ahead"),
    ("nb", "forventes å handle innen 30 dager", "next_order <= 30 days ahead"),
    ("en", "not expected to buy in the next 30 days", "not next_order <= 30 days ahead"),
    ("en", "expected value over 1000 kr", "expected_value > 1000"),
    ("sv", "förväntat värde över 1000 kr", "expected_value > 1000"),
    ("da", "forventet værdi over 1000 kr", "expected_value > 1000"),
    ("nb", "forventet verdi over 1000 kr", "expected_value > 1000"),
    ("sv", "förväntas handla för mer än 1000 kr", "expected_value > 1000"),
    ("en", "whose churn risk is 50% or 60%", "churn_risk in (50, 60)"),
    ("en", "churn risk unknown", "not known(churn_risk)"),
]
ASKED = [
    ("en", "high churn risk"),
    ("sv", "kunder med hög churnrisk"),
    ("da", "kunder med høj churnrisiko"),
    ("nb", "kunder med høy churnrisiko"),
    ("en", "customers at risk"),
    ("sv", "kunder i riskzonen"),
]


def _catalogue(*, refused: str = "") -> Catalogue:
    asked = {target.value: Prediction(target, DAYS[target]) for target in Target}
    known = replace(sample().engine.catalogue, predictions=asked)
    return known.predicting({name: Card(refused=refused) for name in asked})


@cache
def _reader(*, refused: str = "") -> Reader:
    return Reader(_catalogue(refused=refused), sample().engine.values())


def _choices(reader: Reader, text: str, language: str) -> set[Condition | None]:
    reading = reader.read(text, language)
    assert reading.status is Status.ASKS
    return {c.definition for question in reading.questions for c in question.choices}


@pytest.mark.parametrize(("language", "text", "means"), READ)
def test_a_predicted_field_is_read_as_any_other(language: str, text: str, means: str) -> None:
    reading = _reader().read(text, language)
    assert reading.definition is not None, reading.reasons
    assert to_text(reading.definition) == to_text(from_text(means))


@pytest.mark.parametrize(("language", "text"), ASKED)
def test_a_high_risk_is_asked_about(language: str, text: str) -> None:
    risky = {from_text(f"churn_risk >= {risk}") for risk in (50, 70, 90)}
    assert risky < _choices(_reader(), text, language)


@pytest.mark.parametrize(("language", "text"), ASKED)
def test_a_risk_that_could_not_be_predicted_is_no_choice(language: str, text: str) -> None:
    found = _choices(_reader(refused="few_members"), text, language)
    assert found
    assert not any("churn_risk" in to_text(each) for each in found if each is not None)


@pytest.mark.parametrize("text", ["points over 70 %", "age over 70 %", "expected value over 70 %"])
def test_per_cent_are_of_a_risk_alone(text: str) -> None:
    assert _reader().read(text, "en").status is Status.UNREAD


SAID = [
    "churn_risk > 70",
    "not churn_risk >= 70",
    "churn_risk between 50 and 70",
    "churn_risk in (50, 60)",
    "expected_value <= 500",
    "not expected_value > 1000",
    "next_order <= 30 days ahead",
    "not next_order <= 30 days ahead",
    "next_order in next month",
    "known(expected_value)",
    "not known(next_order)",
    'city = "Oslo" and churn_risk > 70 and next_order > 30 days ahead',
]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("text", SAID)
def test_what_is_said_of_a_predicted_field_reads_back(text: str, language: str) -> None:
    definition = from_text(text)
    spoken = sample().engine.values()
    said = Speaker(language, _catalogue(), spoken, date(2026, 10, 15)).say(definition)
    reading = _reader().read(said, language)
    assert reading.definition is not None, said
    assert to_text(simplify(reading.definition)) == to_text(simplify(definition))
