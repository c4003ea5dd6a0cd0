"""Checks what conditions say of events: records, their restrictions, and the numbers made of them.

In: parts of a definition and the catalogue. Out: problems, with the path to each. Start at
`aggregate_problems`.
"""

from collections.abc import Iterator

from segments.catalogue import Catalogue, Event, Type
from segments.check.values import (
    EQUAL,
    attribute_test,
    nearest,
    number_test,
    right_count,
    wrong,
)
from segments.check.windows import records_window_problems
from segments.definition import (
    BEST_SCORE,
    CLOCK,
    HOUR,
    SCORES,
    Aggregate,
    Filter,
    Kind,
    Measure,
    Records,
    Unit,
    Value,
)
from segments.problems import (
    NotANumber,
    NoTime,
    NoTimeOfDay,
    Problem,
    UnknownAttribute,
    UnknownEvent,
    WrongOperator,
)

# An age is kept as a birth date, so it can be compared but not added up.
ADDABLE = frozenset({Type.NUMBER, Type.MONEY})
UNITS = frozenset(unit.value for unit in Unit)
_OF_RECORDS = frozenset({Kind.COUNT, Kind.RECENCY, Kind.FREQUENCY})


def aggregate_problems(aggregate: Aggregate, catalogue: Catalogue, where: str) -> Iterator[Problem]:
    """Problems of one number a member, apart from what it is compared with."""
    event = catalogue.events.get(aggregate.records.event)
    of = aggregate.of
    if event is not None:
        yield from _of(aggregate, event, where)
    by_time = event is not None and of in UNITS and of not in event.attributes
    times = str(of) if aggregate.kind is Kind.DISTINCT and by_time else None
    times = aggregate.kind.value if aggregate.kind is Kind.RECENCY else times
    yield from records_problems(aggregate.records, catalogue, f"{where}.records", times=times)


def measure_problems(measure: Measure, catalogue: Catalogue, where: str) -> Iterator[Problem]:
    """Problems of one number a member and of what it is compared with."""
    kind, test = measure.aggregate.kind, measure.test
    yield from aggregate_problems(measure.aggregate, catalogue, f"{where}.aggregate")
    problems = list(number_test(kind.value, test, f"{where}.test"))
    yield from problems
    if kind in SCORES and not problems:
        for value in test.values:
            if type(value) is not int or not 1 <= value <= BEST_SCORE:
                yield wrong(f"{where}.test", kind.value, Type.NUMBER.value, value)


def no_score(aggregate: Aggregate, what: str, where: str) -> Iterator[Problem]:
    """A score is one of all members, so nothing else can be made of it."""
    if aggregate.kind in SCORES:
        yield WrongOperator(where, aggregate.kind.value, "", what)


def _of(aggregate: Aggregate, event: Event, where: str) -> Iterator[Problem]:
    of, kind, path = aggregate.of, aggregate.kind, f"{where}.of"
    if kind in _OF_RECORDS:
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


def records_problems(
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
        yield from filter_problems(records.filters, event, f"{where}.filters")
    if records.window is not None:
        window, path = records.window, f"{where}.window"
        yield from records_window_problems(window, records.event, catalogue, path)


def filter_problems(filters: tuple[Filter, ...], event: Event, where: str) -> Iterator[Problem]:
    """Problems of restrictions on records of the event."""
    for place, restriction in enumerate(filters):
        path = f"{where}[{place}]"
        attribute = event.attributes.get(restriction.attribute)
        if attribute is None and restriction.attribute in CLOCK:
            yield from _on_time(restriction, event, path)
        elif attribute is None:
            name = restriction.attribute
            yield UnknownAttribute(path, event.name, name, nearest(name, event.attributes))
        else:
            yield from attribute_test(attribute, restriction.test, f"{path}.test")


def _on_time(restriction: Filter, event: Event, where: str) -> Iterator[Problem]:
    test, name = restriction.test, restriction.attribute
    if event.time is None:
        yield NoTime(where, event.name)
    elif event.dated and name == HOUR:
        yield NoTimeOfDay(where, event.name)
    if test.operator not in EQUAL:
        yield WrongOperator(f"{where}.test", name, name, test.operator.value)
    elif not right_count(test) or not all(_lies_in(CLOCK[name], each) for each in test.values):
        found = ", ".join(str(value) for value in test.values)
        yield wrong(f"{where}.test", name, name, found)


def _lies_in(numbers: range, value: Value) -> bool:
    return type(value) is int and value in numbers
