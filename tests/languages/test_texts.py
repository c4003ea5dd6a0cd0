"""Every language says the same things: keys, slots, problems and the codes in use."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

import segments.problems
from assistant.languages.files import languages, table
from assistant.languages.texts import placeholders, texts
from segments.errors import Broken
from segments.problems import BadCatalogue, BadData, Problem

ROOT = Path(__file__).parents[2]
PROBLEMS = [
    kind
    for kind in vars(segments.problems).values()
    if isinstance(kind, type) and issubclass(kind, Problem) and kind is not Problem
]
CODED = re.compile(
    r"(?:BadData|BadCatalogue|NoPath|\.add)\("
    r"""\s*(?:(?:""|[^\s"][^,]*|f"[^"]*"),\s*)?"([a-z_]+)"(?:,| if \w+ else "([a-z_]+)")"""
)
ASKED = re.compile(r"\.(page|cli)\(\s*\"([a-z_]+)\"")


@dataclass(frozen=True)
class Note:
    code: str
    values: dict[str, str] = field(default_factory=dict)


def _flat(content: object, at: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(content, dict):
        for key, inner in content.items():
            yield from _flat(inner, (*at, key))
    else:
        yield at, content


def _sample(kind: type[Problem]) -> Problem:
    values: dict[str, Any] = {}
    for name, hint in get_type_hints(kind).items():
        values[name] = 3 if hint is int else ("sample",) if get_args(hint) else f"<{name}>"
    return kind(**values)


def _codes() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "segments").rglob("*.py"):
        for codes in CODED.findall(path.read_text(encoding="utf-8")):
            found.update(filter(None, codes))
    return found


@pytest.mark.parametrize("language", languages())
def test_every_language_has_the_keys_and_slots_of_english(language: str) -> None:
    english = dict(_flat(table("en", "texts")))
    own = dict(_flat(table(language, "texts")))
    assert own.keys() == english.keys()
    for keys, text in english.items():
        if isinstance(text, str):
            assert placeholders(own[keys]) == placeholders(text), keys
        else:
            assert len(own[keys]) == len(text), keys


@pytest.mark.parametrize("language", languages())
def test_every_problem_has_a_text_whose_slots_are_its_fields(language: str) -> None:
    for kind in PROBLEMS:
        worded = table(language, "texts")["problems"][kind.__name__]
        names = {one.name for one in fields(kind)}
        for keys, text in _flat(worded):
            assert placeholders(text) <= names, (kind.__name__, keys)
        said = texts(language).problem(_sample(kind))
        assert said
        assert "{" not in said
        assert kind.__name__ not in said


def test_every_code_in_use_has_a_text() -> None:
    known = table("en", "texts")["problems"]
    worded = {*known["BadCatalogue"], *known["BadData"]}
    codes = _codes()
    assert {"file_missing", "syntax", "no_room", "column_missing", "no_link"} <= codes
    assert codes - worded == set()


def test_every_key_that_is_asked_for_has_a_text() -> None:
    known = table("en", "texts")
    asked = {
        found
        for path in (ROOT / "assistant").rglob("*.py")
        for found in ASKED.findall(path.read_text(encoding="utf-8"))
    }
    assert [f"{section}.{key}" for section, key in sorted(asked) if key not in known[section]] == []


@pytest.mark.parametrize("language", languages())
def test_no_text_blames(language: str) -> None:
    said = " ".join(str(text) for _, text in _flat(table(language, "texts"))).lower()
    blaming = ("invalid", "ogiltig", "ugyldig", "illegal", "felaktig", "forkert")
    assert [word for word in blaming if word in said] == []


def test_a_problem_names_its_line_and_what_was_perhaps_meant() -> None:
    problem = BadCatalogue("fields.citty", "unknown_role", 12, "citty", ("city",))
    assert texts("en").problem(problem) == "Line 12: There is no role “citty”. Perhaps: city."


def test_a_code_that_nobody_worded_is_said_by_its_evidence() -> None:
    assert "orders" in texts("sv").problem(BadData("here", "from_the_future", "orders"))


@pytest.mark.parametrize("language", languages())
def test_notes_reasons_and_questions_fill_their_slots(language: str) -> None:
    text = texts(language)
    assert "Stokholm" in text.note(Note("corrected", {"from": "Stokholm", "to": "Stockholm"}))
    assert "400" in text.reason(Note("too_long", {"limit": "400"}))
    assert "glorp" in text.note(Note("nobody_worded_this", {"word": "glorp"}))
    assert "glorp" in text.reason(Note("nobody_worded_this", {"word": "glorp"}))
    assert text.question("nobody_worded_this", "x") == text.question("readings", "x")
    assert "often" in text.question("vague_frequent", "often")


@pytest.mark.parametrize("language", languages())
def test_there_are_six_sentences_to_try(language: str) -> None:
    assert len(set(texts(language).examples())) == 6


def test_a_key_that_no_language_has_is_a_broken_promise() -> None:
    with pytest.raises(Broken):
        texts("sv").page("nobody_worded_this")


def test_a_language_without_a_folder_is_said_in_english() -> None:
    assert texts("fi").page("save") == texts("en").page("save")


@pytest.mark.parametrize("language", languages())
def test_phrases_of_the_readback_are_the_same_in_kind(language: str) -> None:
    def roles(code: str) -> dict[str, set[str]]:
        file = files("assistant.languages") / code / "say.toml"
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        return {section: set(content[section]) for section in ("fields", "events", "attributes")}

    assert roles(language) == roles("en")
