"""Why one customer is in a segment or is not: each condition's outcome and what decided it.

In: a definition, a customer's key as it is written. Out: `Why`, in the person's language. The
outcomes come from the same SQL as the selection. Start at `Explainer.explain`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta

from assistant.answers.answer import Path
from assistant.answers.counting import Counts
from assistant.answers.leaves import placed
from assistant.answers.saying import Voice
from assistant.answers.why_alike import Likeness
from assistant.languages.texts import texts
from assistant.messages.say_fields import attribute_of, label_of
from assistant.messages.say_patterns import said_number, said_records
from assistant.messages.say_periods import say_day
from assistant.messages.say_places import say_place_name
from segments.catalogue import Type
from segments.check import check
from segments.compile.evidence import (
    compile_field,
    compile_followed,
    compile_joint,
    compile_key,
    compile_number,
    compile_outcomes,
    compile_people,
    compile_records,
    without_window,
)
from segments.definition import (
    SCORES,
    Aggregate,
    Anniversary,
    Comparison,
    Condition,
    DateField,
    Distance,
    Favourite,
    Field,
    Followed,
    Jointly,
    Kind,
    Measure,
    Norm,
    Not,
    People,
    Rank,
    Records,
    Share,
    Similar,
    records_of,
)
from segments.errors import Shown
from segments.places import LATITUDE, LONGITUDE, By, Point, kilometres
from segments.problems import UnknownMember
from segments.rewrites import simplify

RECORDS = 5
MOST_FOLLOWED = 20


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition as it was said, whether it holds for the customer, and what it rests on."""

    path: Path
    text: str
    holds: bool
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """Whether a customer is in, and the reasons, a leaf each, in the order of the definition."""

    key: str | int
    inside: bool
    said: str  # the verdict in a sentence
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Explainer:
    """Explains the definitions of one shop, as of one day, in one language."""

    counts: Counts
    voice: Voice

    def explain(self, definition: Condition, written: str) -> Why:
        """Why the customer with this key is in, or is not. Raises Shown when there is no such
        customer, or when the definition has problems."""
        engine = self.counts.engine
        problems = check(definition, engine.catalogue)
        if problems:
            raise Shown(*problems)
        keys = engine.members(compile_key(written.strip()), self.counts.job)
        if not keys:
            raise Shown(UnknownMember("", written.strip()[:80]))
        plain, key = simplify(definition), keys[0]
        leaves = list(placed(plain))
        signed = [Not(leaf) if negated else leaf for _, leaf, negated in leaves]
        outcomes = self._rows(
            compile_outcomes((plain, *signed), key, engine.catalogue, self._instants)
        )[0][1:]
        reasons = tuple(
            Reason(
                path, self.voice.speaker.say_part(whole), bool(holds), tuple(self._of(leaf, key))
            )
            for (path, leaf, _), whole, holds in zip(leaves, signed, outcomes[1:], strict=True)
        )
        inside = bool(outcomes[0])
        failed = sum(1 for reason in reasons if not reason.holds)
        verdict = "why_in" if inside else "why_out"
        return Why(key, inside, self._text(verdict, key=str(key), n=str(failed)), reasons)

    @property
    def _instants(self) -> tuple[datetime, datetime | None]:
        return self.counts.instant, self.counts.ceiling

    def _rows(self, query: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - a sqlglot select
        return self.counts.engine.rows(query, self.counts.job)

    def _of(self, leaf: Condition, key: str | int) -> Iterator[str]:
        """What a condition rests on: the field's value, or the numbers and the records."""
        match leaf:
            case Field(name) | DateField(name) | Anniversary(name):
                yield self._field(name, key)
                return
            case People(by):
                yield self._field(by, key)
                yield self._people(leaf, key)
            case Similar():
                yield from Likeness(self.counts, self.voice).told(leaf, key)
                return
            case Jointly(by):
                yield self._field(by, key)
                yield self._jointly(leaf, key)
                return
            case Followed():
                yield from self._followed(leaf, key)
                return
            case Distance():
                yield self._distance(leaf, key)
            case Measure(aggregate) | Rank(aggregate=aggregate) | Norm(aggregate=aggregate):
                yield self._number(aggregate, key)
            case Comparison(left, _, right) | Share(left, right):
                yield self._number(left, key)
                yield self._number(right, key)
            case Favourite(records):
                yield self._number(Aggregate(Kind.COUNT, records), key)
            case _:
                for records in records_of(leaf):
                    yield self._number(Aggregate(Kind.COUNT, records), key)
        for records in dict.fromkeys(records_of(leaf)):
            yield from self._records(records, key)

    def _field(self, name: str, key: str | int) -> str:
        field = attribute_of(self.counts.engine.catalogue.fields, name)
        label = label_of(self.voice.speaker.values, field, "fields")
        value = self._rows(compile_field(name, key))[0][0]
        if field.sensitive and value is not None:
            return self._text("why_hidden", what=label)
        return self._text("why_value", what=label, value=self._value(name, value))

    def _distance(self, distance: Distance, key: str | int) -> str:
        """How far it is, from where; the town is told where it says where they are."""
        catalogue, values = self.counts.engine.catalogue, self.voice.speaker.values
        place = say_place_name(values, catalogue, distance)
        point = catalogue.point(distance.place, distance.country)
        north, east = (self._rows(compile_field(each, key))[0][0] for each in (LATITUDE, LONGITUDE))
        if point is None or north is None or east is None:
            return self._text("why_distance_unknown", place=place)
        far = Decimal(str(round(kilometres(point, Point(north, east)), 1)))
        said = values.number(int(far) if far == int(far) else far)
        city = catalogue.field_by_role("city")
        if catalogue.gazetteer.by is not By.TOWN or city is None:
            return self._text("why_distance", km=said, place=place)
        town = self._value(city.name, self._rows(compile_field(city.name, key))[0][0])
        return self._text("why_distance_town", town=town, km=said, place=place)

    def _people(self, people: People, key: str | int) -> str:
        catalogue = self.counts.engine.catalogue
        total, found = self._rows(compile_people(people, key, catalogue, self._instants))[0]
        number = self.voice.speaker.values.number
        who = self.voice.speaker.say_part(people.who)
        return self._text("why_people", n=number(found), total=number(total), who=who)

    def _jointly(self, joint: Jointly, key: str | int) -> str:
        """What the people at the member's company have together."""
        catalogue = self.counts.engine.catalogue
        rows = self._rows(compile_joint(joint, key, catalogue, self._instants))
        number = self._said_number(joint.aggregate, rows[0][0] if rows else None)
        return self._text("why_together", what=number)

    def _followed(self, followed: Followed, key: str | int) -> Iterator[str]:
        """How many of the chosen records were followed, and of each of them whether it was."""
        names, query = compile_followed(followed, key, self.counts.engine.catalogue, self._instants)
        rows = self._rows(query)
        total, n = len(rows), sum(1 for row in rows if row[-1] is not None)
        number = self.voice.speaker.values.number
        few = "why_followed_few" if total < followed.number else "why_followed"
        numbers = {"n": n, "total": total, "asked": followed.number}
        yield self._text(few, **{name: number(each) for name, each in numbers.items()})
        for row in rows[:MOST_FOLLOWED]:
            record = self._record(followed.records.event, ("at", *names), row[:-1])
            if row[-1] is None:
                yield self._text("why_not_then", record=record)
            else:
                day = say_day(self.voice.speaker.phrases, row[-1].date())
                yield self._text("why_then", record=record, day=day)

    def _number(self, aggregate: Aggregate, key: str | int) -> str:
        catalogue = self.counts.engine.catalogue
        rows = self._rows(compile_number(aggregate, key, catalogue, self._instants))
        return self._said_number(aggregate, rows[0][0] if rows else None)

    def _said_number(self, aggregate: Aggregate, number: Any) -> str:  # noqa: ANN401 - of any type
        if number is None and aggregate.kind in (Kind.COUNT, Kind.SUM, Kind.DISTINCT):
            number = 0
        counted = aggregate.kind in (Kind.COUNT, Kind.DISTINCT, *SCORES)
        owner = "" if counted else f"{aggregate.records.event}.{aggregate.of}"
        value = self._value(owner, number)
        what = said_number(self.voice.speaker.events, aggregate)
        return self._text("why_value", what=what, value=value)

    def _records(self, records: Records, key: str | int) -> Iterator[str]:
        """The newest records that count; where there is none in the window, the newest outside."""
        found = self._told(records, key, RECORDS)
        yield from found
        if found or records.window is None:
            return
        anywhere = without_window(records)
        for line in self._told(anywhere, key, 1):
            what = said_records(self.voice.speaker.events, anywhere)
            yield self._text("why_outside", what=what, record=line)

    def _told(self, records: Records, key: str | int, most: int) -> list[str]:
        catalogue = self.counts.engine.catalogue
        names, query = compile_records(records, key, catalogue, self._instants, most)
        if not names:
            return []
        return [self._record(records.event, names, row) for row in self._rows(query)]

    def _record(self, event: str, names: Sequence[str], row: Sequence[Any]) -> str:
        said = []
        for name, value in zip(names, row, strict=True):
            if name == "at":
                day = value.date() if isinstance(value, datetime) else value
                unknown = self._text("unknown")
                said.append(unknown if day is None else say_day(self.voice.speaker.phrases, day))
            elif value is not None:
                said.append(self._value(f"{event}.{name}", value))
        return " · ".join(said)

    def _value(self, owner: str, value: Any) -> str:  # noqa: ANN401 - of any type
        if value is None:
            return self._text("unknown")
        speaker = self.voice.speaker
        if isinstance(value, list):
            return ", ".join(self._value(owner, each) for each in value) or self._text("no")
        if isinstance(value, float):  # an average; money has two decimals
            value = Decimal(str(round(value, 2)))
        attribute = self.counts.engine.catalogue.owner(owner)
        if attribute is None:
            return speaker.values.number(value)
        if isinstance(value, datetime):
            value = value.date()
        if attribute.type is Type.AGE:
            value = relativedelta(self.voice.as_of, value).years
        return speaker.values.value(owner, attribute, value)

    def _text(self, name: str, /, **values: str) -> str:
        return texts(self.voice.language).page(name, **values)
