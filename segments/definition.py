"""The definition tree: what a segment can say, apart from language, SQL and a shop's columns.

Frozen dataclasses with tuples for children, one closed union `Condition`. Names of fields, events
and attributes are those of a catalogue; values are plain Python values. Windows are symbolic: a
definition never holds a date that was computed from "now". Start at `Condition`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

Value = str | int | Decimal | bool | date


class Operator(StrEnum):
    """How a value is compared. There is no "not equal": that is `Not` around `EQ`."""

    EQ = "="
    LT = "<"
    LE = "<="
    GT = ">"
    GE = ">="
    BETWEEN = "between"
    IN = "in"
    CONTAINS = "contains"
    STARTS = "starts with"
    ENDS = "ends with"
    KNOWN = "known"


class Unit(StrEnum):
    """A calendar step."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Turn(StrEnum):
    """Which of the times that a part of the year comes round, where no year is said: the latest
    that has begun by the as-of day, the latest that is over before it, or that of a year."""

    LATEST = "latest"
    OVER = "last"
    THIS_YEAR = "this year"
    LAST_YEAR = "previous year"


class Kind(StrEnum):
    """How the events of a member become one number."""

    COUNT = "count"
    SUM = "sum"
    AVERAGE = "average"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    DISTINCT = "distinct"
    RECENCY = "recency_score"
    FREQUENCY = "frequency_score"
    MONETARY = "monetary_score"


class Which(StrEnum):
    """Which end of a member's events in time order."""

    FIRST = "first"
    LAST = "last"


class Reach(StrEnum):
    """Which records are chosen, counted from one end: the nth alone, or as many as that, of which
    all have to pass, or any one."""

    NTH = "nth"
    ALL = "all"
    ANY = "any"


class Source(StrEnum):
    """What a named audience is: a saved segment, or a kept list of members."""

    SEGMENT = "segment"
    LIST = "list"


class Origin(StrEnum):
    """Where a member's own moment comes from: a date or time field, the anniversaries of one, or
    the first or last time in the records of an event."""

    FIELD = "field"
    YEARLY = "anniversary"
    FIRST = "first"
    LAST = "last"


class Middle(StrEnum):
    """What tells the size of a number among many members: the sum over how many they are, or the
    one in the middle of them in order, which of an even number is between the middle two."""

    MEAN = "mean"
    MEDIAN = "median"


class Side(StrEnum):
    """Which end of a ranking."""

    TOP = "top"
    BOTTOM = "bottom"


class Extent(StrEnum):
    """What an amount of the nearest members is of."""

    MEMBERS = "members"
    PERCENT = "percent"
    TIMES = "times"


@dataclass(frozen=True, slots=True)
class Test:
    """A comparison with values: one for `=` … `>=` and text tests, two for BETWEEN (both ends
    inclusive), one or more for IN, none for KNOWN."""

    operator: Operator
    values: tuple[Value, ...] = ()


# --- windows: which part of time ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rolling:
    """The last `count` units: from 00:00 of (as-of day − count units) to the as-of instant.
    For hours: the last `count` × 60 minutes before the as-of instant."""

    count: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Calendar:
    """A whole calendar unit: offset 0 is the current one (to the as-of instant), −1 the one
    before."""

    unit: Unit
    offset: int


@dataclass(frozen=True, slots=True)
class Whole:
    """The last `count` whole calendar units, two or more: up to the end of the one before the
    current one, which is left out."""

    count: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Period:
    """A named part of the calendar, one of: a year, a half (1–2), a quarter (1–4), a month (1–12),
    an ISO week, a day of a month, a weekday (1 is Monday), a season or feast by its name in
    `segments.feasts`, with a country where its days differ.

    Without a year `turn` says which; a weekday is the latest one before the as-of day."""

    year: int | None = None
    half: int | None = None
    quarter: int | None = None
    month: int | None = None
    week: int | None = None
    day: int | None = None
    weekday: int | None = None
    named: str | None = None
    country: str | None = None
    turn: Turn = Turn.LATEST


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` to `end`, both inclusive; either may be open (None), not both. `after`: it
    begins when the start is over; `before`: it is over when the end begins.

    An end without a year stands at or after the start; a start without one is the latest that has
    begun by the as-of day, or by an end that has a year."""

    start: "date | Period | None" = None
    end: "date | Period | None" = None
    after: bool = False
    before: bool = False


@dataclass(frozen=True, slots=True)
class Ago:
    """The distance back from the as-of day, in units: `> 180 days ago` is before (day − 180 days),
    `>=` on or before it, `< 30 days ago` after (day − 30 days), `<=` on or after it; BETWEEN
    includes both ends. Only days up to the as-of day count."""

    test: Test
    unit: Unit


@dataclass(frozen=True, slots=True)
class Ahead:
    """The distance ahead of the as-of day, in whole days, weeks … years: `<= 90 days ahead` is from
    the as-of day to the day 90 days later, both inclusive, `>` after that day, `=` that day alone.
    Only days from the as-of day on count."""

    test: Test
    unit: Unit


Stretch = Rolling | Calendar | Whole | Period | Span


@dataclass(frozen=True, slots=True)
class Several:
    """Two or more stretches; a time lies in it when it lies in one of them."""

    windows: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """A distance in time between two records; months and years step by calendar."""

    count: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Anchor:
    """A moment of the member's own: the name of a field or of an event."""

    origin: Origin
    name: str


@dataclass(frozen=True, slots=True)
class Near:
    """The time around a moment of the record's own member; unknown moments have none.

    Of a field, days count whole: up to the end of the day so far `within` after the moment's day,
    which is the first; or, `before` it, the days so far back up to midnight of that day. Without a
    distance it is open. Hours are counted from the instant and include both ends. Of an event's
    first or last time, an instant, the far end is in, and the moment itself only where `itself`,
    which is said of what is after; else it is as in a `Step`. With `whole` it is the calendar day,
    week, … year that the moment lies in.

    Of anniversaries each one counts, of any year, that of 29 February on the 28th in common years;
    a distance is one from the record, of half a year at most, and there is no open end."""

    anchor: Anchor
    within: Within | None = None
    before: bool = False
    whole: Unit | None = None
    itself: bool = False


Fixed = Stretch | Ago | Ahead | Several
Window = Fixed | Near


# --- events ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Filter:
    """A restriction on one attribute of a record (an unknown value fails the test, and passes
    when `negated`), or on its time: on the weekday, `WEEKDAY`, 1 is Monday, or on the hour of the
    shop's own clock, `HOUR`, 20 is from 20:00 until 21:00."""

    attribute: str
    test: Test
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Records:
    """The records of one event that pass all filters (the same record passes them all) and lie in
    the window."""

    event: str
    filters: tuple[Filter, ...] = ()
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One number a member: COUNT of records has no `of`; the others name a numeric attribute, and
    DISTINCT any attribute or a calendar unit of the event's time ("day", "month", …).

    A score (`SCORES`) is a whole number from 1 to 5: 1 + ⌊5 · less / n⌋ among the n members that
    have such records, of whom `less` have less. RECENCY goes by the day of the last record, of
    those with a time; FREQUENCY by their number, MONETARY by the sum of `of`. Equals share a score,
    and members without records have none."""

    kind: Kind
    records: Records
    of: str | None = None


# --- conditions -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Field:
    """A member's own field. An unknown value fails the test, so `Not` of it includes unknowns.

    A text whose values the catalogue lists nowhere is equal whatever the case. A postal code is
    compared without its spaces, and in order only with codes of the same length."""

    field: str
    test: Test


@dataclass(frozen=True, slots=True)
class DateField:
    """A member's own date or time field lies in a window. Such a date may lie ahead, so that the
    current calendar unit counts to its end."""

    field: str
    window: Fixed


@dataclass(frozen=True, slots=True)
class Anniversary:
    """An anniversary of a member's own date lies in the window: its day and month in a later year;
    that of 29 February is 28 February in a common year. A period without a year is the one that
    runs on the as-of day, or else the next."""

    field: str
    window: Fixed


@dataclass(frozen=True, slots=True)
class Measure:
    """An aggregate compared with a number. Members without records count 0 in COUNT, SUM and
    DISTINCT, and fail AVERAGE, MINIMUM and MAXIMUM."""

    aggregate: Aggregate
    test: Test


@dataclass(frozen=True, slots=True)
class Edge:
    """The first or last of the records, or the `number`th from that end, lies in the window and is
    one of those that `having` would let through by itself, whatever filters it was chosen by. Of
    the first or last `number`, ALL or ANY do so. Members without that many records fail, but for
    ANY. Records of one time are in the order of their keys, or else of their values. `when` is
    asked of what was chosen; `records.window` limits what is chosen from."""

    which: Which
    records: Records
    when: Window | None = None
    having: tuple[Filter, ...] = ()
    number: int = 1
    reach: Reach = Reach.NTH


@dataclass(frozen=True, slots=True)
class Rank:
    """Top or bottom by an aggregate among the members that have records: `amount` members, or
    per cent of them when `percent`. Ties share their rank: top N keeps rank ≤ N, top p % keeps
    100·(rank − 1) < p·n. With `among`, the ranking is made among the members of that condition.
    With `within`, a field, one ranking is made for each of its values; unknown values have none."""

    side: Side
    amount: int | Decimal
    percent: bool
    aggregate: Aggregate
    among: "Condition | None" = None
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One aggregate against `times` another of the same kind, by `=` … `>=`. Members without
    records count as in `Measure`: 0 in COUNT, SUM and DISTINCT; where the kind has no number for
    one side, it fails."""

    left: Aggregate
    operator: Operator
    right: Aggregate
    times: int | Decimal = 1


@dataclass(frozen=True, slots=True)
class Norm:
    """One aggregate against `times` the MEAN or MEDIAN of it among all members who have such
    records, by `=` … `>=`. Members without records are not among them and fail; so do all where
    the middle is not above 0. An average counts to its fourth decimal."""

    middle: Middle
    aggregate: Aggregate
    operator: Operator
    times: int | Decimal = 1


@dataclass(frozen=True, slots=True)
class Share:
    """One aggregate as per cent of another of the same kind: COUNT, SUM or DISTINCT. Members whose
    whole is not above 0 fail."""

    part: Aggregate
    whole: Aggregate
    test: Test


@dataclass(frozen=True, slots=True)
class Gap:
    """The days between the day of one of the records and that of the next in time: their AVERAGE,
    MINIMUM or MAXIMUM. Members with fewer than two records fail."""

    kind: Kind
    records: Records
    test: Test


@dataclass(frozen=True, slots=True)
class Overdue:
    """More days have passed since the day of the last of the records than `times` their average
    gap. Members with fewer than three records, or with all on one day, have no rhythm and fail."""

    records: Records
    times: int | Decimal = 1


@dataclass(frozen=True, slots=True)
class Step:
    """A record at a later instant than the one before it in the sequence (with `before`: at an
    earlier one), no further off than `within`, both ends inclusive, and with the same known value
    of each attribute in `same`. With `absent` there is no such record, and the time in which it
    could come is over at the as-of instant."""

    records: Records
    within: Within | None = None
    before: bool = False
    same: tuple[str, ...] = ()
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """One of the `start` records, the first or last of them when `which`, and from it step by step
    one record for each step; only the last step may be absent."""

    start: Records
    steps: tuple[Step, ...]
    which: Which | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    """How many of the member's first or last `number` records, two or more, are such that `step`
    finds its record from them, passes the test; the step is not absent. Members with fewer records
    pass only what more of them could not undo, at least or more than so many, and those without any
    fail. Records without a time are passed over, those of one time are in the order of `Edge`."""

    which: Which
    number: int
    records: Records
    step: Step
    test: Test


@dataclass(frozen=True, slots=True)
class Grouped:
    """How many groups a member's records make in which all measures hold. A group is the records
    with one known value of `by`: an attribute that the events of all measures have, `RECORD` (the
    record itself with its parts) or a calendar unit of their time."""

    by: str
    having: tuple[Measure, ...]
    test: Test


@dataclass(frozen=True, slots=True)
class Favourite:
    """The value of an attribute that most of the member's records have, or, with `by`, a numeric
    attribute, that most of it went to, passes the test; of several equally common ones, any.
    Members without a known value fail."""

    records: Records
    of: str
    test: Test
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Audience:
    """Members of the saved segment of this name as it is when it is asked, on the same as-of day;
    or those whose key, or whose own field, as the list says, is on the kept list of this name,
    whatever the spaces around it and, but for keys, the case. Names are alike whatever the case.
    Members whose field is unknown are on no list."""

    source: Source
    name: str


@dataclass(frozen=True, slots=True)
class People:
    """How many of the members with the member's own value of a field, such as the company they work
    for, are among those of a condition; the member counts too. Members whose value is unknown fail,
    whatever the test."""

    by: str
    who: "Condition"
    test: Test


@dataclass(frozen=True, slots=True)
class Jointly:
    """An aggregate of all records together of the members with the member's own value of a field,
    such as the company they work for, or of those among them that `among` is of. None are 0: a
    COUNT, SUM or DISTINCT. Members whose value is unknown fail, whatever the test."""

    by: str
    aggregate: Aggregate
    test: Test
    among: "Condition | None" = None


@dataclass(frozen=True, slots=True)
class Distance:
    """The kilometres along a great circle from a place to the member pass the test. The place is a
    town of a country (ISO 3166), or without one of the shop's own, by its name in the catalogue.
    Members are where their coordinates are, or else in the middle of their town, as preparation
    tells; those of whom that is unknown fail, whatever the test."""

    place: str
    country: str | None
    test: Test


@dataclass(frozen=True, slots=True)
class Similar:
    """The members outside a group, or those of `among` outside it, who are nearest to its average:
    `amount` of them, so many per cent of them, or so many times as many as the group has. Ties
    share their rank, as in `Rank`. Of a group with fewer than `closeness.LEAST` members nobody is.

    How near is the sum of the squared differences between the member and the average of the group,
    over the features of `segments.closeness`, each in thousandths of its standard deviation among
    all members; an unknown one is the average of all."""

    to: "Condition"
    amount: int | Decimal
    extent: Extent = Extent.MEMBERS
    among: "Condition | None" = None


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part holds."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold (members for whom it is unknown are included)."""

    part: "Condition"


OfEvents = (
    Measure
    | Edge
    | Rank
    | Comparison
    | Norm
    | Share
    | Gap
    | Overdue
    | Sequence
    | Followed
    | Grouped
    | Favourite
)
OfOthers = Audience | People | Jointly | Distance | Similar
Condition = Field | DateField | Anniversary | OfEvents | OfOthers | All | Any | Not

SCORES = frozenset({Kind.RECENCY, Kind.FREQUENCY, Kind.MONETARY})
BEST_SCORE = 5
EXISTS = Test(Operator.GE, (1,))
WEEKDAY = "weekday"  # what a filter on the weekday calls it, where the event has no such attribute
HOUR = "hour"  # what a filter on the hour of its time calls it, likewise
# Filters on the time itself, with the numbers it can be.
CLOCK: Mapping[str, range] = {WEEKDAY: range(1, 8), HOUR: range(24)}
RECORD = "record"  # what `Grouped` calls a record with its parts, where no attribute is called so


def exists(records: Records) -> Measure:
    """At least one such record."""
    return Measure(Aggregate(Kind.COUNT, records), EXISTS)


def leaves(condition: Condition) -> tuple[Condition, ...]:
    """The conditions that are no group, left to right: those inside `Not` too, not those
    of `inner_of`."""
    match condition:
        case All(parts) | Any(parts):
            return tuple(leaf for part in parts for leaf in leaves(part))
        case Not(part):
            return leaves(part)
        case _:
            return (condition,)


def inner_of(leaf: Condition) -> tuple[Condition, ...]:
    """The conditions on members inside one that is no group: whom it is made among, who counts,
    whom they are like; of `Not` none."""
    match leaf:
        case Rank(among=inner) | Jointly(among=inner):
            return () if inner is None else (inner,)
        case People(who=who):
            return (who,)
        case Similar(to=to, among=inner):
            return (to,) if inner is None else (to, inner)
        case _:
            return ()


def with_inner(leaf: Condition, change: "Callable[[Condition], Condition]") -> Condition:
    """The condition with those inside it changed; one that has none stays as it is."""
    match leaf:
        case Rank(among=inner) | Jointly(among=inner) if inner is not None:
            return replace(leaf, among=change(inner))
        case People(who=who):
            return replace(leaf, who=change(who))
        case Similar(to=to, among=inner):
            among = None if inner is None else change(inner)
            return replace(leaf, to=change(to), among=among)
        case _:
            return leaf


def records_of(leaf: Condition) -> tuple[Records, ...]:
    """All records that a condition which is no group speaks of, left to right, not in
    `inner_of`."""
    match leaf:
        case Measure(aggregate) | Rank(aggregate=aggregate) | Jointly(aggregate=aggregate):
            return (aggregate.records,)
        case Norm(aggregate=aggregate):
            return (aggregate.records,)
        case Comparison(left, _, right) | Share(left, right):
            return (left.records, right.records)
        case Edge(records=records) | Gap(records=records) | Overdue(records) | Favourite(records):
            return (records,)
        case Sequence(start, steps):
            return (start, *(step.records for step in steps))
        case Followed(records=records, step=step):
            return (records, step.records)
        case Grouped(_, having):
            return tuple(measure.aggregate.records for measure in having)
        case _:
            return ()


def with_records(leaf: Condition, change: Callable[[Records], Records]) -> Condition:
    """The condition with all records it speaks of changed, in the order of `records_of`; a group
    and a field stay as they are."""

    def of(aggregate: Aggregate) -> Aggregate:
        return replace(aggregate, records=change(aggregate.records))

    match leaf:
        case Measure(aggregate) | Rank(aggregate=aggregate) | Jointly(aggregate=aggregate):
            return replace(leaf, aggregate=of(aggregate))
        case Norm(aggregate=aggregate):
            return replace(leaf, aggregate=of(aggregate))
        case Comparison(left, _, right):
            return replace(leaf, left=of(left), right=of(right))
        case Share(part, whole):
            return replace(leaf, part=of(part), whole=of(whole))
        case Edge(records=records) | Gap(records=records) | Overdue(records) | Favourite(records):
            return replace(leaf, records=change(records))
        case Sequence(start, steps):
            begun = change(start)
            changed = tuple(replace(step, records=change(step.records)) for step in steps)
            return replace(leaf, start=begun, steps=changed)
        case Followed(records=records, step=step):
            chosen = change(records)
            return replace(leaf, records=chosen, step=replace(step, records=change(step.records)))
        case Grouped(_, having):
            held = tuple(replace(each, aggregate=of(each.aggregate)) for each in having)
            return replace(leaf, having=held)
        case _:
            return leaf
