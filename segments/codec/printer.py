"""The canonical text of a definition: in a `Condition`, out one line that `parser` reads back.

Equal definitions give equal text, so it serves as a key and in tests. Knows no catalogue and no
human language beyond its own keywords. Start at `to_text`.
"""

import json
import re
from datetime import date, datetime
from decimal import Decimal
from typing import assert_never

from segments.codec.period_words import MONTHS, WEEKDAYS, period_text
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
    Followed,
    Gap,
    Grouped,
    Jointly,
    Kind,
    Measure,
    Near,
    Norm,
    Not,
    OfEvents,
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
    Span,
    Step,
    Test,
    Value,
    Which,
    Whole,
    Window,
)
from segments.errors import Broken
from segments.feasts import FEASTS

# Keywords that stand where a name could stand; such names go in backticks.
RESERVED = frozenset(
    {"not", "no", "known", "anniversary", *Kind, *Which, *Side, *Reach}
    | {"share", "gap", "overdue", "sequence", "followed", "groups", "favourite"}
    | {"audience", "people", "jointly", "distance", "nearest"}
)
OF_CALENDAR = frozenset({*MONTHS, *WEEKDAYS, *FEASTS})
PLAIN_NAME = re.compile(r"[a-z][a-z0-9_]*")


def to_text(condition: Condition) -> str:
    """The canonical text. An inner group always stands in parentheses, and one with fewer than two
    parts is written `all(…)` or `any(…)`. Decimals keep a point (`500.0`), so that they stay apart
    from whole numbers. Raises Broken for a tree that no text can say (a test without values)."""
    match condition:
        case All(parts) if len(parts) > 1:
            return " and ".join(_inner(part) for part in parts)
        case Any(parts) if len(parts) > 1:
            return " or ".join(_inner(part) for part in parts)
        case All(parts):
            return f"all({', '.join(to_text(part) for part in parts)})"
        case Any(parts):
            return f"any({', '.join(to_text(part) for part in parts)})"
        case Not(part):
            return f"not {_inner(part)}"
        case Field(name, test):
            return _compared(name_text(name), test)
        case DateField(name, window):
            return f"{name_text(name)} {window_text(window)}"
        case Anniversary(name, window):
            return f"anniversary({name_text(name)}) {window_text(window)}"
        case Audience(source, name):
            return f"audience({source.value} {value_text(name)})"
        case People(by, who, test):
            return _compared(f"people({name_text(by)} having {to_text(who)})", test)
        case Similar(to, amount, extent, among):
            unit = {Extent.MEMBERS: "", Extent.PERCENT: " %", Extent.TIMES: " times"}[extent]
            whose = "" if among is None else f" among ({to_text(among)})"
            return f"nearest {value_text(amount)}{unit} to ({to_text(to)}){whose}"
        case Jointly(by, aggregate, test, among):
            whose = "" if among is None else f" among ({to_text(among)})"
            number = f"jointly({_aggregate(aggregate)} within {name_text(by)}{whose})"
            return _compared(number, test)
        case Distance(place, country, test):
            of = "" if country is None else f" of {country}"
            return _compared(f"distance({value_text(place)}{of})", test)
        case _:
            return _of_events(condition)


def window_text(window: Window) -> str:
    """A window as it stands after a name: `in last 90 days`, `> 30 days ago`."""
    match window:
        case Rolling(count, unit):
            return f"in last {_steps(count, unit)}"
        case Calendar(unit, offset):
            near = {-1: "previous", 0: "this", 1: "next"}
            if offset in near:
                return f"in {near[offset]} {unit.value}"
            return f"in {_steps(abs(offset), unit)} {'back' if offset < 0 else 'ahead'}"
        case Whole(count, unit):
            return f"in last {count} whole {unit.value}s"
        case Period():
            return f"in {period_text(window)}"
        case Span():
            return _span(window)
        case Several(windows):
            listed = (window_text(each).removeprefix("in ") for each in windows)
            return f"in any of ({', '.join(listed)})"
        case Ago(test, unit) | Ahead(test, unit):
            plural = test.operator is Operator.BETWEEN or test.values != (1,)
            side = "ago" if isinstance(window, Ago) else "ahead"
            return f"{_test(test)} {unit.value}{'s' if plural else ''} {side}"
        case Near():
            return f"in {_near(window)}"
        case _:
            assert_never(window)


def _near(window: Near) -> str:
    if window.whole is not None:
        return f"{window.whole.value} of {_anchor(window.anchor)}"
    word = "before" if window.before else "from" if window.itself else "after"
    side = f"{word} {_anchor(window.anchor)}"
    return (
        side
        if window.within is None
        else f"{_steps(window.within.count, window.within.unit)} {side}"
    )


def _anchor(anchor: Anchor) -> str:
    if anchor.origin is not Origin.FIELD:
        return f"{anchor.origin.value}({name_text(anchor.name)})"
    return f"`{anchor.name}`" if anchor.name in OF_CALENDAR else name_text(anchor.name)


def name_text(name: str) -> str:
    """A name bare where that is unmistakable, else in backticks."""
    if PLAIN_NAME.fullmatch(name) and name not in RESERVED:
        return name
    return "`" + json.dumps(name, ensure_ascii=False)[1:-1].replace("`", "\\u0060") + "`"


def value_text(value: Value) -> str:
    """One value; its type can be told from the text."""
    match value:
        case bool():
            return "yes" if value else "no"
        case int():
            return str(value)
        case Decimal() if value.is_finite():
            text = format(value, "f")
            return text if "." in text else f"{text}.0"
        case date() if not isinstance(value, datetime):
            return _day(value)
        case str():
            return json.dumps(value, ensure_ascii=False)
        case _:
            message = f"no text for the value {value!r}"
            raise Broken(message)


def _of_events(condition: OfEvents) -> str:
    match condition:
        case Measure(aggregate, test):
            return _compared(_aggregate(aggregate), test)
        case Edge():
            return _edge(condition)
        case Rank():
            return _rank(condition)
        case Comparison(left, operator, right, times):
            often = "" if times == 1 else f"{value_text(times)} times "
            return f"{_aggregate(left)} {operator.value} {often}{_aggregate(right)}"
        case Norm(middle, aggregate, operator, times):
            of = f"norm({middle.value} of {_aggregate(aggregate)})"
            return f"{of} {operator.value} {value_text(times)}"
        case Share(part, whole, test):
            return _compared(f"share({_aggregate(part)} of {_aggregate(whole)})", test)
        case Gap(kind, records, test):
            return _compared(f"gap({kind.value} of {_records(records)})", test)
        case Overdue(records, times):
            often = "" if times == 1 else f"{value_text(times)} times "
            return f"overdue({often}{_records(records)})"
        case Sequence():
            return _sequence(condition)
        case Followed(which, number, records, step, test):
            chosen = f"{which.value} {number} {_records(records)}"
            return _compared(f"followed({chosen}{_step(step)})", test)
        case Grouped(by, having, test):
            held = " and ".join(to_text(measure) for measure in having)
            return _compared(f"groups({name_text(by)} having {held})", test)
        case Favourite():
            return _favourite(condition)
        case _:
            assert_never(condition)


def _inner(part: Condition) -> str:
    text = to_text(part)
    return f"({text})" if isinstance(part, All | Any) and len(part.parts) > 1 else text


def _compared(subject: str, test: Test) -> str:
    if test.operator is Operator.KNOWN:
        return f"known({subject})"
    return f"{subject} {_test(test)}"


def _test(test: Test) -> str:
    words = tuple(value_text(value) for value in test.values)
    match test.operator, words:
        case Operator.BETWEEN, (low, high):
            return f"between {low} and {high}"
        case Operator.IN, (_, *_):
            return f"in ({', '.join(words)})"
        case ((Operator.BETWEEN | Operator.IN | Operator.KNOWN), _):
            pass
        case operator, (word,):
            return f"{operator.value} {word}"
        case _:
            pass
    message = f"no text for the comparison {test}"
    raise Broken(message)


def _edge(edge: Edge) -> str:
    alone = edge.number == 1 and edge.reach is Reach.NTH
    chosen = "" if alone else f"{edge.reach.value} {edge.number} of "
    when = "" if edge.when is None else f" {window_text(edge.when)}"
    filters = " and ".join(_filter(restriction) for restriction in edge.having)
    having = f" has ({filters})" if edge.having else ""
    return f"{chosen}{edge.which.value}({_records(edge.records)}){when}{having}"


def _rank(rank: Rank) -> str:
    amount = value_text(rank.amount) + (" %" if rank.percent else "")
    among = "" if rank.among is None else f" among ({to_text(rank.among)})"
    within = "" if rank.within is None else f" within {name_text(rank.within)}"
    return f"{rank.side.value} {amount} by {_aggregate(rank.aggregate)}{within}{among}"


def _sequence(sequence: Sequence) -> str:
    which = "" if sequence.which is None else f"{sequence.which.value} "
    steps = "".join(_step(step) for step in sequence.steps)
    return f"sequence({which}{_records(sequence.start)}{steps})"


def _step(step: Step) -> str:
    absent = "no " if step.absent else ""
    within = "" if step.within is None else f" within {_steps(step.within.count, step.within.unit)}"
    same = f" same ({', '.join(map(name_text, step.same))})" if step.same else ""
    word = "preceded by" if step.before else "then"
    return f" {word} {absent}{_records(step.records)}{within}{same}"


def _favourite(favourite: Favourite) -> str:
    records = favourite.records
    by = "" if favourite.by is None else f" by {name_text(favourite.by)}"
    named = f"{name_text(records.event)}.{name_text(favourite.of)}{by}"
    return _compared(f"favourite({named}{_restrictions(records)})", favourite.test)


def _aggregate(aggregate: Aggregate) -> str:
    of = "" if aggregate.of is None else f".{name_text(aggregate.of)}"
    records = aggregate.records
    return f"{aggregate.kind.value}({name_text(records.event)}{of}{_restrictions(records)})"


def _records(records: Records) -> str:
    return name_text(records.event) + _restrictions(records)


def _restrictions(records: Records) -> str:
    filters = " and ".join(_filter(restriction) for restriction in records.filters)
    where = f" where {filters}" if filters else ""
    return where + ("" if records.window is None else f" {window_text(records.window)}")


def _filter(restriction: Filter) -> str:
    text = _compared(name_text(restriction.attribute), restriction.test)
    return f"not {text}" if restriction.negated else text


def _steps(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _span(span: Span) -> str:
    ends = (
        ("after" if span.after else "from", span.start),
        ("before" if span.before else "to", span.end),
    )
    said = (f"{word} {_end(end)}" for word, end in ends if end is not None)
    return " ".join(["in", *said])


def _end(end: date | Period) -> str:
    return period_text(end) if isinstance(end, Period) else _day(end)


def _day(day: date) -> str:
    return day.isoformat()
