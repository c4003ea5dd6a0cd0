"""Definitions as versioned JSON objects: `to_json` writes, `from_json` reads what anyone edited.

`{"version": 1, "definition": {"kind": "measure", …}}`: one object a node. Texts, whole numbers and
true/false are JSON's own; a decimal is `{"decimal": "12.50"}`, a day `{"date": "2026-01-31"}`, so
that each type comes back as it was. Reading is strict: a key it does not know is a problem, since
ignoring it could change who is meant. Knows no catalogue. Start at `to_json`.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any as Anything
from typing import assert_never

from segments.codec.node import Node
from segments.codec.reader import PERIOD_PARTS, condition
from segments.definition import (
    Aggregate,
    Ago,
    Ahead,
    All,
    Anniversary,
    Any,
    Audience,
    Calendar,
    Comparison,
    Condition,
    DateField,
    Distance,
    Edge,
    Favourite,
    Field,
    Filter,
    Followed,
    Gap,
    Grouped,
    Jointly,
    Measure,
    Near,
    Norm,
    Not,
    OfEvents,
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
    Similar,
    Span,
    Step,
    Test,
    Turn,
    Value,
    Whole,
    Window,
    Within,
)
from segments.errors import Broken, Shown
from segments.problems import WrongVersion

VERSION = 1

Object = dict[str, Anything]


def to_json(condition: Condition) -> Object:
    """The versioned object; `json.dumps` writes it without help."""
    return {"version": VERSION, "definition": _condition(condition)}


def from_json(obj: object) -> Condition:
    """The definition in an object. Raises Shown(WrongVersion) or Shown(BadText), whose `where` is
    the path to the mistake; line and column are 0, since an object has none."""
    saved = Node(obj, "")
    found = saved.entry("version")
    if type(found) is not int or found != VERSION:
        raise Shown(WrongVersion("version", str(found), str(VERSION)))
    saved.only("version", "definition")
    return condition(saved.child("definition"))


def _condition(condition: Condition) -> Object:
    match condition:
        case All(parts):
            return {"kind": "all", "parts": [_condition(part) for part in parts]}
        case Any(parts):
            return {"kind": "any", "parts": [_condition(part) for part in parts]}
        case Not(part):
            return {"kind": "not", "part": _condition(part)}
        case Field(name, test):
            return {"kind": "field", "field": name, "test": _test(test)}
        case DateField(name, window):
            return {"kind": "date_field", "field": name, "window": _window(window)}
        case Anniversary(name, window):
            return {"kind": "anniversary", "field": name, "window": _window(window)}
        case Audience(source, name):
            return {"kind": "audience", "source": source.value, "name": name}
        case People(by, who, test):
            return {"kind": "people", "by": by, "who": _condition(who), "test": _test(test)}
        case Similar(to, amount, extent, among):
            told = {"to": _condition(to), "amount": _value(amount), "extent": extent.value}
            whose = {} if among is None else {"among": _condition(among)}
            return {"kind": "similar", **told, **whose}
        case Jointly(by, aggregate, test, among):
            told = {"by": by, "aggregate": _aggregate(aggregate), "test": _test(test)}
            whose = {} if among is None else {"among": _condition(among)}
            return {"kind": "jointly", **told, **whose}
        case Distance(place, country, test):
            of = {} if country is None else {"country": country}
            return {"kind": "distance", "place": place, **of, "test": _test(test)}
        case _:
            return _of_events(condition)


def _of_events(condition: OfEvents) -> Object:
    match condition:
        case Measure(aggregate, test):
            return {"kind": "measure", "aggregate": _aggregate(aggregate), "test": _test(test)}
        case Edge():
            return _edge(condition)
        case Rank(side, amount, percent, aggregate, among, within):
            rank = {"kind": "rank", "side": side.value, "amount": _value(amount)}
            rank |= {"percent": percent, "aggregate": _aggregate(aggregate)}
            rank |= {} if among is None else {"among": _condition(among)}
            return rank | ({} if within is None else {"within": within})
        case Comparison(left, operator, right, times):
            sides = {"left": _aggregate(left), "right": _aggregate(right)}
            return {"kind": "comparison", "operator": operator.value, **sides} | _times(times)
        case Norm(middle, aggregate, operator, times):
            norm = {"kind": "norm", "middle": middle.value, "aggregate": _aggregate(aggregate)}
            return norm | {"operator": operator.value} | _times(times)
        case Share(part, whole, test):
            sides = {"part": _aggregate(part), "whole": _aggregate(whole)}
            return {"kind": "share", **sides, "test": _test(test)}
        case Gap(kind, records, test):
            of = {"of": kind.value, "records": _records(records)}
            return {"kind": "gap", **of, "test": _test(test)}
        case Overdue(records, times):
            return {"kind": "overdue", "records": _records(records)} | _times(times)
        case Sequence(start, steps, which):
            told = {"start": _records(start), "steps": [_step(step) for step in steps]}
            return {"kind": "sequence", **told} | ({} if which is None else {"which": which.value})
        case Followed(which, number, records, step, test):
            chosen = {"which": which.value, "number": number, "records": _records(records)}
            return {"kind": "followed", **chosen, "step": _step(step), "test": _test(test)}
        case Grouped(by, having, test):
            held = [_condition(measure) for measure in having]
            return {"kind": "grouped", "by": by, "having": held, "test": _test(test)}
        case Favourite(records, of, test, by):
            told = {"records": _records(records), "of": of, "test": _test(test)}
            return {"kind": "favourite", **told} | ({} if by is None else {"by": by})
        case _:
            assert_never(condition)


def _times(times: int | Decimal) -> Object:
    return {} if times == 1 else {"times": _value(times)}


def _step(step: Step) -> Object:
    flags = {"before": step.before, "absent": step.absent}
    return (
        {"records": _records(step.records)}
        | ({} if step.within is None else {"within": _within(step.within)})
        | ({"same": list(step.same)} if step.same else {})
        | {key: True for key, said in flags.items() if said}
    )


def _within(within: Within) -> Object:
    return {"count": within.count, "unit": within.unit.value}


def _edge(edge: Edge) -> Object:
    which = {"kind": "edge", "which": edge.which.value, "records": _records(edge.records)}
    when = {} if edge.when is None else {"when": _window(edge.when)}
    filters = {"having": [_filter(restriction) for restriction in edge.having]}
    number = {} if edge.number == 1 else {"number": edge.number}
    reach = {} if edge.reach is Reach.NTH else {"reach": edge.reach.value}
    return which | when | (filters if edge.having else {}) | number | reach


def _window(window: Window) -> Object:
    match window:
        case Rolling(count, unit):
            return {"kind": "rolling", "count": count, "unit": unit.value}
        case Calendar(unit, offset):
            return {"kind": "calendar", "unit": unit.value, "offset": offset}
        case Whole(count, unit):
            return {"kind": "whole", "count": count, "unit": unit.value}
        case Period():
            return _period(window)
        case Span(start, end, after, before):
            ends = {"start": start, "end": end}
            flags = {"after": after, "before": before}
            return (
                {"kind": "span"}
                | {key: _end(end) for key, end in ends.items() if end is not None}
                | {key: True for key, said in flags.items() if said}
            )
        case Several(windows):
            return {"kind": "several", "windows": [_window(each) for each in windows]}
        case Ago(test, unit):
            return {"kind": "ago", "test": _test(test), "unit": unit.value}
        case Ahead(test, unit):
            return {"kind": "ahead", "test": _test(test), "unit": unit.value}
        case Near(anchor, within, before, whole, itself):
            return (
                {"kind": "near", "anchor": {"kind": anchor.origin.value, "name": anchor.name}}
                | ({} if within is None else {"within": _within(within)})
                | ({"before": True} if before else {})
                | ({} if whole is None else {"whole": whole.value})
                | ({"itself": True} if itself else {})
            )
        case _:
            assert_never(window)


def _period(period: Period) -> Object:
    parts = {key: getattr(period, key) for key in PERIOD_PARTS}
    turn = {} if period.turn is Turn.LATEST else {"turn": period.turn.value}
    return {"kind": "period"} | {key: n for key, n in parts.items() if n is not None} | turn


def _end(end: date | Period) -> str | Object:
    return _period(end) if isinstance(end, Period) else end.isoformat()


def _aggregate(aggregate: Aggregate) -> Object:
    of = {} if aggregate.of is None else {"of": aggregate.of}
    return {"kind": aggregate.kind.value, "records": _records(aggregate.records)} | of


def _records(records: Records) -> Object:
    filters = {"filters": [_filter(restriction) for restriction in records.filters]}
    window = {} if records.window is None else {"window": _window(records.window)}
    return {"event": records.event} | (filters if records.filters else {}) | window


def _filter(restriction: Filter) -> Object:
    negated = {"negated": True} if restriction.negated else {}
    return {"attribute": restriction.attribute, "test": _test(restriction.test)} | negated


def _test(test: Test) -> Object:
    return {"operator": test.operator.value, "values": [_value(value) for value in test.values]}


def _value(value: Value) -> str | int | Object:
    match value:
        case Decimal() if value.is_finite():
            return {"decimal": str(value)}
        case date() if not isinstance(value, datetime):
            return {"date": value.isoformat()}
        case bool() | int() | str():
            return value
        case _:
            message = f"no JSON for the value {value!r}"
            raise Broken(message)
