"""Two numbers of which one is held against the other: frames -> one frame with both sides.

What stands around such a pair keeps to it: nothing is carried over from a neighbour, and where a
time might hold for both of them the sentence is not read.
"""

from collections.abc import Sequence
from itertools import pairwise

from assistant.grammar.frames import THAN, Frame, FrameKind
from assistant.grammar.meaning import Unclear


def paired(frames: Sequence[Frame]) -> list[Frame]:
    """The frames, with those that are compared or shared as one each. Raises Unclear."""
    found: list[Frame] = []
    for index, frame in enumerate(frames):
        if frame.connector == THAN:
            found[-1] = _sides(frames[index - 1], frame)
        elif frame.event is None and (frame.share is not None or frame.versus is not None):
            raise Unclear("scope")
        elif frame.share is not None or frame.versus is not None:
            found.append(_sides(frame))
        else:
            found.append(frame)
    for frame in found:
        if frame.kind is FrameKind.SIDES and len(frame.inner) == 1 and _lacks_other(frame.inner[0]):
            raise Unclear("not_yet", what="comparison")  # more than what?
    for before, frame in pairwise(found):
        _check_neighbours(before, frame)
    return found


def _lacks_other(side: Frame) -> bool:
    """Whether a number is held against one that is still to be said; that of everyone is said."""
    return side.versus is not None and not side.versus.norm


def _sides(frame: Frame, other: Frame | None = None) -> Frame:
    pieces = (*frame.pieces, *(other.pieces if other is not None else ()))
    inner = (frame._replace(negated=False), *(() if other is None else (other,)))
    return frame._replace(
        kind=FrameKind.SIDES,
        pieces=pieces,
        inner=inner,
        event=None,
        window=None,
        versus=None,
        share=None,
        base=None,
        restrictions=(),
    )


def _check_neighbours(before: Frame, frame: Frame) -> None:
    """Raises Unclear where "not", or a time, may hold for what comes after it too."""
    if FrameKind.SIDES not in (before.kind, frame.kind):
        return
    if frame.elliptic and before.kind is FrameKind.SIDES:
        raise Unclear("scope")  # "than in 2025 and 2024": than in both together?
    if frame.relative or frame.new_group:
        return
    events = {before.kind, frame.kind} <= {FrameKind.SIDES, FrameKind.EVENT}
    if not events or frame.connector == "except":
        return
    denied = before.negated and not frame.negated and frame.connector in ("and", "or")
    timed = [_timed(before), _timed(frame)]
    if denied or (None not in timed and timed[0] is not timed[1]):
        raise Unclear("scope")


def _timed(frame: Frame) -> bool | None:
    """Whether a time was said of it that may be meant for a neighbour too; None where each side of
    it has a time of its own."""
    if frame.kind is not FrameKind.SIDES:
        return frame.window is not None
    windows = [side.window for side in frame.inner]
    return None if len(windows) > 1 and None not in windows else any(windows)
