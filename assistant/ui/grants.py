"""What a ticket allows: asking what words mean, or fetching the file of one segment. Plain data."""

from dataclasses import dataclass
from datetime import date

from segments.definition import Condition


@dataclass(frozen=True, slots=True)
class Listen:
    """To ask how a sentence is understood, from the page of one session."""


@dataclass(frozen=True, slots=True)
class Export:
    """To fetch the members of a definition with these fields, as of a day."""

    definition: Condition
    fields: tuple[str, ...]
    as_of: date
    name: str


Grant = Listen | Export
