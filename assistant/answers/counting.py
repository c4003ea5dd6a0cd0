"""Counts of one answer: each condition is compiled and run once, and the time of both is kept.

In: conditions that `check` has no problem with. Out: numbers and SQL. Start at `Counts`.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from time import perf_counter

from assistant.answers.answer import Chip, Milliseconds, Part
from segments.audiences import everything
from segments.closeness import LEAST
from segments.compile import compile_members, to_sql
from segments.definition import All, Condition, Not, Similar
from segments.engine.duckdb_engine import Engine
from segments.engine.job import Job
from segments.problems import TooFewAlike
from segments.rewrites import simplify


@dataclass(slots=True)
class Counts:
    """What has been counted for one answer so far. For one thread."""

    engine: Engine
    instant: datetime
    ceiling: datetime | None
    job: Job | None = None
    compiled: float = 0.0
    ran: float = 0.0
    known: dict[Condition, int] = field(default_factory=dict)

    def of(self, condition: Condition) -> int:
        """How many members it has."""
        if condition not in self.known:
            started = perf_counter()
            select = compile_members(condition, self.engine.catalogue, self.instant, self.ceiling)
            between = perf_counter()
            self.known[condition] = self.engine.count(select, self.job)
            self.compiled += between - started
            self.ran += perf_counter() - between
        return self.known[condition]

    def sql(self, condition: Condition) -> str:
        """The query for its members, as the engine runs it."""
        started = perf_counter()
        select = compile_members(condition, self.engine.catalogue, self.instant, self.ceiling)
        text = to_sql(select)
        self.compiled += perf_counter() - started
        return text

    def milliseconds(self) -> Milliseconds:
        """The time of all that was done here."""
        return Milliseconds(0.0, round(1000 * self.compiled, 3), round(1000 * self.ran, 3))


def counted(parts: tuple[Part, ...], counts: Counts) -> tuple[Part, ...]:
    """The parts with their own counts, those of their chips, and the funnel."""
    found = []
    for place, part in enumerate(parts):
        before = tuple(each.condition for each in parts[: place + 1])
        left = counts.of(before[0] if len(before) == 1 else All(before))
        chips = tuple(_chip(chip, counts) for chip in part.chips)
        own = counts.of(part.condition)
        found.append(replace(part, chips=chips, count=own, left=left))
    return tuple(found)


def _chip(chip: Chip, counts: Counts) -> Chip:
    alone = Not(chip.condition) if chip.negated else chip.condition
    return replace(chip, count=counts.of(alone))


def too_few_alike(definition: Condition, counts: Counts) -> tuple[TooFewAlike, ...]:
    """The groups that others are to be like which are too small for an average; the definition has
    no other problem."""
    found = everything(simplify(definition), counts.engine.catalogue.audiences)
    groups = dict.fromkeys(leaf.to for leaf in found if isinstance(leaf, Similar))
    sizes = [counts.of(group) for group in groups]
    return tuple(TooFewAlike("", str(n), str(LEAST)) for n in sizes if n < LEAST)
