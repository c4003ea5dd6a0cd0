"""What the time around a member's own moment means, said a second time: one record at a time.

Written from the docstring of `Near`. Each birthday is written down as a day and looked at.
"""

from calendar import monthrange
from datetime import date, datetime, timedelta

from segments.definition import Near, Origin, Unit, Within

DAY = timedelta(days=1)
IN_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}
IN_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}


def near(at: datetime | None, moment: date | datetime | None, window: Near) -> bool:
    """Whether a record of this time lies in the window around the member's moment; for
    anniversaries the date that they are of."""
    if at is None or moment is None:
        return False
    match window.anchor.origin:
        case Origin.YEARLY:
            return any(_beside(at.date(), day, window) for day in _kept(moment, at.year + 1))
        case Origin.FIELD if _unit(window) is not Unit.HOUR:
            day = moment.date() if isinstance(moment, datetime) else moment
            return _of_days(at.date(), day, window)
        case _:
            assert isinstance(moment, datetime)
            return _of_instants(at, moment, window)


def _unit(window: Near) -> Unit | None:
    return window.within.unit if window.within else None


def _of_days(day: date, own: date, window: Near) -> bool:
    if window.whole:
        return _unit_of(day, window.whole) == _unit_of(own, window.whole)
    if window.before:
        return day < own and (window.within is None or day >= _step(own, window.within, -1))
    return day >= own and (window.within is None or day <= _step(own, window.within, 1))


def _of_instants(at: datetime, own: datetime, window: Near) -> bool:
    if window.whole:
        return _unit_of(at.date(), window.whole) == _unit_of(own.date(), window.whole)
    itself = at == own and (window.itself or window.anchor.origin is Origin.FIELD)
    if window.before:
        far = window.within is None or at >= _moved(own, window.within, -1)
        return itself or (at < own and far)
    far = window.within is None or at <= _moved(own, window.within, 1)
    return itself or (at > own and far)


def _beside(day: date, kept: date, window: Near) -> bool:
    """The distance is one from the record."""
    if window.whole:
        return _unit_of(day, window.whole) == _unit_of(kept, window.whole)
    assert window.within
    if window.before:
        return day < kept <= _step(day, window.within, 1)
    return _step(day, window.within, -1) <= kept <= day


def _kept(born: date, last: int) -> list[date]:
    days = []
    for year in range(born.year + 1, last + 1):
        short = (born.month, born.day) == (2, 29) and monthrange(year, 2)[1] == 28
        days.append(date(year, born.month, 28 if short else born.day))
    return days


def _unit_of(day: date, unit: Unit) -> tuple[int, ...]:
    match unit:
        case Unit.DAY:
            return (day.toordinal(),)
        case Unit.WEEK:
            return tuple(day.isocalendar()[:2])
        case Unit.MONTH:
            return day.year, day.month
        case Unit.QUARTER:
            return day.year, (day.month - 1) // 3
        case _:
            return (day.year,)


def _step(day: date, within: Within, sign: int) -> date:
    if within.unit in IN_DAYS:
        return day + sign * within.count * IN_DAYS[within.unit] * DAY
    months = 12 * day.year + day.month - 1 + sign * within.count * IN_MONTHS[within.unit]
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _moved(moment: datetime, within: Within, sign: int) -> datetime:
    if within.unit is Unit.HOUR:
        return moment + sign * within.count * timedelta(hours=1)
    return datetime.combine(_step(moment.date(), within, sign), moment.time())
