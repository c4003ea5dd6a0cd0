"""Goods that are excepted from others: "bought hair care other than shampoo", "anything but tea".

Did they buy some that is something else, or none of what is excepted? It is asked.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.grammar.chains import Rows
from assistant.grammar.frames import Frame, FrameKind, Restriction
from assistant.grammar.meaning import Unclear, ask_at
from assistant.grammar.moves.context import Context, of_things


def goods_apart(context: Context, frames: Sequence[Frame]) -> Rows:
    """Both ways to take goods that are excepted right after others; the frames where there are
    none. Raises Unclear."""
    for index in range(1, len(frames)):
        before, away = frames[index - 1], frames[index]
        if _excepted(context, before, away):
            break
    else:
        return [(frames, ())]
    if before.window is not None and away.window is not None:
        raise Unclear("scope")
    window, pieces = before.window or away.window, (*before.pieces, *away.pieces)
    said = _any_of(away.restrictions[0])
    dated = before._replace(window=window, another=False)
    other = dated._replace(
        pieces=pieces, restrictions=(*before.restrictions, replace(said, negated=True))
    )
    head, tail = frames[: index - 1], frames[index + 1 :]
    if before.another:
        return [([*head, other, *tail], ())]
    none = away._replace(
        kind=FrameKind.EVENT,
        event=before.event,
        form="verb",
        connector="but",
        negated=True,
        window=window,
        restrictions=(said,),
    )
    # the exception ends before what comes next, which is a clause of its own
    after = [frame._replace(auxiliary=True) for frame in tail[:1]] + list(tail[1:])
    ask = ask_at(away, "negation_scope")
    return [([*head, other, *tail], ((ask, 0),)), ([*head, dated, none, *after], ((ask, 1),))]


def _excepted(context: Context, before: Frame, away: Frame) -> bool:
    """Whether it is goods, right after others or after "anything", both without a number."""
    if away.connector != "except" or away.kind is not FrameKind.HEADLESS or away.negated:
        return False
    named = away._replace(kind=FrameKind.EVENT, window=None, restrictions=()).fresh()
    if not named or len(away.restrictions) != 1 or not of_things(context, away):
        return False
    if not away.had_by(before.event or ""):
        return False
    done = before.kind is FrameKind.EVENT and before.form in ("verb", "noun")
    plain = before._replace(window=None, restrictions=()).fresh()
    if not (done and plain) or before.negated or before.sole >= 0:
        return False
    if not before.restrictions:
        return before.anything
    goods = of_things(context, before) and len(before.restrictions) == 1
    return goods and not before.restrictions[0].joint and not before.restrictions[0].negated


def _any_of(said: Restriction) -> Restriction:
    return replace(said, joint="or") if len(said.options) > 1 else said
