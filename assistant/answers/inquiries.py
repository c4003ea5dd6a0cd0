"""What was asked about members, answered: a small table, or one number, in the person's language.

In: a definition or None for everyone, an inquiry, an engine. Out: `Table`, exact from the data.
Start at `Inquirer.answer`.
"""

from decimal import Decimal
from typing import assert_never

from assistant.answers.contrasts import Contrasts
from assistant.answers.counting import Counts
from assistant.answers.figures import Figures
from assistant.answers.saying import Voice
from assistant.answers.splits import Splits
from assistant.answers.table import Row, Table, Telling, rounded
from segments.definition import All, Condition, Kind
from segments.inquiry import (
    ByField,
    ByRecord,
    Contrast,
    Inquiry,
    Listing,
    Size,
    Total,
    Within,
)
from segments.rewrites import simplify


class Inquirer:
    """Answers what is asked of one segment."""

    def __init__(self, counts: Counts, voice: Voice) -> None:
        self.figures = Figures(counts, voice.as_of)
        self.telling = Telling(voice.speaker, voice.language)

    def answer(self, whole: Condition | None, inquiry: Inquiry) -> Table:
        """The answer, for the members of a definition or for everyone."""
        match inquiry:
            case Size():
                return self._size(whole)
            case Within(part):
                return self._within(whole, part)
            case ByField(name):
                return Splits(self.figures, self.telling).by_field(whole, name)
            case ByRecord():
                return Splits(self.figures, self.telling).by_record(whole, inquiry)
            case Total():
                return self._total(whole, inquiry)
            case Contrast(others, name):
                return Contrasts(self.figures, self.telling).contrast(whole, others, name)
            case Listing():
                count = self.telling.count(self.figures.how_many(whole))
                return Table(self.telling.say("table_listing", n=count), listing=True)
            case _:
                assert_never(inquiry)

    def _size(self, whole: Condition | None) -> Table:
        count, total = self.figures.how_many(whole), self.figures.total
        share = self.telling.share(count, total)
        return Table(
            self.telling.say(
                "table_size",
                n=self.telling.count(count),
                total=self.telling.count(total),
                share=share.text,
            )
        )

    def _within(self, whole: Condition | None, part: Condition) -> Table:
        count = self.figures.how_many(whole)
        both = part if whole is None else simplify(All((whole, part)))
        found = self.figures.of(both)
        said = self.telling.say(
            "table_within",
            n=self.telling.count(found),
            total=self.telling.count(count),
            share=self.telling.share(found, count).text,
            what=self.telling.speaker.say_part(part),
        )
        return Table(said)

    def _total(self, whole: Condition | None, asked: Total) -> Table:
        mine, all_ = self.figures.figure(whole, asked), self.figures.figure(None, asked)
        name = self.telling.figure(asked)
        money = self.telling.is_money(asked)
        said = [
            self.telling.money(each) if money else self.telling.number(each)
            for each in (mine, all_)
        ]
        per_member = asked.kind in (Kind.SUM, Kind.COUNT)
        rows = [Row(name, (said[0], said[1]))]
        if per_member:
            counts = [self.figures.how_many(whole), self.figures.total]
            each = [
                rounded(Decimal(value or 0) / count) if count else None
                for value, count in zip((mine, all_), counts, strict=True)
            ]
            cells = tuple(self.telling.money(v) if money else self.telling.number(v) for v in each)
            rows.append(Row(self.telling.word("row_per_member"), cells))
        notes = self.telling.told(asked.window, 0)
        if whole is None:
            return Table(
                self.telling.say("table_number_all", what=name, value=said[1].text), notes=notes
            )
        columns = ("", self.telling.word("col_segment"), self.telling.word("col_everyone"))
        sentence = self.telling.say("table_number", what=name, value=said[0].text, all=said[1].text)
        return Table(sentence, columns, tuple(rows), notes)
