"""Week 53, which 2020 and 2026 have and 2025 has not, whichever way it got its year."""

from datetime import date

import pytest

from assistant.grammar.reader import Reader
from assistant.grammar.reading import Status
from segments.codec import to_text
from segments.definition import Period
from segments.periods import exists, period_days

IN_2026 = "count(purchase in 2026-W53) >= 1"
OVER_NEW_YEAR = "count(purchase in from 2020-12-28 to 2021-01-17) >= 1"


@pytest.mark.parametrize("year", range(1990, 2050))
def test_a_year_has_a_week_53_where_its_28th_of_december_is_in_none_before(year: int) -> None:
    following = date(year, 12, 28).isocalendar().week + 1
    assert exists(Period(year, week=53)) == (following == 54)
    assert not exists(Period(year, week=0))
    assert not exists(Period(year, week=54))


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("ordered in week 53 2026", IN_2026),
        ("handlat vecka 53 2026", IN_2026),
        ("handlet i uge 53 2026", IN_2026),
        ("handlet i uke 53 2026", IN_2026),
        ("ordered from week 53 to week 2 2021", OVER_NEW_YEAR),
        ("handlat från vecka 53 till vecka 2 2021", OVER_NEW_YEAR),
        ("handlet fra uge 53 til uge 2 2021", OVER_NEW_YEAR),
        ("handlet fra uke 53 til uke 2 2021", OVER_NEW_YEAR),
    ],
)
def test_a_week_that_the_year_has_is_read(text: str, means: str, reader: Reader) -> None:
    definition = reader.read(text).definition
    assert definition is not None
    assert to_text(definition) == means


@pytest.mark.parametrize(
    "text",
    [
        "ordered in week 53 2025",
        "handlat mellan vecka 50 och vecka 53 2025",
        "handlet siden uge 53 2025",
        "handlet de første 3 dagene av uke 53 2025",
        "ordered from week 53 to week 2 2025",
    ],
)
def test_a_week_that_the_year_has_not_is_not_understood(text: str, reader: Reader) -> None:
    reading = reader.read(text)
    assert reading.status is Status.UNREAD
    assert reading.reasons


@pytest.mark.parametrize("period", [Period(week=0), Period(month=2, day=30), Period(month=13)])
def test_what_no_year_has_does_not_exist(period: Period) -> None:
    assert not exists(period)


def test_the_latest_29_february_is_found_across_a_year_without() -> None:
    leap_day = Period(month=2, day=29)
    assert period_days(leap_day, date(1904, 2, 28)) == (date(1896, 2, 29), date(1896, 3, 1))
    assert period_days(leap_day, date(1904, 2, 29)) == (date(1904, 2, 29), date(1904, 3, 1))
