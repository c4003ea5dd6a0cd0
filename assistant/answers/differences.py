"""Two definitions, or one on two days: what is another in words, who joined, who left, and because
of which condition.

In: two `Side`s. Out: `Difference`, in the person's language. The members come from the same SQL as
the segment. Start at `Comparer.compare`.
"""

from dataclasses import dataclass

from assistant.answers.saying import Voice
from assistant.languages.texts import texts
from segments.check import check
from segments.compile import compile_members
from segments.compile.differing import Side, compile_first, compile_moved
from segments.difference import difference, parts
from segments.engine.duckdb_engine import Engine, Key
from segments.engine.job import Job
from segments.errors import Shown

FEW = 20


@dataclass(frozen=True, slots=True)
class Because:
    """One condition that some of those who moved do not pass: in words, and how many of them."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Moved:
    """Who is on one side and not on the other. A member that fails several conditions is counted at
    each. `keys` are the first few."""

    count: int
    because: tuple[Because, ...]
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """From one side to the other; no `changes` when both say the same."""

    changes: tuple[str, ...]
    before: int
    after: int
    joined: Moved
    left: Moved
    notes: tuple[str, ...]  # what has to be known to read it right


@dataclass(frozen=True, slots=True)
class Comparer:
    """Compares definitions of one shop in one language."""

    engine: Engine
    voice: Voice
    job: Job | None = None

    def compare(self, before: Side, after: Side) -> Difference:
        """What is another from one side to the other; raises Shown when a definition has
        problems."""
        for side in (before, after):
            if problems := check(side.definition, self.engine.catalogue):
                raise Shown(*problems)
        changed = difference(before.definition, after.definition)
        between_days = before.instant != after.instant
        note = texts(self.voice.language).page("difference_fields_today")
        return Difference(
            tuple(self.voice.change(*pair) for pair in changed),
            self._count(before),
            self._count(after),
            self._moved(after, before),
            self._moved(before, after),
            (note,) if between_days else (),
        )

    def _count(self, side: Side) -> int:
        catalogue = self.engine.catalogue
        select = compile_members(side.definition, catalogue, side.instant, side.ceiling)
        return self.engine.count(select, self.job)

    def _moved(self, here: Side, there: Side) -> Moved:
        """Who is in `here` and not in `there`, by the conditions of `there` that they fail."""
        catalogue = self.engine.catalogue
        count = self.engine.count(compile_moved(here, there, catalogue), self.job)
        if not count:
            return Moved(0, (), ())
        failed = [
            Because(
                self.voice.speaker.say_part(part),
                self.engine.count(compile_moved(here, there, catalogue, part), self.job),
            )
            for part in parts(there.definition)
        ]
        because = sorted((each for each in failed if each.count), key=lambda each: -each.count)
        first = compile_first(compile_moved(here, there, catalogue), FEW)
        return Moved(count, tuple(because), tuple(self.engine.members(first, self.job)))
