"""How each language greets, ends and asks in each tone; which languages messages are written in.

In: `voices.toml` beside this module. Out: `Voice`s. A language without a voice is written to in
English. Start at `voices`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

TONES = ("informal", "neutral", "formal")


@dataclass(frozen=True, slots=True)
class Voice:
    """A language's greetings and endings in each tone, its small words, its names of variants."""

    words: Mapping[str, str]
    tones: Mapping[str, Mapping[str, str]]
    variants: Mapping[str, str]

    def said(self, tone: str, name: str) -> str:
        """A text of a tone, or else of the language."""
        return self.tones.get(tone, {}).get(name) or self.words.get(name, "")


@cache
def data() -> Mapping[str, Any]:
    """The file as it stands."""
    path = resources.files("assistant.messages") / "voices.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def voices() -> Mapping[str, Voice]:
    """Every voice by its language."""
    return {
        language: Voice(
            {key: value for key, value in found.items() if isinstance(value, str)},
            {tone: found[tone] for tone in TONES},
            found["variants"],
        )
        for language, found in data()["languages"].items()
    }


def written() -> tuple[str, ...]:
    """The languages that messages are written in."""
    return tuple(voices())


def of_country(code: str) -> str | None:
    """The language to write in to a country; None where it is none of them."""
    return dict(data()["countries"]).get(code.upper())
