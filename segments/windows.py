"""Symbolic windows become instants: in a `Window` and an as-of instant, out `Bounds`. What
stands around a date of each member (`Near`) has none of its own: see `segments.compile.near`.

Pure calendar arithmetic in the shop's own naive time; knows no SQL and no sentence. The as-of
instant is exclusive: it is the end of what is known. A person's day D arrives as D + 1 at 00:00,
and the as-of day is the day of the last microsecond before the instant. Start at
`stretches`; the days of named periods are `segments.periods`.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NoReturn, assert_never

from dateutil.relativedelta import relativedelta

from segments.definition import (
    Ago,
    Ahead,
    Calendar,
    Fixed,
    Operator,
    Period,
    Rolling,
    Several,
    Span,
    Stretch,
    Test,
    Unit,
    Whole,
)
from segments.errors import Broken
from segments.periods import period_days, span_days

MICROSECOND = timedelta(microseconds=1)
MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}
DAYS = {Unit.DAY: 1, Unit.WEEK: 7}


@dataclass(frozen=True, slots=True)
class Bounds:
    """Instants from `start` (inclusive) to `end` (exclusive); None is open."""

    start: datetime | None = None
    end: datetime | None = None

    def holds(self, moment: datetime) -> bool:
        """Whether the moment lies inside."""
        after = self.start is None or moment >= self.start
        return after and (self.end is None or moment < self.end)

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The same for plain dates, which stand for their midnight; the end is exclusive too."""
        return _day_from(self.start), _day_from(self.end)


def stretches(window: Fixed, as_of: datetime) -> tuple[Bounds, ...]:
    """The instants of a window, one stretch or several: a time in one of them lies in it."""
    if isinstance(window, Several):
        return tuple(bounds(each, as_of) for each in window.windows)
    return (bounds(window, as_of),)


def field_stretches(window: Fixed, as_of: datetime) -> tuple[Bounds, ...]:
    """The instants that a member's own date is held against: as `stretches`, but a day, week … year
    that runs counts to its end, since such a date may lie ahead."""
    parts = window.windows if isinstance(window, Several) else (window,)
    return tuple(_whole(each, as_of) for each in parts)


def _whole(window: Stretch | Ago | Ahead, as_of: datetime) -> Bounds:
    if isinstance(window, Calendar) and window.offset == 0 and window.unit is not Unit.HOUR:
        first = unit_start(as_of_day(as_of), window.unit)
        return Bounds(_midnight(first), _midnight(shift(first, window.unit, 1)))
    return bounds(window, as_of)


def bounds(window: Stretch | Ago | Ahead, as_of: datetime) -> Bounds:
    """The instants of one stretch. Rolling, Ago and the current Calendar unit end at the as-of
    instant; Period and Span are whole, so that they fit dates in the future too. Dates before year
    1 or after 9999 are cut to the calendar's ends. Raises Broken for what `check` refuses."""
    match window:
        case Rolling(count, Unit.HOUR):
            return Bounds(_instant(as_of, -count), as_of)
        case Rolling(count, unit):
            return Bounds(_midnight(shift(as_of_day(as_of), unit, -count)), as_of)
        case Calendar(unit, offset):
            return _calendar(unit, offset, as_of)
        case Whole(count, unit):
            return Bounds(_calendar(unit, -count, as_of).start, _calendar(unit, -1, as_of).end)
        case Period():
            first, end = period_days(window, as_of_day(as_of))
            return Bounds(_midnight(first), _midnight(end))
        case Span():
            days = span_days(window, as_of_day(as_of))
            return Bounds(*(None if day is None else _midnight(day) for day in days))
        case Ago():
            return _ago(window, as_of)
        case Ahead():
            return _ahead(window, as_of)
        case _:
            assert_never(window)


def days_of(test: Test) -> Span:
    """The days that pass a comparison with dates; those of IN from the first to the last."""
    days = sorted(value for value in test.values if isinstance(value, date))
    first, last = days[0], days[-1]
    match test.operator:
        case Operator.GE:
            return Span(first, None)
        case Operator.GT:
            return Span(shift(first, Unit.DAY, 1), None)
        case Operator.LE:
            return Span(None, last)
        case Operator.LT:
            return Span(None, shift(last, Unit.DAY, -1))
        case _:
            return Span(first, last)


def as_of_day(as_of: datetime) -> date:
    """The last day that the as-of instant knows something of."""
    return (as_of - MICROSECOND).date()


def shift(day: date, unit: Unit, count: int) -> date:
    """The day moved by calendar steps; a month's missing day becomes its last (31 March − 1 month
    is 28 or 29 February)."""
    try:
        if unit in DAYS:
            return day + timedelta(days=DAYS[unit] * count)
        return day + relativedelta(months=MONTHS[unit] * count)
    except (OverflowError, ValueError):
        return date.min if count < 0 else date.max


def unit_start(day: date, unit: Unit) -> date:
    """The first day of the calendar unit the day lies in; weeks begin on Monday."""
    match unit:
        case Unit.DAY:
            return day
        case Unit.WEEK:
            return shift(day, Unit.DAY, -day.weekday())
        case Unit.MONTH:
            return day.replace(day=1)
        case Unit.QUARTER:
            return day.replace(month=day.month - (day.month - 1) % 3, day=1)
        case Unit.YEAR:
            return day.replace(month=1, day=1)
        case Unit.HOUR:
            message = "an hour is no day"
            raise Broken(message)
        case _:
            assert_never(unit)


def _calendar(unit: Unit, offset: int, as_of: datetime) -> Bounds:
    if unit is Unit.HOUR:
        this_hour = (as_of - MICROSECOND).replace(minute=0, second=0, microsecond=0)
        start, end = _instant(this_hour, offset), _instant(this_hour, offset + 1)
    else:
        first = shift(unit_start(as_of_day(as_of), unit), unit, offset)
        start, end = _midnight(first), _midnight(shift(first, unit, 1))
    return Bounds(start, as_of if offset == 0 else end)


def _ago(window: Ago, as_of: datetime) -> Bounds:
    counts = _counts(window)
    near, far = (_distance(count, window.unit, as_of) for count in (counts[0], counts[-1]))
    match window.test.operator:
        case Operator.GT:
            start, end = None, near[0]
        case Operator.GE:
            start, end = None, near[1]
        case Operator.LT:
            start, end = near[1], as_of
        case Operator.LE:
            start, end = near[0], as_of
        case Operator.EQ | Operator.BETWEEN:
            start, end = far[0], near[1]
        case _:
            _refuse(window)
    return Bounds(start, min(end, as_of))


def _ahead(window: Ahead, as_of: datetime) -> Bounds:
    """Whole days, so that a day that has begun counts as one that is still to come."""
    today, unit = as_of_day(as_of), window.unit
    near, far = (shift(today, unit, count) for count in (_counts(window)[0], _counts(window)[-1]))
    match window.test.operator:
        case Operator.GT:
            return Bounds(_midnight(shift(near, Unit.DAY, 1)))
        case Operator.GE:
            return Bounds(_midnight(near))
        case Operator.LT:
            return Bounds(_midnight(today), _midnight(near))
        case Operator.LE:
            return Bounds(_midnight(today), _midnight(shift(near, Unit.DAY, 1)))
        case Operator.EQ | Operator.BETWEEN:
            return Bounds(_midnight(near), _midnight(shift(far, Unit.DAY, 1)))
        case _:
            return _refuse(window)


def _counts(window: Ago | Ahead) -> tuple[int, ...]:
    counts = tuple(value for value in window.test.values if type(value) is int)
    return counts if counts and len(counts) == len(window.test.values) else _refuse(window)


def _refuse(window: Ago | Ahead) -> NoReturn:
    message = f"not a distance in time: {window}"
    raise Broken(message)


def _distance(count: int, unit: Unit, as_of: datetime) -> tuple[datetime, datetime]:
    """Begin and exclusive end of the day `count` units back; of the instant when it is hours."""
    if unit is Unit.HOUR:
        instant = _instant(as_of, -count)
        return instant, min(instant, datetime.max - MICROSECOND) + MICROSECOND
    day = shift(as_of_day(as_of), unit, -count)
    return _midnight(day), _midnight(shift(day, Unit.DAY, 1))


def _instant(moment: datetime, hours: int) -> datetime:
    try:
        return moment + timedelta(hours=hours)
    except OverflowError:
        return datetime.min if hours < 0 else datetime.max


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)


def _day_from(moment: datetime | None) -> date | None:
    if moment is None:
        return None
    day = moment.date()
    return day if moment.time() == time.min else shift(day, Unit.DAY, 1)
