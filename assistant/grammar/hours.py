"""Phrases for hours of the day -> `Weekdays` with hours, or what cannot be said of them.

A key of the section `hours` is a word ("between", "after", "before", "at", "either"), whose times
the phrase gives, or the hours that a part of the day has: "18-24", "22-5". Before a colon stands
which day: "today", "yesterday", "weekend", "workday", or "day" for the one that is named. Start at
`hourly`.
"""

from collections.abc import Iterable, Iterator

from assistant.grammar.phrasebook import WEEKDAY_FORMS
from assistant.grammar.pieces import Beyond, Payload, Sort, Weekdays
from segments.definition import Calendar, Period, Unit

DAY, HALF_DAY, HOUR_LONG = 1440, 720, 60  # minutes
_SOME_DAYS = {"weekend": (6, 7), "workday": (1, 2, 3, 4, 5)}
_THAT_DAY = {"today": Calendar(Unit.DAY, 0), "yesterday": Calendar(Unit.DAY, -1)}
_DAYS = frozenset({*WEEKDAY_FORMS, "manydays"})


def hourly(key: str, captures: tuple[tuple[str, object], ...]) -> Iterator[tuple[Sort, Payload]]:
    """The hours that a phrase says; only whole ones can be asked for."""
    day, _, said = key.rpartition(":")
    low, _, high = said.partition("-")
    named = next((payload for name, payload in captures if name in _DAYS), ())
    days = named if isinstance(named, tuple) else (named,)
    days = _SOME_DAYS.get(day, days)
    if high:
        hours = between(int(low), int(high))
        week = _THAT_DAY.get(day)
        yield Sort.WEEKDAYS, Weekdays(days, week=week, hours=hours, vague=True)
        if day == "day":  # "on Friday evening": each, or the last one?
            last = Period(weekday=days[0])
            yield Sort.WEEKDAYS, Weekdays((), week=last, hours=hours, vague=True)
        return
    times = [each for name, each in captures if name in ("hm", "clock") and isinstance(each, int)]
    for start, end in _ends(said, times, bare=bool(captures) and captures[0][0] == "hm"):
        if start % HOUR_LONG or end % HOUR_LONG:
            yield Sort.BEYOND, Beyond("minutes")
        elif start % DAY != end % DAY:
            hours = between(start // HOUR_LONG, end // HOUR_LONG)
            yield Sort.WEEKDAYS, Weekdays(days, hours=hours, vague=said in ("at", "either"))


def _ends(said: str, times: list[int], *, bare: bool) -> Iterator[tuple[int, int]]:
    """From which minute to before which; "between 8 and 10 pm" begins in the same half."""
    first, last = times[0], times[-1]
    match said:
        case "between":
            later = first + HALF_DAY
            yield later if bare and last >= HALF_DAY and later < last else first, last
        case "after":
            yield first, DAY
        case "before":
            yield 0, first
        case "either":  # "at 8 o'clock": in the morning or in the evening?
            yield from ((each, each + HOUR_LONG) for each in _halves(first))
        case _:
            yield first, first + HOUR_LONG


def _halves(start: int) -> tuple[int, ...]:
    """A time on a clock of twelve hours, in either half of the day."""
    return (start, (start + HALF_DAY) % DAY) if start <= HALF_DAY else (start,)


def between(start: int, end: int) -> tuple[int, ...]:
    """The hours from one until another, past midnight where that is earlier."""
    hours = range(start, end if start < end else end + 24)
    return tuple(sorted(hour % 24 for hour in hours))


def spans(hours: Iterable[int]) -> list[tuple[int, int]]:
    """The hours as spans from one until another, the one past midnight whole and last: 22, 23, 0
    and 1 are (22, 2)."""
    found: list[tuple[int, int]] = []
    for hour in sorted(hours):
        if found and found[-1][1] == hour:
            found[-1] = (found[-1][0], hour + 1)
        else:
            found.append((hour, hour + 1))
    if len(found) > 1 and found[0][0] == 0 and found[-1][1] == 24:
        found = [*found[1:-1], (found[-1][0], found[0][1])]
    return found
