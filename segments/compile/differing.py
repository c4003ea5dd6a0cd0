"""Members on one side and not on the other, and those of them who fail a condition there.

In: two `Side`s. Out: a select of member keys. Start at `compile_moved`.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlglot import exp

from segments.catalogue import Catalogue
from segments.compile.members import compile_members
from segments.compile.nodes import column, in_query, select, table, where
from segments.definition import Condition


@dataclass(frozen=True, slots=True)
class Side:
    """A definition as of an instant, with the ceiling for events (see `Engine.as_of`)."""

    definition: Condition
    instant: datetime
    ceiling: datetime | None


def compile_moved(
    here: Side, there: Side, catalogue: Catalogue, failed: Condition | None = None
) -> exp.Select:
    """The members who are in `here` and not in `there`; with `failed` those of them who do not pass
    this condition as of there."""
    selects = [_select(there.definition, there, catalogue)]
    selects += [_select(failed, there, catalogue)] if failed is not None else []
    conditions: list[exp.Expr] = [
        in_query(column("member"), _select(here.definition, here, catalogue)),
        *(exp.Not(this=in_query(column("member"), each)) for each in selects),
    ]
    return where(select(table("members"), [column("member")]), conditions)


def compile_first(query: exp.Select, most: int) -> exp.Select:
    """So many of a selection, by rising key."""
    order = exp.Order(expressions=[exp.Ordered(this=column("member"))])
    query.set("order", order)
    return query.limit(most, copy=False)


def _select(definition: Condition, side: Side, catalogue: Catalogue) -> exp.Select:
    return compile_members(definition, catalogue, side.instant, side.ceiling)
