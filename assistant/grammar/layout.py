"""Brackets: which token closes which, found before anything is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.grammar.reading import Note
from assistant.grammar.tokens import Shape, Token

_CLOSING = {"(": ")", "[": "]", "{": "}"}
BRACKETS = frozenset({*_CLOSING, *_CLOSING.values()})
DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Layout:
    """`partners` leads from each opening token to its closing one; `reason` says why there is no
    such layout."""

    partners: Mapping[int, int] = field(default_factory=dict)
    reason: Note | None = None


def layout(tokens: Sequence[Token]) -> Layout:
    """The brackets of a sentence; with a reason where one has no partner, or holds nothing."""
    partners: dict[int, int] = {}
    waiting: list[int] = []
    for at, token in enumerate(tokens):
        if token.shape is not Shape.SIGN:
            continue
        if token.key in _CLOSING:
            waiting.append(at)
            if len(waiting) > DEEPEST:
                return Layout(reason=Note("too_deep"))
        elif token.key in _CLOSING.values():
            if not waiting or _CLOSING[tokens[waiting[-1]].key] != token.key:
                return Layout(reason=Note("brackets"))
            opening = waiting.pop()
            if opening + 1 == at:
                return Layout(reason=Note("empty_brackets"))
            partners[opening] = at
    return Layout(partners, Note("brackets") if waiting else None)
