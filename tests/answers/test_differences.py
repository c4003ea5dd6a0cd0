"""What is another between two definitions and two days: hand-written, and counted a second time."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings

from assistant.answers import Shop
from assistant.answers.differences import Because
from segments.codec import from_text
from segments.compile.differing import Side, compile_first, compile_moved
from segments.compile.members import to_sql
from segments.definition import Condition
from segments.difference import difference
from segments.errors import Shown
from tests.interpreter import Interpreter
from tests.shop import AS_OF, MEMBERS, SHOP, own_rows, part_rows, prepared
from tests.strategies import conditions_of

STOCKHOLM = from_text('city = "Stockholm"')
RECENT = from_text("count(purchase in last 20 days) >= 1")
OCTOBER = (date(2026, 10, 1), date(2026, 10, 15))


def test_who_left_is_told_with_the_condition_they_do_not_pass(shop: Shop) -> None:
    narrow = from_text('city = "Stockholm" and count(purchase in last 20 days) >= 1')
    found = shop.difference(STOCKHOLM, narrow, language="en")
    assert found.changes == ("Added: have shopped in the last 20 days",)
    assert (found.before, found.after) == (2, 1)
    assert (found.left.count, found.left.keys) == (1, (2,))
    assert found.left.because == (Because("have shopped in the last 20 days", 1),)
    assert (found.joined.count, found.joined.because, found.notes) == (0, (), ())


def test_who_joined_is_told_with_the_condition_that_kept_them_out(shop: Shop) -> None:
    found = shop.difference(
        from_text('city = "Stockholm" and gender = "F"'),
        from_text('city in ("Stockholm", "Oslo")'),
        language="en",
    )
    assert found.changes == (
        "Changed: live in Stockholm → live in Stockholm or Oslo",
        "Removed: are women",
    )
    assert (found.joined.count, found.joined.keys) == (3, (2, 3, 4))
    assert found.joined.because == (Because("live in Stockholm", 2), Because("are women", 2))
    assert found.left.count == 0


def test_one_definition_on_two_days_tells_who_came_and_went(shop: Shop) -> None:
    found = shop.difference(RECENT, RECENT, days=OCTOBER, language="sv")
    assert found.changes == ()
    assert (found.joined.keys, found.left.keys) == ((3,), (2,))
    assert [each.count for each in found.left.because] == [1]
    assert len(found.notes) == 1


def test_what_says_the_same_in_another_order_is_no_difference() -> None:
    one = from_text('city = "Oslo" and count(purchase) >= 1 and not gender = "male"')
    other = from_text('not gender = "male" and city = "Oslo" and count(purchase) >= 1')
    assert difference(one, other) == ()


def test_a_changed_condition_is_paired_with_what_it_was() -> None:
    before = from_text('city = "Oslo" and count(purchase) >= 1 and gender = "male"')
    after = from_text('count(purchase) >= 3 and city = "Bergen" and count(open) >= 1')
    assert difference(before, after) == (
        (from_text("count(purchase) >= 1"), from_text("count(purchase) >= 3")),
        (from_text('city = "Oslo"'), from_text('city = "Bergen"')),
        (None, from_text("count(open) >= 1")),
        (from_text('gender = "male"'), None),
    )


@pytest.mark.parametrize("wrong", ['planet = "Mars"', "count(flights) >= 1"])
def test_a_definition_that_does_not_fit_the_shop_is_refused(shop: Shop, wrong: str) -> None:
    with pytest.raises(Shown):
        shop.difference(STOCKHOLM, from_text(wrong), language="en")
    with pytest.raises(Shown):
        shop.difference(from_text(wrong), STOCKHOLM, language="en")


@given(conditions_of(SHOP), conditions_of(SHOP))
@settings(max_examples=60, deadline=None)
def test_who_moved_is_who_plain_python_says(before: Condition, after: Condition) -> None:
    earlier = AS_OF - timedelta(days=40)
    with prepared() as shop:

        def moved(here: tuple[Condition, datetime], there: tuple[Condition, datetime]) -> set[int]:
            sides = (Side(*each, each[1]) for each in (here, there))
            query = compile_moved(*sides, SHOP)
            return {row[0] for row in shop.execute(to_sql(compile_first(query, 99))).fetchall()}

        def inside(condition: Condition, as_of: datetime) -> set[int]:
            return set(
                Interpreter(SHOP, MEMBERS, own_rows, part_rows, as_of, as_of).answer(condition)
            )

        old, new = (before, earlier), (after, AS_OF)
        assert moved(old, new) == inside(*old) - inside(*new)
        assert moved(new, old) == inside(*new) - inside(*old)
