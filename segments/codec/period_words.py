"""Named parts of the calendar as words of the canonical text, both ways.

`2026`, `2026-Q2`, `march`, `april 3`, `monday`, `easter`, `easter 2026`, `mothers_day of SE`, with
`last` before or `this year` after. Start at `period_text` and `period_of`.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lark import Token

from segments.codec.tokens import integer_of, refuse
from segments.definition import Period, Turn
from segments.errors import Broken
from segments.feasts import FEASTS

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MOST = {"half": 2, "quarter": 4, "month": 12, "week": 53, "day": 31, "weekday": 7}
YEARS = {Turn.THIS_YEAR: "this year", Turn.LAST_YEAR: "previous year"}


def period_text(period: Period) -> str:
    """A period as it stands after "in". Raises Broken for one that no text can say."""
    bare = replace(period, turn=Turn.LATEST)
    if period.turn is Turn.LATEST:
        return _part(bare)
    if period.turn is Turn.OVER:
        return f"last {_part(bare)}"
    return f"{_part(bare)} {YEARS[period.turn]}"


def _part(period: Period) -> str:
    year = "" if period.year is None else f"{period.year:04d}"
    match period:
        case Period(_, None, None, None, None) if period == Period(period.year) and year:
            return year
        case Period(half=int(n)) if period == Period(period.year, half=n):
            part = f"H{n}"
        case Period(quarter=int(n)) if period == Period(period.year, quarter=n):
            part = f"Q{n}"
        case Period(week=int(n)) if period == Period(period.year, week=n):
            part = f"W{n:02d}" if year else f"W{n}"
        case Period(month=int(n)) if period == Period(period.year, month=n) and 1 <= n <= 12:
            part = f"{n:02d}" if year else MONTHS[n - 1]
        case Period(month=int(n), day=int(day)) if period == Period(month=n, day=day):
            return f"{MONTHS[n - 1]} {day}"
        case Period(weekday=int(n)) if period == Period(weekday=n):
            return WEEKDAYS[n - 1]
        case Period(named=str(name), country=country) if kept(name, country):
            return " ".join(filter(None, (name, f"of {country}" if country else "", year)))
        case _:
            message = f"no text for the period {period}"
            raise Broken(message)
    return f"{year}-{part}" if year else part


def period_of(token: Token) -> Period:
    """The period of a token: a month, or a numbered one with or without a year."""
    if token in MONTHS:
        return Period(month=MONTHS.index(token) + 1)
    year, _, part = token.rpartition("-")
    name = {"H": "half", "Q": "quarter", "W": "week"}.get(part[0], "month")
    number = int(part.lstrip("HQW"))
    if number > MOST[name] or number < 1:
        refuse(token, "PERIOD")
    return period_from({"year": integer_of(Token("NUMBER", year)) if year else None, name: number})


def period_from(parts: Mapping[str, Any]) -> Period:
    """The period of these parts, by the names of its fields."""
    return Period(**parts)


def day_of(token: Token, number: Token) -> Period:
    """The day of a month."""
    day = integer_of(number)
    if token not in MONTHS or not 1 <= day <= MOST["day"]:
        refuse(number, "NUMBER")
    return Period(month=MONTHS.index(token) + 1, day=day)


def named_of(word: Token, country: Token | None = None, year: Token | None = None) -> Period:
    """A weekday, season or feast."""
    if word in WEEKDAYS:
        if country is not None or year is not None:
            refuse(word, "PERIOD")
        return Period(weekday=WEEKDAYS.index(word) + 1)
    if not kept(word, country):
        refuse(word, *FEASTS)
    number = None if year is None else integer_of(year)
    return Period(number, named=str(word), country=None if country is None else str(country))


def kept(name: str, country: str | None) -> bool:
    """Whether there is a season or feast of the name, with or without a country."""
    return country in FEASTS.get(name, {})


def turned(period: Period, turn: Turn, unit: Token) -> Period:
    """The period of this year or the one before."""
    if unit.removesuffix("s") != "year":
        refuse(unit, "year")
    return replace(period, turn=turn)
