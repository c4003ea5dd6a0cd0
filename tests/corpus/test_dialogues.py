"""Conversations written by hand: what each turn makes of the segment, and what changed.

The expectations come from design/language.md and from what a marketer means, never from what the
program gives.
"""

import tomllib
from typing import Any as Whatever

import duckdb
import pytest

from assistant.dialogue.moves import AddCondition, Follow, Say
from assistant.dialogue.state import Change, State
from assistant.dialogue.step import Context, step
from segments.codec import from_text, to_text
from segments.definition import Condition
from tests.corpus.sentences import HERE, LANGUAGES, PHRASES
from tests.corpus.test_corpus import plain
from tests.sample_shop import Sample

Turn = dict[str, Whatever]

DIALOGUES_A_LANGUAGE = 10


def _dialogues() -> list[Whatever]:
    read = {
        language: tomllib.loads((HERE / "dialogues" / f"{language}.toml").read_text("utf-8"))
        for language in LANGUAGES
    }
    return [
        pytest.param(language, dialogue["turn"], id=f"{language}: {dialogue['name']}")
        for language, found in read.items()
        for dialogue in found["dialogue"]
    ]


def same(condition: Condition | None, text: str) -> bool:
    """Whether a definition is the one written down; an empty text is none."""
    if not text or condition is None:
        return not text and condition is None
    return to_text(plain(condition)) == to_text(plain(from_text(text)))


def _text(condition: Condition | None) -> str:
    return "" if condition is None else to_text(condition)


@pytest.mark.parametrize(("language", "turns"), _dialogues())
def test_a_conversation_goes_as_written_down(
    language: str, turns: list[Turn], shop: Sample
) -> None:
    context, state = Context(shop.reader), State(language)
    for place, turn in enumerate(turns):
        before = state.definition
        state = step(state, Follow(turn["says"]) if place else Say(turn["says"]), context)
        newest = state.turns[-1]
        if "means" in turn:
            assert same(state.definition, turn["means"]), (turn["says"], _text(state.definition))
        else:
            assert state.definition == before, turn["says"]
        choices = [_text(plain(each.definition)) for each in newest.choices if each.definition]
        for choice in turn.get("asks", ()):
            assert newest.change is Change.WONDERED
            assert _text(plain(from_text(choice))) in choices, (turn["says"], choices)
        if "refused" in turn:
            assert newest.change is Change.REFUSED
            assert [note.code for note in newest.notes] == [turn["refused"]]
        if "command" in turn:
            assert newest.command == turn["command"]
            assert newest.name == turn.get("name", "")
        assert type(newest.inquiry).__name__ == turn.get("inquires", "NoneType"), turn["says"]
        if "changed" in turn:
            edits = [[_text(edit.before), _text(edit.after)] for edit in newest.edits]
            assert edits == turn["changed"], turn["says"]


QUERIES = tomllib.loads((HERE / "dialogues" / "queries.toml").read_text("utf-8"))["query"]


@pytest.mark.parametrize("query", [pytest.param(query, id=query["means"]) for query in QUERIES])
def test_the_segment_after_a_turn_has_the_members_of_its_query(
    query: dict[str, str], shop: Sample, files: duckdb.DuckDBPyConnection
) -> None:
    meanings = {turn.get("means") for parameters in _dialogues() for turn in parameters.values[1]}
    assert query["means"] in meanings
    keys = {key for (key,) in files.execute(query["members"]).fetchall()}
    assert shop.members(from_text(query["means"])) == keys
    assert keys


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_its_conversations(language: str) -> None:
    found = [each for each in _dialogues() if each.values[0] == language]
    assert len(found) >= DIALOGUES_A_LANGUAGE


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_in_the_box_for_sentences_begins_anew(language: str, shop: Sample) -> None:
    context = Context(shop.reader)
    held = 'tier = "gold" and count(return) >= 2'
    state = step(State(language), AddCondition(from_text(held)), context)
    here = [each for each in PHRASES if each.language == language and not each.known_wrong]
    # "only women in Oslo", "Norway only" and "- gold" go on with what is on the table, and
    # "how many of our students …" asks of it.
    going_on = ("only ", "bara ", "endast ", "kun ", "bare ", "- ")
    going_on += ("how many ", "hur många ", "hvor mange ")
    phrases = [
        each for each in here if not (each.text.startswith(going_on) or each.text.endswith(" only"))
    ]
    wrong = [
        phrase.text
        for phrase in phrases[::3]
        if step(state, Say(phrase.text), context).turns[-1].change is not Change.SAID
    ]
    assert wrong == []
