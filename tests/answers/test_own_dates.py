"""What an answer states of windows around a date of each member's own."""

import pytest

from assistant.answers.own_dates import how_counted, still_running
from segments.codec import from_text, to_text


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("count(purchase in last 9 days) >= 1", ()),
        ("count(purchase in 9 days after joined) >= 1", ("near_after",)),
        ("count(purchase in 9 days before joined) >= 1", ("near_before",)),
        ("count(purchase in 9 hours after joined) >= 1", ()),
        ("count(purchase in after joined) >= 1", ()),
        ("count(purchase in month of anniversary(born)) >= 1", ("near_yearly",)),
        ("sum(purchase.amount in after first(purchase)) > 5", ("near_event",)),
        (
            "first(purchase) in 9 days after joined and count(visit in 2 days before joined) < 2",
            ("near_after", "near_before"),
        ),
    ],
)
def test_how_days_count_is_told_once(text: str, codes: tuple[str, ...]) -> None:
    assert how_counted(from_text(text)) == codes


@pytest.mark.parametrize(
    ("text", "running"),
    [
        ("count(purchase in 9 days after joined) >= 1", ()),
        ("not count(purchase in 9 days after joined) >= 1", ("joined in last 9 days",)),
        ("count(purchase in 2 months after joined) < 3", ("joined in last 2 months",)),
        ("not count(purchase in 9 days before joined) >= 1", ()),
        ("not count(purchase in after joined) >= 1", ()),
        (
            "not count(purchase in 9 days after first(visit)) >= 2",
            ("first(visit) < 9 days ago",),
        ),
        ('not (city = "Oslo" and not count(visit in 9 days after joined) >= 1)', ()),
    ],
)
def test_whose_time_is_not_over_is_told_where_nothing_was_done(
    text: str, running: tuple[str, ...]
) -> None:
    assert tuple(map(to_text, still_running(from_text(text)))) == running
