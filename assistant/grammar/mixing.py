"""Lists of things that two frames share, since the things are of different kinds: "shampoo,
conditioner or skin care" is one list, and in "shampoo or conditioner and skin care" it is open
what belongs together.
"""

from dataclasses import replace

from assistant.grammar.frames import Frame, FrameKind, Restriction
from assistant.grammar.pieces import Sort


def unmixed(frames: list[Frame]) -> list[Frame]:
    """The frames with what joins their lists; where "and" and "or" stand in one list, each of its
    things is a frame, and how they are grouped is asked about."""
    told = _listed(frames)
    for index in range(1, len(told)):
        before, frame = told[index - 1], told[index]
        if frame.connector == "and" and _goes_on(before, frame):
            for at in (index - 1, index):
                if _joint(told[at]) == "or":
                    return [*told[:at], *_split(told[at]), *told[at + 1 :]]
    return told


def _listed(frames: list[Frame]) -> list[Frame]:
    """As in "tea, coffee or skin care": what joins the last two joins all."""
    found = list(frames)
    for index in range(1, len(found)):
        before, frame = found[index - 1], found[index]
        if frame.connector in ("and", "or") and _goes_on(before, frame) and _joint(before) == "":
            last = replace(before.restrictions[-1], joint=frame.connector)
            told = before._replace(restrictions=(*before.restrictions[:-1], last))
            found[index - 1] = told
    return found


def _goes_on(before: Frame, frame: Frame) -> bool:
    """Whether a frame is but one more thing of the list that the frame before it began."""
    things = before.kind is frame.kind is FrameKind.EVENT and before.event == frame.event
    said = before.window or before.compare or frame.compare or before.negated or frame.negated
    return things and frame.elliptic and not said and before.which is None


def _joint(frame: Frame) -> str | None:
    """How the last things it names are joined; None for a single one."""
    last = frame.restrictions[-1] if frame.restrictions else Restriction(())
    return last.joint if len(last.options) > 1 and not last.negated else None


def _split(frame: Frame) -> tuple[Frame, Frame]:
    """The frame without the last of its things, and that thing alone after "or"."""
    *rest, last = frame.restrictions
    fewer = replace(last, options=last.options[:-1], joint="or" if len(last.options) > 2 else "")
    alone = replace(last, options=last.options[-1:], joint="")
    named = tuple(piece for piece in frame.pieces if piece.sort is Sort.VALUE)[-1:]
    second = frame._replace(
        pieces=named,
        restrictions=(*rest, alone),
        connector="or",
        relative=False,
        auxiliary=False,
        new_group=False,
        elliptic=True,
    )
    return frame._replace(restrictions=(*rest, fewer), window=None), second
