"""A reader that knows a few sentences by heart: for tests of what stands on the reader."""

from collections.abc import Mapping

from assistant.grammar.fragments import Fragment
from assistant.grammar.inquiring import Asked
from assistant.grammar.pieces import Far
from assistant.grammar.reading import (
    Choice,
    Colour,
    Note,
    Question,
    Reading,
    Status,
    Word,
    WordStatus,
)
from segments.catalogue import Catalogue
from segments.codec import from_text
from segments.definition import Condition
from segments.errors import Shown

CHOICES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "loyal in Oslo": {
        "loyal": (
            'city = "Oslo" and count(purchase) >= 2',
            'city = "Oslo" and count(purchase in last 12 months) >= 1',
        )
    }
}

SENTENCES = {
    "customers in Oslo": 'city = "Oslo"',
    "customers in Oslo who are at least 20 years old": 'city = "Oslo" and age >= 20',
    "customers who do not live in Stockholm": 'not city = "Stockholm"',
    "customers who have bought in the last 30 days": "count(purchase in last 30 days) >= 1",
}


class StubReader:
    """Reads canonical text and a few sentences; everything else is unread."""

    catalogue = Catalogue("Stub", "SEK", "UTC", "SE", "customers", "id")

    def read(
        self, text: str, language: str | None = None, answers: Mapping[str, int] | None = None
    ) -> Reading:
        """Give the reading of a sentence known by heart."""
        spoken = language or "en"
        asked = CHOICES.get(text, {})
        for key, choices in asked.items():
            if key in (answers or {}):
                return _answered(text, spoken, from_text(choices[(answers or {})[key]]))
            return _asks(text, spoken, key, choices)
        try:
            return _answered(text, spoken, from_text(SENTENCES.get(text, text)))
        except Shown:
            return Reading(text, spoken, Status.UNREAD, reasons=(Note("no_condition"),))

    def asked(self, text: str, language: str) -> tuple[Asked, ...]:  # noqa: ARG002
        """It asks nothing."""
        return ()

    def fragments(self, text: str, language: str) -> tuple[Fragment, ...]:  # noqa: ARG002
        """It names nothing beside sentences."""
        return ()

    def far(self, text: str, language: str) -> tuple[str, Far] | None:  # noqa: ARG002
        """It knows no lengths."""
        return None

    def votes(self, text: str, first: str) -> dict[str, int]:  # noqa: ARG002
        """One language."""
        return {first: 0}

    def counts_things(self, text: str, language: str) -> bool:  # noqa: ARG002
        """No sentence by heart does."""
        return False

    def names_members(self, text: str, language: str) -> bool:  # noqa: ARG002
        """No sentence by heart says so."""
        return False


def _answered(text: str, language: str, definition: Condition) -> Reading:
    word = Word(text, 0, len(text), WordStatus.USED, 0, Colour.WHO)
    return Reading(text, language, Status.ANSWERED, definition, (word,))


def _asks(text: str, language: str, key: str, choices: tuple[str, ...]) -> Reading:
    read = tuple(Choice(from_text(choice), from_text(choice)) for choice in choices)
    question = Question(key, f"vague_{key}", key, 0, len(key), read)
    return Reading(text, language, Status.ASKS, questions=(question,))
