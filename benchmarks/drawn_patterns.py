"""How records stand to each other, drawn by a seed: compared, shared, in groups, favourites.

Each is drawn as somebody could mean it: a part of a whole is more closely described than the whole,
and numbers that are compared differ in when or in what. Start at `Patterns`.
"""

from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from benchmarks.drawn_parts import ADDED, COMPARED, ORDER, Parts
from segments.catalogue import Attribute, Event, Type
from segments.definition import (
    EXISTS,
    RECORD,
    Aggregate,
    Audience,
    Comparison,
    Condition,
    Distance,
    Favourite,
    Field,
    Filter,
    Grouped,
    Jointly,
    Kind,
    Measure,
    Middle,
    Norm,
    Operator,
    Records,
    Share,
    Source,
    Test,
    Unit,
    exists,
)

UNITS = (Unit.DAY, Unit.WEEK, Unit.MONTH)
NONE = Test(Operator.EQ, (0,))


class Patterns(Parts):
    """Draws conditions on several records of one member, and named audiences."""

    def _comparison(self) -> Condition:
        left = self._aggregate()
        times = self._one((1, 1, 1, 2, 3))
        return Comparison(left, self._one(COMPARED), self._other(left), times)

    def _norm(self) -> Condition:
        times = self._one((1, 1, 1, 2, 3))
        return Norm(self._one(tuple(Middle)), self._aggregate(), self._one(COMPARED), times)

    def _other(self, one: Aggregate) -> Aggregate:
        """A number of the same kind: of another time, of other records, or of another event."""
        records = one.records
        event = self.catalogue.events[records.event]
        if event.time is not None and self._once_in(2):
            return replace(one, records=replace(records, window=self._window(past=True)))
        if one.kind is Kind.COUNT and self._once_in(2):
            return replace(one, records=self._records(self._event()))
        return replace(one, records=self._records(event))

    def _share(self) -> Condition:
        """What is so of all of them: of what was done, of what was spent, of what was bought."""
        whole = self._aggregate()
        event = self.catalogue.events[whole.records.event]
        more = self._records(event, windows=False).filters
        taken = {one.attribute for one in whole.records.filters}
        more = tuple(one for one in more if one.attribute not in taken)
        if not more or whole.kind not in (Kind.COUNT, Kind.SUM, Kind.DISTINCT):
            return self._share()
        closer = replace(whole.records, filters=(*whole.records.filters, *more))
        operator = self._one([Operator.GE, Operator.GE, *COMPARED, Operator.BETWEEN])
        test = self._compared(operator, lambda: self.random.choice((5, 10, 25, 30, 50, 75, 80)))
        return Share(replace(whole, records=closer), whole, test)

    def _grouped(self) -> Condition:
        """Groups of one event's records in which something holds."""
        event = self._one([e for e in self.catalogue.events.values() if e.time or e.record])
        ways = [each.name for each in event.attributes.values() if _single(each)]
        ways = [self._one(ways)] if ways else []
        ways += [unit.value for unit in UNITS] if event.time is not None else []
        ways += [RECORD] * 4 if event.record else []
        by = self._one(ways)
        base = self._records(event)
        base = replace(base, filters=tuple(f for f in base.filters if f.attribute != by))
        having = self._held(event, base, by)
        test = EXISTS if not self._once_in(4) else Test(Operator.GE, (self._one((2, 3)),))
        return Grouped(by, having, test)

    def _held(self, event: Event, base: Records, by: str) -> tuple[Measure, ...]:
        """One number of a group, two things that are both in it, or one that another is not in."""
        shape = self.random.choices(("number", "both", "without"), (5, 3, 2))[0]
        of_parts = [a for a in event.attributes.values() if a.part is not None and not a.values]
        if shape != "number" and by in (RECORD, "day", "month") and of_parts:
            one = self._one(of_parts)
            codes = self.codes.get(f"{event.name}.{one.name}", [])
            if len(codes) > 1 and one.type is Type.TEXT:
                first, second = self.random.sample(codes, 2)
                plain = tuple(f for f in base.filters if f.attribute != one.name)
                there, also = (
                    replace(base, filters=(*plain, Filter(one.name, Test(Operator.EQ, (code,)))))
                    for code in (first, second)
                )
                if shape == "both":
                    return (exists(there), exists(also))
                return (exists(there), Measure(Aggregate(Kind.COUNT, also), NONE))
        aggregate = self._aggregate_of(event, base)
        operator = self._one((Operator.GE, Operator.GE, Operator.GT, Operator.EQ))
        kind = self._number_of(aggregate)
        test = self._compared(operator, lambda: self._number(kind))
        if kind is Type.NUMBER and test == EXISTS:
            test = Test(Operator.GE, (2,))
        return (Measure(aggregate, test),)

    def _favourite(self) -> Condition:
        events = self.catalogue.events.values()
        event = self._one([e for e in events if any(map(_named, e.attributes.values()))])
        of = self._one([each for each in event.attributes.values() if _named(each)])
        test = self._text_test(f"{event.name}.{of.name}", of)
        records = self._records(event)
        filters = tuple(one for one in records.filters if one.attribute != of.name)
        numbers = [one.name for one in event.attributes.values() if one.type in ADDED]
        by = self._one(numbers) if numbers and self._once_in(4) else None
        return Favourite(replace(records, filters=filters), of.name, test, by)

    @property
    def kept(self) -> list[Audience]:
        """The segments and lists that can be named."""
        kept = self.catalogue.audiences
        named = [Audience(Source.SEGMENT, each.name) for each in kept.segments.values()]
        return named + [Audience(Source.LIST, each.name) for each in kept.lists.values()]

    @cached_property
    def places(self) -> list[tuple[str, str | None]]:
        """The shop's own places, and towns with their country."""
        if self.catalogue.gazetteer.by is None:
            return []
        towns = {town for named in self.catalogue.gazetteer.called.values() for town in named}
        own = [(name, None) for name in self.catalogue.places]
        return [*own, *sorted((town.name, town.country) for town in towns)]

    def _distance(self) -> Condition:
        operator = self._one(ORDER)
        drawn = (self._one((1, 5, 10, 25, 50, 100, 250)), self._one((7.5, 16.09344, 80.4672)))
        low, high = sorted(Decimal(str(each)) for each in drawn)
        ends = [int(each) if each == int(each) else each for each in (low, high)]
        values = tuple(ends) if operator is Operator.BETWEEN else (self._one(ends),)
        return Distance(*self._one(self.places), Test(operator, values))

    @cached_property
    def company(self) -> str | None:
        """The field that tells who works at the same company."""
        fields = map(self.catalogue.field_by_role, ("company_key", "company"))
        return next((field.name for field in fields if field is not None), None)

    def _jointly(self) -> Condition:
        """A number of what the people at a company have done together, all or some of them."""
        aggregate = self._aggregate()
        if aggregate.kind not in (Kind.COUNT, Kind.SUM, Kind.DISTINCT):
            return self._jointly()
        plain = aggregate.kind is Kind.COUNT
        test = (
            EXISTS if plain and self._once_in(3) else self._number_test(self._number_of(aggregate))
        )
        roles = ("job_role", "decision_role", "city", "country")
        fields = [field for role in roles if (field := self.catalogue.field_by_role(role))]
        field = self._one(fields) if fields and self._once_in(3) else None
        among = Field(field.name, self._text_test(field.name, field)) if field else None
        return Jointly(self.company or "", aggregate, test, among)

    def _audience(self) -> Condition:
        return self._one(self.kept)


def _single(attribute: Attribute) -> bool:
    return attribute.type is not Type.LIST and not (attribute.of_both or attribute.additive)


def _named(attribute: Attribute) -> bool:
    """Whether its values are words, and each record has one of them."""
    return attribute.type is Type.TEXT and _single(attribute)
