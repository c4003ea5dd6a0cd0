"""Dates of members: a field, a window said before it, windows listed after it, what returns."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.grammar.frames import Frame, FrameKind, State
from assistant.grammar.moves.context import Context, begin, fill
from assistant.grammar.pieces import FieldWord, Piece, Sort, Tenure, VagueWord, When
from assistant.grammar.years import in_year, plain_year, year_of
from segments.definition import Ahead, Calendar

States = Sequence[State]
_LISTING = frozenset({"and", "or", "comma"})


def yearly(context: Context, state: State, piece: Piece) -> States:
    """As in "The anniversary of": waits for the date that returns."""
    if state.pending.loose():
        return []
    moved = state.pending._replace(yearly=True, pieces=(*state.pending.pieces, piece))
    return [state._replace(pending=moved)]


def date_field(context: Context, state: State, piece: Piece) -> States:
    """A word for a date of the member's, or for the day of the year that it falls on."""
    assert isinstance(piece.payload, FieldWord)
    name = piece.payload.field
    returns = piece.payload.yearly or state.pending.yearly
    turning = piece.payload.turning
    frame = Frame(FrameKind.FIELD, field=name, yearly=returns, turning=turning)
    taken = frozenset({"yearly"})
    return [*_fronted(state, piece, frame), *begin(state, piece, frame, taken=taken)]


def _fronted(state: State, piece: Piece, frame: Frame) -> States:
    """As in "who in March have their birthday": the window was said first."""
    top, pending = state.top, state.pending
    if top is None or not _only_window(top) or pending.connector:
        return []
    if pending._replace(yearly=False).loose():
        return []
    dated = top._replace(
        kind=FrameKind.FIELD,
        field=frame.field,
        yearly=frame.yearly,
        turning=frame.turning,
        relative=top.relative or pending.relative,
        auxiliary=top.auxiliary or pending.auxiliary,
        negated=top.negated != pending.negated,
    )
    filled = fill(state, piece, len(state.frames) - 1, dated)
    return [one._replace(open=-1) for one in filled]


def _only_window(frame: Frame) -> bool:
    said = (
        frame.restrictions or frame.texts or frame.compare or frame.measured or frame.number_filter
    )
    return (
        frame.kind is FrameKind.HEADLESS
        and frame.window is not None
        and not (said or frame.mode or frame.which or frame.distinct)
    )


def tenure(context: Context, state: State, piece: Piece) -> States:
    """Since when they are customers: when they registered, or else first bought."""
    assert isinstance(piece.payload, Tenure)
    said, top = piece.payload, state.top
    if top is not None and top.vague is not None and top.vague.concept == "new":
        return newly(state, piece, When(said.new)) if said.new is not None else []
    frame = _began(context, said)
    return begin(state, piece, frame) if frame is not None else []


def newly(state: State, piece: Piece, when: When | VagueWord) -> States:
    """As in "new customers in March", "inactive for 90 days": the time says what is meant; and in
    "new customers in Oslo in March", where only who they are stands between."""
    pending = state.pending
    clause = pending.connector or pending.relative or pending.negated or pending.loose()
    at = _vague_one(state)
    if at is None or clause or state.frames[at].window is not None:
        return []
    return fill(state, piece, at, state.frames[at]._replace(window=when))


def _vague_one(state: State) -> int | None:
    """The place of the vague word that a time belongs to: the only one among what was said of them
    since the last connective."""
    found: list[int] = []
    for at in range(len(state.frames) - 1, -1, -1):
        frame = state.frames[at]
        if frame.kind is FrameKind.VAGUE:
            found.append(at)
        elif frame.kind is not FrameKind.FIELD or frame.relative:
            return None
        if frame.connector or frame.relative:
            break
    last = len(state.frames) - 1
    return last if last in found else found[0] if len(found) == 1 else None


def _began(context: Context, said: Tenure) -> Frame | None:
    registered = context.shop.dated("registered")
    if registered is not None:
        return Frame(FrameKind.FIELD, field=registered, tenure=said)
    purchase = context.catalogue.event_by_role("purchase")
    if purchase is None or purchase.time is None:
        return None
    return Frame(FrameKind.EVENT, event=purchase.name, form="noun", tenure=said)


def lies_ahead(said: When | VagueWord) -> bool:
    """Whether a part of time has not begun."""
    if isinstance(said, VagueWord):
        return said.concept == "soon"
    window = said.window
    return isinstance(window, Ahead) or (isinstance(window, Calendar) and window.offset > 0)


def listed(state: State, piece: Piece, when: When) -> States:
    """As in "in March, June or September": one more part of time for the date before."""
    top, pending = state.top, state.pending
    if top is None or top.kind is not FrameKind.FIELD or not isinstance(top.window, When):
        return []
    last = state.last
    clause = pending.relative or pending.auxiliary or pending.new_group or pending.loose()
    neither = pending.connector == "nor" and top.negated
    if clause or not (neither or (pending.connector in _LISTING and not pending.negated)):
        return []
    if last is None or last.sort is not Sort.WINDOW or last not in top.pieces:
        return []
    joint = "or" if neither else pending.connector
    before = top.also[-1][1] if top.also else top.window
    longer = [
        top._replace(also=(*top.also, (joint, said)))
        for said in again_in(state, piece, before, when)
    ]
    return [each for one in longer for each in fill(state, piece, len(state.frames) - 1, one)]


def again_in(state: State, piece: Piece, before: object, when: When) -> Sequence[When]:
    """As in "in July 2024 and 2025": July again, and where more words stand before the year
    perhaps all of that year."""
    part = before.window if isinstance(before, When) else None
    year = plain_year(when.window)
    if year is None or part is None or year_of(part) is None:
        return [when]
    again = in_year(part, year)
    same = [replace(when, window=again)] if again is not None else []
    bare = piece.end - piece.start == 1 and not state.pending.negated
    return same if bare else [*same, when]
