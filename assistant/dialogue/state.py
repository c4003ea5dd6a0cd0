"""Where a conversation stands. Frozen; `step` makes the next one. Start at `State`."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.dialogue.hearing import Command
from assistant.dialogue.spots import Edit, Outcome
from assistant.grammar.reading import Note, Question, Reading, Status
from segments.definition import Condition
from segments.inquiry import Inquiry


class Change(StrEnum):
    """What a turn did to the definition."""

    SAID = "said"  # a sentence was read; its definition took the place of the one before
    ANSWERED = "answered"  # a question was answered and the sentence read again
    EDITED = "edited"
    REMOVED = "removed"
    ADDED = "added"
    UNDONE = "undone"
    CLEARED = "cleared"
    OPENED = "opened"
    REDONE = "redone"
    FOLLOWED = "followed"  # a follow-up changed the definition
    WONDERED = "wondered"  # a follow-up that could mean several things is asked about
    REFUSED = "refused"  # a follow-up fitted nowhere
    INQUIRED = "inquired"  # something was asked of the members; the definition stays
    COMMANDED = "commanded"  # something was asked for that leaves the definition as it is


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing the person did, kept for the history. `before` and `after` are the conditions that
    changed: of the part for an edit, else of the whole."""

    change: Change
    sentence: str = ""
    reading: Reading | None = None
    definition: Condition | None = None  # the whole, after the turn
    before: Condition | None = None
    after: Condition | None = None
    edits: tuple[Edit, ...] = ()  # what a follow-up changed
    notes: tuple[Note, ...] = ()  # what it takes for granted; why it was refused
    choices: tuple[Outcome, ...] = ()  # what it could mean, in the order of the question
    question: Question | None = None
    command: Command | None = None
    name: str = ""  # to save under, or the key of the tool to download for
    inquiry: Inquiry | None = None  # what was asked of the members


@dataclass(frozen=True, slots=True)
class SavedAs:
    """The saved segment that is open, as it was when it was saved."""

    id: int
    name: str
    definition: Condition


@dataclass(frozen=True, slots=True)
class Current:
    """What is on the table, and what undo brings back. `reading` is None once the definition was
    changed by hand, since the words no longer say it. `begun` is the number of the turn that began
    it: a sentence, an opened segment, a fresh start."""

    sentence: str = ""
    reading: Reading | None = None
    definition: Condition | None = None
    answers: tuple[tuple[str, int], ...] = ()
    saved: SavedAs | None = None
    name: str = ""
    begun: int = 0
    as_of: date | None = None  # the day that the sentence took today to be; it holds on


@dataclass(frozen=True, slots=True)
class State:
    """A conversation; `turns` keeps everything that was said, undone or not."""

    language: str = "en"  # of the page
    current: Current = Current()
    turns: tuple[Turn, ...] = ()
    past: tuple[Current, ...] = ()
    future: tuple[Current, ...] = ()  # what was undone, the newest last

    @property
    def last(self) -> Turn | None:
        """The newest turn."""
        return self.turns[-1] if self.turns else None

    @property
    def definition(self) -> Condition | None:
        """The segment, simplified; None when there is none: empty, unread or still asking."""
        return self.current.definition

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is still open."""
        if self.last is not None and self.last.question is not None:
            return (self.last.question,)
        reading = self.current.reading
        return reading.questions if reading and reading.status is Status.ASKS else ()

    @property
    def answers(self) -> dict[str, int]:
        """The choices taken so far."""
        return dict(self.current.answers)

    @property
    def unsaved(self) -> bool:
        """Whether saving would keep something that is not kept yet."""
        current = self.current
        if current.definition is None:
            return False
        kept = current.saved
        return kept is None or (kept.definition, kept.name) != (current.definition, current.name)
