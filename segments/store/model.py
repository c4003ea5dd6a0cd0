"""What a store gives back and takes: frozen rows, with their instants in UTC.

Knows no database. Start at `Saved` and `Version`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from segments.definition import Condition
from segments.problems import Problem


@dataclass(frozen=True, slots=True)
class Draft:
    """A segment to be saved: its definition, where it came from, who saves it and why. Without an
    owner a new segment belongs to whoever saves it, and another keeps the one it has."""

    name: str
    definition: Condition
    sentence: str = ""
    language: str = ""
    owner: str = ""
    by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """What a segment said from `at` on. `id` is its own among all versions of all segments, for
    whatever refers to one; `number` counts those of the segment from 1. `definition` is None when
    it cannot be read, and `problem` says why; `text` is there in any case."""

    id: int
    segment: int
    number: int
    definition: Condition | None
    problem: Problem | None
    text: str
    sentence: str
    language: str
    by: str
    at: datetime
    note: str
    restored: int | None  # the number of the version that this one brought back


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved segment with what its newest version says."""

    id: int
    name: str
    newest: Version
    owner: str
    created_at: datetime
    changed_at: datetime  # of the name, the definition or whether it is archived
    tags: tuple[str, ...] = ()
    archived_at: datetime | None = None
    review_days: int | None = None
    reviewed_at: datetime | None = None

    @property
    def definition(self) -> Condition | None:
        """What it says; None when that cannot be read."""
        return self.newest.definition

    @property
    def problem(self) -> Problem | None:
        """Why it cannot be read."""
        return self.newest.problem

    @property
    def text(self) -> str:
        """The canonical text."""
        return self.newest.text

    @property
    def sentence(self) -> str:
        """The sentence it came from; empty without one."""
        return self.newest.sentence

    @property
    def language(self) -> str:
        """The language of the sentence."""
        return self.newest.language

    @property
    def review_at(self) -> datetime | None:
        """When it should be looked at again: counted from the last review, or from its newest
        version, whichever is later. Never for what is archived."""
        if self.review_days is None or self.archived_at is not None:
            return None
        since = max(self.newest.at, self.reviewed_at or self.newest.at)
        return since + timedelta(days=self.review_days)

    def due(self, now: datetime) -> bool:
        """Whether it should have been looked at by now."""
        return self.review_at is not None and self.review_at <= now


class Cause(StrEnum):
    """Why a size was taken down."""

    SAVE = "save"
    DOWNLOAD = "download"
    HEALTH = "health"


@dataclass(frozen=True, slots=True)
class Size:
    """How many members a version had, of how many in the shop, with this day taken as today."""

    version: int  # its id
    at: datetime
    as_of: date
    members: int
    total: int
    cause: Cause


@dataclass(frozen=True, slots=True)
class KeptList:
    """A list of member keys, or with a `field` of its values."""

    id: int
    name: str
    field: str | None
    size: int
    created_at: datetime
    suppresses: bool = False  # those on it are in no file


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that is handed over: of what, as of which day, and on which terms."""

    name: str
    definition: Condition
    as_of: date
    tool: str
    columns: tuple[str, ...]
    counts: Mapping[str, int]  # members by the reason why they are in the file, or are not
    version: Version | None = None
    consent: bool = True
    suppress: tuple[str, ...] = ()
    holdout: Decimal = Decimal(0)
    seed: str = ""


@dataclass(frozen=True, slots=True)
class Download:
    """A line of the log. `ended_at` is None for a file that was broken off."""

    id: int
    segment: int | None
    version: int | None  # its id
    name: str
    definition: Condition | None
    text: str
    as_of: date
    by: str
    at: datetime
    ended_at: datetime | None
    tool: str
    columns: tuple[str, ...]
    counts: Mapping[str, int]
    consent: bool
    suppress: tuple[str, ...]
    holdout: Decimal
    seed: str
