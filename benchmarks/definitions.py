"""Definitions drawn from a shop by a seed: every kind of condition, test, window and group.

In: a catalogue, the words of its values and a seed. Out: definitions that `check` lets through and
that somebody could match. The same seed gives the same definitions. Start at `Drawer`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TypeVar

from assistant.grammar.sense import contradicts
from segments.catalogue import Attribute, Catalogue, Event, Spoken, Type
from segments.check import check
from segments.definition import (
    EXISTS,
    WEEKDAY,
    Aggregate,
    Ago,
    Ahead,
    All,
    Anniversary,
    Any,
    Calendar,
    Condition,
    DateField,
    Edge,
    Field,
    Filter,
    Gap,
    Kind,
    Measure,
    Not,
    Operator,
    Overdue,
    Period,
    Rank,
    Reach,
    Records,
    Rolling,
    Several,
    Side,
    Span,
    Step,
    Test,
    Turn,
    Unit,
    Which,
    Window,
    Within,
    exists,
    leaves,
)
from segments.definition import Sequence as InOrder
from segments.feasts import SEASONS
from segments.rewrites import simplify

ODD = ("50 % off", "d'Or", "and", "not", "7", "A/B", "Über-Å", "last week", "x")
PIECES = ("an", "Nord", "0", "@example.com", "25 %", "not")
ORDER = (Operator.LT, Operator.LE, Operator.GT, Operator.GE, Operator.BETWEEN)
TEXTS = (Operator.CONTAINS, Operator.STARTS, Operator.ENDS)
ADDED = frozenset({Type.NUMBER, Type.MONEY})
CALENDAR = (Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR)
T = TypeVar("T")
MOST_LEAVES = 5
FIRST, LAST = date(2023, 1, 1), date(2026, 12, 31)


def size(condition: Condition) -> int:
    """How many leaves there are, those that a ranking is made among too."""
    inner = [leaf.among for leaf in leaves(condition) if isinstance(leaf, Rank) and leaf.among]
    return len(leaves(condition)) + sum(map(size, inner))


class Drawer:
    """Draws the definitions of one shop."""

    def __init__(self, catalogue: Catalogue, spoken: Sequence[Spoken], seed: int) -> None:
        self.catalogue = catalogue
        self.random = Random(seed)
        self.codes: dict[str, list[str]] = {}
        for word in spoken:
            codes = self.codes.setdefault(word.owner, [])
            codes.append(word.code)
        self.codes = {owner: list(dict.fromkeys(codes)) for owner, codes in self.codes.items()}

    def definitions(self, count: int) -> Iterator[Condition]:
        """So many definitions, of one leaf to five."""
        given = 0
        while given < count:
            count_of = self.random.choices((1, 2, 3, 4, 5), (40, 30, 16, 9, 5))[0]
            drawn = self._tree(count_of, depth=3)
            if size(drawn) > MOST_LEAVES or check(drawn, self.catalogue):
                continue
            if not contradicts(simplify(drawn), self.catalogue):
                yield drawn
                given += 1

    # --- groups

    def _tree(self, leaves: int, depth: int) -> Condition:
        if leaves == 1 or depth == 0:
            leaf = self._leaf()
            return Not(leaf) if self._once_in(5) else leaf
        if leaves == 2 and self._once_in(12):
            return self._only()
        parts = self.random.randint(2, min(leaves, 3))
        sizes = self._shares(leaves, parts)
        inner = tuple(self._tree(size, depth - 1) for size in sizes)
        group: Condition = All(inner) if self.random.random() < 0.6 else Any(inner)
        return Not(group) if self._once_in(12) else group

    def _shares(self, total: int, parts: int) -> list[int]:
        sizes = [1] * parts
        for _ in range(total - parts):
            sizes[self.random.randrange(parts)] += 1
        return sizes

    def _only(self) -> Condition:
        """Some records that are so, and none that are otherwise."""
        records = self._records(self._event())
        if not records.filters:
            return self._only()
        first, *others = records.filters
        turned = (replace(first, negated=not first.negated), *others)
        return All((exists(records), Not(exists(replace(records, filters=turned)))))

    # --- leaves

    def _leaf(self) -> Condition:
        kinds: tuple[tuple[Callable[[], Condition], int], ...] = (
            (self._field, 30),
            (self._date_field, 8),
            (self._anniversary, 4),
            (self._measure, 44),
            (self._edge, 10),
            (self._rank, 8),
            (self._gap, 4),
            (self._overdue, 3),
            (self._followed, 6),
        )
        draw = self.random.choices([kind for kind, _ in kinds], [weight for _, weight in kinds])[0]
        return draw()

    def _field(self) -> Condition:
        field = self._one(list(self.catalogue.fields.values()))
        return Field(field.name, self._test(field.name, field))

    def _date_field(self) -> Condition:
        """A birth date lies in years, or between days: relative to today it is said as an age."""
        fields = self.catalogue.fields.values()
        dated = [f for f in fields if f.type in (Type.DATE, Type.TIME)]
        if not dated:
            return self._field()
        field = self._one(dated)
        if field.role != "birth_date":
            return DateField(field.name, self._window(past=True))
        year = Period(year=self.random.randint(1940, 2010))
        return DateField(field.name, self._span() if self._once_in(2) else year)

    def _anniversary(self) -> Condition:
        dated = [f for f in self.catalogue.fields.values() if f.type in (Type.DATE, Type.TIME)]
        if not dated:
            return self._field()
        shapes: tuple[Callable[[], Window], ...] = (
            lambda: Calendar(self._one([Unit.WEEK, Unit.MONTH]), self.random.randint(-1, 1)),
            lambda: Calendar(Unit.DAY, self.random.randint(-1, 1)),
            lambda: Period(month=self.random.randint(1, 12)),
            lambda: Ahead(Test(Operator.LE, (self._one([7, 14, 30, 90]),)), Unit.DAY),
            lambda: Rolling(self._one([7, 14, 30]), Unit.DAY),
        )
        return Anniversary(self._one(dated).name, self._one(shapes)())

    def _measure(self) -> Condition:
        if self._once_in(2):
            return exists(self._records(self._event()))
        aggregate = self._aggregate()
        return Measure(aggregate, self._number_test(self._number_of(aggregate)))

    def _edge(self) -> Condition:
        timed = [event for event in self.catalogue.events.values() if event.time is not None]
        records = self._records(self._one(timed), windows=False)
        when = self._window(past=True)
        if isinstance(when, Several):
            return self._edge()  # a first or last in one of several is several conditions
        which = self._one(list(Which))
        return self._chosen(which) if self._once_in(3) else Edge(which, records, when)

    def _chosen(self, which: Which) -> Edge:
        """What the nth has, or all or any of the first or last few; among those of a time too."""
        events = self.catalogue.events.values()
        event = self._one([event for event in events if event.time and event.attributes])
        having = self._records(event, windows=False).filters
        if not having:
            return self._chosen(which)
        filters = self._records(event, windows=False).filters if self._once_in(3) else ()
        window = self._window(past=True) if self._once_in(6) else None
        number, reach = self._one((1, 2, 2, 3, 3, 5)), self._one(list(Reach))
        among = Records(event.name, filters, window)
        return Edge(which, among, None, having, number, reach if number > 1 else Reach.NTH)

    def _rank(self) -> Condition:
        percent = self._once_in(2)
        amounts: list[int | Decimal] = [1, 5, 10, 20, 25, 50]
        amounts += [Decimal("2.5")] if percent else [100, 1500]
        among = self._tree(self.random.randint(1, 2), 1) if self._once_in(3) else None
        return Rank(self._one(list(Side)), self._one(amounts), percent, self._aggregate(), among)

    def _gap(self) -> Condition:
        kind = self._one((Kind.AVERAGE, Kind.MINIMUM, Kind.MAXIMUM))
        test = self._compared(self._one(ORDER), lambda: self.random.randint(2, 200))
        return Gap(kind, self._records(self._timed()), test)

    def _overdue(self) -> Condition:
        return Overdue(self._records(self._timed()), self._one((1, 1, 2, 3)))

    def _followed(self) -> Condition:
        """One thing and then another. Where the first or last begins it, nothing is said of that,
        since it could be said of the first of all or of those; nor when, which is asked."""
        start = self._records(self._timed(), windows=False)
        unit = self._one((Unit.HOUR, Unit.DAY, Unit.DAY, Unit.WEEK, Unit.MONTH))
        within = Within(self._one((1, 3, 7, 24, 30)), unit) if self._once_in(2) else None
        before, absent = self._once_in(4), self._once_in(3)
        records = self._records(self._timed(), windows=False)
        step = Step(records, within, before=before, absent=absent)
        which = None if start.filters else self._one((None, None, *Which))
        return InOrder(start, (step,), which)

    # --- records

    def _timed(self) -> Event:
        """An event with a time; that they registered may be said of customers too."""
        events = self.catalogue.events.values()
        return self._one([e for e in events if e.time is not None and e.role != "registration"])

    def _event(self) -> Event:
        return self._one(list(self.catalogue.events.values()))

    def _records(self, event: Event, *, windows: bool = True) -> Records:
        count = self.random.choices((0, 1, 2), (45, 40, 15))[0] if event.attributes else 0
        chosen = self.random.sample(
            list(event.attributes.values()), min(count, len(event.attributes))
        )
        filters = tuple(
            Filter(one.name, self._test(f"{event.name}.{one.name}", one), self._once_in(8))
            for one in chosen
        )
        if event.time is not None and self._once_in(15):
            days = sorted(self.random.sample(range(1, 8), self.random.randint(1, 2)))
            test = Test(Operator.EQ if len(days) == 1 else Operator.IN, tuple(days))
            filters = (*filters, Filter(WEEKDAY, test, self._once_in(4)))
        timed = windows and event.time is not None and self._once_in(2)
        return Records(event.name, filters, self._window(past=True) if timed else None)

    def _aggregate(self) -> Aggregate:
        event = self._event()
        records = self._records(event)
        numbers = [one.name for one in event.attributes.values() if one.type in ADDED]
        kinds = (
            Kind.COUNT,
            Kind.DISTINCT,
            *((Kind.SUM, Kind.AVERAGE, Kind.MINIMUM, Kind.MAXIMUM) if numbers else ()),
        )
        kind = self.random.choices(kinds, (6, 2, 5, 3, 1, 1)[: len(kinds)])[0]
        if kind is Kind.COUNT:
            return Aggregate(kind, records)
        if kind is not Kind.DISTINCT:
            return Aggregate(kind, records, self._one(numbers))
        units = [unit.value for unit in CALENDAR] if event.time is not None else []
        single = [one.name for one in event.attributes.values() if one.type is not Type.LIST]
        return (
            Aggregate(kind, records, self._one(units + single))
            if units + single
            else Aggregate(Kind.COUNT, records)
        )

    def _number_of(self, aggregate: Aggregate) -> Type:
        attributes = self.catalogue.events[aggregate.records.event].attributes
        plain = aggregate.kind in (Kind.COUNT, Kind.DISTINCT)
        return Type.NUMBER if plain else attributes[aggregate.of or ""].type

    # --- tests

    def _number_test(self, kind: Type) -> Test:
        operator = self._one([Operator.EQ, *ORDER, Operator.GE, Operator.GE, Operator.GT])
        if kind is Type.NUMBER and (operator, 1) == (EXISTS.operator, 1):
            return Test(operator, (self.random.randint(2, 12),))
        return self._compared(operator, lambda: self._number(kind))

    def _number(self, kind: Type) -> int | Decimal:
        if kind is Type.MONEY:
            whole = self._one([50, 100, 250, 500, 800, 1000, 1500, 2500, 12500, 1000000])
            return (
                whole
                if self._once_in(2)
                else Decimal(whole) + self._one([Decimal("0.5"), Decimal("0.99"), Decimal(25)])
            )
        return self.random.randint(1, 40)

    def _test(self, owner: str, attribute: Attribute) -> Test:
        if self._once_in(12):
            return Test(Operator.KNOWN)
        match attribute.type:
            case Type.TEXT | Type.LIST:
                return self._text_test(owner, attribute)
            case Type.NUMBER | Type.MONEY:
                if self._once_in(10):
                    numbers = tuple({self._number(attribute.type): None for _ in range(2)})
                    return Test(Operator.IN if len(numbers) > 1 else Operator.EQ, numbers)
                return self._compared(
                    self._one([Operator.EQ, *ORDER]), lambda: self._number(attribute.type)
                )
            case Type.AGE:
                return self._compared(
                    self._one([Operator.EQ, *ORDER]), lambda: self.random.randint(16, 90)
                )
            case Type.DATE | Type.TIME:
                return self._compared(self._one(list(ORDER)), self._day)
            case Type.YES_NO:
                return Test(Operator.EQ, (self._once_in(2),))

    def _text_test(self, owner: str, attribute: Attribute) -> Test:
        if attribute.ordered and self._once_in(2):
            places = sorted(self.random.sample(range(len(attribute.codes)), 2))
            operator = self._one(list(ORDER))
            ends = places if operator is Operator.BETWEEN else places[:1]
            return Test(operator, tuple(attribute.codes[place] for place in ends))
        if attribute.values == () and self._once_in(6):
            return Test(self._one(list(TEXTS)), (self._one(list(PIECES)),))
        codes = list(attribute.codes) or self.codes.get(owner, []) or list(ODD)
        if not attribute.values and self._once_in(20):
            codes = list(ODD)
        count = min(self.random.choices((1, 2, 3), (8, 2, 1))[0], len(codes))
        chosen = tuple(self.random.sample(codes, count))
        return Test(Operator.EQ if count == 1 else Operator.IN, chosen)

    def _compared(self, operator: Operator, draw: Callable[[], int | Decimal | date]) -> Test:
        if operator is not Operator.BETWEEN:
            return Test(operator, (draw(),))
        low, high = draw(), draw()
        if low == high:
            return self._compared(operator, draw)
        return Test(operator, (low, high) if low < high else (high, low))  # type: ignore[operator]

    # --- windows

    def _window(self, *, past: bool = False) -> Window:
        kinds: tuple[Callable[[], Window], ...] = (
            self._rolling,
            lambda: Calendar(self._one(CALENDAR), self.random.randint(-3, 0 if past else 1)),
            self._period,
            self._span,
            self._ago,
            self._named,
            self._several,
        )
        return self.random.choices(kinds, (6, 3, 3, 2, 3, 1, 1))[0]()

    def _several(self) -> Several:
        """Two parts of time of one kind, each with its year."""
        month, other = self.random.sample(range(1, 13), 2)
        years = self._one([(2024, 2025), (2025, 2025)])
        return Several((Period(years[0], month=month), Period(years[1], month=other)))

    def _named(self) -> Period:
        """A season, a feast, a weekday or a day of the year."""
        year = self._one([None, 2024, 2025])
        shapes: tuple[Callable[[], Period], ...] = (
            lambda: Period(named=self._one(list(SEASONS)), year=year),
            lambda: Period(named=self._one(list(SEASONS)), turn=Turn.OVER),
            lambda: Period(named="easter", year=year),
            lambda: Period(weekday=self.random.randint(1, 7)),
            lambda: Period(month=self.random.randint(1, 12), day=self.random.randint(1, 28)),
        )
        return self._one(shapes)()

    def _rolling(self) -> Rolling:
        unit = self._one([Unit.HOUR, *CALENDAR, *CALENDAR])
        return Rolling(self._one([1, 2, 3, 6, 7, 12, 18, 30, 90]), unit)

    def _period(self) -> Period:
        year = self._one([None, 2024, 2025, 2026])
        shapes: tuple[Callable[[], Period], ...] = (
            lambda: Period(year=year or 2025),
            lambda: Period(year=year, half=self.random.randint(1, 2)),
            lambda: Period(year=year, quarter=self.random.randint(1, 4)),
            lambda: Period(year=year, month=self.random.randint(1, 12)),
            lambda: Period(year=year, week=self.random.randint(1, 52)),
        )
        return self._one(shapes)()

    def _span(self) -> Span:
        start, end = sorted((self._day(), self._day()))
        shape = self._one(["both", "since", "until"])
        return Span(None if shape == "until" else start, None if shape == "since" else end)

    def _ago(self) -> Ago:
        operator = self._one(list(ORDER))
        test = self._compared(operator, lambda: self._one([2, 3, 6, 14, 30, 60, 180, 365]))
        return Ago(test, self._one([Unit.DAY, Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR]))

    def _day(self) -> date:
        return FIRST + timedelta(days=self.random.randrange((LAST - FIRST).days))

    def _one(self, choices: Sequence[T]) -> T:
        return self.random.choice(choices)

    def _once_in(self, times: int) -> bool:
        return self.random.randrange(times) == 0
