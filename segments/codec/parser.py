"""Reads the canonical text: in one line of text, out a `Condition`, or Shown with a `BadText`.

The grammar is `definition.lark`; `_Build` has one method a rule and is called while the text is
read, so that depth costs no stack. Knows no catalogue. Start at `from_text`.
"""

import json
from datetime import date
from decimal import Decimal
from typing import Any as Anything
from typing import NoReturn, cast

from lark import Lark, Token, Transformer, UnexpectedInput, v_args
from lark.exceptions import UnexpectedCharacters, UnexpectedToken, VisitError

from segments.codec.nesting import TOO_DEEP, too_deep, writable
from segments.codec.printer import MONTHS
from segments.definition import (
    Aggregate,
    Ago,
    All,
    Any,
    Calendar,
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
    Rolling,
    Side,
    Span,
    Test,
    Unit,
    Value,
    Which,
    Window,
)
from segments.errors import Shown
from segments.problems import BadText

DISTANCES = frozenset(
    {Operator.EQ, Operator.LT, Operator.LE, Operator.GT, Operator.GE, Operator.BETWEEN}
)


def from_text(text: str) -> Condition:
    """The definition a text says. Raises Shown(BadText) with line and column, counted from 1."""
    try:
        condition = cast("Condition", PARSER.parse(text))
    except UnexpectedInput as error:
        raise Shown(_problem(error, text)) from None
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
            names = getattr(error, "accepts", None) or getattr(error, "expected", ())
            return BadText("text", "", len(lines), len(lines[-1]) + 1, _words(names))
    return BadText("text", found, error.line, error.column, _words(expected))


def _words(terminals: Anything) -> tuple[str, ...]:
    """What could have stood there: keywords as they are written, others by kind in capitals."""
    patterns = {terminal.name: terminal.pattern for terminal in PARSER.terminals}
    return tuple(
        sorted(
            patterns[name].value if name in patterns and patterns[name].type == "str" else name
            for name in terminals
            if not name.startswith("$")
        )
    )


def _refuse(token: Token, *expected: str) -> NoReturn:
    raise Shown(BadText("text", str(token), token.line or 1, token.column or 1, expected))


def _string(token: Token) -> str:
    value = str(json.loads(f'"{token[1:-1]}"'))
    return value if writable(value) else _refuse(token)


def _date(token: Token) -> date:
    try:
        return date.fromisoformat(token)
    except ValueError:
        _refuse(token, "DATE")


def _integer(token: Token) -> int:
    try:
        return int(token)
    except ValueError:  # a point, or more digits than Python reads
        _refuse(token, "NUMBER")


def _unit(token: Token) -> Unit:
    return Unit(token.removesuffix("s"))


def _number(token: Token) -> int | Decimal:
    return Decimal(token) if "." in token else _integer(token)


def _of(operator: Operator) -> Anything:
    def build(_self: "_Build", *values: Value) -> Test:
        return Test(operator, values)

    return build


def _whole(unit_offset: int) -> Anything:
    def build(_self: "_Build", unit: Token) -> Calendar:
        return Calendar(_unit(unit), unit_offset)

    return build


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

    def date_field(self, name: str, window: Window) -> DateField:
        return DateField(name, window)

    def measure(self, aggregate: Aggregate, test: Test) -> Measure:
        return Measure(aggregate, test)

    def known_measure(self, aggregate: Aggregate) -> Measure:
        return Measure(aggregate, Test(Operator.KNOWN))

    def first_edge(self, records: Records, when: Window) -> Edge:
        return Edge(Which.FIRST, records, when)

    def last_edge(self, records: Records, when: Window) -> Edge:
        return Edge(Which.LAST, records, when)

    def rank_members(
        self, side: Side, amount: int | Decimal, aggregate: Aggregate, among: Condition | None
    ) -> Rank:
        return Rank(side, amount, percent=False, aggregate=aggregate, among=among)

    def rank_percent(
        self, side: Side, amount: int | Decimal, aggregate: Aggregate, among: Condition | None
    ) -> Rank:
        return Rank(side, amount, percent=True, aggregate=aggregate, among=among)

    def top(self) -> Side:
        return Side.TOP

    def bottom(self) -> Side:
        return Side.BOTTOM

    def among(self, condition: Condition | None = None) -> Condition | None:
        return condition

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
        return _number(token)

    def string(self, token: Token) -> str:
        return _string(token)

    quoted = string

    def word(self, token: Token) -> str:
        return str(token)

    def day(self, token: Token) -> date:
        return _date(token)

    def yes(self) -> bool:
        return True

    def no(self) -> bool:
        return False

    def ago(self, test: Test, unit: Token) -> Ago:
        if test.operator not in DISTANCES or any(type(value) is not int for value in test.values):
            _refuse(unit, "NUMBER")
        return Ago(test, _unit(unit))

    def rolling(self, count: Token, unit: Token) -> Rolling:
        return Rolling(_integer(count), _unit(unit))

    this = _whole(0)
    previous = _whole(-1)
    next = _whole(1)

    def back(self, count: Token, unit: Token) -> Calendar:
        return Calendar(_unit(unit), -_integer(count))

    def ahead(self, count: Token, unit: Token) -> Calendar:
        return Calendar(_unit(unit), _integer(count))

    def year(self, token: Token) -> Period:
        return Period(_integer(token))

    def period(self, token: Token) -> Period:
        if token in MONTHS:
            return Period(month=MONTHS.index(token) + 1)
        year, _, part = token.rpartition("-")
        name = {"H": "half", "Q": "quarter", "W": "week"}.get(part[0], "month")
        number = int(part.lstrip("HQW"))
        if number > {"week": 53, "month": 12}.get(name, 4) or number < 1:
            _refuse(token, "PERIOD")
        return Period(_integer(Token("NUMBER", year)) if year else None, **{name: number})

    def since(self, start: Token) -> Span:
        return Span(start=_date(start))

    def until(self, end: Token) -> Span:
        return Span(end=_date(end))

    def from_to(self, start: Token, end: Token) -> Span:
        return Span(_date(start), _date(end))


PARSER = Lark.open(
    "definition.lark",
    rel_to=__file__,
    parser="lalr",
    transformer=_Build(),
    maybe_placeholders=False,
)
