"""Small changes to sentences that are read right: each must be noticed, and nothing else change."""

import re
import tomllib
from collections.abc import Iterator
from itertools import permutations, product
from pathlib import Path
from typing import Any

import pytest

from assistant.grammar.reader import Reader
from assistant.grammar.reading import Status, WordStatus
from assistant.grammar.sense import sense
from segments.codec import from_text, to_text
from segments.rewrites import simplify
from tests.corpus.sentences import LANGUAGES, PHRASES, Phrase

UNKNOWN = "blorptastic"
SENTENCES = 50  # a language: 200 in all
DATA = tomllib.loads((Path(__file__).parent / "mutations.toml").read_text(encoding="utf-8"))


def _answered(language: str) -> list[Phrase]:
    found = [p for p in PHRASES if p.language == language and not p.known_wrong]
    # Behind "name starts with" any word is what the name starts with.
    return [phrase for phrase in found if '"' not in phrase.text and phrase.topic != "texts"]


def _to_mutate() -> list[Any]:
    # Beside "= null" a text field takes the strange word, and the sign is what is told instead.
    told = [[p for p in _answered(code) if "null" not in p.text] for code in LANGUAGES]
    chosen = [phrase for phrases in told for phrase in _spread(phrases)]
    return [pytest.param(phrase, id=phrase.id) for phrase in chosen]


def _spread(phrases: list[Phrase]) -> list[Phrase]:
    """As many as are wanted, from all topics."""
    return [phrases[index * len(phrases) // SENTENCES] for index in range(SENTENCES)]


@pytest.mark.parametrize("phrase", _to_mutate())
def test_an_unknown_word_is_reported_wherever_it_stands(phrase: Phrase, reader: Reader) -> None:
    words = phrase.text.split(" ")
    missed = []
    for place in range(len(words) + 1):
        text = " ".join([*words[:place], UNKNOWN, *words[place:]])
        reading = reader.read(text, phrase.language)
        unknown = [word.text for word in reading.words if word.status is WordStatus.UNKNOWN]
        aside = [note.values["words"] for note in reading.defaults if note.code == "set_aside"]
        if any(UNKNOWN in words for words in aside):
            continue  # said to be set aside: it stands in what is to be done
        if reading.definition and f'company = "{UNKNOWN}"' in to_text(reading.definition):
            continue  # a company may be called anything, and the readback says so
        # After "named", "starts with" and "=" any word is the text that is asked for, and the word
        # that stood there is the one too many.
        any_text = phrase.topic == "texts" or words[max(place - 1, 0) : place] in (["="], ["!="])
        told = UNKNOWN in unknown or (any_text and words[place : place + 1])
        if reading.status is not Status.UNREAD or not (unknown and told):
            missed.append((text, reading.status.value, unknown))
    assert missed == []


def _negated() -> Iterator[Any]:
    for language in LANGUAGES:
        words, again = DATA["negations"][language], DATA["again"][language]
        for phrase in _answered(language):
            said = [word for word in phrase.text.split() if word.casefold() in words]
            if again in said[1:]:  # "not … neither" denies once: both have to go
                yield pytest.param(phrase, said, id=f"{phrase.id} - {' '.join(said)}")
                continue
            for word in said:
                yield pytest.param(phrase, [word], id=f"{phrase.id} - {word}")


@pytest.mark.parametrize(("phrase", "gone"), list(_negated()))
def test_without_its_negation_a_sentence_means_something_else(
    phrase: Phrase, gone: list[str], reader: Reader
) -> None:
    left = phrase.text.split()
    for word in gone:
        left.remove(word)
    reading = reader.read(" ".join(left), phrase.language)
    if reading.definition is not None:
        assert to_text(simplify(reading.definition)) != to_text(simplify(from_text(phrase.means)))


def _swaps() -> Iterator[Any]:
    for language, template in product(LANGUAGES, DATA["swap"]):
        words = DATA["words"][language]
        for picked in product(*(words[name].items() for name in ("city", "category", "number"))):
            city, category, number = picked
            text = template[language].format(city=city[0], category=category[0], number=number[0])
            codes = {"city": city[1], "category": category[1], "number": number[1]}
            means = template["means"].format(**codes)
            yield pytest.param(language, text, means, id=f"{language}: {text}")


@pytest.mark.parametrize(("language", "text", "means"), list(_swaps()))
def test_another_value_changes_only_that_value(
    language: str, text: str, means: str, reader: Reader
) -> None:
    reading = reader.read(text, language)
    assert reading.status is Status.ANSWERED
    assert reading.definition is not None
    assert to_text(simplify(reading.definition)) == to_text(simplify(from_text(means)))


def _orders() -> Iterator[Any]:
    for language, order in product(LANGUAGES, DATA["order"]):
        yield pytest.param(language, order[language], id=f"{language}: {' '.join(order[language])}")


@pytest.mark.parametrize(("language", "words"), list(_orders()))
def test_the_order_inside_a_condition_changes_nothing(
    language: str, words: list[str], reader: Reader
) -> None:
    head, *parts = words
    texts = [" ".join([head, *order]) for order in permutations(parts)]
    readings = {text: reader.read(text, language) for text in texts}
    assert [text for text, found in readings.items() if found.definition is None] == []
    meanings = {
        text: sense(simplify(found.definition))
        for text, found in readings.items()
        if found.definition
    }
    assert [text for text in texts if meanings[text] != meanings[texts[0]]] == []


LANDS = {"Bergen": "NO", "Uppsala": "SE", "Aarhus": "DK"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_town_changes_only_the_town(language: str, reader: Reader) -> None:
    changed = []
    for phrase in _answered(language):
        for town, other in (("Malmö", "Bergen"), ("Oslo", "Uppsala"), ("Bergen", "Aarhus")):
            if phrase.text.count(town) != 1 or phrase.means.count(f'"{town}"') != 1:
                continue
            if "region" in phrase.means:  # the region of another town has another name
                continue
            reading = reader.read(phrase.text.replace(town, other), language)
            moved = re.sub(f'"{town}"( of [A-Z]+)?', rf'"{other}"\1', phrase.means)
            means = from_text(re.sub(f'"{other}" of [A-Z]+', f'"{other}" of {LANDS[other]}', moved))
            found = reading.definition
            if found is None or sense(simplify(found)) != sense(simplify(means)):
                changed.append((phrase.text, other))
    assert changed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_number_changes_only_the_number(language: str, reader: Reader) -> None:
    changed = []
    for phrase in _answered(language):
        for number, other in (("30", "35"), ("90", "60"), ("500", "700"), ("3", "4"), ("40", "45")):
            said, meant = phrase.text.split(" "), phrase.means.replace(")", " )").split(" ")
            if said.count(number) != 1 or meant.count(number) != 1:
                continue
            text = " ".join(other if word == number else word for word in said)
            means = " ".join(other if word == number else word for word in meant)
            found = reader.read(text, language).definition
            if found is None or sense(simplify(found)) != sense(simplify(from_text(means))):
                changed.append((phrase.text, other))
    assert changed == []


STRANGE = {
    "empty": "",
    "blanks": " \t\n ",
    "no-break spaces": "\u00a0\u2003\u3000",
    "sql": "SELECT customer_id FROM customers WHERE city = 'Lund'; DROP TABLE customers; --",
    "sql inside": "customers in Lund'; DROP TABLE customers; --",
    "union": "' UNION SELECT * FROM orders --",
    "emoji": "🎉🎉🎉",
    "emoji beside words": "customers in Lund 🎉",
    "joined emoji": "kvinnor 👩‍👩‍👧 i Lund",
    "null": "customers in Lund\x00",
    "bell": "customers\x07 in Lund",
    "escape": "\x1b[31mcustomers in Lund\x1b[0m",
    "right to left": "לקוחות בסטוקהולם",
    "arabic": "العملاء في ستوكهولم",
    "overridden direction": "customers in \u202ednuL\u202c",
    "zero width": "customers in Lu\u200bnd",
    "chinese": "斯德哥尔摩的客户",
    "combining": "c" + "\u0301" * 40,
    "one long word": "a" * 10_000,
    "ten thousand": "customers in Lund and " * 455,
    "punctuation": "?!.,;:-()[]{}\"'`",
    "open quote": 'customers in "Lund',
    "open bracket": "customers in (Lund or Malmö",
    "html": "<script>alert(1)</script>",
    "template": "{{7*7}} ${jndi:ldap://x} %s %n",
    "path": "../../etc/passwd",
    "number": "9" * 400,
    "lone surrogate": "customers in Lund \ud800",
}


@pytest.mark.parametrize("language", [None, *LANGUAGES])
@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in STRANGE.items()])
def test_strange_text_is_unread_with_a_reason(
    text: str, language: str | None, reader: Reader
) -> None:
    reading = reader.read(text, language)
    assert reading.status is Status.UNREAD
    assert reading.definition is None
    assert reading.reasons
    assert reading.questions == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_enough_sentences_are_mutated(language: str) -> None:
    assert len(_answered(language)) >= SENTENCES
