"""How a path walks from a table over declared links to a column.

In: a table's name and a path as the catalogue writes it. Out: the steps, each a to-one link, and
the column at the end; or `NoPath` with what was not found. Used when a catalogue is read and when
its tables are joined. Start at `walk`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from segments.catalogue import Event, Table


@dataclass(frozen=True, slots=True)
class Step:
    """From `column` of `table` to the key of `target`."""

    table: str
    column: str
    target: str


@dataclass(frozen=True, slots=True)
class Way:
    """The steps of a path, the table they end in, and the column there."""

    steps: tuple[Step, ...]
    table: str
    column: str


@dataclass(frozen=True, slots=True)
class NoPath:
    """A step that cannot be taken: `code` says why, `known` are the steps there are."""

    code: str
    found: str
    known: tuple[str, ...]


def walk(tables: Mapping[str, Table], start: str, path: str) -> Way | NoPath:
    """Follow a path; a step is the linked table's name, or the linking column where two columns
    link to one table."""
    *hops, column = path.split(".")
    steps: list[Step] = []
    here = start
    for hop in hops:
        links = tables[here].links if here in tables else {}
        by_table = [name for name, target in links.items() if target == hop]
        if hop in links:
            step = Step(here, hop, links[hop])
        elif len(by_table) == 1:
            step = Step(here, by_table[0], hop)
        elif by_table:
            return NoPath("ambiguous_path", f"{here}.{hop}", tuple(by_table))
        else:
            return NoPath("no_link", f"{here}.{hop}", tuple(dict.fromkeys(links.values())))
        steps.append(step)
        here = step.target
    return Way(tuple(steps), here, column)


def parts_link(tables: Mapping[str, Table], event: Event) -> str | None:
    """Give the column of the event's parts table that holds the record's key: the declared link,
    else a column of the same name. None when the event has no parts of its own."""
    if event.parts is None or event.parts == event.table:
        return None
    links = tables[event.parts].links if event.parts in tables else {}
    return next((c for c, target in links.items() if target == event.table), event.record)
