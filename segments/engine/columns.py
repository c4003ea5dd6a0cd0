"""What kind of column a source has, and the type of the catalogue it is taken for.

In: the name DuckDB has for a column's type. Out: its shape, whether it can be read as a type, and
the type of an attribute whose catalogue leaves it out. Start at `infer`.
"""

from enum import StrEnum

from segments.catalogue import Attribute, Type
from segments.catalogue_roles import (
    ATTRIBUTE_ROLES,
    DATE_ROLES,
    DEGREES,
    FIELD_ROLES,
    MONEY_ROLES,
    NUMBER_ROLES,
    YES_NO_ROLES,
)

_TEXT_ROLES = frozenset((*FIELD_ROLES, *ATTRIBUTE_ROLES)) - (
    YES_NO_ROLES | MONEY_ROLES | DATE_ROLES | NUMBER_ROLES
)


class Shape(StrEnum):
    """The kind of a source column."""

    WHOLE = "whole"
    EXACT = "exact"
    REAL = "real"
    FLAG = "flag"
    DAY = "day"
    INSTANT = "instant"
    ZONED = "zoned"
    LIST = "list"
    TEXT = "text"
    OTHER = "other"


_SHAPES = {
    "BOOLEAN": Shape.FLAG,
    "DATE": Shape.DAY,
    "VARCHAR": Shape.TEXT,
    "UUID": Shape.TEXT,
    "FLOAT": Shape.REAL,
    "DOUBLE": Shape.REAL,
    "TIMESTAMP WITH TIME ZONE": Shape.ZONED,
    **dict.fromkeys(("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"), Shape.INSTANT),
    **{
        sign + size: Shape.WHOLE
        for sign in ("", "U")
        for size in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
    },
}
NUMBERS = frozenset({Shape.WHOLE, Shape.EXACT, Shape.REAL})
_MOMENTS = frozenset({Shape.DAY, Shape.INSTANT, Shape.ZONED, Shape.TEXT, Shape.WHOLE})
_FITS = {
    Type.TEXT: frozenset(Shape) - {Shape.OTHER},
    Type.LIST: frozenset({Shape.LIST, Shape.TEXT}),
    Type.NUMBER: NUMBERS | {Shape.TEXT, Shape.FLAG},
    Type.MONEY: NUMBERS | {Shape.TEXT},
    Type.YES_NO: NUMBERS | {Shape.TEXT, Shape.FLAG},
    Type.DATE: _MOMENTS,
    Type.AGE: _MOMENTS | NUMBERS,  # a year of birth
    Type.TIME: _MOMENTS,
}


def shape(source: str) -> Shape:
    """Give the kind of a DuckDB type."""
    if source.endswith("[]"):
        return Shape.LIST
    if source.startswith("DECIMAL"):
        return Shape.EXACT
    if source.startswith("ENUM"):
        return Shape.TEXT
    return _SHAPES.get(source, Shape.OTHER)


def fits(source: str, type_: Type) -> bool:
    """Whether values of the source can be read as the type at all."""
    return shape(source) in _FITS[type_]


def loses(source: str, type_: Type) -> bool:
    """Whether single values may turn out unreadable, so that they are worth counting."""
    kind = shape(source)
    if kind in NUMBERS:
        return type_ in {Type.DATE, Type.AGE, Type.TIME}
    return kind is Shape.TEXT and type_ not in {Type.TEXT, Type.LIST}


def infer(source: str, attribute: Attribute) -> Type:
    """Give the type of an attribute: the one declared, else what its role and its column say."""
    if attribute.typed:
        return attribute.type
    kind, role = shape(source), attribute.role
    if role in YES_NO_ROLES and kind is not Shape.LIST:
        return Type.YES_NO
    if role in MONEY_ROLES and kind in _FITS[Type.MONEY]:
        return Type.MONEY
    if kind in NUMBERS:
        return Type.TEXT if role in _TEXT_ROLES else Type.NUMBER
    if kind in {Shape.DAY, Shape.INSTANT, Shape.ZONED} and role == "age":
        return Type.AGE
    if kind is Shape.TEXT and role in DEGREES:
        return Type.NUMBER
    if kind is Shape.TEXT and role in DATE_ROLES:
        return Type.DATE
    plain = {Shape.FLAG: Type.YES_NO, Shape.DAY: Type.DATE, Shape.LIST: Type.LIST}
    plain |= {Shape.INSTANT: Type.TIME, Shape.ZONED: Type.TIME}
    return plain.get(kind, Type.TEXT)


def key_type(source: str) -> str:
    """Give the type keys of this source are kept in: whole numbers stay, all else is text."""
    kind = shape(source)
    if kind is Shape.WHOLE:
        return source
    if kind is Shape.REAL or (kind is Shape.EXACT and source.endswith(",0)")):
        return "BIGINT"  # a frame turns keys with gaps into 12345.0
    return "VARCHAR"
