"""Clauses whose verb comes last: what stands before it waits, and may be of several.

"Who tea, but not coffee bought have" is the order of some languages, and now and then of others, as
in "with tea but not coffee bought". Start at `verbs_shared`.
"""

from collections.abc import Sequence

from assistant.grammar.frames import Frame, FrameKind, State
from assistant.grammar.pieces import EventWord, Sort

_SHARING = frozenset({"and", "or", "but", "nor", "comma"})


def verbs_shared(frames: Sequence[Frame]) -> list[Frame]:
    """The frames, with a verb that closes its clause shared with those that wait for one: "tea but
    not coffee bought"."""
    shared = list(frames)
    for index in range(len(shared) - 1, 0, -1):
        before, frame = shared[index - 1], shared[index]
        if _waits_for(before, frame):
            shared[index - 1] = before._replace(
                kind=FrameKind.EVENT,
                event=frame.event,
                form=frame.form,
                measured=frame.measured,
                elliptic=True,
            )
    return shared


def _waits_for(before: Frame, frame: Frame) -> bool:
    """Whether the frame's verb, said last, is that of the one before it too."""
    if before.kind is not FrameKind.HEADLESS or frame.kind is not FrameKind.EVENT:
        return False
    said = [piece for piece in frame.pieces if piece.sort is Sort.EVENT]
    last = frame.elliptic or (bool(said) and said[-1] is frame.pieces[-1] and len(frame.pieces) > 1)
    if not last or frame.form not in ("verb", "spend") or frame.relative or frame.new_group:
        return False
    owners = [{o.event for options in r.options for o in options} for r in before.restrictions]
    return frame.connector in _SHARING and all(frame.event in events for events in owners)


def verb_follows(state: State) -> bool:
    """Whether a value after a connective may wait for a verb of its own: "who bought tea and who in
    the app …", or, where verbs come last, "tea bought and coffee …"."""
    target = state.event
    if target is None:
        return False
    verb_last = bool(target.restrictions) and target.pieces[-1].sort is Sort.EVENT
    return state.pending.relative or (verb_last and state.last is target.pieces[-1])


def counts_different(state: State, word: EventWord) -> bool:
    """Whether it is the verb of what was counted before it: "three different brands bought"."""
    top, pending = state.top, state.pending
    return (
        top is not None
        and bool(top.distinct)
        and top.event == word.event
        and word.form == "verb"
        and all(piece.sort is not Sort.EVENT for piece in top.pieces)
        and state.open == len(state.frames) - 1
        and not (pending.connector or pending.relative or pending.loose() or pending.every)
    )


def after_verb(state: State) -> bool:
    """Whether a verb was said right before, fillers apart."""
    last = state.last.payload if state.last is not None else None
    return isinstance(last, EventWord) and last.form in ("verb", "spend")
