"""How a column of a source becomes a value of a catalogue type, as sqlglot nodes.

In: an expression and the name DuckDB has for its type. Out: the expression cast. What cannot be
read becomes unknown (NULL), never an error: `checks.unread` counts such losses. Start at `cast`.
"""

from typing import TYPE_CHECKING

from sqlglot import exp

from segments.catalogue import Type
from segments.engine.columns import NUMBERS, Shape, shape

if TYPE_CHECKING:
    from collections.abc import Callable

Node = exp.Expr

MONEY = "DECIMAL(18, 4)"
_YES = ("true", "t", "1", "yes", "y", "ja", "j")
_NO = ("false", "f", "0", "no", "n", "nej", "nei")
_FORMATS = ("%Y%m%d", "%d.%m.%Y", "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S")
_DASH = r"\-\x{2212}\x{2013}"  # hyphen, minus, en dash
# A sum below nothing: a minus before or behind, or brackets as bookkeepers write them; "100,-" is
# a whole number of crowns.
_BELOW = rf"^[^0-9]*[{_DASH}][^0-9]*[0-9]|[0-9]\s*[{_DASH}]\s*$|^\s*\(.*\)\s*$"
_YEARS = (1850, 2100)  # a number that is a year of birth
_OFFSET = r"[0-9]{2}:[0-9]{2}.*(Z|[+-][0-9]{2}(:?[0-9]{2})?)$"


def cast(value: Node, source: str, type_: Type, zone: str) -> Node:
    """Give the value as the type; instants with a zone are told in the shop's."""
    casts: dict[Type, Callable[[], Node]] = {
        Type.TEXT: lambda: text(value, source, zone),
        Type.LIST: lambda: _list(value, source),
        Type.NUMBER: lambda: _number(value, source),
        Type.MONEY: lambda: _money(value, source),
        Type.YES_NO: lambda: _yes_no(value, source),
        Type.DATE: lambda: _try(_moment(value, source, zone), "DATE"),
        Type.AGE: lambda: _birth(value, source, zone),
        Type.TIME: lambda: _moment(value, source, zone),
    }
    return casts[type_]()


def key(value: Node, source: str, kept: str, zone: str) -> Node:
    """Give a key in the type it is kept in."""
    if kept == source:
        return value.copy()
    return text(value, source, zone) if kept == "VARCHAR" else _try(value, kept)


def same(left: Node, left_source: str, right: Node, right_source: str) -> Node:
    """Give the equality of two keys, as text where one of them is."""
    if left_source == right_source or {shape(left_source), shape(right_source)} <= NUMBERS:
        return exp.EQ(this=left, expression=right)
    return exp.EQ(this=text(left, left_source), expression=text(right, right_source))


def text(value: Node, source: str, zone: str = "UTC") -> Node:
    """Give a value as text; an empty text is unknown, and 12.0 is 12."""
    kind = shape(source)
    if kind is Shape.TEXT:
        return function("nullif", _cast(value, "VARCHAR"), exp.Literal.string(""))
    if kind is Shape.REAL:
        is_whole = exp.EQ(this=value.copy(), expression=function("trunc", value))
        whole = exp.Case(ifs=[exp.If(this=is_whole, true=_cast(_try(value, "BIGINT"), "VARCHAR"))])
        return function("coalesce", whole, _cast(value, "VARCHAR"))
    if kind is Shape.LIST:
        return function("array_to_string", _cast(value, "VARCHAR[]"), exp.Literal.string(", "))
    if kind is Shape.ZONED:
        return _cast(_local(value, zone), "VARCHAR")
    return _cast(value, "VARCHAR")


def _list(value: Node, source: str) -> Node:
    if shape(source) is Shape.LIST:
        return _cast(value, "VARCHAR[]")
    bare = _replace(_cast(value, "VARCHAR"), r"[\[\]\"']", "")
    known = function("nullif", function("trim", bare), exp.Literal.string(""))
    return function("string_split_regex", known, exp.Literal.string(r"\s*[,;|]\s*"))


def _number(value: Node, source: str) -> Node:
    kind = shape(source)
    if kind is Shape.TEXT:
        return _try(_point(_replace(value, r"[\s\x{00A0}]", "")), "DOUBLE")
    if kind is Shape.FLAG:
        return _cast(value, "INTEGER")
    if source == "FLOAT":  # 0.15 stays 0.15, not 0.15000000596
        value = _cast(_cast(value, "VARCHAR"), "DOUBLE")
    if kind is Shape.REAL:
        finite = exp.If(this=function("isfinite", value), true=value.copy())
        return exp.Case(ifs=[finite])
    return value.copy()


def _money(value: Node, source: str) -> Node:
    kind = shape(source)
    if kind is Shape.TEXT:
        figures = _replace(value, f"[^0-9,.{_DASH}]", "")
        bare = _point(_replace(figures, f"^[{_DASH}]+|[{_DASH}]+$", ""))
        below = function("regexp_matches", value, exp.Literal.string(_BELOW))
        signed = exp.If(this=below, true=exp.DPipe(this=exp.Literal.string("-"), expression=bare))
        return _try(exp.Case(ifs=[signed], default=bare.copy()), MONEY)
    finer = kind is Shape.EXACT and int(source.rstrip(")").split(",")[1]) > 4
    return value.copy() if finer else _try(_number(value, source), MONEY)


def _point(value: Node) -> Node:
    """Give a number's text with a decimal point: the last of `,` and `.` is the decimal sign."""
    european = function("regexp_matches", value, exp.Literal.string(r",[0-9]+$"))
    points = function("replace", value, exp.Literal.string("."), exp.Literal.string(""))
    swapped = function("replace", points, exp.Literal.string(","), exp.Literal.string("."))
    plain = function("replace", value, exp.Literal.string(","), exp.Literal.string(""))
    return exp.Case(ifs=[exp.If(this=european, true=swapped)], default=plain)


def _yes_no(value: Node, source: str) -> Node:
    if shape(source) is Shape.FLAG:
        return value.copy()
    word = function("lower", function("trim", text(value, source)))
    yes, no = (
        exp.In(this=word.copy(), expressions=[exp.Literal.string(each) for each in words])
        for words in (_YES, _NO)
    )
    return exp.Case(ifs=[exp.If(this=yes, true=exp.true()), exp.If(this=no, true=exp.false())])


def _moment(value: Node, source: str, zone: str) -> Node:
    kind = shape(source)
    if kind is Shape.ZONED:
        return _local(value, zone)
    if kind not in {Shape.TEXT, Shape.WHOLE}:
        return _cast(value, "TIMESTAMP")
    written = _cast(value, "VARCHAR")
    formats = exp.Array(expressions=[exp.Literal.string(each) for each in _FORMATS])
    otherwise = _cast(function("try_strptime", written, formats), "TIMESTAMP")
    if kind is Shape.WHOLE:
        return otherwise
    zoned = function("regexp_matches", written, exp.Literal.string(_OFFSET))
    local = exp.If(this=zoned, true=_local(_try(written, "TIMESTAMPTZ"), zone))
    read = exp.Case(ifs=[local], default=_try(written, "TIMESTAMP"))
    return function("coalesce", read, otherwise)


def _birth(value: Node, source: str, zone: str) -> Node:
    """Give a day of birth; of a year alone its first, so that an age is the years between."""
    kind = shape(source)
    if kind not in {*NUMBERS, Shape.TEXT}:
        return _try(_moment(value, source, zone), "DATE")
    year = _try(function("trim", text(value, source)), "INTEGER")
    possible = exp.Between(
        this=year, low=exp.Literal.number(_YEARS[0]), high=exp.Literal.number(_YEARS[1])
    )
    first = function("make_date", year, exp.Literal.number(1), exp.Literal.number(1))
    alone = exp.Case(ifs=[exp.If(this=possible, true=first)])
    if kind not in {Shape.TEXT, Shape.WHOLE}:
        return alone
    return function("coalesce", alone, _try(_moment(value, source, zone), "DATE"))


def _local(value: Node, zone: str) -> Node:
    return function("timezone", exp.Literal.string(zone), value)


def _replace(value: Node, pattern: str, new: str) -> Node:
    literals = [exp.Literal.string(each) for each in (pattern, new, "g")]
    return function("regexp_replace", value, *literals)


def function(name: str, *arguments: Node) -> Node:
    """Give a call of one of DuckDB's functions."""
    return exp.Anonymous(this=name, expressions=[argument.copy() for argument in arguments])


def _cast(value: Node, to: str) -> Node:
    return exp.Cast(this=value.copy(), to=exp.DataType.build(to, dialect="duckdb"))


def _try(value: Node, to: str) -> Node:
    return exp.TryCast(this=value.copy(), to=exp.DataType.build(to, dialect="duckdb"))
