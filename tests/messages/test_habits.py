"""What may be said of channels and times, at the edges of what is enough."""

import pytest

from assistant.messages.habits import LEAST_RECORDS, Answered, Habits, interval


def even(n: int) -> dict[tuple[int, int], int]:
    return {(day, hour): n for day in range(1, 8) for hour in range(24)}


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    # by hand from the formula, and as tables of the Wilson interval have them
    [
        (0, 10, 0.0, 0.2775),
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0),
        (50, 100, 0.4038, 0.5962),
    ],
)
def test_the_interval_is_wilsons(hits: int, of: int, low: float, high: float) -> None:
    assert interval(hits, of) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


def test_no_time_is_said_of_too_few_or_of_what_is_even() -> None:
    few = {(7, 20): LEAST_RECORDS - 1}
    assert Habits(50, times=few).best_day() is None
    assert Habits(50, times=few).best_hours() is None
    assert Habits(50, times=even(10)).best_day() is None
    assert Habits(50, times=even(10)).best_hours() is None


def test_a_weekday_and_hours_that_stand_out_are_said_with_their_numbers() -> None:
    times = even(10) | {(7, hour): 40 for hour in (19, 20, 21)}
    habits = Habits(50, times=times)
    day, hours = habits.best_day(), habits.best_hours()
    assert day is not None
    assert hours is not None
    assert (day.start, day.records, day.of) == (7, 330, 1770)
    assert (hours.start, hours.records, hours.of) == (19, 300, 1770)
    assert day.share == pytest.approx(330 / 1770)


def test_mere_dates_tell_no_hours() -> None:
    habits = Habits(50, source="purchase", times={(day, 0): 10 * day for day in range(1, 8)})
    assert habits.records >= LEAST_RECORDS
    assert habits.best_day() is not None
    assert not habits.clocked
    assert habits.best_hours() is None


def test_a_few_more_than_even_may_be_chance() -> None:
    times = even(2) | {(7, 20): 8}
    assert Habits(50, times=times).records >= LEAST_RECORDS
    assert Habits(50, times=times).best_day() is None


@pytest.mark.parametrize(
    ("answered", "best"),
    [
        ([("email", 500, 200), ("sms", 400, 20)], "email"),
        ([("email", 500, 52), ("sms", 400, 40)], None),  # the intervals meet
        ([("email", 500, 200), ("sms", 49, 1)], None),  # too few to compare with
        ([("email", 500, 200)], None),
        ([], None),
    ],
)
def test_a_channel_is_best_only_beyond_chance(
    answered: list[tuple[str, int, int]], best: str | None
) -> None:
    known = tuple(Answered(name, n, None, clicked) for name, n, clicked in answered)
    found = Habits(1000, answered=known).best_channel()
    assert (found and found.channel) == best
