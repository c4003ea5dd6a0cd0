"""A fifth language from a folder outside the package: what is typed in it is read, and said back.

German puts its verbs last, joins its nouns and bends its articles, so it asks more of the grammar
than the product's own languages do. Nothing of it stands in the code.
"""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from assistant.grammar.reading import Status, WordStatus
from assistant.languages.files import ENVIRONMENT, languages, table
from assistant.languages.texts import texts
from segments.codec import from_text, to_text
from segments.definition import Condition
from tests.corpus.test_corpus import plain
from tests.languages.german.german import German

HERE = Path(__file__).parent
CORPUS = tomllib.loads((HERE / "corpus.toml").read_text(encoding="utf-8"))
UNKNOWN = "blorptastisch"
NOT = frozenset({"nicht", "nie", "kein", "keine", "keinen", "keiner", "nichts", "ohne", "außer"})
TOWNS = (("Malmö", "Bergen"), ("Oslo", "Uppsala"), ("Bergen", "Aarhus"))


def _cases(kind: str) -> list[Any]:
    return [pytest.param(case, id=case["text"]) for case in CORPUS[kind]]


def _said(shop: German, text: str) -> Condition | None:
    found = shop.reader.read(text, "de").definition
    return plain(found) if found is not None else None


def _unknown(shop: German, text: str) -> set[str]:
    words = shop.reader.read(text, "de").words
    return {word.text for word in words if word.status is WordStatus.UNKNOWN}


@pytest.mark.parametrize("case", _cases("phrase"))
def test_a_sentence_means_what_was_written_down(case: dict[str, str], shop: German) -> None:
    reading = shop.reader.read(case["text"], "de")
    assert reading.status is Status.ANSWERED, reading.reasons
    assert reading.definition is not None
    assert to_text(plain(reading.definition)) == to_text(plain(from_text(case["means"])))
    assert _unknown(shop, case["text"]) == set()


@pytest.mark.parametrize(
    ("bracket", "means"),
    [
        ("Betrag: höchstens 500 kr oder unbekannt", "not amount > 500"),
        ("Wochentag: Samstag", "weekday = 6"),
        ("Rabattcode: fehlt", "not known(discount_code)"),
    ],
)
def test_a_bracket_after_the_verb_is_about_what_was_done(
    bracket: str, means: str, shop: German
) -> None:
    found = _said(shop, f"Kunden, die etwas gekauft haben ({bracket})")
    assert found == from_text(f"count(purchase where {means}) >= 1")


@pytest.mark.parametrize("case", _cases("phrase"))
def test_what_is_said_back_is_read_as_the_same(case: dict[str, str], shop: German) -> None:
    meant = plain(from_text(case["means"]))
    said = shop.speaker.say(meant)
    found = _said(shop, said)
    assert found is not None, said
    assert to_text(found) == to_text(meant), said


@pytest.mark.parametrize("case", _cases("asks"))
def test_an_open_sentence_is_asked_about(case: dict[str, Any], shop: German) -> None:
    reading = shop.reader.read(case["text"], "de")
    assert reading.status is Status.ASKS, reading.reasons
    choices = [c.definition for question in reading.questions for c in question.choices]
    found = {to_text(plain(choice)) for choice in choices if choice is not None}
    assert {to_text(plain(from_text(choice))) for choice in case["choices"]} <= found


@pytest.mark.parametrize("case", _cases("unread"))
def test_what_cannot_be_said_is_refused(case: dict[str, Any], shop: German) -> None:
    reading = shop.reader.read(case["text"], "de")
    assert reading.status is Status.UNREAD
    assert reading.reasons
    assert set(case.get("unknown", ())) <= _unknown(shop, case["text"])


@pytest.mark.parametrize("case", _cases("phrase"))
def test_an_unknown_word_is_reported_wherever_it_stands(case: dict[str, str], shop: German) -> None:
    words = case["text"].split(" ")
    for place in range(len(words) + 1):
        text = " ".join([*words[:place], UNKNOWN, *words[place:]])
        assert shop.reader.read(text, "de").status is Status.UNREAD, text
        assert UNKNOWN in _unknown(shop, text), text


@pytest.mark.parametrize("case", _cases("phrase"))
def test_without_its_negation_a_sentence_means_something_else(
    case: dict[str, str], shop: German
) -> None:
    words = case["text"].split()
    for place, word in enumerate(words):
        if word.lower() in NOT:
            found = _said(shop, " ".join([*words[:place], *words[place + 1 :]]))
            assert found != plain(from_text(case["means"])), word


def test_another_town_changes_only_the_town(shop: German) -> None:
    changed = 0
    for case in CORPUS["phrase"]:
        for town, other in TOWNS:
            if case["text"].count(town) == 1 and case["means"].count(f'"{town}"') == 1:
                meant = from_text(case["means"].replace(f'"{town}"', f'"{other}"'))
                assert _said(shop, case["text"].replace(town, other)) == plain(meant), case["text"]
                changed += 1
    assert changed >= 10


def test_the_verb_stands_last_in_what_is_said(shop: German) -> None:
    definition = 'city = "Oslo" and count(purchase where category = "sleep" in last 90 days) >= 3'
    said = shop.speaker.say(from_text(definition))
    assert said == (
        "Kunden, die in Oslo wohnen und die Schlaf mindestens dreimal "
        "in den letzten 90 Tagen gekauft haben"
    )
    part = from_text('not count(purchase where category = "sleep") >= 1')
    assert shop.speaker.say_part(part) == "nie Schlaf gekauft haben"


def test_a_chip_keeps_the_verb_in_its_label(shop: German) -> None:
    chip = shop.speaker.chip(
        from_text('count(purchase where category = "sleep") >= 1'), negated=False
    )
    assert (chip.label, chip.text) == ("Gekauft haben", "Schlaf")


@pytest.mark.usefixtures("shop")
def test_it_is_listed_last_and_speaks_english_where_it_has_no_texts() -> None:
    assert languages() == ("en", "sv", "da", "nb", "de")
    assert table("de", "texts") == {}
    assert texts("de").page("language") == texts("en").page("language")


def test_the_command_reads_it_from_the_environment() -> None:
    sentence = "Kundinnen in Oslo, die seit 90 Tagen nichts gekauft haben"
    asked = subprocess.run(
        [sys.executable, "-m", "assistant.cli", "ask", sentence, "--language", "de", "--json"],
        env={**os.environ, ENVIRONMENT: str(HERE)},
        capture_output=True,
        check=True,
        text=True,
    )
    answer = json.loads(asked.stdout)
    assert answer["language"] == "de"
    assert answer["readback"] == (
        "Frauen, die in Oslo wohnen und die nichts in den letzten 90 Tagen gekauft haben"
    )
