"""What a ticket allows: asking what words mean, or fetching the file of one segment. Plain data."""

from dataclasses import dataclass
from datetime import date

from segments.definition import Condition
from segments.handover import Terms
from segments.store import Version


@dataclass(frozen=True, slots=True)
class Listen:
    """To ask how a sentence is understood, from the page of one session."""


@dataclass(frozen=True, slots=True)
class Export:
    """To fetch the file of a definition on these terms, as of a day; it is taken down who did, and
    of which saved version."""

    definition: Condition
    terms: Terms
    as_of: date
    by: str
    version: Version | None = None


Grant = Listen | Export
