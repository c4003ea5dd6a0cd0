"""How members of a segment can be reached, what they answer to, and when they are there.

Frozen data with the rules of what may be said of it: where there are too few, nothing is. Times are
the shop's own clock. `assistant.answers.channel_facts` fills it in. Start at `Habits`.

A share is held against others by its Wilson interval (Wilson 1927, "Probable inference, the law of
succession, and statistical inference"): it does not leave 0 to 1, and holds for small counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import sqrt

LEAST_MEMBERS = 50  # who got a message, before anything is said of how they answer
LEAST_RECORDS = 200  # visits or orders, before anything is said of when
SPAN = 3  # hours that are proposed together

# Two-sided 95 %; for the best of several the 5 % are shared out among them (Bonferroni).
_ONE, _OF_DAYS, _OF_HOURS = 1.96, 2.69, 3.08


@dataclass(frozen=True, slots=True)
class Reach:
    """Of whom it is known that they agreed and have the address."""

    channel: str
    agreed: int | None  # None: the shop keeps no consent for it
    reached: int | None


@dataclass(frozen=True, slots=True)
class Answered:
    """Of those who got messages by a channel in the last year, how many opened and clicked one."""

    channel: str
    received: int
    opened: int | None
    clicked: int | None

    @property
    def enough(self) -> bool:
        """Whether there are enough of them to say something."""
        return self.received >= LEAST_MEMBERS


@dataclass(frozen=True, slots=True)
class Peak:
    """A weekday (1 is Monday), or the first hour of three, that stands out: `records` of `of`."""

    start: int
    records: int
    of: int

    @property
    def share(self) -> float:
        """The part of all, 0 to 1."""
        return self.records / self.of


@dataclass(frozen=True, slots=True)
class Habits:
    """Reach, answers and times of a segment. `times` counts records by weekday and hour, of the
    event `source`; `orders` counts them by channel."""

    count: int
    reach: tuple[Reach, ...] = ()
    answered: tuple[Answered, ...] = ()
    orders: Mapping[str, int] = field(default_factory=dict)
    source: str = ""
    times: Mapping[tuple[int, int], int] = field(default_factory=dict)

    @property
    def records(self) -> int:
        """How many records tell of their times."""
        return sum(self.times.values())

    def best_channel(self) -> Answered | None:
        """The channel whose messages more of them click than those of any other, beyond chance;
        None when that cannot be said."""
        known = [each for each in self.answered if each.enough and each.clicked is not None]
        if len(known) < 2:
            return None
        known.sort(key=lambda each: -(each.clicked or 0) / each.received)
        first, *others = known
        low = interval(first.clicked or 0, first.received)[0]
        return first if all(interval(o.clicked or 0, o.received)[1] < low for o in others) else None

    def best_day(self) -> Peak | None:
        """The weekday on which they are there more than on others, beyond chance."""
        days = {day: sum(n for (d, _), n in self.times.items() if d == day) for day in range(1, 8)}
        return self._peak(days, 1 / 7, _OF_DAYS)

    @property
    def clocked(self) -> bool:
        """Whether the records tell the time of day: mere dates all lie in one hour."""
        return len({hour for _, hour in self.times}) > 1

    def best_hours(self) -> Peak | None:
        """The three hours in which they are there most, where that is beyond chance."""
        if not self.clocked:
            return None
        hours = [sum(n for (_, h), n in self.times.items() if h == hour) for hour in range(24)]
        spans = {start: sum(hours[start : start + SPAN]) for start in range(24 - SPAN + 1)}
        return self._peak(spans, SPAN / 24, _OF_HOURS)

    def _peak(self, counts: Mapping[int, int], even: float, z: float) -> Peak | None:
        if self.records < LEAST_RECORDS:
            return None
        start = max(counts, key=lambda each: (counts[each], -each))
        low = interval(counts[start], self.records, z)[0]
        return Peak(start, counts[start], self.records) if low > even else None


def interval(hits: int, of: int, z: float = _ONE) -> tuple[float, float]:
    """Between what shares the true one lies, by Wilson; `of` is above 0."""
    share = hits / of
    middle = share + z * z / (2 * of)
    reach = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    whole = 1 + z * z / of
    return (middle - reach) / whole, (middle + reach) / whole
