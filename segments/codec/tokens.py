"""Tokens of the canonical text become values, or Shown(BadText) with their line and column."""

import json
import re
from datetime import date
from decimal import Decimal
from typing import NoReturn

from lark import Token

from segments.codec.nesting import writable
from segments.definition import Unit
from segments.errors import Shown
from segments.problems import BadText

COUNTRY = re.compile("[A-Z]{2}")  # ISO 3166


def refuse(token: Token, *expected: str) -> NoReturn:
    """Raise the token as the place of a mistake."""
    raise Shown(BadText("text", str(token), token.line or 1, token.column or 1, expected))


def string_of(token: Token) -> str:
    """The text of a quoted token."""
    value = str(json.loads(f'"{token[1:-1]}"'))
    return value if writable(value) else refuse(token)


def date_of(token: Token) -> date:
    """The day of a token that looks like one."""
    try:
        return date.fromisoformat(token)
    except ValueError:
        refuse(token, "DATE")


def integer_of(token: Token) -> int:
    """The whole number of a token."""
    try:
        return int(token)
    except ValueError:  # a point, or more digits than Python reads
        refuse(token, "NUMBER")


def unit_of(token: Token) -> Unit:
    """The calendar step of a word, singular or plural."""
    return Unit(token.removesuffix("s"))


def number_of(token: Token) -> int | Decimal:
    """A decimal when it has a point, else a whole number."""
    return Decimal(token) if "." in token else integer_of(token)
