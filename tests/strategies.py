"""Draws definitions: `conditions()` of any names, `conditions_of(shop)` that a shop can answer.

The second draws only what `check` lets through, with values near those that `tests.shop` holds, so
that thresholds and edges are met.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TypeVar

from hypothesis import strategies as st

from segments.catalogue import Attribute, Catalogue, Event, Type
from segments.check import check
from segments.compile.levels import only_of_parts
from segments.definition import (
    HOUR,
    SCORES,
    WEEKDAY,
    Aggregate,
    Ago,
    Ahead,
    All,
    Anchor,
    Anniversary,
    Any,
    Audience,
    Calendar,
    Comparison,
    Condition,
    DateField,
    Distance,
    Edge,
    Extent,
    Favourite,
    Field,
    Filter,
    Fixed,
    Followed,
    Gap,
    Grouped,
    Jointly,
    Kind,
    Measure,
    Middle,
    Near,
    Norm,
    Not,
    Operator,
    Origin,
    Overdue,
    People,
    Period,
    Rank,
    Reach,
    Records,
    Rolling,
    Several,
    Share,
    Side,
    Similar,
    Source,
    Span,
    Step,
    Test,
    Turn,
    Unit,
    Value,
    Which,
    Whole,
    Within,
    exists,
    with_records,
)
from segments.definition import Sequence as Ordered
from segments.feasts import FEASTS

ADDED = frozenset({Type.NUMBER, Type.MONEY})
ONE_VALUE = [
    Operator.EQ,
    Operator.LT,
    Operator.LE,
    Operator.GT,
    Operator.GE,
    Operator.CONTAINS,
    Operator.STARTS,
    Operator.ENDS,
]
ORDER = [Operator.LT, Operator.LE, Operator.GT, Operator.GE]

words = st.sampled_from(["city", "count", "last", "known", "not", "or", "a_1", "månad", "x y", "`"])
characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
names = words | st.text(characters, min_size=1, max_size=6)
texts = st.sampled_from(["", "Oslo", 'a"b', "\\", "\n", "50 %", "yes", "7", "år"]) | st.text(
    characters, max_size=8
)
decimals = st.decimals(min_value=-(10**6), max_value=10**6, places=4, allow_nan=False)
values: st.SearchStrategy[Value] = (
    texts | st.integers() | decimals | st.booleans() | st.dates() | st.just(Decimal("1E+3"))
)


Of = TypeVar("Of")
Drawn = TypeVar("Drawn")


def _once(
    build: Callable[[Of], st.SearchStrategy[Drawn]],
) -> Callable[[Of], st.SearchStrategy[Drawn]]:
    """Builds the strategy of an event or attribute the first time only, since that takes longer
    than to draw from it. What has mappings has no hash, so it is known by its identity."""
    made: dict[int, tuple[Of, st.SearchStrategy[Drawn]]] = {}

    def built(of: Of) -> st.SearchStrategy[Drawn]:
        if id(of) not in made:
            made[id(of)] = of, build(of)
        return made[id(of)][1]

    return built


def named(things: Mapping[str, Of]) -> st.SearchStrategy[Of]:
    """One of them. Hypothesis writes out what it draws from: names are short, events are not."""
    return st.sampled_from(list(things)).map(things.__getitem__)


@st.composite
def comparisons(
    draw: st.DrawFn,
    drawn: st.SearchStrategy[Value],
    operators: Sequence[Operator],
    *,
    rising: bool = False,
) -> Test:
    """A comparison with values of a strategy; with `rising` the range's ends are in order."""
    operator = draw(st.sampled_from(list(operators)))
    match operator:
        case Operator.KNOWN:
            return Test(operator)
        case Operator.BETWEEN:
            ends = (draw(drawn), draw(drawn))
            return Test(operator, tuple(sorted(ends)) if rising else ends)
        case Operator.IN:
            return Test(operator, tuple(draw(st.lists(drawn, min_size=1, max_size=3))))
        case _:
            return Test(operator, (draw(drawn),))


days = st.dates(date(2023, 12, 25), date(2026, 12, 31))
day_units = st.sampled_from([Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR])
years = st.none() | st.integers(2023, 2026)


turns = st.sampled_from(Turn)
feasts = st.sampled_from([(name, country) for name, kept in FEASTS.items() for country in kept])


@cache
def spans() -> st.SearchStrategy[Span]:
    """From day to day, from one part of the year to another, or open."""
    both = st.tuples(days, days).map(lambda ends: Span(min(ends), max(ends)))
    ends = days | recurring()
    flags = st.booleans()
    return (
        both
        | st.builds(Span, start=ends, after=flags)
        | st.builds(Span, end=ends, before=flags)
        | st.builds(Span, start=recurring(), end=ends, after=flags, before=flags)
        | st.builds(Span, start=ends, end=recurring(), after=flags, before=flags)
    )


@cache
def recurring() -> st.SearchStrategy[Period]:
    """Parts of the year, and weekdays, without a year of their own."""
    return (
        st.builds(Period, month=st.integers(1, 12), turn=turns)
        | st.builds(Period, quarter=st.integers(1, 4), turn=turns)
        | st.builds(Period, month=st.integers(1, 12), day=st.integers(1, 28), turn=turns)
        | st.builds(Period, weekday=st.integers(1, 7))
        | st.builds(_feast, feasts, st.none(), turns)
    )


def _feast(feast: tuple[str, str | None], year: int | None, turn: Turn) -> Period:
    return Period(year, named=feast[0], country=feast[1], turn=turn)


@cache
def periods() -> st.SearchStrategy[Period]:
    """Periods with a year or without."""
    return (
        st.builds(Period, year=st.integers(2023, 2026))
        | st.builds(Period, year=years, half=st.integers(1, 2))
        | st.builds(Period, year=years, quarter=st.integers(1, 4))
        | st.builds(Period, year=years, month=st.integers(1, 12))
        | st.builds(Period, year=years, week=st.integers(1, 52))
        | st.builds(_feast, feasts, st.integers(2023, 2026), st.just(Turn.LATEST))
        | recurring()
    )


@cache
def windows() -> st.SearchStrategy[Fixed]:
    """Windows of every kind that exist, most of them within the days of `tests.shop`."""
    units = st.sampled_from(Unit)
    distances = comparisons(
        st.integers(0, 40), [Operator.EQ, Operator.BETWEEN, *ORDER], rising=True
    )
    stretches = (
        st.builds(Rolling, st.integers(1, 40), units)
        | st.builds(Calendar, units, st.integers(-4, 1))
        | st.builds(Whole, st.integers(2, 14), units)
        | periods()
        | spans()
    )
    several = st.lists(stretches, min_size=2, max_size=3).map(lambda each: Several(tuple(each)))
    ago, ahead = st.builds(Ago, distances, units), st.builds(Ahead, distances, day_units)
    return stretches | several | ago | ahead


@cache
def nears() -> st.SearchStrategy[Near]:
    """Windows around moments of any name."""
    distance = st.builds(Within, st.integers(1, 40), st.sampled_from(Unit))
    anchors = st.builds(Anchor, st.sampled_from(Origin), names)
    sides = st.builds(Near, anchors, st.none() | distance, st.booleans())
    whole = st.builds(Near, anchors, whole=st.sampled_from(Unit))
    return sides | whole | st.builds(Near, anchors, distance, itself=st.just(value=True))


def own_windows(shop: Catalogue) -> st.SearchStrategy[Near]:
    """Windows around moments that the members of the shop have."""
    counts = st.integers(1, 3) | st.sampled_from([7, 30, 180])
    within = st.none() | st.builds(Within, counts, st.sampled_from(Unit))
    whole = st.none() | st.sampled_from(Unit)
    drawn = st.builds(Near, _anchors(shop), within, st.booleans(), whole, st.booleans()).map(
        lambda near: near if near.whole is None else Near(near.anchor, whole=near.whole)
    )
    event = next(name for name, each in shop.events.items() if each.time is not None)
    asked = drawn.map(lambda near: (near, exists(Records(event, (), near))))
    return asked.filter(lambda each: not check(each[1], shop)).map(lambda each: each[0])


def _anchors(shop: Catalogue) -> st.SearchStrategy[Anchor]:
    dated = [f.name for f in shop.fields.values() if f.type in {Type.DATE, Type.TIME, Type.AGE}]
    own = st.builds(Anchor, st.sampled_from([Origin.FIELD, Origin.YEARLY]), st.sampled_from(dated))
    ends = st.sampled_from([Origin.FIRST, Origin.LAST])
    return own | st.builds(Anchor, ends, st.sampled_from(list(_timed(shop))))


def groups(leaves: st.SearchStrategy[Condition], *, least: int) -> st.SearchStrategy[Condition]:
    """Boolean trees over leaves."""

    def grown(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        parts = st.lists(inner, min_size=least, max_size=3).map(tuple)
        return st.builds(All, parts) | st.builds(Any, parts) | st.builds(Not, inner)

    @st.composite
    def leaf(draw: st.DrawFn) -> Condition:  # Hypothesis writes out what it builds a tree of
        return draw(leaves)

    return st.recursive(leaf(), grown, max_leaves=5)


# --- any names, any values ------------------------------------------------------------------


def conditions() -> st.SearchStrategy[Condition]:
    """Well-formed definitions of no catalogue: odd names, odd texts, empty groups."""
    tests = comparisons(values, [*ONE_VALUE, Operator.BETWEEN, Operator.IN, Operator.KNOWN])
    numbers = comparisons(st.integers(0, 9), [*ONE_VALUE, Operator.BETWEEN, Operator.IN])
    filters = st.builds(Filter, names, tests, st.booleans())
    chosen = st.lists(filters, max_size=2).map(tuple)
    records = st.builds(Records, names, chosen, st.none() | windows() | nears())
    aggregates = st.builds(Aggregate, st.sampled_from(Kind), records, st.none() | names)
    leaves = (
        st.builds(Field, names, tests)
        | st.builds(DateField, names, windows())
        | st.builds(Anniversary, names, windows())
        | st.builds(Audience, st.sampled_from(Source), names | texts)
        | st.builds(People, names, st.builds(Field, names, tests), numbers)
        | st.builds(
            Similar,
            st.builds(Field, names, tests),
            st.integers() | decimals,
            st.sampled_from(Extent),
            st.none() | st.builds(Field, names, tests),
        )
        | st.builds(Jointly, names, aggregates, numbers, st.none() | st.builds(Field, names, tests))
        | st.builds(Distance, names | texts, st.none() | st.sampled_from(("SE", "NO")), numbers)
        | st.builds(Measure, aggregates, tests)
        | st.builds(
            Edge,
            st.sampled_from(Which),
            records,
            st.none() | windows() | nears(),
            chosen,
            st.integers(1, 9),
            st.sampled_from(Reach),
        )
    )
    amounts = st.integers() | decimals
    inner = groups(leaves, least=0)
    ranks = st.builds(
        Rank,
        *(st.sampled_from(Side), amounts, st.booleans(), aggregates, st.none() | inner),
        st.none() | names,
    )
    return groups(leaves | ranks | _patterns(records, aggregates, tests), least=0)


def _patterns(
    records: st.SearchStrategy[Records],
    aggregates: st.SearchStrategy[Aggregate],
    tests: st.SearchStrategy[Test],
) -> st.SearchStrategy[Condition]:
    amounts = st.integers() | decimals
    within = st.none() | st.builds(Within, st.integers(0, 400), st.sampled_from(Unit))
    same = st.lists(names, max_size=2).map(tuple)
    steps = st.builds(Step, records, within, st.booleans(), same, st.booleans())
    measures = st.lists(st.builds(Measure, aggregates, _without_known(tests)), min_size=1)
    signs = st.sampled_from([Operator.EQ, *ORDER])
    return (
        st.builds(Comparison, aggregates, signs, aggregates, amounts)
        | st.builds(Norm, st.sampled_from(Middle), aggregates, signs, amounts)
        | st.builds(Share, aggregates, aggregates, _without_known(tests))
        | st.builds(Gap, st.sampled_from(Kind), records, _without_known(tests))
        | st.builds(Overdue, records, amounts)
        | st.builds(
            Ordered,
            records,
            st.lists(steps, min_size=1, max_size=3).map(tuple),
            st.none() | st.sampled_from(Which),
        )
        | st.builds(
            Followed,
            st.sampled_from(Which),
            st.integers(-1, 400),
            records,
            steps,
            _without_known(tests),
        )
        | st.builds(Grouped, names, measures.map(tuple), _without_known(tests))
        | st.builds(Favourite, records, names, _without_known(tests), st.none() | names)
    )


def _without_known(tests: st.SearchStrategy[Test]) -> st.SearchStrategy[Test]:
    return tests.filter(lambda test: test.operator is not Operator.KNOWN)


# --- what one shop can answer ---------------------------------------------------------------

NUMBERS = st.integers(-2, 6) | st.sampled_from([Decimal(text) for text in ("2.5", "10.25", "0.5")])
NUMBER_TESTS = comparisons(
    NUMBERS, [Operator.EQ, Operator.BETWEEN, Operator.IN, *ORDER], rising=True
)

FEW = comparisons(st.integers(1, 3), [Operator.EQ, *ORDER])  # where most counts lie


def conditions_of(shop: Catalogue) -> st.SearchStrategy[Condition]:
    """Definitions without a problem in this catalogue."""
    leaves = _leaves(shop)
    parted = [field.name for field in shop.fields.values() if field.type is not Type.LIST]
    within = st.none() | st.sampled_from(parted)
    ranks = st.builds(
        Rank,
        st.sampled_from(Side),
        st.integers(1, 4),
        st.just(value=False),
        _aggregates(shop),
        st.none() | groups(leaves, least=1),
        within,
    )
    shares = st.builds(
        Rank,
        st.sampled_from(Side),
        st.sampled_from([10, 25, 50, Decimal("33.3"), 100]),
        st.just(value=True),
        _aggregates(shop),
        st.none() | leaves,
        within,
    )
    patterns = patterns_of(shop)
    around = _around_own(shop, leaves | ranks | patterns)
    return groups(leaves | ranks | shares | patterns | around, least=1)


def near_conditions_of(shop: Catalogue) -> st.SearchStrategy[Condition]:
    """Conditions of every kind on records around a moment of their member."""
    around = _around_own(shop, _leaves(shop) | patterns_of(shop))
    return around.filter(lambda leaf: "Near(" in repr(leaf))


@st.composite
def _around_own(
    draw: st.DrawFn, shop: Catalogue, leaves: st.SearchStrategy[Condition]
) -> Condition:
    """The same conditions, on records around a moment of their member."""
    own = own_windows(shop)

    def moved(records: Records) -> Records:
        timed = shop.events[records.event].time is not None
        return replace(records, window=draw(own)) if timed and draw(st.booleans()) else records

    leaf = with_records(draw(leaves), moved)
    if isinstance(leaf, Edge) and draw(st.booleans()):
        leaf = replace(leaf, when=draw(own))
    if isinstance(leaf, Comparison) and draw(st.booleans()):  # both in one pass
        one, other = leaf.left.records, leaf.right.records
        if one.event == other.event:
            same = replace(other, window=one.window)
            leaf = replace(leaf, right=replace(leaf.right, records=same))
    return leaf


def people_of(shop: Catalogue) -> st.SearchStrategy[Condition]:
    """Conditions on the members who share a value, and what is said beside them."""
    parted = [field.name for field in shop.fields.values() if field.type is not Type.LIST]
    counts = _near(st.integers(-1, 3))
    people = st.builds(People, st.sampled_from(parted), groups(_leaves(shop), least=1), counts)
    numbers = _aggregates(shop).filter(lambda each: each.kind in PARTS)
    whose = st.none() | _leaves(shop)
    joint = st.builds(Jointly, st.sampled_from(parted), numbers, NUMBER_TESTS | FEW, whose)
    return groups(people | joint | _leaves(shop), least=1) | people | joint


def similar_of(shop: Catalogue) -> st.SearchStrategy[Condition]:
    """Conditions on who is most like others, and what is said beside them."""
    leaves = _leaves(shop)
    group = groups(leaves, least=1)
    among = st.none() | leaves
    shares = st.sampled_from(PER_CENT[1:-1])
    similar = (
        st.builds(Similar, group, st.integers(1, 4), st.just(Extent.MEMBERS), among)
        | st.builds(Similar, group, shares, st.just(Extent.PERCENT), among)
        | st.builds(Similar, group, st.sampled_from(TIMES), st.just(Extent.TIMES), among)
    )
    return similar | groups(similar | leaves, least=1)


def patterns_of(shop: Catalogue) -> st.SearchStrategy[Condition]:
    """Conditions on how records stand to each other, one at a time; most of few restrictions, so
    that the few records of a small shop meet them."""
    timed = named(_timed(shop))
    records = timed.flatmap(_few)
    return (
        _pairs(shop).flatmap(_compared)
        | _norms(shop)
        | _pairs(shop).filter(lambda pair: pair[0].kind in PARTS).flatmap(_shared)
        | st.builds(Gap, st.sampled_from(DISTANCES), records, _near(st.integers(-1, 40)))
        | st.builds(Overdue, records, st.sampled_from(TIMES))
        | _sequences(shop)
        | _followed(shop)
        | _grouped(shop)
        | named(shop.events).flatmap(_favourites)
    )


TIMES = (1, 2, Decimal("0.5"), Decimal("1.5"))
KILOMETRES = (-1, 0, Decimal("16.09344"), 27, 28, 400, 9999, 20015, 20016, 50_000)
SCORE_TESTS = comparisons(
    st.integers(1, 5), [Operator.EQ, *ORDER, Operator.BETWEEN, Operator.IN], rising=True
)
PARTS = frozenset({Kind.COUNT, Kind.SUM, Kind.DISTINCT})
DISTANCES = (Kind.AVERAGE, Kind.MINIMUM, Kind.MAXIMUM)
PER_CENT = (0, 20, 25, 50, Decimal("33.3"), 100, 150)


def _near(numbers: st.SearchStrategy[Value]) -> st.SearchStrategy[Test]:
    return comparisons(numbers, [Operator.EQ, Operator.BETWEEN, Operator.IN, *ORDER], rising=True)


def _timed(shop: Catalogue) -> dict[str, Event]:
    return {name: event for name, event in shop.events.items() if event.time is not None}


@_once
def _few(event: Event) -> st.SearchStrategy[Records]:
    """Records with one restriction at most."""
    plain = st.just(Records(event.name))
    windowed = st.builds(Records, st.just(event.name), st.just(()), st.none() | windows())
    filtered = _records(event).map(lambda r: Records(r.event, r.filters[:1], r.window))
    return plain | (windowed if event.time is not None else plain) | filtered


def _pairs(shop: Catalogue) -> st.SearchStrategy[tuple[Aggregate, Aggregate]]:
    """Two numbers that can be compared."""

    @st.composite
    def pair(draw: st.DrawFn) -> tuple[Aggregate, Aggregate]:
        one = draw(_aggregates(shop))
        event = draw(named(shop.events))
        if one.kind is Kind.COUNT:
            return one, Aggregate(Kind.COUNT, draw(_few(event)))
        same = shop.events[one.records.event]
        return one, Aggregate(one.kind, draw(_few(same)), one.of)

    return pair()


def _compared(pair: tuple[Aggregate, Aggregate]) -> st.SearchStrategy[Comparison]:
    signs = st.sampled_from([Operator.EQ, *ORDER])
    return st.builds(Comparison, st.just(pair[0]), signs, st.just(pair[1]), st.sampled_from(TIMES))


def _norms(shop: Catalogue) -> st.SearchStrategy[Norm]:
    signs, few = st.sampled_from([Operator.EQ, *ORDER]), named(shop.events).flatmap(_few)

    @st.composite
    def of_few(draw: st.DrawFn) -> Aggregate:
        one, records = draw(_aggregates(shop)), draw(few)
        return replace(one, records=records) if one.records.event == records.event else one

    middles = st.sampled_from(Middle)
    return st.builds(Norm, middles, of_few(), signs, st.sampled_from(TIMES))


def _shared(pair: tuple[Aggregate, Aggregate]) -> st.SearchStrategy[Share]:
    numbers = _near(st.sampled_from(PER_CENT))
    return st.builds(Share, st.just(pair[0]), st.just(pair[1]), numbers)


def _sequences(shop: Catalogue) -> st.SearchStrategy[Ordered]:
    @st.composite
    def sequence(draw: st.DrawFn) -> Ordered:
        event = draw(named(_timed(shop)))
        start, steps = draw(_few(event)), []
        count = draw(st.integers(1, 3))
        for place in range(count):
            following = draw(named(_timed(shop)))
            absent = place == count - 1 and draw(st.booleans())
            steps.append(replace(draw(_step(event, following)), absent=absent))
            event = following
        return Ordered(start, tuple(steps), draw(st.none() | st.sampled_from(Which)))

    return sequence()


@st.composite
def _step(draw: st.DrawFn, event: Event, following: Event) -> Step:
    shared_ = [
        name
        for name, each in event.attributes.items()
        if _single(each)
        and name in following.attributes
        and following.attributes[name].type is each.type
        and _single(following.attributes[name])
    ]
    same = draw(st.lists(st.sampled_from(shared_), max_size=1)) if shared_ else []
    units = st.builds(Within, st.sampled_from((1, 2, 12, 30)), st.sampled_from(Unit))
    within = draw(st.none() | units)
    return Step(draw(_few(following)), within, draw(st.booleans()), tuple(same))


def _followed(shop: Catalogue) -> st.SearchStrategy[Followed]:
    @st.composite
    def followed(draw: st.DrawFn) -> Followed:
        event, following = draw(named(_timed(shop))), draw(named(_timed(shop)))
        records, step = draw(_few(event)), draw(_step(event, following))
        which, number = draw(st.sampled_from(Which)), draw(st.integers(2, 3))
        return Followed(which, number, records, step, draw(_near(st.integers(-1, 3))))

    return followed()


def _grouped(shop: Catalogue) -> st.SearchStrategy[Grouped]:
    @st.composite
    def grouped(draw: st.DrawFn) -> Grouped:
        event = draw(named(shop.events))
        by = [name for name, each in event.attributes.items() if _single(each)]
        by += ["record"] if event.record else []
        by += ["day", "month", "year"] if event.time is not None else []
        chosen = draw(st.sampled_from(by))
        events = [e for e in shop.events.values() if e is event or (chosen in UNITS and e.time)]
        having = [
            Measure(draw(_aggregates_of(draw(st.sampled_from(events)))), draw(NUMBER_TESTS))
            for _ in range(draw(st.integers(1, 3)))
        ]
        return Grouped(chosen, tuple(having), draw(_near(st.integers(-1, 3))))

    return grouped()


def _single(attribute: Attribute) -> bool:
    both = attribute.of_both or attribute.additive
    return attribute.type is not Type.LIST and not both


UNITS = frozenset(unit.value for unit in Unit)


@_once
def _favourites(event: Event) -> st.SearchStrategy[Condition]:
    single = {name: each for name, each in event.attributes.items() if _single(each)}
    numbers = [each.name for each in event.attributes.values() if each.type in ADDED]
    by = st.none() | st.sampled_from(numbers) if numbers else st.none()
    return named(single).flatmap(
        lambda attribute: st.builds(
            Favourite, _few(event), st.just(attribute.name), _without_known(_tests(attribute)), by
        )
    )


def _kept(shop: Catalogue) -> tuple[Condition, ...]:
    """Every segment and list that can be asked."""
    kept = [Audience(Source.SEGMENT, name) for name in shop.audiences.segments]
    kept += [Audience(Source.LIST, name) for name in shop.audiences.lists]
    return tuple(each for each in kept if not check(each, shop))


def _leaves(shop: Catalogue) -> st.SearchStrategy[Condition]:
    dated = [f.name for f in shop.fields.values() if f.type in {Type.DATE, Type.TIME, Type.AGE}]
    fields = named(shop.fields).flatmap(
        lambda field: st.builds(Field, st.just(field.name), _tests(field))
    )
    timed = named(_timed(shop))
    return (
        fields
        | (st.sampled_from(kept) if (kept := _kept(shop)) else st.nothing())
        | (_distances(places) if (places := _places(shop)) else st.nothing())
        | st.builds(DateField, st.sampled_from(dated), windows())
        | st.builds(Anniversary, st.sampled_from(dated), windows())
        | st.builds(Measure, _aggregates(shop), NUMBER_TESTS | FEW)
        | _scored(shop)
        | timed.flatmap(_edges)
    )


def _places(shop: Catalogue) -> list[tuple[str, str | None]]:
    """Every place of a shop: its own, and towns with their country."""
    if shop.gazetteer.by is None:
        return []
    towns = {town for named in shop.gazetteer.called.values() for town in named}
    named = sorted((town.name, town.country) for town in towns)
    return [*((name, None) for name in shop.places), *named]


def _distances(places: list[tuple[str, str | None]]) -> st.SearchStrategy[Condition]:
    order = [*ORDER, Operator.BETWEEN]
    tests = comparisons(st.sampled_from(KILOMETRES), order, rising=True)
    return st.builds(
        lambda place, test: Distance(place[0], place[1], test), st.sampled_from(places), tests
    )


@_once
def _edges(event: Event) -> st.SearchStrategy[Edge]:
    having = _records(event).map(lambda records: records.filters)
    return st.builds(
        Edge,
        st.sampled_from(Which),
        _records(event),
        st.none() | windows(),
        having,
        st.integers(1, 3),
        st.sampled_from(Reach),
    ).filter(lambda edge: edge.when is not None or bool(edge.having))


@_once
def _tests(attribute: Attribute) -> st.SearchStrategy[Test]:
    equal, texts_ = [Operator.EQ, Operator.IN], [Operator.CONTAINS, Operator.STARTS, Operator.ENDS]
    order = [Operator.BETWEEN, *ORDER]
    pieces = st.sampled_from(["o", "O", "%", "_", "a_", "\\", "å", "Ø", "'", "slo", "50%", "s"])
    match attribute.type:
        case Type.TEXT if attribute.ordered:
            places = comparisons(
                st.integers(0, len(attribute.codes) - 1), equal + order, rising=True
            )
            return places.map(lambda test: _coded(test, attribute.codes))
        case Type.TEXT if attribute.role == "postal_code":
            codes = st.sampled_from(["01234", "114 22", "2", "5", "0 1", "99999"])
            return comparisons(codes, [*equal, *order, *texts_, Operator.KNOWN], rising=True)
        case Type.TEXT | Type.LIST:
            whole = st.sampled_from(attribute.codes or ("Oslo", "50%", "a_b", "x", "Ås", "'"))
            found = comparisons(whole, [*equal, Operator.KNOWN])
            return found | comparisons(pieces, texts_)
        case Type.NUMBER | Type.MONEY:
            return comparisons(NUMBERS, [*equal, *order, Operator.KNOWN], rising=True)
        case Type.AGE:
            return comparisons(st.integers(-1, 30), [*equal, *order, Operator.KNOWN], rising=True)
        case Type.DATE | Type.TIME:
            return comparisons(days, [*equal, *order, Operator.KNOWN], rising=True)
        case Type.YES_NO:
            return comparisons(st.booleans(), [Operator.EQ, Operator.KNOWN])


def _coded(test: Test, codes: tuple[str, ...]) -> Test:
    return Test(test.operator, tuple(codes[int(str(place))] for place in test.values))


@_once
def _records(event: Event) -> st.SearchStrategy[Records]:
    filters = named(event.attributes).flatmap(_filters)
    of_parts = {n: each for n, each in event.attributes.items() if only_of_parts(each)}
    if of_parts:
        filters |= named(of_parts).flatmap(_filters)  # often, since they change what is counted
    if event.time is not None:
        days_of_week = comparisons(st.integers(1, 7), [Operator.EQ, Operator.IN])
        filters |= st.builds(Filter, st.just(WEEKDAY), days_of_week, st.booleans())
        of_day = comparisons(st.integers(0, 23), [Operator.EQ, Operator.IN])
        filters |= st.builds(Filter, st.just(HOUR), of_day, st.booleans())
    window = st.none() | windows() if event.time is not None else st.none()
    chosen = st.lists(filters, max_size=2).map(tuple)
    return st.builds(Records, st.just(event.name), chosen, window)


@_once
def _filters(attribute: Attribute) -> st.SearchStrategy[Filter]:
    return st.builds(Filter, st.just(attribute.name), _tests(attribute), st.booleans())


@_once
def _scored(shop: Catalogue) -> st.SearchStrategy[Condition]:
    """A score of the members passes a test."""
    return named(shop.events).flatmap(
        lambda event: st.builds(Measure, _scores_of(event), SCORE_TESTS)
    )


@_once
def _scores_of(event: Event) -> st.SearchStrategy[Aggregate]:
    records = _records(event)
    counts = [Kind.FREQUENCY, *([Kind.RECENCY] if event.time is not None else [])]
    found = st.builds(Aggregate, st.sampled_from(counts), records)
    numbers = [each.name for each in event.attributes.values() if each.type in ADDED]
    if not numbers:
        return found
    of = st.sampled_from(numbers)
    return found | st.builds(Aggregate, st.just(Kind.MONETARY), records, of)


@_once
def _aggregates(shop: Catalogue) -> st.SearchStrategy[Aggregate]:
    return named(shop.events).flatmap(_aggregates_of)


@_once
def _aggregates_of(event: Event) -> st.SearchStrategy[Aggregate]:
    numbers = [each.name for each in event.attributes.values() if each.type in ADDED]
    units = [unit.value for unit in Unit] if event.time is not None else []
    single = [each.name for each in event.attributes.values() if each.type is not Type.LIST]
    told = [*units, *single]
    records = _records(event)
    counts = st.builds(Aggregate, st.just(Kind.COUNT), records)
    if told:
        counts |= st.builds(Aggregate, st.just(Kind.DISTINCT), records, st.sampled_from(told))
    if not numbers:
        return counts
    added = st.sampled_from([k for k in Kind if k not in {Kind.COUNT, Kind.DISTINCT, *SCORES}])
    return counts | st.builds(Aggregate, added, records, st.sampled_from(numbers))
