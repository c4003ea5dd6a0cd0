"""How a bare value joins a definition: "or skin care" finds the category that was named before.

In: the whole, values with all that may own them, the manner. Out: every sensible outcome. Start at
`join_values`.
"""

from collections.abc import Iterator

from assistant.dialogue.joining_fields import LISTS
from assistant.dialogue.manner import MORE, Manner
from assistant.dialogue.spots import Outcome, Spot, filters_of, put, records_of, spots, with_filter
from assistant.grammar.fragments import Fragment
from segments.catalogue import Catalogue
from segments.definition import (
    EXISTS,
    Aggregate,
    All,
    Condition,
    Filter,
    Kind,
    Measure,
    Not,
    Operator,
    Test,
    Value,
)


def join_values(
    whole: Condition, said: Fragment, manner: Manner, catalogue: Catalogue
) -> Iterator[Outcome]:
    """The outcomes where an attribute of something done already has such a value, else where it
    could have one."""
    filled = [(spot, place, codes) for spot in spots(whole) for place, codes in _places(spot, said)]
    for spot, place, codes in filled:
        yield from _at(whole, spot, place, codes, (said, manner))
    if filled or manner in MORE:
        return
    for spot in spots(whole):
        yield from _new(whole, spot, said, catalogue)


def exchange_values(whole: Condition, old: Fragment, new: Fragment) -> Iterator[Outcome]:
    """As in "change skin care to hair care": other values of a filter in the place of those."""
    for spot in spots(whole):
        records = records_of(spot.leaf)
        for place, codes in _places(spot, old):
            known = filters_of(spot.leaf)[place]
            other = _codes(new, records.event if records else "", known.attribute)
            if other and set(codes) <= set(known.test.values):
                kept = (value for value in known.test.values if value not in codes)
                leaf = _with(spot.leaf, place, known, (*kept, *other))
                yield put(whole, spot, spot.as_signed(leaf))


def _places(spot: Spot, said: Fragment) -> Iterator[tuple[int, tuple[Value, ...]]]:
    """The filters of a leaf that the values could stand in."""
    records = records_of(spot.leaf)
    for place, each in enumerate(records.filters if records else ()):
        codes = _codes(said, records.event if records else "", each.attribute)
        if codes and each.test.operator in LISTS:
            yield place, codes


def _codes(said: Fragment, event: str, attribute: str) -> tuple[Value, ...]:
    """The values as codes of one attribute; none unless it owns them all. A word for any of several
    codes stands in no list of which all are meant."""
    found: list[Value] = []
    for options in said.values:
        named = [o.code for o in options if (o.event, o.name) == (event, attribute)]
        codes = dict.fromkeys(code for code in named if code is not None)
        if not codes or (len(codes) > 1 and said.joint == "and"):
            return ()
        found += codes
    return tuple(found)


def _at(
    whole: Condition,
    spot: Spot,
    place: int,
    codes: tuple[Value, ...],
    told: tuple[Fragment, Manner],
) -> Iterator[Outcome]:
    said, manner = told
    known = filters_of(spot.leaf)[place]
    old = known.test.values
    if said.negated:
        left = tuple(value for value in old if value not in codes)
        if left and left != old:
            yield put(whole, spot, spot.as_signed(_with(spot.leaf, place, known, left)))
        elif not left and not spot.negated:
            yield put(whole, spot, Not(spot.leaf))
            other = Filter(known.attribute, known.test, negated=not known.negated)
            yield put(whole, spot, with_filter(spot.leaf, place, other))
        elif spot.negated or known.negated:
            yield Outcome(whole, ())  # it holds already
        else:  # who bought one thing may have bought the other
            leaf = _done(_with(spot.leaf, place, known, codes))
            yield put(whole, spot, All((spot.leaf, Not(leaf)))) if leaf else Outcome(whole, ())
        return
    widened = spot.as_signed(_with(spot.leaf, place, known, (*old, *codes)))
    if manner in MORE:
        yield put(whole, spot, widened)
        return
    changed = spot.as_signed(_with(spot.leaf, place, known, codes))
    if said.joint == "and" and len(codes) > 1 and not spot.negated:  # both, or one of them
        yield put(whole, spot, All(tuple(_with(spot.leaf, place, known, (c,)) for c in codes)))
    if manner is Manner.AND and not set(codes) <= set(old):
        yield put(whole, spot, All((spot.signed, changed)))
        yield put(whole, spot, widened)
    else:
        yield put(whole, spot, changed)


def _done(leaf: Condition) -> Condition | None:
    """That what a leaf speaks of happened at all."""
    records = records_of(leaf)
    return None if records is None else Measure(Aggregate(Kind.COUNT, records), EXISTS)


def _new(whole: Condition, spot: Spot, said: Fragment, catalogue: Catalogue) -> Iterator[Outcome]:
    """The value as a filter of something done that had no such filter."""
    records = records_of(spot.leaf)
    event = catalogue.events.get(records.event) if records else None
    for name in event.attributes if event else ():
        codes = _codes(said, event.name if event else "", name)
        taken = {each.attribute for each in records.filters} if records else set()
        if codes and name not in taken and not (said.negated and spot.negated):
            new = Filter(name, _test(codes), negated=said.negated)
            restricted = with_filter(spot.leaf, None, new)
            yield put(whole, spot, spot.as_signed(restricted))


def _with(leaf: Condition, place: int, known: Filter, values: tuple[Value, ...]) -> Condition:
    return with_filter(leaf, place, Filter(known.attribute, _test(values), known.negated))


def _test(values: tuple[Value, ...]) -> Test:
    distinct = tuple(dict.fromkeys(values))
    return Test(Operator.EQ if len(distinct) == 1 else Operator.IN, distinct)
