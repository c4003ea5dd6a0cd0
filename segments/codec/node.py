"""One value of an object that was read as JSON, with the path to it: gives shapes or refuses.

Knows nothing of definitions. Every refusal is Shown(BadText); line and column are 0, since an
object has none.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NoReturn, TypeVar

from segments.codec.nesting import writable
from segments.errors import Shown
from segments.problems import BadText

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Node:
    """One value of the JSON and the path to it."""

    value: object
    where: str
    level: int = 0

    def refuse(self, found: str | None = None, *expected: str) -> NoReturn:
        """Raise what is wrong with this value."""
        shown = repr(self.value)[:80] if found is None else found
        raise Shown(BadText(self.where or "definition", shown, 0, 0, expected))

    def entry(self, key: str) -> object:
        """The value under a key of an object, None when it is not there."""
        if not isinstance(self.value, dict):
            self.refuse(None, "object")
        return self.value.get(key)

    def child(self, key: str) -> "Node":
        """The part under a key."""
        path = f"{self.where}.{key}" if self.where else key
        return Node(self.entry(key), path, self.level)

    def only(self, *keys: str) -> None:
        """Refuse keys that mean nothing here."""
        if not isinstance(self.value, dict):
            self.refuse(None, "object")
        for key in self.value:
            if key not in keys:
                self.refuse(str(key), *keys)

    def items(self) -> tuple["Node", ...]:
        """The elements of an array."""
        if not isinstance(self.value, list | tuple):
            self.refuse(None, "array")
        return tuple(
            Node(value, f"{self.where}[{place}]", self.level)
            for place, value in enumerate(self.value)
        )

    def text(self) -> str:
        """A text that can be stored."""
        if not isinstance(self.value, str) or not writable(self.value):
            self.refuse(None, "text")
        return self.value

    def integer(self) -> int:
        """A whole number."""
        if type(self.value) is not int:
            self.refuse(None, "whole number")
        return self.value

    def flag(self) -> bool:
        """True or false; false when it is left out."""
        if self.value is None:
            return False
        if not isinstance(self.value, bool):
            self.refuse(None, "true", "false")
        return self.value

    def day(self) -> date:
        """A day as 2026-01-31."""
        try:
            return date.fromisoformat(self.text())
        except ValueError:
            self.refuse(None, "date")

    def one_of(self, choices: type[E]) -> E:
        """A member of an enumeration."""
        try:
            return choices(self.text())
        except ValueError:
            self.refuse(None, *choices)
