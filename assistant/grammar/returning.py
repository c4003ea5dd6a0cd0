"""What "came back" and "never came back" can mean: of orders and of visits, always asked."""

from assistant.grammar.pieces import When
from segments.catalogue import Catalogue, Event
from segments.definition import (
    Aggregate,
    All,
    Condition,
    Kind,
    Measure,
    Not,
    Operator,
    Period,
    Records,
    Rolling,
    Sequence,
    Step,
    Test,
    Unit,
    Which,
    Within,
    exists,
)

BACK, GONE = "back", "gone"
AFTER = "back_after"  # "bought tea and came back within 60 days": after that tea, which is not read
CONCEPTS = frozenset({BACK, GONE})
_TWICE, _ONCE = Test(Operator.GE, (2,)), Test(Operator.EQ, (1,))
_YEAR = Rolling(12, Unit.MONTH)
_COUNTED = frozenset({Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR})


def choices(concept: str, catalogue: Catalogue) -> tuple[Condition, ...]:
    """Without a time: ordered more than once, visited more than once; or just one order, or none
    in a year."""
    purchase, visit = catalogue.event_by_role("purchase"), catalogue.event_by_role("visit")
    if purchase is None or purchase.time is None:
        return ()
    if concept == GONE:
        return (_counted(purchase, _ONCE), _silent(purchase, _YEAR))
    visits = (_counted(visit, _TWICE),) if visit is not None else ()
    return (_counted(purchase, _TWICE), _last_year(purchase), *visits)


def within(concept: str, catalogue: Catalogue, when: When) -> tuple[Condition, ...]:
    """With a time: so soon after the first order, or after any of them, or so long before today;
    in a part of the calendar, after an order before it. Empty where the time says nothing."""
    purchase, said = catalogue.event_by_role("purchase"), when.window
    if purchase is None or purchase.time is None or when.negated:
        return ()
    order = Records(purchase.name)
    if isinstance(said, Rolling) and when.within and said.unit in _COUNTED:
        near = Within(said.count, said.unit)
        if concept == GONE:
            absent = Sequence(order, (Step(order, near, absent=True),), Which.FIRST)
            return (absent, _silent(purchase, said))
        soon = (Step(order, near),)
        counted = _counted(purchase, _TWICE, said)
        return (Sequence(order, soon, Which.FIRST), Sequence(order, soon), counted)
    if concept == GONE or not isinstance(said, Rolling | Period):
        return ()
    visit = catalogue.event_by_role("visit")
    events = (purchase, visit) if visit is not None and visit.time is not None else (purchase,)
    return tuple(
        Sequence(Records(event.name), (Step(Records(event.name, window=said)),)) for event in events
    )


def _counted(event: Event, test: Test, window: Rolling | None = None) -> Condition:
    return Measure(Aggregate(Kind.COUNT, Records(event.name, window=window)), test)


def _last_year(purchase: Event) -> Condition:
    """An order in the last year, and one before it."""
    return Sequence(Records(purchase.name), (Step(Records(purchase.name, window=_YEAR)),))


def _silent(purchase: Event, window: Rolling) -> Condition:
    recent = exists(Records(purchase.name, window=window))
    return All((exists(Records(purchase.name)), Not(recent)))
