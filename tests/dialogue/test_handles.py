"""What a chip offers to change, and that a change touches nothing else."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.dialogue.handles import Chosen, Handle, Numbered, Spaced, Tested, Timed, What
from assistant.dialogue.handling import handles, signed
from segments.audiences import Audiences, KeyList, Segment
from segments.catalogue import Catalogue
from segments.catalogue_file import load
from segments.check import check
from segments.codec import from_text, to_text
from segments.definition import (
    Ago,
    Calendar,
    Condition,
    Not,
    Operator,
    Period,
    Rolling,
    Unit,
    Within,
    leaves,
)
from segments.definition import Test as Comparison
from segments.places import By, gazetteer

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "conditions.md").read_text(encoding="utf-8")
TEXTS = sorted(
    {text for text in re.findall(r"^`([^`\n]+)`$", PAGE, re.MULTILINE) if "audience" not in text}
)


TOWNS = (("Göteborg", "SE"), ("København", "DK"), ("Lund", "SE"))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    kept = Audiences(
        {"vip": Segment("VIP", from_text('city = "Lund"'))},
        {"old": KeyList("Old", "old", None, 1), "new": KeyList("New", "new", None, 1)},
    )
    towns = [(name, name, country, 56.0, 12.0, True) for name, country in TOWNS]
    known = gazetteer(towns, By.TOWN)
    read = load(ROOT / "sample_data" / "catalogue.toml")
    return replace(read, audiences=kept, gazetteer=known)


def now(handle: Handle) -> object:
    match handle:
        case Tested(test=held) | Timed(window=held) | Spaced(within=held):
            return held
        case Numbered(number=held) | Chosen(chosen=held):
            return held


def each_of(definition: str) -> Iterator[Condition]:
    yield from leaves(from_text(definition))


@pytest.mark.parametrize("text", TEXTS)
def test_what_stands_there_put_back_is_the_same(catalogue: Catalogue, text: str) -> None:
    for leaf in each_of(text):
        for handle in handles(leaf, catalogue):
            assert handle.put(leaf, now(handle)) == leaf


def other(handle: Handle) -> object:
    """Something else that can stand there, or None."""
    match handle:
        case Tested(test=test, attribute=attribute) if attribute.numeric:
            step = 1 if handle.most is None or handle.most not in test.values else -1
            return replace(test, values=tuple(int(value) + step for value in test.values))
        case Timed():
            return Rolling(77, Unit.DAY)
        case Spaced():
            return Within(77, Unit.DAY)
        case Numbered(number=number):
            return number + 1
        case Chosen(options=options, chosen=chosen):
            return next((option for option in options if option != chosen), None)
        case _:
            return None


@pytest.mark.parametrize("text", TEXTS)
def test_a_change_is_there_alone_and_fits_the_shop(catalogue: Catalogue, text: str) -> None:
    for leaf in each_of(text):
        for index, handle in enumerate(handles(leaf, catalogue)):
            put = other(handle)
            if put is None:
                continue
            changed = handle.put(leaf, put)
            assert not check(changed, catalogue)
            assert from_text(to_text(changed)) == changed
            after = handles(changed, catalogue)
            assert now(after[index]) == put
            kept = [now(one) for one in handles(leaf, catalogue)]
            if len(after) == len(kept):  # else a choice that has others of its own
                kept[index] = put
                assert [now(one) for one in after] == kept


NORM = "norm(mean of sum(purchase.amount in 2025)) > 1"
COMPARED = "sum(purchase.amount in 2026) > sum(purchase.amount in 2025)"
SHARED = (
    'share(count(purchase where category = "hair_care" in last 1 year)'
    " of count(purchase in last 1 year)) >= 30"
)
GAP = 'gap(average of purchase where channel = "web" in 2025) < 30'
ROW = "sequence(view in 2026 then purchase within 7 days then no open within 3 days)"
GROUPED = (
    'groups(month having count(purchase where category = "hair_care" in 2025) >= 3'
    " and sum(purchase.amount in 2025) > 500) >= 2"
)
FAVOURITE = 'favourite(purchase.category by amount in 2025) = "hair_care"'
RANKED = "top 5 % by sum(purchase.amount) within country"
FAR = 'distance("Lund" of SE) <= 50'
LATE = "overdue(2 times purchase in last 2 years)"

CASES = [
    (COMPARED, What.OPERATOR, 0, "<=", COMPARED.replace(">", "<=")),
    (COMPARED, What.TIMES, 0, 2, COMPARED.replace("> sum", "> 2 times sum")),
    (COMPARED, Timed, 0, Period(2024), COMPARED.replace("2026", "2024")),
    (COMPARED, Timed, 1, None, COMPARED.replace(" in 2025", "")),
    (NORM, What.MIDDLE, 0, "median", NORM.replace("mean", "median")),
    (NORM, What.OPERATOR, 0, "<", NORM.replace(">", "<")),
    (NORM, What.TIMES, 0, 2, NORM.replace("> 1", "> 2")),
    (NORM, Timed, 0, None, NORM.replace(" in 2025", "")),
    (SHARED, What.PERCENT, 0, Comparison(Operator.LT, (5,)), SHARED.replace(">= 30", "< 5")),
    (SHARED, Tested, 1, Comparison(Operator.EQ, ("x",)), SHARED.replace("hair_care", "x")),
    (SHARED, Timed, 0, Period(2025), SHARED.replace("last 1 year", "2025")),
    (GAP, What.DISTANCE, 0, "maximum", GAP.replace("average", "maximum")),
    (GAP, What.DAYS, 0, Comparison(Operator.GE, (9,)), GAP.replace("< 30", ">= 9")),
    (GAP, Tested, 1, Comparison(Operator.EQ, ("store",)), GAP.replace("web", "store")),
    (GAP, Timed, 0, None, GAP.replace(" in 2025", "")),
    (LATE, What.OFTEN, 0, 3, LATE.replace("2 times", "3 times")),
    (LATE, Timed, 0, None, LATE.replace(" in last 2 years", "")),
    (ROW, What.WHICH, 0, "first", ROW.replace("(view", "(first view")),
    (ROW, Timed, 0, None, ROW.replace(" in 2026", "")),
    (ROW, Spaced, 0, Within(2, Unit.WEEK), ROW.replace("7 days", "2 weeks")),
    (ROW, Spaced, 1, None, ROW.replace(" within 3 days", "")),
    (ROW, What.ORDER, 0, "before", ROW.replace("then purchase", "preceded by purchase")),
    (ROW, What.ABSENT, 0, "there", ROW.replace("no open", "open")),
    (ROW, Timed, 1, Period(2025), ROW.replace("purchase", "purchase in 2025")),
    (GROUPED, What.NUMBER, 0, Comparison(Operator.EQ, (1,)), GROUPED.replace(") >= 2", ") = 1")),
    (GROUPED, What.BY, 0, "week", GROUPED.replace("month", "week")),
    (GROUPED, What.NUMBER, 2, Comparison(Operator.LT, (9,)), GROUPED.replace(">= 3", "< 9")),
    (GROUPED, What.MONEY, 0, Comparison(Operator.LT, (9,)), GROUPED.replace("> 500", "< 9")),
    (GROUPED, Timed, 0, Period(2024), GROUPED.replace("2025", "2024")),
    (FAVOURITE, Tested, 0, Comparison(Operator.EQ, ("x",)), FAVOURITE.replace("hair_care", "x")),
    (FAVOURITE, What.WEIGHT, 0, "", FAVOURITE.replace(" by amount", "")),
    (FAVOURITE, Timed, 0, None, FAVOURITE.replace(" in 2025", "")),
    (RANKED, What.SIDE, 0, "bottom", RANKED.replace("top", "bottom")),
    (RANKED, What.PERCENT, 0, 10, RANKED.replace("5 %", "10 %")),
    (RANKED, What.WITHIN_FIELD, 0, "tier", RANKED.replace("country", "tier")),
    (RANKED, What.WITHIN_FIELD, 0, "", RANKED.replace(" within country", "")),
    (RANKED, Timed, 0, Period(2025), RANKED.replace("amount", "amount in 2025")),
    ('audience(list "old")', What.NAME, 0, "New", 'audience(list "New")'),
    (FAR, What.KILOMETRES, 0, Comparison(Operator.GT, (7,)), FAR.replace("<= 50", "> 7")),
    (
        "any 3 of last(purchase) has (on_sale = yes)",
        What.NTH,
        0,
        5,
        "any 5 of last(purchase) has (on_sale = yes)",
    ),
    (
        "last(purchase) > 90 days ago",
        Timed,
        0,
        Ago(Comparison(Operator.LT, (30,)), Unit.DAY),
        "last(purchase) < 30 days ago",
    ),
    ('city = "Lund"', Tested, 0, Comparison(Operator.IN, ("A", "B")), 'city in ("A", "B")'),
    ("age between 18 and 30", Tested, 0, Comparison(Operator.GT, (40,)), "age > 40"),
    (
        'count(purchase where not channel = "web" in 2025) >= 2',
        Tested,
        0,
        Comparison(Operator.EQ, ("store",)),
        'count(purchase where not channel = "store" in 2025) >= 2',
    ),
    (
        "anniversary(birth_date) in this month",
        Timed,
        0,
        Calendar(Unit.WEEK, 0),
        "anniversary(birth_date) in this week",
    ),
]


@pytest.mark.parametrize(("text", "which", "place", "put", "expected"), CASES)
def test_one_change_of_each_kind(
    catalogue: Catalogue, text: str, which: type | What, place: int, put: object, expected: str
) -> None:
    leaf = from_text(text)
    found = [
        handle
        for handle in handles(leaf, catalogue)
        if (type(handle) if isinstance(which, type) else getattr(handle, "what", None)) is which
    ]
    assert to_text(found[place].put(leaf, put)) == to_text(from_text(expected))


def test_one_window_of_several_records_is_one_handle(catalogue: Catalogue) -> None:
    timed = [one for one in handles(from_text(SHARED), catalogue) if isinstance(one, Timed)]
    assert [one.scope for one in timed] == [None]
    apart = [one for one in handles(from_text(COMPARED), catalogue) if isinstance(one, Timed)]
    assert [one.scope.place for one in apart if one.scope] == [0, 1]


def test_a_first_order_without_a_demand_needs_a_time(catalogue: Catalogue) -> None:
    leaf = from_text("first(purchase) in 2025")
    (timed,) = (one for one in handles(leaf, catalogue) if isinstance(one, Timed))
    assert not timed.optional


def test_money_is_told_from_a_number(catalogue: Catalogue) -> None:
    for text, what in (
        ("sum(purchase.amount) > 5", What.MONEY),
        ("count(purchase) > 5", What.NUMBER),
        ("distinct(purchase.category) > 5", What.NUMBER),
    ):
        (tested,) = (one for one in handles(from_text(text), catalogue) if isinstance(one, Tested))
        assert tested.what is what


def test_nobody_is_offered_a_list_for_each_address(catalogue: Catalogue) -> None:
    (chosen,) = (
        one
        for one in handles(from_text("top 5 by count(purchase)"), catalogue)
        if isinstance(one, Chosen) and one.what is What.WITHIN_FIELD
    )
    assert "country" in chosen.options
    assert not {"email", "first_name", "street"} & set(chosen.options)


def test_what_the_catalogue_has_not_can_still_be_edited(catalogue: Catalogue) -> None:
    for text in ('town = "Lund"', "count(dream where depth > 3) >= 1"):
        leaf = from_text(text)
        assert {handle.put(leaf, now(handle)) for handle in handles(leaf, catalogue)} == {leaf}


def test_the_sign_stands_around_the_leaf() -> None:
    leaf = from_text('city = "Oslo"')
    assert signed(leaf, negated=True) == Not(leaf)
    assert signed(leaf, negated=False) == leaf
