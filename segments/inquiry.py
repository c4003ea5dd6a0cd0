"""What can be asked about the members of a segment, apart from language and SQL.

Frozen data like a definition, with the names of a catalogue. An inquiry never changes a segment.
Start at `Inquiry`.
"""

from dataclasses import dataclass
from enum import StrEnum

from segments.definition import Condition, Kind, Unit, Window


class Cycle(StrEnum):
    """What comes round: the days of the week, the hours of the day by the shop's clock."""

    WEEKDAY = "weekday"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Size:
    """How many there are, and what part of all."""


@dataclass(frozen=True, slots=True)
class Within:
    """How many of them also meet a condition."""

    part: Condition


@dataclass(frozen=True, slots=True)
class ByField:
    """The members by a field's values; ages by decades, days by months."""

    field: str


@dataclass(frozen=True, slots=True)
class ByRecord:
    """Their records of one event by an attribute's values, by a unit of time or by what comes
    round."""

    event: str
    by: str | Unit | Cycle
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """One number of all their records: COUNT has no `of`; AVERAGE is over records, not members."""

    kind: Kind
    event: str
    of: str | None = None
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class Contrast:
    """The same figures beside those of others; no condition is everyone. `name` is how they were
    named, for a saved segment whose condition is not known yet."""

    others: Condition | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """Who they are."""


Inquiry = Size | Within | ByField | ByRecord | Total | Contrast | Listing
