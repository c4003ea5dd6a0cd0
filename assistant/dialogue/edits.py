"""A leaf with one thing changed as a turn changes it: its values, its test, its size, its time.

In: a leaf and what takes the place. Out: the leaf with it; all else stays, and so does a leaf that
has no such place. Pure, in the terms of segments; knows no words. Start at `with_test`.
"""

from dataclasses import replace
from decimal import Decimal

from segments.definition import (
    Aggregate,
    Anniversary,
    Condition,
    DateField,
    Edge,
    Field,
    Measure,
    Near,
    Operator,
    Rank,
    Records,
    Test,
    Value,
    Window,
)

LISTS = frozenset({Operator.EQ, Operator.IN})


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
        case DateField() | Anniversary() if window is not None and not isinstance(window, Near):
            return replace(leaf, window=window)
        case Edge(having=having) if window is not None or having:
            return replace(leaf, when=window)
        case Measure(aggregate) | Rank(aggregate=aggregate):
            records = replace(aggregate.records, window=window)
            return replace(leaf, aggregate=replace(aggregate, records=records))
        case _:
            return leaf


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


def _all_said(edge: Edge) -> Records:
    """The records with what they are asked to have after what they are chosen by."""
    return replace(edge.records, filters=(*edge.records.filters, *edge.having))
