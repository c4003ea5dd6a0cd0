"""What a follow-up takes out of a definition: "remove the newsletter part", "without the age".

In: the whole and what was named. Out: every sensible outcome. Start at `remove`.
"""

from collections.abc import Iterator

from assistant.dialogue.edits import with_values, with_window
from assistant.dialogue.joining_fields import LISTS
from assistant.dialogue.spots import (
    Outcome,
    Spot,
    field_of,
    filters_of,
    put,
    records_of,
    spots,
    take_all,
    take_away,
    window_of,
    with_filter,
)
from assistant.grammar.fragments import Fragment
from assistant.grammar.pieces import (
    Amount,
    AttributeWord,
    Compare,
    EventWord,
    FieldWord,
    MeasureWord,
    Owned,
    When,
)
from segments.definition import (
    EXISTS,
    Aggregate,
    Ago,
    Condition,
    Edge,
    Field,
    Filter,
    Kind,
    Measure,
    Operator,
    Rank,
    Records,
    Rolling,
    Test,
    Unit,
    Value,
    Window,
)


def remove(whole: Condition, named: Fragment, *, part: bool) -> Iterator[Outcome]:
    """The outcomes of taking away what was named; `part` when the whole condition was meant."""
    if isinstance(named.named, FieldWord):
        field = named.named.field
        yield from take_all(whole, [s for s in spots(whole) if field_of(s.leaf) == field])
        return
    for spot in spots(whole):
        match named.named:
            case None:
                yield from _values(whole, spot, named, part=part)
            case EventWord(event) if _event(spot) == event:
                yield take_away(whole, spot)
            case MeasureWord(event, kind, of) if _measures(spot, event, kind, of):
                yield take_away(whole, spot)
            case AttributeWord(names):
                yield from _attribute(whole, spot, names, part=part)
            case When(window) if window_of(spot.leaf) == window:
                yield from without_time(whole, spot)
            case _:
                pass


def remove_condition(whole: Condition, said: Condition) -> Iterator[Outcome]:
    """The outcomes of taking away a condition that was said: that very one, else the values it
    names."""
    wanted = spots(said)
    same = [s for s in spots(whole) if s.leaf in {each.leaf for each in wanted}]
    if same:
        yield from (take_away(whole, spot) for spot in same)
        return
    for new in wanted:
        for spot in spots(whole):
            match spot.leaf, new.leaf:
                case Field(name, Test(operator, old)), Field(other, Test(_, values)) if (
                    name == other and operator in LISTS
                ):
                    yield from _less(whole, spot, old, values)
                case _ if _bare(new.leaf) and _event(spot) == _event(new):
                    yield take_away(whole, spot)
                case _:
                    pass


def holds(condition: Condition, number: Fragment) -> bool:
    """Whether a condition speaks of a number or a time that was named."""
    found = spots(condition)
    match number.named:
        case When(window):
            return any(window_of(each.leaf) == window for each in found)
        case Compare(unit=Amount(int() as count, unit=Unit() as unit)):
            return any(_lasts(window_of(each.leaf), count, unit) for each in found)
        case Compare(test):
            return any(set(test.values) <= set(_numbers(each.leaf)) for each in found)
        case _:
            return False


def _lasts(window: Window | None, count: int, unit: Unit) -> bool:
    match window:
        case Rolling(known, same):
            return (known, same) == (count, unit)
        case Ago(test, same):
            return (test.values, same) == ((count,), unit)
        case _:
            return False


def _numbers(leaf: Condition) -> tuple[Value, ...]:
    own = leaf.test.values if isinstance(leaf, Field | Measure) else ()
    amount = (leaf.amount,) if isinstance(leaf, Rank) else ()
    return (*own, *amount, *(value for each in filters_of(leaf) for value in each.test.values))


def without_time(whole: Condition, spot: Spot) -> Iterator[Outcome]:
    """The leaf at all times, where it can be."""
    if window_of(spot.leaf) is None:
        return
    if isinstance(spot.leaf, Measure | Rank):
        yield put(whole, spot, spot.as_signed(with_window(spot.leaf, None)))
    else:
        yield take_away(whole, spot)


def without_any_time(whole: Condition) -> Iterator[Outcome]:
    """Every time that could be meant by "the period"."""
    for spot in spots(whole):
        yield from without_time(whole, spot)


def _values(whole: Condition, spot: Spot, named: Fragment, *, part: bool) -> Iterator[Outcome]:
    match spot.leaf:
        case Field(name, Test(operator, old)) if operator in LISTS:
            codes = _codes(named, None, name)
            if codes:
                yield from _less(whole, spot, old, codes, part=part)
            return
        case _:
            records = records_of(spot.leaf)
    for place, each in enumerate(filters_of(spot.leaf)):
        codes = _codes(named, records.event if records else None, each.attribute)
        if codes and set(codes) & set(each.test.values):
            yield from _filter(whole, spot, place, codes, part=part)


def _filter(
    whole: Condition, spot: Spot, place: int, codes: tuple[Value, ...], *, part: bool
) -> Iterator[Outcome]:
    """A value of a filter: the others stay; the last takes the condition along, unless that says
    more than it."""
    known = filters_of(spot.leaf)[place]
    left = tuple(value for value in known.test.values if value not in codes)
    if left and not part:
        test = Test(Operator.EQ if len(left) == 1 else Operator.IN, left)
        changed = with_filter(spot.leaf, place, Filter(known.attribute, test, known.negated))
        yield put(whole, spot, spot.as_signed(changed))
        return
    yield take_away(whole, spot)
    if not part and not _only_that(spot.leaf):
        yield put(whole, spot, spot.as_signed(with_filter(spot.leaf, place, None)))


def _attribute(
    whole: Condition, spot: Spot, names: tuple[tuple[str, str], ...], *, part: bool
) -> Iterator[Outcome]:
    records = records_of(spot.leaf)
    for place, each in enumerate(records.filters if records else ()):
        if records and (records.event, each.attribute) in names:
            yield from _filter(whole, spot, place, each.test.values, part=part)


def _less(
    whole: Condition,
    spot: Spot,
    old: tuple[Value, ...],
    values: tuple[Value, ...],
    *,
    part: bool = False,
) -> Iterator[Outcome]:
    """Some values of a list away; with the last of them the condition goes."""
    left = tuple(value for value in old if value not in values)
    if left == old:
        return
    if part or not left:
        yield take_away(whole, spot)
        return
    fewer = with_values(spot.leaf, None, left)
    yield put(whole, spot, spot.as_signed(fewer))


def _codes(named: Fragment, event: str | None, name: str) -> tuple[Value, ...]:
    def owns(option: Owned) -> bool:
        return (option.event, option.name) == (event, name) and option.code is not None

    found = [[o.code for o in each if owns(o) and o.code is not None] for each in named.values]
    return tuple(code for codes in found for code in codes) if all(found) else ()


def _event(spot: Spot) -> str | None:
    records = records_of(spot.leaf)
    return records.event if records else None


def _measures(spot: Spot, event: str, kind: Kind, of: str | None) -> bool:
    match spot.leaf:
        case Measure(aggregate) | Rank(aggregate=aggregate):
            return (aggregate.records.event, aggregate.kind, aggregate.of) == (event, kind, of)
        case _:
            return False


def _only_that(leaf: Condition) -> bool:
    """Whether a leaf says no more than that something with one value happened, or was so."""
    match leaf:
        case Measure(Aggregate(Kind.COUNT, Records(_, (_,), None)), test):
            return test == EXISTS
        case Edge(when=None, having=(_,)):
            return True
        case _:
            return False


def _bare(leaf: Condition) -> bool:
    match leaf:
        case Measure(Aggregate(Kind.COUNT, Records(filters=(), window=None)), test):
            return test == EXISTS
        case _:
            return False
