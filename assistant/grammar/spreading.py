"""What is said once for two: a window or a negation that may hold for both conjuncts."""

from dataclasses import replace

from assistant.grammar.frames import Frame, FrameKind
from assistant.grammar.meaning import ask_at
from assistant.grammar.variants import Ask

Row = tuple[list[Frame], tuple[tuple[Ask, int], ...]]


def spread(frames: list[Frame]) -> list[Row]:
    """Every way to share what was said once, each with the picks that led to it."""
    rows: list[Row] = [(frames, ())]
    for index in range(1, len(frames)):
        rows = [new for row in rows for new in _negations(row, index)]
    for index in range(len(frames) - 1, 0, -1):
        rows = [new for row in rows for new in _windows(row, index)]
    return rows


def _own_clause(frame: Frame) -> bool:
    return frame.relative or frame.auxiliary or frame.new_group


def _negations(row: Row, index: int) -> list[Row]:
    """As in "Not opened or clicked" negates both; "not opened and clicked" is a question."""
    frames, picks = row
    before, frame = frames[index - 1], frames[index]
    shared = (
        before.negated
        and not frame.negated
        and before.kind is FrameKind.EVENT
        and frame.kind is FrameKind.EVENT
        and not _own_clause(frame)
        and before.connector not in ("without", "except")
    )
    if not shared or frame.connector not in ("or", "and"):
        return [row]
    both = replace(frame, negated=True, connector="and")
    spread = [*frames[:index], both, *frames[index + 1 :]]
    if frame.connector == "or":
        return [(spread, picks)]
    ask = ask_at(frame, "negation_scope")
    return [(frames, (*picks, (ask, 0))), (spread, (*picks, (ask, 1)))]


def _windows(row: Row, index: int) -> list[Row]:
    """A window said after the last of several verbs may hold for all of them."""
    frames, picks = row
    before, frame = frames[index - 1], frames[index]
    if before.kind is not FrameKind.EVENT or frame.kind is not FrameKind.EVENT:
        return [row]
    if frame.connector in ("except", "without", "") or frame.relative:
        return [row]
    if frame.elliptic and before.window is not None and frame.window is None:
        giver, taker = index - 1, index
    elif before.window is None and frame.window is not None and not frame.elliptic:
        if not _trails(frame) or before.which or frame.which:
            return [row]
        giver, taker = index, index - 1
    else:
        return [row]
    shared = replace(frames[taker], window=frames[giver].window)
    spread = [*frames[:taker], shared, *frames[taker + 1 :]]
    if frame.connector == "nor" or (frame.connector == "or" and not _own_clause(frame)):
        return [(spread, picks)]
    ask = ask_at(frames[index], "window_scope")
    return [(frames, (*picks, (ask, 0))), (spread, (*picks, (ask, 1)))]


def _trails(frame: Frame) -> bool:
    """Whether the window was said after the verb."""
    sorts = [piece.payload for piece in frame.pieces]
    window = next((i for i, p in enumerate(sorts) if p == frame.window), -1)
    return window > 0
