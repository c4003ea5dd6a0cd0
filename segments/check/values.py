"""Checks one comparison: operator and values against the type of what they are compared with.

In: an `Attribute` (or a number that was counted) and a `Test`. Out: problems. Start at
`attribute_test`.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches

from segments.catalogue import Attribute, Type
from segments.definition import Operator, Test, Value
from segments.problems import EmptyRange, Problem, UnknownValue, WrongOperator, WrongValue

EQUAL = frozenset({Operator.EQ, Operator.IN})
ORDER = frozenset({Operator.LT, Operator.LE, Operator.GT, Operator.GE, Operator.BETWEEN})
TEXTS = frozenset({Operator.CONTAINS, Operator.STARTS, Operator.ENDS})
KNOWN = frozenset({Operator.KNOWN})

OPERATORS: dict[Type, frozenset[Operator]] = {
    Type.TEXT: EQUAL | TEXTS | KNOWN,
    Type.LIST: EQUAL | TEXTS | KNOWN,
    Type.NUMBER: EQUAL | ORDER | KNOWN,
    Type.MONEY: EQUAL | ORDER | KNOWN,
    Type.AGE: EQUAL | ORDER | KNOWN,
    Type.DATE: EQUAL | ORDER | KNOWN,
    Type.TIME: EQUAL | ORDER | KNOWN,
    Type.YES_NO: frozenset({Operator.EQ}) | KNOWN,
}
# Texts whose order is that of their characters, everywhere.
ORDERED_ROLES = frozenset({"postal_code"})
SUGGESTIONS = 3


def attribute_test(attribute: Attribute, test: Test, where: str) -> Iterator[Problem]:
    """Problems of a test on a member field or an attribute of an event."""
    allowed = OPERATORS[attribute.type]
    if attribute.type is Type.TEXT and (attribute.ordered or attribute.role in ORDERED_ROLES):
        allowed |= ORDER
    if test.operator not in allowed:
        yield WrongOperator(where, attribute.name, attribute.type.value, test.operator.value)
        return
    problems = list(_values(attribute, test, where))
    yield from problems
    if not problems:
        yield from _range(test, where, attribute.codes if attribute.ordered else ())


def number_test(name: str, test: Test, where: str) -> Iterator[Problem]:
    """Problems of a test on a number that was counted or added up."""
    if test.operator not in EQUAL | ORDER:
        yield WrongOperator(where, name, Type.NUMBER.value, test.operator.value)
        return
    problems = list(_values(Attribute(name, Type.NUMBER), test, where))
    yield from problems
    if not problems:
        yield from _range(test, where)


def nearest(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """The most similar names, best first."""
    by_folded = {each.casefold(): each for each in sorted(names)}
    close = get_close_matches(name.casefold(), by_folded, n=SUGGESTIONS, cutoff=0.6)
    return tuple(by_folded[each] for each in close)


def wrong(where: str, name: str, type_: str, value: object) -> WrongValue:
    """The value does not fit, shown as a short text."""
    return WrongValue(where, name, type_, str(value)[:80])


def is_number(value: Value) -> bool:
    """Whether it is a whole number or a finite decimal; yes and no are none."""
    return type(value) is int or (isinstance(value, Decimal) and value.is_finite())


def right_count(test: Test) -> bool:
    """Whether there are as many values as the operator takes."""
    match test.operator:
        case Operator.KNOWN:
            return not test.values
        case Operator.BETWEEN:
            return len(test.values) == 2
        case Operator.IN:
            return len(test.values) >= 1
        case _:
            return len(test.values) == 1


def _values(attribute: Attribute, test: Test, where: str) -> Iterator[Problem]:
    name, kind = attribute.name, attribute.type
    if not right_count(test):
        yield wrong(where, name, kind.value, ", ".join(str(value) for value in test.values))
        return
    closed = attribute.codes if test.operator in EQUAL | ORDER else ()
    for value in test.values:
        if not _fits(kind, value) or (test.operator in TEXTS and value == ""):
            yield wrong(where, name, kind.value, value)
        elif closed and value not in closed:
            yield UnknownValue(where, name, str(value), _near_values(str(value), attribute))


def _fits(kind: Type, value: Value) -> bool:
    match kind:
        case Type.TEXT | Type.LIST:
            return isinstance(value, str) and "\0" not in value
        case Type.NUMBER | Type.MONEY:
            return is_number(value)
        case Type.AGE:
            return type(value) is int
        case Type.DATE | Type.TIME:
            return isinstance(value, date) and not isinstance(value, datetime)
        case Type.YES_NO:
            return isinstance(value, bool)


def _near_values(value: str, attribute: Attribute) -> tuple[str, ...]:
    """Codes that look alike, or have a word that does."""
    words = {code: code for code in attribute.codes}
    for named in attribute.values:
        for labels in named.labels.values():
            words |= {label: named.code for label in labels if label not in words}
    codes = (words[word] for word in nearest(value, words))
    return tuple(dict.fromkeys(codes))


def _range(test: Test, where: str, order: tuple[str, ...] = ()) -> Iterator[Problem]:
    if test.operator is not Operator.BETWEEN:
        return
    low, high = test.values
    if order:
        low, high = order.index(str(low)), order.index(str(high))
    if low > high:  # type: ignore[operator]  # both have the type of the attribute
        low, high = test.values
        yield EmptyRange(where, str(low), str(high))
