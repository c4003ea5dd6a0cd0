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


def parts(template: str) -> tuple[tuple[Sequence, ...], ...]:
    """The parts of a template in their order, each with the sequences that it may be; an empty one
    where it may be left out. Raises BadTemplate."""
    if _SIGNS.isdisjoint(template):
        words = keys(template)
        return ((words,),) if words else ()
    pieces = _PIECE.findall(template)
    found: list[tuple[Sequence, ...]] = []
    at = 0
    while at < len(pieces):
        if pieces[at] == "|":
            whole, _ = _alternatives(pieces, 0, closing="")
            return (tuple(dict.fromkeys(whole)),)
        options, at = _options(pieces[at], pieces, at + 1)
        found.append(tuple(dict.fromkeys(options)))
    return tuple(found)


def expand(template: str) -> tuple[Sequence, ...]:
    """Every sequence the template stands for, without repetition, longest first. Raises
    BadTemplate."""
    found: list[Sequence] = [()]
    for options in parts(template):
        found = [left + right for left in found for right in options]
    unique = dict.fromkeys(sequence for sequence in found if sequence)
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
