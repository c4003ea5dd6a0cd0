"""One frame -> the condition it says, in every reading it can have.

Raises `Unclear` with a note when the frame says nothing that can be defined; the parse is then no
reading at all.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from assistant.grammar import vague
from assistant.grammar.frames import Frame, FrameKind, Restriction
from assistant.grammar.moves.context import Context
from assistant.grammar.pieces import Compare, RankWord, VagueWord, When
from assistant.grammar.reading import Note
from assistant.grammar.variants import (
    Ask,
    Variants,
    asked,
    combined,
    mapped,
    noted,
    picked,
    settled,
)
from segments.catalogue import Event, Type
from segments.definition import (
    EXISTS,
    Aggregate,
    All,
    Condition,
    DateField,
    Edge,
    Field,
    Filter,
    Kind,
    Measure,
    Not,
    Operator,
    Period,
    Rank,
    Records,
    Span,
    Test,
    Window,
    exists,
)

_CROWNS = frozenset({"SEK", "NOK", "DKK", "ISK"})


class Unclear(Exception):
    """A frame that says nothing which can be defined; carries the reason."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.note = Note(code, values)


def meaning(context: Context, frame: Frame) -> Variants:
    """Every reading of a frame, negated where it was negated."""
    match frame.kind:
        case FrameKind.FIELD:
            variants = _field(context, frame)
        case FrameKind.EVENT:
            variants = _event(context, frame)
        case FrameKind.HEADLESS:
            variants = _headless(context, frame)
        case FrameKind.RANK:
            variants = _rank(context, frame)
        case FrameKind.VAGUE:
            variants = _vague(context, frame)
        case _:
            assert_never(frame.kind)
    if frame.negated:
        return mapped(variants, Not)
    return variants


def ask_at(frame: Frame, code: str) -> Ask:
    """A question about a frame's words."""
    return Ask(code, frame.pieces[0].start, frame.pieces[-1].end)


# --- fields


def _field(context: Context, frame: Frame) -> Variants:
    name = frame.field or ""
    kind = context.catalogue.fields[name].type
    if frame.known is not None:
        return settled(Field(name, Test(Operator.KNOWN)))
    if frame.window is not None:
        if isinstance(frame.window, VagueWord):
            if kind not in (Type.DATE, Type.TIME):
                raise Unclear("no_place_for")
            windows = [DateField(name, recent) for recent in vague.RECENT]
            return asked(ask_at(frame, "vague_recent"), windows)
        if frame.window.negated:
            raise Unclear("no_place_for")
        window = frame.window.window
        if kind is Type.AGE or context.catalogue.fields[name].role == "birth_date":
            _check_birth(window)
        return settled(DateField(name, window))
    if frame.compare is not None:
        if not isinstance(frame.compare, Compare):
            raise Unclear("no_place_for")
        _check_currency(context, frame.compare)
        test = frame.compare.test
        if kind is Type.AGE and not all(isinstance(v, int) for v in test.values):
            raise Unclear("no_place_for")
        notes = (Note("number_as_age"),) if frame.as_age else ()
        return settled(Field(name, test), *notes)
    if not frame.restrictions:
        raise Unclear("no_place_for")
    return _field_values(context, name, frame.restrictions[0])


def _check_birth(window: Window) -> None:
    """A birthday comes back each year ("born in May"); only years make a birth date."""
    if isinstance(window, Span) or (isinstance(window, Period) and window.year is not None):
        return
    raise Unclear("not_yet", what="anniversary")


def _field_values(context: Context, name: str, said: Restriction) -> Variants:
    codes = tuple(dict.fromkeys(options[0].code for options in said.options))
    values = tuple(code for code in codes if code is not None)
    if said.joint == "mixed" or len(values) != len(codes):
        raise Unclear("scope")
    if len(values) == 1:
        return settled(Field(name, Test(Operator.EQ, values)))
    if said.joint == "and" and context.many(None, name):
        return settled(All(tuple(Field(name, Test(Operator.EQ, (v,))) for v in values)))
    notes = (Note("and_means_or"),) if said.joint == "and" else ()
    return settled(Field(name, Test(Operator.IN, values)), *notes)


# --- events


def _event(context: Context, frame: Frame) -> Variants:
    event = context.catalogue.events[frame.event or ""]
    _check_window(event, frame)
    if any(r.joint == "mixed" for r in frame.restrictions):
        raise Unclear("scope")
    both = [i for i, r in enumerate(frame.restrictions) if r.joint == "and"]
    split = [i for i in both if not context.many(event.name, r_name(frame.restrictions[i]))]
    if len(split) > 1:
        raise Unclear("scope")
    variants = _both(context, event, frame, split[0]) if split else _windowed(context, event, frame)
    if frame.window is None and event.time is not None and not frame.which:
        variants = noted(variants, Note("no_window"))
    return variants


def r_name(restriction: Restriction) -> str:
    """The attribute a restriction is on."""
    return restriction.options[0][0].name


def _both(context: Context, event: Event, frame: Frame, index: int) -> Variants:
    """As in "Shampoo and conditioner": both, each perhaps in an order of its own."""
    said = frame.restrictions[index]
    singles = []
    for options in said.options:
        one = replace(said, options=(options,), joint="")
        rest = (*frame.restrictions[:index], one, *frame.restrictions[index + 1 :])
        singles.append(_windowed(context, event, replace(frame, restrictions=rest)))
    together = replace(said, joint="or")
    rest = (*frame.restrictions[:index], together, *frame.restrictions[index + 1 :])
    pooled = _windowed(context, event, replace(frame, restrictions=rest))
    each = combined(singles, All)
    counted = frame.compare is not None or frame.distinct is not None or frame.measured is not None
    if counted or frame.which is not None:
        ask = ask_at(frame, "and_or")
        return (*picked(each, ask, 0), *picked(pooled, ask, 1))
    if frame.negated:
        ask = ask_at(frame, "negation_scope")
        return (*picked(pooled, ask, 0), *picked(each, ask, 1))
    return noted(each, Note("and_means_both"))


def _check_window(event: Event, frame: Frame) -> None:
    if frame.window is None:
        return
    if event.time is None:
        raise Unclear("no_time", event=event.name)
    if isinstance(frame.window, When) and frame.window.negated and not frame.negated:
        raise Unclear("no_place_for")


def _windowed(context: Context, event: Event, frame: Frame) -> Variants:
    if isinstance(frame.window, VagueWord):
        ask = ask_at(frame, f"vague_{frame.window.concept}")
        found: Variants = ()
        for index, window in enumerate(vague.RECENT):
            found += picked(_measured(context, event, frame, window), ask, index)
        return found
    said = frame.window.window if frame.window else None
    return _measured(context, event, frame, said)


def _measured(context: Context, event: Event, frame: Frame, window: Window | None) -> Variants:
    records = Records(event.name, _filters(context, event, frame), window)
    if frame.which is not None:
        return _edge(event, frame, records)
    if frame.distinct is not None:
        return _different(event, frame, records)
    compare = frame.compare
    if isinstance(compare, Compare) and compare.unit.money is not None:
        _check_currency(context, compare)
        return _amount(context, event, frame, records)
    if frame.measured is not None and compare is not None:
        if isinstance(compare, Compare) and compare.unit.times:
            return _counted(event, frame, records)
        return _measured_number(context, event, frame, records)
    if frame.measured is not None and frame.form == "measure":
        raise Unclear("no_place_for")
    if frame.mode and not (frame.mode == "single" and frame.number_filter):
        raise Unclear("no_place_for")
    if compare is not None:
        return _counted(event, frame, records)
    return settled(exists(records))


def _different(event: Event, frame: Frame, records: Records) -> Variants:
    """Different values of an attribute; without the word "different" perhaps things or times."""
    tests, notes = _count_test(frame)
    apart = Aggregate(Kind.DISTINCT, records, frame.distinct)
    if not frame.counts_things or len(tests) > 1 or tests[0] in (EXISTS, Test(Operator.GT, (0,))):
        return _tests(frame, apart, tests, notes)
    found = [Measure(apart, tests[0])]
    quantity = event.by_role("quantity")
    attribute = event.attributes.get(frame.distinct or "")
    role = attribute.role if attribute is not None else None
    if quantity is not None and role == "product":
        found.append(Measure(Aggregate(Kind.SUM, records, quantity.name), tests[0]))
    found.append(Measure(Aggregate(Kind.COUNT, records), tests[0]))
    return noted(asked(ask_at(frame, "count_things"), found), *notes)


def _filters(context: Context, event: Event, frame: Frame) -> tuple[Filter, ...]:
    filters = []
    for said in frame.restrictions:
        codes = tuple(
            dict.fromkeys(
                o.code for options in said.options for o in options if o.event == event.name
            )
        )
        values = tuple(code for code in codes if code is not None)
        if not values or len(values) != len(codes):
            raise Unclear("no_place_for")
        if said.joint == "and":
            filters += [Filter(r_name_of(said, event), Test(Operator.EQ, (v,))) for v in values]
            continue
        operator = Operator.EQ if len(values) == 1 else Operator.IN
        filters.append(Filter(r_name_of(said, event), Test(operator, values), said.negated))
    query = event.by_role("query")
    if query is not None:
        filters += [Filter(query.name, Test(Operator.CONTAINS, (text,))) for text in frame.texts]
    if frame.number_filter is not None:
        name, compare = frame.number_filter
        _check_currency(context, compare)
        filters.append(Filter(name, compare.test))
    return tuple(filters)


def r_name_of(said: Restriction, event: Event) -> str:
    """The attribute of this event that a restriction is on."""
    return next(o.name for options in said.options for o in options if o.event == event.name)


def _edge(event: Event, frame: Frame, records: Records) -> Variants:
    if records.window is None or frame.which is None or frame.compare or frame.measured:
        raise Unclear("not_yet", what="nth")
    if event.time is None:
        raise Unclear("no_time", event=event.name)
    if frame.restrictions and frame.form == "noun":
        raise Unclear("not_yet", what="nth")
    bare = replace(records, window=None)
    return settled(Edge(frame.which, bare, records.window))


def _count_test(frame: Frame) -> tuple[tuple[Test, ...], tuple[Note, ...]]:
    compare = frame.compare
    if isinstance(compare, VagueWord):
        return vague.counts(compare.concept), ()
    if not isinstance(compare, Compare):
        raise Unclear("no_place_for")
    number = str(compare.test.values[0])
    notes = (Note("exact_count", {"number": number}),) if compare.bare else ()
    return (compare.test,), notes


def _tests(
    frame: Frame, aggregate: Aggregate, tests: Sequence[Test], notes: tuple[Note, ...]
) -> Variants:
    """A measure for each test: one, or a question about a vague number."""
    if len(tests) == 1:
        return settled(Measure(aggregate, tests[0]), *notes)
    assert isinstance(frame.compare, VagueWord)
    ask = ask_at(frame, f"vague_{frame.compare.concept}")
    return asked(ask, [Measure(aggregate, test) for test in tests])


def _counted(event: Event, frame: Frame, records: Records) -> Variants:
    tests, notes = _count_test(frame)
    quantity = event.by_role("quantity")
    least_one = tests[0] in (EXISTS, Test(Operator.GT, (0,)))
    if frame.counts_things and quantity is not None and not least_one:
        ask = ask_at(frame, "count_things")
        units = Measure(Aggregate(Kind.SUM, records, quantity.name), tests[0])
        orders = Measure(Aggregate(Kind.COUNT, records), tests[0])
        return noted(asked(ask, (units, orders)), *notes)
    return _tests(frame, Aggregate(Kind.COUNT, records), tests, notes)


def _measured_number(context: Context, event: Event, frame: Frame, records: Records) -> Variants:
    assert frame.measured is not None
    if frame.mode == "average" and frame.measured.kind is Kind.SUM:
        aggregate = Aggregate(Kind.AVERAGE, records, frame.measured.of)
    elif frame.mode == "single":
        raise Unclear("no_place_for")
    else:
        aggregate = Aggregate(frame.measured.kind, records, frame.measured.of)
    compare = frame.compare
    if isinstance(compare, VagueWord):
        raise Unclear("no_place_for")
    assert compare is not None
    if compare.bare and frame.form != "measure":
        return _bare(frame, aggregate, compare.test)
    return settled(Measure(aggregate, compare.test))


def _bare(frame: Frame, aggregate: Aggregate, test: Test) -> Variants:
    """As in "Spent 500": at least or exactly?."""
    if test.values[0] == 0:
        return settled(Measure(aggregate, test))
    ask = ask_at(frame, "money_at_least_or_exact")
    least = Test(Operator.GE, test.values)
    return asked(ask, (Measure(aggregate, least), Measure(aggregate, test)))


def _amount(context: Context, event: Event, frame: Frame, records: Records) -> Variants:
    compare, amount = frame.compare, event.amount
    assert isinstance(compare, Compare)
    if amount is None:
        raise Unclear("no_place_for")
    kinds = {"total": Kind.SUM, "average": Kind.AVERAGE}
    if frame.measured is not None and frame.measured.kind is not Kind.SUM:
        if frame.mode not in ("", "total") and frame.measured.kind is not Kind.AVERAGE:
            raise Unclear("no_place_for")
        kind = frame.measured.kind
        if frame.measured.of != amount.name:
            raise Unclear("no_place_for")
        return settled(Measure(Aggregate(kind, records, amount.name), compare.test))
    total = Aggregate(kinds.get(frame.mode, Kind.SUM), records, amount.name)
    if frame.mode == "single":
        return settled(_single(event, records, compare.test))
    summed = (
        _bare(frame, total, compare.test) if compare.bare else settled(Measure(total, compare.test))
    )
    if frame.mode or frame.form not in ("noun", "buyers"):
        return summed
    ask = ask_at(frame, "money_single_or_total")
    return (
        *picked(settled(_single(event, records, compare.test)), ask, 0),
        *picked(summed, ask, 1),
    )


def _single(event: Event, records: Records, test: Test) -> Condition:
    """At least one record of that amount; with filters on its parts, of the parts' sum."""
    amount = event.amount
    assert amount is not None
    on_parts = any(event.attributes[f.attribute].path is None for f in records.filters)
    if on_parts and event.parts is not None:
        if test.operator in (Operator.GT, Operator.GE):
            return Measure(Aggregate(Kind.MAXIMUM, records, amount.name), test)
        raise Unclear("not_yet", what="same_order")
    filtered = replace(records, filters=(*records.filters, Filter(amount.name, test)))
    return exists(filtered)


def _check_currency(context: Context, compare: Compare) -> None:
    money, shop = compare.unit.money, context.catalogue.currency
    if money is None or not shop or money == shop or (money == "kr" and shop in _CROWNS):
        return
    raise Unclear("currency", found=money, shop=shop)


# --- the rest


def _headless(context: Context, frame: Frame) -> Variants:
    """Values or an amount without a verb: bought, viewed or put in the cart."""
    if isinstance(frame.compare, Compare) and frame.compare.unit.money is None:
        raise Unclear("no_place_for")
    if frame.negated and not frame.restrictions:
        raise Unclear("no_place_for")
    if not frame.restrictions and frame.compare is None:
        raise Unclear("no_place_for")
    events = [e for e in context.catalogue.events.values() if _holds(e, frame)]
    if isinstance(frame.compare, Compare):
        events = [e for e in events if e.amount is not None and e.role == "purchase"]
    if not events:
        raise Unclear("no_place_for")
    ask = ask_at(frame, "event_of")
    found: Variants = ()
    chosen = vague.headless(tuple(events))
    for index, event in enumerate(chosen):
        form = "noun" if frame.compare else "verb"
        headed = replace(frame, kind=FrameKind.EVENT, event=event.name, form=form, negated=False)
        variants = _event(context, headed)
        found += variants if len(chosen) == 1 else picked(variants, ask, index)
    if len(chosen) == 1:
        found = noted(found, Note("event_assumed", {"event": chosen[0].name}))
    return found


def _holds(event: Event, frame: Frame) -> bool:
    return all(
        any(o.event == event.name for options in r.options for o in options)
        for r in frame.restrictions
    )


def _rank(context: Context, frame: Frame) -> Variants:
    rank = frame.rank
    assert rank is not None
    if rank.open and not frame.most:
        raise Unclear("no_place_for")
    if frame.compare is not None or frame.which is not None or frame.distinct is not None:
        raise Unclear("no_place_for")
    if isinstance(frame.window, VagueWord) or (frame.window and frame.window.negated):
        raise Unclear("no_place_for")
    if frame.event is not None and not frame.by and not frame.most:
        raise Unclear("no_place_for")
    measures = _ranked_by(context, frame)
    amounts = _rank_amounts(rank)
    found: Variants = ()
    for i, aggregate in enumerate(measures):
        for j, (amount, percent) in enumerate(amounts):
            variants = settled(Rank(rank.side, amount, percent, aggregate))
            if len(measures) > 1:
                variants = picked(variants, ask_at(frame, "rank_measure"), i)
            if len(amounts) > 1:
                variants = picked(variants, ask_at(frame, "rank_amount"), j)
            found += variants
    return found


def _rank_amounts(rank: RankWord) -> tuple[tuple[int, bool], ...]:
    if rank.amount is None:
        return ((10, True), (20, True), (100, False))
    if isinstance(rank.amount, int) and rank.amount > 0:
        return ((rank.amount, rank.percent),)
    if rank.percent:
        return ((rank.amount, True),)  # type: ignore[return-value]
    raise Unclear("no_place_for")


def _ranked_by(context: Context, frame: Frame) -> tuple[Aggregate, ...]:
    window = frame.window.window if isinstance(frame.window, When) else None
    name = frame.event
    event = context.catalogue.events[name] if name else context.catalogue.event_by_role("purchase")
    if event is None or (window is not None and event.time is None):
        raise Unclear("no_place_for")
    records = Records(event.name, _filters(context, event, frame), window)
    count = Aggregate(Kind.COUNT, records)
    amount = event.amount
    if frame.measured is not None:
        return (Aggregate(frame.measured.kind, records, frame.measured.of),)
    if frame.form == "noun" or (frame.event and amount is None):
        return (count,)
    if amount is None:
        return (count,)
    return (Aggregate(Kind.SUM, records, amount.name), count)


def _vague(context: Context, frame: Frame) -> Variants:
    assert frame.vague is not None
    concept = frame.vague.concept
    found = vague.choices(concept, context.catalogue)
    if not found:
        raise Unclear("vague_here", concept=concept)
    return asked(ask_at(frame, f"vague_{concept}"), found)
