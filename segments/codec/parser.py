"""Reads the canonical text: in one line of text, out a `Condition`, or Shown with a `BadText`.

The grammar is `definition.lark`; `_Build` has one method a rule and is called while the text is
read, so that depth costs no stack. Knows no catalogue. Start at `from_text`.
"""

import re
from collections.abc import Callable, Container, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import cast

from lark import Lark, Token, Transformer, UnexpectedInput, v_args
from lark.exceptions import UnexpectedCharacters, UnexpectedToken, VisitError

from segments.codec.nesting import TOO_DEEP, too_deep
from segments.codec.period_words import WEEKDAYS, day_of, named_of, period_of, turned
from segments.codec.tokens import (
    COUNTRY,
    date_of,
    integer_of,
    number_of,
    refuse,
    string_of,
    unit_of,
)
from segments.definition import (
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
    Sequence,
    Several,
    Share,
    Side,
    Similar,
    Source,
    Span,
    Step,
    Stretch,
    Test,
    Turn,
    Value,
    Which,
    Whole,
    Window,
    Within,
)
from segments.errors import Shown
from segments.feasts import FEASTS
from segments.problems import BadText

DISTANCES = frozenset(
    {Operator.EQ, Operator.LT, Operator.LE, Operator.GT, Operator.GE, Operator.BETWEEN}
)


End = date | Period


def from_text(text: str) -> Condition:
    """The definition a text says. Raises Shown(BadText) with line and column, counted from 1."""
    try:
        return _parsed(text)
    except UnexpectedInput as error:
        raise Shown(_problem(error, text)) from None


def if_text(text: str, fields: Container[str]) -> Condition | None:
    """The definition a text says of these fields, or None when it says none: why, which takes
    longer to tell than to see, nobody asks. Most texts begin with a word that no definition begins
    with, and are read no further."""
    word = _WORD.match(text)
    if word and word[0] not in fields and not _OPENING.fullmatch(word[0]):
        return None
    try:
        return _parsed(text)
    except (UnexpectedInput, Shown):
        return None


def _parsed(text: str) -> Condition:
    try:
        condition = cast("Condition", PARSER.parse(text))
    except VisitError as error:
        if isinstance(error.orig_exc, Shown):
            raise error.orig_exc from None
        raise
    if too_deep(condition):
        raise Shown(BadText("text", TOO_DEEP, 1, 1))
    return condition


def _problem(error: UnexpectedInput, text: str) -> BadText:
    match error:
        case UnexpectedToken(token=Token() as token) if token.type != "$END":
            found, expected = str(token), error.accepts or error.expected
        case UnexpectedCharacters():
            found, expected = error.char, error.allowed or set()
        case _:
            lines = text.split("\n")
            names = _words(getattr(error, "accepts", None) or ())
            return BadText("text", "", len(lines), len(lines[-1]) + 1, names)
    return BadText("text", found, error.line, error.column, _words(expected))


def _words(terminals: Iterable[str]) -> tuple[str, ...]:
    """What could have stood there: keywords as they are written, others by kind in capitals."""
    keywords = {
        terminal.name: terminal.pattern.value
        for terminal in PARSER.terminals
        if terminal.pattern.type == "str"
    }
    return tuple(sorted(keywords.get(name, name.strip("$")) for name in terminals))


def _of(operator: Operator) -> Callable[..., Test]:
    def build(_self: "_Build", *values: Value) -> Test:
        return Test(operator, values)

    return build


def _reaching(reach: Reach) -> Callable[["_Build", Token, Edge], Edge]:
    def build(_self: "_Build", number: Token, edge: Edge) -> Edge:
        return replace(edge, number=integer_of(number), reach=reach)

    return build


def _ranking(*, percent: bool) -> Callable[..., Rank]:
    def build(
        _self: "_Build",
        side: Side,
        amount: int | Decimal,
        aggregate: Aggregate,
        within: str | None,
        among: Condition | None,
    ) -> Rank:
        return Rank(side, amount, percent, aggregate, among, within)

    return build


def _whole(unit_offset: int) -> Callable[["_Build", Token], Calendar]:
    def build(_self: "_Build", unit: Token) -> Calendar:
        return Calendar(unit_of(unit), unit_offset)

    return build


def _distance(test: Test, unit: Token) -> Test:
    if test.operator not in DISTANCES or any(type(value) is not int for value in test.values):
        refuse(unit, "NUMBER")
    return test


@v_args(inline=True)
class _Build(Transformer[Token, Condition]):
    """One method a rule of the grammar; tokens come in, nodes go out."""

    def start(self, condition: Condition) -> Condition:
        return condition

    def all_of(self, *parts: Condition) -> All:
        return All(parts)

    def any_of(self, *parts: Condition) -> Any:
        return Any(parts)

    def negation(self, part: Condition) -> Not:
        return Not(part)

    def field(self, name: str, test: Test) -> Field:
        return Field(name, test)

    def known_field(self, name: str) -> Field:
        return Field(name, Test(Operator.KNOWN))

    def date_field(self, name: str, window: Fixed) -> DateField:
        return DateField(name, window)

    def anniversary(self, name: str, window: Fixed) -> Anniversary:
        return Anniversary(name, window)

    def measure(self, aggregate: Aggregate, test: Test) -> Measure:
        return Measure(aggregate, test)

    def known_measure(self, aggregate: Aggregate) -> Measure:
        return Measure(aggregate, Test(Operator.KNOWN))

    def edge(self, which: Which, records: Records, *tests: Filter | Window) -> Edge:
        having = tuple(each for each in tests if isinstance(each, Filter))
        windows = (each for each in tests if not isinstance(each, Filter))
        return Edge(which, records, next(windows, None), having)

    def first(self) -> Which:
        return Which.FIRST

    def last(self) -> Which:
        return Which.LAST

    nth_of = _reaching(Reach.NTH)
    all_first_or_last = _reaching(Reach.ALL)
    any_first_or_last = _reaching(Reach.ANY)

    rank_members = _ranking(percent=False)
    rank_percent = _ranking(percent=True)

    def top(self) -> Side:
        return Side.TOP

    def bottom(self) -> Side:
        return Side.BOTTOM

    def among(self, condition: Condition | None = None) -> Condition | None:
        return condition

    def in_each(self, name: str | None = None) -> str | None:
        return name

    part_by = in_each

    def times(self, number: int | Decimal = 1) -> int | Decimal:
        return number

    def comparison(
        self, left: Aggregate, operator: Token, times: int | Decimal, right: Aggregate
    ) -> Comparison:
        return Comparison(left, Operator(operator), right, times)

    def norm(
        self, middle: Token, aggregate: Aggregate, operator: Token, times: int | Decimal
    ) -> Norm:
        return Norm(Middle(middle), aggregate, Operator(operator), times)

    def share(self, part: Aggregate, whole: Aggregate, test: Test) -> Share:
        return Share(part, whole, test)

    def gap(self, kind: Token, records: Records, test: Test) -> Gap:
        return Gap(Kind(kind), records, test)

    def overdue(self, times: int | Decimal, records: Records) -> Overdue:
        return Overdue(records, times)

    def sequence(self, which: Which | None, start: Records, *steps: Step) -> Sequence:
        return Sequence(start, steps, which)

    def followed(
        self, which: Which, number: Token, records: Records, step: Step, test: Test
    ) -> Followed:
        return Followed(which, integer_of(number), records, step, test)

    def which(self, which: Which | None = None) -> Which | None:
        return which

    def step(
        self,
        before: bool,  # noqa: FBT001 — what the rule above it found
        absent: bool,  # noqa: FBT001
        records: Records,
        within: Within | None,
        same: tuple[str, ...],
    ) -> Step:
        return Step(records, within, before, same, absent)

    def then(self) -> bool:
        return False

    def preceded(self) -> bool:
        return True

    def absent(self, word: Token | None = None) -> bool:
        return word is not None

    def within(self, count: Token | None = None, unit: Token | None = None) -> Within | None:
        return None if count is None or unit is None else Within(integer_of(count), unit_of(unit))

    def same(self, *names: str) -> tuple[str, ...]:
        return names

    def held(self, aggregate: Aggregate, test: Test) -> Measure:
        return Measure(aggregate, test)

    def grouped(self, by: str, *rest: Measure | Test) -> Grouped:
        held = tuple(each for each in rest if isinstance(each, Measure))
        tests = (each for each in rest if isinstance(each, Test))
        return Grouped(by, held, next(tests))

    def favourite(
        self,
        event: str,
        of: str,
        by: str | None,
        limits: tuple[Filter | Window, ...],
        test: Test,
    ) -> Favourite:
        return Favourite(self.records(event, limits), of, test, by)

    def audience(self, source: Token, name: Token) -> Audience:
        if source not in set(Source):
            refuse(source, *Source)
        return Audience(Source(source), string_of(name))

    def people(self, by: str, who: Condition, test: Test) -> People:
        return People(by, who, test)

    def jointly(
        self, aggregate: Aggregate, by: str, among: Condition | None, test: Test
    ) -> Jointly:
        return Jointly(by, aggregate, test, among)

    def of_country(self, country: Token | None = None) -> str | None:
        if country is not None and not COUNTRY.fullmatch(country):
            refuse(country, "ISO 3166")
        return None if country is None else str(country)

    def distance(self, place: Token, country: str | None, test: Test) -> Distance:
        return Distance(string_of(place), country, test)

    def nearest_members(
        self, amount: int | Decimal, to: Condition, among: Condition | None
    ) -> Similar:
        return Similar(to, amount, among=among)

    def nearest_percent(
        self, amount: int | Decimal, to: Condition, among: Condition | None
    ) -> Similar:
        return Similar(to, amount, Extent.PERCENT, among)

    def nearest_times(
        self, amount: int | Decimal, to: Condition, among: Condition | None
    ) -> Similar:
        return Similar(to, amount, Extent.TIMES, among)

    def aggregate(
        self, kind: Token, event: str, of: str | None, limits: tuple[Filter | Window, ...]
    ) -> Aggregate:
        return Aggregate(Kind(kind), self.records(event, limits), of)

    def of_attribute(self, name: str | None = None) -> str | None:
        return name

    def records(self, event: str, limits: tuple[Filter | Window, ...]) -> Records:
        filters = tuple(limit for limit in limits if isinstance(limit, Filter))
        windows = (limit for limit in limits if not isinstance(limit, Filter))
        return Records(event, filters, next(windows, None))

    def restrictions(self, *limits: Filter | Window) -> tuple[Filter | Window, ...]:
        return limits

    def filter_test(self, name: str, test: Test) -> Filter:
        return Filter(name, test)

    def known_filter(self, name: str) -> Filter:
        return Filter(name, Test(Operator.KNOWN))

    def negated_filter(self, restriction: Filter) -> Filter:
        return Filter(restriction.attribute, restriction.test, negated=True)

    def compare(self, operator: Token, value: Value) -> Test:
        return Test(Operator(operator), (value,))

    between = _of(Operator.BETWEEN)
    one_of = _of(Operator.IN)
    contains = _of(Operator.CONTAINS)
    starts = _of(Operator.STARTS)
    ends = _of(Operator.ENDS)

    def number(self, token: Token) -> int | Decimal:
        return number_of(token)

    def string(self, token: Token) -> str:
        return string_of(token)

    quoted = string

    def word(self, token: Token) -> str:
        return str(token)

    def day(self, token: Token) -> date:
        return date_of(token)

    def yes(self) -> bool:
        return True

    def no(self, _word: Token) -> bool:
        return False

    def ago(self, test: Test, unit: Token) -> Ago:
        return Ago(_distance(test, unit), unit_of(unit))

    def distance_ahead(self, test: Test, unit: Token) -> Ahead:
        return Ahead(_distance(test, unit), unit_of(unit))

    def rolling(self, count: Token, unit: Token) -> Rolling:
        return Rolling(integer_of(count), unit_of(unit))

    def whole(self, count: Token, unit: Token) -> Whole:
        return Whole(integer_of(count), unit_of(unit))

    this = _whole(0)
    previous = _whole(-1)
    next = _whole(1)

    def back(self, count: Token, unit: Token) -> Calendar:
        return Calendar(unit_of(unit), -integer_of(count))

    def ahead(self, count: Token, unit: Token) -> Calendar:
        return Calendar(unit_of(unit), integer_of(count))

    def year(self, token: Token) -> Period:
        return Period(integer_of(token))

    def numbered(self, token: Token) -> Period:
        return period_of(token)

    def day_of_month(self, token: Token, day: Token) -> Period:
        return day_of(token, day)

    def named(self, word: Token) -> Period:
        return named_of(word)

    def named_year(self, word: Token, year: Token) -> Period:
        return named_of(word, year=year)

    def kept_in(self, word: Token, country: Token) -> Period:
        return named_of(word, country)

    def kept_in_year(self, word: Token, country: Token, year: Token) -> Period:
        return named_of(word, country, year)

    def latest_over(self, period: Period) -> Period:
        return replace(period, turn=Turn.OVER)

    def of_this(self, period: Period, unit: Token) -> Period:
        return turned(period, Turn.THIS_YEAR, unit)

    def of_previous(self, period: Period, unit: Token) -> Period:
        return turned(period, Turn.LAST_YEAR, unit)

    def since(self, start: End) -> Span:
        return Span(start)

    def after(self, start: End) -> Span:
        return Span(start, after=True)

    def until(self, end: End) -> Span:
        return Span(end=end)

    def before(self, end: End) -> Span:
        return Span(end=end, before=True)

    def from_to(self, start: Span, end: Span) -> Span:
        return Span(start.start, end.end, start.after, end.before)

    def days_after(self, count: Token, unit: Token, anchor: Anchor) -> Near:
        return Near(anchor, Within(integer_of(count), unit_of(unit)))

    def days_before(self, count: Token, unit: Token, anchor: Anchor) -> Near:
        return Near(anchor, Within(integer_of(count), unit_of(unit)), before=True)

    def days_from(self, count: Token, unit: Token, anchor: Anchor) -> Near:
        return Near(anchor, Within(integer_of(count), unit_of(unit)), itself=True)

    def unit_of_own(self, unit: Token, anchor: Anchor) -> Near:
        return Near(anchor, whole=unit_of(unit))

    def any_time_after(self, anchor: Anchor) -> Near:
        return Near(anchor)

    def any_time_before(self, anchor: Anchor) -> Near:
        return Near(anchor, before=True)

    def own_date(self, name: str) -> Anchor:
        return Anchor(Origin.FIELD, name)

    def each_year(self, name: str) -> Anchor:
        return Anchor(Origin.YEARLY, name)

    def first_or_last(self, which: Which, name: str) -> Anchor:
        return Anchor(Origin(which.value), name)

    def several(self, *windows: Stretch) -> Several:
        return Several(windows)


GRAMMAR = Path(__file__).with_name("definition.lark").read_text(encoding="utf-8")
NAMED = "|".join((*WEEKDAYS, *FEASTS))
PARSER = Lark(
    f"{GRAMMAR}\nNAMED.3: /({NAMED})\\b/\n",
    parser="lalr",
    transformer=_Build(),
    maybe_placeholders=False,
)
_WORD = re.compile(r"[^\W\d]\w*")
_FIRST = PARSER.parse_interactive("").accepts() - {"WORD"}  # type: ignore[no-untyped-call]
_OPENING = re.compile(  # the keywords that a definition can begin with
    "|".join(
        terminal.pattern.to_regexp() for terminal in PARSER.terminals if terminal.name in _FIRST
    )
)
