"""Brackets and lists: which token closes which, and where items begin, before anything is read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.grammar.reading import Note
from assistant.grammar.tokens import Shape, Token, written

_CLOSING = {"(": ")", "[": "]", "{": "}"}
BRACKETS = frozenset({*_CLOSING, *_CLOSING.values()})
DEEPEST = 12
_SHOWN = 4  # tokens that tell which bracket is meant
_BULLETS = frozenset("-*•·‣◦▪●+")
_MARKS = BRACKETS | _BULLETS | {"."}  # a text without them has neither brackets nor items
_LETTERS = "abcdefghij"


@dataclass(frozen=True, slots=True)
class Layout:
    """`partners` leads from each opening token to its closing one, `items` from the first token of
    each mark of a list ("-", "1.", "(a)") to the one after it; `reason` says why there is no such
    layout, and `failed` at which token."""

    partners: Mapping[int, int] = field(default_factory=dict)
    items: Mapping[int, int] = field(default_factory=dict)
    reason: Note | None = None
    failed: int | None = None


def layout(tokens: Sequence[Token]) -> Layout:
    """The brackets and items of a text; with a reason where a bracket has no partner, or holds
    nothing."""
    if _MARKS.isdisjoint([token.key for token in tokens]):
        return Layout()
    items = _numbered(tokens) or _bulleted(tokens)
    marks = {at for start, end in items.items() for at in range(start, end)}
    partners: dict[int, int] = {}
    waiting: list[int] = []
    for at, token in enumerate(tokens):
        if token.shape is not Shape.SIGN or at in marks:
            continue
        if token.key in _CLOSING:
            waiting.append(at)
            if len(waiting) > DEEPEST:
                return _failed("too_deep", tokens, at)
        elif token.key in _CLOSING.values():
            if not waiting or _CLOSING[tokens[waiting[-1]].key] != token.key:
                return _failed("brackets", tokens, at)
            opening = waiting.pop()
            if opening + 1 == at:
                return _failed("empty_brackets", tokens, opening)
            partners[opening] = at
    return _failed("brackets", tokens, waiting[-1]) if waiting else Layout(partners, items)


def _failed(code: str, tokens: Sequence[Token], at: int) -> Layout:
    """What is wrong at a token, with the first words from there on and where they stand in the
    text: the first character is 1."""
    words = written(tokens[at : at + _SHOWN])
    return Layout(reason=Note(code, {"words": words, "at": str(tokens[at].start + 1)}), failed=at)


def _numbered(tokens: Sequence[Token]) -> dict[int, int]:
    """The marks that count 1, 2, 3 or a, b, c: two or more, else they are something else."""
    found: dict[int, int] = {}
    labels: list[str] = []
    depth = 0
    for at, token in enumerate(tokens):
        depth += (token.key in _CLOSING) - (token.key in _CLOSING.values())
        for end, label in _label(tokens, at, enclosed=depth > 0):
            if label in (str(len(labels) + 1), _LETTERS[len(labels) : len(labels) + 1]):
                found[at] = end
                labels.append(label)
    same = len({label.isdigit() for label in labels}) == 1
    return found if len(found) > 1 and same else {}


def _label(tokens: Sequence[Token], at: int, *, enclosed: bool) -> Iterator[tuple[int, str]]:
    keys = [token.key for token in tokens[at : at + 3]]
    if len(keys) == 3 and (keys[0], keys[2]) == ("(", ")"):
        yield at + 3, keys[1]
    tight = len(keys) > 1 and not tokens[at + 1].spaced and not enclosed
    if tight and (keys[1] == ")" or (keys[1] == "." and tokens[at].breaks)):
        yield at + 2, keys[0]


def _bulleted(tokens: Sequence[Token]) -> dict[int, int]:
    """The bullets at the beginnings of lines; where the text begins with one and has but one line,
    those between spaces."""
    lines = [at for at, token in enumerate(tokens) if token.breaks]
    marks = [at for at in lines if tokens[at].key in _BULLETS and at + 1 < len(tokens)]
    if len(lines) == 1 and marks:
        same = [at for at in range(1, len(tokens) - 1) if tokens[at].key == tokens[0].key]
        marks += [at for at in same if _apart(tokens, at)]
    return {at: at + 1 for at in marks}


def _apart(tokens: Sequence[Token], at: int) -> bool:
    """Whether a sign stands between spaces, and not between numbers."""
    before, following = tokens[at - 1], tokens[at + 1]
    numbers = before.shape is Shape.NUMBER and following.shape is Shape.NUMBER
    return tokens[at].spaced and following.spaced and not numbers
