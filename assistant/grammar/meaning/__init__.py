"""One frame -> the condition it says, in every reading it can have. Start at `meaning`.

Raises `Unclear` with a note when the frame says nothing that can be defined; the parse is then no
reading at all.
"""

from typing import assert_never

from assistant.grammar import vague
from assistant.grammar.frames import Frame, FrameKind
from assistant.grammar.meaning.events import event_condition, headless_condition
from assistant.grammar.meaning.fields import field_condition
from assistant.grammar.meaning.ranks import rank_condition
from assistant.grammar.meaning.unclear import Unclear, ask_at
from assistant.grammar.moves.context import Context
from assistant.grammar.variants import Variants, asked, mapped
from segments.definition import Not

__all__ = ["Unclear", "ask_at", "meaning"]


def meaning(context: Context, frame: Frame) -> Variants:
    """Every reading of a frame, negated where it was negated. Raises Unclear, naming its words."""
    try:
        variants = _positive(context, frame)
    except Unclear as unclear:
        values = {"words": _words(context, frame), **unclear.note.values}
        raise Unclear(unclear.note.code, **values) from None
    return mapped(variants, Not) if frame.negated else variants


def _words(context: Context, frame: Frame) -> str:
    first, last = min(p.start for p in frame.pieces), max(p.end for p in frame.pieces)
    return context.span(first, last)


def _positive(context: Context, frame: Frame) -> Variants:
    match frame.kind:
        case FrameKind.FIELD:
            return field_condition(context, frame)
        case FrameKind.EVENT:
            return event_condition(context, frame)
        case FrameKind.HEADLESS:
            return headless_condition(context, frame)
        case FrameKind.RANK:
            return rank_condition(context, frame)
        case FrameKind.GROUP:
            return frame.inside
        case FrameKind.VAGUE:
            return _vague(context, frame)
        case _:
            assert_never(frame.kind)


def _vague(context: Context, frame: Frame) -> Variants:
    assert frame.vague is not None
    concept = frame.vague.concept
    found = vague.choices(concept, context.catalogue)
    if not found:
        raise Unclear("vague_here", concept=concept)
    return asked(ask_at(frame, f"vague_{concept}"), found)
