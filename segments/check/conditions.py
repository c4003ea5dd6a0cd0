"""Checks a definition against a catalogue: in both, out every `Problem`, not only the first.

`where` in a problem is the path to that part of the tree, in the spelling of the JSON form
(`definition.parts[0].test`). Knows no SQL and no data: a value that no row holds is no problem.
Start at `check`; tests on values are in `values`, windows in `windows`.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import assert_never

from segments.catalogue import Catalogue, Event, Type
from segments.check.values import (
    EQUAL,
    attribute_test,
    is_number,
    nearest,
    number_test,
    right_count,
    wrong,
)
from segments.check.windows import window_problems
from segments.definition import (
    WEEKDAY,
    Aggregate,
    All,
    Anniversary,
    Any,
    Condition,
    DateField,
    Edge,
    Field,
    Filter,
    Kind,
    Measure,
    Not,
    Rank,
    Records,
    Unit,
    Value,
)
from segments.problems import (
    EmptyGroup,
    NotANumber,
    NoTime,
    Problem,
    UnknownAttribute,
    UnknownEvent,
    UnknownField,
    WrongOperator,
)

# An age is kept as a birth date, so it can be compared but not added up.
ADDABLE = frozenset({Type.NUMBER, Type.MONEY})
DATED = frozenset({Type.DATE, Type.TIME, Type.AGE})
UNITS = frozenset(unit.value for unit in Unit)


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
                yield from attribute_test(field, test, f"{where}.test")
        case DateField() | Anniversary():
            yield from _date_field(condition, catalogue, where)
        case Measure(aggregate, test):
            yield from _aggregate(aggregate, catalogue, f"{where}.aggregate")
            yield from number_test(aggregate.kind.value, test, f"{where}.test")
        case Edge():
            yield from _edge(condition, catalogue, where)
        case Rank():
            yield from _rank(condition, catalogue, where)
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
    yield from window_problems(condition.window, condition.field, f"{where}.window")


def _edge(edge: Edge, catalogue: Catalogue, where: str) -> Iterator[Problem]:
    if edge.when is None and not edge.having:
        yield EmptyGroup(where)
    if edge.number < 1:
        yield wrong(f"{where}.number", edge.which.value, "records", edge.number)
    yield from _records(edge.records, catalogue, f"{where}.records", times=edge.which.value)
    if edge.when is not None:
        yield from window_problems(edge.when, edge.which.value, f"{where}.when")
    event = catalogue.events.get(edge.records.event)
    if event is not None:
        yield from _filters(edge.having, event, f"{where}.having")


def _rank(rank: Rank, catalogue: Catalogue, where: str) -> Iterator[Problem]:
    if not _fits(rank.amount, percent=rank.percent):
        kind = "percent" if rank.percent else "members"
        yield wrong(f"{where}.amount", rank.side.value, kind, rank.amount)
    yield from _aggregate(rank.aggregate, catalogue, f"{where}.aggregate")
    if rank.among is not None:
        yield from _condition(rank.among, catalogue, f"{where}.among")


def _fits(amount: int | Decimal, *, percent: bool) -> bool:
    if not is_number(amount) or amount <= 0:
        return False
    return amount <= 100 if percent else isinstance(amount, int)


def _aggregate(aggregate: Aggregate, catalogue: Catalogue, where: str) -> Iterator[Problem]:
    event = catalogue.events.get(aggregate.records.event)
    of = aggregate.of
    if event is not None:
        yield from _of(aggregate, event, where)
    by_time = event is not None and of in UNITS and of not in event.attributes
    times = str(of) if aggregate.kind is Kind.DISTINCT and by_time else None
    yield from _records(aggregate.records, catalogue, f"{where}.records", times=times)


def _of(aggregate: Aggregate, event: Event, where: str) -> Iterator[Problem]:
    of, kind, path = aggregate.of, aggregate.kind, f"{where}.of"
    if kind is Kind.COUNT:
        if of is not None:
            yield WrongOperator(path, of, "", kind.value)
        return
    distinct = kind is Kind.DISTINCT
    attribute = event.attributes.get(of or "")
    if attribute is None:
        if not (distinct and of in UNITS):
            names = (*event.attributes, *(UNITS if distinct else ()))
            yield UnknownAttribute(path, event.name, of or "", nearest(of or "", names))
    elif distinct and attribute.type is Type.LIST:
        yield WrongOperator(path, attribute.name, attribute.type.value, kind.value)
    elif not distinct and attribute.type not in ADDABLE:
        yield NotANumber(path, attribute.name)


def _records(
    records: Records, catalogue: Catalogue, where: str, *, times: str | None
) -> Iterator[Problem]:
    """Problems of the records; `times` names what needs their time beside a window, if anything."""
    event = catalogue.events.get(records.event)
    if event is None:
        name = records.event
        yield UnknownEvent(f"{where}.event", name, nearest(name, catalogue.events))
    else:
        if event.time is None and (records.window is not None or times is not None):
            yield NoTime(where, event.name)
        yield from _filters(records.filters, event, f"{where}.filters")
    if records.window is not None:
        yield from window_problems(records.window, records.event, f"{where}.window")


def _filters(filters: tuple[Filter, ...], event: Event, where: str) -> Iterator[Problem]:
    for place, restriction in enumerate(filters):
        path = f"{where}[{place}]"
        attribute = event.attributes.get(restriction.attribute)
        if attribute is None and restriction.attribute == WEEKDAY:
            yield from _weekday(restriction, event, path)
        elif attribute is None:
            name = restriction.attribute
            yield UnknownAttribute(path, event.name, name, nearest(name, event.attributes))
        else:
            yield from attribute_test(attribute, restriction.test, f"{path}.test")


def _weekday(restriction: Filter, event: Event, where: str) -> Iterator[Problem]:
    test = restriction.test
    if event.time is None:
        yield NoTime(where, event.name)
    if test.operator not in EQUAL:
        yield WrongOperator(f"{where}.test", WEEKDAY, WEEKDAY, test.operator.value)
    elif not right_count(test) or not all(map(_is_weekday, test.values)):
        found = ", ".join(str(value) for value in test.values)
        yield wrong(f"{where}.test", WEEKDAY, WEEKDAY, found)


def _is_weekday(value: Value) -> bool:
    return type(value) is int and 1 <= value <= 7


def _unknown_field(name: str, catalogue: Catalogue, where: str) -> UnknownField:
    return UnknownField(f"{where}.field", name, nearest(name, catalogue.fields))
