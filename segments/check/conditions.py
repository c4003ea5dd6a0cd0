"""Checks a definition against a catalogue: in both, out every `Problem`, not only the first.

`where` in a problem is the path to that part of the tree, in the spelling of the JSON form
(`definition.parts[0].test`). Knows no SQL and no data: a value that no row holds is no problem.
Start at `check`; tests on values are in `values`, windows in `windows`.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import assert_never

from segments.audiences import KeyList, Segment
from segments.catalogue import Attribute, Catalogue, Type
from segments.check.events import (
    aggregate_problems,
    filter_problems,
    measure_problems,
    no_score,
    records_problems,
)
from segments.check.patterns import (
    PARTS_OF_A_WHOLE,
    comparison_problems,
    favourite_problems,
    followed_problems,
    gap_problems,
    grouped_problems,
    norm_problems,
    overdue_problems,
    sequence_problems,
    share_problems,
)
from segments.check.values import ORDER, attribute_test, is_number, nearest, number_test, wrong
from segments.check.windows import DATED, records_window_problems, window_problems
from segments.closeness import FEWEST, features
from segments.definition import (
    All,
    Anniversary,
    Any,
    Audience,
    Comparison,
    Condition,
    DateField,
    Distance,
    Edge,
    Extent,
    Favourite,
    Field,
    Followed,
    Gap,
    Grouped,
    Jointly,
    Measure,
    Norm,
    Not,
    OfEvents,
    Overdue,
    People,
    Rank,
    Sequence,
    Share,
    Similar,
)
from segments.problems import (
    BrokenAudience,
    EmptyGroup,
    NoPlaces,
    NoPrediction,
    NothingAlike,
    Problem,
    SegmentRing,
    UnknownAudience,
    UnknownField,
    UnknownPlace,
    WrongOperator,
)


def check(condition: Condition, catalogue: Catalogue) -> tuple[Problem, ...]:
    """Every problem of the definition, in the order of the tree; none when it can be compiled."""
    return tuple(_condition(condition, catalogue, "definition"))


def _condition(condition: Condition, catalogue: Catalogue, where: str) -> Iterator[Problem]:
    match condition:
        case All(parts) | Any(parts):
            if not parts:
                yield EmptyGroup(where)
            for place, part in enumerate(parts):
                yield from _condition(part, catalogue, f"{where}.parts[{place}]")
        case Not(part):
            yield from _condition(part, catalogue, f"{where}.part")
        case Field(name, test):
            field = catalogue.fields.get(name)
            if field is None:
                yield _unknown_field(name, catalogue, where)
            else:
                yield from _predicted(field, where)
                yield from attribute_test(field, test, f"{where}.test")
        case DateField() | Anniversary():
            yield from _date_field(condition, catalogue, where)
        case Audience():
            yield from _audience(condition, catalogue, where)
        case People(by, who, test):
            yield from _shared(by, catalogue, where, "people")
            yield from _condition(who, catalogue, f"{where}.who")
            yield from number_test("people", test, f"{where}.test")
        case Similar():
            yield from _similar(condition, catalogue, where)
        case Jointly():
            yield from _jointly(condition, catalogue, where)
        case Distance(_, _, test):
            yield from _place(condition, catalogue, where)
            if test.operator not in ORDER:  # nobody is at a distance to the metre
                operator = test.operator.value
                yield WrongOperator(f"{where}.test", "distance", Type.NUMBER.value, operator)
            else:
                yield from number_test("distance", test, f"{where}.test")
        case _:
            yield from _of_events(condition, catalogue, where)


def _jointly(joint: Jointly, catalogue: Catalogue, where: str) -> Iterator[Problem]:
    yield from _shared(joint.by, catalogue, where, "people")
    yield from aggregate_problems(joint.aggregate, catalogue, f"{where}.aggregate")
    if joint.aggregate.kind not in PARTS_OF_A_WHOLE:
        kind = joint.aggregate.kind.value
        yield WrongOperator(f"{where}.aggregate", kind, "", "jointly")
    yield from number_test("jointly", joint.test, f"{where}.test")
    if joint.among is not None:
        yield from _condition(joint.among, catalogue, f"{where}.among")


def _similar(similar: Similar, catalogue: Catalogue, where: str) -> Iterator[Problem]:
    percent, whole = similar.extent is Extent.PERCENT, similar.extent is Extent.MEMBERS
    if not _fits(similar.amount, percent=percent, whole=whole):
        kind = similar.extent.value
        yield wrong(f"{where}.amount", "nearest", kind, similar.amount)
    if len(found := features(catalogue)) < FEWEST:
        yield NothingAlike(where, str(len(found)), str(FEWEST))
    yield from _condition(similar.to, catalogue, f"{where}.to")
    if similar.among is not None:
        yield from _condition(similar.among, catalogue, f"{where}.among")


def _predicted(field: Attribute, where: str) -> Iterator[NoPrediction]:
    card = field.prediction.card if field.prediction is not None else None
    if card is not None and card.refused:
        yield NoPrediction(where, field.name, card.refused, card.found, card.needed)


def _place(distance: Distance, catalogue: Catalogue, where: str) -> Iterator[Problem]:
    """Neither a place that is not known nor a distance from it to nobody knows where."""
    if catalogue.gazetteer.by is None:
        yield NoPlaces(where)
    elif catalogue.point(distance.place, distance.country) is None:
        yield UnknownPlace(f"{where}.place", distance.place, distance.country or "")


def _audience(audience: Audience, catalogue: Catalogue, where: str) -> Iterator[Problem]:
    source, name = audience.source.value, audience.name
    match catalogue.audiences.get(audience):
        case None:
            yield UnknownAudience(where, source, name)
        case KeyList(field=field):
            if field is not None and field not in catalogue.fields:
                yield BrokenAudience(where, name)
        case Segment(definition=definition):
            if ring := catalogue.audiences.ring(name):
                yield SegmentRing(where, name, " → ".join(ring))
            elif definition is None or any(_condition(definition, catalogue, where)):
                yield BrokenAudience(where, name)


def _of_events(condition: OfEvents, catalogue: Catalogue, where: str) -> Iterator[Problem]:
    match condition:
        case Measure():
            yield from measure_problems(condition, catalogue, where)
        case Edge():
            yield from _edge(condition, catalogue, where)
        case Rank():
            yield from _rank(condition, catalogue, where)
        case Comparison():
            yield from comparison_problems(condition, catalogue, where)
        case Norm():
            yield from norm_problems(condition, catalogue, where)
        case Share():
            yield from share_problems(condition, catalogue, where)
        case Gap():
            yield from gap_problems(condition, catalogue, where)
        case Overdue():
            yield from overdue_problems(condition, catalogue, where)
        case Sequence():
            yield from sequence_problems(condition, catalogue, where)
        case Followed():
            yield from followed_problems(condition, catalogue, where)
        case Grouped():
            yield from grouped_problems(condition, catalogue, where)
        case Favourite():
            yield from favourite_problems(condition, catalogue, where)
        case _:
            assert_never(condition)


def _date_field(
    condition: DateField | Anniversary, catalogue: Catalogue, where: str
) -> Iterator[Problem]:
    field = catalogue.fields.get(condition.field)
    if field is None:
        yield _unknown_field(condition.field, catalogue, where)
    elif field.type not in DATED:
        yield WrongOperator(where, field.name, field.type.value, "window")
    else:
        yield from _predicted(field, where)
    yield from window_problems(condition.window, condition.field, f"{where}.window")


def _edge(edge: Edge, catalogue: Catalogue, where: str) -> Iterator[Problem]:
    if edge.when is None and not edge.having:
        yield EmptyGroup(where)
    if edge.number < 1:
        yield wrong(f"{where}.number", edge.which.value, "records", edge.number)
    yield from records_problems(edge.records, catalogue, f"{where}.records", times=edge.which.value)
    if edge.when is not None:
        yield from records_window_problems(edge.when, edge.which.value, catalogue, f"{where}.when")
    event = catalogue.events.get(edge.records.event)
    if event is not None:
        yield from filter_problems(edge.having, event, f"{where}.having")


def _rank(rank: Rank, catalogue: Catalogue, where: str) -> Iterator[Problem]:
    if not _fits(rank.amount, percent=rank.percent, whole=not rank.percent):
        kind = "percent" if rank.percent else "members"
        yield wrong(f"{where}.amount", rank.side.value, kind, rank.amount)
    yield from aggregate_problems(rank.aggregate, catalogue, f"{where}.aggregate")
    yield from no_score(rank.aggregate, rank.side.value, f"{where}.aggregate")
    if rank.within is not None:
        yield from _shared(rank.within, catalogue, where, "within")
    if rank.among is not None:
        yield from _condition(rank.among, catalogue, f"{where}.among")


def _shared(name: str, catalogue: Catalogue, where: str, kind: str) -> Iterator[Problem]:
    """A field by whose values members are put together."""
    path = f"{where}.{'by' if kind == 'people' else kind}"
    field = catalogue.fields.get(name)
    if field is None:
        yield UnknownField(path, name, nearest(name, catalogue.fields))
    elif field.type is Type.LIST:
        yield WrongOperator(path, field.name, field.type.value, kind)


def _fits(amount: int | Decimal, *, percent: bool, whole: bool) -> bool:
    if not is_number(amount) or amount <= 0 or (percent and amount > 100):
        return False
    return isinstance(amount, int) or not whole


def _unknown_field(name: str, catalogue: Catalogue, where: str) -> UnknownField:
    return UnknownField(f"{where}.field", name, nearest(name, catalogue.fields))
