"""Comparisons of a measured number: spend, averages, single orders."""

from dataclasses import replace

from assistant.grammar.frames import Frame, Measured
from assistant.grammar.meaning.unclear import Unclear, ask_at
from assistant.grammar.moves.context import Context
from assistant.grammar.pieces import Amount, Compare, Negation, Sort, VagueWord
from assistant.grammar.variants import (
    Variants,
    asked,
    picked,
    settled,
)
from segments.catalogue import Event, Type
from segments.definition import (
    EXISTS,
    RECORD,
    Aggregate,
    Condition,
    Filter,
    Grouped,
    Kind,
    Measure,
    Operator,
    Records,
    Test,
    exists,
)

_ENDS = {"highest": Kind.MAXIMUM, "lowest": Kind.MINIMUM}
_OF_MODE = {"total": Kind.SUM, "average": Kind.AVERAGE, **_ENDS}


def measured_number(context: Context, event: Event, frame: Frame, records: Records) -> Variants:
    """A comparison of what was measured with a plain number."""
    assert frame.measured is not None
    if frame.mode == "average" and frame.measured.kind is Kind.SUM:
        aggregate = Aggregate(Kind.AVERAGE, records, frame.measured.of)
    elif frame.mode == "single" and frame.measured == Measured(Kind.SUM, _amount_name(event)):
        compare = frame.compare
        if not isinstance(compare, Compare) or compare.unit != _plain(compare):
            raise Unclear("no_place_for")
        return _one_record(frame, event, records, compare)
    elif frame.mode == "single" or (frame.mode == "average" and frame.measured.kind is Kind.COUNT):
        raise Unclear("no_place_for")
    else:
        aggregate = Aggregate(frame.measured.kind, records, frame.measured.of)
    compare = frame.compare
    if isinstance(compare, VagueWord):
        raise Unclear("no_place_for")
    assert compare is not None
    if compare.bare and frame.form != "measure":
        return _bare(frame, aggregate, compare.test)
    total = settled(Measure(aggregate, compare.test))
    summed = (aggregate.kind, aggregate.of) == (Kind.SUM, _amount_name(event))
    if summed and not frame.mode and _at_no_time(frame):
        return _single_or(frame, event, records, compare.test, total)
    return total


def _single_or(
    frame: Frame, event: Event, records: Records, test: Test, total: Variants
) -> Variants:
    """Whether an amount is of one record, or what all come to."""
    ask = ask_at(frame, "money_single_or_total")
    return (*picked(settled(_single(event, records, test)), ask, 0), *picked(total, ask, 1))


def _at_no_time(frame: Frame) -> bool:
    """As in "never bought for over 500 kr": no order was that dear, or all together were not."""
    denied = (p.payload for p in frame.pieces if isinstance(p.payload, Negation))
    return frame.negated and (frame.ever or any(each.never for each in denied))


def _amount_name(event: Event) -> str | None:
    return event.amount.name if event.amount is not None else None


def _plain(compare: Compare) -> Amount:
    """A number that counts nothing: taken for money where money is what was measured."""
    return Amount(compare.unit.value, factor=compare.unit.factor)


def _bare(frame: Frame, aggregate: Aggregate, test: Test) -> Variants:
    """As in "Spent 500": at least or exactly?."""
    if test.values[0] == 0:
        return settled(Measure(aggregate, test))
    ask = ask_at(frame, "money_at_least_or_exact")
    least = Test(Operator.GE, test.values)
    return asked(ask, (Measure(aggregate, least), Measure(aggregate, test)))


def bounds(frame: Frame, compare: Compare) -> tuple[Test, ...]:
    """The tests that an amount can mean: without a comparing word at least or exactly so much."""
    if not compare.bare or frame.form == "measure" or compare.test.values[0] == 0:
        return (compare.test,)
    return (Test(Operator.GE, compare.test.values), compare.test)


def amount_condition(context: Context, event: Event, frame: Frame, records: Records) -> Variants:
    """A comparison with an amount of money: total, average, or of a single record."""
    compare, amount = frame.compare, event.amount
    assert isinstance(compare, Compare)
    if frame.measured is not None and frame.form == "measure" and not frame.mode:
        of = event.attributes.get(frame.measured.of or "")
        if of is None or of.type is not Type.MONEY:  # a number of orders is no amount
            raise Unclear("no_place_for")
        aggregate = Aggregate(frame.measured.kind, records, frame.measured.of)
        return settled(Measure(aggregate, compare.test))
    if amount is None:
        raise Unclear("no_place_for")
    named = frame.form in ("noun", "buyers")
    if frame.measured is not None and frame.measured.kind is not Kind.SUM:
        averaged = frame.measured.kind is Kind.AVERAGE and frame.mode == "average"
        if frame.mode and not averaged:
            raise Unclear("no_place_for")
        kind = frame.measured.kind
        if frame.measured.of != amount.name:
            raise Unclear("no_place_for")
        return settled(Measure(Aggregate(kind, records, amount.name), compare.test))
    if frame.mode in _ENDS and (frame.measured or not named or records.filters):
        raise Unclear("no_place_for")  # "largest shampoo order": the order, or its shampoo?
    total = Aggregate(_OF_MODE.get(frame.mode, Kind.SUM), records, amount.name)
    if frame.mode == "single":
        return _one_record(frame, event, records, compare)
    summed = (
        _bare(frame, total, compare.test) if compare.bare else settled(Measure(total, compare.test))
    )
    if frame.mode:
        return summed
    told = not (named or frame.one) or amount_first(frame)
    if told and not (_at_no_time(frame) and frame.form in ("verb", "spend")):
        return summed
    if named and frame.one:
        return settled(_single(event, records, compare.test))
    return _single_or(frame, event, records, compare.test, summed)


def amount_first(frame: Frame) -> bool:
    """As in "over 500 kr in purchases", what they come to; "orders over 500" may be each."""
    said = [p.start for p in frame.pieces if p.sort is Sort.COMPARE]
    heads = [p.start for p in frame.pieces if p.sort is Sort.EVENT]
    bare = isinstance(frame.compare, Compare) and frame.compare.bare
    return not bare and bool(said and heads) and said[0] < heads[0]


def _one_record(frame: Frame, event: Event, records: Records, compare: Compare) -> Variants:
    """A single record of that amount: "spent 1500 in one order" is at least or exactly so much."""
    if not compare.bare:
        return settled(_single(event, records, compare.test))
    ask = ask_at(frame, "money_at_least_or_exact")
    least = Test(Operator.GE, compare.test.values)
    return asked(ask, tuple(_single(event, records, test) for test in (least, compare.test)))


def _single(event: Event, records: Records, test: Test) -> Condition:
    """At least one record of that amount; with filters on its parts, of the parts' sum."""
    amount = event.amount
    assert amount is not None
    known = (event.attributes.get(f.attribute) for f in records.filters)  # a weekday is none
    on_parts = any(attribute is not None and attribute.path is None for attribute in known)
    total = Aggregate(Kind.SUM, records, amount.name)
    if on_parts and event.parts is not None:
        if test.operator in (Operator.GT, Operator.GE):
            return Measure(Aggregate(Kind.MAXIMUM, records, amount.name), test)
        return Grouped(RECORD, (exists(records), Measure(total, test)), EXISTS)
    filtered = replace(records, filters=(*records.filters, Filter(amount.name, test)))
    return exists(filtered)
