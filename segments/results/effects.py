"""What a difference between two groups is worth: the lift, its 95 % interval, or why none is said.

In: how often each number stands in a group. Out: an `Effect`, or a `Need` of more. The statistics
are statsmodels': Newcombe's hybrid score interval for two shares (Newcombe 1998, method 10), and
Welch's for two means, and the power of a normal test for what could have been seen. Start at
`effect_of`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

CONFIDENCE = 0.95
POWER = 0.8
LEAST_MEMBERS = 100  # in each group
LEAST_BUYERS = 10  # in each group, with another number than 0
WANTED_LIFT = 0.2  # what `Need` and nobody else aims at


class Outcome(StrEnum):
    """What is compared."""

    SHARE = "share"  # of members with another number than 0
    MEAN = "mean"  # a member


class Shortage(StrEnum):
    """Why no effect is said."""

    MEMBERS = "members"
    BUYERS = "buyers"


@dataclass(frozen=True, slots=True)
class Effect:
    """A share (0 to 1) or a mean of the reached beside that of the others. `low` and `high` hold
    the difference at 95 %. `lift` is the difference as a part of the others' number, None for
    those of 0. `detectable` is the smallest difference that four of five such tests would show."""

    outcome: Outcome
    reached: float
    others: float
    low: float
    high: float
    detectable: float

    @property
    def difference(self) -> float:
        """How much more the reached have."""
        return self.reached - self.others

    @property
    def lift(self) -> float | None:
        """The difference as a part of what the others have."""
        return self.difference / self.others if self.others else None

    @property
    def shown(self) -> bool:
        """Whether the interval leaves 0 out."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Need:
    """Too little to say anything: what is short, how many there are in the smaller group, and how
    many there should be in each; for members that is what a lift of a fifth would take."""

    outcome: Outcome
    short: Shortage
    found: int
    wanted: int


Histogram = Mapping[float, int]  # how many members have each number


def effect_of(outcome: Outcome, reached: Histogram, others: Histogram) -> Effect | Need:
    """Compare two groups; the difference is only said where both are large enough."""
    if short := _short(outcome, reached, others):
        return short
    if outcome is Outcome.SHARE:
        return _shares(reached, others)
    return _means(reached, others)


def _short(outcome: Outcome, reached: Histogram, others: Histogram) -> Need | None:
    members = min(sum(reached.values()), sum(others.values()))
    if members < LEAST_MEMBERS:
        return Need(outcome, Shortage.MEMBERS, members, _wanted(reached, others))
    takers = min(_takers(reached), _takers(others))
    if takers < LEAST_BUYERS:
        return Need(outcome, Shortage.BUYERS, takers, LEAST_BUYERS)
    return None


def _wanted(reached: Histogram, others: Histogram) -> int:
    """Members of each group for a lift of a fifth of the share that both have together."""
    members = sum(reached.values()) + sum(others.values())
    share = (_takers(reached) + _takers(others)) / members if members else 0.0
    if not 0 < share < 1 / (1 + WANTED_LIFT):
        return LEAST_MEMBERS
    from statsmodels.stats.power import NormalIndPower  # noqa: PLC0415 - a second to import
    from statsmodels.stats.proportion import proportion_effectsize  # noqa: PLC0415

    size = proportion_effectsize(share * (1 + WANTED_LIFT), share)
    found = NormalIndPower().solve_power(size, alpha=1 - CONFIDENCE, power=POWER)
    return max(LEAST_MEMBERS, int(found) + 1)


def _takers(group: Histogram) -> int:
    return sum(count for value, count in group.items() if value)


def _shares(reached: Histogram, others: Histogram) -> Effect:
    from statsmodels.stats.proportion import (  # noqa: PLC0415 - a second to import
        confint_proportions_2indep,
    )

    members = sum(reached.values()), sum(others.values())
    takers = _takers(reached), _takers(others)
    low, high = confint_proportions_2indep(
        takers[0], members[0], takers[1], members[1],
        compare="diff", method="newcomb", alpha=1 - CONFIDENCE,
    )  # fmt: skip
    share = sum(takers) / sum(members)
    deviation = sqrt(share * (1 - share))
    return Effect(
        Outcome.SHARE,
        takers[0] / members[0],
        takers[1] / members[1],
        float(low),
        float(high),
        _detectable(deviation, *members),
    )


def _means(reached: Histogram, others: Histogram) -> Effect:
    from statsmodels.stats.weightstats import CompareMeans, DescrStatsW  # noqa: PLC0415

    both = [
        DescrStatsW(list(group), weights=list(group.values()), ddof=1)
        for group in (reached, others)
    ]
    if any(each.var for each in both):
        low, high = CompareMeans(*both).tconfint_diff(alpha=1 - CONFIDENCE, usevar="unequal")
    else:  # nobody's number differs from another's of the same group
        low = high = both[0].mean - both[1].mean
    sizes = [each.nobs for each in both]
    spread = (both[0].var * sizes[0] + both[1].var * sizes[1]) / sum(sizes)
    return Effect(
        Outcome.MEAN,
        float(both[0].mean),
        float(both[1].mean),
        float(low),
        float(high),
        _detectable(sqrt(spread), *sizes),
    )


def _detectable(deviation: float, reached: float, others: float) -> float:
    """The difference that a two-sided test of such groups shows with the wanted power."""
    from statsmodels.stats.power import NormalIndPower  # noqa: PLC0415 - a second to import

    size = NormalIndPower().solve_power(
        nobs1=reached, alpha=1 - CONFIDENCE, power=POWER, ratio=others / reached
    )
    return float(size) * deviation
