"""How a clause on what customers did joins a definition, and how a sense is turned round.

In: the whole, the condition that was said, the manner. Out: every sensible outcome. Start at
`join_event`.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace

from assistant.dialogue.joining_fields import where
from assistant.dialogue.manner import MORE, Manner
from assistant.dialogue.spots import Outcome, Spot, add, field_of, put, records_of, spots, widen
from segments.catalogue import Catalogue
from segments.definition import (
    EXISTS,
    Aggregate,
    Any,
    Condition,
    Distance,
    Kind,
    Measure,
    Not,
    Records,
)


def join_event(
    whole: Condition, said: Condition, manner: Manner, catalogue: Catalogue
) -> Iterator[Outcome]:
    """The outcomes of one condition on what was done, or of another that is no field's."""
    new = spots(said)[0]
    same = [each for each in spots(whole) if _alike(each, new)]
    if isinstance(new.leaf, Distance) and not same:  # in the place of where they live
        same = [each for each in spots(whole) if field_of(each.leaf) in where(catalogue)]
    if any(each.signed == new.signed for each in same):
        yield Outcome(whole, ())
        return
    match manner:
        case Manner.OPPOSITE:
            yield from (_turned(whole, each, new) for each in same if each.negated != new.negated)
        case Manner.REPLACE:
            for each in same:
                yield from _replaced(whole, each, new)
        case Manner.OR | Manner.WIDEN:
            done = same or [each for each in spots(whole) if _event(each) is not None]
            if done and done[-1].leaf != new.leaf:
                yield put(whole, done[-1], Any((done[-1].signed, new.signed)))
            yield widen(whole, new.signed)
            if manner is Manner.WIDEN:
                yield add(whole, new.signed)
        case _:
            if _bare(new.leaf) and manner is not Manner.AND:
                turned = [each for each in same if each.negated != new.negated]
                for each in turned:
                    yield _turned(whole, each, new)
                    if not _bare(each.leaf):  # "never" may mean the whole of it
                        yield put(whole, each, new.signed)
            elif manner is not Manner.AND:
                alike = [each for each in same if each.negated == new.negated]
                never = [each for each in same if each.negated and _bare(each.leaf)]
                yield from (put(whole, each, new.signed) for each in never if not new.negated)
                for each in alike:
                    yield from _replaced(whole, each, new)
            yield add(whole, new.signed)


def turn_round(whole: Condition, newest: Collection[Condition]) -> Iterator[Outcome]:
    """The opposite of what was negated, or of what was said just before; without either, of any."""
    negated = [each for each in spots(whole) if each.negated]
    latest = [each for each in spots(whole) if each.signed in newest]
    if any(each.negated for each in latest):
        negated, latest = latest, []
    for each in [*latest, *negated] if negated else spots(whole):
        yield put(whole, each, each.leaf if each.negated else Not(each.leaf))


def join_group(whole: Condition, said: Condition, manner: Manner) -> Iterator[Outcome]:
    """A group of conditions is one more of them, or an alternative to all."""
    if manner in MORE:
        yield widen(whole, said)
    if manner is not Manner.OR:
        yield add(whole, said)


def _alike(one: Spot, other: Spot) -> bool:
    """Whether two leaves speak of the same thing that is done, or else are of one kind."""
    if _event(one) is None and _event(other) is None:
        return type(one.leaf) is type(other.leaf)
    return _event(one) == _event(other)


def _event(spot: Spot) -> str | None:
    records = records_of(spot.leaf)
    return records.event if records else None


def _bare(leaf: Condition) -> bool:
    """Whether only that it happened is said."""
    match leaf:
        case Measure(Aggregate(Kind.COUNT, Records(filters=(), window=None)), test):
            return test == EXISTS
        case _:
            return False


def _turned(whole: Condition, spot: Spot, new: Spot) -> Outcome:
    """The same thing with the other sign; more precise words take its place."""
    if _bare(new.leaf):
        return put(whole, spot, new.as_signed(spot.leaf))
    return put(whole, spot, new.signed)


def _replaced(whole: Condition, spot: Spot, new: Spot) -> Iterator[Outcome]:
    """The new clause in place of the old one; what it leaves open may be kept."""
    kept = put(whole, spot, new.as_signed(_merged(spot.leaf, new.leaf)))
    plain = put(whole, spot, new.signed)
    yield kept
    if plain.definition != kept.definition:
        yield plain


def _merged(old: Condition, new: Condition) -> Condition:
    """The new condition with the filters, the time and the threshold it does not speak of."""
    match old, new:
        case Measure(before, test), Measure(after, new_test):
            own = {each.attribute for each in after.records.filters}
            kept = tuple(f for f in before.records.filters if f.attribute not in own)
            window = after.records.window or before.records.window
            records = Records(after.records.event, (*kept, *after.records.filters), window)
            counted = before if _bare_test(after, new_test) else after
            aggregate = replace(counted, records=records)
            return Measure(aggregate, test if counted is before else new_test)
        case _:
            return new


def _bare_test(aggregate: Aggregate, test: object) -> bool:
    return aggregate.kind is Kind.COUNT and test == EXISTS
