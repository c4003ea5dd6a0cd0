"""How far members are from a place, in plain arithmetic that every engine has.

In: a `Distance`, the catalogue that knows where its place is. Out: an expression on the prepared
degrees of a member; unknown where they are. Start at `distant`.
"""

from decimal import Decimal
from math import cos, pi, radians, sin

from sqlglot import exp

from segments.catalogue import Catalogue
from segments.compile.comparisons import plain
from segments.compile.nodes import column, literal
from segments.definition import Distance, Test, Value
from segments.errors import Broken
from segments.places import EARTH_RADIUS, LATITUDE, LONGITUDE

_HALF_DEGREE = Decimal(repr(pi / 360))  # in radians
_DEGREE = Decimal(repr(pi / 180))


def distant(distance: Distance, catalogue: Catalogue, alias: str | None = None) -> exp.Expr:
    """Whether so many kilometres lie between, along a great circle.

    By the haversine formula (R. W. Sinnott, Virtues of the Haversine, Sky and Telescope 68, 1984)
    these are 2 R asin √h with h = sin² Δφ/2 + cos φ₁ cos φ₂ sin² Δλ/2. It rises with h up to the
    other end of the earth, so h itself is compared, with sin² of so many kilometres over 2 R."""
    point = catalogue.point(distance.place, distance.country)
    if point is None:
        message = f"{distance.place} was not checked"
        raise Broken(message)
    cosine = exp.Cos(this=exp.Mul(this=literal(_DEGREE), expression=column(LATITUDE, alias)))
    across = exp.Mul(
        this=exp.Mul(this=cosine, expression=_exact(cos(radians(point.latitude)))),
        expression=_squared_half(LONGITUDE, point.longitude, alias),
    )
    straight = _squared_half(LATITUDE, point.latitude, alias)
    limits = tuple(map(_haversine, distance.test.values))
    subject = exp.Paren(this=exp.Add(this=straight, expression=across))
    return plain(subject, Test(distance.test.operator, limits))


def _haversine(kilometres: Value) -> Decimal:
    """What h is at a distance: below 0 for less than none, and above 1 for one that is further than
    the other end of the earth."""
    assert isinstance(kilometres, int | Decimal)  # noqa: S101 - checked
    half = float(kilometres) / (2 * EARTH_RADIUS)
    if half < 0:
        return Decimal(-1)
    return Decimal(2) if half > pi / 2 else Decimal(repr(sin(half) ** 2))


def _squared_half(name: str, degrees: float, alias: str | None) -> exp.Expr:
    """The square of the sine of half the angle between."""
    between = exp.Paren(this=exp.Sub(this=column(name, alias), expression=_exact(degrees)))
    half = exp.Mul(this=literal(_HALF_DEGREE), expression=between)
    return exp.Pow(this=exp.Sin(this=half), expression=literal(2))


def _exact(number: float) -> exp.Expr:
    value = literal(Decimal(repr(abs(number))))
    return exp.Neg(this=value) if number < 0 else value
