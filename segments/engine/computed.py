"""Columns that a catalogue computes from others of the same table, or of those it links to.

In: the formula as the catalogue writes it, the columns of the files. Out: a sqlglot node a column.
A formula is parsed by Python and taken apart here: only columns, numbers, + - * / and brackets
become SQL. Start at `node_of`.
"""

import ast
from collections.abc import Callable
from datetime import date

from sqlglot import exp

from segments.catalogue import Computed, Type, path_of
from segments.engine import casts
from segments.engine.casts import MONEY, Node, function
from segments.errors import Broken

JOINER = "|"  # stands between the parts of a key made of several columns
SIGNS: dict[type[ast.operator], type[exp.Binary]] = {
    ast.Add: exp.Add,
    ast.Sub: exp.Sub,
    ast.Mult: exp.Mul,
    ast.Div: exp.Div,
}

Find = Callable[[str], tuple[exp.Column, str]]  # a column and its type in the source


def node_of(computed: Computed, find: Find, zone: str, as_of: date | None) -> Node:
    """Give the column as a node: an exact number to four decimals, a key as text, or a day. What
    one of its columns does not know is unknown."""
    match computed:
        case Computed(formula=str(formula)):
            value = _number(ast.parse(formula, mode="eval").body, find, zone)
            return exp.TryCast(this=value, to=exp.DataType.build(MONEY, dialect="duckdb"))
        case Computed(days_before=str(column)) if as_of is not None:
            days = casts.cast(*find(column), Type.NUMBER, zone)
            whole = exp.TryCast(this=days, to=exp.DataType.build("INTEGER", dialect="duckdb"))
            day = exp.cast(exp.Literal.string(as_of.isoformat()), exp.DType.DATE)
            return exp.Paren(this=exp.Sub(this=day, expression=whole))
        case Computed(joined=(first, *others)):
            key = casts.text(*find(first), zone)
            for each in others:
                joiner = exp.Literal.string(JOINER)
                key = exp.DPipe(this=key, expression=joiner)
                key = exp.DPipe(this=key, expression=casts.text(*find(each), zone))
            return key
        case _:
            message = f"nothing to compute in {computed}"
            raise Broken(message)


def _number(node: ast.expr, find: Find, zone: str) -> Node:
    match node:
        case ast.Constant(value=int() | float() as number):
            return exp.Literal.number(number)
        case ast.Name() | ast.Attribute():
            value = casts.cast(*find(path_of(node) or ""), Type.NUMBER, zone)
            return exp.Cast(this=value, to=exp.DataType.build("DOUBLE", dialect="duckdb"))
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return exp.Neg(this=exp.Paren(this=_number(inner, find, zone)))
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            below = function("nullif", _number(right, find, zone), exp.Literal.number(0))
            return exp.Paren(this=exp.Div(this=_number(left, find, zone), expression=below))
        case ast.BinOp(left=left, op=sign, right=right):
            sides = {"this": _number(left, find, zone), "expression": _number(right, find, zone)}
            return exp.Paren(this=SIGNS[type(sign)](**sides))
        case _:
            message = f"no number: {ast.dump(node)}"
            raise Broken(message)
