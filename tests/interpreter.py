# ruff: noqa: ANN401 — rows hold values of any type
"""What a definition means, said a second time: plain Python over rows, nothing of compile.

Slow and simple, written from the docstrings of `segments.definition`. Only windows are taken from
`segments.windows`, which has a table of its own truth.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from math import atan2, cos, hypot, radians, sin
from typing import Any

from segments.audiences import Segment
from segments.catalogue import Attribute, Catalogue, Event, Type
from segments.definition import (
    SCORES,
    Aggregate,
    All,
    Anniversary,
    Audience,
    Calendar,
    Condition,
    DateField,
    Distance,
    Edge,
    Field,
    Jointly,
    Kind,
    Measure,
    Near,
    Not,
    OfOthers,
    Operator,
    Origin,
    People,
    Period,
    Rank,
    Reach,
    Records,
    Several,
    Side,
    Similar,
    Span,
    Test,
    Turn,
    Unit,
    Which,
)
from segments.definition import Any as AnyOf
from segments.periods import DAY, period_days, span_days
from segments.windows import stretches, unit_start
from tests.alike import nearest
from tests.interpreting import answered
from tests.nearing import near
from tests.shop import LISTS

Row = dict[str, Any]
Rows = Callable[[str], list[Row]]


class Interpreter:
    """Answers definitions over the rows of one shop."""

    def __init__(
        self,
        shop: Catalogue,
        members: list[Row],
        own_rows: Rows,
        part_rows: Rows,
        as_of: datetime,
        ceiling: datetime | None = None,
    ) -> None:
        self.shop, self.members, self.as_of, self.ceiling = shop, members, as_of, ceiling
        self.own_rows, self.part_rows = own_rows, part_rows
        self.today = (as_of - timedelta(microseconds=1)).date()

    def answer(self, condition: Condition) -> set[int]:
        """The keys of the members for whom the condition holds."""
        everyone = {row["member"] for row in self.members}
        match condition:
            case All(parts):
                return everyone.intersection(*(self.answer(part) for part in parts))
            case AnyOf(parts):
                return set[int]().union(*(self.answer(part) for part in parts))
            case Not(part):
                return everyone - self.answer(part)
            case Field(name, test):
                field = self.shop.fields[name]
                return {r["member"] for r in self.members if self.passes(field, r[name], test)}
            case DateField(name, window):
                return {r["member"] for r in self.members if self.meets(r[name], window)}
            case Anniversary(name, window):
                each_window = window.windows if isinstance(window, Several) else (window,)
                coming = [self.coming(each) for each in each_window]
                return {r["member"] for r in self.members if self.returns(r[name], coming)}
            case Measure(Aggregate(kind) as aggregate, test) if kind in SCORES:
                scores = self.scores(aggregate, everyone)
                return {key for key, score in scores.items() if compared(score, test)}
            case Measure(aggregate, test):
                return {key for key in everyone if self.measured(aggregate, key, test)}
            case Edge():
                return {key for key in everyone if self.edge(condition, key)}
            case Rank():
                return self.rank(condition, everyone)
            case Audience() | People() | Jointly() | Distance() | Similar():
                return self.of_others(condition, everyone)
            case _:
                return answered(self, condition, everyone)

    def of_others(self, condition: OfOthers, everyone: set[int]) -> set[int]:
        """Of what is kept, of those who share a value, of places."""
        match condition:
            case Audience():
                return self.kept(condition)
            case People(by, who, test):
                return self.people(by, self.answer(who), test)
            case Similar():
                return nearest(self, condition, everyone)
            case Jointly():
                return self.jointly(condition, everyone)
            case Distance():
                return self.distant(condition)

    def people(self, by: str, who: set[int], test: Test) -> set[int]:
        """Those with whom so many share a value: each value by itself."""
        values = {row["member"]: row[by] for row in self.members}
        found = set[int]()
        for value in set(values.values()) - {None}:
            there = {key for key, own in values.items() if own == value}
            if self.compared(len(there & who), test):
                found |= there
        return found

    def jointly(self, asked: Jointly, everyone: set[int]) -> set[int]:
        """Those whose people's records, put on one heap, make such a number."""
        whose = everyone if asked.among is None else self.answer(asked.among)
        values = {row["member"]: row[asked.by] for row in self.members}
        of = (asked.aggregate.of,) if asked.aggregate.of else ()
        found = set[int]()
        for value in set(values.values()) - {None}:
            there = {key for key, own in values.items() if own == value}
            heap = [
                record
                for key in there & whose
                for record in self.records(asked.aggregate.records, of, key)
            ]
            number = self.made_of(asked.aggregate, heap)
            assert number is not None
            if self.compared(number, asked.test):
                found |= there
        return found

    def distant(self, distance: Distance) -> set[int]:
        """The angle between two directions from the middle of the earth, by their vectors."""
        place = self.shop.point(distance.place, distance.country)
        assert place is not None
        there, found = _direction(place.latitude, place.longitude), set()
        for row in self.members:
            north, east = row["krets_latitude"], row["krets_longitude"]
            if north is None or east is None:
                continue
            own = _direction(north, east)
            sine = hypot(*(own[i - 2] * there[i - 1] - own[i - 1] * there[i - 2] for i in range(3)))
            cosine = sum(a * b for a, b in zip(own, there, strict=True))
            if compared(6371.0088 * atan2(sine, cosine), distance.test):
                found.add(row["member"])
        return found

    def kept(self, audience: Audience) -> set[int]:
        """Whom a saved segment is of, or who is on a list."""
        held = self.shop.audiences.get(audience)
        if isinstance(held, Segment):
            assert held.definition is not None
            return self.answer(held.definition)
        assert held is not None
        found = set()
        for row in self.members:
            value = row["member" if held.field is None else held.field]
            if held.field is not None and value is not None:
                value = re.sub("[\\s\u200b-\u200f\u2060\ufeff]", "", value).lower()
            if value is not None and value in LISTS[held.table]:
                found.add(row["member"])
        return found

    def meets(self, value: date | None, window: Any) -> bool:
        """A member's own date in a window: a running day, week … year is whole."""
        if isinstance(window, Several):
            return any(self.meets(value, each) for each in window.windows)
        running = isinstance(window, Calendar) and window.offset == 0
        if value is not None and running and window.unit is not Unit.HOUR:
            day = value.date() if isinstance(value, datetime) else value
            return unit_start(day, window.unit) == unit_start(self.today, window.unit)
        return self.inside(value, window)

    def returns(self, value: date | None, windows: list[Any]) -> bool:
        """One of the next three centuries' anniversaries, each tried by itself."""
        if value is None:
            return False
        for year in range(value.year + 1, value.year + 300):
            leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
            kept = 28 if (value.month, value.day) == (2, 29) and not leap else value.day
            if any(self.meets(date(year, value.month, kept), window) for window in windows):
                return True
        return False

    def coming(self, window: Any) -> Any:
        """What has no year comes round on one of the next days: the first time it is not over."""
        span = isinstance(window, Span)
        end = window.start if span else window
        if not isinstance(end, Period) or end.year is not None or end.turn is not Turn.LATEST:
            return window
        if span and end.weekday is not None:
            return window
        for later in range(30 * 366):
            first, after = (span_days if span else period_days)(window, self.today + later * DAY)
            if after is None or after > self.today:
                return Span(first, None if after is None else after - DAY)
        return window  # what it ends with is over for good

    def lies(self, row: Row, window: Any) -> bool:
        """Whether a record lies in a window, of its member's own or the same for all."""
        if not isinstance(window, Near):
            return self.inside(row["at"], window)
        origin, name = window.anchor.origin, window.anchor.name
        if origin in (Origin.FIELD, Origin.YEARLY):
            own = [each[name] for each in self.members if each["member"] == row["member"]]
            return near(row["at"], own[0] if own else None, window)
        times = [record[0]["at"] for record in self.records(Records(name), (), row["member"])]
        end = min if origin is Origin.FIRST else max
        return near(row["at"], end((each for each in times if each), default=None), window)

    def inside(self, value: date | None, window: Any) -> bool:
        if value is None:
            return False
        if not isinstance(value, datetime):
            value = datetime.combine(value, time.min)
        return any(each.holds(value) for each in stretches(window, self.as_of))

    def passes(self, attribute: Attribute, value: Any, test: Test) -> bool:
        if value is None:
            return False
        match attribute.type:
            case Type.LIST if test.operator is Operator.KNOWN:
                return True
            case Type.LIST:
                return any(compared(each, test) for each in value if each is not None)
            case Type.AGE:
                passed = (self.today.month, self.today.day) >= (value.month, value.day)
                return compared(self.today.year - value.year - (not passed), test)
            case Type.TIME:
                return compared(value.date(), test)
            case Type.TEXT if attribute.role == "postal_code":
                return postal(value, test)
            case Type.TEXT if attribute.open and test.operator in {Operator.EQ, Operator.IN}:
                return value.lower() in {str(each).lower() for each in test.values}
            case Type.TEXT if attribute.ordered and test.operator is not Operator.KNOWN:
                places = tuple(attribute.codes.index(str(code)) for code in test.values)
                return compared(attribute.codes.index(value), Test(test.operator, places))
            case _:
                return compared(value, test)

    def compared(self, value: Any, test: Test) -> bool:
        return compared(value, test)

    def group(self, event: str, row: Row, by: str) -> Any:
        """Which group the row is in."""
        if by in self.shop.events[event].attributes or by == "record":
            return row[by]
        return unit_of(row["at"], by)

    def records(self, records: Records, of: tuple[str, ...], key: int) -> list[list[Row]]:
        """The member's records, each as the rows of it that pass: its parts, or itself."""
        event = self.shop.events[records.event]
        names = [*(each.attribute for each in records.filters), *of]
        spoken_of = [event.attributes[name] for name in names if name in event.attributes]
        by_part = any(
            each.path is None and each.part and each.role not in {"amount", "quantity"}
            for each in spoken_of
        )
        rows = self.part_rows(event.name) if by_part else self.own_rows(event.name)
        found: dict[Any, list[Row]] = {}
        for place, row in enumerate(rows):
            if row["member"] == key and self.included(row, records):
                found.setdefault(row["record"] if by_part else place, []).append(row)
        return list(found.values())

    def included(self, row: Row, records: Records) -> bool:
        event = self.shop.events[records.event]
        for each in records.filters:
            if each.attribute == "weekday" and "weekday" not in event.attributes:
                if (row["at"] is not None and row["at"].isoweekday() in each.test.values) == (
                    each.negated
                ):
                    return False
                continue
            if each.attribute == "hour" and "hour" not in event.attributes:
                at = row["at"]
                if (at is not None and int(f"{at:%H}") in each.test.values) == each.negated:
                    return False
                continue
            attribute = event.attributes[each.attribute]
            if self.passes(attribute, row[each.attribute], each.test) == each.negated:
                return False
        if records.window is not None and not self.lies(row, records.window):
            return False
        if self.ceiling is None or event.time is None:
            return True
        return row["at"] is not None and row["at"] < self.ceiling

    def number(
        self, aggregate: Aggregate, key: int, of: tuple[str, Any] | None = None
    ) -> Fraction | None:
        """The aggregate of a member, or of one group of their records; None where there is nothing
        to take it of."""
        event = self.shop.events[aggregate.records.event]
        names = tuple(name for name in (aggregate.of, of and of[0]) if name)
        found = self.records(aggregate.records, names, key)
        if of is not None:
            by, group = of
            rows = ([r for r in each if self.group(event.name, r, by) == group] for each in found)
            found = [kept for kept in rows if kept]
        return self.made_of(aggregate, found)

    def made_of(self, aggregate: Aggregate, found: list[list[Row]]) -> Fraction | None:
        """The number that records make."""
        event = self.shop.events[aggregate.records.event]
        if aggregate.kind is Kind.COUNT:
            return Fraction(len(found))
        name = str(aggregate.of)
        attribute = event.attributes.get(name)
        if aggregate.kind is Kind.DISTINCT:
            every = [row for record in found for row in record]
            seen = {row[name] if attribute else unit_of(row["at"], name) for row in every}
            return Fraction(len(seen - {None}))
        assert attribute is not None
        numbers = [n for record in found for n in self.worth(record, attribute)]
        match aggregate.kind:
            case Kind.SUM:
                return sum(numbers, Fraction(0))
            case Kind.AVERAGE:
                return sum(numbers, Fraction(0)) / len(numbers) if numbers else None
            case Kind.MINIMUM:
                return min(numbers, default=None)
            case _:
                return max(numbers, default=None)

    def scores(self, aggregate: Aggregate, everyone: set[int]) -> dict[int, int]:
        """From 1 to 5, of those who have such records: how many fifths of them have less."""
        found = {key: self.scored(aggregate, key) for key in everyone}
        numbers = {key: number for key, number in found.items() if number is not None}
        less = {key: sum(n < mine for n in numbers.values()) for key, mine in numbers.items()}
        return {key: 1 + 5 * below // len(numbers) for key, below in less.items()}

    def scored(self, aggregate: Aggregate, key: int) -> Any:
        """What a score goes by; None for members without such records."""
        names = (aggregate.of,) if aggregate.of else ()
        found = self.records(aggregate.records, names, key)
        if aggregate.kind is Kind.RECENCY:
            days = [row["at"].date() for record in found for row in record if row["at"]]
            return max(days, default=None)
        if not found:
            return None
        if aggregate.kind is Kind.FREQUENCY:
            return len(found)
        return self.number(replace(aggregate, kind=Kind.SUM), key)

    def worth(self, record: list[Row], attribute: Attribute) -> list[Fraction]:
        """The numbers of a record: a price is each part's own; an amount is the sum over the rows
        that pass; what only the record has is one."""
        known = [Fraction(row[attribute.name]) for row in record if row[attribute.name] is not None]
        if attribute.part and attribute.path is None and attribute.role is None:
            return known
        if not known:
            return []
        return [sum(known, Fraction(0))] if attribute.part else known[:1]

    def measured(self, aggregate: Aggregate, key: int, test: Test) -> bool:
        found = self.number(aggregate, key)
        return found is not None and compared(found, test)

    def edge(self, edge: Edge, key: int) -> bool:
        found = self.in_order(edge.records, edge.which, key)
        passed = [self.has(edge, row) for row in found]
        match edge.reach:
            case Reach.NTH:
                return passed[edge.number - 1 : edge.number] == [True]
            case Reach.ANY:
                return any(passed[: edge.number])
            case Reach.ALL:
                return len(found) >= edge.number and all(passed[: edge.number])

    def in_order(self, records: Records, which: Which, key: int) -> list[Row]:
        """The records with a time, a row of each, from the first or from the last on."""
        event = self.shop.events[records.event]
        found = [each[0] for each in self.records(records, (), key) if each[0]["at"]]
        found.sort(key=lambda row: (row["at"], *self.tie(event, row)))
        return found[::-1] if which is Which.LAST else found

    def tie(self, event: Event, row: Row) -> list[Any]:
        """What tells records of one time apart: their key, or else their values, unknown first."""
        if event.record:
            return [row["record"]]
        names = [name for name, each in event.attributes.items() if each.type is not Type.LIST]
        known = ((row[name] is not None, row[name]) for name in names)
        return [each if each[0] else (False, 0) for each in known]

    def has(self, edge: Edge, chosen: Row) -> bool:
        """Whether the record lies in the window and would be found by what it has to have."""
        if edge.when is not None and not self.lies(chosen, edge.when):
            return False
        event = edge.records.event
        if not self.shop.events[event].record:
            return self.included(chosen, Records(event, edge.having))
        having = self.records(Records(event, edge.having), (), chosen["member"])
        return any(record[0]["record"] == chosen["record"] for record in having)

    def rank(self, rank: Rank, everyone: set[int]) -> set[int]:
        among = everyone if rank.among is None else self.answer(rank.among)
        if rank.within is None:
            return self.ranked(rank, among)
        values = {row["member"]: row[rank.within] for row in self.members}
        parts = {values[key] for key in among} - {None}
        return set[int]().union(
            *(self.ranked(rank, {k for k in among if values[k] == part}) for part in parts)
        )

    def ranked(self, rank: Rank, among: set[int]) -> set[int]:
        records, of = rank.aggregate.records, rank.aggregate.of
        scores = {
            key: score
            for key in among
            if self.records(records, (of,) if of else (), key)
            and (score := self.number(rank.aggregate, key)) is not None
        }
        chosen = set()
        for key, score in scores.items():
            better = [
                s for s in scores.values() if (s > score if rank.side is Side.TOP else s < score)
            ]
            place, amount = len(better) + 1, Fraction(rank.amount)
            if 100 * (place - 1) < amount * len(scores) if rank.percent else place <= amount:
                chosen.add(key)
        return chosen


def postal(code: str, test: Test) -> bool:
    """Without spaces; what is in order has the same length."""
    code, values = code.replace(" ", ""), tuple(str(v).replace(" ", "") for v in test.values)
    ordered = test.operator in {
        *(Operator.LT, Operator.LE, Operator.GT, Operator.GE, Operator.BETWEEN)
    }
    if ordered and len(code) != len(values[0]):
        return False
    if test.operator in {Operator.EQ, Operator.IN}:
        return code.lower() in {value.lower() for value in values}
    return compared(code, Test(test.operator, values))


def compared(value: Any, test: Test) -> bool:
    """The test on one known value."""
    values: tuple[Any, ...] = tuple(
        Fraction(each) if isinstance(each, int | Decimal) and not isinstance(each, bool) else each
        for each in test.values
    )
    match test.operator:
        case Operator.KNOWN:
            return True
        case Operator.EQ | Operator.IN:
            return value in values
        case Operator.LT:
            return bool(value < values[0])
        case Operator.LE:
            return bool(value <= values[0])
        case Operator.GT:
            return bool(value > values[0])
        case Operator.GE:
            return bool(value >= values[0])
        case Operator.BETWEEN:
            return bool(values[0] <= value <= values[1])
        case Operator.CONTAINS:
            return values[0].lower() in value.lower()
        case Operator.STARTS:
            return bool(value.lower().startswith(values[0].lower()))
        case Operator.ENDS:
            return bool(value.lower().endswith(values[0].lower()))


def unit_of(moment: datetime | None, unit: str) -> tuple[int, ...] | None:
    """What tells one calendar unit from another."""
    if moment is None:
        return None
    return {
        "hour": (moment.year, moment.month, moment.day, moment.hour),
        "day": (moment.year, moment.month, moment.day),
        "week": moment.isocalendar()[:2],
        "month": (moment.year, moment.month),
        "quarter": (moment.year, (moment.month - 1) // 3),
        "year": (moment.year,),
    }[unit]


def _direction(north: float, east: float) -> tuple[float, float, float]:
    latitude, longitude = radians(north), radians(east)
    return (cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude))
