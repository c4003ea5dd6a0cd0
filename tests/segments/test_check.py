"""Every problem of a definition, with its place and what is near; none where there is none."""

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given

from segments.check import check
from segments.codec import from_text
from segments.definition import (
    Aggregate,
    All,
    Any,
    Condition,
    DateField,
    Field,
    Kind,
    Operator,
    Period,
    Rank,
    Records,
    Rolling,
    Side,
    Span,
    Unit,
)
from segments.definition import Test as Comparison  # pytest collects what is called Test
from segments.problems import (
    BrokenAudience,
    EmptyGroup,
    EmptyRange,
    NotANumber,
    NoTime,
    Problem,
    SegmentRing,
    UnknownAttribute,
    UnknownAudience,
    UnknownEvent,
    UnknownField,
    UnknownValue,
    WrongOperator,
    WrongValue,
)
from tests.shop import SHOP
from tests.strategies import conditions, conditions_of

OWN, WINDOW = "count(purchase in", "definition.aggregate.records.window"
ANCHOR = f"{WINDOW}.anchor"
TEST = "definition.test"
RECORDS = "definition.aggregate.records"
VISITS = Aggregate(Kind.COUNT, Records("visit"))
HAVING = "definition.having[0]"
FILTER = f"{RECORDS}.filters[0].test"

PROBLEMS: list[tuple[str, Problem]] = [
    ("citty = 1", UnknownField("definition.field", "citty", ("city",))),
    ('audience(segment "x")', UnknownAudience("definition", "segment", "x")),
    ('audience(list "towns")', UnknownAudience("definition", "list", "towns")),
    ('audience(segment "egg")', SegmentRing("definition", "egg", "Egg → Hen → Egg")),
    ('audience(segment "broken")', BrokenAudience("definition", "broken")),
    ('audience(segment "stale")', BrokenAudience("definition", "stale")),
    ('audience(list "gone")', BrokenAudience("definition", "gone")),
    ("zzz = 1", UnknownField("definition.field", "zzz")),
    (
        "count(purchas) > 1",
        UnknownEvent(f"{RECORDS}.event", "purchas", ("purchase",)),
    ),
    (
        "sum(purchase.amout) > 1",
        UnknownAttribute("definition.aggregate.of", "purchase", "amout", ("amount",)),
    ),
    (
        'count(purchase where chanel = "web") > 1',
        UnknownAttribute(f"{RECORDS}.filters[0]", "purchase", "chanel", ("channel",)),
    ),
    (
        "distinct(purchase.weeks) > 1",
        UnknownAttribute("definition.aggregate.of", "purchase", "weeks", ("week",)),
    ),
    ("sum(purchase) > 1", UnknownAttribute("definition.aggregate.of", "purchase", "")),
    ('city > "a"', WrongOperator(TEST, "city", "text", ">")),
    (
        "groups(amount having count(purchase) >= 1) >= 1",
        WrongOperator("definition.by", "amount", "money", "groups"),
    ),
    (
        "favourite(purchase.amount) = 1",
        WrongOperator("definition.of", "amount", "money", "favourite"),
    ),
    ('points contains "1"', WrongOperator(TEST, "points", "number", "contains")),
    ("consent > yes", WrongOperator(TEST, "consent", "yes/no", ">")),
    ("city in last 3 days", WrongOperator("definition", "city", "text", "window")),
    ("anniversary(city) in may", WrongOperator("definition", "city", "text", "window")),
    ("anniversary(birt) in may", UnknownField("definition.field", "birt", ("birth",))),
    (f"{OWN} 0 days after joined) > 1", WrongValue(f"{WINDOW}.within", "joined", "window", "0")),
    (f"{OWN} 3 days after city) > 1", WrongOperator(ANCHOR, "city", "text", "window")),
    (f"{OWN} 3 days after joind) > 1", UnknownField(ANCHOR, "joind", ("joined",))),
    (f"{OWN} 3 hours after joined) > 1", WrongValue(WINDOW, "joined", "window", "hour")),
    (f"{OWN} hour of seen) > 1", WrongValue(f"{WINDOW}.whole", "seen", "window", "hour")),
    (f"{OWN} after first(visits)) > 1", UnknownEvent(ANCHOR, "visits", ("visit",))),
    (f"{OWN} after first(rating)) > 1", NoTime(ANCHOR, "rating")),
    (f"{OWN} after anniversary(birth)) > 1", WrongValue(WINDOW, "birth", "window", "")),
    (f"{OWN} year of anniversary(birth)) > 1", WrongValue(WINDOW, "birth", "window", "year")),
    (
        f"{OWN} 9 months before anniversary(birth)) > 1",
        WrongValue(f"{WINDOW}.within", "birth", "window", "9 month"),
    ),
    ("joined <= 3 hours ahead", WrongValue("definition.window", "joined", "window", "hour")),
    ('count(purchase) contains "1"', WrongOperator(TEST, "count", "number", "contains")),
    ("known(count(purchase))", WrongOperator(TEST, "count", "number", "known")),
    ("count(purchase.amount) > 1", WrongOperator("definition.aggregate.of", "amount", "", "count")),
    (
        "distinct(purchase.labels) > 1",
        WrongOperator("definition.aggregate.of", "labels", "list", "distinct"),
    ),
    ('points = "3"', WrongValue(TEST, "points", "number", "3")),
    ("points = yes", WrongValue(TEST, "points", "number", "True")),
    ("city = 3", WrongValue(TEST, "city", "text", "3")),
    ("birth > 3.5", WrongValue(TEST, "birth", "age", "3.5")),
    ("joined = 3", WrongValue(TEST, "joined", "date", "3")),
    ("consent = 1", WrongValue(TEST, "consent", "yes/no", "1")),
    ('city contains ""', WrongValue(TEST, "city", "text", "")),
    ('count(purchase) > "x"', WrongValue(TEST, "count", "number", "x")),
    ("seen in last 0 days", WrongValue("definition.window", "seen", "window", "0")),
    ("seen in 2025-W53", WrongValue("definition.window", "seen", "period", "2025-53")),
    ("seen > -3 days ago", WrongValue("definition.window", "seen", "window", "-3")),
    ("top 0 by count(visit)", WrongValue("definition.amount", "top", "members", "0")),
    ("top 1.5 by count(visit)", WrongValue("definition.amount", "top", "members", "1.5")),
    ("top 101 % by count(visit)", WrongValue("definition.amount", "top", "percent", "101")),
    (
        'count(purchase where channel = "wbe") > 1',
        UnknownValue(FILTER, "channel", "wbe", ("web",)),
    ),
    ('size >= "huge"', UnknownValue(TEST, "size", "huge")),
    ("sum(purchase.category) > 1", NotANumber("definition.aggregate.of", "category")),
    ("count(rating in last 3 days) > 1", NoTime(RECORDS, "rating")),
    ("distinct(rating.month) > 1", NoTime(RECORDS, "rating")),
    ("count(rating where hour = 8) > 1", NoTime(f"{RECORDS}.filters[0]", "rating")),
    ("count(visit where hour in (8, 24)) > 1", WrongValue(FILTER, "hour", "hour", "8, 24")),
    ("count(visit where hour > 8) > 1", WrongOperator(FILTER, "hour", "hour", ">")),
    ("first(rating) in 2025", NoTime("definition.records", "rating")),
    ("first(visit)", EmptyGroup("definition")),
    ("nth 0 of last(visit) in 2025", WrongValue("definition.number", "last", "records", "0")),
    (
        'all 3 of last(visit) has (pge = "x")',
        UnknownAttribute("definition.having[0]", "visit", "pge", ("page",)),
    ),
    ("nth 2 of last(visit) has (page = 3)", WrongValue(f"{HAVING}.test", "page", "text", "3")),
    ("any 2 of first(rating) has (stars = 3)", NoTime("definition.records", "rating")),
    (
        "followed(last 1 visit then purchase) = 0",
        WrongValue("definition.number", "last", "records", "1"),
    ),
    (
        "followed(last 2 visit then no purchase) = 0",
        WrongOperator("definition.step.absent", "purchase", "", "followed"),
    ),
    ("followed(last 2 rating then visit) = 0", NoTime("definition.records", "rating")),
    ("points between 5 and 3", EmptyRange(TEST, "5", "3")),
    ('size between "large" and "small"', EmptyRange(TEST, "large", "small")),
    (
        "seen in from 2026-02-01 to 2026-01-01",
        EmptyRange("definition.window", "2026-02-01", "2026-01-01"),
    ),
    ("seen between 9 and 3 days ago", EmptyRange("definition.window", "9", "3")),
    ("all()", EmptyGroup("definition")),
    ("points > 1 and not any()", EmptyGroup("definition.parts[1].part")),
    ("top 1 by count(visit) among (x = 1)", UnknownField("definition.among.field", "x")),
]


@pytest.mark.parametrize(("text", "problem"), PROBLEMS)
def test_a_problem_is_found_with_its_evidence(text: str, problem: Problem) -> None:
    assert check(from_text(text), SHOP) == (problem,)


@pytest.mark.parametrize(
    ("condition", "problem"),
    [
        (Field("points", Comparison(Operator.EQ)), WrongValue),
        (Field("points", Comparison(Operator.BETWEEN, (1,))), WrongValue),
        (Field("points", Comparison(Operator.EQ, (Decimal("NaN"),))), WrongValue),
        (Field("city", Comparison(Operator.EQ, ("a\0b",))), WrongValue),
        (Field("joined", Comparison(Operator.EQ, (datetime(2026, 1, 1),))), WrongValue),
        (DateField("seen", Span()), WrongValue),
        (DateField("seen", Period()), WrongValue),
        (DateField("seen", Period(2025, quarter=1, month=1)), WrongValue),
        (DateField("seen", Rolling(-1, Unit.DAY)), WrongValue),
        (Any(()), EmptyGroup),
        (Rank(Side.TOP, Decimal("NaN"), percent=True, aggregate=VISITS), WrongValue),
    ],
    ids=str,
)
def test_a_tree_that_no_text_can_say_is_caught_too(
    condition: Condition, problem: type[Problem]
) -> None:
    assert [type(found) for found in check(condition, SHOP)] == [problem]


def test_every_problem_is_reported_in_the_order_of_the_tree() -> None:
    text = 'x = 1 and count(y where a = 1 in last 0 days) > "z" and points between 2 and 1'
    found = [type(problem) for problem in check(from_text(text), SHOP)]
    assert found == [UnknownField, UnknownEvent, WrongValue, WrongValue, EmptyRange]


@pytest.mark.parametrize(
    "text",
    [
        'postal between "10000" and "19999"',
        "birth in 1990",
        'size between "small" and "large"',
        "distinct(purchase.category) > 1",
        "average(purchase.amount) > 2.5",
        'tags contains "a"',
        "seen in 2020-W53",
        "joined = 2026-01-01",
    ],
)
def test_what_can_be_asked_has_no_problem(text: str) -> None:
    assert check(from_text(text), SHOP) == ()


@given(conditions_of(SHOP))
def test_what_a_shop_can_answer_has_no_problem(condition: Condition) -> None:
    assert check(condition, SHOP) == ()


@given(conditions())
def test_any_tree_can_be_checked(condition: Condition) -> None:
    assert all(isinstance(problem, Problem) for problem in check(All((condition,)), SHOP))
