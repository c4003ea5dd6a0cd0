"""What conditions on how records stand to each other mean, in plain Python over rows.

The second half of `tests.interpreter`: comparisons, shares, gaps, sequences, groups, favourites.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from math import floor
from statistics import mean, median
from typing import TYPE_CHECKING, Any

from dateutil.relativedelta import relativedelta

from segments.definition import (
    Comparison,
    Favourite,
    Followed,
    Gap,
    Grouped,
    Kind,
    Middle,
    Norm,
    Operator,
    Overdue,
    Records,
    Sequence,
    Share,
    Step,
    Test,
    Unit,
    Which,
)

if TYPE_CHECKING:
    from tests.interpreter import Interpreter, Row

Patterns = Comparison | Norm | Share | Gap | Overdue | Sequence | Followed | Grouped | Favourite


def comparison(shop: "Interpreter", asked: Comparison, key: int) -> bool:
    """One number against so many times the other."""
    left, right = shop.number(asked.left, key), shop.number(asked.right, key)
    if left is None or right is None:
        return False
    beyond = left - right * Fraction(asked.times)
    return shop.compared(beyond, Test(asked.operator, (0,)))


def norm(shop: "Interpreter", asked: Norm, everyone: set[int]) -> set[int]:
    """One number against so many times the mean or median of those who have it."""
    records, of = asked.aggregate.records, asked.aggregate.of
    found: dict[int, Fraction] = {}
    for key in everyone:
        if shop.records(records, (of,) if of else (), key):
            number = shop.number(asked.aggregate, key)
            if number is not None:
                found[key] = Fraction(number)
    if asked.aggregate.kind is Kind.AVERAGE:
        found = {key: _fourth_decimal(number) for key, number in found.items()}
    if not found:
        return set()
    middle = mean(found.values()) if asked.middle is Middle.MEAN else median(found.values())
    if middle <= 0:
        return set()
    test = Test(asked.operator, (0,))
    beyond = middle * Fraction(asked.times)
    return {key for key, number in found.items() if shop.compared(number - beyond, test)}


def _fourth_decimal(number: Fraction) -> Fraction:
    """Rounded there, a half away from zero."""
    whole = floor(abs(number) * 10_000 + Fraction(1, 2))
    return Fraction(whole if number >= 0 else -whole, 10_000)


def share(shop: "Interpreter", asked: Share, key: int) -> bool:
    """One number as per cent of another."""
    part, whole = shop.number(asked.part, key), shop.number(asked.whole, key)
    assert part is not None
    assert whole is not None
    return whole > 0 and shop.compared(100 * part / whole, asked.test)


def gap(shop: "Interpreter", asked: Gap, key: int) -> bool:
    """The days between each record and the next."""
    days = [moment.date() for moment in moments(shop, asked.records, key)]
    gaps = [Fraction((b - a).days) for a, b in pairwise(days)]
    if not gaps:
        return False
    found = {Kind.MINIMUM: min(gaps), Kind.MAXIMUM: max(gaps), Kind.AVERAGE: sum(gaps) / len(gaps)}
    return shop.compared(found[asked.kind], asked.test)


def overdue(shop: "Interpreter", asked: Overdue, key: int) -> bool:
    """Silent for longer than so many of the usual gaps."""
    days = [moment.date() for moment in moments(shop, asked.records, key)]
    if len(days) < 3 or days[0] == days[-1]:
        return False
    usual = Fraction((days[-1] - days[0]).days, len(days) - 1)
    return (shop.today - days[-1]).days > usual * Fraction(asked.times)


def moments(shop: "Interpreter", records: Records, key: int) -> list[datetime]:
    """The known times of the records, in order."""
    return sorted(r[0]["at"] for r in shop.records(records, (), key) if r[0]["at"] is not None)


def sequence(shop: "Interpreter", asked: Sequence, key: int) -> bool:
    """Every way through the steps is tried."""
    starts = list(timed(shop, asked.start, asked.steps[0].same, key))
    if asked.which is not None and starts:
        end = (min if asked.which is Which.FIRST else max)(row["at"] for row in starts)
        starts = [row for row in starts if row["at"] == end]
    return any(goes_on(shop, row, asked.steps, key) for row in starts)


def followed(shop: "Interpreter", asked: Followed, key: int) -> bool:
    """How many of the chosen records have one that the step finds."""
    chosen = shop.in_order(asked.records, asked.which, key)[: asked.number]
    lasting = asked.test.operator in (Operator.GE, Operator.GT)
    if not chosen or (len(chosen) < asked.number and not lasting):
        return False
    after = list(timed(shop, asked.step.records, asked.step.same, key))
    own = list(timed(shop, asked.records, asked.step.same, key))
    has_key = shop.shop.events[asked.records.event].record
    count = 0
    for record in chosen:
        rows = [r for r in own if r["record"] == record["record"]] if has_key else [record]
        count += any(tied(row, other, asked.step) for row in rows for other in after)
    return shop.compared(Fraction(count), asked.test)


def goes_on(shop: "Interpreter", row: "Row", steps: tuple[Step, ...], key: int) -> bool:
    if not steps:
        return True
    step, rest = steps[0], steps[1:]
    names = (*step.same, *(rest[0].same if rest else ()))
    found = [r for r in timed(shop, step.records, names, key) if tied(row, r, step)]
    if not step.absent:
        return any(goes_on(shop, each, rest, key) for each in found)
    end = shop.as_of if shop.ceiling is None else min(shop.as_of, shop.ceiling)
    over = step.before or step.within is None or later(row["at"], step) < end
    return not found and over


def tied(row: "Row", other: "Row", step: Step) -> bool:
    earlier, after = (other["at"], row["at"]) if step.before else (row["at"], other["at"])
    in_order = earlier < after and (step.within is None or after <= later(earlier, step))
    return in_order and all(
        row[name] is not None and row[name] == other[name] for name in step.same
    )


def later(moment: datetime, step: Step) -> datetime:
    assert step.within is not None
    count = step.within.count
    try:
        match step.within.unit:
            case Unit.HOUR:
                return moment + timedelta(hours=count)
            case Unit.DAY | Unit.WEEK:
                days = 7 if step.within.unit is Unit.WEEK else 1
                return moment + timedelta(days=days * count)
            case unit:
                months = {Unit.MONTH: 1, Unit.QUARTER: 3}.get(unit, 12)
                return moment + relativedelta(months=months * count)
    except (OverflowError, ValueError):
        return datetime.max


def timed(
    shop: "Interpreter", records: Records, names: tuple[str, ...], key: int
) -> Iterator["Row"]:
    for record in shop.records(records, names, key):
        yield from (row for row in record if row["at"] is not None)


def grouped(shop: "Interpreter", asked: Grouped, key: int) -> bool:
    """Each value that any record of these events has is a group."""
    found: set[Any] = set()
    for measure in asked.having:
        event = measure.aggregate.records.event
        for each in shop.records(Records(event), (asked.by,), key):
            found |= {shop.group(event, row, asked.by) for row in each}
    held = [group for group in found - {None} if holds(shop, asked, group, key)]
    return shop.compared(Fraction(len(held)), asked.test)


def holds(shop: "Interpreter", asked: Grouped, group: Any, key: int) -> bool:  # noqa: ANN401
    for measure in asked.having:
        number = shop.number(measure.aggregate, key, (asked.by, group))
        if number is None or not shop.compared(number, measure.test):
            return False
    return True


def favourite(shop: "Interpreter", asked: Favourite, key: int) -> bool:
    """The most common known value, each record once for each value it has."""
    event = shop.shop.events[asked.records.event]
    weights: Counter[Any] = Counter()
    names = (asked.of, asked.by) if asked.by else (asked.of,)
    for record in shop.records(asked.records, names, key):
        for value in {row[asked.of] for row in record} - {None}:
            rows = [row for row in record if row[asked.of] == value]
            if asked.by is None:
                weights[value] += 1
                continue
            attribute = event.attributes[asked.by]
            known = [row[asked.by] for row in rows if row[asked.by] is not None]
            if known:
                weights[value] += sum(known) if attribute.part else known[0]
    if not weights:
        return False
    most = max(weights.values())
    attribute = event.attributes[asked.of]
    best = [value for value, weight in weights.items() if weight == most]
    return any(shop.passes(attribute, value, asked.test) for value in best)


def answered(shop: "Interpreter", asked: Patterns, everyone: set[int]) -> set[int]:
    """The keys of the members for whom the condition holds."""
    match asked:
        case Comparison():
            return {key for key in everyone if comparison(shop, asked, key)}
        case Norm():
            return norm(shop, asked, everyone)
        case Share():
            return {key for key in everyone if share(shop, asked, key)}
        case Gap():
            return {key for key in everyone if gap(shop, asked, key)}
        case Overdue():
            return {key for key in everyone if overdue(shop, asked, key)}
        case Sequence():
            return {key for key in everyone if sequence(shop, asked, key)}
        case Followed():
            return {key for key in everyone if followed(shop, asked, key)}
        case Grouped():
            return {key for key in everyone if grouped(shop, asked, key)}
        case Favourite():
            return {key for key in everyone if favourite(shop, asked, key)}
