"""How far people have moved: the shares of a field's values on one day beside those on another.

In: how many there are of each value. Out: the index. Start at `stability`.
"""

from math import log

_NOBODY = 0.0001  # stands for a share of 0, whose logarithm there is none of


def stability(before: dict[str, int], after: dict[str, int]) -> float:
    """The population stability index of two distributions: the sum of (b - a) ln(b / a) over the
    shares a and b of each value."""
    totals = sum(before.values()), sum(after.values())
    if not all(totals):
        return 0.0
    index = 0.0
    for value in before.keys() | after.keys():
        first = max(before.get(value, 0) / totals[0], _NOBODY)
        second = max(after.get(value, 0) / totals[1], _NOBODY)
        index += (second - first) * log(second / first)
    return index
