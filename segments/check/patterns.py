"""Checks conditions on how records stand to each other: compared, one after another, in groups.

In: such a condition and the catalogue. Out: problems, with the path to each; one function a kind.
"""

from collections.abc import Iterator

from segments.catalogue import Attribute, Catalogue, Type
from segments.check.events import (
    ADDABLE,
    UNITS,
    aggregate_problems,
    measure_problems,
    no_score,
    records_problems,
)
from segments.check.values import attribute_test, is_number, nearest, number_test, wrong
from segments.definition import (
    RECORD,
    Aggregate,
    Comparison,
    Favourite,
    Followed,
    Gap,
    Grouped,
    Kind,
    Norm,
    Operator,
    Overdue,
    Records,
    Sequence,
    Share,
    Step,
)
from segments.problems import (
    EmptyGroup,
    NotANumber,
    NoTime,
    Problem,
    UnknownAttribute,
    WrongOperator,
    WrongValue,
)

COMPARED = frozenset({Operator.EQ, Operator.LT, Operator.LE, Operator.GT, Operator.GE})
PARTS_OF_A_WHOLE = frozenset({Kind.COUNT, Kind.SUM, Kind.DISTINCT})
DISTANCES = frozenset({Kind.AVERAGE, Kind.MINIMUM, Kind.MAXIMUM})


def comparison_problems(
    comparison: Comparison, catalogue: Catalogue, where: str
) -> Iterator[Problem]:
    """Both numbers, that they are of one kind, and how they are compared."""
    left, right = comparison.left, comparison.right
    yield from aggregate_problems(left, catalogue, f"{where}.left")
    yield from aggregate_problems(right, catalogue, f"{where}.right")
    yield from _comparable(left, right, catalogue, f"{where}.right")
    yield from no_score(left, "comparison", f"{where}.left")
    if comparison.operator not in COMPARED:
        kind = left.kind.value
        yield WrongOperator(f"{where}.operator", kind, kind, comparison.operator.value)
    yield from _times(comparison.times, left.kind.value, where)


def norm_problems(norm: Norm, catalogue: Catalogue, where: str) -> Iterator[Problem]:
    """The number, which is no place in a ranking already, and how it is compared."""
    kind = norm.aggregate.kind.value
    yield from aggregate_problems(norm.aggregate, catalogue, f"{where}.aggregate")
    yield from no_score(norm.aggregate, "norm", f"{where}.aggregate")
    if norm.operator not in COMPARED:
        yield WrongOperator(f"{where}.operator", kind, kind, norm.operator.value)
    yield from _times(norm.times, kind, where)


def share_problems(share: Share, catalogue: Catalogue, where: str) -> Iterator[Problem]:
    """The part, the whole, that they are of one kind that can be divided, and the per cent."""
    yield from aggregate_problems(share.part, catalogue, f"{where}.part")
    yield from aggregate_problems(share.whole, catalogue, f"{where}.whole")
    yield from _comparable(share.part, share.whole, catalogue, f"{where}.whole")
    if share.part.kind not in PARTS_OF_A_WHOLE:
        yield WrongOperator(f"{where}.part", share.part.kind.value, "", "share")
    yield from number_test("share", share.test, f"{where}.test")


def gap_problems(gap: Gap, catalogue: Catalogue, where: str) -> Iterator[Problem]:
    """The records, which need a time, and the number of days."""
    if gap.kind not in DISTANCES:
        yield WrongOperator(f"{where}.of", gap.kind.value, "", "gap")
    yield from records_problems(gap.records, catalogue, f"{where}.records", times="gap")
    yield from number_test("gap", gap.test, f"{where}.test")


def overdue_problems(overdue: Overdue, catalogue: Catalogue, where: str) -> Iterator[Problem]:
    """The records, which need a time, and how many times."""
    yield from records_problems(overdue.records, catalogue, f"{where}.records", times="overdue")
    yield from _times(overdue.times, "overdue", where)


def sequence_problems(sequence: Sequence, catalogue: Catalogue, where: str) -> Iterator[Problem]:
    """The records of each step, which need a time, and what ties each step to the one before."""
    if not sequence.steps:
        yield EmptyGroup(where)
    yield from records_problems(sequence.start, catalogue, f"{where}.start", times="sequence")
    before = sequence.start
    for place, step in enumerate(sequence.steps):
        path = f"{where}.steps[{place}]"
        yield from records_problems(step.records, catalogue, f"{path}.records", times="sequence")
        yield from _step(step, before, catalogue, path)
        if step.absent and place + 1 < len(sequence.steps):
            yield WrongOperator(f"{path}.absent", step.records.event, "", "then")
        before = step.records


def followed_problems(followed: Followed, catalogue: Catalogue, where: str) -> Iterator[Problem]:
    """How many records, which need a time, what has to follow each, and the number that has it."""
    if followed.number < 2:  # of one alone a sequence tells
        yield wrong(f"{where}.number", followed.which.value, "records", followed.number)
    records, step = followed.records, followed.step
    yield from records_problems(records, catalogue, f"{where}.records", times="followed")
    yield from records_problems(step.records, catalogue, f"{where}.step.records", times="followed")
    yield from _step(step, records, catalogue, f"{where}.step")
    if step.absent:  # none that it follows is 0
        yield WrongOperator(f"{where}.step.absent", step.records.event, "", "followed")
    yield from number_test("followed", followed.test, f"{where}.test")


def grouped_problems(grouped: Grouped, catalogue: Catalogue, where: str) -> Iterator[Problem]:
    """Every measure, that all of them can be grouped so, and the number of groups."""
    if not grouped.having:
        yield EmptyGroup(where)
    for place, measure in enumerate(grouped.having):
        path = f"{where}.having[{place}]"
        yield from measure_problems(measure, catalogue, path)
        yield from no_score(measure.aggregate, "groups", f"{path}.aggregate")
        yield from _by(grouped.by, measure.aggregate.records, catalogue, f"{where}.by")
    events = {measure.aggregate.records.event for measure in grouped.having}
    if len(events) > 1 and grouped.by == RECORD and not _all_have(RECORD, events, catalogue):
        yield WrongOperator(f"{where}.by", RECORD, "", "groups")
    yield from number_test("groups", grouped.test, f"{where}.test")


def favourite_problems(favourite: Favourite, catalogue: Catalogue, where: str) -> Iterator[Problem]:
    """The records, the attribute whose value it is, the test on it, and what it is weighed by."""
    records = favourite.records
    yield from records_problems(records, catalogue, f"{where}.records", times=None)
    event = catalogue.events.get(records.event)
    if event is None:
        return
    found = event.attributes.get(favourite.of)
    if found is None:
        yield _unknown(f"{where}.of", records, favourite.of, catalogue)
    elif not _single(found):
        yield WrongOperator(f"{where}.of", found.name, found.type.value, "favourite")
    elif favourite.test.operator is Operator.KNOWN:  # that there is one: a count says it
        yield WrongOperator(f"{where}.test", found.name, found.type.value, Operator.KNOWN.value)
    else:
        yield from attribute_test(found, favourite.test, f"{where}.test")
    if favourite.by is not None:
        weight = event.attributes.get(favourite.by)
        if weight is None:
            yield _unknown(f"{where}.by", records, favourite.by, catalogue)
        elif weight.type not in ADDABLE:
            yield NotANumber(f"{where}.by", weight.name)


def _comparable(
    one: Aggregate, other: Aggregate, catalogue: Catalogue, where: str
) -> Iterator[Problem]:
    if one.kind is not other.kind:
        yield WrongOperator(where, other.kind.value, one.kind.value, "comparison")
        return
    if one.kind in (Kind.COUNT, Kind.DISTINCT):
        return
    of, against = (_attribute(each, catalogue) for each in (one, other))
    if of is not None and against is not None and of.type is not against.type:
        yield WrongOperator(where, against.name, of.type.value, "comparison")


def _attribute(aggregate: Aggregate, catalogue: Catalogue) -> Attribute | None:
    event = catalogue.events.get(aggregate.records.event)
    return None if event is None else event.attributes.get(str(aggregate.of))


def _times(times: object, name: str, where: str) -> Iterator[WrongValue]:
    if not is_number(times) or times <= 0:  # type: ignore[arg-type, operator]
        yield wrong(f"{where}.times", name, Type.NUMBER.value, times)


def _step(step: Step, before: Records, catalogue: Catalogue, where: str) -> Iterator[Problem]:
    if step.within is not None and not 1 <= step.within.count <= MOST_STEPS:
        yield wrong(f"{where}.within", step.records.event, "number", step.within.count)
    for name in step.same:
        types, single = set(), True
        for records in (before, step.records):
            event = catalogue.events.get(records.event)
            if event is None:
                continue
            found = event.attributes.get(name)
            if found is None:
                yield _unknown(f"{where}.same", records, name, catalogue)
            else:
                types.add(found.type)
                single = single and _single(found)
        if not single or len(types) > 1:
            kinds = ", ".join(sorted(each.value for each in types))
            yield WrongOperator(f"{where}.same", name, kinds, "same")


def _by(by: str, records: Records, catalogue: Catalogue, where: str) -> Iterator[Problem]:
    event = catalogue.events.get(records.event)
    if event is None:
        return
    found = event.attributes.get(by)
    if found is not None:
        if not _single(found):
            yield WrongOperator(where, by, found.type.value, "groups")
    elif by in UNITS:
        if event.time is None:
            yield NoTime(where, event.name)
    elif by != RECORD or event.record is None:
        yield _unknown(where, records, by, catalogue)


def _single(attribute: Attribute) -> bool:
    """Whether a row has one value of it, the same whichever rows are read: an amount is the
    record's where records are read, and the part's where their parts are."""
    both = attribute.of_both or attribute.additive
    return attribute.type is not Type.LIST and not both


def _all_have(name: str, events: set[str], catalogue: Catalogue) -> bool:
    return all(e in catalogue.events and name in catalogue.events[e].attributes for e in events)


def _unknown(where: str, records: Records, name: str, catalogue: Catalogue) -> UnknownAttribute:
    event = catalogue.events[records.event]
    return UnknownAttribute(where, event.name, name, nearest(name, event.attributes))


MOST_STEPS = 100_000  # of a distance in time, so that no instant leaves the calendar
