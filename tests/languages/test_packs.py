"""What a pack holds is what the code reads: a misspelt section or key would be passed over."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from assistant.languages.files import languages, table

GERMAN = Path(__file__).parent / "german" / "de"
OURS = ("en", "sv", "da", "nb")
OPEN = frozenset(  # words, or names of the catalogue's roles and codes, stand as keys
    {"numbers", "suffixes", "currencies", "counts", "ordinals", "decades", "eras", "age_groups"}
    | {"countries", "values", "fields", "attributes", "events", "units_scaled", "favourites"}
    | {"lengths"}
)


def _german(stem: str) -> dict[str, Any]:
    return tomllib.loads((GERMAN / f"{stem}.toml").read_text(encoding="utf-8"))


def _packs(stem: str) -> list[Any]:
    found = [pytest.param(table(code, stem), id=code) for code in languages()]
    return [*found, pytest.param(_german(stem), id="german")]


def _keys(stem: str) -> set[tuple[str, str]]:
    """Section and key, of all our languages together."""
    return {
        (section, key)
        for code in OURS
        for section, held in table(code, stem).items()
        if isinstance(held, dict)
        for key in held
    }


@pytest.mark.parametrize("pack", _packs("words"))
def test_every_section_and_key_of_the_words_is_known(pack: dict[str, Any]) -> None:
    known = _keys("words")
    own = {
        (s, k) for s, held in pack.items() if isinstance(held, dict) and s not in OPEN for k in held
    }
    assert own - known == set()
    assert {name for name, held in pack.items() if isinstance(held, dict)} <= {s for s, _ in known}


@pytest.mark.parametrize("pack", _packs("words"))
def test_everything_that_brackets_are_read_by_is_there(pack: dict[str, Any]) -> None:
    for section in ("answers", "text"):
        own, english = pack[section], table("en", "words")[section]
        assert set(english) - set(own) == set(), section


@pytest.mark.parametrize("pack", _packs("words"))
def test_every_role_and_form_of_an_event_is_known(pack: dict[str, Any]) -> None:
    english = table("en", "words")["events"]
    assert set(pack["events"]) <= set(english)
    forms = {form for held in english.values() for form in held}
    assert {form for held in pack["events"].values() for form in held} <= forms


@pytest.mark.parametrize("pack", _packs("language"))
def test_a_language_says_who_it_is(pack: dict[str, Any]) -> None:
    assert pack["name"]
    assert pack["in_its_own"]
    assert set(pack) <= {"name", "in_its_own", "place", "also"}


@pytest.mark.parametrize("pack", _packs("say"))
def test_everything_that_english_says_of_windows_and_numbers_is_said(pack: dict[str, Any]) -> None:
    english = table("en", "say")
    for section in ("sentence", "amount", "window", "units", "measures", "details", "weekdays"):
        assert set(english[section]) - set(pack[section]) == set(), section
