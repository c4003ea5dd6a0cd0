"""What stands beside a bracket and holds for all in it: "(opened or clicked) the newsletter".

Only values and a time can be said so, and only of brackets that hold nothing but events.
"""

from collections.abc import Sequence

from assistant.grammar.frames import Frame, FrameKind, Restriction
from assistant.grammar.meaning import Unclear


def factored(frames: Sequence[Frame]) -> list[Frame]:
    """The frames with what waits beside a group given to each event in it. Raises Unclear when one
    of them cannot take it."""
    found: list[Frame] = []
    for frame in frames:
        before = found[-1] if found else None
        if before is None or frame.connector:
            found.append(frame)
        elif before.kind is FrameKind.GROUP and _loose(frame):
            found[-1] = _given(before, frame)
        elif frame.kind is FrameKind.GROUP and _loose(before):
            found[-1] = _given(frame, before)._replace(
                connector=before.connector, new_group=before.new_group
            )
        else:
            found.append(frame)
    return found


def _loose(frame: Frame) -> bool:
    plain = frame.kind is FrameKind.HEADLESS and not frame.negated
    return plain and frame.compare is None and frame.number_filter is None


def _given(group: Frame, said: Frame) -> Frame:
    inner = tuple(
        _given(one, said) if one.kind is FrameKind.GROUP else _taken(one, said)
        for one in group.inner
    )
    return group._replace(inner=inner, pieces=(*group.pieces, *said.pieces))


def _taken(frame: Frame, said: Frame) -> Frame:
    if frame.kind is not FrameKind.EVENT or not all(_held(r, frame) for r in said.restrictions):
        raise Unclear("scope")
    if said.window is not None and (frame.window is not None or frame.which is not None):
        raise Unclear("scope")
    return frame._replace(
        restrictions=(*frame.restrictions, *said.restrictions),
        window=said.window or frame.window,
    )


def _held(said: Restriction, frame: Frame) -> bool:
    return all(any(o.event == frame.event for o in options) for options in said.options)
