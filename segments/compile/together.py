"""Several numbers of one prepared table in one pass over it.

What all of them ask of a row is asked once for the pass; what one asks beside that goes into its
own number, as a case. Start at `together`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from segments.compile.aggregates import record_first
from segments.compile.levels import Shop, Source, source
from segments.compile.nodes import column, every, some, within
from segments.definition import SCORES, Aggregate
from segments.windows import Bounds

Stretches = tuple[Bounds, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """The rows of several aggregates, all of one table; new nodes at each call."""

    rows: tuple[Source, ...]

    def conditions(self) -> list[exp.Expr]:
        """What a row has to meet to count for any of them."""
        first = self.rows[0]
        common = [first.filter(each) for each in first.records.filters if self._shared(each)]
        own = [self._own_filters(each) for each in self.rows]
        if all(own):
            common.append(some(every(each) for each in own))
        return [*common, *within(column("at"), self._hull())]

    def own(self, place: int) -> list[exp.Expr]:
        """What a row that meets those has to meet beside, to count for the one at this place."""
        rows = self.rows[place]
        return [*self._own_filters(rows), *within(column("at"), self._rest(rows.stretches()))]

    def _own_filters(self, rows: Source) -> list[exp.Expr]:
        return [rows.filter(each) for each in rows.records.filters if not self._shared(each)]

    def _shared(self, restriction: object) -> bool:
        return all(restriction in each.records.filters for each in self.rows)

    def _hull(self) -> Stretches:
        """The stretches of all, or from the first start to the last end."""
        windows = {each.stretches() for each in self.rows}
        if len(windows) == 1:
            return windows.pop()
        every_one = [each for window in windows for each in window]
        starts = [each.start for each in every_one if each.start is not None]
        ends = [each.end for each in every_one if each.end is not None]
        return (
            Bounds(
                min(starts) if len(starts) == len(every_one) else None,
                max(ends) if len(ends) == len(every_one) else None,
            ),
        )

    def _rest(self, window: Stretches) -> Stretches:
        """What the hull does not say of a window."""
        hull = self._hull()
        if window == hull:
            return (Bounds(),)
        if len(window) > 1 or len(hull) > 1:
            return window
        start, end = window[0].start, window[0].end
        return (
            Bounds(None if start == hull[0].start else start, None if end == hull[0].end else end),
        )


def together(aggregates: Sequence[Aggregate], shop: Shop, *of: str) -> Together | None:
    """The rows of all, when they are those of one table, one row for one value of each; with the
    attributes `of` too."""
    rows = tuple(source(each.records, shop, each.of, *of) for each in aggregates)
    first = rows[0]
    one = all(
        (each.event, each.of_parts, each.near) == (first.event, first.of_parts, first.near)
        for each in rows
    )
    plain = not any(
        each.kind in SCORES or record_first(each, of_one)
        for each, of_one in zip(aggregates, rows, strict=True)
    )
    return Together(rows) if one and plain else None
