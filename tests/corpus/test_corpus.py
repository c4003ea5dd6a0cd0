"""Sentences written by hand with their meaning, and the members those meanings must have.

The expectations come from design/segments.md and from what a marketer means, never from what the
program gives. The as-of day is the newest event of the sample shop, 2026-10-15.
"""

import re
from dataclasses import replace
from datetime import date
from typing import Any as Whatever

import duckdb
import pytest

from assistant.grammar.reader import Reader
from assistant.grammar.reading import Reading, Status, WordStatus
from assistant.languages.texts import texts
from assistant.messages.readback import Speaker
from segments.codec import from_text, to_text
from segments.definition import All, Any, Condition, Grouped, Not, Rank
from segments.rewrites import simplify
from tests.corpus.sentences import (
    ASKS,
    EQUIPPED,
    LANGUAGES,
    OF_CLUB,
    PHRASES,
    QUERIES,
    UNREAD,
    Open,
    Phrase,
    Query,
)
from tests.equipped_shop import club
from tests.equipped_shop import reader as equipped
from tests.sample_shop import Sample

PHRASES_A_LANGUAGE = 45
OPEN_A_LANGUAGE = 8
QUERIES_AT_LEAST = 32
EMPTY_QUOTES = re.compile(r"[“”„»«]\s*[”“»«]")


def _parameters(cases: tuple[Phrase, ...] | tuple[Open, ...]) -> list[Whatever]:
    return [
        pytest.param(c, id=c.id, marks=pytest.mark.xfail(strict=True) if c.known_wrong else ())
        for c in cases
    ]


def plain(condition: Condition) -> Condition:
    """Simplified, the parts of each group in one order."""
    return _ordered(simplify(condition))


def _ordered(condition: Condition) -> Condition:
    match condition:
        case All(parts):
            return All(tuple(sorted(map(_ordered, parts), key=to_text)))
        case Any(parts):
            return Any(tuple(sorted(map(_ordered, parts), key=to_text)))
        case Not(part):
            return Not(_ordered(part))
        case Rank(among=inner) if inner is not None:
            return replace(condition, among=_ordered(inner))
        case Grouped(having=having):
            ordered = sorted(having, key=to_text)
            return replace(condition, having=tuple(ordered))
        case _:
            return condition


def _said(reading: Reading) -> str:
    """What became of a sentence, for the message of a failed test."""
    found = [to_text(reading.definition)] if reading.definition else []
    found += [to_text(c.part) for question in reading.questions for c in question.choices]
    found += [f"{note.code} {dict(note.values)}" for note in reading.reasons]
    return f"{reading.status}: {'; '.join(found)}"


@pytest.mark.parametrize("phrase", _parameters(PHRASES))
def test_a_sentence_means_what_was_written_down(phrase: Phrase, shop: Sample) -> None:
    reading = shop.reader.read(phrase.text, phrase.language)
    assert reading.status is Status.ANSWERED, _said(reading)
    assert reading.definition is not None
    assert to_text(plain(reading.definition)) == to_text(plain(from_text(phrase.means)))
    assert [w.text for w in reading.words if w.status is WordStatus.UNKNOWN] == []


@pytest.mark.parametrize("case", _parameters(ASKS))
def test_an_open_sentence_is_asked_about(case: Open, shop: Sample) -> None:
    reading = shop.reader.read(case.text, case.language)
    assert reading.status is Status.ASKS, _said(reading)
    choices = [c.definition for question in reading.questions for c in question.choices]
    found = {to_text(plain(choice)) for choice in choices if choice is not None}
    assert {to_text(plain(from_text(choice))) for choice in case.choices} <= found
    assert len(found) >= 2


@pytest.mark.parametrize("case", _parameters(UNREAD))
def test_what_cannot_be_said_is_refused_with_a_reason(case: Open, shop: Sample) -> None:
    reading = shop.reader.read(case.text, case.language)
    assert reading.status is Status.UNREAD, _said(reading)
    assert reading.definition is None
    assert reading.reasons
    unknown = {word.text for word in reading.words if word.status is WordStatus.UNKNOWN}
    assert set(case.unknown) <= unknown
    for language in LANGUAGES:
        said = [texts(language).reason(reason) for reason in reading.reasons]
        assert not [text for text in said if EMPTY_QUOTES.search(text)]


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in EQUIPPED])
def test_a_shop_with_everything_answers_more(case: Phrase | Open) -> None:
    _hold(equipped(), case)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in OF_CLUB])
def test_a_shops_own_words_are_read_in_the_forms_of_the_language(case: Phrase | Open) -> None:
    _hold(club(), case)


BORN = (
    "age in from 1980-01-01 to 1989-12-31",
    "anniversary(age) in may",
    "not anniversary(age) in may",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("means", BORN)
def test_an_age_kept_as_a_date_is_said_as_a_day_of_birth(language: str, means: str) -> None:
    found = club().shop.catalogue
    said = Speaker(language, found, (), date(2026, 10, 15)).say(from_text(means))
    reading = club().read(said, language)
    assert reading.definition is not None, said
    assert to_text(plain(reading.definition)) == means


def _hold(reader: Reader, case: Phrase | Open) -> None:
    reading = reader.read(case.text, case.language)
    if isinstance(case, Phrase):
        assert reading.definition is not None, _said(reading)
        assert to_text(plain(reading.definition)) == to_text(plain(from_text(case.means)))
    elif case.choices:
        offered = {c.definition for question in reading.questions for c in question.choices}
        found = {to_text(plain(choice)) for choice in offered if choice is not None}
        assert {to_text(plain(from_text(choice))) for choice in case.choices} <= found
    else:
        assert reading.status is Status.UNREAD, _said(reading)


@pytest.mark.parametrize("query", [pytest.param(query, id=query.means) for query in QUERIES])
def test_a_meaning_has_the_members_of_its_query(
    query: Query, shop: Sample, files: duckdb.DuckDBPyConnection
) -> None:
    rows = files.execute(query.members).fetchall()
    keys = [key for (key,) in rows]
    assert len(set(keys)) == len(keys)
    assert shop.members(from_text(query.means)) == set(keys)


def _linked() -> list[Whatever]:
    queries = {plain(from_text(query.means)): query for query in QUERIES}
    found = [(phrase, queries.get(plain(from_text(phrase.means)))) for phrase in PHRASES]
    return [
        pytest.param(phrase, query, id=phrase.id)
        for phrase, query in found
        if query is not None and not phrase.known_wrong
    ]


@pytest.mark.parametrize(("phrase", "query"), _linked())
def test_a_sentence_selects_the_members_of_its_query(
    phrase: Phrase, query: Query, shop: Sample, files: duckdb.DuckDBPyConnection
) -> None:
    reading = shop.reader.read(phrase.text, phrase.language)
    assert reading.definition is not None, _said(reading)
    keys = {key for (key,) in files.execute(query.members).fetchall()}
    assert shop.members(reading.definition) == keys


def test_the_newest_event_of_the_shop_is_the_pinned_day(shop: Sample) -> None:
    newest = shop.engine.newest
    assert newest is not None
    assert newest.date() == date(2026, 10, 15)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_its_share_of_the_corpus(language: str) -> None:
    phrases = [phrase for phrase in PHRASES if phrase.language == language]
    meanings = {plain(from_text(phrase.means)) for phrase in phrases}
    linked = [query for query in QUERIES if plain(from_text(query.means)) in meanings]
    assert len(phrases) >= PHRASES_A_LANGUAGE
    assert len([case for case in ASKS if case.language == language]) >= OPEN_A_LANGUAGE
    assert len([case for case in UNREAD if case.language == language]) >= OPEN_A_LANGUAGE
    assert len(linked) >= QUERIES_AT_LEAST
    assert linked == list(QUERIES)


def test_no_sentence_stands_twice() -> None:
    texts = [(p.language, p.text) for p in PHRASES] + [(c.language, c.text) for c in ASKS + UNREAD]
    texts += [(case.language, case.text) for case in EQUIPPED]
    assert len(set(texts)) == len(texts)
