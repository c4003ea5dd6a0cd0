"""What stands beside a bracket and holds for all in it: "(opened or clicked) the newsletter".

Values and a time can be said so of a bracket of events, and a verb of a bracket of what wants one:
"bought (shampoo in 2025 or conditioner in 2024)".
"""

from collections.abc import Sequence

from assistant.grammar.frames import Frame, FrameKind, Restriction, headless
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
        elif frame.kind is FrameKind.GROUP and before.fresh() and headless(frame):
            found[-1] = _headed(frame, before)
        else:
            found.append(frame)
    return found


def _headed(group: Frame, verb: Frame) -> Frame:
    """The bracket with its verb in every part, negated as a whole where the verb was."""
    inner = tuple(
        _headed(one, verb._replace(negated=False))
        if one.kind is FrameKind.GROUP
        else _done(one, verb)
        for one in group.inner
    )
    return group._replace(
        inner=inner,
        pieces=(*verb.pieces, *group.pieces),
        connector=verb.connector,
        relative=verb.relative,
        new_group=verb.new_group,
        either=verb.either,
        negated=group.negated != verb.negated,
    )


def _done(frame: Frame, verb: Frame) -> Frame:
    headed = frame._replace(
        kind=FrameKind.EVENT, event=verb.event, form=verb.form, measured=verb.measured
    )
    if not all(_held(said, headed) for said in frame.restrictions):
        raise Unclear("scope")
    return headed


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
