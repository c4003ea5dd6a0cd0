"""How a condition on a member's own field joins a definition.

In: the whole, the condition that was said, the manner. Out: every outcome that is sensible; one is
done, several are asked about. Start at `join_field`.
"""

from collections.abc import Iterator

from assistant.dialogue.joining_places import join_town
from assistant.dialogue.manner import MORE, Manner
from assistant.dialogue.spots import (
    Edit,
    Outcome,
    Spot,
    add,
    alternative,
    field_of,
    put,
    spots,
    take_away,
    widen,
)
from assistant.dialogue.tree import at, removed, replaced
from assistant.grammar.reading import Note
from assistant.grammar.sense import apart
from segments.catalogue import Catalogue, Type
from segments.definition import (
    All,
    Any,
    Condition,
    Field,
    Not,
    Operator,
    Test,
    Value,
)
from segments.rewrites import simplify

LISTS = frozenset({Operator.EQ, Operator.IN})
LOWER = frozenset({Operator.GT, Operator.GE})
UPPER = frozenset({Operator.LT, Operator.LE})
_WHERE = ("country", "region", "city", "postal_code")
_BESIDE = frozenset({Manner.OR, Manner.WIDEN, Manner.AND})
_ALL_OF_THEM = frozenset({Manner.NARROW, Manner.AND, Manner.BARE})


def join_field(
    whole: Condition, said: Condition, manner: Manner, catalogue: Catalogue
) -> Iterator[Outcome]:
    """The outcomes of one condition on a field."""
    new = spots(said)[0]
    towns = join_town(whole, new, manner, catalogue)
    yield from towns
    if towns and manner in (Manner.REPLACE, *MORE):
        return
    same = [each for each in spots(whole) if field_of(each.leaf) == field_of(new.leaf)]
    places = [] if same or new.negated else _places(whole, new, catalogue)
    if places:
        yield from _placed(whole, places, new, manner, catalogue)
        return
    if not same:
        yield from _alone(whole, new, manner)
        return
    inner = [] if new.negated or manner in _BESIDE else _inside(whole, new, catalogue)
    if inner:
        yield from (_elsewhere(whole, each, inner, new) for each in same)
        return
    if any(alternative(whole, each) for each in same) and (new.negated or manner in _ALL_OF_THEM):
        yield add(whole, new.signed)  # said of all of them, or of one alternative
    for spot in same:
        yield from _at(whole, spot, new, manner, catalogue)


def _alone(whole: Condition, new: Spot, manner: Manner) -> Iterator[Outcome]:
    """Nothing was said of the field yet."""
    if manner in MORE:
        yield widen(whole, new.signed)
    if manner is Manner.OR and isinstance(whole, All):  # an alternative to the last thing said
        last = spots(whole)[-1]
        if len(last.path) <= 2 and not isinstance(whole.parts[-1], Any):
            yield put(whole, last, Any((last.signed, new.signed)))
    if manner not in (Manner.OR, Manner.REPLACE):
        yield add(whole, new.signed)


def _places(whole: Condition, new: Spot, catalogue: Catalogue) -> list[Spot]:
    """Where members live was said by another field: a city, and now a country."""
    fields = where(catalogue)
    if field_of(new.leaf) not in fields:
        return []
    return [s for s in spots(whole) if field_of(s.leaf) in fields and not s.negated]


def _placed(
    whole: Condition, places: list[Spot], new: Spot, manner: Manner, catalogue: Catalogue
) -> Iterator[Outcome]:
    """A city after a country can be in it or in its place; a country takes the city's."""
    fields = where(catalogue)
    within = all(fields.index(_name(s)) < fields.index(_name(new)) for s in places)
    if manner in _BESIDE:
        yield from (put(whole, spot, Any((spot.signed, new.signed))) for spot in places)
    elif not (manner is Manner.NARROW and within):
        yield from (put(whole, spot, new.signed) for spot in places)
    if manner is Manner.AND or (within and manner in (Manner.NARROW, Manner.BARE, Manner.WIDEN)):
        yield add(whole, new.signed)


def _inside(whole: Condition, new: Spot, catalogue: Catalogue) -> list[Spot]:
    """The cities in hand, when another country is said: they lie in the one before."""
    fields = where(catalogue)
    if field_of(new.leaf) not in fields:
        return []
    narrower = fields[fields.index(_name(new)) + 1 :]
    return [s for s in spots(whole) if field_of(s.leaf) in narrower and not s.negated]


def _elsewhere(whole: Condition, spot: Spot, inner: list[Spot], new: Spot) -> Outcome:
    """Another country in the place of one, without the cities in it."""
    left: Condition | None = replaced(whole, spot.path, new.signed)
    for each in reversed(inner):  # from the right, so that the paths before it still hold
        left = None if left is None else removed(left, each.path)
    changed = () if new.signed == spot.signed else (Edit(spot.signed, new.signed),)
    gone = tuple(Edit(each.signed, None) for each in inner)
    return Outcome(None if left is None else simplify(left), (*changed, *gone))


def _name(spot: Spot) -> str:
    return str(field_of(spot.leaf))


def where(catalogue: Catalogue) -> list[str]:
    """The fields that say where members live, the widest first."""
    found = [catalogue.field_by_role(role) for role in _WHERE]
    return [each.name for each in found if each is not None]


def _at(
    whole: Condition, spot: Spot, new: Spot, manner: Manner, catalogue: Catalogue
) -> Iterator[Outcome]:
    old_values, new_values = _listed(spot.leaf), _listed(new.leaf)
    if old_values is not None and new_values is not None:
        yield from _values(whole, spot, new, manner, catalogue)
        return
    two_ends = _opposed(spot, new)
    if manner in MORE and not (two_ends and _overlap(spot.leaf, new.leaf)):
        yield put(whole, spot, Any((spot.signed, new.signed)))
        return
    both = put(whole, spot, All((spot.signed, new.signed)))
    instead = put(whole, spot, new.signed)
    if manner is Manner.REPLACE or not two_ends:
        yield instead
    elif manner in (Manner.AND, Manner.WIDEN):
        yield both
    else:
        yield from (instead, both)


def _overlap(old: Condition, new: Condition) -> bool:
    """Whether two thresholds hold of somebody together: then both together hold of everybody
    when either is enough, which nobody means."""
    match old, new:
        case Field(test=one), Field(test=two):
            return not apart([one, two])
        case _:
            return False


def _values(
    whole: Condition, spot: Spot, new: Spot, manner: Manner, catalogue: Catalogue
) -> Iterator[Outcome]:
    """Both name values: of a text with one value, replace and add are all there is."""
    old, said = _listed(spot.leaf) or (), _listed(new.leaf) or ()
    name = str(field_of(new.leaf))
    if new.negated and not spot.negated:
        if set(old) <= set(said) and isinstance(at(whole, spot.path[:-1]), Any):
            yield take_away(whole, spot)
        else:
            yield _less(whole, spot, new, old, said)
    elif spot.negated and not new.negated:
        left = tuple(value for value in old if value not in said)
        if manner in MORE and left != old:
            yield put(whole, spot, Not(_field(name, left))) if left else take_away(whole, spot)
        elif manner in MORE:  # after "except gold" also silver is one more exception
            yield put(whole, spot, Not(_field(name, (*old, *said))))
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
    match spot.leaf, new.leaf:
        case Field(test=one), Field(test=two):
            return opposed(one, two, turned=spot.negated is not new.negated)
        case _:
            return False


def opposed(old: Test, new: Test, *, turned: bool = False) -> bool:
    """Whether one is a bound from below and the other from above; `turned` when one is negated."""
    sides = (LOWER, UPPER)
    return any(
        old.operator in side and new.operator in (side if turned else other)
        for side, other in (sides, sides[::-1])
    )
