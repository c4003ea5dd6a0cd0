"""What definitions are said as, against sentences checked by hand in readback.toml."""

import importlib.util
import sys
import tomllib
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from assistant.languages.files import languages
from assistant.messages.readback import Speaker
from segments.catalogue_roles import ATTRIBUTE_ROLES, EVENT_ROLES, FIELD_ROLES
from segments.codec import from_text
from segments.definition import Calendar, Not, Rolling, Span, Unit

HERE = Path(__file__).parent
TRUTH = tomllib.loads((HERE / "readback.toml").read_text(encoding="utf-8"))


def _shop() -> ModuleType:
    spec = importlib.util.spec_from_file_location("readback_shop", HERE / "shop.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


SHOP = _shop()
SPEAKERS = {
    language: Speaker(language, SHOP.SHOP, SHOP.SPOKEN, SHOP.AS_OF) for language in languages()
}


def _cases(kind: str) -> list[Any]:
    return [
        pytest.param(language, case, id=f"{language}: {case['of']}")
        for case in TRUTH[kind]
        for language in languages()
    ]


@pytest.mark.parametrize(("language", "case"), _cases("said"))
def test_a_definition_is_said_in_one_sentence(language: str, case: dict[str, str]) -> None:
    assert SPEAKERS[language].say(from_text(case["of"])) == case[language]


@pytest.mark.parametrize(("language", "case"), _cases("part"))
def test_a_part_is_said_in_short(language: str, case: dict[str, str]) -> None:
    assert SPEAKERS[language].say_part(from_text(case["of"])) == case[language]


@pytest.mark.parametrize(("language", "case"), _cases("chip"))
def test_a_chip_divides_its_label_from_its_text(language: str, case: dict[str, Any]) -> None:
    condition = from_text(case["of"])
    negated = isinstance(condition, Not)
    leaf = condition.part if isinstance(condition, Not) else condition
    chip = SPEAKERS[language].chip(leaf, negated)
    assert [chip.label, chip.text] == case[language]
    assert chip.colour == case["colour"]


@pytest.mark.parametrize("language", languages())
def test_different_definitions_are_said_differently(language: str) -> None:
    said = [SPEAKERS[language].say(from_text(case["of"])) for case in TRUTH["said"]]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("language", languages())
def test_every_role_of_the_catalogue_has_phrases(language: str) -> None:
    phrases = SPEAKERS[language].phrases
    assert [role for role in FIELD_ROLES if not phrases.find("fields", role, "label")] == []
    assert [role for role in EVENT_ROLES if not phrases.find("events", role, "alone")] == []
    assert [role for role in ATTRIBUTE_ROLES if not phrases.find("attributes", role)] == []


@pytest.mark.parametrize(
    ("window", "said"),
    [
        (Rolling(90, Unit.DAY), "17 July 2026 – 15 October 2026"),
        (Calendar(Unit.MONTH, -1), "1 September 2026 – 30 September 2026"),
        (Span(start=date(1997, 7, 1)), "since 1 July 1997"),
        (Span(end=date(1997, 7, 1)), "until 1 July 1997"),
        (Calendar(Unit.DAY, 0), "15 October 2026"),
    ],
)
def test_a_window_is_said_in_dates(window: Rolling | Calendar | Span, said: str) -> None:
    assert SPEAKERS["en"].dates(window) == said


def test_every_kind_of_value_without_words_stands_in_quotes() -> None:
    assert SPEAKERS["en"].say(from_text('city = "Nowhere"')).endswith('"Nowhere"')


@pytest.mark.parametrize("language", languages())
def test_names_the_catalogue_lacks_are_still_said(language: str) -> None:
    speaker = SPEAKERS[language]
    assert "shoe size" in speaker.say(from_text("shoe_size > 40"))
    assert "phone call" in speaker.say(from_text("count(phone_call where length > 3) >= 2"))
