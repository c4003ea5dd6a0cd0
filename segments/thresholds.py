"""Numbers held against a test, without a shop: whether 0 passes `>= 1`."""

from decimal import Decimal

from segments.definition import Operator, Test, Value
from segments.errors import Broken


def number(value: Value) -> int | Decimal:
    """The value as a number. Raises Broken for any other."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        message = f"not a number: {value!r}"
        raise Broken(message)
    return value


def holds(test: Test, found: int | Decimal) -> bool:
    """Whether a number passes a test on numbers. Raises Broken for other values."""
    values = [number(value) for value in test.values]
    match test.operator:
        case Operator.EQ | Operator.IN:
            return found in values
        case Operator.LT:
            return found < values[0]
        case Operator.LE:
            return found <= values[0]
        case Operator.GT:
            return found > values[0]
        case Operator.GE:
            return found >= values[0]
        case Operator.BETWEEN:
            return values[0] <= found <= values[1]
        case _:
            return False
