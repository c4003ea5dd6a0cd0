"""A test on a member field or an attribute as a SQL condition; unknown values make it unknown.

In: an expression, what the catalogue says of it, a `Test`. Out: one boolean expression. Ages become
bounds on the birth date, days become bounds on an instant, here and not in the engine.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import NoReturn, assert_never

from sqlglot import exp

from segments.catalogue import Attribute, Type
from segments.compile.nodes import between_ends, every, literal, some
from segments.definition import Operator, Span, Test, Unit, Value
from segments.errors import Broken
from segments.windows import bounds, shift

COMPARISON: dict[Operator, type[exp.Binary]] = {
    Operator.EQ: exp.EQ,
    Operator.LT: exp.LT,
    Operator.LE: exp.LTE,
    Operator.GT: exp.GT,
    Operator.GE: exp.GTE,
}
TEXT_TESTS = frozenset({Operator.CONTAINS, Operator.STARTS, Operator.ENDS})
EQUAL = frozenset({Operator.EQ, Operator.IN})
POSTAL_CODE = "postal_code"
SEPARATOR = 31  # "unit separator": joins several texts into one, and no text holds it


def compare(subject: exp.Expr, attribute: Attribute, test: Test, day: date) -> exp.Expr:
    """The test on a column of the attribute's type; `day` is the as-of day, for ages."""
    if test.operator is Operator.KNOWN:
        return known(subject)
    match attribute.type:
        case Type.AGE:
            return _ranges(subject, test, lambda low, high: _birth(low, high, day))
        case Type.TIME:
            return _ranges(subject, test, _days)
        case Type.LIST:
            return _several(subject, test)
        case Type.TEXT if attribute.role == POSTAL_CODE:
            return _postal(subject, test)
        case Type.TEXT if test.operator in TEXT_TESTS:
            return _text(subject, test)
        case Type.TEXT if test.operator in EQUAL and attribute.open:
            return _same(subject, test)
        case Type.TEXT if attribute.ordered and test.operator not in {Operator.EQ, Operator.IN}:
            return _one_of(subject, _codes(attribute.codes, test))
        case Type.TEXT | Type.NUMBER | Type.MONEY | Type.DATE | Type.YES_NO:
            return plain(subject, test)
        case _:
            assert_never(attribute.type)


def plain(subject: exp.Expr, test: Test) -> exp.Expr:
    """The comparison as SQL has it."""
    values = [literal(value) for value in test.values]
    if test.operator in COMPARISON:
        return COMPARISON[test.operator](this=subject, expression=values[0])
    match test.operator:
        case Operator.BETWEEN:
            return exp.Between(this=subject, low=values[0], high=values[1])
        case Operator.IN:
            return exp.In(this=subject, expressions=values)
        case _:
            return _refuse(test)


def known(subject: exp.Expr) -> exp.Expr:
    """The value is there."""
    return exp.Not(this=exp.Is(this=subject, expression=exp.null()))


def _one_of(subject: exp.Expr, codes: tuple[str, ...]) -> exp.Expr:
    if not codes:
        return exp.false()
    return plain(subject, Test(Operator.IN, codes))


def _codes(codes: tuple[str, ...], test: Test) -> tuple[str, ...]:
    places = [codes.index(str(value)) for value in test.values]
    match test.operator:
        case Operator.LT:
            return codes[: places[0]]
        case Operator.LE:
            return codes[: places[0] + 1]
        case Operator.GT:
            return codes[places[0] + 1 :]
        case Operator.GE:
            return codes[places[0] :]
        case Operator.BETWEEN:
            return codes[places[0] : places[1] + 1]
        case _:
            return _refuse(test)


# --- ranges of whole units: years of age, days of an instant ---------------------------------

Range = tuple[date | None, date | None]  # from, inclusive; to, exclusive


def _ranges(
    subject: exp.Expr, test: Test, turn: Callable[[Value | None, Value | None], Range]
) -> exp.Expr:
    """Any of the ranges that the test means; `turn` gives the bounds for the units from low to
    high, both inclusive: on whole units, "more than 3" is from 4."""
    ranges = (turn(*ends) for ends in _ends(test))
    return some(every(between_ends(subject, start, end)) for start, end in ranges)


def _ends(test: Test) -> list[tuple[Value | None, Value | None]]:
    first = test.values[0]
    match test.operator:
        case Operator.EQ | Operator.IN:
            return [(value, value) for value in test.values]
        case Operator.BETWEEN:
            return [(first, test.values[1])]
        case Operator.GE:
            return [(first, None)]
        case Operator.LE:
            return [(None, first)]
        case Operator.GT:
            return [(_next(first), None)]
        case Operator.LT:
            return [(None, _next(first, -1))]
        case _:
            return _refuse(test)


def _next(value: Value, step: int = 1) -> Value:
    if isinstance(value, date):
        return shift(value, Unit.DAY, step)
    if isinstance(value, int):
        return value + step
    message = f"no next one after {value!r}"
    raise Broken(message)


def _days(low: Value | None, high: Value | None) -> Range:
    """The instants of days from `low` to `high`, both whole."""
    days = low if isinstance(low, date) else None, high if isinstance(high, date) else None
    whole = bounds(Span(*days), datetime.max)
    return whole.start, whole.end


def _birth(low: Value | None, high: Value | None, day: date) -> Range:
    """Birth dates of those who are from `low` to `high` whole years old on the day. A year is full
    when month and day are reached: who was born on 29 February is a year older on 1 March of a
    common year, and the bounds fall out so, since a year back from 28 February is 28 February."""
    oldest = None if high is None else _birthday(day, int(str(high)) + 1)
    youngest = None if low is None else _birthday(day, int(str(low)))
    return oldest, youngest


def _birthday(day: date, years: int) -> date:
    """The day after the latest birth date of those who are at least so many years old."""
    return shift(shift(day, Unit.YEAR, -years), Unit.DAY, 1)


# --- texts ----------------------------------------------------------------------------------


def _text(subject: exp.Expr, test: Test) -> exp.Expr:
    """Contains, starts or ends, whatever the case. LIKE where the text is plain; positions where it
    holds % or _ or a backslash, because engines disagree on how to escape them (BigQuery has no
    ESCAPE)."""
    text = _lower(str(test.values[0]))
    lowered = exp.Lower(this=subject)
    if not set(text) & set("%_\\"):
        patterns = {
            Operator.CONTAINS: f"%{text}%",
            Operator.STARTS: f"{text}%",
            Operator.ENDS: f"%{text}",
        }
        return exp.Like(this=lowered, expression=literal(patterns[test.operator]))
    if test.operator is Operator.CONTAINS:
        return exp.GT(
            this=exp.StrPosition(this=lowered, substr=literal(text)), expression=literal(0)
        )
    part = exp.Left if test.operator is Operator.STARTS else exp.Right
    return exp.EQ(this=part(this=lowered, expression=literal(len(text))), expression=literal(text))


def _same(subject: exp.Expr, test: Test) -> exp.Expr:
    """One of the texts, whatever the case."""
    values = tuple(_lower(str(value)) for value in test.values)
    return plain(exp.Lower(this=subject), Test(test.operator, values))


def _postal(subject: exp.Expr, test: Test) -> exp.Expr:
    """Without the spaces, which people write or leave out; in order only among codes of the same
    length, since those of other lengths are another country's."""
    spaceless = exp.Replace(this=subject, expression=literal(" "), replacement=literal(""))
    values = tuple(str(value).replace(" ", "") for value in test.values)
    told = Test(test.operator, values)
    if test.operator in TEXT_TESTS:
        return _text(spaceless, told)
    if test.operator in EQUAL:
        return _same(spaceless, told)
    alike = exp.EQ(this=exp.Length(this=spaceless.copy()), expression=literal(len(values[0])))
    return every([alike, plain(spaceless, told)])


def _lower(text: str) -> str:
    """Lower case letter by letter, as engines do it (Python makes two letters of some, and looks at
    the next one for Greek)."""
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def _several(subject: exp.Expr, test: Test) -> exp.Expr:
    match test.operator:
        case Operator.EQ | Operator.IN:
            return some(
                exp.ArrayContains(this=subject.copy(), expression=literal(value))
                for value in test.values
            )
        case Operator.CONTAINS:
            return _text(_joined(subject), test)
        case Operator.STARTS | Operator.ENDS:
            return _bounded(subject, test)
        case _:
            return _refuse(test)


def _bounded(subject: exp.Expr, test: Test) -> exp.Expr:
    """Starts or ends, of one text among several: contains, with the separator at that side."""
    text = literal(_lower(str(test.values[0])))
    pair = (_separator(), text) if test.operator is Operator.STARTS else (text, _separator())
    whole = exp.DPipe(
        this=exp.DPipe(this=_separator(), expression=_joined(subject)), expression=_separator()
    )
    sought = exp.DPipe(this=pair[0], expression=pair[1])
    position = exp.StrPosition(this=exp.Lower(this=whole), substr=sought)
    return exp.GT(this=position, expression=literal(0))


def _joined(subject: exp.Expr) -> exp.Expr:
    return exp.ArrayToString(this=subject, expression=_separator())


def _separator() -> exp.Expr:
    return exp.Chr(expressions=[literal(SEPARATOR)])


def _refuse(test: Test) -> NoReturn:
    message = f"check lets no such test through: {test}"
    raise Broken(message)
