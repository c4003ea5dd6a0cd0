"""How a lone time or number joins a definition: "60 days", "more than 1000".

In: the whole, a window or a comparison. Out: every outcome; one where there is exactly one place
for it, several to ask about. Start at `join_window` and `join_compare`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.dialogue.edits import with_amount, with_test, with_window
from assistant.dialogue.joining_fields import opposed
from assistant.dialogue.manner import MORE, Manner
from assistant.dialogue.spots import (
    Outcome,
    Spot,
    add,
    put,
    records_of,
    spots,
    window_of,
)
from assistant.grammar.pieces import Amount, Compare, When
from assistant.grammar.sense import apart
from segments.catalogue import NUMERIC, Attribute, Catalogue, Type
from segments.definition import (
    EXISTS,
    SCORES,
    Aggregate,
    Ago,
    All,
    Any,
    Calendar,
    Condition,
    DateField,
    Edge,
    Field,
    Kind,
    Measure,
    Near,
    Not,
    Operator,
    Period,
    Rank,
    Rolling,
    Test,
    Unit,
    Window,
    Within,
)
from segments.rewrites import simplify

OLDEST = 120
_BESIDE = frozenset({Manner.OR, Manner.WIDEN, Manner.AND})


def join_window(whole: Condition, when: When, manner: Manner) -> Iterator[Outcome]:
    """Another time where one is said; else a time for the one thing that could have one. With "or"
    and "also" the old time stays."""
    timed = [each for each in spots(whole) if window_of(each.leaf) is not None]
    if when.before:
        yield from _the_one_before(whole, timed, when.window)
        return
    if timed and manner in _BESIDE:
        for each in [spot for spot in timed if not spot.negated] or timed:
            yield from _second_time(whole, each, when, manner)
        return
    places = timed or [each for each in spots(whole) if records_of(each.leaf) is not None]
    outcomes = [
        put(whole, each, each.as_signed(with_window(each.leaf, _like(when, each.leaf))))
        for each in places
    ]
    alike = len({window_of(each.leaf) for each in places}) == 1 and len(places) > 1
    everywhere = [_everywhere(whole, places, outcomes, when)] if alike else []
    yield from (*everywhere, *outcomes) if timed else (*outcomes, *everywhere)


def _the_one_before(whole: Condition, timed: Sequence[Spot], before: Window) -> Iterator[Outcome]:
    """As in "the month before": the calendar's, before the one that was said."""
    for spot in timed:
        match window_of(spot.leaf), before:
            case Calendar(unit, offset), Rolling(count, same) if unit is same:
                earlier: Window = Calendar(unit, offset - count)
            case Period(year=int() as year) as period, Rolling(count, Unit.YEAR):
                earlier = replace(period, year=year - count)
            case _:
                continue
        yield put(whole, spot, spot.as_signed(with_window(spot.leaf, earlier)))


def _second_time(whole: Condition, spot: Spot, when: When, manner: Manner) -> Iterator[Outcome]:
    """As in "or last year": the same at another time; with "and" perhaps at both."""
    other = spot.as_signed(with_window(spot.leaf, when.window))
    if other == spot.signed:
        return
    either = put(whole, spot, Any((spot.signed, other)))
    both = put(whole, spot, All((spot.signed, other)))
    if manner is Manner.OR or isinstance(spot.leaf, DateField | Edge):
        yield both if spot.negated else either
    else:
        yield from (either, both)


def exclude_window(whole: Condition, when: When) -> Iterator[Outcome]:
    """As in "but not in the last 30 days": what was done, and not in that time."""
    for spot in spots(whole):
        match spot.leaf:
            case Measure(Aggregate(Kind.COUNT, records)) if not spot.negated:
                then = replace(records, window=when.window)
                never = Not(Measure(Aggregate(Kind.COUNT, then), EXISTS))
                yield put(whole, spot, All((spot.leaf, never)))
            case DateField(field) if not isinstance(when.window, Near):
                out = DateField(field, when.window)
                yield put(whole, spot, All((spot.signed, Not(out))))
            case _:
                pass


def join_duration(whole: Condition, count: int, unit: Unit) -> Iterator[Outcome]:
    """A length of time without a word before it: "60 days"."""
    yield from join_window(whole, When(Rolling(count, unit), within=True), Manner.REPLACE)


def _everywhere(
    whole: Condition, places: list[Spot], outcomes: list[Outcome], when: When
) -> Outcome:
    """The same time in each place that had the same, or none."""
    definition = whole
    for each in places:
        changed = with_window(each.leaf, _like(when, each.leaf))
        # Paths hold: a leaf takes the place of a leaf.
        definition = put(definition, each, each.as_signed(changed)).definition or definition
    edits = tuple(edit for outcome in outcomes for edit in outcome.edits)
    return Outcome(simplify(definition), edits)


def _like(when: When, leaf: Condition) -> Window:
    """A plain length keeps what it was compared as: "more than 30 days ago" and then "60 days"; and
    what it is around: "within 30 days of signing up" and then "within 60 days"."""
    old, new = window_of(leaf), when.window
    match old, new:
        case Near(within=Within()), Rolling(count, unit) if when.within or when.negated:
            return replace(old, within=Within(count, unit))
        case Ago(Test(operator)), Rolling(count, unit) if operator is not Operator.BETWEEN:
            return Ago(Test(operator, (count,)), unit)
        case _:
            return new


# --- numbers --------------------------------------------------------------------------------


def join_compare(
    whole: Condition, said: Compare, manner: Manner, catalogue: Catalogue, *, people: bool
) -> Iterator[Outcome]:
    """Another threshold where one is said. A bare number of people's years is an age."""
    age = catalogue.field_by_role("age")
    as_age = age is not None and _may_be_age(said)
    if people and as_age and age is not None:
        yield from _aged(whole, said, age)
        return
    told = (said, manner)
    found = [outcome for spot in spots(whole) for outcome in _changed(whole, spot, told, catalogue)]
    if not found:
        found = [o for spot in spots(whole) for o in _first_threshold(whole, spot, said, catalogue)]
    yield from found
    known = any(
        isinstance(s.leaf, Field) and age and s.leaf.field == age.name for s in spots(whole)
    )
    if as_age and age is not None and not known and manner not in (Manner.REPLACE, Manner.OR):
        yield from _aged(whole, said, age)


def _may_be_age(said: Compare) -> bool:
    unit = said.unit
    plain = not (unit.money or unit.unit or unit.percent or unit.times)
    return plain and not said.bare and all(_in_years(value) for value in said.test.values)


def _in_years(value: object) -> bool:
    return isinstance(value, int) and 0 < value < OLDEST


def _aged(whole: Condition, said: Compare, age: Attribute) -> Iterator[Outcome]:
    new = Field(age.name, said.test)
    same = [s for s in spots(whole) if isinstance(s.leaf, Field) and s.leaf.field == age.name]
    for spot in same:
        yield put(whole, spot, new)
    if not same:
        yield add(whole, new)


def _changed(
    whole: Condition, spot: Spot, told: tuple[Compare, Manner], catalogue: Catalogue
) -> Iterator[Outcome]:
    """The thresholds of a leaf that count the same kind of thing."""
    said, manner = told
    unit = said.unit
    match spot.leaf:
        case Field(name, test) if test.operator not in (Operator.KNOWN, *_TEXTS):
            field = catalogue.fields.get(name)
            if field and field.type in NUMERIC and _fits(unit, field.type):
                yield from _bounded(whole, spot, _as(said, test), manner)
        case Measure(aggregate, test) if test != EXISTS or aggregate.kind is not Kind.COUNT:
            if _fits(unit, _type(aggregate, catalogue)):
                yield from _bounded(whole, spot, _as(said, test), manner)
        case Rank(_, _, percent) if said.bare and unit.percent is percent and not unit.money:
            amount = said.test.values[0]
            if isinstance(amount, int):
                yield _put(whole, spot, with_amount(spot.leaf, amount, percent=percent))
        case _:
            pass
    yield from _filters(whole, spot, said, catalogue)


def _bounded(whole: Condition, spot: Spot, new: Test, manner: Manner) -> Iterator[Outcome]:
    """Another threshold, or the other end: "under 1000" after "over 500" can be both."""
    leaf = with_test(spot.leaf, None, new)
    instead = _put(whole, spot, leaf)
    old = spot.leaf.test if isinstance(spot.leaf, Field | Measure) else new
    two_ends = not spot.negated and opposed(old, new)
    if manner in MORE and not spot.negated and (not two_ends or apart([old, new])):
        yield put(whole, spot, Any((spot.leaf, leaf)))
        return
    if manner is Manner.REPLACE or not two_ends:
        yield instead
        return
    both = put(whole, spot, All((spot.leaf, leaf)))
    if manner in (Manner.AND, Manner.WIDEN):
        yield both
    else:
        yield from (instead, both)


_TEXTS = (Operator.CONTAINS, Operator.STARTS, Operator.ENDS)


def _filters(
    whole: Condition, spot: Spot, said: Compare, catalogue: Catalogue
) -> Iterator[Outcome]:
    records = records_of(spot.leaf)
    event = catalogue.events.get(records.event) if records else None
    for place, each in enumerate(records.filters if records else ()):
        attribute = event.attributes.get(each.attribute) if event else None
        if attribute and attribute.type in NUMERIC and _fits(said.unit, attribute.type):
            yield _put(whole, spot, with_test(spot.leaf, place, _as(said, each.test)))


def _first_threshold(
    whole: Condition, spot: Spot, said: Compare, catalogue: Catalogue
) -> Iterator[Outcome]:
    """A threshold for what was only said to have happened: so many times, or so much money."""
    match spot.leaf:
        case Measure(Aggregate(Kind.COUNT, records), test) if test == EXISTS:
            event = catalogue.events[records.event]
            if said.unit.money and event.amount is not None:
                spent = Aggregate(Kind.SUM, records, event.amount.name)
                yield _put(whole, spot, Measure(spent, said.test))
            elif _fits(said.unit, Type.NUMBER) and not said.unit.money and not said.bare:
                yield _put(whole, spot, replace(spot.leaf, test=said.test))
                if event.amount is not None and not said.unit.times:
                    spent = Aggregate(Kind.SUM, records, event.amount.name)
                    yield _put(whole, spot, Measure(spent, said.test))
        case _:
            pass


def _put(whole: Condition, spot: Spot, leaf: Condition) -> Outcome:
    return put(whole, spot, spot.as_signed(leaf))


def _as(said: Compare, old: Test) -> Test:
    """A number without a comparison keeps the one that was there."""
    if said.bare and old.operator is not Operator.BETWEEN:
        return Test(old.operator, said.test.values)
    return said.test


def _type(aggregate: Aggregate, catalogue: Catalogue) -> Type:
    event = catalogue.events.get(aggregate.records.event)
    attribute = event.attributes.get(aggregate.of or "") if event else None
    summed = attribute is not None and aggregate.kind not in {Kind.DISTINCT, *SCORES}
    return attribute.type if attribute and summed else Type.NUMBER


def _fits(unit: Amount, type_: Type) -> bool:
    """Whether a number with this unit can be held against such a threshold."""
    if unit.money:
        return type_ is Type.MONEY
    if unit.age:
        return type_ is Type.AGE
    if unit.times:
        return type_ is Type.NUMBER
    return unit.unit is None and not unit.percent
