"""Sentences that call what is kept by name, in all languages, and their way back."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from assistant.grammar.listening import Listener
from assistant.grammar.reading import Status
from assistant.grammar.sense import sense
from assistant.messages.readback import Speaker
from segments.audiences import Audiences, KeyList, Segment, folded
from segments.codec import from_text
from segments.rewrites import simplify
from segments.windows import as_of_day
from tests.corpus.test_corpus import plain
from tests.sample_shop import sample

CASES = tomllib.loads((Path(__file__).parent / "audiences.toml").read_text(encoding="utf-8"))
SEGMENTS = ("Autumn sale", "VIP", "Oslo", "Bergen")
LISTS = ("spring buyers", "nyhedsbrev-test")


@cache
def listener() -> Listener:
    """A reader of its own, since what is kept would be known to other tests too."""
    found = Listener(sample().engine.catalogue, sample().engine.values())
    member = from_text('city = "Malmö"')
    segments = {folded(name): Segment(name, member) for name in SEGMENTS}
    lists = {folded(name): KeyList(name, "krets_list_1", None, 1) for name in LISTS}
    found.know(Audiences(segments, lists))
    return found


def _cases(kind: str) -> list[Any]:
    return [pytest.param(case, id=f"{case['language']}: {case['text']}") for case in CASES[kind]]


@pytest.mark.parametrize("case", _cases("phrase"))
def test_a_name_that_is_kept_is_read(case: dict[str, str]) -> None:
    reading = listener().read(case["text"], case["language"])
    assert reading.status is Status.ANSWERED
    assert reading.definition is not None
    assert plain(reading.definition) == plain(from_text(case["means"]))


@pytest.mark.parametrize("case", _cases("phrase"))
def test_what_was_read_is_said_in_words_that_read_back(case: dict[str, str]) -> None:
    engine, language = sample().engine, case["language"]
    day = as_of_day(engine.as_of()[0])
    speaker = Speaker(language, listener().catalogue, engine.values(), day)
    meant = simplify(from_text(case["means"]))
    reading = listener().read(speaker.say(meant), language)
    assert reading.definition is not None
    assert sense(reading.definition) == sense(meant)


@pytest.mark.parametrize("case", _cases("asks"))
def test_what_could_be_two_things_is_asked(case: dict[str, str]) -> None:
    assert listener().read(case["text"], case["language"]).status is Status.ASKS


@pytest.mark.parametrize("case", _cases("unread"))
def test_what_is_not_kept_is_no_guess(case: dict[str, str]) -> None:
    reading = listener().read(case["text"], case["language"])
    assert reading.status is Status.UNREAD
    assert reading.definition is None
    assert case["reason"] in [note.code for note in reading.reasons]


def test_a_name_that_is_kept_later_is_read_from_then_on() -> None:
    later = Listener(sample().engine.catalogue, ())
    assert later.read("in the segment Springtime", "en").status is Status.UNREAD
    kept = {"springtime": Segment("Springtime", from_text('city = "Oslo"'))}
    later.know(Audiences(kept))
    assert later.read("in the segment Springtime", "en").status is Status.ANSWERED
