"""Reads the JSON objects of a definition, whatever anyone did to them: in a `Node`, out a tree.

Every way in which an object can be wrong ends in Shown(BadText) with the path to it. The shapes are
those that `objects` writes. Start at `condition`.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from segments.codec.nesting import MOST_LEVELS, TOO_DEEP
from segments.codec.node import Node
from segments.codec.period_words import MOST, kept, period_from
from segments.codec.tokens import COUNTRY
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
    Unit,
    Value,
    Which,
    Whole,
    Window,
    Within,
)

R = TypeVar("R")
NUMBER_OF_VALUES = {Operator.BETWEEN: (2, 2), Operator.IN: (1, 1_000_000), Operator.KNOWN: (0, 0)}
LONGEST_NUMBER = 100  # characters; keeps an exponent from becoming gigabytes of digits


def condition(node: Node) -> Condition:
    """The condition an object says."""
    if node.level > MOST_LEVELS:
        node.refuse(TOO_DEEP)
    return _by_kind(CONDITIONS, node)(replace(node, level=node.level + 1))


def _by_kind(table: dict[str, Callable[[Node], R]], node: Node) -> Callable[[Node], R]:
    kind = node.entry("kind")
    if not isinstance(kind, str) or kind not in table:
        node.child("kind").refuse(None, *table)
    return table[kind]


def _parts(node: Node) -> tuple[Condition, ...]:
    node.only("kind", "parts")
    return tuple(condition(part) for part in node.child("parts").items())


def _not(node: Node) -> Not:
    node.only("kind", "part")
    return Not(condition(node.child("part")))


def _field(node: Node) -> Field:
    node.only("kind", "field", "test")
    return Field(node.child("field").text(), _test(node.child("test")))


def _date_field(node: Node) -> DateField:
    node.only("kind", "field", "window")
    return DateField(node.child("field").text(), _fixed(node.child("window")))


def _anniversary(node: Node) -> Anniversary:
    node.only("kind", "field", "window")
    return Anniversary(node.child("field").text(), _fixed(node.child("window")))


def _measure(node: Node) -> Measure:
    node.only("kind", "aggregate", "test")
    return Measure(_aggregate(node.child("aggregate")), _test(node.child("test")))


def _edge(node: Node) -> Edge:
    node.only("kind", "which", "records", "when", "having", "number", "reach")
    return Edge(
        node.child("which").one_of(Which),
        _records(node.child("records")),
        None if node.entry("when") is None else _window(node.child("when")),
        _filters(node, "having"),
        1 if node.entry("number") is None else node.child("number").integer(),
        Reach.NTH if node.entry("reach") is None else node.child("reach").one_of(Reach),
    )


def _rank(node: Node) -> Rank:
    node.only("kind", "side", "amount", "percent", "aggregate", "among", "within")
    return Rank(
        node.child("side").one_of(Side),
        _number(node.child("amount")),
        node.child("percent").flag(),
        _aggregate(node.child("aggregate")),
        None if node.entry("among") is None else condition(node.child("among")),
        None if node.entry("within") is None else node.child("within").text(),
    )


def _comparison(node: Node) -> Comparison:
    node.only("kind", "left", "operator", "right", "times")
    return Comparison(
        _aggregate(node.child("left")),
        node.child("operator").one_of(Operator),
        _aggregate(node.child("right")),
        _times(node),
    )


def _norm(node: Node) -> Norm:
    node.only("kind", "middle", "aggregate", "operator", "times")
    return Norm(
        node.child("middle").one_of(Middle),
        _aggregate(node.child("aggregate")),
        node.child("operator").one_of(Operator),
        _times(node),
    )


def _share(node: Node) -> Share:
    node.only("kind", "part", "whole", "test")
    part, whole = (_aggregate(node.child(key)) for key in ("part", "whole"))
    return Share(part, whole, _test(node.child("test")))


def _gap(node: Node) -> Gap:
    node.only("kind", "of", "records", "test")
    records = _records(node.child("records"))
    return Gap(node.child("of").one_of(Kind), records, _test(node.child("test")))


def _overdue(node: Node) -> Overdue:
    node.only("kind", "records", "times")
    return Overdue(_records(node.child("records")), _times(node))


def _sequence(node: Node) -> Sequence:
    node.only("kind", "start", "steps", "which")
    which = None if node.entry("which") is None else node.child("which").one_of(Which)
    steps = tuple(_step(each) for each in node.child("steps").items())
    return Sequence(_records(node.child("start")), steps, which)


def _followed(node: Node) -> Followed:
    node.only("kind", "which", "number", "records", "step", "test")
    return Followed(
        node.child("which").one_of(Which),
        node.child("number").integer(),
        _records(node.child("records")),
        _step(node.child("step")),
        _test(node.child("test")),
    )


def _step(node: Node) -> Step:
    node.only("records", "within", "before", "same", "absent")
    same = () if node.entry("same") is None else node.child("same").items()
    return Step(
        _records(node.child("records")),
        None if node.entry("within") is None else _within(node.child("within")),
        node.child("before").flag(),
        tuple(each.text() for each in same),
        node.child("absent").flag(),
    )


def _within(node: Node) -> Within:
    node.only("count", "unit")
    return Within(node.child("count").integer(), node.child("unit").one_of(Unit))


def _grouped(node: Node) -> Grouped:
    node.only("kind", "by", "having", "test")
    having = tuple(_held(each) for each in node.child("having").items())
    return Grouped(node.child("by").text(), having, _test(node.child("test")))


def _held(node: Node) -> Measure:
    if node.entry("kind") != "measure":
        node.child("kind").refuse(None, "measure")
    return _measure(node)


def _favourite(node: Node) -> Favourite:
    node.only("kind", "records", "of", "test", "by")
    return Favourite(
        _records(node.child("records")),
        node.child("of").text(),
        _test(node.child("test")),
        None if node.entry("by") is None else node.child("by").text(),
    )


def _audience(node: Node) -> Audience:
    node.only("kind", "source", "name")
    return Audience(node.child("source").one_of(Source), node.child("name").text())


def _people(node: Node) -> People:
    node.only("kind", "by", "who", "test")
    return People(node.child("by").text(), condition(node.child("who")), _test(node.child("test")))


def _jointly(node: Node) -> Jointly:
    node.only("kind", "by", "aggregate", "test", "among")
    return Jointly(
        node.child("by").text(),
        _aggregate(node.child("aggregate")),
        _test(node.child("test")),
        None if node.entry("among") is None else condition(node.child("among")),
    )


def _from_place(node: Node) -> Distance:
    node.only("kind", "place", "country", "test")
    country = None if node.entry("country") is None else node.child("country").text()
    if country is not None and not COUNTRY.fullmatch(country):
        node.child("country").refuse(None, "ISO 3166")
    return Distance(node.child("place").text(), country, _test(node.child("test")))


def _similar(node: Node) -> Similar:
    node.only("kind", "to", "amount", "extent", "among")
    extent = node.child("extent").one_of(Extent)
    among = None if node.entry("among") is None else condition(node.child("among"))
    return Similar(condition(node.child("to")), _number(node.child("amount")), extent, among)


def _times(node: Node) -> int | Decimal:
    return 1 if node.entry("times") is None else _number(node.child("times"))


def _number(node: Node) -> int | Decimal:
    number = _value(node)
    if isinstance(number, bool) or not isinstance(number, int | Decimal):
        return node.refuse(None, "number")
    return number


def _rolling(node: Node) -> Rolling:
    node.only("kind", "count", "unit")
    return Rolling(node.child("count").integer(), node.child("unit").one_of(Unit))


def _whole(node: Node) -> Whole:
    node.only("kind", "count", "unit")
    return Whole(node.child("count").integer(), node.child("unit").one_of(Unit))


def _calendar(node: Node) -> Calendar:
    node.only("kind", "unit", "offset")
    return Calendar(node.child("unit").one_of(Unit), node.child("offset").integer())


def _period(node: Node) -> Period:
    node.only("kind", *PERIOD_PARTS, "turn")
    said = {key: node.child(key) for key in PERIOD_PARTS if node.entry(key) is not None}
    numbers = {key: part.integer() for key, part in said.items() if key not in WORDS}
    for key, number in numbers.items():
        least = 0 if key == "year" else 1
        if not least <= number <= MOST.get(key, number):
            said[key].refuse(None, f"{least}–{MOST.get(key, '')}")
    words = {key: part.text() for key, part in said.items() if key in WORDS}
    if frozenset(said) - {"year"} not in SHAPES and set(said) != {"year"}:
        node.refuse(None, *PERIOD_PARTS)
    if "named" in words and not kept(words["named"], words.get("country")):
        said["named"].refuse()
    turn = Turn.LATEST if node.entry("turn") is None else node.child("turn").one_of(Turn)
    return period_from({**numbers, **words, "turn": turn})


def _span(node: Node) -> Span:
    node.only("kind", "start", "end", "after", "before")
    start, end = (_end(node, key) for key in ("start", "end"))
    if start is None and end is None:
        return node.refuse(None, "start", "end")
    return Span(start, end, node.child("after").flag(), node.child("before").flag())


def _end(node: Node, key: str) -> date | Period | None:
    part = node.child(key)
    if part.value is None:
        return None
    return _period(part) if isinstance(part.value, dict) else part.day()


def _several(node: Node) -> Several:
    node.only("kind", "windows")
    return Several(tuple(_stretch(each) for each in node.child("windows").items()))


def _stretch(node: Node) -> Stretch:
    found = _fixed(node)
    return node.refuse(None, *STRETCHES) if isinstance(found, Ago | Ahead | Several) else found


def _fixed(node: Node) -> Fixed:
    """A window that is the same for all members."""
    found = _window(node)
    kinds = (kind for kind in WINDOWS if kind != "near")
    return node.refuse(None, *kinds) if isinstance(found, Near) else found


def _near(node: Node) -> Near:
    node.only("kind", "anchor", "within", "before", "whole", "itself")
    within, whole = node.child("within"), node.child("whole")
    return Near(
        _anchor(node.child("anchor")),
        None if node.entry("within") is None else _within(within),
        node.child("before").flag(),
        None if node.entry("whole") is None else whole.one_of(Unit),
        node.child("itself").flag(),
    )


def _anchor(node: Node) -> Anchor:
    node.only("kind", "name")
    return Anchor(node.child("kind").one_of(Origin), node.child("name").text())


def _distance(node: Node) -> tuple[Test, Unit]:
    node.only("kind", "test", "unit")
    test = _test(node.child("test"))
    if test.operator not in DISTANCES or any(type(value) is not int for value in test.values):
        node.child("test").refuse(None, *DISTANCES)
    return test, node.child("unit").one_of(Unit)


def _window(node: Node) -> Window:
    return _by_kind(WINDOWS, node)(node)


def _aggregate(node: Node) -> Aggregate:
    node.only("kind", "records", "of")
    of = None if node.entry("of") is None else node.child("of").text()
    return Aggregate(node.child("kind").one_of(Kind), _records(node.child("records")), of)


def _records(node: Node) -> Records:
    node.only("event", "filters", "window")
    window = None if node.entry("window") is None else _window(node.child("window"))
    return Records(node.child("event").text(), _filters(node, "filters"), window)


def _filters(node: Node, key: str) -> tuple[Filter, ...]:
    listed = () if node.entry(key) is None else node.child(key).items()
    return tuple(_filter(each) for each in listed)


def _filter(node: Node) -> Filter:
    node.only("attribute", "test", "negated")
    test = _test(node.child("test"))
    return Filter(node.child("attribute").text(), test, node.child("negated").flag())


def _test(node: Node) -> Test:
    node.only("operator", "values")
    operator = node.child("operator").one_of(Operator)
    listed = () if node.entry("values") is None else node.child("values").items()
    least, most = NUMBER_OF_VALUES.get(operator, (1, 1))
    if not least <= len(listed) <= most:
        node.child("values").refuse(None, str(least))
    return Test(operator, tuple(_value(value) for value in listed))


def _value(node: Node) -> Value:
    match node.value:
        case str():
            return node.text()
        case bool() | int() as plain:
            return plain
        case {"decimal": str() as text, **others} if not others and len(text) <= LONGEST_NUMBER:
            return _decimal(node, text)
        case {"date": str(), **others} if not others:
            return node.child("date").day()
        case _:
            return node.refuse(None, "text", "whole number", "true", "false", "decimal", "date")


def _decimal(node: Node, text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        node.refuse(None, "decimal")
    within = number.is_finite() and abs(number.adjusted()) <= LONGEST_NUMBER
    return number if within else node.refuse(None, "decimal")


DISTANCES = (
    Operator.EQ,
    Operator.LT,
    Operator.LE,
    Operator.GT,
    Operator.GE,
    Operator.BETWEEN,
)
CONDITIONS: dict[str, Callable[[Node], Condition]] = {
    "all": lambda node: All(_parts(node)),
    "any": lambda node: Any(_parts(node)),
    "not": _not,
    "field": _field,
    "date_field": _date_field,
    "anniversary": _anniversary,
    "measure": _measure,
    "edge": _edge,
    "rank": _rank,
    "comparison": _comparison,
    "norm": _norm,
    "share": _share,
    "gap": _gap,
    "overdue": _overdue,
    "sequence": _sequence,
    "followed": _followed,
    "grouped": _grouped,
    "favourite": _favourite,
    "audience": _audience,
    "people": _people,
    "jointly": _jointly,
    "distance": _from_place,
    "similar": _similar,
}
WINDOWS: dict[str, Callable[[Node], Window]] = {
    "rolling": _rolling,
    "calendar": _calendar,
    "whole": _whole,
    "period": _period,
    "span": _span,
    "ago": lambda node: Ago(*_distance(node)),
    "ahead": lambda node: Ahead(*_distance(node)),
    "several": _several,
    "near": _near,
}
STRETCHES = ("rolling", "calendar", "period", "span")
WORDS = frozenset({"named", "country"})
SHAPES = frozenset(
    {frozenset({key}) for key in ("half", "quarter", "month", "week", "weekday", "named")}
    | {frozenset({"month", "day"}), frozenset({"named", "country"})}
)
PERIOD_PARTS = (
    *("year", "half", "quarter", "month", "week", "day", "weekday"),
    *("named", "country"),
)
