"""What the box is told of a sentence: colours, offsets as a browser counts, a status line."""

from typing import Any

import pytest

from assistant.dialogue.handles import Role, What
from assistant.dialogue.handling import DISTANCES
from assistant.grammar.reading import Colour, Reading, Status, Word, WordStatus
from assistant.languages.files import languages
from assistant.languages.texts import texts
from assistant.ui.account import KINDS, account, cut, status_line
from assistant.ui.customers import masked
from assistant.ui.routes import disposition
from assistant.ui.shown import CHANNELS
from assistant.ui.testing import MATCHES, NUMBERS
from assistant.ui.windowing import UNITS, Form
from segments.definition import Reach, Side, Unit, Which

USED = WordStatus.USED


def words(text: str, *kinds: tuple[str, WordStatus, Colour | None, int | None]) -> tuple[Word, ...]:
    found, at = [], 0
    for said, status, colour, condition in kinds:
        start = text.index(said, at)
        at = start + len(said)
        found.append(Word(said, start, at, status, condition, colour))
    return tuple(found)


def told(text: str, *kinds: tuple[str, WordStatus, Colour | None, int | None]) -> dict[str, Any]:
    read = words(text, *kinds)
    reading = Reading(text, "en", Status.ANSWERED, words=read)
    return account(text, reading, read, 3, texts("en"))


def test_neighbours_of_one_condition_are_one_span() -> None:
    told_of = told(
        "in the last 90 days",
        *((each, USED, Colour.WHEN, 0) for each in ("in", "the", "last", "90", "days")),
    )
    assert told_of["spans"] == [{"start": 0, "end": 19, "kinds": ["when"], "says": "When"}]


def test_two_conditions_of_one_colour_are_two_spans() -> None:
    told_of = told(
        "bought opened", ("bought", USED, Colour.DID, 0), ("opened", USED, Colour.DID, 1)
    )
    assert len(told_of["spans"]) == 2


def test_offsets_are_counted_in_utf16() -> None:
    told_of = told("\U0001f600 Oslo", ("Oslo", USED, Colour.WHERE, 0))
    assert told_of["spans"][0]["start"] == 3


def test_unknown_words_are_named_or_counted() -> None:
    one = words("zorp in Oslo", ("zorp", WordStatus.UNKNOWN, None, None))
    reading = Reading("zorp in Oslo", "en", Status.UNREAD, words=one)
    assert "zorp" in status_line(reading, one, None, texts("en"))
    two = (*one, Word("blip", 5, 7, WordStatus.UNKNOWN))
    assert "2" in status_line(reading, two, None, texts("en"))


def test_going_on_leaves_no_gap() -> None:
    assert cut("flurbs women in zorp Oslo", [(0, 6), (16, 20)]) == "women in Oslo"


@pytest.mark.parametrize(
    ("value", "shown"),
    [("anna@example.com", "a•••@example.com"), ("Åsa", "Å•••"), ("", "•••")],
)
def test_masks_tell_little(value: str, shown: str) -> None:
    assert masked(value) == shown


@pytest.mark.parametrize(
    "name", ['a"; filename="x.exe', "../../etc/passwd", "名前", "\r\nX: y", ""]
)
def test_a_name_cannot_leave_its_header(name: str) -> None:
    header = disposition(name, "csv")
    header.encode("latin-1")
    assert not set("\r\n") & set(header)
    assert header.count('"') == 2
    assert "/" not in header.split("filename=", 1)[1].replace("UTF-8", "")


NAMED = (What.NUMBER, What.MONEY, What.OPERATOR)  # those have words of their own
OPTIONS = {
    What.SIDE: Side,
    What.WITHIN_FIELD: ["none"],
    What.DISTANCE: DISTANCES,
    What.WHICH: ["none", *Which],
    What.REACH: Reach,
    What.ORDER: ["after", "before"],
    What.ABSENT: ["there", "absent"],
    What.BY: Unit,
    What.WEIGHT: ["none"],
}


@pytest.mark.parametrize("language", languages())
def test_every_key_that_is_put_together_has_a_text(language: str) -> None:
    keys = [f"kind_{kind}" for kind in KINDS]
    keys += [f"channel_{channel}" for channel in CHANNELS]
    keys += [f"op_{operator.name.lower()}" for operator in (*NUMBERS, *MATCHES)]
    keys += [f"unit_{unit}" for unit in UNITS]
    keys += [f"window_{form}" for form in Form if form is not Form.AS_IS]
    keys += [f"state_{state}" for state in ("saved", "changed", "unsaved")]
    keys += [f"chip_role_{role}" for role in Role if role is not Role.ONLY]
    keys += [f"chip_{what}" for what in What if what not in NAMED]
    keys += [f"chip_{what}_{option}" for what, options in OPTIONS.items() for option in options]
    keys += ["customers_one", "choose_first", "no_count"]
    for key in keys:
        assert texts(language).page(key, n=1, word="x")
