"""A frame whose records are put together -> its condition: in one order, on one day, of one brand.

Start at `grouped_condition`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.grammar.frames import Frame, Held, Restriction
from assistant.grammar.meaning.amounts import amount_first, bounds
from assistant.grammar.meaning.counts import count_test
from assistant.grammar.meaning.records import filters
from assistant.grammar.meaning.unclear import Unclear, ask_at, check_currency
from assistant.grammar.moves.context import Context
from assistant.grammar.pieces import Compare, VagueWord
from assistant.grammar.reading import Note
from assistant.grammar.variants import Variants, combined, mapped, noted, picked, settled
from segments.catalogue import Event
from segments.definition import (
    EXISTS,
    RECORD,
    Aggregate,
    All,
    Condition,
    Filter,
    Grouped,
    Kind,
    Measure,
    Not,
    Operator,
    Records,
    Test,
    Unit,
    Window,
    exists,
)

_NONE = Test(Operator.EQ, (0,))
_BELOW = {Operator.LT: Operator.GE, Operator.LE: Operator.GT}  # with what breaks the bound
_PLAIN = frozenset({Unit.DAY, Unit.HOUR})  # nobody wonders where they begin
_FROM = frozenset({Operator.EQ, Operator.BETWEEN})  # their first value is the least that passes


def in_groups(event: Event, frame: Frame) -> bool:
    """Whether it is about records put together; "in one order" may only say that each is meant."""
    if frame.group:
        return True
    if frame.mode != "single" or event.parts is None or frame.which is not None:
        return False
    things = frame.distinct is not None or frame.counts_things
    units = frame.measured is not None and frame.compare is not None and frame.form == "measure"
    return things or bool(_listed(frame)) or (units and not _money(frame.compare))


def in_one_record(context: Context, event: Event, frame: Frame, window: Window | None) -> Variants:
    """The values that were listed with "and", in one record."""
    return grouped_condition(context, event, frame._replace(group=RECORD), window)


def grouped_condition(
    context: Context, event: Event, frame: Frame, window: Window | None
) -> Variants:
    """Every reading of records put together. Raises Unclear."""
    by = frame.group or RECORD
    single = frame.mode == "single" and by == RECORD
    if frame.same or frame.again or frame.spaced or frame.rhythm or frame.link:
        raise Unclear("no_place_for")
    if frame.which or len(frame.texts) > 1 or (frame.mode and not single):
        raise Unclear("no_place_for")
    if by in set(Unit) and by not in event.attributes and event.time is None:
        raise Unclear("no_time", event=event.name)
    if by == RECORD and event.parts is None:
        raise Unclear("no_place_for")
    unnamed = frame.number_after and by == RECORD and not _listed(frame)
    if unnamed and isinstance(frame.compare, Compare):
        return _of_what(context, event, frame, frame.compare, window)
    sides = [*_sides(context, event, frame, window)]
    counts = _counts(context, event, frame, window, by, alone=not sides)
    if not sides and not counts:
        raise Unclear("no_place_for")  # "on the same day": what?
    parts = [*([counts] if counts else []), *sides]
    held = combined(parts, All)
    outer = _outer(frame, counted=bool(counts))
    found = mapped(held, lambda each: Grouped(by, _measures(each), outer))
    if _bounds_all(frame, by):
        ask = ask_at(frame, "each_group")
        none = mapped(held, lambda each: Not(Grouped(by, _beyond(_measures(each)), outer)))
        found = (*picked(found, ask, 0), *picked(none, ask, 1))
    grouped = found
    if by in set(Unit) - _PLAIN:
        return noted(grouped, Note(f"calendar_{by}"))
    return grouped


def _of_what(
    context: Context, event: Event, frame: Frame, number: Compare, window: Window | None
) -> Variants:
    """As in "orders over 500 without a discount code": what each came to, or how many of them."""
    told = frame._replace(number_after=False)
    amount = replace(number, unit=replace(number.unit, money=context.catalogue.currency or "kr"))
    worth = grouped_condition(context, event, told._replace(compare=amount), window)
    if frame.one:
        return worth
    ask = ask_at(frame, "sum_or_count")
    many = grouped_condition(context, event, told, window)
    return (*picked(worth, ask, 0), *picked(many, ask, 1))


def _bounds_all(frame: Frame, by: str) -> bool:
    """Whether a bound from above may be of every group: "at most twice in one month"."""
    compare = frame.compare
    above = isinstance(compare, Compare) and compare.test.operator in _BELOW
    plain = not (frame.groups or frame.held or frame.lacking or _listed(frame) or frame.negated)
    return above and plain and not (by == RECORD and _money(compare))


def _beyond(measures: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """The groups that break a bound from above."""
    last = measures[-1]
    more = Test(_BELOW[last.test.operator], last.test.values)
    return (replace(last, test=more),)


def _measures(held: Condition) -> tuple[Measure, ...]:
    parts = held.parts if isinstance(held, All) else (held,)
    measures: list[Measure] = []
    for part in parts:
        inner = part.parts if isinstance(part, All) else (part,)
        measures += [each for each in inner if isinstance(each, Measure)]
    return tuple(dict.fromkeys(measures))


def _listed(frame: Frame) -> list[int]:
    """The restrictions whose values all are meant: "shampoo and conditioner"."""
    several = enumerate(frame.restrictions)
    return [i for i, r in several if r.joint == "and" or (len(r.options) > 1 and not r.joint)]


def _base(event: Event, frame: Frame) -> Frame:
    """What holds of all records: not what is listed, nor what the whole record came to."""
    listed = _listed(frame)
    kept = tuple(r for i, r in enumerate(frame.restrictions) if i not in listed)
    own = None if _came_to(event, frame) else frame.number_filter
    return frame._replace(restrictions=kept, number_filter=own)


def _came_to(event: Event, frame: Frame) -> bool:
    """Whether the number is what the whole came to, and not one of each record, as its stars."""
    number, amount = frame.number_filter, event.amount
    return number is not None and amount is not None and amount.name == number[0]


def _sides(
    context: Context, event: Event, frame: Frame, window: Window | None
) -> Iterator[Variants]:
    """What is said of each group beside its number: what is in it, what it came to, what it is
    without."""
    base = filters(context, event, _base(event, frame))
    records = Records(event.name, base, window)

    def holding(said: Restriction) -> Records:
        one = Frame(frame.kind, event=event.name, restrictions=(said,))
        return replace(records, filters=(*base, *filters(context, event, one)))

    listed = _listed(frame)
    if len(listed) > 1 or any(r.joint == "mixed" for r in frame.restrictions):
        raise Unclear("scope")
    for index in listed:
        said = frame.restrictions[index]
        for options in said.options:
            yield settled(exists(holding(replace(said, options=(options,), joint=""))))
    if frame.lacking or frame.beside:
        if base or window is not None:
            yield settled(exists(records))
        whole = tuple(one for one in base if not _of_part(event, one))  # "of tea without honey"
        for said in frame.lacking:
            if said.joint == "and":
                raise Unclear("scope")
            lacks = Frame(frame.kind, event=event.name, restrictions=(said,))
            missing = replace(records, filters=(*whole, *filters(context, event, lacks)))
            yield settled(Measure(Aggregate(Kind.COUNT, missing), _NONE))
        if frame.beside and whole and frame.group != RECORD:
            raise Unclear("scope")  # "in store on the same day as soap": both in store?
        for said in frame.beside:
            also = Frame(frame.kind, event=event.name, restrictions=(said,))
            held = (*whole, *filters(context, event, also))
            yield settled(exists(replace(records, filters=held)))
    if frame.number_filter is not None and _came_to(event, frame):
        name, compare = frame.number_filter
        check_currency(context, compare)
        yield settled(*_bounded(Measure(Aggregate(Kind.SUM, records, name), compare.test)))
    for each in frame.held:
        yield _held(frame, event, records, each)


def _of_part(event: Event, one: Filter) -> bool:
    """Whether it is said of a product in the order, not of the order as a whole."""
    attribute = event.attributes.get(one.attribute)
    return attribute is not None and attribute.part is not None and attribute.path is None


def _bounded(measure: Measure) -> tuple[Condition]:
    """A bound from above is of groups that have such records at all."""
    operator, least = measure.test.operator, measure.test.values[0]
    nothing = operator in _BELOW or (operator in _FROM and least == 0)
    if not nothing:
        return (measure,)
    return (All((exists(measure.aggregate.records), measure)),)


def _held(frame: Frame, event: Event, records: Records, held: Held) -> Variants:
    if held.kind is not None:
        return settled(
            *_bounded(Measure(Aggregate(held.kind, records, held.of), held.compare.test))
        )
    return _things(frame, event, records, held.of, held.compare.test)


def _things(frame: Frame, event: Event, records: Records, of: str, test: Test) -> Variants:
    """As in "five products in one order": different ones, or so many of them."""
    quantity = event.by_role("quantity")
    apart = settled(*_bounded(Measure(Aggregate(Kind.DISTINCT, records, of), test)))
    if quantity is None or test in (EXISTS, Test(Operator.GT, (0,))):
        return apart
    units = settled(*_bounded(Measure(Aggregate(Kind.SUM, records, quantity.name), test)))
    ask = ask_at(frame, "count_units")
    return (*picked(apart, ask, 0), *picked(units, ask, 1))


def _counts(
    context: Context,
    event: Event,
    frame: Frame,
    window: Window | None,
    by: str,
    *,
    alone: bool,
) -> Variants:
    """The number that each group has to have; none where it says how many groups there are."""
    compare = frame.compare
    if compare is None:
        if frame.distinct or (frame.measured and frame.form == "measure"):
            raise Unclear("no_place_for")
        return ()
    records = Records(event.name, filters(context, event, _base(event, frame)), window)
    if isinstance(compare, Compare) and compare.unit.money is not None:
        return _amount(context, event, frame, records, compare)
    if isinstance(compare, VagueWord):
        raise Unclear("no_place_for")
    tests, notes = count_test(frame)
    attribute = event.attributes.get(frame.distinct or "")
    if frame.distinct is not None:
        product = attribute is not None and attribute.role == "product"
        if frame.counts_things and product:
            return noted(_things(frame, event, records, frame.distinct, tests[0]), *notes)
        return _noted_one(
            Measure(Aggregate(Kind.DISTINCT, records, frame.distinct), tests[0]), notes
        )
    measured = frame.measured
    if measured is not None and not compare.unit.times:
        if compare.bare and frame.form != "measure":
            raise Unclear("scope")
        return _noted_one(Measure(Aggregate(measured.kind, records, measured.of), tests[0]), ())
    quantity = event.by_role("quantity")
    if frame.counts_things and quantity is not None:
        units = Measure(Aggregate(Kind.SUM, records, quantity.name), tests[0])
        return _noted_one(units, (*notes, Note("counted_units")))
    if by == RECORD:
        if alone:
            raise Unclear("no_place_for")  # "three orders in one order"
        return ()
    if frame.number_after:
        raise Unclear("scope")
    if not alone and not frame.lacking and _listed(frame):
        raise Unclear("scope")  # "A and B twice on the same day": each of them?
    return _noted_one(Measure(Aggregate(Kind.COUNT, records), tests[0]), notes)


def _noted_one(measure: Measure, notes: Sequence[Note]) -> Variants:
    return noted(settled(*_bounded(measure)), *notes)


def _amount(
    context: Context, event: Event, frame: Frame, records: Records, compare: Compare
) -> Variants:
    check_currency(context, compare)
    amount, measured = event.amount, frame.measured
    if amount is None or frame.distinct or (measured and measured.of != amount.name):
        raise Unclear("no_place_for")
    if _listed(frame):
        raise Unclear("scope")  # "A and B for over 500 in one order": what came to that?
    kind = measured.kind if measured is not None else Kind.SUM
    aggregate = Aggregate(kind, records, amount.name)
    found = [settled(*_bounded(Measure(aggregate, test))) for test in bounds(frame, compare)]
    ask = ask_at(frame, "money_at_least_or_exact")
    if len(found) == 1 and frame.group != RECORD and _named(frame):
        if records.filters:
            raise Unclear("scope")  # "orders of shampoo over 500": of the shampoo in them?
        each = replace(records, filters=(*records.filters, Filter(amount.name, compare.test)))
        several = settled(Measure(Aggregate(Kind.COUNT, each), Test(Operator.GE, (2,))))
        ask, found = ask_at(frame, "money_single_or_total"), [several, *found]
    if len(found) == 1:
        return found[0]
    return tuple(v for i, each in enumerate(found) for v in picked(each, ask, i))


def _named(frame: Frame) -> bool:
    """As in "orders over 500 kr in the same month": of each of several, or of all together."""
    return frame.form == "noun" and not frame.one and not amount_first(frame)


def _money(compare: object) -> bool:
    return isinstance(compare, Compare) and compare.unit.money is not None


def _outer(frame: Frame, *, counted: bool) -> Test:
    """In how many of the groups it has to be so: in one, unless a number says more."""
    if frame.groups is not None:
        return frame.groups.test
    if counted or frame.compare is None:
        return EXISTS
    return count_test(frame)[0][0]
