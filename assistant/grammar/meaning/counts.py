"""Comparisons of a count: of records, of things, of different values."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.grammar import vague
from assistant.grammar.frames import Frame
from assistant.grammar.meaning.unclear import Unclear, ask_at
from assistant.grammar.pieces import Compare, Sort, VagueWord, When
from assistant.grammar.reading import Note
from assistant.grammar.variants import (
    Variants,
    asked,
    noted,
    settled,
)
from segments.catalogue import Event
from segments.definition import (
    CLOCK,
    EXISTS,
    Aggregate,
    All,
    Condition,
    Filter,
    Gap,
    Kind,
    Measure,
    Operator,
    Records,
    Rolling,
    Share,
    Test,
    Unit,
    exists,
)

_TWICE, _TWICE_OR_MORE = Test(Operator.EQ, (2,)), Test(Operator.GE, (2,))
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}


def count_test(frame: Frame) -> tuple[tuple[Test, ...], tuple[Note, ...]]:
    """The tests of a count, several when the number is vague, with what they take for granted."""
    compare = frame.compare
    if isinstance(compare, VagueWord):
        return vague.counts(compare.concept), ()
    if not isinstance(compare, Compare):
        raise Unclear("no_place_for")
    number = str(compare.test.values[0])
    if frame.negated and compare.bare and compare.unit.times:
        return (_at_least(compare.test),), ()  # "never bought twice": nor three times
    notes = (Note("exact_count", {"number": number}),) if compare.bare else ()
    return (compare.test,), notes


def _at_least(test: Test) -> Test:
    exact = test.operator is Operator.EQ and test.values != (0,)
    return Test(Operator.GE, test.values) if exact else test


def tests_of(
    frame: Frame, aggregate: Aggregate, tests: Sequence[Test], notes: tuple[Note, ...]
) -> Variants:
    """A measure for each test: one, or a question about a vague number."""
    if len(tests) == 1:
        return settled(Measure(aggregate, tests[0]), *notes)
    assert isinstance(frame.compare, VagueWord)
    ask = ask_at(frame, f"vague_{frame.compare.concept}")
    found: list[Condition] = [Measure(aggregate, test) for test in tests]
    if frame.weekdays is not None and frame.compare.concept == "frequent":
        found = [_mostly(aggregate), *found[:-1]]
    return asked(ask, found)


def _mostly(aggregate: Aggregate) -> Share:
    """As in "usually buys on Fridays": so are more than half of them, whatever their number."""
    records = aggregate.records
    kept = tuple(one for one in records.filters if one.attribute not in CLOCK)
    whole = replace(aggregate, records=replace(records, filters=kept))
    return Share(aggregate, whole, Test(Operator.GT, (50,)))


def habitual(frame: Frame, records: Records) -> Variants:
    """As in "weekend shoppers": most of what they buy, or some of it."""
    count = Aggregate(Kind.COUNT, records)
    some = (Measure(count, Test(Operator.GE, (least,))) for least in (1, 3))
    return asked(ask_at(frame, "vague_frequent"), (_mostly(count), *some))


def counted(event: Event, frame: Frame, records: Records) -> Variants:
    """A comparison of the number of records, or of the things they are about."""
    tests, notes = count_test(frame)
    quantity = event.by_role("quantity")
    if near := _near_each_other(frame, records, tests[0]):
        return noted(near, *notes)
    if _in_so_long(frame) and tests[0].values[0] not in (0, 1):
        notes = (*notes, Note("counted_back"))
    least_one = tests[0] in (EXISTS, Test(Operator.GT, (0,)))
    if frame.number_after and any(a.numeric for a in event.attributes.values()):
        return _of_what(event, frame, records, tests[0])
    if isinstance(frame.compare, Compare) and frame.number_filter and not least_one:
        return _each_or_all(event, frame, Aggregate(Kind.COUNT, records), tests[0])
    if frame.counts_things and quantity is not None and not least_one:
        units = Measure(Aggregate(Kind.SUM, records, quantity.name), tests[0])
        return settled(units, *notes, Note("counted_units"))
    return tests_of(frame, Aggregate(Kind.COUNT, records), tests, notes)


def _near_each_other(frame: Frame, records: Records, test: Test) -> Variants:
    """As in "bought twice within 7 days": of today, or of each other."""
    days = records.window
    if not _in_so_long(frame) or not isinstance(days, Rolling):
        return ()
    length = days.count * _DAYS.get(days.unit, 0)
    if test not in (_TWICE, _TWICE_OR_MORE) or not length:
        return ()
    apart = replace(records, window=None)
    near = Gap(Kind.MINIMUM, apart, Test(Operator.LE, (length,)))
    counted = Measure(Aggregate(Kind.COUNT, records), test)
    return asked(ask_at(frame, "within_which"), (counted, near))


def _in_so_long(frame: Frame) -> bool:
    """As in "within 30 days" and "in 30 days", which no last time was said of."""
    said = frame.window
    return isinstance(said, When) and (said.within or said.spell) and frame.link is None


def different(event: Event, frame: Frame, records: Records) -> Variants:
    """Different values of an attribute; without the word "different" perhaps things or times."""
    tests, notes = count_test(frame)
    apart = Aggregate(Kind.DISTINCT, records, frame.distinct)
    if isinstance(frame.compare, Compare) and frame.number_filter and not frame.counts_things:
        return noted(_each_or_all(event, frame, apart, tests[0]), *notes)
    if isinstance(frame.window, When) and frame.window.some:
        notes = (*notes, Note("whole_units"))
    if not frame.counts_things or len(tests) > 1 or tests[0] in (EXISTS, Test(Operator.GT, (0,))):
        return tests_of(frame, apart, tests, notes)
    found = [Measure(apart, tests[0])]
    quantity = event.by_role("quantity")
    attribute = event.attributes.get(frame.distinct or "")
    role = attribute.role if attribute is not None else None
    if quantity is not None and role == "product":
        found.append(Measure(Aggregate(Kind.SUM, records, quantity.name), tests[0]))
    found.append(Measure(Aggregate(Kind.COUNT, records), tests[0]))
    return noted(asked(ask_at(frame, "count_things"), found), *notes)


def _of_what(event: Event, frame: Frame, records: Records, test: Test) -> Variants:
    """As in "orders over 500": what each is worth, what they come to, or how many."""
    count = Measure(Aggregate(Kind.COUNT, records), test)
    amount = event.amount
    if amount is None:
        raise Unclear("no_place_for")
    single = exists(replace(records, filters=(*records.filters, Filter(amount.name, test))))
    if frame.one:
        return settled(single)  # "an order over 500"
    total = Measure(Aggregate(Kind.SUM, records, amount.name), test)
    return asked(ask_at(frame, "money_single_or_total"), (single, total, count))


def each_or_summed(event: Event, frame: Frame, records: Records) -> Variants:
    """As in "used more than 2000 kWh this year": in one record, or in all of them together; nothing
    where the number is the record's own for certain: "a stay of over 5 nights", "over 4 stars",
    "with nights over 5". "A usage over 2000 kWh in May" may be that of many records."""
    if frame.number_filter is None or frame.compare is not None:
        return ()
    if frame.one and (frame.window is None or frame.mode):
        return ()
    name, said = frame.number_filter
    attribute = event.attributes[name]
    if said.bare or attribute.role is not None or attribute.path is None or frame.measured:
        return ()
    if frame.mode not in ("", "total"):
        return ()
    numbers = [p.start for p in frame.pieces if p.sort is Sort.COMPARE]
    named = [p.start for p in frame.pieces if p.sort is Sort.ATTRIBUTE]
    if not numbers or not named or numbers[0] > named[0]:
        return ()
    own = Filter(name, said.test)
    plain = replace(records, filters=tuple(each for each in records.filters if each != own))
    total = Measure(Aggregate(Kind.SUM, plain, name), said.test)
    if frame.mode:
        return settled(total)  # "used more than 2000 kWh in total"
    return asked(ask_at(frame, "number_single_or_total"), (exists(records), total))


def in_all(event: Event, frame: Frame, records: Records) -> Variants:
    """As in "total orders over 5000": what they come to, or how many. Raises Unclear."""
    tests, _ = count_test(frame)
    if event.amount is None or len(tests) != 1:
        raise Unclear("no_place_for")
    kinds = ((Kind.SUM, event.amount.name), (Kind.COUNT, None))
    found = [Measure(Aggregate(kind, records, of), tests[0]) for kind, of in kinds]
    return asked(ask_at(frame, "sum_or_count"), found)


def _each_or_all(event: Event, frame: Frame, number: Aggregate, test: Test) -> Variants:
    """As in "at least two orders over 1000 kr", or "two brands": each of them, or all together."""
    each = Measure(number, test)
    name, compare = frame.number_filter or ("", None)
    if compare is None or event.amount is None or name != event.amount.name or frame.mode:
        return settled(each)
    plain = replace(number.records, filters=number.records.filters[:-1])
    count = Measure(replace(number, records=plain), test)
    total = Measure(Aggregate(Kind.SUM, plain, name), compare.test)
    ask = ask_at(frame, "money_single_or_total")
    return asked(ask, (each, All((count, total))))
