"""Text -> tokens with offsets. Knows characters only; no word, no language.

A token is a word (apostrophes inside belong to it), a number as it was written, a quoted string or
a sign. Hyphens stand alone, so that "e-mail" and "VIP-kunder" are three tokens each; an underscore
inside a name is a space.
"""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple


class Shape(StrEnum):
    """What a token looks like."""

    WORD = "word"
    NUMBER = "number"
    SIGN = "sign"
    QUOTE = "quote"


class Token(NamedTuple):
    """`key` is what the lexicon knows it by: lower case, composed, plain apostrophe."""

    text: str
    key: str
    start: int
    end: int
    shape: Shape
    spaced: bool  # whether white space stands before it
    breaks: bool = False  # whether a line begins with it


_SPACE = "[ \u00a0\u202f\u2009]"
_NUMBER = (
    rf"\d{{1,3}}(?:{_SPACE}\d{{3}})+(?:[.,]\d+)?(?!\d)"  # 1 000,50
    r"|\d{4}-\d{2}-\d{2}(?!\d)"  # 2026-01-31
    r"|\d+(?:[.,/]\d+)*"  # 1.000,50 and 04/03/2026
)
_WORD = r"[^\W\d_]+(?:['’][^\W\d_]+)*['’]?"
_QUOTE = r"[\"“”„»«][^\"“”„»«]*[\"“”»«]|(?<!\w)'[^']+'(?!\w)"
_SIGN = r">=|<=|!=|<>|=>|=<|==|&&|\|\||\.\.|(?!(?<=[^\W_])_(?=[^\W_]))\S"
_PATTERN = re.compile(
    rf"(?P<quote>{_QUOTE})|(?P<number>{_NUMBER})|(?P<word>{_WORD})|(?P<sign>{_SIGN})"
)
_PARTS = re.compile(rf"{_QUOTE}|{_NUMBER}|{_WORD}|{_SIGN}")
_SHAPES = {str(shape): shape for shape in Shape}
_CONTROL = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\ud800-\udfff]"
)
SLASH = "/"
EQUATING = frozenset({"=", "==", "!=", "<>", "≠"})
COMPARING = EQUATING | {"<", ">", "<=", ">=", "=<", "=>", "≤", "≥"}
QUOTE_MARKS = "\"“”„»«'"


def fold(text: str) -> str:
    """Lower case, composed, with a plain apostrophe and a plain dash."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFC", text).lower()
    return text.replace("’", "'").replace("–", "-").replace("—", "-").replace("−", "-")


def bare(text: str) -> str:
    """Without diacritics, for comparing a word typed on another keyboard."""
    if text.isascii():
        return text.lower()
    text = text.lower().replace("ø", "o").replace("æ", "ae").replace("ß", "ss").replace("đ", "d")
    kept = (c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return "".join(kept)


def strange(text: str) -> tuple[str, ...]:
    """Control and direction characters in the text, and halves of characters, which cannot be
    written anywhere, as code points ("U+202E")."""
    return tuple(dict.fromkeys(f"U+{ord(c):04X}" for c in _CONTROL.findall(text)))


def tokenize(text: str) -> tuple[Token, ...]:
    """Every token of the text in order; white space is only remembered as `spaced`."""
    tokens = []
    before = 0
    for match in _PATTERN.finditer(text):
        said = match.group()
        start, end = match.span()
        shape = _SHAPES[match.lastgroup or ""]
        first = before == 0
        spaced, begins = first or start > before, first or "\n" in text[before:start]
        tokens.append(Token(said, fold(said), start, end, shape, spaced, begins))
        before = end
    return tuple(tokens)


def keys(text: str) -> tuple[str, ...]:
    """What the tokens of a text in any case are known by."""
    found = _PARTS.findall(fold(text))
    return tuple(found) if text.isascii() else tuple(map(fold, found))


def unquoted(quote: str) -> str:
    """The text of a quote, without the marks around it; marks within are part of it."""
    return quote[1:-1]


def written(tokens: Sequence[Token]) -> str:
    """The text of tokens, spaced as it was written."""
    return "".join(f" {t.text}" if t.spaced and i else t.text for i, t in enumerate(tokens))
