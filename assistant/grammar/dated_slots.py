"""Fills the slots of templates about the calendar: years, days, dates, periods, lists of them.

What is said without a year stays without: which one is meant depends on the day it is asked. A
feast whose days differ is that of the shop's country, else of the language's. Start at
`DatedSlots`; the windows are made in `windowing`.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from assistant.grammar.phrasebook import WEEKDAY_FORMS, Phrasebook
from assistant.grammar.shopbook import Shopbook
from assistant.grammar.slots import Filler, Found, Slots
from assistant.grammar.tokens import Shape, Token
from assistant.grammar.years import in_year, plain_year, year_of
from segments.definition import Period, Span, Turn
from segments.feasts import FEASTS, country_of
from segments.periods import exists

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_NUMERIC = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_SHORT = re.compile(r"(\d{1,2})/(\d{1,2})")
_YEAR, _DAY = re.compile(r"(?:19|20)\d\d"), re.compile(r"\d{1,2}")
_YEARS = re.compile(r"((?:19|20)\d\d)/((?:19|20)?\d\d)")
_RANGES = {"month": 12, "quarter": 4, "half": 2, "week": 53}
_TURNS = {"over": Turn.OVER, "this_year": Turn.THIS_YEAR, "last_year": Turn.LAST_YEAR}
_FINAL = "final_"  # the last quarter of a year
OVER_NEW_YEAR = {"winter": 0, "new_year": 1}  # of a pair of years, which one it is kept under


def _form(form: str) -> Filler:
    """Fills a slot with the weekdays in one of their forms."""
    return lambda self, at: self._names(self.book.weekday_forms[form], at)


class DatedSlots(Slots):
    """The slot fillers of one sentence in one language, those about the calendar too."""

    def __init__(
        self,
        tokens: tuple[Token, ...],
        book: Phrasebook,
        home: str = "",
        shop: Shopbook | None = None,
    ) -> None:
        super().__init__(tokens, book, shop)
        self._countries = (home, book.pack.locale.rpartition("_")[2])

    def names_only(self, at: int, end: int) -> bool:
        """Whether the tokens are the name of a month or feast and nothing else."""
        return any(stop == end for name in ("feast", "month") for stop, _ in self.fill(name, at))

    def _year(self, at: int) -> Found:
        token = self.tokens[at]
        if token.shape is Shape.NUMBER and _YEAR.fullmatch(token.text):
            return [(at + 1, int(token.text))]
        return []

    def _years(self, at: int) -> Found:
        """Two years that follow each other, as in "2025/26": the first."""
        if match := _YEARS.fullmatch(self.tokens[at].text):
            first, second = int(match[1]), int(match[2])
            if second in (first + 1, (first + 1) % 100):
                return [(at + 1, first)]
        return []

    def _day(self, at: int) -> Found:
        token = self.tokens[at]
        found = self._names(self.book.ordinals, at)
        if token.shape is Shape.NUMBER and _DAY.fullmatch(token.text):
            found.append((at + 1, int(token.text)))
            following = self.tokens[at + 1 : at + 2]
            if following and following[0].key == "." and not following[0].spaced:
                found.append((at + 2, int(token.text)))
        return [(end, day) for end, day in found if 1 <= day <= 31]

    # --- dates

    def _date(self, at: int) -> Found:
        found: Found = [(at + 1, day) for day in self._written_dates(self.tokens[at])]
        for end, (_, key), captures in self.walk(self.book.slots["date"], at):
            values = dict(captures)
            month, day = values.get("month"), values.get("day")
            if isinstance(short := values.get("short"), Period):
                month, day = short.month, short.day
            if "year" in values:
                said: date | Period | None = _day_of(values["year"], month, day)
            else:
                said = _day_of_year(month, day, _turn(key)[1])
            if said is not None:
                found.append((end, said))
        return list(dict.fromkeys(found))

    def _written_dates(self, token: Token) -> list[date]:
        if match := _ISO.fullmatch(token.text):
            days = [_day_of(*(int(part) for part in match.groups()))]
        elif match := _NUMERIC.fullmatch(token.text):
            first, second, year = (int(part) for part in match.groups())
            days = [_day_of(year, second, first)]
            if self._month_first(token):
                days.append(_day_of(year, first, second))
        else:
            days = []
        return list(dict.fromkeys(day for day in days if day is not None))

    def _month_first(self, token: Token) -> bool:
        """Whether the month may come first, as Americans write: only with strokes, in English."""
        return self.book.language == "en" and "/" in token.text

    def _short(self, at: int) -> Found:
        """A day and a month as numbers, as in "3/4"."""
        token = self.tokens[at]
        match = _SHORT.fullmatch(token.text)
        if match is None:
            return []
        first, second = int(match[1]), int(match[2])
        pairs = [(second, first), *([(first, second)] if self._month_first(token) else [])]
        days = (_day_of_year(month, day, Turn.LATEST) for month, day in pairs)
        return [(at + 1, day) for day in dict.fromkeys(days) if day is not None]

    # --- periods

    def _period(self, at: int) -> Found:
        found: Found = []
        for end, (_, key), captures in self.walk(self.book.slots["period"], at):
            found += [(end, period) for period in self._periods_of(key, dict(captures))]
        feasts = {end for end, period in found if period.named is not None}
        return [  # a feast before a month whose name is cut short: Christmas is "jul"
            (end, period)
            for end, period in dict.fromkeys(found)
            if period.month is None or end not in feasts
        ]

    def _periods_of(self, key: str, values: dict[str, Any]) -> list[Period]:
        """What a template of the section `period` says; two where its year may be either."""
        unit, turn = _turn(key)
        unit = unit.removesuffix("_years").removesuffix("_year") or unit
        year = values.get("year")
        if "past" in values:
            return [Period(weekday=values["past"])]
        if key == "year":
            return [Period(year)]
        name = unit if unit in FEASTS else values.get("feast")
        if name is not None:
            country = values.get("land", country_of(name, self._countries))
            if country not in FEASTS[name]:
                return []
            said = Period(year, named=name, country=country, turn=turn)
            return _in_years(said, values.get("years"))
        number = values.get("month") or values.get("number") or values.get("ordinal")
        if unit.startswith(_FINAL):
            unit = unit.removeprefix(_FINAL)
            number = _RANGES.get(unit)
        if unit not in _RANGES or number is None or not 1 <= number <= _RANGES[unit]:
            return []
        said = replace(Period(year, turn=turn), **{unit: number})
        return [said] if exists(said) else []  # not every year has a week 53

    def _periods(self, at: int) -> Found:
        """Two or more periods or days in a list that ends in "or": all of them, each with the year
        that was said once for all of them."""
        found: Found = []
        waiting: list[tuple[int, tuple[Any, ...]]] = [
            (end, (each,)) for end, each in self._listable(at)
        ]
        while waiting:
            stop, said = waiting.pop()
            for after, last, bare in self._joint(stop):
                following = [
                    (end, one)
                    for end, each in self._listable(after)
                    for one in _again_in(said[-1], each, bare=bare)
                ]
                for end, each in following:
                    longer = (*said, each)
                    if not last:
                        waiting.append((end, longer))
                    elif listed := _with_years(longer):
                        found.append((end, listed))
        return list(dict.fromkeys(found))

    def _listable(self, at: int) -> Found:
        return [*self.fill("period", at), *self.fill("date", at)] if at < len(self.tokens) else []

    def _joint(self, at: int) -> list[tuple[int, bool, bool]]:
        """Past a comma, or past "or" before the last; a preposition may be said again, else it is
        bare."""
        comma = at < len(self.tokens) and self.tokens[at].key == ","
        starts = [(at + 1, False)] if comma else []
        for begin in [at, *([at + 1] if comma else [])]:
            starts += [
                (end, True) for end, key in self._names(self.book.joining, begin) if key == "or"
            ]
        again = [
            (end, last, False)
            for start, last in starts
            for end, _ in self._names(self.book.at_time, start)
        ]
        return [*((start, last, True) for start, last in starts), *again]

    def _many_days(self, at: int) -> Found:
        """Weekdays in the plural, one or a list: "Fridays and Saturdays"."""
        many = self.book.weekday_forms["many"]
        found: Found = []
        waiting: list[tuple[int, tuple[int, ...]]] = [
            (end, (day,)) for end, day in self._names(many, at)
        ]
        while waiting:
            stop, days = waiting.pop()
            found.append((stop, days))
            comma = stop < len(self.tokens) and self.tokens[stop].key == ","
            starts = (
                [stop + 1] if comma else [end for end, _ in self._names(self.book.joining, stop)]
            )
            waiting += [
                (end, (*days, day)) for start in starts for end, day in self._names(many, start)
            ]
        return found

    fillers: ClassVar[Mapping[str, Filler]] = {
        **Slots.fillers,
        "year": _year,
        "years": _years,
        "month": lambda self, at: self._names(self.book.months, at),
        "weekday": lambda self, at: self._names(self.book.weekdays, at),
        "land": lambda self, at: self._names(self.book.lands, at),
        "feast": lambda self, at: self._names(self.book.feasts, at),
        "manydays": _many_days,
        "day": _day,
        "date": _date,
        "short": _short,
        "period": _period,
        "periods": _periods,
        **{form: _form(form) for form in WEEKDAY_FORMS},
    }


def _turn(key: str) -> tuple[str, Turn]:
    """The key of a template without the turn it says, and the turn."""
    for ending, turn in _TURNS.items():
        if key.endswith(f"_{ending}"):
            return key.removesuffix(f"_{ending}"), turn
    return key, Turn.LATEST


def _in_years(said: Period, first: int | None) -> list[Period]:
    """The feast in its year. One that lies in two years is that of either, unless both were
    said."""
    pair = OVER_NEW_YEAR.get(said.named or "")
    if first is not None:
        return [] if pair is None else [replace(said, year=first + pair)]
    if said.year is None or pair is None:
        return [said]
    return [replace(said, year=said.year - 1 + pair), replace(said, year=said.year + pair)]


def _with_years(listed: tuple[Any, ...]) -> tuple[Any, ...]:
    """The list with the last one's year or turn given to those before that have none; empty when
    one that has a year stands before one that has none."""
    found: list[Any] = []
    following: Any = None
    for each in reversed(listed):
        given = _like(each, following)
        if given is None:
            return ()
        found.insert(0, given)
        following = given
    return tuple(found)


def _again_in(before: Any, each: Any, *, bare: bool) -> list[Any]:  # noqa: ANN401 - as in `_like`
    """As in "July 2024 or 2025": July again, and unless the year is bare perhaps all of it."""
    part = Span(before, before) if isinstance(before, date) else before
    year = plain_year(each)
    if year is None or year_of(part) is None:
        return [each]
    again = in_year(part, year)
    same = [again.start if isinstance(again, Span) else again] if again is not None else []
    return same if bare else [*same, each]


def _like(each: Any, following: Any) -> Any:  # noqa: ANN401 - a date or a period
    """A date or period with the year of the one after it; None where the years do not fit. A whole
    year is none for what stands before it: "in June or in 2024"."""
    own = isinstance(each, date) or each.year is not None or each.turn is not Turn.LATEST
    theirs = isinstance(following, date) or (
        isinstance(following, Period)
        and (following.year is not None or following.turn is not Turn.LATEST)
    )
    if own:
        return each if theirs or following is None else None
    if not theirs or plain_year(following) is not None:
        return each
    if isinstance(following, date):
        return _day_of(following.year, each.month, each.day) if each.day else None
    given = replace(each, year=following.year, turn=following.turn)
    return given if exists(given) else None


def _day_of(year: int | None, month: int | None, day: int | None) -> date | None:
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day_of_year(month: int | None, day: int | None, turn: Turn) -> Period | None:
    """A day of a month in whatever year; in a leap year, to let 29 February be one."""
    if _day_of(2024, month, day) is None:
        return None
    return Period(month=month, day=day, turn=turn)
