"""What the tests of the store save."""

from datetime import UTC, datetime
from decimal import Decimal

from segments.definition import All, Field, Operator
from segments.definition import Test as Comparison  # pytest collects what is called Test

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
BIG = Field("points", Comparison(Operator.GE, (Decimal("12.50"),)))
SMALL = Field("points", Comparison(Operator.LT, (3,)))
SWEDES = All((Field("country", Comparison(Operator.EQ, ("SE",))), BIG))
