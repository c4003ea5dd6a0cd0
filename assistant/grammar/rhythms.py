"""How often something is done, in words, as payloads: days between records, an own rhythm."""

from collections.abc import Iterator
from decimal import Decimal

from assistant.grammar.pieces import Amount, Compare, Rhythm, Spaced, Spacing
from assistant.grammar.shopbook import Shopbook
from assistant.grammar.slots import Captures
from segments.definition import Operator, Test, Unit

UNITS = frozenset(unit.value for unit in Unit)
DAYS = {Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 30, Unit.QUARTER: 91, Unit.YEAR: 365}
ROUGH = frozenset({Unit.MONTH, Unit.QUARTER, Unit.YEAR})
_OPERATORS = {
    "most": Operator.LE,
    "least": Operator.GE,
    "often": Operator.EQ,
    "over": Operator.LT,
    "under": Operator.GT,
}
TWICE = 2


def spaced(shop: Shopbook, key: str, captures: Captures) -> Iterator[Spaced]:
    """The days between one and the next: "{c} between {events}", "every {n} {unit}"."""
    values = dict(captures)
    kind, _, how = key.partition("_")
    if kind == "every":
        named = how.rpartition("_")[2]
        unit, factor = (Unit(named), 1) if named in UNITS else values["unit"]
        number = values.get("n") or values.get("ordinal") or (TWICE if "other" in how else 1)
        if unit in DAYS and number > 0:
            days = number * factor * DAYS[unit]
            test = Test(_OPERATORS[how.partition("_")[0]], (days,))
            mean = how.endswith("_mean")
            alone = named in UNITS
            yield Spaced(Spacing.OFTEN, test, months=unit in ROUGH, mean=mean, alone=alone)
        return
    if how == "pair":
        unit, factor = values["unit"]
        if unit in DAYS:
            days = values.get("n", 1) * factor * DAYS[unit]
            test = Test(Operator.LE, (days,))
            yield Spaced(Spacing.TWO, test, months=unit in ROUGH, pair=True)
        return
    compare = values.get("c")
    if not isinstance(compare, Compare) or compare.unit.unit not in DAYS or compare.unit.money:
        return
    unit = compare.unit.unit
    days = DAYS[unit]
    numbers = [v * days for v in compare.test.values if isinstance(v, int | Decimal)]
    test = Test(compare.test.operator, tuple(numbers))
    rough = unit in ROUGH
    if how == "of":
        yield Spaced(Spacing(kind), test, months=rough, waits=True)
        return
    for event in shop.events(values["events"]):
        yield Spaced(Spacing(kind), test, event.name, months=rough)


def overdue(shop: Shopbook, key: str, captures: Captures) -> Iterator[Rhythm]:
    """Silent for longer than usual: "overdue for their next {events}", "twice as long as usual"."""
    values = dict(captures)
    kind, _, how = key.partition("_")
    said = values.get("n")
    amount = values.get("x")
    if isinstance(amount, Amount) and amount == Amount(amount.value):
        said = amount.value
    times = TWICE if how == "twice" else said if how.startswith("times") else 1
    if times is None or times <= 0:
        return
    if how.endswith("of"):
        yield Rhythm(times, waits=True)
        return
    if kind == "usual":
        yield Rhythm(times)
        return
    role = values.get("events", "purchase")
    for event in shop.events(role):
        yield Rhythm(times, event.name, assumed="events" not in values)
