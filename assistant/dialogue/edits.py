"""What a chip offers to change in a leaf, and the leaf with the change. All else stays.

In: a leaf, the catalogue, the values it knows. Out: `Editable`s to draw controls of, and new leaves
for `EditCondition`. Pure, in the terms of segments; knows no words. Start at `editable`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from segments.catalogue import NUMERIC, Attribute, Catalogue, Spoken, Type
from segments.definition import (
    Aggregate,
    Anniversary,
    Condition,
    DateField,
    Edge,
    Field,
    Measure,
    Not,
    Operator,
    Rank,
    Records,
    Test,
    Value,
    Window,
)

LISTS = frozenset({Operator.EQ, Operator.IN})


@dataclass(frozen=True, slots=True)
class EditValues:
    """The values of a test and those that could stand there instead. `place` is the index of a
    filter, None for the leaf's own test; `owner` is what `Spoken` calls it."""

    place: int | None
    owner: str
    test: Test
    alternatives: tuple[Value, ...]  # empty: anything of the type


@dataclass(frozen=True, slots=True)
class EditNumber:
    """A threshold, or both ends of a range."""

    place: int | None
    test: Test
    type: Type = Type.NUMBER


@dataclass(frozen=True, slots=True)
class EditAmount:
    """How many of a ranking."""

    amount: int | Decimal
    percent: bool


@dataclass(frozen=True, slots=True)
class EditWindow:
    """When; `optional` when it may be left out, which means all time."""

    window: Window | None
    optional: bool


Editable = EditValues | EditNumber | EditAmount | EditWindow


def editable(
    leaf: Condition, catalogue: Catalogue, spoken: Iterable[Spoken] = ()
) -> tuple[Editable, ...]:
    """Everything of a leaf that can be changed in place, in the order it is said."""
    match leaf:
        case Field(name, test):
            field = catalogue.fields.get(name) or Attribute(name, Type.TEXT)
            return tuple(_test(None, name, field, test, spoken))
        case DateField(_, window) | Anniversary(_, window):
            return (EditWindow(window, optional=False),)
        case Measure(aggregate, test):
            own = EditNumber(None, test, _measured(aggregate, catalogue))
            return (*_filters(aggregate.records, catalogue, spoken), own, *_when(aggregate))
        case Edge(when=when, having=having):
            filters = _filters(_all_said(leaf), catalogue, spoken)
            return (*filters, EditWindow(when, optional=bool(having)))
        case Rank(_, amount, percent, aggregate):
            filters = _filters(aggregate.records, catalogue, spoken)
            return (EditAmount(amount, percent), *filters, *_when(aggregate))
        case _:  # what ties several records together is changed in words
            return ()


def _all_said(edge: Edge) -> Records:
    """The records with what they are asked to have after what they are chosen by."""
    return replace(edge.records, filters=(*edge.records.filters, *edge.having))


def _filters(
    records: Records, catalogue: Catalogue, spoken: Iterable[Spoken]
) -> Iterator[Editable]:
    event = catalogue.events.get(records.event)
    attributes = event.attributes if event else {}
    for place, each in enumerate(records.filters):
        attribute = attributes.get(each.attribute) or Attribute(each.attribute, Type.TEXT)
        owner = f"{records.event}.{each.attribute}"
        yield from _test(place, owner, attribute, each.test, spoken)


def _test(
    place: int | None, owner: str, attribute: Attribute, test: Test, spoken: Iterable[Spoken]
) -> Iterator[Editable]:
    if test.operator is Operator.KNOWN:
        return
    if attribute.type in NUMERIC:
        yield EditNumber(place, test, attribute.type)
    else:
        yield EditValues(place, owner, test, _alternatives(owner, attribute, spoken))


def _alternatives(owner: str, attribute: Attribute, spoken: Iterable[Spoken]) -> tuple[Value, ...]:
    if attribute.type is Type.YES_NO:
        return (True, False)
    if attribute.values:
        return attribute.codes
    return tuple(dict.fromkeys(each.code for each in spoken if each.owner == owner))


def _measured(aggregate: Aggregate, catalogue: Catalogue) -> Type:
    """An amount of money, or a number."""
    event = catalogue.events.get(aggregate.records.event)
    attribute = event.attributes.get(aggregate.of or "") if event else None
    adds_up = aggregate.of is not None and aggregate.kind.value != "distinct"
    return attribute.type if attribute and adds_up else Type.NUMBER


def _when(aggregate: Aggregate) -> Iterator[Editable]:
    yield EditWindow(aggregate.records.window, optional=True)


# --- the leaf with the change ---------------------------------------------------------------


def with_values(leaf: Condition, place: int | None, values: tuple[Value, ...]) -> Condition:
    """The leaf with other values; one value is `=`, several are a list. Without values it stays."""
    test = _test_at(leaf, place)
    if test is None or not values:
        return leaf
    operator = test.operator
    if operator in LISTS:
        operator = Operator.EQ if len(values) == 1 else Operator.IN
    return with_test(leaf, place, Test(operator, values))


def with_test(leaf: Condition, place: int | None, test: Test) -> Condition:
    """The leaf with another test: a threshold with its comparison, or a filter's."""
    match leaf:
        case Field() | Measure() if place is None:
            return replace(leaf, test=test)
        case Measure(aggregate) | Rank(aggregate=aggregate) if place is not None:
            return replace(leaf, aggregate=_refiltered(aggregate, place, test))
        case Edge(records=records) if place is not None:
            said = _with_filter(_all_said(leaf), place, test).filters
            chosen, asked = said[: len(records.filters)], said[len(records.filters) :]
            return replace(leaf, records=replace(records, filters=chosen), having=asked)
        case _:
            return leaf


def with_amount(leaf: Condition, amount: int | Decimal, *, percent: bool) -> Condition:
    """The ranking with another size."""
    return replace(leaf, amount=amount, percent=percent) if isinstance(leaf, Rank) else leaf


def with_window(leaf: Condition, window: Window | None) -> Condition:
    """The leaf with another time; None is all time, where a leaf can do without."""
    match leaf:
        case DateField() | Anniversary() if window is not None:
            return replace(leaf, window=window)
        case Edge(having=having) if window is not None or having:
            return replace(leaf, when=window)
        case Measure(aggregate) | Rank(aggregate=aggregate):
            records = replace(aggregate.records, window=window)
            return replace(leaf, aggregate=replace(aggregate, records=records))
        case _:
            return leaf


def signed(leaf: Condition, *, negated: bool) -> Condition:
    """The leaf as it stands in the tree: what `EditCondition` takes."""
    return Not(leaf) if negated else leaf


def _test_at(leaf: Condition, place: int | None) -> Test | None:
    match leaf:
        case Field(_, test) | Measure(_, test) if place is None:
            return test
        case (
            Measure(Aggregate(records=Records(filters=filters)))
            | Rank(aggregate=Aggregate(records=Records(filters=filters)))
        ) if place is not None and 0 <= place < len(filters):
            return filters[place].test
        case Edge() if place is not None and 0 <= place < len(_all_said(leaf).filters):
            return _all_said(leaf).filters[place].test
        case _:
            return None


def _refiltered(aggregate: Aggregate, place: int, test: Test) -> Aggregate:
    return replace(aggregate, records=_with_filter(aggregate.records, place, test))


def _with_filter(records: Records, place: int, test: Test) -> Records:
    if not 0 <= place < len(records.filters):
        return records
    filters = list(records.filters)
    filters[place] = replace(filters[place], test=test)
    return replace(records, filters=tuple(filters))
