"""No sentence keeps anybody waiting: what is too long or too complicated is said to be so."""

import pytest

from assistant.grammar.reader import LONGEST, MOST_TOKENS, Reader
from assistant.grammar.reading import Reading, Status, WordStatus


def _reason(reading: Reading) -> str:
    assert reading.status is Status.UNREAD
    assert reading.definition is None
    (reason,) = reading.reasons
    return reason.code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x" * (LONGEST + 1), "too_long"),
        ("Oslo " * (MOST_TOKENS + 1), "too_many_words"),
        ("(" * (MOST_TOKENS + 1), "too_many_words"),
    ],
)
def test_a_long_text_is_refused_for_what_it_has_too_much_of(
    text: str, code: str, reader: Reader
) -> None:
    assert _reason(reader.read(text)) == code


def test_a_search_without_end_is_given_up_with_its_reason(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "women in Oslo who have bought hair care"
    assert reader.read(text).status is Status.ANSWERED
    monkeypatch.setattr("assistant.grammar.assembly.MOST_MOVES", 5)
    reading = reader.read(text)
    assert _reason(reading) == "too_complicated"
    assert [word.status for word in reading.words] == [WordStatus.UNKNOWN] * 8
    assert reader.trace(text).reading == reading
