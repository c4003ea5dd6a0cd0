"""The measure itself, and what it must never find: a sentence of ours that is silently wrong."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant.grammar.reading import Choice, Question, Reading, Status
from benchmarks.cases import NoKey, digest, shared
from benchmarks.corpus import measure, report, silently_wrong
from benchmarks.judging import Case, Verdict, judge, same
from segments.codec import from_text
from segments.definition import Condition

SENTENCE = Case("en", ("class",), "bought in May", means=("count(purchase in may) >= 1",))
RIGHT = from_text("count(purchase in may) >= 1")
WRONG = from_text("count(purchase in june) >= 1")


def _answered(definition: Condition) -> Reading:
    return Reading("bought in May", "en", Status.ANSWERED, definition)


def _asks(*definitions: Condition) -> Reading:
    choices = tuple(Choice(each, each) for each in definitions)
    question = Question("which", "which", "May", 0, 3, choices)
    return Reading("bought in May", "en", Status.ASKS, questions=(question,))


@pytest.mark.parametrize(
    ("case", "reading", "verdict"),
    [
        (SENTENCE, _answered(RIGHT), Verdict.RIGHT),
        (SENTENCE, _answered(WRONG), Verdict.WRONG),
        (SENTENCE, _asks(RIGHT, WRONG), Verdict.NEEDLESS),
        (SENTENCE, _asks(WRONG), Verdict.WRONG_QUESTION),
        (SENTENCE, Reading("bought in May", "en", Status.UNREAD), Verdict.UNREAD),
        (Case("en", (), "x", asks=("count(purchase) >= 1",)), _answered(RIGHT), Verdict.WRONG),
        (Case("en", (), "x", asks=("count(purchase in may) >= 1",)), _asks(RIGHT), Verdict.ASKED),
        (Case("en", (), "x", unread="goal"), Reading("x", "en", Status.UNREAD), Verdict.REFUSED),
        (Case("en", (), "x", unread="goal"), _answered(RIGHT), Verdict.WRONG),
        (Case("en", (), "x", unread="goal"), _asks(RIGHT), Verdict.WRONG_QUESTION),
    ],
)
def test_a_reading_gets_its_verdict(case: Case, reading: Reading, verdict: Verdict) -> None:
    assert judge(case, lambda _: reading).verdict is verdict


def test_questions_are_answered_one_after_the_other() -> None:
    def read(answers: Mapping[str, int]) -> Reading:
        if len(answers) == 2:
            return _answered(RIGHT if answers == {"which": 1, "when": 0} else WRONG)
        choices = (Choice(RIGHT, None), Choice(WRONG, None))
        key = "when" if "which" in answers else "which"
        question = Question(key, key, "May", 0, 3, choices)
        return Reading("bought in May", "en", Status.ASKS, questions=(question,))

    assert judge(Case("en", (), "x", asks=SENTENCE.means), read).verdict is Verdict.ASKED


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("count(purchase) > 1", "count(purchase) >= 2"),
        ('city in ("Lund", "Oslo")', 'city = "Oslo" or city = "Lund"'),
        ("count(visit in last 2 weeks) >= 1", "count(visit in last 14 days) >= 1"),
        ("count(visit in this year) >= 1", "count(visit in from 2026-01-01) >= 1"),
        ('not (city = "Oslo" or age > 40)', 'not city = "Oslo" and not age > 40'),
    ],
)
def test_definitions_are_the_same_when_they_say_the_same(one: str, other: str) -> None:
    assert same(from_text(one), from_text(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("count(visit in last 2 weeks) >= 1", "count(visit in last 15 days) >= 1"),
        ("count(visit in last 24 hours) >= 1", "count(visit in last 1 day) >= 1"),
        ("birth_date in from 2026-10-01", "birth_date in this month"),
        ("sum(purchase.amount) > 1", "sum(purchase.amount) >= 2"),
    ],
)
def test_definitions_differ_when_they_say_something_else(one: str, other: str) -> None:
    assert not same(from_text(one), from_text(other))


@pytest.mark.slow
def test_nothing_of_our_own_is_silently_wrong() -> None:
    for judged in measure().values():
        assert [f"{j.case.text}: {j.became}" for j in silently_wrong(judged)] == []
        assert len(report(judged).splitlines()) > len({j.case.language for j in judged})


def test_sentences_without_a_key_are_named(tmp_path: Path) -> None:
    line = {"lang": "en", "text": "customers nobody has heard of", "class": "new"}
    for name in ("cases.jsonl", "prompts.jsonl"):
        (tmp_path / name).write_text(json.dumps(line) + "\n", encoding="utf-8")
    with pytest.raises(NoKey, match=digest(line)):
        shared(tmp_path)
