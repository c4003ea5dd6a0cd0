"""The numbers behind an answer to an inquiry, exact from the data.

In: a definition or None for everyone. Out: counts, rows, one figure of all records. Start at
`Figures`.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, assert_never

from assistant.answers.counting import Counts
from assistant.answers.table import Number, rounded
from segments.compile import compile_members
from segments.compile.inquiries import records_total
from segments.definition import Condition, Kind
from segments.inquiry import Total


class Figures:
    """Counts and sums of one answer."""

    def __init__(self, counts: Counts, as_of: date) -> None:
        self.counts = counts
        self.as_of = as_of
        self.catalogue = counts.engine.catalogue

    @property
    def total(self) -> int:
        """How many members there are in all."""
        return self.counts.engine.total

    @property
    def instants(self) -> tuple[datetime, datetime | None]:
        """Up to when records count."""
        return self.counts.instant, self.counts.ceiling

    def of(self, condition: Condition) -> int:
        """How many a definition has."""
        return self.counts.of(condition)

    def keys(self, whole: Condition | None) -> Any:  # noqa: ANN401 - a sqlglot tree
        """The select of the members' keys; None for everyone."""
        if whole is None:
            return None
        return compile_members(whole, self.catalogue, self.counts.instant, self.counts.ceiling)

    def rows(self, query: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - a sqlglot tree
        """The rows of a query."""
        return self.counts.engine.rows(query, self.counts.job)

    def how_many(self, whole: Condition | None) -> int:
        """How many members."""
        return self.total if whole is None else self.counts.of(whole)

    def figure(self, whole: Condition | None, asked: Total) -> Number:
        """The number over the members' records; None where there are none to make it of."""
        query = (asked.event, asked.of, asked.window)
        row = self.rows(records_total(self.keys(whole), query, self.catalogue, self.instants))[0]
        _, records, total, known, least, most = row
        match asked.kind:
            case Kind.COUNT:
                return int(records)
            case Kind.SUM:
                return Decimal(total)
            case Kind.AVERAGE:
                return rounded(Decimal(total) / known) if known else None
            case Kind.MINIMUM:
                return None if least is None else Decimal(least)
            case Kind.MAXIMUM:
                return None if most is None else Decimal(most)
            case Kind.DISTINCT | Kind.RECENCY | Kind.FREQUENCY | Kind.MONETARY:
                raise NotImplementedError  # no inquiry is made of it
            case _:
                assert_never(asked.kind)


def years(born: date, day: date) -> int:
    """Whole years from a birth date to a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
