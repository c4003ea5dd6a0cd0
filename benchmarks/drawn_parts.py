"""What conditions are made of, drawn from a shop by a seed: records, numbers, tests and windows.

In: a catalogue, the words of its values and a seed. Out: the parts that `benchmarks.definitions`
puts into definitions; `check` has not seen them yet. Start at `Parts`.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TypeVar

from segments.catalogue import Attribute, Catalogue, Event, Spoken, Type
from segments.definition import (
    EXISTS,
    HOUR,
    WEEKDAY,
    Aggregate,
    Ago,
    Anchor,
    Calendar,
    Filter,
    Fixed,
    Kind,
    Near,
    Operator,
    Origin,
    Period,
    Records,
    Rolling,
    Several,
    Span,
    Test,
    Turn,
    Unit,
    Whole,
    Window,
    Within,
)
from segments.feasts import SEASONS

ODD = ("50 % off", "d'Or", "and", "not", "7", "A/B", "Über-Å", "last week", "x")
PIECES = ("an", "Nord", "0", "@example.com", "25 %", "not")
ORDER = (Operator.LT, Operator.LE, Operator.GT, Operator.GE, Operator.BETWEEN)
COMPARED = (Operator.EQ, Operator.LT, Operator.LE, Operator.GT, Operator.GE)
TEXTS = (Operator.CONTAINS, Operator.STARTS, Operator.ENDS)
ADDED = frozenset({Type.NUMBER, Type.MONEY})
CALENDAR = (Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR)
T = TypeVar("T")
FIRST, LAST = date(2023, 1, 1), date(2026, 12, 31)


class Parts:
    """Draws what the conditions of one shop are made of."""

    def __init__(self, catalogue: Catalogue, spoken: Sequence[Spoken], seed: int) -> None:
        self.catalogue = catalogue
        self.random = Random(seed)
        self.codes: dict[str, list[str]] = {}
        for word in spoken:
            codes = self.codes.setdefault(word.owner, [])
            codes.append(word.code)
        self.codes = {owner: list(dict.fromkeys(codes)) for owner, codes in self.codes.items()}

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
        if event.time is not None and self._once_in(15):
            start, length = self.random.randrange(24), self.random.randint(1, 12)
            hours = sorted((start + hour) % 24 for hour in range(length))
            test = Test(Operator.EQ if len(hours) == 1 else Operator.IN, tuple(hours))
            filters = (*filters, Filter(HOUR, test, self._once_in(4)))
        timed = windows and event.time is not None and self._once_in(2)
        return Records(event.name, filters, self._some_time() if timed else None)

    def _some_time(self) -> Window:
        """A window; around a date of the member's own where the shop has one."""
        dated = [
            f for f in self.catalogue.fields.values() if f.role in ("registered", "birth_date")
        ]
        if not dated or not self._once_in(5):
            return self._window(past=True)
        field = self._one(dated)
        born = field.role == "birth_date" or self._once_in(5)
        anchor = Anchor(Origin.YEARLY if born else Origin.FIELD, field.name)
        if self._once_in(4):
            return Near(anchor, whole=self._one([Unit.DAY, Unit.WEEK, Unit.MONTH]))
        within = Within(self._one([1, 2, 7, 14, 30]), self._one([Unit.DAY, Unit.WEEK]))
        distance = None if not born and self._once_in(3) else within
        return Near(anchor, distance, before=self._once_in(2))

    def _aggregate(self) -> Aggregate:
        event = self._event()
        return self._aggregate_of(event, self._records(event))

    def _aggregate_of(self, event: Event, records: Records) -> Aggregate:
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

    def _window(self, *, past: bool = False) -> Fixed:
        kinds: tuple[Callable[[], Fixed], ...] = (
            self._rolling,
            lambda: Calendar(self._one(CALENDAR), self.random.randint(-3, 0 if past else 1)),
            self._period,
            self._span,
            self._ago,
            self._named,
            self._several,
            lambda: Whole(self._one([2, 3, 6, 12]), self._one(CALENDAR)),
        )
        return self.random.choices(kinds, (6, 3, 3, 2, 3, 1, 1, 1))[0]()

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
