"""Why a customer is in a segment: hand-written reasons, and every outcome said a second time."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings

from assistant.answers import Shop
from segments.codec import from_text
from segments.compile.evidence import compile_outcomes, compile_records
from segments.compile.members import to_sql
from segments.definition import Condition, Filter, Not, Operator, Records, Test
from segments.errors import Shown
from segments.problems import UnknownMember
from tests.interpreter import Interpreter
from tests.shop import AS_OF, MEMBERS, SHOP, own_rows, part_rows, prepared
from tests.strategies import conditions_of

SPENT = 'city = "Stockholm" and sum(purchase.amount in last 90 days) > 300 and not count(open) >= 1'


def test_each_condition_has_its_outcome_and_what_it_rests_on(shop: Shop) -> None:
    found = shop.why(from_text(SPENT), "1", language="en")
    assert (found.key, found.inside) == (1, False)
    assert [reason.holds for reason in found.reasons] == [True, True, False]
    assert [reason.evidence for reason in found.reasons] == [
        ("city: Stockholm",),
        (
            "total order value in purchases in the last 90 days: SEK 350.50",
            "1 October 2026 · SEK 350.50 · web",
        ),
        ("number of opens: 1", "2 October 2026"),
    ]
    assert "1" in found.said


def test_the_latest_outside_the_time_is_told_where_there_is_none_inside(shop: Shop) -> None:
    found = shop.why(from_text("count(open in last 30 days) >= 1"), "5", language="en")
    assert not found.inside
    assert found.reasons[0].evidence == (
        "number of opens in the last 30 days: 0",
        "opens, the latest: 2 August 2026",
    )


def test_an_order_that_was_cancelled_is_no_evidence(shop: Shop) -> None:
    found = shop.why(from_text("count(purchase) >= 1"), " 4 ", language="sv")
    assert (found.inside, found.reasons[0].evidence) == (False, ("antal köp: 0",))


def test_an_age_is_told_in_years_and_what_is_unknown_as_such(shop: Shop) -> None:
    whole = from_text('age >= 40 or city = "Oslo"')
    assert [r.evidence for r in shop.why(whole, "2", language="en").reasons] == [
        ("age: 66",),
        ("city: Stockholm",),
    ]
    unknown = shop.why(whole, "6", language="en")
    assert not unknown.inside
    assert all("unknown" in line.lower() for r in unknown.reasons for line in r.evidence)


@pytest.mark.parametrize("language", ["en", "sv", "da", "nb"])
def test_a_key_that_nobody_has_is_told(shop: Shop, language: str) -> None:
    with pytest.raises(Shown) as caught:
        shop.why(from_text("count(purchase) >= 1"), "1' OR '1'='1", language=language)
    assert caught.value.problems == (UnknownMember("", "1' OR '1'='1"),)


@given(conditions_of(SHOP))
@settings(max_examples=100, deadline=None)
def test_the_outcome_for_each_member_is_the_one_of_plain_python(condition: Condition) -> None:
    instants = (AS_OF, None)
    interpreter = Interpreter(SHOP, MEMBERS, own_rows, part_rows, AS_OF)
    inside = interpreter.answer(condition)
    with prepared() as shop:
        for row in MEMBERS:
            key = row["member"]
            query = compile_outcomes((condition, Not(condition)), key, SHOP, instants)
            told = shop.execute(to_sql(query)).fetchall()
            assert told == [(key, key in inside, key not in inside)]


def test_what_is_sensitive_of_a_record_is_not_told() -> None:
    event = SHOP.events["purchase"]
    hidden = replace(event.attributes["channel"], sensitive=True)
    secret = replace(event, attributes={**event.attributes, "channel": hidden})
    records = Records("purchase", (Filter("channel", Test(Operator.EQ, ("web",))),))
    for told, shop in (
        (("at", "channel"), SHOP),
        (("at",), replace(SHOP, events={**SHOP.events, "purchase": secret})),
    ):
        names, query = compile_records(records, 1, shop, (AS_OF, None), 5)
        assert names == told
        with prepared() as tables:
            assert len(tables.execute(to_sql(query)).fetchall()) == 2


def test_nobody_has_no_outcome() -> None:
    query = compile_outcomes((from_text("known(city)"),), 77, SHOP, (datetime(2025, 1, 1), None))
    with prepared() as shop:
        assert shop.execute(to_sql(query)).fetchall() == []
