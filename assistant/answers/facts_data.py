"""A shop's data as facts are asked of it: whose records, up to when, in whose words.

In: the counts of one answer, who says values. Out: rows and scopes for the modules that gather
facts. Start at `Data`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from assistant.answers.counting import Counts
from assistant.messages.readback import Speaker
from assistant.messages.voices import written
from segments.catalogue import Attribute, Event
from segments.compile import compile_members
from segments.compile.portraits import Scope
from segments.definition import Condition, Rolling, Unit
from segments.windows import as_of_day

RECENT = Rolling(90, Unit.DAY)

Spread = Mapping[Any, int]  # value -> members
Speak = Callable[[str], Speaker]
Told = Callable[[str], Mapping[str, str]]  # a value's code -> what it is called by language


class Data:
    """What facts are asked of, on one day."""

    def __init__(self, counts: Counts, speak: Speak) -> None:
        self.counts = counts
        self.speak = speak
        self.catalogue = counts.engine.catalogue
        self.day = as_of_day(counts.instant)
        self.total = counts.engine.total

    def scope(self, definition: Condition | None) -> Scope:
        """The members of a definition, or everyone."""
        members = None
        if definition is not None:
            members = compile_members(
                definition, self.catalogue, self.counts.instant, self.counts.ceiling
            )
        return Scope(members, self.catalogue, self.counts.instant, self.counts.ceiling)

    def rows(self, query: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - a sqlglot tree
        """The rows of a query."""
        return self.counts.engine.rows(query, self.counts.job)

    def spread(self, query: Any) -> dict[Any, int]:  # noqa: ANN401 - a sqlglot tree
        """Values with how many members have each."""
        return dict(self.rows(query))

    def event(self, role: str) -> Event | None:
        """The event of a role."""
        return self.catalogue.event_by_role(role)

    def attribute(self, event: str, role: str) -> tuple[Event, Attribute] | None:
        """An attribute with its event, both by role."""
        found = self.event(event)
        attribute = found.by_role(role) if found is not None else None
        return (found, attribute) if found is not None and attribute is not None else None

    def told_of(self, event: Event, attribute: Attribute) -> Told:
        """What the values of an attribute of an event are called."""
        return self.told(f"{event.name}.{attribute.name}", attribute)

    def told(self, owner: str, attribute: Attribute) -> Told:
        """What the values of a field or an attribute are called."""

        def words(code: str) -> Mapping[str, str]:
            said = {
                language: self.speak(language).values.value(owner, attribute, code)
                for language in written()
            }
            return {language: _unquoted(word, code) for language, word in said.items()}

        return words


def _unquoted(said: str, code: str) -> str:
    """A value nobody has a word for is said as it stands, not in quotation marks."""
    return code if code in said and len(said) == len(code) + 2 else said
