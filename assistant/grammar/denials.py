"""What is denied for another time, of all that was done before it: "bought and opened in 2025, but
neither in 2026", "opened or clicked in May but not in June".

The frame in hand has taken over the last verb only; the others need one of their own.
"""

from collections.abc import Sequence

from assistant.grammar.frames import Frame, FrameKind
from assistant.grammar.meaning import Unclear
from assistant.grammar.pieces import Connective

_LISTED = frozenset({"and", "or"})


def denied_for_all(frames: Sequence[Frame], index: int) -> tuple[list[Frame], bool] | None:
    """The frames with all that was done before denied in that time, and whether the words leave no
    doubt of it ("neither"); None where only one thing was done. Raises Unclear."""
    frame = frames[index]
    if not (frame.elliptic and frame.negated) or frame.connector not in ("but", "and"):
        return None
    if frame.window is None or frame.compare is not None or frame.relative:
        return None
    done = _done_before(frames, index)
    if len(done) < 2 or frame.event != done[-1].event:
        return None
    if frame.restrictions != done[-1].restrictions:
        return None  # another thing is denied than the last that was done
    if any(one.compare is not None for one in done):
        raise Unclear("scope")  # "bought twice and opened, but not in May": not twice, or nothing?
    others = [
        one._replace(
            pieces=frame.pieces,
            connector="nor",
            relative=False,
            auxiliary=False,
            new_group=False,
            negated=True,
            window=frame.window,
            elliptic=True,
            either=False,
        )
        for one in done[:-1]
    ]
    sure = any(isinstance(p.payload, Connective) for p in frame.pieces)
    return [*frames[: index + 1], *others, *frames[index + 1 :]], sure


def _done_before(frames: Sequence[Frame], index: int) -> list[Frame]:
    """What was done right before a frame, one joined to the other, none of it denied."""
    done: list[Frame] = []
    for at in range(index - 1, -1, -1):
        one = frames[at]
        told = one.which or one.share or one.versus or one.sole >= 0
        if one.kind is not FrameKind.EVENT or one.negated or told:
            break
        done.insert(0, one)
        if one.connector not in _LISTED or one.new_group:
            break
    return done
