"""What is asked about a segment, and its numbers against a query over the raw files."""

import tomllib
from decimal import Decimal
from typing import Any as Whatever

import duckdb
import pytest

from assistant.answers import Shop, Table
from assistant.dialogue.moves import EditCondition, Follow, Say
from assistant.dialogue.state import Change, State, Turn
from assistant.dialogue.step import Context, step
from segments.codec import from_text
from segments.inquiry import Contrast, Inquiry
from tests.corpus.sentences import HERE, LANGUAGES
from tests.corpus.test_corpus import plain
from tests.sample_shop import Sample

Case = dict[str, Whatever]

CASES: list[Case] = tomllib.loads((HERE / "inquiries.toml").read_text("utf-8"))["inquiry"]


def _turn(case: Case, language: str, shop: Sample) -> Turn:
    """The turn that a case makes, as a sentence of its own or after its segment."""
    context, state = Context(shop.reader), State(language)
    if case.get("whole"):
        return step(state, Say(case["says"][language]), context).turns[-1]
    state = step(State(language), Say(_any(shop)), context)
    state = step(state, EditCondition((), from_text(case["segment"])), context)
    return step(state, Follow(case["says"][language]), context).turns[-1]


def _any(shop: Sample) -> str:
    """Any sentence: what follows puts the segment of the case in its place."""
    assert shop.reader.read("customers in Oslo").definition is not None
    return "customers in Oslo"


def _table(turn: Turn, language: str, shop: Sample) -> Table:
    assert turn.inquiry is not None
    opened = Shop(shop.engine, shop.engine.values(), shop.reader)
    return opened.table(turn.definition, turn.inquiry, language=language)


def _attributes(inquiry: Inquiry, wanted: Case) -> Case:
    named: Case = {"kind": type(inquiry).__name__}
    return named | {key: str(getattr(inquiry, key)) for key in wanted if key != "kind"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_a_question_gets_its_numbers(
    case: Case, language: str, shop: Sample, files: duckdb.DuckDBPyConnection
) -> None:
    turn = _turn(case, language, shop)
    assert turn.inquiry is not None, turn
    assert turn.definition is not None
    assert plain(turn.definition) == plain(from_text(case["segment"]))
    assert _attributes(turn.inquiry, case["asks"]) == case["asks"]
    table = _table(turn, language, shop)
    if "said" in case:
        (number,) = files.execute(case["said"]).fetchall()[0]
        assert table.said.startswith(str(number))
    if "rows" in case:
        found = files.execute(case["rows"]).fetchall()
        expected = [tuple(Decimal(str(value)) for value in row) for row in found]
        width = len(expected[0])
        numbers = [tuple(Decimal(cell.value or 0) for cell in row.cells) for row in table.rows]
        assert [row[:width] for row in numbers][: len(expected)] == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparison_counts_both_sides(
    language: str, shop: Sample, files: duckdb.DuckDBPyConnection
) -> None:
    says = {
        "en": "compare with women",
        "sv": "jämför med kvinnor",
        "da": "sammenlign med kvinder",
        "nb": "sammenlign med kvinner",
    }
    context = Context(shop.reader)
    state = step(State(language), Say("customers in Oslo"), context)
    turn = step(state, Follow(says[language]), context).turns[-1]
    assert turn.change is Change.INQUIRED
    assert isinstance(turn.inquiry, Contrast)
    counted = (
        "SELECT count(*) FILTER (city = 'Oslo'), count(*) FILTER (gender = 'female') FROM customers"
    )
    expected = files.execute(counted).fetchall()[0]
    table = _table(turn, language, shop)
    assert tuple(cell.value for cell in table.rows[0].cells) == expected
    both = files.execute("SELECT count(*) FROM customers WHERE city = 'Oslo' AND gender = 'female'")
    assert any(note.startswith(str(both.fetchall()[0][0])) for note in table.notes)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "how many customers are there?"),
        ("sv", "hur många kunder finns det?"),
        ("da", "hvor mange kunder er der?"),
        ("nb", "hvor mange kunder har vi?"),
    ],
)
def test_a_question_about_nobody_in_particular_is_about_everyone(
    language: str, text: str, shop: Sample
) -> None:
    answer = Shop(shop.engine, shop.engine.values(), shop.reader).ask(text, language=language)
    assert answer.definition is None
    assert answer.table is not None
    assert answer.reading is not None
    assert [note.code for note in answer.reading.reasons] == ["everyone"]


def test_question_words_are_no_conditions(shop: Sample) -> None:
    reading = shop.reader.read("how many customers have bought skin care this year", "en")
    assert reading.definition == from_text(
        'count(purchase where category = "skin_care" in this year) >= 1'
    )
    assert "".join(word.text for word in reading.words) == reading.text.replace(" ", "")
