"""The shop's calendar: its first second, its last, Black Week and seasons.

Times are whole seconds since 1970 in the shop's own wall clock (Europe/Stockholm,
kept without a zone); days are whole days since 1970.
"""

from datetime import date, datetime, timedelta
from random import Random

DAY = 86_400
_EPOCH = date(1970, 1, 1)


def day_number(day: date) -> int:
    """Days since 1970."""
    return (day - _EPOCH).days


def seconds(moment: datetime) -> int:
    """Seconds since 1970 of a wall-clock moment."""
    return int((moment - datetime(1970, 1, 1)).total_seconds())


FIRST_DAY = day_number(date(2023, 10, 16))
LAST_DAY = day_number(date(2026, 10, 15))
OPENING = FIRST_DAY * DAY + 7 * 3600
CLOSING = seconds(datetime(2026, 10, 15, 21, 58, 0))

# Monday of the week that holds Black Friday.
BLACK_WEEKS = tuple(
    day_number(day) for day in (date(2023, 11, 20), date(2024, 11, 25), date(2025, 11, 24))
)

# How briskly the whole shop sells, January first.
_MONTH_PACE = (1.0, 0.9, 1.0, 1.0, 1.02, 0.95, 0.78, 0.95, 1.02, 1.0, 1.15, 1.2)

_HOURS = {
    "morning": (6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 14, 18),
    "lunch": (10, 11, 11, 12, 12, 13, 13, 14, 15, 16, 18, 20),
    "evening": (13, 15, 16, 17, 18, 19, 19, 20, 20, 21, 21, 22),
    "night": (19, 21, 21, 21, 22, 22, 22, 22, 23, 23, 0, 1),
    "store": (10, 10, 11, 11, 12, 12, 13, 14, 15, 16, 17, 18),
}
HABITS = ("morning", "lunch", "evening", "night")


def as_date(day: int) -> date:
    """The calendar day of a day number."""
    return _EPOCH + timedelta(days=day)


def month(moment: int) -> int:
    """The month, 1 to 12, of a moment."""
    return as_date(moment // DAY).month


def pace(moment: int) -> float:
    """How briskly the shop sells in the month of a moment; 1.0 is usual."""
    return _MONTH_PACE[month(moment) - 1]


def black_week(moment: int) -> bool:
    """Whether a moment lies in a Black Week, Monday to Sunday."""
    day = moment // DAY
    return any(monday <= day < monday + 7 for monday in BLACK_WEEKS)


def weekday(day: int) -> int:
    """Monday is 0."""
    return (day + 3) % 7


def moment_of(day: int, habit: str, draw: Random) -> int:
    """A moment on a day at an hour that suits the habit.

    The small hours of a night habit belong to the night after the day.
    """
    hour = draw.choice(_HOURS[habit])
    if hour < 5:
        day += 1
    if habit == "store":
        return day * DAY + hour * 3600 + draw.randrange(3600)
    return day * DAY + hour * 3600 + round(draw.triangular(-2400, 6000, 1800))


def leaning(day: int, weekend: float, draw: Random) -> int:
    """The day, moved to the coming Saturday or Sunday for those who lean to weekends."""
    if weekday(day) < 5 and draw.random() < weekend:
        return day + 5 - weekday(day) + draw.randrange(2)
    return day


def birthday_in(year: int, born: date) -> int:
    """The day number of a birthday; 29 February is kept on the 28th."""
    if (born.month, born.day) == (2, 29):
        return day_number(date(year, 2, 28))
    return day_number(date(year, born.month, born.day))
