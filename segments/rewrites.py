"""Simplifies definitions without changing their members: in a `Condition`, out a plainer one.

An ordered tuple of pure passes, each about one node whose children are plain already. Knows no
catalogue and no SQL. Start at `PASSES`.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from segments.definition import (
    EXISTS,
    Aggregate,
    All,
    Anniversary,
    Any,
    Condition,
    DateField,
    Edge,
    Favourite,
    Field,
    Fixed,
    Followed,
    Gap,
    Grouped,
    Kind,
    Measure,
    Near,
    Not,
    Operator,
    Origin,
    Overdue,
    Reach,
    Records,
    Sequence,
    Several,
    Span,
    Step,
    Stretch,
    Test,
    Unit,
    Value,
    Which,
    records_of,
    with_inner,
    with_records,
)
from segments.windows import shift


def simplify(condition: Condition) -> Condition:
    """The same members, said with fewer and plainer conditions; twice gives the same as once."""
    plain = _with_plain_children(condition)
    for rewrite in PASSES:
        plain = rewrite(plain)
    return plain


def count_to_existence(condition: Condition) -> Condition:
    """`count > 0` is `count >= 1`; `count = 0`, `< 1` and `<= 0` are `not count >= 1`."""
    match condition:
        case Measure(Aggregate(kind=Kind.COUNT, of=None), test):
            at_least_one = Measure(condition.aggregate, EXISTS)
            if (test.operator, test.values) == (Operator.GT, (0,)):
                return at_least_one
            if (test.operator, test.values) in NONE_AT_ALL:
                return Not(at_least_one)
        case _:
            pass
    return condition


def one_value_to_equality(condition: Condition) -> Condition:
    """`in ("a")` is `= "a"`; a value said twice is said once."""
    match condition:
        case Field(name, Test(Operator.IN, values)):
            return Field(name, _equality(values))
        case _:
            return condition


def one_record(condition: Condition) -> Condition:
    """All or any of the first record alone is that record."""
    match condition:
        case Edge(number=1, reach=Reach.ALL | Reach.ANY):
            return replace(condition, reach=Reach.NTH)
        case _:
            return condition


def whole_days(condition: Condition) -> Condition:
    """A span after a day begins with the next, and one before a day ends with the one before."""
    match condition:
        case DateField(window=window) | Anniversary(window=window):
            return replace(condition, window=_in_whole_days(window))
        case Edge(when=when) if when is not None and not isinstance(when, Near):
            return with_records(replace(condition, when=_in_whole_days(when)), _recorded)
        case _ if any(_recorded(each) is not each for each in records_of(condition)):
            return with_records(condition, _recorded)
        case _:
            return condition


def groups_to_existence(condition: Condition) -> Condition:
    """No group at all is not at least one."""
    match condition:
        case Grouped(by, having, test):
            at_least_one = Grouped(by, having, EXISTS)
            if (test.operator, test.values) == (Operator.GT, (0,)):
                return at_least_one
            if (test.operator, test.values) in NONE_AT_ALL:
                return Not(at_least_one)
        case _:
            pass
    return condition


def flatten(condition: Condition) -> Condition:
    """A group inside a group of the same kind gives its parts to it."""
    match condition:
        case All(parts):
            return All(tuple(inner for part in parts for inner in _parts_of(part, All)))
        case Any(parts):
            return Any(tuple(inner for part in parts for inner in _parts_of(part, Any)))
        case _:
            return condition


def merge_values(condition: Condition) -> Condition:
    """`city = "a" or city in ("b", "c")` is one list, where the first of them stood. Right for
    fields of several texts too: one of them passes either way."""
    if not isinstance(condition, Any):
        return condition
    listed: dict[str, tuple[Value, ...]] = {}
    for part in condition.parts:
        match part:
            case Field(name, Test(Operator.EQ | Operator.IN, values)):
                listed[name] = listed.get(name, ()) + values
            case _:
                pass
    merged = tuple(_with_all_values(part, listed) for part in condition.parts)
    return Any(tuple(dict.fromkeys(merged)))


def drop_duplicates(condition: Condition) -> Condition:
    """A part said twice is said once, where it stood first."""
    match condition:
        case All(parts) | Any(parts):
            return replace(condition, parts=tuple(dict.fromkeys(parts)))
        case _:
            return condition


def drop_implied(condition: Condition) -> Condition:
    """Beside anything that only those with records of an event pass, that there is one at all need
    not be said."""
    if not isinstance(condition, All):
        return condition
    kept = tuple(
        part
        for part in condition.parts
        if not any(other != part and _implies(other, part) for other in condition.parts)
    )
    return All(kept)


def open_single(condition: Condition) -> Condition:
    """A group of one is its part; groups of none stay, for `check` to name them."""
    match condition:
        case All((part,)) | Any((part,)):
            return part
        case _:
            return condition


def double_negation(condition: Condition) -> Condition:
    """`not not x` is `x`: an unknown value fails x, passes its negation, and fails the next."""
    match condition:
        case Not(Not(part)):
            return part
        case _:
            return condition


def near_to_sequence(condition: Condition) -> Condition:
    """That there is a record after the first of an event is that the one follows the other."""
    match condition:
        case Measure(Aggregate(Kind.COUNT, records, None), test) if test == EXISTS:
            near = records.window
        case _:
            return condition
    if not isinstance(near, Near) or near.whole is not None or near.itself:
        return condition
    if near.anchor.origin not in (Origin.FIRST, Origin.LAST):
        return condition
    step = Step(replace(records, window=None), near.within, before=near.before)
    which = Which.FIRST if near.anchor.origin is Origin.FIRST else Which.LAST
    return Sequence(Records(near.anchor.name), (step,), which)


PASSES: tuple[Callable[[Condition], Condition], ...] = (
    count_to_existence,
    near_to_sequence,
    one_value_to_equality,
    one_record,
    whole_days,
    groups_to_existence,
    flatten,
    merge_values,
    drop_duplicates,
    drop_implied,
    open_single,
    double_negation,
)


def _recorded(records: Records) -> Records:
    if records.window is None or isinstance(records.window, Near):
        return records
    window = _in_whole_days(records.window)
    return records if window is records.window else replace(records, window=window)


def _in_whole_days(window: Fixed) -> Fixed:
    match window:
        case Several(windows):
            return Several(tuple(_from_day_to_day(each) for each in windows))
        case Span():
            return _from_day_to_day(window)
        case _:
            return window


def _from_day_to_day(window: Stretch) -> Stretch:
    """The days from first to last, where both ends are days: where an end without a year lies
    depends on the other. The ends of the calendar have no day beside them."""
    if not isinstance(window, Span):
        return window
    start, end = window.start, window.end
    if not all(each is None or isinstance(each, date) for each in (start, end)):
        return window
    if start in (date.min, date.max) or end in (date.min, date.max):
        return window
    first = shift(start, Unit.DAY, 1) if isinstance(start, date) and window.after else start
    last = shift(end, Unit.DAY, -1) if isinstance(end, date) and window.before else end
    return Span(first, last)


def _implies(condition: Condition, existence: Condition) -> bool:
    """Whether `existence` is that an event has any record, and the condition fails without one."""
    match existence:
        case Measure(Aggregate(Kind.COUNT, Records(event, (), None), None), test) if test == EXISTS:
            pass
        case _:
            return False
    match condition:
        case Edge(records=records) | Gap(records=records) | Overdue(records):
            return records.event == event
        case Followed(records=records):
            return records.event == event
        case Favourite(records) | Sequence(records):
            return records.event == event
        case Measure(aggregate, test):
            return aggregate.records.event == event and _fails_without(aggregate.kind, test)
        case _:
            return False


def _fails_without(kind: Kind, test: Test) -> bool:
    """Whether a number made of no records fails the test: nought, or for some kinds none at all."""
    if kind not in (Kind.COUNT, Kind.SUM, Kind.DISTINCT):
        return True
    least = test.values[0] if test.values else None
    if not isinstance(least, int | Decimal):
        return False
    above = (Operator.GE, Operator.EQ, Operator.BETWEEN)
    return least > 0 if test.operator in above else test.operator is Operator.GT and least >= 0


NONE_AT_ALL = frozenset({(Operator.EQ, (0,)), (Operator.LT, (1,)), (Operator.LE, (0,))})


def _with_plain_children(condition: Condition) -> Condition:
    match condition:
        case All(parts) | Any(parts):
            return replace(condition, parts=tuple(simplify(part) for part in parts))
        case Not(part):
            return Not(simplify(part))
        case _:
            return with_inner(condition, simplify)


def _parts_of(part: Condition, group: type[All] | type[Any]) -> tuple[Condition, ...]:
    return part.parts if isinstance(part, group) else (part,)


def _with_all_values(part: Condition, listed: dict[str, tuple[Value, ...]]) -> Condition:
    match part:
        case Field(name, Test(Operator.EQ | Operator.IN)):
            return Field(name, _equality(listed[name]))
        case _:
            return part


def _equality(values: tuple[Value, ...]) -> Test:
    distinct = tuple(dict.fromkeys(values))
    return Test(Operator.EQ if len(distinct) == 1 else Operator.IN, distinct)
