"""The days of seasons and feasts, against days looked up in printed calendars."""

from datetime import date

import pytest

from assistant.languages.files import languages, look_up
from segments.feasts import FEASTS, country_of, feast_days

# name, country, first day, last day
TABLE = """
easter         |    | 2024-03-28 | 2024-04-01
easter         |    | 2025-04-17 | 2025-04-21
easter         |    | 2026-04-02 | 2026-04-06
maundy_thursday |   | 2025-04-17 | 2025-04-17
good_friday    |    | 2025-04-18 | 2025-04-18
easter_eve     |    | 2025-04-19 | 2025-04-19
easter_day     |    | 2025-04-20 | 2025-04-20
easter_monday  |    | 2025-04-21 | 2025-04-21
ascension_day  |    | 2025-05-29 | 2025-05-29
ascension_day  |    | 2026-05-14 | 2026-05-14
whitsun        |    | 2025-06-08 | 2025-06-09
midsummer      | SE | 2023-06-23 | 2023-06-24
midsummer      | SE | 2024-06-21 | 2024-06-22
midsummer_eve  | SE | 2025-06-20 | 2025-06-20
midsummer_eve  | SE | 2026-06-19 | 2026-06-19
midsummer_eve  | DK | 2026-06-23 | 2026-06-23
midsummer_eve  | NO | 2026-06-23 | 2026-06-23
saint_johns_eve |   | 2026-06-23 | 2026-06-23
constitution_day | DK | 2026-06-05 | 2026-06-05
constitution_day | NO | 2026-05-17 | 2026-05-17
christmas      |    | 2025-12-24 | 2025-12-26
new_year       |    | 2025-12-31 | 2026-01-01
between_holidays |    | 2025-12-27 | 2025-12-30
first_advent   |    | 2022-11-27 | 2022-11-27
first_advent   |    | 2023-12-03 | 2023-12-03
first_advent   |    | 2025-11-30 | 2025-11-30
lucia          |    | 2025-12-13 | 2025-12-13
black_friday   |    | 2024-11-29 | 2024-11-29
black_friday   |    | 2025-11-28 | 2025-11-28
black_week     |    | 2025-11-24 | 2025-11-30
cyber_monday   |    | 2024-12-02 | 2024-12-02
cyber_monday   |    | 2025-12-01 | 2025-12-01
mothers_day    | SE | 2024-05-26 | 2024-05-26
mothers_day    | SE | 2026-05-31 | 2026-05-31
mothers_day    | DK | 2025-05-11 | 2025-05-11
mothers_day    | NO | 2026-02-08 | 2026-02-08
mothers_day    | GB | 2025-03-30 | 2025-03-30
fathers_day    | SE | 2024-11-10 | 2024-11-10
fathers_day    | NO | 2025-11-09 | 2025-11-09
fathers_day    | DK | 2025-06-05 | 2025-06-05
fathers_day    | GB | 2025-06-15 | 2025-06-15
national_day   | NO | 2026-05-17 | 2026-05-17
national_day   | SE | 2026-06-06 | 2026-06-06
winter         |    | 2023-12-01 | 2024-02-29
winter         |    | 2024-12-01 | 2025-02-28
spring         |    | 2026-03-01 | 2026-05-31
autumn         |    | 2026-09-01 | 2026-11-30
"""


@pytest.mark.parametrize("line", TABLE.strip().splitlines())
def test_a_feast_has_the_days_written_here(line: str) -> None:
    name, country, first, last = (cell.strip() for cell in line.split("|"))
    days = date.fromisoformat(first), date.fromisoformat(last)
    year = days[1].year if name == "new_year" else days[0].year
    assert feast_days(name, country or None, year) == days


def test_a_feast_nobody_keeps_has_no_days() -> None:
    assert feast_days("midsummer", None, 2026) is None
    assert feast_days("easter", "SE", 2026) is None
    assert feast_days("fools", None, 2026) is None
    assert feast_days("new_year", None, 1) is None


def test_the_shop_s_country_comes_before_the_language_s() -> None:
    assert country_of("mothers_day", ("SE", "GB")) == "SE"
    assert country_of("mothers_day", ("", "GB")) == "GB"
    assert country_of("easter", ("SE", "GB")) is None


@pytest.mark.parametrize("language", languages())
def test_every_feast_has_words(language: str) -> None:
    assert set(look_up(language, "say", "window", "feasts")) == set(FEASTS)
