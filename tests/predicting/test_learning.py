"""Predictions: right where the process is known, refused where there is nothing to learn."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from segments.predicting.features import History, features, outcomes
from segments.predicting.learning import AS_GOOD, EACH_WAY, LEAST_AREA, MEMBERS, predicted
from segments.predictions import Prediction, Target
from tests.real_data import Shop

START = date(2024, 1, 1)
UNTIL = START + timedelta(days=540)
DAYS = 90
EACH_TARGET = pytest.mark.parametrize("target", list(Target))


def _history(
    rows: list[tuple[int, float, float]], doings: tuple[int, float] | None = None
) -> History:
    """Purchases as (member, days after the start, amount)."""
    frame = pd.DataFrame(rows, columns=["member", "day", "amount"]).astype({"member": "int64"})
    frame["at"] = pd.Timestamp(START) + pd.to_timedelta(frame.pop("day"), unit="D")
    done = [] if doings is None else [doings]
    other = pd.DataFrame(done, columns=["member", "day"]).astype({"member": "int64"})
    other["at"] = pd.Timestamp(START) + pd.to_timedelta(other.pop("day").astype(float), unit="D")
    return History(frame, other)


def _buyers(seed: int = 1, members: int = 1500) -> History:
    """They begin on any day and buy at a rate and for a sum of their own until they are gone for
    good, which can happen on any day."""
    draw = np.random.default_rng(seed)
    rows = []
    for member in range(members):
        rate, worth = draw.gamma(2.0, 8.0) + 4, draw.gamma(3.0, 60.0) + 20
        day = draw.uniform(0, 400)
        end = min(day + draw.exponential(250), 540)
        while day < end:
            rows.append((member, day, float(worth * draw.uniform(0.8, 1.2))))
            day += draw.exponential(rate) + 0.5
    return _history([*rows, (0, 0.0, 1.0)])


def _at_random(seed: int = 1, members: int = 600) -> History:
    """Everyone is as likely to buy on any day, whatever they did before, for any sum."""
    draw = np.random.default_rng(seed)
    rows = [
        (member, float(day), float(draw.uniform(10, 1000)))
        for member in range(members)
        for day in draw.uniform(0, 540, size=draw.poisson(6))
    ]
    return _history([*rows, (0, 0.0, 1.0)])


@EACH_TARGET
def test_what_can_be_learned_is_said_of_everyone_who_has_bought(target: Target) -> None:
    history = _buyers()
    said, card = predicted(history, Prediction(target, DAYS), UNTIL)
    assert said is not None
    assert not card.refused
    assert set(said.index) == set(history.purchases["member"])
    assert card.until == UNTIL
    assert card.tested >= MEMBERS


def test_those_who_stopped_are_at_more_risk_and_worth_less() -> None:
    history = _buyers()
    last = history.purchases.groupby("member")["at"].max()
    silent = (pd.Timestamp(UNTIL) - last).dt.days
    gone, going = silent.index[silent > 150], silent.index[silent < 15]
    risk, _ = predicted(history, Prediction(Target.CHURN_RISK, DAYS), UNTIL)
    worth, _ = predicted(history, Prediction(Target.EXPECTED_VALUE, DAYS), UNTIL)
    wait, _ = predicted(history, Prediction(Target.NEXT_ORDER, DAYS), UNTIL)
    assert risk is not None
    assert worth is not None
    assert wait is not None
    assert risk[gone].min() > risk[going].max()
    assert risk[gone].mean() > 90
    assert risk[going].mean() < 40
    assert worth[gone].mean() < worth[going].mean() / 10
    assert wait[gone].isna().mean() > 0.95  # as likely as not later than was looked
    assert wait[going].median() < 30


def test_the_risk_is_near_to_how_many_do_stay_away() -> None:
    """Checked against what the same process does next: of those told 0–20 %, 20–40 % …"""
    whole = _buyers()
    until = UNTIL - timedelta(days=DAYS)
    before = History(whole.purchases[whole.purchases["at"] < pd.Timestamp(until)], whole.doings)
    said, _ = predicted(before, Prediction(Target.CHURN_RISK, DAYS), until)
    assert said is not None
    stayed = outcomes(whole, until, DAYS, said.index)["wait"] >= DAYS
    fifth = (said / 20).astype(int).clip(0, 4)
    for each in range(5):
        told = said[fifth == each]
        if len(told) >= 60:
            assert abs(told.mean() - 100 * stayed[told.index].mean()) < 15


@EACH_TARGET
@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_made_of_chance(target: Target, seed: int) -> None:
    said, card = predicted(_at_random(seed), Prediction(target, 60), UNTIL)
    assert said is None
    assert card.refused in {"no_better", "no_nearer"}
    assert float(card.found) > 0
    assert float(card.needed) >= (LEAST_AREA if target is Target.CHURN_RISK else 0)


@EACH_TARGET
def test_too_little_is_refused_with_what_is_needed(target: Target) -> None:
    asked = Prediction(target, DAYS)
    nothing = predicted(_history([]), asked, UNTIL)[1]
    assert nothing.refused == "no_purchases"
    short = predicted(_buyers(), asked, START + timedelta(days=200))[1]
    assert (short.refused, short.needed) == ("short_history", "270")
    few = predicted(_buyers(members=150), asked, UNTIL)[1]
    assert (few.refused, few.needed) == ("few_members", str(MEMBERS))
    assert int(few.found) < MEMBERS
    always = [(m, float(d), 10.0) for m in range(300) for d in range(0, 540, 7)]
    one_way = predicted(_history(always), asked, UNTIL)[1]
    assert (one_way.refused, one_way.found, one_way.needed) == ("few_silent", "0", str(EACH_WAY))
    once = [(m, float(m % 30), 10.0) for m in range(300)]
    never = predicted(_history(once), asked, UNTIL)[1]
    assert (never.refused, never.found) == ("few_bought", "0")


def test_what_comes_after_the_day_changes_no_feature() -> None:
    history = _buyers()
    day = UNTIL - timedelta(days=DAYS)
    before = features(history, day)
    later = [(0, 450.0, 1e6), (1, 500.5, 1.0), (10_000, 460.0, 5.0)]
    added = _history(later, (0, 455.0))
    more = History(
        pd.concat([history.purchases, added.purchases]), pd.concat([history.doings, added.doings])
    )
    pd.testing.assert_frame_equal(features(more, day), before)
    at_midnight = _history([(0, 450.0, 10.0)])
    assert features(at_midnight, day).empty
    assert outcomes(at_midnight, day, DAYS, pd.Index([0]))["wait"].tolist() == [0.0]


def test_the_features_of_one_member_are_those_counted_by_hand() -> None:
    bought = [(7, 0.0, 100.0), (7, 20.0, 50.0), (7, 20.5, 30.0), (7, 100.0, 20.0)]
    history = _history(bought, (7, 95.0))
    found = features(history, START + timedelta(days=110)).loc[7]
    expected = {
        "recency": 10, "tenure": 110, "count": 4, "total": 200, "average": 50, "days": 3,
        "gap": 50, "beyond": 0.2, "count_30": 1, "total_30": 20, "count_90": 3, "total_90": 100,
        "count_180": 4, "total_180": 200, "seen": 15, "seen_30": 1, "seen_90": 1,
    }  # fmt: skip
    assert {name: pytest.approx(found[name]) for name in expected} == expected


@EACH_TARGET
def test_the_same_history_in_another_order_says_the_same(target: Target) -> None:
    history = _buyers()
    order = history.purchases.sort_values(["at", "member"])
    asked = Prediction(target, DAYS)
    said, card = predicted(History(order, history.doings), asked, UNTIL)
    again, other = predicted(History(order.copy(), history.doings), asked, UNTIL)
    assert said is not None
    assert again is not None
    pd.testing.assert_series_equal(said, again)
    assert card == other


def _shop(shop: Shop) -> tuple[History, date]:
    """Everything that was bought, and the day after."""
    connection = shop.engine._connection.cursor()
    query = 'SELECT "member", "at", CAST("amount" AS DOUBLE) AS amount FROM purchase ORDER BY ALL'
    bought = connection.execute(query).fetch_df()
    nothing = bought[["member", "at"]].iloc[:0]
    return History(bought, nothing), bought["at"].max().date() + timedelta(days=1)


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "target", "least"),
    [
        ("cdnow", Target.CHURN_RISK, 0.83),
        ("cdnow", Target.EXPECTED_VALUE, 0.05),
        ("cdnow", Target.NEXT_ORDER, 0.05),
        ("completejourney", Target.CHURN_RISK, 0.85),
        ("completejourney", Target.NEXT_ORDER, 0.15),
    ],
)
def test_real_shops_are_predicted_better_than_by_a_simple_rule(
    name: str, target: Target, least: float, request: pytest.FixtureRequest
) -> None:
    """The area under the curve at least, and by how much the error is less than the rule's."""
    history, until = _shop(request.getfixturevalue(name))
    said, card = predicted(history, Prediction(target, DAYS), until)
    assert said is not None
    if target is Target.CHURN_RISK:
        assert card.score >= max(least, card.base - AS_GOOD)
    else:
        assert card.score <= (1 - least) * card.base


@pytest.mark.real_data
def test_what_households_that_shop_weekly_will_spend_is_left_to_the_simple_rule(
    completejourney: Shop,
) -> None:
    history, until = _shop(completejourney)
    said, card = predicted(history, Prediction(Target.EXPECTED_VALUE, DAYS), until)
    assert said is None
    assert card.refused == "no_nearer"
