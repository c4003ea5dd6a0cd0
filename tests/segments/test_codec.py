"""Canonical text and JSON: what they look like, that they come back, and what is refused."""

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any as Anything

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segments.codec import from_json, from_text, to_json, to_text
from segments.definition import (
    Aggregate,
    All,
    Any,
    Condition,
    Field,
    Kind,
    Measure,
    Not,
    Operator,
    Records,
    Value,
)
from segments.definition import Test as Comparison  # pytest collects what is called Test
from segments.errors import Broken, Shown
from segments.problems import BadText, Problem, WrongVersion
from tests.strategies import conditions

CANONICAL = [
    'city = "Stockholm"',
    "age between 18 and 30",
    'city in ("Oslo", "Bergen")',
    'email ends with "@example.com"',
    'email starts with "info"',
    'tags contains "x"',
    "known(birth_date)",
    "consent_email = yes",
    "points > -3",
    "points <= 2.50",
    "registered_at >= 2026-01-31",
    "registered_at in last 30 days",
    "registered_at > 30 days ago",
    'count(purchase where category = "hair_care" and not channel = "web" in last 90 days) >= 1',
    'sum(purchase.amount where category = "hair_care" in last 90 days) > 500',
    "average(purchase.amount) between 50 and 100",
    "minimum(purchase.amount) = 0.0",
    "maximum(purchase.amount) in (1, 2)",
    "distinct(purchase.category) >= 2",
    "distinct(purchase.month) >= 6",
    'first(purchase where channel = "store") in 2025-01',
    "last(purchase) > 180 days ago",
    "last(purchase) between 60 and 180 days ago",
    'last(purchase) has (category = "shampoo" and not on_sale = yes)',
    'nth 2 of first(purchase where channel = "store" in 2025) in 2025 has (`first` = 1)',
    "all 3 of last(purchase) has (on_sale = yes) and any 2 of first(visit) in mothers_day of SE",
    "not `nth` = 1 and known(has) and of > 2 and nth 3 of last(purchase) > 3 days ago",
    'count(open where kind = "newsletter" > 30 days ago) >= 1',
    "top 10 % by sum(purchase.amount in last 12 months)",
    'bottom 100 by count(purchase) among (country = "SE")',
    'top 0.5 % by count(purchase) among (country = "SE" or (age > 3 and age < 9))',
    "a = 1 and (b = 2 or c = 3) and not (d = 4 or e = 5)",
    "(a = 1 and b = 2) or not not c = 3",
    "all()",
    "any(a = 1)",
    "`not` = 1 or `två ord` = 2 or `count` = 3 or where = 4",
    "a in last 1 day and a in last 2 hours and a in this week and a in previous quarter",
    "a in next year and a in 3 months back and a in 2 days ahead",
    "a in 2025 and a in 2025-H1 and a in 2025-Q2 and a in 2025-03 and a in 2025-W42",
    "a <= 90 days ahead and a > 1 year ahead and a between 30 and 60 days ahead",
    "anniversary(a) in march and not anniversary(`anniversary`) = 3 weeks ahead",
    "a in H1 and a in Q2 and a in march and a in W42",
    "a in from 2026-01-01 and a in to 2025-12-31 and a in from 2026-01-01 to 2026-03-31",
]


@pytest.mark.parametrize("text", CANONICAL)
def test_canonical_text_is_written_as_it_was_read(text: str) -> None:
    assert to_text(from_text(text)) == text


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("city=Göteborg", 'city = "Göteborg"'),
        ("a = 1 or b = 2 and c = 3", "a = 1 or (b = 2 and c = 3)"),
        ("((a = 1))", "a = 1"),
        ("not (a = 1)", "not a = 1"),
        ("a in last 1 days", "a in last 1 day"),
        ("a in 1 month back", "a in previous month"),
        ("  a\n=\n1 ", "a = 1"),
        ('a = "\\u0041"', 'a = "A"'),
    ],
)
def test_a_person_may_write_more_freely(text: str, canonical: str) -> None:
    assert to_text(from_text(text)) == canonical


def problems_of(reading: Callable[[], object]) -> set[type[Problem]]:
    """The kinds of problems that a reading ends in; none when it succeeds."""
    try:
        reading()
    except Shown as shown:
        return {type(problem) for problem in shown.problems}
    return set()


@given(conditions())
def test_any_definition_comes_back_from_its_text(condition: Condition) -> None:
    text = to_text(condition)
    assert from_text(text) == condition
    assert to_text(from_text(text)) == text


@given(conditions())
def test_any_definition_comes_back_from_its_json(condition: Condition) -> None:
    stored = json.dumps(to_json(condition), ensure_ascii=False)
    # repr tells 1 from True and from Decimal(1), which Python holds for equal
    assert repr(from_json(json.loads(stored))) == repr(condition)


@pytest.mark.parametrize(
    "value", [1, True, Decimal(1), Decimal("1.00"), "1", "yes", date(2026, 1, 1), "2026-01-01"]
)
def test_a_value_keeps_its_type(value: Value) -> None:
    condition = Field("a", Comparison(Operator.EQ, (value,)))
    for found in (from_text(to_text(condition)), from_json(to_json(condition))):
        assert isinstance(found, Field)
        assert found.test.values == (value,)
        assert type(found.test.values[0]) is type(value)


@pytest.mark.parametrize(
    "test",
    [
        Comparison(Operator.EQ),
        Comparison(Operator.BETWEEN, (1,)),
        Comparison(Operator.IN),
        Comparison(Operator.EQ, (Decimal("NaN"),)),
        Comparison(Operator.EQ, (datetime(2026, 1, 1),)),
    ],
    ids=str,
)
def test_a_malformed_test_has_no_text(test: Comparison) -> None:
    with pytest.raises(Broken):
        to_text(Field("a", test))


# text, what was found, line, column, one of what was expected
REFUSED: list[tuple[str, str, int, int, str]] = [
    ("", "", 1, 1, "not"),
    ("city =", "", 1, 7, "STRING"),
    ("city = = 3", "=", 1, 8, "STRING"),
    ('a = 1 and\ncity = "x', '"', 2, 8, "STRING"),
    ("(a = 1", "", 1, 7, ")"),
    ("a = 1)", ")", 1, 6, "END"),
    ("a = 1 b = 2", "b", 1, 7, "and"),
    ("count(purchase >= 1", "", 1, 20, "UNIT"),
    ("a in from 2025-02-30", "2025-02-30", 1, 11, "DATE"),
    ("a in 2025-13", "2025-13", 1, 6, "PERIOD"),
    ("a in last many days", "many", 1, 11, "NUMBER"),
    ("a in last 1.5 days", "1.5", 1, 11, "NUMBER"),
    ('a contains "x" days ago', "days", 1, 16, "NUMBER"),
    ("last(purchase) >= 3", "", 1, 20, "UNIT"),
]


@pytest.mark.parametrize(("text", "found", "line", "column", "expected"), REFUSED)
def test_a_text_that_cannot_be_read_says_where_and_what_could_stand_there(
    text: str, found: str, line: int, column: int, expected: str
) -> None:
    with pytest.raises(Shown) as caught:
        from_text(text)
    (problem,) = caught.value.problems
    assert isinstance(problem, BadText)
    assert (problem.found, problem.line, problem.column) == (found, line, column)
    assert expected in problem.expected


@given(st.text(alphabet='ab1. "()=<>%`\\-\n') | st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    assert problems_of(lambda: from_text(text)) <= {BadText}


@pytest.mark.parametrize("text", ["not " * 5000 + "a = 1", "(" * 5000 + "a = 1" + ")" * 5000])
def test_a_very_deep_text_does_not_exhaust_the_stack(text: str) -> None:
    assert problems_of(lambda: to_text(from_text(text))) <= {BadText}


def test_numbers_without_end_are_refused() -> None:
    with pytest.raises(Shown):
        from_text("a = " + "9" * 5000)
    with pytest.raises(Shown):
        from_json(field({"decimal": "1E+999999999"}))


def field(value: object) -> dict[str, object]:
    test = {"operator": "=", "values": [value]}
    return {"version": 1, "definition": {"kind": "field", "field": "a", "test": test}}


def test_json_looks_as_documented() -> None:
    records = Records("purchase")
    condition = Not(
        Measure(Aggregate(Kind.SUM, records, "amount"), Comparison(Operator.GT, (Decimal("1.50"),)))
    )
    assert to_json(condition) == {
        "version": 1,
        "definition": {
            "kind": "not",
            "part": {
                "kind": "measure",
                "aggregate": {"kind": "sum", "records": {"event": "purchase"}, "of": "amount"},
                "test": {"operator": ">", "values": [{"decimal": "1.50"}]},
            },
        },
    }


@pytest.mark.parametrize("version", [0, 2, "1", None, True, 1.0])
def test_another_version_is_said_by_name(version: object) -> None:
    with pytest.raises(Shown) as caught:
        from_json({"version": version, "definition": {}})
    assert caught.value.problems == (WrongVersion("version", str(version), "1"),)


BROKEN_JSON: list[tuple[object, str]] = [
    ([], "definition"),
    ({"version": 1}, "definition"),
    ({"version": 1, "definition": {"kind": "some"}}, "definition.kind"),
    ({"version": 1, "definition": {"kind": ["all"]}}, "definition.kind"),
    ({"version": 1, "definition": {"kind": "all", "parts": {}}}, "definition.parts"),
    ({"version": 1, "definition": {"kind": "all", "parts": [3]}}, "definition.parts[0]"),
    ({"version": 1, "definition": {"kind": "all", "parts": [], "x": 1}}, "definition"),
    (field(1.5), "definition.test.values[0]"),
    (field(None), "definition.test.values[0]"),
    (field({"decimal": "NaN"}), "definition.test.values[0]"),
    (field({"date": "2026-02-30"}), "definition.test.values[0].date"),
    (field("\ud800"), "definition.test.values[0]"),
    (field("\0"), "definition.test.values[0]"),
]


@pytest.mark.parametrize(("obj", "where"), BROKEN_JSON)
def test_an_edited_object_is_refused_with_the_path_to_the_mistake(obj: object, where: str) -> None:
    with pytest.raises(Shown) as caught:
        from_json(obj)
    (problem,) = caught.value.problems
    assert isinstance(problem, BadText)
    assert problem.where == where


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(conditions(), st.data())
def test_any_edit_of_the_json_is_read_or_refused(condition: Condition, data: st.DataObject) -> None:
    obj = to_json(condition)
    place: Anything = obj
    for _ in range(data.draw(st.integers(0, 6))):
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            break
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or data.draw(st.integers(0, 4)) == 0:
            place[key] = data.draw(JUNK)
            break
        place = place[key]
    assert problems_of(lambda: to_text(from_json(obj))) <= {BadText, WrongVersion}


def test_json_nested_without_end_is_refused() -> None:
    part: dict[str, object] = {"kind": "all", "parts": []}
    for _ in range(100):
        part = {"kind": "not", "part": part}
    with pytest.raises(Shown):
        from_json({"version": 1, "definition": part})


def test_a_group_inside_a_group_of_its_kind_stays_one() -> None:
    parts = (from_text("a = 1"), from_text("b = 2"))
    for nested in (
        All((All(parts), *parts)),
        Any((Any(parts), *parts)),
        All((Any(()), All(parts))),
    ):
        assert from_text(to_text(nested)) == nested
