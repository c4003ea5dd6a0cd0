"""What reading a sentence gives: the definition, the account of every word, and what is open.

A Reading is one of three: *answered* (a definition), *asks* (questions whose choices are
definitions) or *unread* (reasons). All of it is data; the wording of notes and questions lives in
`assistant/languages/<code>/texts.toml` under their codes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from segments.definition import Condition
from segments.inquiry import Inquiry


class WordStatus(StrEnum):
    """What became of a word."""

    USED = "used"
    STRUCTURE = "structure"
    CORRECTED = "corrected"
    ASSUMED = "assumed"
    UNKNOWN = "unknown"
    ASIDE = "aside"


class Status(StrEnum):
    """What became of a sentence."""

    ANSWERED = "answered"
    ASKS = "asks"
    UNREAD = "unread"


class Colour(StrEnum):
    """What a used word says, for the page: who, where, what they did, when, consent."""

    WHO = "who"
    WHERE = "where"
    DID = "did"
    WHEN = "when"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the text at [start, end) and what became of it. `condition` is the index of the
    leaf of the definition (in `definition.leaves` order) that it helped to make."""

    text: str
    start: int
    end: int
    status: WordStatus
    condition: int | None = None
    colour: Colour | None = None
    read_as: str | None = None  # for corrected and assumed words: what they were read as


@dataclass(frozen=True, slots=True)
class Note:
    """A stated default or a reason, worded elsewhere: `code` is its key, `values` its evidence."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict, hash=False)


def once(notes: Iterable[Note]) -> tuple[Note, ...]:
    """The notes in order, each said once."""
    return tuple({(note.code, *note.values.items()): note for note in notes}.values())


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question. `part` is what it says where the readings differ (for its label);
    `definition` is the whole sentence's when this is the only open question, else None."""

    part: Condition
    definition: Condition | None


@dataclass(frozen=True, slots=True)
class Question:
    """Something vague or ambiguous. `key` names it for `answers`; `code` is its wording's key."""

    key: str
    code: str
    about: str  # the words asked about
    start: int
    end: int
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence, read."""

    text: str
    language: str
    status: Status
    definition: Condition | None = None
    words: tuple[Word, ...] = ()
    defaults: tuple[Note, ...] = ()
    questions: tuple[Question, ...] = ()
    reasons: tuple[Note, ...] = ()  # why it is unread
    inquiry: Inquiry | None = None  # what was asked of those who are meant
    as_of: date | None = None  # the day that the sentence takes today to be
