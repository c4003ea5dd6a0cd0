"""Bands of numbers in the codes of an ordered field: "Under 15K", "15-24K", "65+".

In: the codes, and a test of a number. Out: the test of codes that says the same, or, where the
number lies inside of a band, the two that it may mean. Start at `banded`.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from segments.catalogue import Attribute
from segments.definition import Operator, Test

_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*([km]?)(?![a-z\d])", re.IGNORECASE)
_MARK = re.compile(r"^\s*\d+\)\s*")  # "1) $0 - $100": the first number only orders them
_FACTORS = {"": 1, "k": 1_000, "m": 1_000_000}
Band = tuple[Decimal | None, Decimal | None]  # from, and up to as it is written; None: open


def bands(attribute: Attribute) -> tuple[Band, ...]:
    """The bands of an ordered field, in order; none where its codes are something else."""
    codes = attribute.codes
    numbers = [_numbers(code) for code in codes]
    if not attribute.ordered or len(codes) < 2 or any(not 1 <= len(n) <= 2 for n in numbers):
        return ()
    found: list[Band] = []
    for at, (code, each) in enumerate(zip(codes, numbers, strict=True)):
        plain = re.fullmatch(r"\d+", code) is not None
        low: Decimal | None = each[0]
        high: Decimal | None = each[-1]
        if len(each) == 1 and not plain and at == 0:
            low = None
        elif len(each) == 1 and not plain and at == len(codes) - 1:
            high = None
        elif len(each) == 1 and not plain:
            return ()
        found.append((low, high))
    return tuple(found) if _rising(found) else ()


def _numbers(code: str) -> list[Decimal]:
    spaced = _MARK.sub("", code).replace("_", " ")
    found = _NUMBER.findall(spaced)
    last = found[-1][1].lower() if found else ""
    return [Decimal(n.replace(",", "")) * _FACTORS[(s or last).lower()] for n, s in found]


def _rising(found: Sequence[Band]) -> bool:
    for (low, high), (following, _) in pairwise(found):
        if high is None or following is None or high > following or (low and low > high):
            return False
    return True


def banded(attribute: Attribute, test: Test, *, whole: bool) -> tuple[Test, ...]:
    """The tests of codes that a test of numbers can mean: one where its bounds are bounds of bands,
    two, without the band that a bound cuts and with it, where they are not; none where no band
    fits. `whole` where only whole numbers are counted: over 34 is from 35."""
    found, codes = bands(attribute), attribute.codes
    if not found or not all(isinstance(value, int | Decimal) for value in test.values):
        return ()
    low, high = _bounds(test)
    first = _places_from(found, low, above=test.operator is Operator.GT, whole=whole)
    last = _places_to(found, high, below=test.operator is Operator.LT, whole=whole)
    made = []
    for start, end in ((max(first), min(last)), (min(first), max(last))):
        if 0 <= start <= end < len(codes) and (one := _between(codes, start, end)) not in made:
            made.append(one)
    cut = len(first) + len(last) > 2
    return () if cut and len(made) < 2 else tuple(made)


def _bounds(test: Test) -> tuple[Decimal | None, Decimal | None]:
    values = [Decimal(str(value)) for value in test.values]
    match test.operator:
        case Operator.GE | Operator.GT:
            return values[0], None
        case Operator.LE | Operator.LT:
            return None, values[0]
        case _:
            return values[0], values[-1]


def _places_from(
    found: Sequence[Band], low: Decimal | None, *, above: bool, whole: bool
) -> tuple[int, ...]:
    """Where the bands begin that lie above a bound; two places where it cuts one of them."""
    if low is None:
        return (0,)
    bound = low + 1 if above and whole else low
    begins = [at for at, (start, _) in enumerate(found) if start == bound]
    if begins:
        return (begins[0],)
    for at, (_, end) in enumerate(found):
        if above and end == low:
            return (at + 1,)
        if end is None or bound <= end:
            return (at, at + 1)
    return (len(found),)


def _places_to(
    found: Sequence[Band], high: Decimal | None, *, below: bool, whole: bool
) -> tuple[int, ...]:
    """Where the bands end that lie below a bound; two places where it cuts one of them."""
    if high is None:
        return (len(found) - 1,)
    bound = high - 1 if below and whole else high
    for at, (start, end) in enumerate(found):
        if start is not None and (start > bound or (start == high and not whole and at > 0)):
            return (at - 1,)
        if end is not None and end == bound:
            return (at,)
        if end is None or bound < end:
            return (at - 1, at)
    return (len(found) - 1,)


def _between(codes: Sequence[str], start: int, end: int) -> Test:
    if start == end:
        return Test(Operator.EQ, (codes[start],))
    if end == len(codes) - 1:
        return Test(Operator.GE, (codes[start],))
    if start == 0:
        return Test(Operator.LE, (codes[end],))
    return Test(Operator.BETWEEN, (codes[start], codes[end]))
