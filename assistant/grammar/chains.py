"""What was done one after another: neighbouring frames that a link joins become one `CHAIN`.

In: frames, some of which hang on their neighbour ("and then", "after", "within 3 days"). Out: the
frames with each such row as one frame that holds its readings, in every way that the words allow.
Start at `chained`.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.grammar.followers import followed, of_several
from assistant.grammar.frames import Frame, FrameKind, Restriction, flat
from assistant.grammar.meaning import Unclear, ask_at, meaning
from assistant.grammar.moves.context import Context
from assistant.grammar.pieces import EdgeWord, Linking, Sort, When
from assistant.grammar.sequences import (
    TURNED,
    UNSAID,
    between,
    distance,
    is_second,
    sequence,
    things,
    windowless,
    within_of,
)
from assistant.grammar.since_joining import check_begun, joined_before, since_joining
from assistant.grammar.spreading import same_message
from assistant.grammar.variants import Ask, Variants, mapped, picked
from segments.definition import EXISTS, Calendar, Condition, Measure, Period, Test, Which

Picks = tuple[tuple[Ask, int], ...]
Rows = list[tuple[Sequence[Frame], Picks]]

_MESSAGES = frozenset({"receive", "open", "click", "unsubscribe"})
_ONWARD = frozenset({Linking.THEN, Linking.LATER})


def chained(context: Context, frames: Sequence[Frame]) -> Rows:
    """Every way to read what is in order. Raises Unclear."""
    if any(between(before, frame) for before, frame in pairwise(frames)):
        raise Unclear("scope")
    check_begun(context, frames)
    if len(frames) > 1 and _that_message(context, frames[-2], frames[-1]):
        last = frames[-1]._replace(connector="then", link=UNSAID, pronoun=True)
        frames = [*frames[:-1], last]
    rows: Rows = [([], ())]
    at = 0
    while at < len(frames):
        end = _end(context, frames, at)
        row = frames[at:end]
        if len(row) > 1 or _alone(row[0]):
            _check_neighbours(context, frames, at, end)
            chain = _chain(context, row)
            rows = [([*done, chain], picks) for done, picks in rows]
        elif at and _follows(frames[at - 1], frames[at]):
            _check_neighbours(context, frames, at - 1, end)
            rows = _unlinked(context, rows, frames[at])
        elif at and joined_before(context, frames[at - 1], frames[at]):
            rows = [
                ([*done[:-1], *both], (*picks, *more))
                for done, picks in rows
                for both, more in since_joining(done[-1], frames[at])
            ]
        else:
            rows = [([*done, frames[at]], picks) for done, picks in rows]
        at = end
    return rows


def _that_message(context: Context, before: Frame, frame: Frame) -> bool:
    """As in "received the newsletter last week but did not open it": that one, not any."""
    if not (before.kind is FrameKind.EVENT and frame.kind is FrameKind.EVENT):
        return False
    known = before.window is not None and not before.compare and not before.which
    plain = frame.pronoun or frame.fresh()
    denied = frame.negated and frame.window is None and not frame.compare and not frame.relative
    if not (known and plain and denied) or frame.connector not in ("and", "but"):
        return False
    return same_message(context, before, frame) and _common(context, (before, frame), "campaign")


def _end(context: Context, frames: Sequence[Frame], at: int) -> int:
    """Where a row of frames that are linked to each other ends."""
    end = at + 1
    while end < len(frames) and _linked(context, frames[end - 1], frames[end]):
        end += 1
    return end


def _linked(context: Context, before: Frame, frame: Frame) -> bool:
    """Whether it hangs on what was done before it, as also "but no order within 3 days" does."""
    if before.link is not None and before.link.fronted:
        onward = frame.connector in ("", "comma") or (frame.connector == "but" and frame.negated)
        return frame.kind is FrameKind.EVENT and onward
    left = frame.negated and (_follows(before, frame) or _left(context, before, frame))
    return frame.connector == "then" or left or _once_more(before, frame)


def _once_more(before: Frame, frame: Frame) -> bool:
    """As in "bought in December and never bought again": after what they did then. Without a part
    of the calendar before it, the last of all is always followed by none."""
    alike = {before.kind, frame.kind} == {FrameKind.EVENT} and before.event == frame.event
    if not (frame.again and alike) or frame.connector not in ("and", "but") or frame.relative:
        return False
    time = before.window.window if isinstance(before.window, When) else None
    then = isinstance(time, Period) or (isinstance(time, Calendar) and time.offset < 0)
    said = before.negated or before.compare or before.again or before.measured
    later = frame.window is None or within_of(frame) is not None
    return then and later and not said and frame.link is None


def _left(context: Context, before: Frame, frame: Frame) -> bool:
    """As in "viewed a product but did not buy it": of any product that was viewed."""
    if not frame.pronoun or {before.kind, frame.kind} != {FrameKind.EVENT}:
        return False
    plain = not (frame.relative or frame.new_group or before.negated or before.which)
    bare = _bare(before._replace(window=None)) and _bare(frame) and before.compare is None
    bare = bare and before.event is not None and frame.event is not None
    joined = frame.connector in ("and", "but", "without") and before.event != frame.event
    return plain and bare and joined and _common(context, (before, frame), "product")


def _alone(frame: Frame) -> bool:
    if frame.link is not None:
        return True
    return frame.kind is FrameKind.EVENT and (frame.again or frame.later_day or bool(frame.same))


def _follows(before: Frame, frame: Frame) -> bool:
    """Whether it is said to be within so long, which may be counted from what was done before."""
    if within_of(frame) is None or frame.newest():
        return False
    events = before.kind is FrameKind.EVENT and frame.kind is FrameKind.EVENT
    plain = not (frame.relative or frame.new_group or before.negated or before.which)
    return events and plain and frame.connector in ("and", "but", "without")


def _unlinked(context: Context, rows: Rows, frame: Frame) -> Rows:
    """As in "opened it and bought within 3 days": of that, or within the last three days."""
    found: Rows = []
    ask = ask_at(frame, "within_of")
    assert isinstance(frame.window, When)
    recent = frame._replace(window=replace(frame.window, within=False))
    for done, picks in rows:
        if done[-1].kind is FrameKind.CHAIN:
            raise Unclear("scope")
        chain = _chain(context, [done[-1], frame])
        found.append(([*done[:-1], chain], (*picks, (ask, 0))))
        lately = done[-1]._replace(ever=True)
        found.append(([*done[:-1], lately, recent], (*picks, (ask, 1))))
        if done[-1].window is None:
            both = done[-1]._replace(window=recent.window)
            found.append(([*done[:-1], both, recent], (*picks, (ask, 2))))
    return found


def _of_messages(context: Context, frame: Frame) -> bool:
    """Whether only a verb was said that may be of the same messages."""
    event = context.catalogue.events.get(frame.event or "")
    return frame.fresh() and event is not None and event.role in _MESSAGES


def _denies_both(before: Frame, frame: Frame) -> bool:
    """Whether what is denied of the one may be denied of the next too."""
    shared = before.negated and not frame.negated and frame.connector in ("and", "or", "comma")
    own = frame.relative or (frame.connector != "or" and frame.kind is FrameKind.FIELD)
    return shared and not own and not (frame.auxiliary and frame.connector == "and")


def _check_neighbours(context: Context, frames: Sequence[Frame], start: int, end: int) -> None:
    """Raises Unclear where it cannot be told whether more was done before or after the rest too."""
    first, following = frames[start], frames[end : end + 1]
    last = frames[end - 1].link
    if last is not None and last.sent:  # "opened none of the last five" is one verb with its object
        beside = [*frames[max(start - 1, 0) : start], *following]
        if any(_of_messages(context, frame) or frame.elliptic or frame.pronoun for frame in beside):
            raise Unclear("scope")  # "clicked and opened the last five": clicked them too?
        pairs = [(frames[start - 1], first)] if start else []
        pairs += [(first, frame) for frame in following]
        if any(_denies_both(*pair) for pair in pairs):
            raise Unclear("scope")  # "not bought this year or opened the last five": neither?
        return
    own = first.relative or frames[start - 1].kind is FrameKind.FIELD
    if start and first.connector and not own:
        raise Unclear("scope")  # "opened or clicked and then bought"
    for frame in following:
        joined = frame.connector in ("and", "or", "nor", "without", "comma")
        own = next(flat([frame])).relative  # "and (who …": of a bracket, what it begins with
        if joined and not own and frame.kind is not FrameKind.FIELD:
            raise Unclear("scope")
        if frame.elliptic or frame.pronoun:
            raise Unclear("scope")


# --- one row


def _chain(context: Context, row: Sequence[Frame]) -> Frame:
    variants = _by_itself(context, row[0]) if len(row) == 1 else _in_order(context, row)
    first = row[0]
    return Frame(
        FrameKind.CHAIN,
        pieces=tuple(piece for frame in row for piece in frame.pieces),
        connector=first.connector,
        relative=first.relative,
        auxiliary=first.auxiliary,
        new_group=first.new_group,
        bare=first.bare,
        either=first.either,
        inside=variants,
    )


def _in_order(context: Context, row: Sequence[Frame]) -> Variants:
    fronted = row[0].link
    if fronted is not None and (len(row) > 2 or not fronted.fronted):
        raise Unclear("not_yet", what="sequence")
    if any(frame.kind is not FrameKind.EVENT for frame in row):
        raise Unclear("scope")  # "bought, then in 2025": what?
    kinds = {(frame.link or UNSAID).kind for frame in row[1:]}
    if len(row) > 2 and not kinds <= _ONWARD:
        raise Unclear("scope")
    if fronted is not None:
        if row[1].link is not None:
            raise Unclear("scope")
        frames = [row[0]._replace(link=None), row[1]._replace(link=fronted)]
        shared = _object_of_both(context, frames)
    elif kinds & TURNED:
        link = row[1].link
        assert link is not None
        target = row[0]._replace(link=link)
        frames = [row[1]._replace(link=None), target]
        shared = _object_of_both(context, frames)
    else:
        frames = list(row)
        shared = _objects(context, frames)
    found: Variants = ()
    for each, picks in shared:
        for placed, more in _windows(each):
            made = followed if of_several(placed) else sequence
            variants = made(context, placed)
            for ask, index in (*picks, *more):
                variants = picked(variants, ask, index)
            found += variants
    return found


def _by_itself(context: Context, frame: Frame) -> Variants:
    """Of one thing: done again, again with the same, or the second within so long of the first."""
    if frame.link is not None and frame.link.kind is Linking.FIRST:
        if not is_second(frame.which) and not frame.again:
            raise Unclear("not_yet", what="sequence")
        first = frame._replace(which=EdgeWord(Which.FIRST), again=False, link=None)
        return sequence(context, [first, frame._replace(which=None, again=True)])
    within = within_of(frame)
    if frame.link is not None or not frame.again or frame.negated or frame.later_day:
        raise Unclear("not_yet", what="sequence")
    start = frame._replace(window=None) if within else frame
    start = start._replace(again=False, same=())
    if within is None and not frame.same:
        if frame.restrictions or frame.window:
            raise Unclear("scope")  # "bought shampoo again in May": and the first time?
        return mapped(meaning(context, start), _twice)
    linked = sequence(context, [start, frame._replace(link=UNSAID)])
    if frame.same or within is None:
        return linked
    ask = ask_at(frame, "within_of")
    recent = mapped(windowless(meaning(context, frame._replace(again=False))), _twice)
    return (*picked(linked, ask, 0), *picked(recent, ask, 1))


def _twice(condition: Condition) -> Condition:
    if not isinstance(condition, Measure):
        raise Unclear("not_yet", what="sequence")  # "bought for over 500 kr again"
    return replace(condition, test=Test(EXISTS.operator, (2,)))


# --- what is shared


def _objects(context: Context, frames: list[Frame]) -> Rows:
    """As in "viewed and then bought shampoo", and "added it to the cart but did not buy it"."""
    rows: Rows = [(frames, ())]
    for index in range(1, len(frames)):
        rows = [new for row in rows for new in _object(context, row, index)]
    return rows


def _object(context: Context, row: tuple[Sequence[Frame], Picks], index: int) -> Rows:
    frames, picks = row
    before, frame = frames[index - 1], frames[index]
    if frame.pronoun:
        return _meant(context, row, index)
    if before.event == frame.event or before.anything or frame.anything or frame.same:
        return [row]
    if _bare(before) and (named := things(context, frame)):
        if _held(named, before.event):
            taken = before._replace(restrictions=(*named, *before.restrictions))
            return [([*frames[: index - 1], taken, *frames[index:]], picks)]
        return [row]
    named = things(context, before)
    if not named or not _thingless(context, frame) or not _held(named, frame.event):
        return [row]
    ask = ask_at(frame, "object_scope")
    taken = frame._replace(restrictions=(*named, *frame.restrictions))
    return [
        (frames, (*picks, (ask, 0))),
        ([*frames[:index], taken, *frames[index + 1 :]], (*picks, (ask, 1))),
    ]


def _object_of_both(context: Context, frames: list[Frame]) -> Rows:
    """As in "bought shampoo after viewing": whether shampoo was viewed."""
    start, target = frames
    told = len(start.restrictions) - len(things(context, start))
    if start.pronoun or target.pronoun or (start.elliptic and told):
        raise Unclear("scope")  # "conditioner after shampoo in store": both there, or one?
    named = things(context, target)
    plain = _bare(start) and start.form == "verb" and start.which is None
    apart = start.event == target.event or start.anything or start.same or target.same
    if apart or not plain or not named or not _held(named, start.event):
        return [(frames, ())]
    ask = ask_at(start, "object_scope")
    taken = start._replace(restrictions=(*named, *start.restrictions))
    return [(frames, ((ask, 0),)), ([taken, target], ((ask, 1),))]


def _meant(context: Context, row: tuple[Sequence[Frame], Picks], index: int) -> Rows:
    """What "it" stands for: the same message or product; of a kind named, perhaps any such."""
    frames, picks = row
    before, frame = frames[index - 1], frames[index]
    said = before.restrictions
    plain = frame._replace(pronoun=False)
    common = next((role for role in ("campaign", "product") if _common(context, frames, role)), "")
    if not common or before.texts or not _held(said, frame.event):
        raise Unclear("scope")
    one = context.catalogue.events[frame.event or ""].by_role(common)
    assert one is not None
    alike = plain._replace(same=((frame.event or "", one.name),))
    tied = ([*frames[:index], alike, *frames[index + 1 :]], picks)
    if common == "campaign" or not things(context, before):
        return [tied]
    kind = plain._replace(restrictions=(*said, *plain.restrictions))
    ask = ask_at(frame, "object_scope")
    return [
        (tied[0], (*picks, (ask, 0))),
        ([*frames[:index], kind, *frames[index + 1 :]], (*picks, (ask, 1))),
    ]


def _common(context: Context, frames: Sequence[Frame], role: str) -> bool:
    """Whether all have one attribute of a role by one name."""
    events = [context.catalogue.events[frame.event or ""] for frame in frames]
    found = [event.by_role(role) for event in events]
    return all(found) and len({one.name for one in found if one is not None}) == 1


def _bare(frame: Frame) -> bool:
    said = frame.restrictions or frame.texts or frame.number_filter or frame.details
    return not (said or frame.distinct) and frame.form == "verb" and frame.which is None


def _thingless(context: Context, frame: Frame) -> bool:
    return _bare(frame._replace(restrictions=())) and not things(context, frame)


def _held(named: tuple[Restriction, ...], event: str | None) -> bool:
    """Whether an event has all of what was named."""
    return all(any(o.event == event for o in each) for said in named for each in said.options)


def _closed(timed: Frame, frames: Sequence[Frame]) -> bool:
    """Whether the time of one was said right after its verb, before the other was: "opened it in
    May and then bought", "bought in May after opening it"."""
    verb = max((p.end for p in timed.pieces if p.sort is Sort.EVENT), default=0)
    said = [p for p in timed.pieces if p.sort is Sort.WINDOW]
    own = bool(said) and all(verb <= p.start for p in said)
    other = min(p.start for frame in frames if frame is not timed for p in frame.pieces)
    return own and max(p.end for p in said) <= other


def _windows(frames: Sequence[Frame]) -> Rows:
    """A time that was said of one and may hold for all. Raises Unclear."""
    timed = [frame for frame in frames if frame.window is not None and within_of(frame) is None]
    if not timed or len(timed) == len(frames):
        return [(frames, ())]
    if of_several(frames):
        return [(frames, ())]  # "their last three orders in 2025": of those
    if frames[0].which is not None and frames[0] in timed:
        raise Unclear("scope")  # the first of all, if it was in May, or the first in May?
    if frames[0].which is not None or any(distance(frame) for frame in frames[1:]):
        return [(frames, ())]
    if len(timed) > 1:
        raise Unclear("scope")
    if len(frames) == 2 and _closed(timed[0], frames):
        return [(frames, ())]
    after = frames[frames.index(timed[0]) + 1 :]
    if all(
        frame.ever or (frame.negated and frame in after) for frame in frames if not frame.window
    ):
        return [(frames, ())]
    ask = ask_at(timed[0], "window_scope")
    everywhere = [frame._replace(window=timed[0].window) for frame in frames]
    return [(everywhere, ((ask, 0),)), (frames, ((ask, 1),))]
