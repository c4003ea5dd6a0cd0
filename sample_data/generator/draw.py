"""Chance: named random streams of one seed, and weighted wheels.

Each part of the shop draws from its own stream, so a change in one part leaves the
others as they were.
"""

from bisect import bisect
from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import exp
from random import Random
from typing import Generic, TypeVar

SEED = 20261015
T = TypeVar("T")


def stream(name: str) -> Random:
    """The random stream of that name, the same in every run."""
    return Random(f"{SEED}/{name}")


class Wheel(Generic[T]):
    """A weighted choice that is quick to spin many times."""

    __slots__ = ("_edges", "_items")

    def __init__(self, items: Iterable[T], weights: Iterable[float]) -> None:
        """Keep the items with their weights; the weights need not add up to 1."""
        self._items: Sequence[T] = tuple(items)
        self._edges = list(accumulate(weights))

    def spin(self, draw: Random) -> T:
        """One item, as often as its weight says."""
        place = bisect(self._edges, draw.random() * self._edges[-1])
        return self._items[min(place, len(self._items) - 1)]


def wheel_of(weights: dict[T, float]) -> Wheel[T]:
    """A wheel of the keys, weighted by the values."""
    return Wheel(weights.keys(), weights.values())


def poisson(mean: float, draw: Random) -> int:
    """A count with that mean; means over 30 are rounded normals."""
    if mean > 30:
        return max(0, round(draw.gauss(mean, mean**0.5)))
    limit, count, product = exp(-mean), 0, draw.random()
    while product > limit:
        count += 1
        product *= draw.random()
    return count


def around(middle: float, spread: float, draw: Random) -> float:
    """A positive number around the middle, lognormal with that spread."""
    return middle * exp(draw.gauss(0.0, spread))
