"""What tells segments apart: values that many of one have and few of another, with their numbers.

In: segments as bits of one pass (`segments.compile.overlapping`), their sizes. Out: `Finding`s, the
greatest difference first. A difference is only said of segments with enough members, and when the
Wilson intervals of the two shares lie apart (`assistant.messages.habits.interval`). Start at
`Apart`.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.answers.figures import Figures
from assistant.answers.table import Telling
from assistant.messages.habits import interval
from assistant.messages.phrases import capitalized
from assistant.messages.say_fields import label_of
from segments.audiences import Segment
from segments.catalogue import Attribute, Event, Type
from segments.compile.overlapping import (
    DECADE,
    Beside,
    field_values,
    record_numbers,
    record_values,
)
from segments.definition import (
    Anniversary,
    Audience,
    Condition,
    DateField,
    Field,
    Filter,
    Measure,
    Not,
    Operator,
    Records,
    Rolling,
    Test,
    Unit,
    Value,
    exists,
    leaves,
    records_of,
)

LEAST = 50  # members of a segment whose shares are said, and with a value for "so many times"
_DIFFERENT = Decimal("0.05")  # of the members
_LIFT = Decimal("1.5")
_MOST, _MOST_BOUGHT = 8, 3
_YEAR = Rolling(365, Unit.DAY)
_PLACES = frozenset({"country", "region", "city", "postal_code"})
_KINDS = frozenset({Type.TEXT, Type.LIST, Type.YES_NO, Type.AGE})
_OLDEST = 120
_EXACT = 10_000  # amounts have four decimals at most


@dataclass(frozen=True, slots=True)
class Finding:
    """A condition that many of one segment pass and few of another; the last count and the last
    share, as it is said, are everyone's. `most` and `least` are the places of the two segments."""

    condition: Condition
    said: str
    numbers: str
    counts: tuple[int, ...]
    shares: tuple[str, ...]
    most: int
    least: int
    spread: Decimal


@dataclass(frozen=True, slots=True)
class Bought:
    """Purchases of each segment, and of everyone: who had one in the last year, how many in all,
    for how much."""

    event: Event
    recently: Measure
    members: tuple[int, ...]
    records: tuple[int, ...]
    totals: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Apart:
    """Finds what tells segments apart; `sizes` ends with everyone's."""

    figures: Figures
    telling: Telling
    beside: Beside
    definitions: Sequence[Condition]
    names: Sequence[str]
    sizes: Sequence[int]

    def bought(self) -> Bought | None:
        """What each has bought; None in a shop without purchases that have a time."""
        event = self.figures.catalogue.event_by_role("purchase")
        if event is None or event.time is None:
            return None
        amount = event.amount.name if event.amount is not None else None
        rows = self.figures.rows(record_numbers(self.beside, event.name, amount, _YEAR))
        members, records, parts = (
            self._spread({row[0]: int(row[place] * scale) for row in rows})
            for place, scale in ((1, 1), (2, 1), (3, _EXACT))
        )
        totals = tuple(Decimal(part) / _EXACT for part in parts)
        return Bought(event, exists(Records(event.name, (), _YEAR)), members, records, totals)

    def findings(self) -> tuple[Finding, ...]:
        """What differs most between them, from the greatest difference on."""
        if len(self._large()) < 2:  # nothing to hold it against
            return ()
        found = [
            *self._first(self._of_fields(), 1),
            *self._first(self._of_purchases(), _MOST_BOUGHT),
        ]
        found.sort(key=lambda each: -each.spread)
        once = {each.counts: each for each in reversed(found)}  # one finding in other words
        return tuple(each for each in found if once[each.counts] is each)[:_MOST]

    def notes(self) -> tuple[str, ...]:
        """What was left out of the differences, and why."""
        small = [
            self.telling.say("compare_small", a=name, n=self.telling.count(size), least=str(LEAST))
            for name, size in zip(self.names, self.sizes, strict=False)
            if size < LEAST
        ]
        left_out = self._left_out()
        made = [
            label_of(self.telling.values, each, "fields")
            for each in self._fields()
            if each.name in left_out
        ]
        if made and len(self._large()) > 1:
            listed = self.telling.values.phrases.listed(made, "and")
            small.append(self.telling.say("compare_made", fields=listed))
        return tuple(small)

    def _large(self) -> list[int]:
        return [place for place in range(len(self.names)) if self.sizes[place] >= LEAST]

    def _fields(self) -> list[Attribute]:
        """Those with values that can be told apart and may be shown."""
        return [
            each
            for each in self.figures.catalogue.fields.values()
            if each.type in _KINDS and not (each.open or each.sensitive)
        ]

    def _of_fields(self) -> Iterator[tuple[str, Condition, tuple[int, ...]]]:
        left_out = self._left_out()
        fields = {each.name: each for each in self._fields() if each.name not in left_out}
        if not fields:
            return
        counted: dict[tuple[str, str | None], dict[int, int]] = defaultdict(dict)
        for name, bits, value, members in self.figures.rows(
            field_values(self.beside, tuple(fields.values()))
        ):
            counted[name, value][bits] = members
        for (name, value), by_bits in counted.items():
            condition = _having(fields[name], value)
            if condition is not None:
                yield name, condition, self._spread(by_bits)

    def _of_purchases(self) -> Iterator[tuple[str, Condition, tuple[int, ...]]]:
        event = self.figures.catalogue.event_by_role("purchase")
        of = event.by_role("category") if event is not None else None
        if event is None or of is None or f"{event.name}.{of.name}" in self._left_out():
            return
        counted: dict[str, dict[int, int]] = defaultdict(dict)
        for bits, value, members in self.figures.rows(
            record_values(self.beside, event.name, of.name)
        ):
            counted[value][bits] = members
        for value, by_bits in counted.items():
            had = Filter(of.name, Test(Operator.EQ, (value,)))
            yield of.name, exists(Records(event.name, (had,))), self._spread(by_bits)

    def _spread(self, by_bits: Mapping[int, int]) -> tuple[int, ...]:
        """Numbers by combination as those of each segment and of everyone."""
        bits = (*(2**place for place in range(len(self.names))), 0)
        return tuple(sum(n for each, n in by_bits.items() if each & bit == bit) for bit in bits)

    def _first(
        self, candidates: Iterator[tuple[str, Condition, tuple[int, ...]]], most: int
    ) -> list[Finding]:
        """The greatest differences, so many at most of a field."""
        found: dict[str, list[Finding]] = defaultdict(list)
        for name, condition, counts in candidates:
            finding = self._finding(condition, counts)
            if finding is not None:
                found[name].append(finding)
        return [
            each
            for several in found.values()
            for each in sorted(several, key=lambda each: (-each.spread, each.said))[:most]
        ]

    def _finding(self, condition: Condition, counts: tuple[int, ...]) -> Finding | None:
        shares = {place: Decimal(counts[place]) / self.sizes[place] for place in self._large()}
        most, least = max(shares, key=lambda p: shares[p]), min(shares, key=lambda p: shares[p])
        spread = shares[most] - shares[least]
        low = interval(counts[most], self.sizes[most])[0]
        if spread < _DIFFERENT or low <= interval(counts[least], self.sizes[least])[1]:
            return None
        telling, everyone = self.telling, len(self.names)
        said = {
            "what": capitalized(telling.speaker.say_part(condition)),
            "a": self.names[most],
            "b": self.names[least],
            "times": telling.decimal(shares[most] / shares[least]) if shares[least] else "",
        }
        told = [
            telling.share(count, size).text for count, size in zip(counts, self.sizes, strict=True)
        ]
        for key, place in (("a", most), ("b", least), ("all", everyone)):
            said[f"n_{key}"] = telling.count(counts[place])
            said[f"of_{key}"] = telling.count(self.sizes[place])
            said[f"share_{key}"] = told[place]
        lifted = min(counts[most], counts[least]) >= LEAST
        lifted = lifted and shares[most] >= _LIFT * shares[least]
        return Finding(
            condition,
            telling.say("compare_more", **said),
            telling.say("compare_lift" if lifted else "compare_counts", **said),
            counts,
            tuple(told),
            most,
            least,
            spread,
        )

    def _left_out(self) -> frozenset[str]:
        """The fields and attributes that the definitions speak of: that these differ is said by
        them. With one place go all, since they lie in each other."""
        spoken = frozenset(name for each in self.definitions for name in self._spoken(each))
        fields = self.figures.catalogue.fields
        places = {each.name for each in fields.values() if each.role in _PLACES}
        return spoken | places if spoken & places else spoken

    def _spoken(self, definition: Condition) -> Iterator[str]:
        for leaf in leaves(definition):
            match leaf:
                case Field(name) | DateField(name) | Anniversary(name):
                    yield name
                case Audience():
                    kept = self.figures.catalogue.audiences.get(leaf)
                    if isinstance(kept, Segment) and kept.definition is not None:
                        yield from self._spoken(kept.definition)
                case _:
                    for records in records_of(leaf):
                        yield from (f"{records.event}.{each.attribute}" for each in records.filters)


def _having(field: Attribute, value: str | None) -> Condition | None:
    """The condition of one value of a field; None for one that is not worth a word: "no", which
    "yes" says already, and ages that nobody has."""
    if value is None:
        return Not(Field(field.name, Test(Operator.KNOWN, ())))
    match field.type:
        case Type.YES_NO:
            return Field(field.name, Test(Operator.EQ, (True,))) if value == "true" else None
        case Type.AGE:
            start = int(value)
            ages: tuple[Value, ...] = (start, start + DECADE - 1)
            known = 0 <= start < _OLDEST
            return Field(field.name, Test(Operator.BETWEEN, ages)) if known else None
        case _:
            return Field(field.name, Test(Operator.EQ, (value,)))
