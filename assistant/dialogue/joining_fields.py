"""How a condition on a member's own field joins a definition.

In: the whole, the condition that was said, the manner. Out: every outcome that is sensible; one is
done, several are asked about. Start at `join_field`.
"""

from collections.abc import Iterator

from assistant.dialogue.manner import MORE, Manner
from assistant.dialogue.spots import (
    Outcome,
    Spot,
    add,
    field_of,
    put,
    spots,
    take_away,
    widen,
)
from assistant.grammar.reading import Note
from segments.catalogue import Catalogue, Type
from segments.definition import All, Any, Condition, DateField, Field, Not, Operator, Test, Value

LISTS = frozenset({Operator.EQ, Operator.IN})
LOWER = frozenset({Operator.GT, Operator.GE})
UPPER = frozenset({Operator.LT, Operator.LE})


def join_field(
    whole: Condition, said: Condition, manner: Manner, catalogue: Catalogue
) -> Iterator[Outcome]:
    """The outcomes of one condition on a field."""
    new = spots(said)[0]
    same = [each for each in spots(whole) if field_of(each.leaf) == field_of(new.leaf)]
    if not same:
        yield from _alone(whole, new, manner)
        return
    for spot in same:
        yield from _at(whole, spot, new, manner, catalogue)


def _alone(whole: Condition, new: Spot, manner: Manner) -> Iterator[Outcome]:
    """Nothing was said of the field yet."""
    if manner in MORE:
        yield widen(whole, new.signed)
    if manner not in (Manner.OR, Manner.REPLACE):
        yield add(whole, new.signed)


def _at(
    whole: Condition, spot: Spot, new: Spot, manner: Manner, catalogue: Catalogue
) -> Iterator[Outcome]:
    old_values, new_values = _listed(spot.leaf), _listed(new.leaf)
    if old_values is not None and new_values is not None:
        yield from _values(whole, spot, new, manner, catalogue)
        return
    if manner in MORE:
        yield put(whole, spot, Any((spot.signed, new.signed)))
        return
    both = put(whole, spot, All((spot.signed, new.signed)))
    instead = put(whole, spot, new.signed)
    if manner is Manner.REPLACE or not _opposed(spot, new):
        yield instead
    elif manner is Manner.AND:
        yield both
    else:
        yield from (instead, both)


def _values(
    whole: Condition, spot: Spot, new: Spot, manner: Manner, catalogue: Catalogue
) -> Iterator[Outcome]:
    """Both name values: of a text with one value, replace and add are all there is."""
    old, said = _listed(spot.leaf) or (), _listed(new.leaf) or ()
    name = str(field_of(new.leaf))
    if new.negated and not spot.negated:
        yield _less(whole, spot, new, old, said)
    elif spot.negated and not new.negated:
        left = tuple(value for value in old if value not in said)
        if manner in MORE and left != old:
            yield put(whole, spot, Not(_field(name, left))) if left else take_away(whole, spot)
        else:
            yield put(whole, spot, new.signed)
    elif manner in MORE or (spot.negated and manner is not Manner.REPLACE):
        yield put(whole, spot, spot.as_signed(_field(name, (*old, *said))))
    elif manner is Manner.AND:
        yield from _joined(whole, spot, new, catalogue)
    else:
        yield put(whole, spot, new.signed)


def _joined(whole: Condition, spot: Spot, new: Spot, catalogue: Catalogue) -> Iterator[Outcome]:
    """A customer has one city: "and in Lund" adds people; a list of tags may have both."""
    name = str(field_of(new.leaf))
    if catalogue.fields[name].type is Type.LIST:
        yield add(whole, new.signed)
        return
    old, said = _listed(spot.leaf) or (), _listed(new.leaf) or ()
    if set(said) <= set(old):
        yield put(whole, spot, new.signed)
        return
    merged = _field(name, (*old, *said))
    yield put(whole, spot, merged, Note("and_means_or"))


def _less(
    whole: Condition, spot: Spot, new: Spot, old: tuple[Value, ...], said: tuple[Value, ...]
) -> Outcome:
    """Values taken out of a list; all of them turn it round; none of them say nothing new."""
    left = tuple(value for value in old if value not in said)
    if left == old:
        return Outcome(whole, ())
    return put(whole, spot, _field(str(field_of(spot.leaf)), left) if left else new.signed)


def _field(name: str, values: tuple[Value, ...]) -> Field:
    distinct = tuple(dict.fromkeys(values))
    return Field(name, Test(Operator.EQ if len(distinct) == 1 else Operator.IN, distinct))


def _listed(leaf: Condition) -> tuple[Value, ...] | None:
    """The values of a test for values; None for other tests."""
    match leaf:
        case Field(_, Test(operator, values)) if operator in LISTS:
            return values
        case _:
            return None


def _opposed(spot: Spot, new: Spot) -> bool:
    """Whether both bounds may be meant: one from below, the other from above."""
    if isinstance(spot.leaf, DateField) or isinstance(new.leaf, DateField):
        return False
    pair = {_side(spot), _side(new)}
    return pair == {"lower", "upper"}


def _side(spot: Spot) -> str:
    match spot.leaf:
        case Field(_, Test(operator)) if operator in LOWER:
            return "upper" if spot.negated else "lower"
        case Field(_, Test(operator)) if operator in UPPER:
            return "lower" if spot.negated else "upper"
        case _:
            return ""
