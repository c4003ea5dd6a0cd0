"""What is shown of a sentence, answered, asking or unread: frozen data in the person's language.

Counts are None where they were not asked for or where there is nothing to count. Start at `Answer`.
"""

from dataclasses import dataclass
from datetime import date

from assistant.answers.table import Table
from assistant.grammar.reading import Colour, Reading, Status, Word
from segments.definition import Condition
from segments.problems import Problem

Path = tuple[int, ...]  # child indexes from the root of a definition; 0 is what a `Not` negates


@dataclass(frozen=True, slots=True)
class Chip:
    """A leaf as a person edits it: `negated` when a `Not` stands right around it. `path` leads to
    the leaf, or to its `Not`, so that replacing or removing it takes the negation along."""

    path: Path
    condition: Condition  # the leaf, without its `Not`
    negated: bool
    colour: Colour
    label: str  # "Live in"
    text: str  # "Stockholm"
    count: int | None = None  # members of the leaf alone, its negation counted in


@dataclass(frozen=True, slots=True)
class Part:
    """One of the and-ed parts at the top of a definition (the whole of it when it is no `All`):
    a leaf with one chip, or a group with a chip for each leaf in it."""

    path: Path
    condition: Condition  # with its `Not`
    negated: bool
    text: str
    chips: tuple[Chip, ...]
    count: int | None = None  # members of this part alone
    left: int | None = None  # members of this part and all before it

    @property
    def group(self) -> bool:
        """Whether it holds several leaves."""
        return len(self.chips) > 1


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a question. `definition` is the whole sentence's when only this question is
    open; `canonical` and `count` are then its text and its members."""

    label: str
    definition: Condition | None = None
    canonical: str | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in words; `key` and the index of an option are what `answers` takes."""

    key: str
    about: str
    start: int
    end: int
    text: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Milliseconds:
    """How long the steps took; `run` covers every query of the answer."""

    read: float = 0.0
    compile: float = 0.0
    run: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that is shown of a sentence or a definition. `words` point into
    `segments.definition.leaves(definition)`; `reading` is None when no sentence was read."""

    status: Status
    language: str
    as_of: date
    total: int
    reading: Reading | None = None
    words: tuple[Word, ...] = ()
    definition: Condition | None = None
    canonical: str | None = None
    readback: str | None = None
    parts: tuple[Part, ...] = ()
    count: int | None = None
    sql: str | None = None
    defaults: tuple[str, ...] = ()
    questions: tuple[Asked, ...] = ()
    reasons: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()  # what `reasons` says, as evidence
    milliseconds: Milliseconds = Milliseconds()
    table: Table | None = None  # what was asked of them, answered

    @property
    def share(self) -> float | None:
        """The part of all members, 0 to 1."""
        return None if self.count is None or not self.total else self.count / self.total

    @property
    def text(self) -> str:
        """The sentence; empty when no sentence was read."""
        return self.reading.text if self.reading else ""
