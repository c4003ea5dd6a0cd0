"""Effects beside their formulas written out, and groups that have none or too little."""

from math import isclose, sqrt
from statistics import NormalDist, fmean, variance

import pytest
from scipy.stats import ttest_ind

from segments.results import Effect, Need, Outcome, Shortage, effect_of

Z = NormalDist().inv_cdf(0.975)


def wilson(takers: int, members: int) -> tuple[float, float]:
    """Wilson's score interval (1927)."""
    share = takers / members
    middle = (share + Z**2 / (2 * members)) / (1 + Z**2 / members)
    half = Z * sqrt(share * (1 - share) / members + Z**2 / (4 * members**2)) / (1 + Z**2 / members)
    return middle - half, middle + half


@pytest.mark.parametrize(
    ("reached", "others"),
    [((3894, 21307), (2262, 21306)), ((40, 400), (30, 350)), ((15, 5000), (12, 120))],
)
def test_shares_have_newcombe_s_interval(reached: tuple[int, int], others: tuple[int, int]) -> None:
    groups = [{1.0: takers, 0.0: members - takers} for takers, members in (reached, others)]
    effect = effect_of(Outcome.SHARE, *groups)
    assert isinstance(effect, Effect)
    (a, n), (b, m) = reached, others
    difference = a / n - b / m
    (low1, high1), (low2, high2) = wilson(a, n), wilson(b, m)
    low = difference - sqrt((a / n - low1) ** 2 + (high2 - b / m) ** 2)
    high = difference + sqrt((high1 - a / n) ** 2 + (b / m - low2) ** 2)
    assert isclose(effect.difference, difference)
    assert isclose(effect.low, low, abs_tol=1e-9)
    assert isclose(effect.high, high, abs_tol=1e-9)
    assert effect.shown == (low > 0 or high < 0)


def test_means_have_welch_s_interval() -> None:
    first = [0.0] * 300 + [float(each) for each in range(1, 101)]
    second = [0.0] * 260 + [2.5 * each for each in range(1, 41)]
    groups = [{value: each.count(value) for value in each} for each in (first, second)]
    effect = effect_of(Outcome.MEAN, *groups)
    assert isinstance(effect, Effect)
    truth = ttest_ind(first, second, equal_var=False).confidence_interval()
    assert isclose(effect.reached, fmean(first))
    assert isclose(effect.others, fmean(second))
    assert isclose(effect.low, truth.low)
    assert isclose(effect.high, truth.high)


def test_what_could_have_been_seen_is_the_power_of_the_test() -> None:
    """The plain formula: (z of the level + z of the power) x deviation x root of 1/n + 1/m."""
    groups = {1.0: 100, 0.0: 900}, {1.0: 50, 0.0: 450}
    effect = effect_of(Outcome.SHARE, *groups)
    assert isinstance(effect, Effect)
    wanted = (Z + NormalDist().inv_cdf(0.8)) * sqrt(0.1 * 0.9) * sqrt(1 / 1000 + 1 / 500)
    assert isclose(effect.detectable, wanted, rel_tol=1e-3)
    assert not effect.shown
    assert effect.lift == 0


def test_too_little_is_said_to_be_too_little() -> None:
    few = effect_of(Outcome.SHARE, {1.0: 500, 0.0: 4500}, {1.0: 9, 0.0: 90})
    assert isinstance(few, Need)
    assert (few.short, few.found) == (Shortage.MEMBERS, 99)
    assert 3500 < few.wanted < 4500  # the usual tables say 3,800 or so for 10 % against 12 %
    rare = effect_of(Outcome.MEAN, {5.0: 500, 0.0: 4500}, {5.0: 9, 0.0: 900})
    assert rare == Need(Outcome.MEAN, Shortage.BUYERS, 9, 10)
    nobody = effect_of(Outcome.SHARE, {0.0: 10}, {})
    assert isinstance(nobody, Need)
    assert nobody.found == 0


def test_where_nobody_differs_there_is_no_interval_to_speak_of() -> None:
    effect = effect_of(Outcome.MEAN, {3.0: 200}, {2.0: 150})
    assert isinstance(effect, Effect)
    assert (effect.difference, effect.low, effect.high) == (1.0, 1.0, 1.0)
    assert variance([3.0] * 200) == 0
