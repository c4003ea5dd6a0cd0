"""Whether a definition makes sense, and whether two definitions say the same in other words.

Only what follows from the form is judged: two values of a single-valued field at once, something
done and never done. Knows nothing of the data.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from decimal import Decimal

from segments.catalogue import Catalogue, Type
from segments.definition import (
    EXISTS,
    Aggregate,
    All,
    Any,
    Comparison,
    Condition,
    DateField,
    Edge,
    Favourite,
    Field,
    Filter,
    Followed,
    Gap,
    Grouped,
    Jointly,
    Kind,
    Measure,
    Norm,
    Not,
    Operator,
    Overdue,
    People,
    Rank,
    Records,
    Sequence,
    Several,
    Share,
    Similar,
    Test,
    Value,
    exists,
    with_records,
)
from segments.windows import days_of

_TOUCHING = frozenset({Operator.GE, Operator.LE, Operator.BETWEEN})
_EQUAL = frozenset({Operator.EQ, Operator.IN})
OPPOSITE = {
    Operator.GT: Operator.LE,
    Operator.GE: Operator.LT,
    Operator.LT: Operator.GE,
    Operator.LE: Operator.GT,
}


def contradicts(condition: Condition, catalogue: Catalogue) -> bool:
    """Whether nobody can match, by the form of the definition alone."""
    match condition:
        case All(parts):
            return _clash(parts, catalogue) or any(contradicts(p, catalogue) for p in parts)
        case Any(parts):
            return any(contradicts(part, catalogue) for part in parts)
        case _:
            return False


def _clash(parts: Collection[Condition], catalogue: Catalogue) -> bool:
    values: dict[str, set[object]] = {}
    ranges: dict[object, list[Test]] = {}
    done: set[str] = set()
    never: set[str] = set()
    for part in parts:
        match part:
            case Field(name, test) if test.operator in _EQUAL:
                if catalogue.fields[name].type is not Type.LIST:
                    known = values.setdefault(name, set(test.values))
                    known &= set(test.values)
            case Field(name, test):
                ranges.setdefault(name, []).append(test)
            case Measure(Aggregate(Kind.COUNT, records, _), test) if _above_zero(test):
                done.add(records.event)
            case Not(Measure(Aggregate(Kind.COUNT, records, _), test)) if test == EXISTS:
                if not records.filters and records.window is None:
                    never.add(records.event)
            case _:
                pass
        match part:
            case Measure(aggregate, test) if test.operator in OPPOSITE:
                ranges.setdefault(aggregate, []).append(test)
            case Not(Measure() as measure) if measure in parts:
                return True
            case _:
                pass
    empty = any(not found for found in values.values())
    return empty or bool(done & never) or any(map(apart, ranges.values()))


def _above_zero(test: Test) -> bool:
    """Whether a count that meets it is one at least."""
    least = test.values[0] if test.values else None
    bound = 0 if test.operator is Operator.GT else 1
    lower = test.operator in (Operator.EQ, Operator.GT, Operator.GE, Operator.BETWEEN)
    return lower and isinstance(least, int) and least >= bound


def apart(tests: list[Test]) -> bool:
    """Whether an upper bound lies below a lower one."""
    between = Operator.BETWEEN
    lows = [t.values[0] for t in tests if t.operator in (Operator.GT, Operator.GE, between)]
    highs = [t.values[-1] for t in tests if t.operator in (Operator.LT, Operator.LE, between)]
    numbers = [v for v in [*lows, *highs] if isinstance(v, int)]
    if not lows or not highs or len(numbers) != len(lows) + len(highs):
        return False
    low = max(v for v in lows if isinstance(v, int))
    high = min(v for v in highs if isinstance(v, int))
    return low > high or (low == high and not all(t.operator in _TOUCHING for t in tests))


Sense = tuple[object, ...]


def sense(condition: Condition, *, negated: bool = False) -> Sense:
    """A form in which readings that say the same in other words are equal (de Morgan, lists)."""
    match condition:
        case Not(part):
            return sense(part, negated=not negated)
        case All(parts) | Any(parts):
            kind = "all" if isinstance(condition, All) is not negated else "any"
            inner: set[object] = set()
            for part in parts:
                found = sense(part, negated=negated)
                members = found[1]
                if found[0] == kind and isinstance(members, frozenset):
                    inner.update(members)
                else:
                    inner.add(found)
            return (kind, frozenset(inner))
        case Measure(Aggregate(Kind.COUNT, records, _), test) if test == EXISTS:
            if isinstance(records.window, Several):
                return sense(_apart_windows(records, records.window), negated=negated)
            listed = next((f for f in records.filters if _lists(f)), None)
            if listed is not None:
                return sense(_apart_values(records, listed), negated=negated)
        case Field(name, test) if _dated(test):
            return sense(DateField(name, days_of(test)), negated=negated)
        case Field(name, Test(Operator.IN, values)):
            each = tuple(Field(name, Test(Operator.EQ, (value,))) for value in values)
            return sense(Any(each), negated=negated)
        case _:
            pass
    if isinstance(condition, Measure) and negated and (turned := _turned(condition)):
        condition, negated = turned, False
    return ("leaf", _ordered(condition), negated)


def _turned(measure: Measure) -> Measure | None:
    """What "not more than 3 times" says: a count is never unknown."""
    counts = measure.aggregate.kind in (Kind.COUNT, Kind.DISTINCT)
    operator = OPPOSITE.get(measure.test.operator) if counts else None
    if operator is None or measure.test == EXISTS:
        return None
    return replace(measure, test=replace(measure.test, operator=operator))


def _ordered(leaf: Condition) -> object:
    """The leaf with its filters and its lists of values in one order: they hold in any."""
    match leaf:
        case Measure(aggregate, test):
            return Measure(_in_order(aggregate), _rising(test))
        case Edge(records=records, having=having):
            alone = _sorted(Records(records.event, having)).filters
            return replace(leaf, records=_sorted(records), having=alone)
        case Rank(aggregate=aggregate, among=among):
            whole = replace(leaf, aggregate=_in_order(aggregate), among=None)
            return (whole, None if among is None else sense(among))
        case Comparison() | Norm() | Overdue() | Favourite():
            return with_records(leaf, _sorted)
        case Share(part, whole_, test):
            return Share(_in_order(part), _in_order(whole_), _rising(test))
        case Gap(kind, records, test):
            return Gap(kind, _sorted(records), _rising(test))
        case Sequence(start, steps, which):
            sorted_ = tuple(replace(s, records=_sorted(s.records)) for s in steps)
            return Sequence(_sorted(start), sorted_, which)
        case Followed(records=records, step=step, test=test):
            after = replace(step, records=_sorted(step.records))
            return replace(leaf, records=_sorted(records), step=after, test=_rising(test))
        case People(by, who, test):
            return (by, sense(who), _rising(test))
        case Similar(to, amount, extent, among):
            whose = None if among is None else sense(among)
            return (sense(to), amount, extent, whose)
        case Jointly(by, aggregate, test, among):
            whose = None if among is None else sense(among)
            return (by, _in_order(aggregate), _rising(test), whose)
        case Grouped(by, having, test):
            held = {Measure(_in_order(each.aggregate), _rising(each.test)) for each in having}
            return Grouped(by, tuple(sorted(held, key=repr)), _rising(test))
        case _:
            return leaf


def _in_order(aggregate: Aggregate) -> Aggregate:
    return replace(aggregate, records=_sorted(aggregate.records))


def _sorted(records: Records) -> Records:
    if not records.filters:
        return records
    filters = {replace(one, test=_rising(one.test)) for one in records.filters}
    alone = len(filters) == 1  # what is alone is in order
    return replace(records, filters=tuple(filters if alone else sorted(filters, key=repr)))


def _dated(test: Test) -> bool:
    """Whether it compares with dates, so that the same can be said as a window."""
    return test.operator is not Operator.IN and any(isinstance(v, date) for v in test.values)


def _rising(test: Test) -> Test:
    if _dated(test):
        span = days_of(test)
        ends = tuple(end for end in (span.start, span.end) if isinstance(end, date))
        both = Operator.GE if span.end is None else Operator.LE
        return Test(Operator.BETWEEN if len(ends) == 2 else both, ends)
    if test.operator is not Operator.IN:
        return test
    return Test(Operator.IN, tuple(sorted(set(test.values), key=_place)))


def _place(value: Value) -> tuple[Decimal, str]:
    """Where a value stands in a list: numbers by size, since 1.5 and 1.50 are one."""
    if isinstance(value, int | Decimal):
        return Decimal(value), ""
    return Decimal(0), repr(value)


def _apart_windows(records: Records, several: Several) -> Condition:
    return Any(tuple(exists(replace(records, window=each)) for each in several.windows))


def _lists(filtered: Filter) -> bool:
    return filtered.test.operator is Operator.IN and not filtered.negated


def _apart_values(records: Records, listed: Filter) -> Condition:
    each = []
    for value in listed.test.values:
        one = Filter(listed.attribute, Test(Operator.EQ, (value,)))
        filters = tuple(one if f is listed else f for f in records.filters)
        aggregate = Aggregate(Kind.COUNT, Records(records.event, filters, records.window))
        each.append(Measure(aggregate, EXISTS))
    return Any(tuple(each))
