"""The account of every word: what became of it, and which condition it helped to make."""

from collections.abc import Sequence as Ordered

from assistant.grammar.frames import Frame, FrameKind, State, flat
from assistant.grammar.pieces import Piece, Sort
from assistant.grammar.reading import Colour, Word, WordStatus
from assistant.grammar.tokens import Token
from segments.catalogue import Catalogue
from segments.definition import (
    All,
    Anniversary,
    Any,
    Condition,
    DateField,
    Field,
    Measure,
    Not,
    Rank,
    Sequence,
    leaves,
    records_of,
)

_PLACES = frozenset({"city", "country", "region", "postal_code"})
_ALWAYS = {
    Sort.UNKNOWN: WordStatus.UNKNOWN,
    Sort.BEYOND: WordStatus.UNKNOWN,
    Sort.ASIDE: WordStatus.ASIDE,
    Sort.AS_OF: WordStatus.USED,
}
_PLAIN = frozenset({Sort.STRUCTURE, Sort.OPEN, Sort.CLOSE, Sort.ITEM})


def account(
    catalogue: Catalogue, tokens: Ordered[Token], state: State, definition: Condition | None
) -> tuple[Word, ...]:
    """A word for every token that was written, in the order of the text."""
    frames = tuple(flat(state.frames))
    owners = _owners(frames, definition)
    made = {piece: i for i in reversed(range(len(frames))) for piece in frames[i].pieces}
    words: list[Word] = []
    for piece in state.path:
        index = made.get(piece)
        frame = frames[index] if index is not None else None
        status = _status(piece, frame)
        colour = _colour(catalogue, piece, frame) if status is not WordStatus.STRUCTURE else None
        condition = owners.get(index) if index is not None else None
        shown = colour if status is not WordStatus.UNKNOWN else None
        words.extend(
            Word(token.text, token.start, token.end, status, condition, shown, piece.read_as)
            for token in tokens[piece.start : piece.end]
        )
    written = {word.start: word for word in reversed(words) if word.text}
    return tuple(written[start] for start in sorted(written))


def _status(piece: Piece, frame: Frame | None) -> WordStatus:
    if (status := _ALWAYS.get(piece.sort)) is not None:
        return status
    if piece.read_as is not None:
        return WordStatus.CORRECTED
    if frame is None or piece.sort in _PLAIN:
        return WordStatus.STRUCTURE
    if frame.as_age and piece.sort is Sort.COMPARE:
        return WordStatus.ASSUMED
    return WordStatus.USED


def _colour(catalogue: Catalogue, piece: Piece, frame: Frame | None) -> Colour | None:
    if piece.sort is Sort.AS_OF:
        return Colour.WHEN
    if frame is None:
        return None
    if piece.sort is Sort.WINDOW:
        return Colour.WHEN
    if frame.kind is FrameKind.VAGUE:
        return Colour.WHO
    if frame.kind is not FrameKind.FIELD:
        return Colour.DID
    role = catalogue.fields[frame.field or ""].role or ""
    if role.startswith("consent"):
        return Colour.CONSENT
    return Colour.WHERE if role in _PLACES else Colour.WHO


def _owners(frames: Ordered[Frame], definition: Condition | None) -> dict[int, int]:
    """Frame index -> leaf index: each frame takes the first leaf that fits and is still free."""
    if definition is None:
        return {}
    free = dict(enumerate(_all_leaves(definition)))
    owners: dict[int, int] = {}
    for index, frame in enumerate(frames):
        loose = [i for i, leaf in free.items() if _fits(frame, leaf)]
        exact = [i for i in loose if _values_fit(frame, free[i])]
        for found in (exact or loose)[:1]:
            owners[index] = found
            if not isinstance(free[found], Sequence):
                free.pop(found)  # a sequence is made of several
    return owners


def _all_leaves(definition: Condition) -> tuple[Condition, ...]:
    found = leaves(definition)
    inner = tuple(
        leaf
        for part in found
        if isinstance(part, Rank) and part.among
        for leaf in leaves(part.among)
    )
    return found + inner


def _fits(frame: Frame, leaf: Condition) -> bool:
    match leaf:
        case Field(field, _) | DateField(field, _) | Anniversary(field, _):
            return frame.kind is FrameKind.FIELD and frame.field == field
        case All() | Any() | Not():
            return False
        case _:
            events = {records.event for records in records_of(leaf)}
            return (frame.event is None or frame.event in events) and frame.field is None


def _values_fit(frame: Frame, leaf: Condition) -> bool:
    codes = {o.code for r in frame.restrictions for options in r.options for o in options}
    match leaf:
        case Field(_, test):
            return not codes or bool(codes & set(test.values))
        case Measure(aggregate, _):
            values = {v for f in aggregate.records.filters for v in f.test.values}
            return codes <= values if codes else not values
        case _:
            return True
