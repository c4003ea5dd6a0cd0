"""The sample shop and its reader, opened once a process; the as-of day is its newest event's."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.grammar.listening import Listener
from segments.compile import compile_members
from segments.definition import Condition
from segments.engine.duckdb_engine import Engine, Key

FOLDER = Path(__file__).parents[1] / "sample_data"


@dataclass(frozen=True, slots=True)
class Sample:
    """The open shop and what reads its sentences."""

    engine: Engine
    reader: Listener

    def members(self, definition: Condition) -> set[Key]:
        """Who the definition selects."""
        instant, ceiling = self.engine.as_of()
        select = compile_members(definition, self.engine.catalogue, instant, ceiling)
        return set(self.engine.members(select))


@cache
def sample() -> Sample:
    """The sample shop."""
    engine = Engine.open(FOLDER / "shop", FOLDER / "catalogue.toml")
    return Sample(engine, Listener(engine.catalogue, engine.values()))
