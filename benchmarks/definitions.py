"""Definitions drawn from a shop by a seed: every kind of condition, test, window and group.

In: a catalogue, the words of its values and a seed. Out: definitions that `check` lets through and
that somebody could match. The same seed gives the same definitions. Start at `Drawer`.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from assistant.grammar.sense import contradicts
from benchmarks.drawn_parts import ORDER
from benchmarks.drawn_patterns import Patterns
from segments.catalogue import Attribute, Type
from segments.check import check
from segments.closeness import features
from segments.definition import (
    EXISTS,
    Ahead,
    All,
    Anniversary,
    Any,
    Calendar,
    Condition,
    DateField,
    Edge,
    Extent,
    Field,
    Fixed,
    Followed,
    Gap,
    Kind,
    Measure,
    Not,
    Operator,
    Overdue,
    People,
    Period,
    Rank,
    Reach,
    Records,
    Rolling,
    Several,
    Side,
    Similar,
    Step,
    Test,
    Unit,
    Which,
    Within,
    exists,
    inner_of,
    leaves,
)
from segments.definition import Sequence as InOrder
from segments.rewrites import simplify
from segments.thresholds import holds

MOST_LEAVES = 5


def size(condition: Condition) -> int:
    """How many leaves there are, those that others are chosen among or held against too."""
    inner = [each for leaf in leaves(condition) for each in inner_of(leaf)]
    return len(leaves(condition)) + sum(map(size, inner))


class Drawer(Patterns):
    """Draws the definitions of one shop."""

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
            (self._answered, 3),
            (self._comparison, 4),
            (self._norm, 4),
            (self._share, 4),
            (self._grouped, 5),
            (self._favourite, 3),
            (self._audience, 3 if self.kept else 0),
            (self._distance, 3 if self.places else 0),
            (self._people, 3 if self.company else 0),
            (self._jointly, 3 if self.company else 0),
            (self._similar, 3 if features(self.catalogue) else 0),
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
            return DateField(field.name, self._dated(field))
        year = Period(year=self.random.randint(1940, 2010))
        return DateField(field.name, self._span() if self._once_in(2) else year)

    def _dated(self, field: Attribute) -> Fixed:
        """A time; with its year where it is no record of what was done, since it may lie ahead."""
        window = self._window(past=True)
        ahead = field.role != "registered"
        return (
            self._dated(field)
            if ahead and isinstance(window, Period) and not window.year
            else window
        )

    def _anniversary(self) -> Condition:
        dated = [f for f in self.catalogue.fields.values() if f.type in (Type.DATE, Type.TIME)]
        if not dated:
            return self._field()
        shapes: tuple[Callable[[], Fixed], ...] = (
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
        side, amount, aggregate = self._one(list(Side)), self._one(amounts), self._aggregate()
        within = self._one(self._parted()) if self._once_in(4) else None
        return Rank(side, amount, percent, aggregate, among, within)

    def _similar(self) -> Condition:
        """Those most like a group, of all or of others."""
        group = self._tree(self.random.randint(1, 2), 1)
        among = self._tree(self.random.randint(1, 2), 1) if self._once_in(3) else None
        extent = self._one(list(Extent))
        amounts: dict[Extent, tuple[int | Decimal, ...]] = {
            Extent.MEMBERS: (1, 20, 500),
            Extent.PERCENT: (1, Decimal("2.5"), 10),
            Extent.TIMES: (1, 2, 5),
        }
        return Similar(group, self._one(amounts[extent]), extent, among)

    def _people(self) -> Condition:
        """How many at a company are so, or have done so."""
        who = self._field() if self._once_in(2) else self._measure()
        test = self._one((EXISTS, Test(Operator.EQ, (0,)), self._number_test(Type.NUMBER)))
        return People(self.company or "", Not(who) if self._once_in(5) else who, test)

    def _parted(self) -> list[str]:
        """Fields of which each member has one value, of not too many."""
        fields = self.catalogue.fields.values()
        return [each.name for each in fields if each.type is Type.TEXT and each.codes] + [
            each.name for each in fields if each.role in ("city", "country", "region")
        ]

    def _gap(self) -> Condition:
        kind = self._one((Kind.AVERAGE, Kind.MINIMUM, Kind.MAXIMUM))
        test = self._compared(self._one(ORDER), lambda: self.random.randint(2, 200))
        return Gap(kind, self._records(self._timed()), test)

    def _overdue(self) -> Condition:
        return Overdue(self._records(self._timed()), self._one((1, 1, 2, 3)))

    def _answered(self) -> Condition:
        """How many of the last few had another after them; no filters on these, which could be said
        of the last of all or of those alone."""
        records = replace(self._records(self._timed(), windows=False), filters=())
        within = Within(self._one((1, 3, 7, 30)), Unit.DAY) if self._once_in(2) else None
        step = Step(self._records(self._timed(), windows=False), within, before=self._once_in(4))
        number = self.random.randint(2, 10)
        operators = iter(lambda: self._one((*ORDER, Operator.EQ)), None)
        tests = (self._compared(each, lambda: self.random.randint(1, number)) for each in operators)
        # What none or all of them pass, as "more than 3 of 3", is refused where it is read.
        test = next(each for each in tests if len({holds(each, n) for n in range(number + 1)}) > 1)
        return Followed(self._one(list(Which)), number, records, step, test)

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
