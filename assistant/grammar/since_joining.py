"""Within so long of becoming a customer, a date of each member's own: "joined, bought in a week".

In: two neighbouring frames. Out: the second with a window that begins with that date, in every way
that the words allow. What was begun and has no date cannot be counted from, and is refused.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.grammar.frames import ITEM, Frame, FrameKind
from assistant.grammar.meaning import Unclear, ask_at
from assistant.grammar.moves.context import Context
from assistant.grammar.pieces import When
from assistant.grammar.sequences import within_of
from assistant.grammar.variants import Ask
from assistant.languages.packs import begun
from segments.definition import Anchor, Near, Origin

Row = tuple[list[Frame], tuple[tuple[Ask, int], ...]]

_BEGAN = "registered"
_JOINED = frozenset({"and", "but", "without", "comma", ITEM})


def joined_before(context: Context, before: Frame, frame: Frame) -> bool:
    """Whether it is said to be within so long after somebody became a customer."""
    if before.kind is not FrameKind.FIELD or not _hangs_on(frame):
        return False
    field = context.catalogue.fields[before.field or ""]
    said = before.negated or before.yearly or before.also or before.tenure or before.tests
    timed = before.window is None or isinstance(before.window, When)
    return field.role == _BEGAN and timed and not said and before.known is None


def since_joining(before: Frame, frame: Frame) -> list[Row]:
    """Both frames, or one where only that they joined was said. It may be of the last days, too,
    where joining has its time or buying a tense of today: "signed up and have bought within"."""
    assert isinstance(frame.window, When)
    anchor = Anchor(Origin.FIELD, before.field or "")
    near = replace(frame.window, window=Near(anchor, within_of(frame)), within=False)
    after = frame._replace(window=near)
    if before.window is None and not frame.auxiliary:
        merged = after._replace(
            pieces=(*before.pieces, *frame.pieces),
            connector=before.connector,
            relative=before.relative,
            auxiliary=before.auxiliary,
            new_group=before.new_group,
            either=before.either,
        )
        return [([merged], ())]
    ask = ask_at(frame, "within_of")
    lately = frame._replace(window=replace(frame.window, within=False))
    joined = before if before.window is not None else before._replace(known=True)
    return [([joined, after], ((ask, 0),)), ([joined, lately], ((ask, 1),))]


def check_begun(context: Context, frames: Sequence[Frame]) -> None:
    """Raises Unclear where so long may be of what somebody became or signed up for, and when that
    was is not known: "became members and bought within a week"."""
    for index, frame in enumerate(frames[1:], 1):
        if not _hangs_on(frame) or joined_before(context, frames[index - 1], frame):
            continue
        if any(_begun(context, before) for before in frames[:index]):
            raise Unclear("not_yet", what="sequence")


def _hangs_on(frame: Frame) -> bool:
    event = frame.kind is FrameKind.EVENT and not frame.new_group and not frame.newest()
    return event and within_of(frame) is not None and frame.connector in _JOINED


def _begun(context: Context, frame: Frame) -> bool:
    """Whether it was said as something that was done once, of which only the state is known."""
    if frame.kind is FrameKind.HEADLESS:
        return bool(frame.restrictions)
    if frame.kind is not FrameKind.FIELD or frame.window is not None:
        return False
    start = min(piece.start for piece in frame.pieces) - frame.auxiliary  # "became | members"
    end = max(piece.end for piece in frame.pieces)
    return any(token.key in begun() for token in context.tokens[start:end])
