"""Numbers compared with the bands of an ordered field."""

import pytest

from assistant.grammar.bands import banded, bands
from segments.catalogue import Attribute, Named, Type
from segments.definition import Operator, Test

INCOME = ("Under 15K", "15-24K", "25-34K", "35-49K", "50-74K", "75-99K", "100-124K", "250K+")
AGE = ("19-24", "25-34", "35-44", "65+")
CROWNS = ("under_250k", "250k_400k", "400k_600k", "over_600k")
CHILDREN = ("0", "1", "2", "3+")
HISTORY = ("1) $0 - $100", "2) $100 - $200", "3) $200 +")


def field(codes: tuple[str, ...]) -> Attribute:
    return Attribute("f", Type.TEXT, values=tuple(map(Named, codes)), ordered=True)


def ge(code: str) -> Test:
    return Test(Operator.GE, (code,))


def le(code: str) -> Test:
    return Test(Operator.LE, (code,))


def eq(code: str) -> Test:
    return Test(Operator.EQ, (code,))


EXACT = [
    (INCOME, Operator.GE, (75_000,), False, ge("75-99K")),
    (INCOME, Operator.GT, (75_000,), False, ge("75-99K")),
    (INCOME, Operator.LT, (15_000,), False, eq("Under 15K")),
    (INCOME, Operator.LT, (50_000,), False, le("35-49K")),
    (
        INCOME,
        Operator.BETWEEN,
        (50_000, 99_000),
        False,
        Test(Operator.BETWEEN, ("50-74K", "75-99K")),
    ),
    (INCOME, Operator.GE, (250_000,), False, eq("250K+")),
    (CROWNS, Operator.GT, (400_000,), False, ge("400k_600k")),
    (CROWNS, Operator.LT, (250_000,), False, eq("under_250k")),
    (AGE, Operator.GE, (35,), True, ge("35-44")),
    (AGE, Operator.GT, (34,), True, ge("35-44")),
    (AGE, Operator.LT, (35,), True, le("25-34")),
    (AGE, Operator.BETWEEN, (25, 44), True, Test(Operator.BETWEEN, ("25-34", "35-44"))),
    (CHILDREN, Operator.GE, (2,), True, ge("2")),
    (CHILDREN, Operator.GT, (2,), True, eq("3+")),
    (CHILDREN, Operator.EQ, (2,), True, eq("2")),
    (HISTORY, Operator.GE, (200,), False, eq("3) $200 +")),
]
CUT = [
    (INCOME, Operator.GE, (80_000,), False, (ge("100-124K"), ge("75-99K"))),
    (AGE, Operator.GE, (30,), True, (ge("35-44"), ge("25-34"))),
    (AGE, Operator.GT, (35,), True, (eq("65+"), ge("35-44"))),
    (AGE, Operator.LT, (30,), True, (eq("19-24"), le("25-34"))),
]


@pytest.mark.parametrize(("codes", "operator", "values", "whole", "means"), EXACT)
def test_a_bound_of_a_band_is_exact(
    codes: tuple[str, ...], operator: Operator, values: tuple[int, ...], *, whole: bool, means: Test
) -> None:
    assert banded(field(codes), Test(operator, values), whole=whole) == (means,)


@pytest.mark.parametrize(("codes", "operator", "values", "whole", "means"), CUT)
def test_a_number_inside_a_band_may_mean_it_or_not(
    codes: tuple[str, ...],
    operator: Operator,
    values: tuple[int, ...],
    *,
    whole: bool,
    means: tuple[Test, ...],
) -> None:
    assert banded(field(codes), Test(operator, values), whole=whole) == means


@pytest.mark.parametrize("codes", [("bronze", "silver"), ("1", "many", "5"), ("10-20", "5-9")])
def test_codes_that_are_no_rising_numbers_are_no_bands(codes: tuple[str, ...]) -> None:
    assert bands(field(codes)) == ()
