"""The channels a message can go by, and whether a text fits one: counted as the channel counts.

In: a text. Out: `Measured`. The limits are data, `channels.toml` beside this module. Start at
`channels` and `measure`.
"""

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from assistant.messages import sms


class Kind(StrEnum):
    """Who reads what goes by a channel."""

    PERSON = "person"
    PAGE = "page"
    AD = "ad"


@dataclass(frozen=True, slots=True)
class Slot:
    """A text of a channel and its limits: characters, or parts where it is `counted` as SMS."""

    name: str
    recommended: int
    hard: int
    counted: str = "characters"
    least: int = 1  # how many texts there are of it
    most: int = 1

    @property
    def several(self) -> bool:
        """Whether there are several of them, as headlines that take turns."""
        return self.most > 1


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to reach people: e-mail, SMS and so on."""

    name: str
    kind: Kind
    slots: tuple[Slot, ...]
    business: bool = False  # only for companies

    def slot(self, name: str) -> Slot:
        """The slot of a name; a wrong one is a KeyError."""
        return {slot.name: slot for slot in self.slots}[name]


@dataclass(frozen=True, slots=True)
class Measured:
    """How long a text is against its limits. `length` is in what the limits are in; `units`,
    `room`, `encoding` and `strange` are told of an SMS."""

    length: int
    recommended: int
    hard: int
    units: int = 0
    room: int = 0
    encoding: str = ""
    strange: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether the channel takes it."""
        return 0 < self.length <= self.hard

    @property
    def ideal(self) -> bool:
        """Whether all of it is seen."""
        return 0 < self.length <= self.recommended


def measure(slot: Slot, text: str) -> Measured:
    """Count one text of a slot, as it is received: merge tags are filled in before."""
    if slot.counted == "sms":
        found = sms.counted(text)
        return Measured(
            found.parts,
            slot.recommended,
            slot.hard,
            found.length,
            found.room,
            found.encoding,
            found.strange,
        )
    length = _width(text) if slot.counted == "wide" else len(unicodedata.normalize("NFC", text))
    return Measured(length, slot.recommended, slot.hard)


def _width(text: str) -> int:
    """Letters of full width count two."""
    found = unicodedata.normalize("NFC", text)
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in found)


@cache
def channels() -> Mapping[str, Channel]:
    """Every channel by name, in the order in which they are offered."""
    path = resources.files("assistant.messages") / "channels.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: _channel(name, found) for name, found in data.items()}


def _channel(name: str, found: Mapping[str, Any]) -> Channel:
    slots = tuple(_slot(each) for each in found["parts"])
    return Channel(name, Kind(found["kind"]), slots, found.get("business", False))


def _slot(found: Mapping[str, Any]) -> Slot:
    least, most = found.get("times", (1, 1))
    counted = found.get("counted", "characters")
    return Slot(found["name"], found["recommended"], found["hard"], counted, least, most)
