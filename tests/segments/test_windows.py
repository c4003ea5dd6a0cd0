"""A table of windows and their instants, written by hand, and what holds of all windows."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segments.codec import from_text
from segments.definition import Ago, Calendar, DateField, Operator, Period, Rolling, Unit, Window
from segments.definition import Test as Comparison  # pytest collects what is called Test
from segments.errors import Broken
from segments.windows import Bounds, as_of_day, bounds, shift, stretches
from tests.strategies import windows

OPEN = "…"

# window after the name, as-of instant (exclusive), start (inclusive), end (exclusive)
TABLE = """
in last 1 day             | 2026-02-01 00:00 | 2026-01-30 00:00 | 2026-02-01 00:00
in last 30 days           | 2026-03-15 09:30 | 2026-02-13 00:00 | 2026-03-15 09:30
in last 2 weeks           | 2026-01-08 00:00 | 2025-12-24 00:00 | 2026-01-08 00:00
in last 1 month           | 2026-04-01 00:00 | 2026-02-28 00:00 | 2026-04-01 00:00
in last 1 month           | 2024-04-01 00:00 | 2024-02-29 00:00 | 2024-04-01 00:00
in last 12 months         | 2026-01-01 00:00 | 2024-12-31 00:00 | 2026-01-01 00:00
in last 1 quarter         | 2026-05-31 12:00 | 2026-02-28 00:00 | 2026-05-31 12:00
in last 1 year            | 2024-03-01 00:00 | 2023-02-28 00:00 | 2024-03-01 00:00
in last 36 hours          | 2026-03-02 06:00 | 2026-02-28 18:00 | 2026-03-02 06:00
in last 9999 years        | 2026-03-02 06:00 | 0001-01-01 00:00 | 2026-03-02 06:00
in this day               | 2026-03-02 00:00 | 2026-03-01 00:00 | 2026-03-02 00:00
in this day               | 2026-03-02 00:01 | 2026-03-02 00:00 | 2026-03-02 00:01
in this week              | 2026-01-04 12:00 | 2025-12-29 00:00 | 2026-01-04 12:00
in this week              | 2026-01-05 00:00 | 2025-12-29 00:00 | 2026-01-05 00:00
in this month             | 2026-03-01 00:00 | 2026-02-01 00:00 | 2026-03-01 00:00
in this quarter           | 2026-04-01 00:01 | 2026-04-01 00:00 | 2026-04-01 00:01
in this hour              | 2026-04-01 10:00 | 2026-04-01 09:00 | 2026-04-01 10:00
in previous day           | 2026-03-01 12:00 | 2026-02-28 00:00 | 2026-03-01 00:00
in previous week          | 2026-01-04 12:00 | 2025-12-22 00:00 | 2025-12-29 00:00
in previous month         | 2026-03-31 12:00 | 2026-02-01 00:00 | 2026-03-01 00:00
in previous quarter       | 2026-02-10 12:00 | 2025-10-01 00:00 | 2026-01-01 00:00
in previous year          | 2026-02-10 12:00 | 2025-01-01 00:00 | 2026-01-01 00:00
in previous hour          | 2026-01-01 00:30 | 2025-12-31 23:00 | 2026-01-01 00:00
in 3 months back          | 2026-02-10 12:00 | 2025-11-01 00:00 | 2025-12-01 00:00
in last 2 whole months    | 2026-03-01 12:00 | 2026-01-01 00:00 | 2026-03-01 00:00
in last 2 whole months    | 2026-03-01 00:00 | 2025-12-01 00:00 | 2026-02-01 00:00
in last 12 whole months   | 2024-02-29 12:00 | 2023-02-01 00:00 | 2024-02-01 00:00
in last 3 whole weeks     | 2026-01-07 12:00 | 2025-12-15 00:00 | 2026-01-05 00:00
in last 2 whole quarters  | 2026-02-10 12:00 | 2025-07-01 00:00 | 2026-01-01 00:00
in last 3 whole years     | 2026-02-10 12:00 | 2023-01-01 00:00 | 2026-01-01 00:00
in last 3 whole days      | 2026-03-02 12:00 | 2026-02-27 00:00 | 2026-03-02 00:00
in last 2 whole hours     | 2026-01-01 00:30 | 2025-12-31 22:00 | 2026-01-01 00:00
in next month             | 2025-12-31 12:00 | 2026-01-01 00:00 | 2026-02-01 00:00
in 2025                   | 2026-02-10 12:00 | 2025-01-01 00:00 | 2026-01-01 00:00
in 2026                   | 2026-02-10 12:00 | 2026-01-01 00:00 | 2027-01-01 00:00
in 2025-H2                | 2026-02-10 12:00 | 2025-07-01 00:00 | 2026-01-01 00:00
in 2025-Q4                | 2026-02-10 12:00 | 2025-10-01 00:00 | 2026-01-01 00:00
in 2024-02                | 2026-02-10 12:00 | 2024-02-01 00:00 | 2024-03-01 00:00
in 2026-W01               | 2026-02-10 12:00 | 2025-12-29 00:00 | 2026-01-05 00:00
in 2026-W53               | 2026-02-10 12:00 | 2026-12-28 00:00 | 2027-01-04 00:00
in H1                     | 2026-01-01 12:00 | 2026-01-01 00:00 | 2026-07-01 00:00
in H1                     | 2026-01-01 00:00 | 2025-01-01 00:00 | 2025-07-01 00:00
in Q2                     | 2026-03-31 12:00 | 2025-04-01 00:00 | 2025-07-01 00:00
in Q2                     | 2026-04-01 12:00 | 2026-04-01 00:00 | 2026-07-01 00:00
in december               | 2026-11-30 12:00 | 2025-12-01 00:00 | 2026-01-01 00:00
in december               | 2026-12-01 12:00 | 2026-12-01 00:00 | 2027-01-01 00:00
in W1                     | 2025-12-28 12:00 | 2024-12-30 00:00 | 2025-01-06 00:00
in W1                     | 2025-12-29 12:00 | 2025-12-29 00:00 | 2026-01-05 00:00
in W53                    | 2026-06-01 12:00 | 2020-12-28 00:00 | 2021-01-04 00:00
in from 2026-01-01 to 2026-03-31 | 2026-02-10 12:00 | 2026-01-01 00:00 | 2026-04-01 00:00
in from 2026-01-01        | 2026-02-10 12:00 | 2026-01-01 00:00 | …
in to 2025-12-31          | 2026-02-10 12:00 | …                | 2026-01-01 00:00
in april 3                | 2026-04-03 00:00 | 2025-04-03 00:00 | 2025-04-04 00:00
in april 3                | 2026-04-03 00:01 | 2026-04-03 00:00 | 2026-04-04 00:00
in february 29            | 2026-04-03 12:00 | 2024-02-29 00:00 | 2024-03-01 00:00
in february 29 previous year | 2026-04-03 12:00 | 2025-01-01 00:00 | 2025-01-01 00:00
in last march             | 2026-03-31 12:00 | 2025-03-01 00:00 | 2025-04-01 00:00
in last march             | 2026-04-01 12:00 | 2026-03-01 00:00 | 2026-04-01 00:00
in march this year        | 2026-01-15 12:00 | 2026-03-01 00:00 | 2026-04-01 00:00
in Q2 previous year       | 2026-12-31 12:00 | 2025-04-01 00:00 | 2025-07-01 00:00
in monday                 | 2026-10-15 12:00 | 2026-10-12 00:00 | 2026-10-13 00:00
in monday                 | 2026-10-12 12:00 | 2026-10-05 00:00 | 2026-10-06 00:00
in thursday               | 2027-01-01 12:00 | 2026-12-31 00:00 | 2027-01-01 00:00
in easter                 | 2026-04-02 00:00 | 2025-04-17 00:00 | 2025-04-22 00:00
in easter                 | 2026-04-02 09:00 | 2026-04-02 00:00 | 2026-04-07 00:00
in last easter            | 2026-04-04 09:00 | 2025-04-17 00:00 | 2025-04-22 00:00
in last easter            | 2026-04-07 00:01 | 2026-04-02 00:00 | 2026-04-07 00:00
in easter previous year   | 2026-10-15 12:00 | 2025-04-17 00:00 | 2025-04-22 00:00
in summer                 | 2026-05-31 12:00 | 2025-06-01 00:00 | 2025-09-01 00:00
in summer                 | 2026-06-01 12:00 | 2026-06-01 00:00 | 2026-09-01 00:00
in winter                 | 2026-01-15 12:00 | 2025-12-01 00:00 | 2026-03-01 00:00
in winter 2023            | 2026-01-15 12:00 | 2023-12-01 00:00 | 2024-03-01 00:00
in new_year               | 2025-12-31 12:00 | 2025-12-31 00:00 | 2026-01-02 00:00
in new_year               | 2026-12-30 12:00 | 2025-12-31 00:00 | 2026-01-02 00:00
in midsummer of SE        | 2026-10-15 12:00 | 2026-06-19 00:00 | 2026-06-21 00:00
in midsummer of DK 2025   | 2026-10-15 12:00 | 2025-06-23 00:00 | 2025-06-25 00:00
in black_week             | 2026-10-15 12:00 | 2025-11-24 00:00 | 2025-12-01 00:00
in from march             | 2026-02-10 12:00 | 2025-03-01 00:00 | …
in after easter           | 2026-10-15 12:00 | 2026-04-07 00:00 | …
in before easter          | 2026-10-15 12:00 | …                | 2026-04-02 00:00
in to june                | 2026-10-15 12:00 | …                | 2026-07-01 00:00
in from march to may      | 2026-04-10 12:00 | 2026-03-01 00:00 | 2026-06-01 00:00
in from november to february | 2026-10-15 12:00 | 2025-11-01 00:00 | 2026-03-01 00:00
in from april 3 to april 15 | 2026-04-02 12:00 | 2025-04-03 00:00 | 2025-04-16 00:00
in from november to 2025-02-10 | 2026-10-15 12:00 | 2024-11-01 00:00 | 2025-02-11 00:00
in from 2025-11-10 to february | 2026-10-15 12:00 | 2025-11-10 00:00 | 2026-03-01 00:00
in after midsummer of SE before august | 2026-10-15 12:00 | 2026-06-21 00:00 | 2026-08-01 00:00
in from monday to wednesday | 2026-10-15 12:00 | 2026-10-12 00:00 | 2026-10-15 00:00
in after march before march | 2026-10-15 12:00 | 2026-04-01 00:00 | 2026-04-01 00:00
> 30 days ago             | 2026-03-31 12:00 | …                | 2026-03-01 00:00
>= 30 days ago            | 2026-03-31 12:00 | …                | 2026-03-02 00:00
< 30 days ago             | 2026-03-31 12:00 | 2026-03-02 00:00 | 2026-03-31 12:00
<= 30 days ago            | 2026-03-31 12:00 | 2026-03-01 00:00 | 2026-03-31 12:00
= 30 days ago             | 2026-03-31 12:00 | 2026-03-01 00:00 | 2026-03-02 00:00
= 0 days ago              | 2026-03-31 12:00 | 2026-03-31 00:00 | 2026-03-31 12:00
between 60 and 180 days ago | 2026-03-31 12:00 | 2025-10-02 00:00 | 2026-01-31 00:00
between 0 and 1 days ago  | 2026-03-31 12:00 | 2026-03-30 00:00 | 2026-03-31 12:00
> 1 month ago             | 2026-03-31 12:00 | …                | 2026-02-28 00:00
> 1 year ago              | 2024-02-29 12:00 | …                | 2023-02-28 00:00
< 3 hours ago             | 2026-03-31 12:00 | 2026-03-31 09:00:00.000001 | 2026-03-31 12:00
<= 3 hours ago            | 2026-03-31 12:00 | 2026-03-31 09:00 | 2026-03-31 12:00
> 3 hours ago             | 2026-03-31 12:00 | …                | 2026-03-31 09:00
<= 30 days ahead          | 2026-03-31 12:00 | 2026-03-31 00:00 | 2026-05-01 00:00
< 30 days ahead           | 2026-03-31 12:00 | 2026-03-31 00:00 | 2026-04-30 00:00
= 30 days ahead           | 2026-03-31 12:00 | 2026-04-30 00:00 | 2026-05-01 00:00
> 30 days ahead           | 2026-03-31 12:00 | 2026-05-01 00:00 | …
>= 30 days ahead          | 2026-03-31 12:00 | 2026-04-30 00:00 | …
between 1 and 2 weeks ahead | 2026-12-24 12:00 | 2026-12-31 00:00 | 2027-01-08 00:00
<= 1 month ahead          | 2026-01-31 12:00 | 2026-01-31 00:00 | 2026-03-01 00:00
= 0 days ahead            | 2026-03-31 00:00 | 2026-03-30 00:00 | 2026-03-31 00:00
"""


def row(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def instant(text: str) -> datetime | None:
    return None if text == OPEN else datetime.fromisoformat(text)


@pytest.mark.parametrize("line", TABLE.strip().splitlines())
def test_a_window_has_the_instants_written_here(line: str) -> None:
    window, as_of, start, end = row(line)
    condition = from_text(f"seen {window}")
    assert isinstance(condition, DateField)
    found = stretches(condition.window, datetime.fromisoformat(as_of))
    assert found == (Bounds(instant(start), instant(end)),)


def test_the_as_of_day_is_the_day_of_the_last_known_moment() -> None:
    assert as_of_day(datetime(2026, 3, 1)) == date(2026, 2, 28)
    assert as_of_day(datetime(2026, 3, 1, 0, 0, 1)) == date(2026, 3, 1)


def test_days_stand_for_their_midnight() -> None:
    assert Bounds(datetime(2026, 3, 1, 8), datetime(2026, 3, 2, 8)).days == (
        date(2026, 3, 2),
        date(2026, 3, 3),
    )
    assert Bounds().days == (None, None)


def test_steps_beyond_the_calendar_end_at_its_ends() -> None:
    assert shift(date(2026, 1, 1), Unit.YEAR, -5000) == date.min
    assert shift(date(2026, 1, 1), Unit.DAY, 10**12) == date.max


def test_windows_beyond_the_calendar_are_no_error() -> None:
    as_of = datetime(2026, 3, 31, 12)
    assert bounds(Rolling(10**9, Unit.HOUR), as_of).start == datetime.min
    assert bounds(Ago(Comparison(Operator.GT, (10**9,)), Unit.MONTH), as_of).end == datetime.min
    assert bounds(Calendar(Unit.YEAR, 10**9), as_of).start == datetime.combine(
        date.max, datetime.min.time()
    )


@pytest.mark.parametrize(
    "window",
    [Period(), Period(2025, week=53), Period(2025, half=1, month=2), Period(0)],
    ids=str,
)
def test_a_period_that_does_not_exist_is_a_bug_of_the_caller(window: Period) -> None:
    with pytest.raises(Broken):
        bounds(window, datetime(2026, 1, 1))


AS_OFS = st.datetimes(datetime(2023, 1, 1), datetime(2027, 1, 1))


@given(windows(), AS_OFS)
def test_a_window_never_ends_before_it_starts_but_where_it_is_to_come(
    window: Window, as_of: datetime
) -> None:
    for found in stretches(window, as_of):
        if found.start is not None and found.end is not None and found.start < as_of:
            assert found.start <= found.end


@given(AS_OFS, st.sampled_from([unit for unit in Unit if unit is not Unit.HOUR]), st.integers(1, 9))
def test_a_rolling_window_holds_the_as_of_day_whole(
    as_of: datetime, unit: Unit, count: int
) -> None:
    found = bounds(Rolling(count, unit), as_of)
    assert found.holds(as_of - timedelta(microseconds=1))
    assert not found.holds(as_of)
    assert found.holds(datetime.combine(as_of_day(as_of), datetime.min.time()))


@given(AS_OFS, st.integers(0, 400), st.sampled_from([Unit.DAY, Unit.WEEK, Unit.MONTH]))
def test_nearer_at_and_farther_share_out_the_past(as_of: datetime, count: int, unit: Unit) -> None:
    before, at, after = (
        bounds(Ago(Comparison(operator, (count,)), unit), as_of)
        for operator in (Operator.GT, Operator.EQ, Operator.LT)
    )
    assert before.end == at.start
    assert at.end == min(after.start or as_of, as_of)
