"""The trace tells the way that was really gone: its parses, their moves and the reading."""

import pytest

from assistant.grammar.reader import Reader
from assistant.grammar.reading import Status
from assistant.grammar.tracing import Trace, Tried
from segments.rewrites import simplify
from tests.corpus.sentences import ASKS, LANGUAGES, PHRASES, UNREAD


def _texts(language: str) -> list[str]:
    """Every fifth sentence of a language, of those answered, asked about and unread."""
    found = [p.text for p in (*PHRASES, *ASKS, *UNREAD) if p.language == language]
    return found[::5]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_parse_is_told_move_by_move_up_to_its_frames(language: str, reader: Reader) -> None:
    untold = []
    for text in _texts(language):
        for attempt in reader.trace(text, language).attempts:
            for tried in attempt.tried:
                told = [(step.piece.start, step.piece.end) for step in tried.steps]
                starts, ends = [start for start, _ in told], [end for _, end in told]
                if not told or [*starts, len(attempt.tokens)] != [0, *ends]:
                    untold.append((text, tried))
    assert untold == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_ends_with_the_reading_and_that_reading_is_among_its_parses(
    language: str, reader: Reader
) -> None:
    for text in _texts(language):
        trace = reader.trace(text, language)
        assert trace.reading == reader.read(text, language)
        if trace.reading.definition is not None:
            assert simplify(trace.reading.definition) in _conditions(trace)


def _conditions(trace: Trace) -> list[object]:
    return [
        simplify(variant.condition)
        for attempt in trace.attempts
        for tried in attempt.tried
        for variant in tried.variants
    ]


def _tried(trace: Trace) -> list[Tried]:
    return [tried for attempt in trace.attempts for tried in attempt.tried]


def test_spans_say_who_gave_them(reader: Reader) -> None:
    (attempt,) = reader.trace("kunder in Oslo who have bought hair care", "en").attempts
    sources = {(span.words, span.source) for span in attempt.spans}
    assert {("bought", "en"), ("Oslo", "shop"), ("hair care", "shop")} <= sources
    assert {source for words, source in sources if words == "kunder"} & {"sv", "da", "nb"}
    assert ("Oslo", "") in sources  # it may always be passed over


def test_a_mended_word_is_shown(reader: Reader) -> None:
    attempt = reader.trace("custmers in Oslo", "en").attempts[0]
    assert (attempt.language, attempt.corrections) == ("en", {0: "customers"})


def test_a_parse_that_says_nothing_gives_its_reason(reader: Reader) -> None:
    trace = reader.trace("women in Oslo and men who are women", "en")
    assert trace.reading.status is Status.UNREAD
    contradicting = [t for t in _tried(trace) if t.reason and t.reason.code == "contradiction"]
    assert contradicting
    assert all(tried.dropped and not tried.variants for tried in contradicting)


@pytest.mark.parametrize("text", ["", " ", "x\x00y", "a " * 2000])
def test_what_is_refused_unread_has_no_attempts(text: str, reader: Reader) -> None:
    trace = reader.trace(text, "en")
    assert trace.attempts == ()
    assert trace.reading.status is Status.UNREAD
