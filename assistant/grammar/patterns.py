"""Phrase templates of a language pack -> plain sequences that the reader walks.

A template is words with `[optional]` parts, `(one|or the other)` and `{slots}`. `expand` gives
every sequence it stands for. Knows nothing of what the slots mean.
"""

import re
from dataclasses import dataclass
from functools import cache

from assistant.grammar.tokens import keys


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a sequence that a phrase of this name fills."""

    name: str


Element = str | Slot  # a token key, or a slot
Sequence = tuple[Element, ...]

_keys = cache(keys)  # the same few words stand in many templates
_SIGNS = frozenset("[](){}|")
_PIECE = re.compile(r"\[|\]|\(|\)|\||\{\w+\}|[^\[\]()|{}]+")


class BadTemplate(ValueError):
    """The template's brackets do not match, or a sign is out of place."""


def expand(template: str) -> tuple[Sequence, ...]:
    """Every sequence the template stands for, without repetition, longest first."""
    if _SIGNS.isdisjoint(template):
        words = keys(template)
        return (words,) if words else ()
    pieces = _PIECE.findall(template)
    sequences, rest = _alternatives(pieces, 0, closing="")
    if rest != len(pieces):
        raise BadTemplate(template)
    unique = dict.fromkeys(sequence for sequence in sequences if sequence)
    return tuple(sorted(unique, key=len, reverse=True))


def _alternatives(pieces: list[str], at: int, closing: str) -> tuple[list[Sequence], int]:
    found: list[Sequence] = []
    current: list[Sequence] = [()]
    while at < len(pieces) and pieces[at] != closing:
        piece = pieces[at]
        at += 1
        if piece == "|":
            found.extend(current)
            current = [()]
            continue
        options, at = _options(piece, pieces, at)
        current = [left + right for left in current for right in options]
    if closing and at >= len(pieces):
        raise BadTemplate("".join(pieces))
    return found + current, at + (1 if closing else 0)


def _options(piece: str, pieces: list[str], at: int) -> tuple[list[Sequence], int]:
    if piece == "[":
        inner, at = _alternatives(pieces, at, "]")
        return [*inner, ()], at
    if piece == "(":
        return _alternatives(pieces, at, ")")
    if piece in ("]", ")"):
        raise BadTemplate("".join(pieces))
    if piece.startswith("{"):
        return [(Slot(piece[1:-1]),)], at
    return [_keys(piece)], at
