"""Members or their records told apart: by city, by category, by month.

In: a definition or None for everyone, and by what. Out: `Table`. Start at `Splits`.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel.dates import format_skeleton

from assistant.answers.figures import Figures, years
from assistant.answers.table import DECADE, MOST_ROWS, Row, Table, Telling
from assistant.messages.phrases import capitalized
from assistant.messages.say_fields import label_of
from assistant.messages.say_windows import unit_of
from segments.catalogue import Attribute, Catalogue, Type
from segments.compile.inquiries import members_by, records_by
from segments.definition import Condition, Unit
from segments.inquiry import ByRecord, Cycle


class Splits:
    """Tells the members of one segment apart."""

    def __init__(self, figures: Figures, telling: Telling) -> None:
        self.figures = figures
        self.telling = telling
        self.catalogue: Catalogue = figures.catalogue

    def by_field(self, whole: Condition | None, name: str) -> Table:
        """The members by a field's values."""
        field = self.catalogue.fields[name]
        rows = self.figures.rows(members_by(self.figures.keys(whole), name))
        total = sum(members for _, members in rows)
        label = label_of(self.telling.values, field, "fields")
        counted = self._grouped(field, rows)
        told = self._ages(rows) if field.type is Type.AGE else ""
        return Table(
            told or self.telling.say("table_split", by=label, n=self.telling.count(total)),
            (capitalized(label), self.telling.word("col_members"), self.telling.word("col_share")),
            tuple(
                Row(each, (self.telling.number(n), self.telling.share(n, total)))
                for each, n in self._shortened(counted)
            ),
            self._many(counted, several=field.type is Type.LIST),
        )

    def _grouped(self, field: Attribute, rows: Sequence[tuple[Any, int]]) -> list[tuple[str, int]]:
        """Values in words with their members, the most first; ages and days in rising order."""
        found: Counter[Any] = Counter()
        for value, members in rows:
            for key in self._keys_of(field, value):
                found[key] += members
        rising = field.type in (Type.AGE, Type.DATE, Type.TIME) or field.ordered
        pairs = sorted(found.items(), key=lambda pair: (-pair[1], str(pair[0])))
        if rising:
            order = {code: place for place, code in enumerate(field.codes)}
            pairs.sort(key=lambda pair: (pair[0] is None, order.get(pair[0], pair[0] or 0)))
        return [(self.telling.value(field.name, field, key), members) for key, members in pairs]

    def _keys_of(self, field: Attribute, value: object) -> Iterable[Any]:
        match value:
            case None:
                return (None,)
            case date() if field.type is Type.AGE:
                return (years(value, self.figures.as_of) // DECADE * DECADE,)
            case date() | datetime():
                return (date(value.year, value.month, 1),)
            case list():
                return tuple(dict.fromkeys(value)) or (None,)
            case _:
                return (value,)

    def _ages(self, rows: Sequence[tuple[Any, int]]) -> str:
        """The average and the middle age of those whose age is known."""
        known = [(years(v, self.figures.as_of), n) for v, n in rows if isinstance(v, date)]
        total = sum(n for _, n in known)
        if not total:
            return ""
        average = Decimal(sum(age * n for age, n in known)) / total
        middle, seen = 0, 0
        for age, n in sorted(known):
            seen += n
            if 2 * seen >= total:
                middle = age
                break
        return self.telling.say(
            "table_ages",
            average=self.telling.decimal(average),
            middle=str(middle),
            n=self.telling.count(total),
        )

    def by_record(self, whole: Condition | None, asked: ByRecord) -> Table:
        """Their records of one event by an attribute or a unit of time."""
        event, by, window = asked.event, asked.by, asked.window
        known = self.catalogue.events[event]
        instants = self.figures.instants
        rows = self.figures.rows(
            records_by(self.figures.keys(whole), (event, by, window), self.catalogue, instants)
        )
        attribute = None if isinstance(by, Unit | Cycle) else known.attributes[by]
        if attribute is None:
            ordered = sorted(rows, key=lambda row: row[0])
            label = self._time(by)
        else:
            ordered = sorted(rows, key=lambda row: (row[0] is None, -row[1], str(row[0])))
            label = label_of(self.telling.values, attribute, "attributes")
        noun = self.telling.speaker.events.noun(known)
        columns = [capitalized(label), self.telling.word("col_members"), capitalized(noun)]
        columns += [self.telling.word("col_amount")] if known.amount else []
        most = len(ordered) if isinstance(by, Cycle) else MOST_ROWS  # a whole week, a whole day
        shown = ordered[-most:] if attribute is None else ordered[:most]
        said = self.telling.say("table_records", by=label, events=noun)
        lines = tuple(
            Row(
                self._key(value, event, by, attribute),
                (
                    self.telling.number(members),
                    self.telling.number(records),
                    *((self.telling.money(total),) if known.amount else ()),
                ),
            )
            for value, members, records, total in shown
        )
        key = "table_last" if attribute is None else "table_first"
        notes = self.telling.told(window, 0 if isinstance(by, Cycle) else len(ordered), key)
        if by is Cycle.WEEKDAY:
            notes = (*notes, self.telling.say("table_weekdays"))
        if attribute is not None and attribute.part is not None:
            notes = (*notes, self.telling.say("table_parts", events=noun))
        return Table(said, tuple(columns), lines, notes)

    def _time(self, by: str | Unit | Cycle) -> str:
        """What the rows are, where they are times."""
        phrases = self.telling.values.phrases
        if isinstance(by, Cycle):
            return phrases.text("weekdays", "label" if by is Cycle.WEEKDAY else "hours_label")
        return unit_of(phrases, Unit(by), 1)

    def _key(
        self, value: object, event: str, by: str | Unit | Cycle, attribute: Attribute | None
    ) -> str:
        if attribute is not None:
            return self.telling.value(f"{event}.{by}", attribute, value)
        if by is Cycle.WEEKDAY and isinstance(value, int):
            days = self.telling.values.phrases.find("weekdays", "days")
            return capitalized(str(days[value - 1]))
        if by is Cycle.CLOCK and isinstance(value, int):
            return f"{value:02}:00–{value + 1:02}:00"
        moment = value if isinstance(value, date) else date.min
        locale = self.telling.values.phrases.text("locale")
        if by is Unit.MONTH:
            return str(format_skeleton("yMMMM", moment, locale=locale))
        if by is Unit.YEAR:
            return str(moment.year)
        if by is Unit.QUARTER:
            return f"{moment.year}-Q{(moment.month + 2) // 3}"
        if by is Unit.WEEK:
            year, week, _ = moment.isocalendar()
            return f"{year}-W{week:02}"
        return moment.strftime("%Y-%m-%d %H:%M" if by is Unit.HOUR else "%Y-%m-%d")

    def _shortened(self, rows: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
        """The first rows, and the rest of them as one."""
        if len(rows) <= MOST_ROWS + 1:
            return list(rows)
        rest = sum(members for _, members in rows[MOST_ROWS:])
        others = self.telling.say("row_others", n=self.telling.count(len(rows) - MOST_ROWS))
        return [*rows[:MOST_ROWS], (others, rest)]

    def _many(self, rows: Sequence[object], *, several: bool) -> tuple[str, ...]:
        return (self.telling.say("table_several"),) if several and rows else ()
