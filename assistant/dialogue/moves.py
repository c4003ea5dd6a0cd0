"""What a person can do. A button builds the same move a sentence builds.

Paths are child indexes from the root of `state.definition`, as `answers.Part` and `answers.Chip`
carry them. Start at `Move`.
"""

from dataclasses import dataclass

from segments.definition import Condition

Path = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence; it takes the place of the current definition, unless its own words say that it
    goes on with it ("only those in Malmö")."""

    text: str


@dataclass(frozen=True, slots=True)
class Follow:
    """A text about the segment in hand: it changes it, or asks about it; only a sentence that names
    members again begins another."""

    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A choice for an open question; the sentence is read again with it."""

    question: str
    choice: int


@dataclass(frozen=True, slots=True)
class EditCondition:
    """This condition in place of the one at the path, its `Not` included."""

    path: Path
    condition: Condition


@dataclass(frozen=True, slots=True)
class RemoveCondition:
    """Away with the condition at the path. After the last one there is no segment."""

    path: Path


@dataclass(frozen=True, slots=True)
class AddCondition:
    """One more condition that must hold."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Undo:
    """Back to what was before the last change; the turns stay."""


@dataclass(frozen=True, slots=True)
class Redo:
    """Back to what was there before the last undo."""


@dataclass(frozen=True, slots=True)
class StartOver:
    """Nothing on the table; can be undone."""


@dataclass(frozen=True, slots=True)
class OpenSaved:
    """A saved segment that can be read."""

    id: int
    name: str
    definition: Condition
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Rename:
    """Another name for what is on the table."""

    name: str


@dataclass(frozen=True, slots=True)
class MarkSaved:
    """The store has kept what is on the table under this number and name."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Speak:
    """The page in another language."""

    language: str


Move = (
    Say
    | Follow
    | Answer
    | EditCondition
    | RemoveCondition
    | AddCondition
    | Undo
    | Redo
    | StartOver
    | OpenSaved
    | Rename
    | MarkSaved
    | Speak
)
