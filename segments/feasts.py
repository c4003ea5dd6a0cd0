"""Seasons and feasts by name: in a name, a country and a year, out the days of it.

The days follow each country's habit; where they do not differ there is no country. Easter comes
from dateutil. Knows no window and no clock. Start at `feast_days`.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from dateutil.easter import easter

Days = tuple[date, date]  # the first day and the last
Rule = Callable[[int], Days]

SUNDAY = 6
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


def feast_days(name: str, country: str | None, year: int) -> Days | None:
    """First and last day of a season or feast in a year; None when there is none of the name in
    the country. A winter is of the year it begins in, a New Year of the year that begins."""
    rule = FEASTS.get(name, {}).get(country)
    try:
        return None if rule is None else rule(year)
    except (OverflowError, ValueError):  # a year beyond the calendar
        return None


def country_of(name: str, countries: tuple[str, ...]) -> str | None:
    """The first of the countries that keeps the feast by days of its own; None where the days are
    the same everywhere."""
    return next((country for country in countries if country in FEASTS.get(name, {})), None)


def _season(first: int) -> Rule:
    def rule(year: int) -> Days:
        following = date(year + (first + 3 > 12), (first + 2) % 12 + 1, 1)
        return date(year, first, 1), following - timedelta(days=1)

    return rule


def _fixed(month: int, day: int, length: int = 1) -> Rule:
    return lambda year: _days(date(year, month, day), length)


def _easter(offset: int, length: int = 1) -> Rule:
    return lambda year: _days(easter(year) + timedelta(days=offset), length)


def _new_year(year: int) -> Days:
    return date(year - 1, 12, 31), date(year, 1, 1)


def _nth(month: int, weekday: int, count: int) -> Rule:
    """The weekday that is the so-many-th of a month; −1 is its last."""

    def rule(year: int) -> Days:
        if count < 0:
            following = date(year + month // 12, month % 12 + 1, 1)
            return _days(_from(following - timedelta(days=7), weekday))
        return _days(_from(date(year, month, 1), weekday) + timedelta(days=7 * (count - 1)))

    return rule


def _midsummer(offset: int, length: int = 1) -> Rule:
    """From the Friday between 19 and 25 June."""
    return lambda year: _days(_from(date(year, 6, 19), 4) + timedelta(days=offset), length)


def _black_friday(offset: int, length: int = 1) -> Rule:
    """From the day after the fourth Thursday of November."""
    return lambda year: _days(_from(date(year, 11, 22), 3) + timedelta(days=1 + offset), length)


def _advent(year: int) -> Days:
    return _days(_from(date(year, 11, 27), SUNDAY))


def _days(first: date, length: int = 1) -> Days:
    return first, first + timedelta(days=length - 1)


def _from(day: date, weekday: int) -> date:
    """The first such weekday on the day or after it (0 is Monday)."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _everywhere(rule: Rule) -> Mapping[str | None, Rule]:
    return {None: rule}


FEASTS: Mapping[str, Mapping[str | None, Rule]] = {
    **{name: _everywhere(_season(month)) for name, month in SEASONS.items()},
    "easter": _everywhere(_easter(-3, 5)),  # Maundy Thursday to Easter Monday
    "maundy_thursday": _everywhere(_easter(-3)),
    "good_friday": _everywhere(_easter(-2)),
    "easter_eve": _everywhere(_easter(-1)),
    "easter_day": _everywhere(_easter(0)),
    "easter_monday": _everywhere(_easter(1)),
    "ascension_day": _everywhere(_easter(39)),
    "whitsun": _everywhere(_easter(49, 2)),
    "midsummer": {
        "SE": _midsummer(0, 2),
        "FI": _midsummer(0, 2),
        "DK": _fixed(6, 23, 2),
        "NO": _fixed(6, 23, 2),
        "GB": _fixed(6, 24),
    },
    "midsummer_eve": {
        "SE": _midsummer(0),
        "FI": _midsummer(0),
        "DK": _fixed(6, 23),
        "NO": _fixed(6, 23),
        "GB": _fixed(6, 23),
    },
    "saint_johns_eve": _everywhere(_fixed(6, 23)),
    "christmas": _everywhere(_fixed(12, 24, 3)),
    "christmas_eve": _everywhere(_fixed(12, 24)),
    "christmas_day": _everywhere(_fixed(12, 25)),
    "boxing_day": _everywhere(_fixed(12, 26)),
    "between_holidays": _everywhere(_fixed(12, 27, 4)),  # from Christmas to New Year's Eve
    "new_year": _everywhere(_new_year),
    "new_years_eve": _everywhere(_fixed(12, 31)),
    "new_years_day": _everywhere(_fixed(1, 1)),
    "first_advent": _everywhere(_advent),
    "lucia": _everywhere(_fixed(12, 13)),
    "walpurgis": _everywhere(_fixed(4, 30)),
    "valentines_day": _everywhere(_fixed(2, 14)),
    "halloween": _everywhere(_fixed(10, 31)),
    "singles_day": _everywhere(_fixed(11, 11)),
    "black_friday": _everywhere(_black_friday(0)),
    "black_week": _everywhere(_black_friday(-4, 7)),
    "cyber_monday": _everywhere(_black_friday(3)),
    "mothers_day": {
        "SE": _nth(5, SUNDAY, -1),
        "DK": _nth(5, SUNDAY, 2),
        "FI": _nth(5, SUNDAY, 2),
        "US": _nth(5, SUNDAY, 2),
        "NO": _nth(2, SUNDAY, 2),
        "GB": _easter(-21),
    },
    "fathers_day": {
        "SE": _nth(11, SUNDAY, 2),
        "FI": _nth(11, SUNDAY, 2),
        "NO": _nth(11, SUNDAY, 2),
        "DK": _fixed(6, 5),
        "GB": _nth(6, SUNDAY, 3),
        "US": _nth(6, SUNDAY, 3),
    },
    "national_day": {
        "SE": _fixed(6, 6),
        "NO": _fixed(5, 17),
        "DK": _fixed(6, 5),
        "FI": _fixed(12, 6),
    },
    "constitution_day": {"NO": _fixed(5, 17), "DK": _fixed(6, 5)},
}
