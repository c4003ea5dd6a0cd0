"""One number of theirs against another: "more in 2026 than in 2025", "over half of their orders".

The other number is a frame of its own, which takes over its event until another is named and waits
for nothing: `pairing` puts the two together once the sentence is read.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.grammar.frames import THAN, Frame, FrameKind, Measured, Pending, State
from assistant.grammar.moves.afterwards import BOUNDS
from assistant.grammar.moves.context import Context, begin, fill
from assistant.grammar.moves.steps import a_year_before, right_before
from assistant.grammar.pieces import (
    EventWord,
    MeasureWord,
    Mode,
    Piece,
    ShareWord,
    Than,
    Versus,
    When,
)
from segments.definition import Kind, Operator

States = Sequence[State]
_RATES = frozenset({("return", "purchase"), ("open", "receive"), ("click", "receive")})
_EQUAL = frozenset({Operator.EQ, Operator.GE, Operator.LE})
_COPULAS = frozenset({"auxiliary", "contains", "light"})  # "of their orders are, were made"


def versus(context: Context, state: State, piece: Piece) -> States:
    """As in "more": of the open event, or of the one that follows."""
    assert isinstance(piece.payload, Versus)
    target, pending = state.event, state.pending
    if pending.loose():
        return []
    states: list[State] = []
    level = piece.payload.by == "level"
    named = target is not None and target.form in ("noun", "measure")
    if _last_open(state) and target is not None and _comparable(target) and named >= level:
        measured = target.form == "measure"
        denied = target._replace(
            versus=piece.payload,
            negated=target.negated != (pending.negated and measured),
        )
        states += fill(state, piece, state.open, denied)
    if level:
        return states
    moved = pending._replace(versus=piece.payload, pieces=(*pending.pieces, piece))
    return [*states, state._replace(pending=moved)]


def than(context: Context, state: State, piece: Piece) -> States:
    """What stands before the other number; it begins as one of the same event."""
    assert isinstance(piece.payload, Than)
    target = state.event
    if target is not None and target.another:
        return _than_what(state, piece, target)
    if target is None or target.versus is None or not _last_open(state):
        return []
    held, after = target.versus, piece.payload.after
    equal = held.operator in _EQUAL or held.times != 1
    if (after == "change" and held.by != after) or (after == "as" and not equal) or held.norm:
        return []
    if piece.payload.norm:
        told = target._replace(versus=replace(held, norm=piece.payload.norm))
        return fill(state, piece, state.open, told)
    if piece.payload.step:
        return _stepped(state, piece, target, piece.payload)
    return _other(state, piece, target)


def _than_what(state: State, piece: Piece, target: Frame) -> States:
    """As in "other hair care than shampoo": what is excepted from it."""
    named = bool(target.restrictions) and state.path[-1] is target.pieces[-1]
    if not named or state.pending != Pending():
        return []
    return [state._replace(pending=Pending(connector="except", pieces=(piece,)), open=-1)]


def _stepped(state: State, piece: Piece, target: Frame, word: Than) -> States:
    """The other number, in a time that the time of the first tells: "than the period before"."""
    said = target.window.window if isinstance(target.window, When) else None
    when = right_before(said) if word.step == "before" else a_year_before(said, word.unit)
    if when is None:
        return []
    found = _other(state, piece, target)
    return [one.put(one.open, one.frames[one.open]._replace(window=when)) for one in found]


def signed(state: State, piece: Piece) -> States:
    """A sign between two numbers that are written out: "orders in store > orders on web"."""
    assert isinstance(piece.payload, Mode)
    target = state.event
    if target is None or not _last_open(state) or not _comparable(target):
        return []
    if target.form not in ("noun", "measure") or target.share or target.relative:
        return []
    held = target._replace(versus=Versus(BOUNDS[piece.payload.kind], sign=True))
    return _other(state.put(state.open, held), piece, held)


def _other(state: State, piece: Piece, target: Frame) -> States:
    if state.pending.negated or state.pending.loose():
        return []
    frame = Frame(
        FrameKind.EVENT,
        pieces=(piece,),
        connector=THAN,
        event=target.event,
        form=target.form,
        measured=target.measured,
        elliptic=True,
    )
    frames = (*state.frames, frame)
    return [state._replace(frames=frames, open=len(frames) - 1, pending=Pending())]


def _last_open(state: State) -> bool:
    """Whether the newest frame is an event that goes on."""
    target, pending = state.event, state.pending
    if target is None or target.kind is not FrameKind.EVENT or pending.relative:
        return False
    return state.open == len(state.frames) - 1 and not pending.connector


def _comparable(frame: Frame) -> bool:
    """Whether nothing was said that is no number of a stretch."""
    said = frame.compare or frame.versus or frame.share or frame.which or frame.distinct
    return not said and frame.connector != THAN and frame.sole < 0 and not frame.every


def taken(context: Context, state: State, piece: Piece, word: EventWord) -> States | None:
    """The event of the other number, or the noun of which a part is meant; None when it is
    neither."""
    other = named_other(state, piece, word)
    if other is None:
        other = _of_noun(state, piece, word)
    return other if other is not None else _of_other(context, state, piece, word)


def named_other(state: State, piece: Piece, word: EventWord | MeasureWord) -> States | None:
    """The other number's own event or measure, said after "than"; None when nothing waits for it.
    What was said before it has to be its own."""
    target = state.event
    if (made := _made_up(state, piece, word)) is not None:
        return made
    if target is None or target.connector != THAN or not _last_open(state):
        return None
    pending = state.pending
    measures = isinstance(word, MeasureWord)
    free = pending._replace(mode="") if measures else pending
    if pending.negated or free.loose() or not target.had_by(word.event):
        return []
    if not target.elliptic:
        own = isinstance(word, EventWord) and (word.event, word.form) == (target.event, "noun")
        whole = own and target.form == "measure" and not target.restrictions and not target.window
        return fill(state, piece, state.open, target) if whole else []  # "order value in orders"
    if isinstance(word, MeasureWord):
        measured: Measured | None = Measured(word.kind, word.of)
        form = "measure"
    else:
        measured, form = None, word.form
        if form == "spend":
            return []
    told = target._replace(event=word.event, form=form, measured=measured, mode=pending.mode)
    return fill(state, piece, state.open, told._replace(elliptic=False))


# --- shares


def share(context: Context, state: State, piece: Piece) -> States:
    """A part of a whole: of what was just named, of the verb just said, or of what follows."""
    assert isinstance(piece.payload, ShareWord)
    word, target, pending = piece.payload, state.event, state.pending
    if word.form == "rate":
        return _rate(state, piece, word)
    if pending.loose():
        return []
    if target is not None and target.makes_up and target.event is None:
        if word.form != "of" or target.share is not None or pending.connector:
            return []
        denied = target.negated != pending.negated
        return fill(state, piece, state.open, target._replace(share=word, negated=denied))
    states: list[State] = []
    if target is not None and _last_open(state):
        if target.share is not None and not target.share.fractions and word.form == "plain":
            told = replace(target.share, operator=word.operator, fractions=word.fractions)
            denied = target.negated != pending.negated
            return fill(state, piece, state.open, target._replace(share=told, negated=denied))
        if _comparable(target) and _may_divide(target, word):
            divided = target._replace(share=word, base=target)
            states += fill(state, piece, state.open, divided)
        if _comparable(target) and target.form == "measure" and word.form == "of":
            held = target._replace(share=word, base=None)
            held = held._replace(negated=held.negated != pending.negated)
            free = state._replace(pending=pending._replace(negated=False))
            states += _other(free.put(state.open, held), piece, held)
    if word.form in ("of", "mostly"):
        moved = pending._replace(share=word, pieces=(*pending.pieces, piece))
        states.append(state._replace(pending=moved))
    return states


def _may_divide(target: Frame, word: ShareWord) -> bool:
    """Whether a verb's part follows: "spend a third on", "opened half of the", "mostly"."""
    if target.form not in ("verb", "spend") or (word.form == "plain" and target.form == "verb"):
        return False
    return word.form == "mostly" or target._replace(window=None).fresh()


def making_up(state: State, piece: Piece) -> States:
    """As in "tea makes up": a part of something, which comes next."""
    target, pending = state.event, state.pending
    if target is None or target.kind is not FrameKind.HEADLESS or pending.connector:
        return []
    bare = Frame(FrameKind.HEADLESS, restrictions=target.restrictions)
    bare = bare._replace(pieces=target.pieces, connector=target.connector, bare=target.bare)
    bare = bare._replace(relative=target.relative, new_group=target.new_group)
    said = pending.none or pending.relative or pending.loose()
    if target != bare or state.top is not target or said:
        return []
    made = target._replace(makes_up=True, negated=pending.negated)  # "does not make up"
    return fill(state, piece, state.open, made)


def _made_up(state: State, piece: Piece, word: EventWord | MeasureWord) -> States | None:
    """The whole that something makes up a part of; None where nothing was said to do so."""
    part = state.event
    if part is None or not part.makes_up or part.event is not None:
        return None
    pending = state.pending
    form = "measure" if isinstance(word, MeasureWord) else word.form
    if part.share is None or pending.connector or pending.negated or pending.loose():
        return []
    fits = form in ("noun", "measure") or (form == "verb" and part.share.done)
    if not fits or not part.had_by(word.event):
        return []
    whole = Frame(FrameKind.EVENT, event=word.event, form=form)
    if isinstance(word, MeasureWord):
        whole = whole._replace(measured=Measured(word.kind, word.of))
    made = part._replace(kind=FrameKind.EVENT, event=whole.event, form=whole.form)
    made = made._replace(measured=whole.measured, base=whole, makes_up=form != "measure")
    return fill(state, piece, state.open, made)


def _rate(state: State, piece: Piece, word: ShareWord) -> States:
    pending = state.pending
    assert word.events is not None
    event = word.events[0]
    said = pending.share
    if said is not None and said.form == "plain":
        word = replace(word, operator=said.operator, fractions=said.fractions)
    frame = Frame(FrameKind.EVENT, event=event, form="measure", share=word)
    frame = frame._replace(measured=Measured(Kind.COUNT, None))
    return begin(state, piece, frame._replace(base=frame), taken=frozenset({"share"}))


def _of_noun(state: State, piece: Piece, word: EventWord) -> States | None:
    """As in "placed at least half of their orders": the verb's noun, of which a part is meant."""
    top, pending = state.top, state.pending
    if top is None or top.event != word.event or word.form != "noun" or top.form != "verb":
        return None
    if top.share is None or top.share.form != "of" or not _last_open(state) or top.restrictions:
        return None
    if pending.negated or pending.loose():
        return None
    told = top._replace(form="noun")
    return fill(state, piece, state.open, told._replace(base=told._replace(base=None)))


def _of_other(context: Context, state: State, piece: Piece, word: EventWord) -> States | None:
    """As in "returned half of what they bought": a part of something else that they did or met,
    which is a rate; what was opened is what they were sent, whether that is said or not."""
    top, pending = state.top, state.pending
    if top is None or top.share is None or not _last_open(state):
        return None
    if top.share.told and top.share.events == (top.event, word.event) and word.form == "verb":
        said = pending.connector or pending.negated or pending.loose() or top.window
        return [] if said else fill(state, piece, state.open, top._replace(pronoun=False))
    if top.share.form != "of" or top.event is None:
        return None
    events = context.catalogue.events
    roles = (events[top.event].role, events[word.event].role)
    if roles not in _RATES or top.form != "verb" or top.which or top.compare:
        return None
    if pending.connector or pending.negated or pending.loose():
        return None
    if top.restrictions:
        again = word.form == "verb" and roles[1] == "receive"
        return fill(state, piece, state.open, top._replace(pronoun=False)) if again else None
    if word.form not in ("noun", "verb"):
        return None
    rate = replace(top.share, form="rate", events=(top.event, word.event), told=True)
    told = top._replace(form="measure", measured=Measured(Kind.COUNT, None), share=rate)
    told = told._replace(pronoun=False)  # "of that which they bought"
    return fill(state, piece, state.open, told._replace(base=told))


def divided(frame: Frame, word: ShareWord | None) -> Frame | None:
    """A frame that has just begun, with the share that was said before it; None when it takes
    none, or no "more" before it. The frame as it is so far is the whole."""
    if frame.versus and frame.versus.by != "times" and frame.form not in ("noun", "measure"):
        return None  # "more orders": of the noun
    if word is None:
        return frame
    done = word.done and frame.form == "verb"  # "half of what they buy"
    fits = frame.form in ("noun", "measure") if word.form == "of" else frame.form != "buyers"
    if not (fits or done) or frame.compare or frame.which or frame.versus:
        return None
    return frame._replace(share=word, base=frame, makes_up=done)


def parted(state: State, flags: frozenset[str]) -> State:
    """After "of their orders in 2025 were" begins what holds for the part: what was said by then
    is the whole."""
    target = state.event
    if target is None or target.share is None or not target.share.fractions:
        return state
    if not flags & _COPULAS or "relative" in flags:
        return state
    if target.form not in ("noun", "measure") and not target.makes_up:
        return state
    if not _last_open(state) or target.share.form != "of":
        return state
    return state.put(state.open, target._replace(base=target._replace(base=None)))
