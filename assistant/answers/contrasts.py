"""A segment beside others: the same figures for both.

In: two definitions, None for everyone. Out: `Table`. Start at `Contrasts`.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from assistant.answers.figures import Figures, years
from assistant.answers.table import Cell, Number, Row, Table, Telling, rounded
from segments.catalogue import Catalogue, Type
from segments.compile.inquiries import members_by
from segments.definition import All, Condition, Field, Kind, Operator, Test
from segments.inquiry import Total
from segments.rewrites import simplify


class Contrasts:
    """Sets the members of one segment beside others."""

    def __init__(self, figures: Figures, telling: Telling) -> None:
        self.figures = figures
        self.telling = telling
        self.catalogue: Catalogue = figures.catalogue

    def contrast(self, whole: Condition | None, others: Condition | None, name: str) -> Table:
        """The same figures for both; how many are in both, where that says something."""
        pair = (whole, others)
        counts = [self.figures.how_many(each) for each in pair]
        rows = [
            Row(self.telling.word("col_members"), tuple(self.telling.number(n) for n in counts))
        ]
        rows += self._figures(pair, counts)
        rows += self._shares(pair, counts)
        other = name or self.telling.word("col_everyone")
        both = None if whole is None or others is None else simplify(All((whole, others)))
        notes = (
            []
            if both is None
            else [self.telling.say("table_overlap", n=self.telling.count(self.figures.of(both)))]
        )
        notes += self.telling.told(None, 0) if len(rows) > 1 else ()
        return Table(
            self.telling.say("table_contrast", other=other),
            ("", self.telling.word("col_segment"), other),
            tuple(rows),
            tuple(notes),
        )

    def _figures(self, pair: Sequence[Condition | None], counts: Sequence[int]) -> Iterable[Row]:
        event = self.catalogue.event_by_role("purchase")
        if event is not None:
            count = Total(Kind.COUNT, event.name)
            orders = [self.figures.figure(each, count) for each in pair]
            yield self._per_member(
                self.telling.say("row_each", what=self.telling.figure(count)), orders, counts
            )
            if event.amount is not None:
                spent = Total(Kind.SUM, event.name, event.amount.name)
                sums = [self.figures.figure(each, spent) for each in pair]
                label = self.telling.say("row_each", what=self.telling.figure(spent))
                yield self._per_member(label, sums, counts, money=True)
                average = Total(Kind.AVERAGE, event.name, event.amount.name)
                cells = tuple(
                    self.telling.money(self.figures.figure(each, average)) for each in pair
                )
                yield Row(self.telling.figure(average), cells)
        age = self.catalogue.field_by_role("age")
        if age is not None:
            known = [
                self.figures.rows(members_by(self.figures.keys(each), age.name)) for each in pair
            ]
            yield Row(
                self.telling.word("row_age"), tuple(self._average_age(rows) for rows in known)
            )

    def _per_member(
        self, label: str, sums: Sequence[Number], counts: Sequence[int], *, money: bool = False
    ) -> Row:
        each = [
            rounded(Decimal(value or 0) / count) if count else None
            for value, count in zip(sums, counts, strict=True)
        ]
        return Row(
            label, tuple(self.telling.money(v) if money else self.telling.number(v) for v in each)
        )

    def _average_age(self, rows: Sequence[tuple[Any, int]]) -> Cell:
        known = [(years(v, self.figures.as_of), n) for v, n in rows if isinstance(v, date)]
        total = sum(n for _, n in known)
        if not total:
            return Cell(None, "–")
        return self.telling.number(
            rounded(Decimal(sum(age * n for age, n in known)) / total, "0.1")
        )

    def _shares(self, pair: Sequence[Condition | None], counts: Sequence[int]) -> Iterable[Row]:
        for role in ("consent_email", "consent_sms"):
            field = self.catalogue.field_by_role(role)
            if field is not None and field.type is Type.YES_NO:
                yes = Field(field.name, Test(Operator.EQ, (True,)))
                label = self.telling.speaker.say_part(yes)
                cells = []
                for each, count in zip(pair, counts, strict=True):
                    found = self.figures.of(yes if each is None else simplify(All((each, yes))))
                    cells.append(self.telling.share(found, count))
                yield Row(label[:1].upper() + label[1:], tuple(cells))
