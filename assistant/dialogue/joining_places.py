"""How a distance and the place it is counted from join a definition: "make it 30 km", "what about
Göteborg?".

In: the whole, a length or the town that was said. Out: every outcome; a length needs a place that
is in the definition already. Start at `join_far` and `join_town`.
"""

from collections.abc import Iterator
from dataclasses import replace

from assistant.dialogue.manner import MORE, Manner
from assistant.dialogue.spots import Outcome, Spot, field_of, put, spots, take_all
from assistant.grammar.distances import called
from assistant.grammar.pieces import Far
from segments.catalogue import Catalogue
from segments.definition import Any, Condition, Distance, Field, Operator, Test


def distances_in(whole: Condition) -> list[Spot]:
    """Where a definition speaks of a distance."""
    return [each for each in spots(whole) if isinstance(each.leaf, Distance)]


def join_far(
    whole: Condition, far: Far, operator: Operator | None, catalogue: Catalogue
) -> Iterator[Outcome]:
    """Another distance from the same place; around the town that members live in, where none is
    said yet."""
    for spot in distances_in(whole):
        if isinstance(spot.leaf, Distance):
            old = spot.leaf.test.operator
            kept = Operator.LE if old is Operator.BETWEEN else old
            leaf = replace(spot.leaf, test=Test(operator or kept, (far.value,)))
            yield put(whole, spot, spot.as_signed(leaf))
    if distances_in(whole):
        return
    city = catalogue.field_by_role("city")
    for spot in spots(whole):
        match spot.leaf:
            case Field(name, Test(Operator.EQ, (str() as town,))) if city and name == city.name:
                for place, country in called(town, catalogue):
                    test = Test(operator or Operator.LE, (far.value,))
                    yield put(whole, spot, spot.as_signed(Distance(place, country, test)))
            case _:
                pass


def join_town(
    whole: Condition, new: Spot, manner: Manner, catalogue: Catalogue
) -> tuple[Outcome, ...]:
    """A town after "within 50 km of Malmö" is another place to count from; with "or" and "also" one
    more. None where it is said of where members live, or there is no distance."""
    held = [each for each in distances_in(whole) if not each.negated]
    city = catalogue.field_by_role("city")
    if new.negated or not held or city is None or field_of(new.leaf) != city.name:
        return ()
    found: list[Outcome] = []
    for spot in held:
        for leaf in _from(spot.leaf, new.leaf, catalogue):
            beside = Any((spot.leaf, leaf))
            found.append(put(whole, spot, beside if manner in MORE else leaf))
    return tuple(found)


def _from(old: Condition, new: Condition, catalogue: Catalogue) -> Iterator[Condition]:
    """The same distance from the one town that a condition names."""
    match old, new:
        case Distance(), Field(_, Test(Operator.EQ, (str() as town,))):
            for place, country in called(town, catalogue):
                yield replace(old, place=place, country=country)
        case _:
            return


def without_distance(whole: Condition) -> Iterator[Outcome]:
    """As in "drop the distance"."""
    yield from take_all(whole, distances_in(whole))
