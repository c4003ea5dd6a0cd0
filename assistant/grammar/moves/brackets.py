"""Brackets, lists and items: a reading of its own inside, one part of the sentence outside."""

from collections.abc import Sequence

from assistant.grammar.frames import (
    ITEM,
    Enclosed,
    Frame,
    FrameKind,
    Outer,
    Pending,
    State,
    flat,
)
from assistant.grammar.moves.context import (
    Context,
    acts,
    after,
    complete,
    may_begin,
    state_is_comma_clause,
)
from assistant.grammar.pieces import Connective, Piece, Structure

States = Sequence[State]

_LISTED = frozenset({"comma", ITEM})
_SLOTTED = frozenset({FrameKind.EVENT, FrameKind.HEADLESS, FrameKind.RANK})


def opened(context: Context, state: State, piece: Piece) -> States:
    """An opening bracket: what waits is left outside, for all that the bracket will hold."""
    if not _may_open(state):
        return []
    states = [_inside(state, piece, Enclosed.BRACKET)]
    pending = state.pending
    if state.frames and not (pending.connector or pending.negated or pending.relative):
        through = Outer(state.frames, pending, state.open, piece, Enclosed.THROUGH)
        states.append(state._replace(outer=(*state.outer, through)))
    return states


def _may_open(state: State) -> bool:
    pending, top = state.pending._replace(groups=None), state.top
    free = complete(pending._replace(connector="", negated=False))
    if pending.loose() or pending.by or pending.both or not free:
        return False
    return top is None or not top.waiting() or bool(pending.connector)


def _inside(state: State, piece: Piece, kind: Enclosed) -> State:
    """The state where something enclosed begins: it knows only how the clause was begun."""
    outer = Outer(state.frames, state.pending, state.open, piece, kind)
    begun = state.pending
    pending = Pending(relative=begun.relative, auxiliary=begun.auxiliary, place=begun.place)
    return state._replace(frames=(), pending=pending, open=-1, outer=(*state.outer, outer))


def closed(context: Context, state: State, piece: Piece) -> States:
    """A closing bracket: one frame stands for itself, several are a group."""
    return [
        back
        for listed in _unlisted(state, piece)
        if listed.outer and not listed.pending.connector
        for back in _left(listed, piece)
    ]


def ended(state: State) -> States:
    """The state at the end of the sentence, with the list closed that runs to it; none when
    something still waits."""
    last = state.path[-1] if state.path else None
    found = _unlisted(state, last) if last is not None else [state]
    whole = [one for one in found if complete(one.pending) and not one.outer and _both_said(one)]
    return [told for one in whole if (told := _of_which_one(one)) is not None]


def _of_which_one(state: State) -> State | None:
    """The state where one of what is listed after "any of these" is enough; None where that list is
    not all that is said, or has an "and" in it."""
    any_of = None
    for piece in state.path:
        if isinstance(piece.payload, Structure) and "any_of" in piece.payload.flags:
            any_of = piece
    if any_of is None:
        return state
    if any(p.start < any_of.start for frame in flat(state.frames) for p in frame.pieces):
        return None
    if len(state.frames) == 1 and state.frames[0].kind is FrameKind.GROUP:
        inner = _either(state.frames[0].inner)
        return state.put(0, state.frames[0]._replace(inner=inner)) if inner else None
    frames = _either(state.frames)
    return state._replace(frames=frames) if frames else None


def _either(frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """The items, of which one is enough, each closed off: what is said in one says nothing of the
    next. Nothing where they are no plain list."""
    mixed = any(f.connector not in ("", "or", *_LISTED) for f in frames[1:])
    several = any(len(r.options) > 1 and r.joint != "or" for f in frames for r in f.restrictions)
    cuts = [i for i, frame in enumerate(frames) if i and frame.connector]
    if mixed or several or not cuts:
        return ()
    items = [frames[a:b] for a, b in zip([0, *cuts], [*cuts, len(frames)], strict=True)]
    return tuple(
        Frame(
            FrameKind.GROUP,
            item[0].pieces[:1],
            "or" if number else "",
            inner=(item[0]._replace(connector=""), *item[1:]),
        )
        for number, item in enumerate(items)
    )


def _both_said(state: State) -> bool:
    """Whether each "not only" has its "but also": alone it leaves open what else."""
    waiting = 0
    for piece in state.path:
        if isinstance(piece.payload, Structure):
            waiting += "not_only" in piece.payload.flags
        elif isinstance(piece.payload, Connective) and piece.payload.kind == "but_also":
            waiting = max(waiting - 1, 0)
    return not waiting


def item(context: Context, state: State, piece: Piece) -> States:
    """The mark of an item: the one before is closed, or the list begins. What is to be left out is
    each of its items; what is not to hold, all or any of them, is not read."""
    if not state.outer or state.outer[-1].kind is not Enclosed.ITEM:
        if not _may_open(state) or state.pending.negated:
            return []
        return [_inside(_inside(state, piece, Enclosed.LIST), piece, Enclosed.ITEM)]
    link = state.pending.connector or ITEM
    if link not in (ITEM, "comma", "and", "or"):
        return []
    if state.outer[-2].pending.connector == "except":
        link = "or"
    before = _left(state._replace(pending=state.pending._replace(connector="")), piece)
    return [_inside(_linked(one, state.outer[-2], link), piece, Enclosed.ITEM) for one in before]


def _linked(state: State, outer: Outer, link: str) -> State:
    begun = outer.pending
    pending = Pending(
        connector=link, relative=begun.relative, auxiliary=begun.auxiliary, place=begun.place
    )
    return state._replace(pending=pending)


def leading(state: State, kind: str) -> States:
    """A connective that an item begins with: "- or gold"."""
    item = state.outer[-1] if state.outer else None
    if item is None or item.kind is not Enclosed.ITEM or state.frames or kind not in ("and", "or"):
        return []
    if item.pending.connector != ITEM or state.pending.connector:
        return []
    linked = item._replace(pending=item.pending._replace(connector=kind))
    return [state._replace(outer=(*state.outer[:-1], linked))]


def _unlisted(state: State, piece: Piece) -> States:
    """The state with the item closed that is open, and its list."""
    if not state.outer or state.outer[-1].kind is not Enclosed.ITEM:
        return [state]
    return [back for one in _left(state, piece) for back in _left(one, piece)]


def _left(state: State, piece: Piece) -> States:
    """The state outside of what was opened last, with what it held as one part."""
    outer = state.outer[-1]
    if not complete(state.pending):
        return []
    if outer.kind is Enclosed.THROUGH:
        same = len(state.frames) == len(outer.frames)
        return [state._replace(outer=state.outer[:-1])] if same else []
    back = State(
        outer.frames, outer.pending, state.cost, state.path, outer.open, None, state.outer[:-1]
    )
    if not state.frames:  # "customers (all of them)"
        empty = outer.kind is Enclosed.BRACKET and outer.pending.groups is None
        return [back] if empty else []
    made = _made(state.frames, outer, piece)
    if not may_begin(back, made):
        return []
    pending, frames = outer.pending, (*back.frames, made)
    opened_at = back.open
    if made.kind in _SLOTTED:
        opened_at = len(frames) - 1
    elif made.kind is FrameKind.GROUP or (pending.connector and not state_is_comma_clause(pending)):
        opened_at = -1
    closed = back._replace(frames=frames, open=opened_at, pending=after(pending))
    return [_parted(closed)] if _explains(back, made) else [closed]


def _explains(before: State, made: Frame) -> bool:
    """Whether a bracket says of how many things right after who they are: "repeat customers (two
    or more orders) with …". What follows is then said of them, and not of those orders."""
    top, pending = before.top, before.pending
    counted = made.kind is FrameKind.EVENT and made.form == "noun" and made.compare is not None
    named = top is None and acts(before)  # "repeat customers" is but a name here
    people = named or (top is not None and top.kind in (FrameKind.VAGUE, FrameKind.FIELD))
    return counted and people and not (pending.connector or pending.relative or pending.negated)


def _parted(state: State) -> State:
    return state._replace(open=-1, pending=state.pending._replace(connector="comma"))


def _made(frames: tuple[Frame, ...], outer: Outer, piece: Piece) -> Frame:
    """What the bracket is outside: its one frame, open to what follows, or a group; a group too
    for a ranking and who is like others, which are made before what is beside them, and where a
    "not" or "except" shall reach no further than the bracket. What was done in one item says
    nothing of the next."""
    pending, first = outer.pending, frames[0]
    alone = len(frames) == 1 and not (first.negated or first.connector or pending.negated)
    ranked = first.kind is FrameKind.RANK or (first.vague is not None and first.vague.alike)
    alone = alone and not ranked and pending.groups is None
    if alone and (outer.kind is not Enclosed.ITEM or first.kind is FrameKind.FIELD):
        made = first._replace(pieces=(*pending.pieces, *first.pieces), bare=False)
    else:
        made = Frame(FrameKind.GROUP, (*pending.pieces, outer.piece, piece), inner=frames)
    return made._replace(
        connector=pending.connector,
        relative=outer.kind is not Enclosed.ITEM and (pending.relative or made.relative),
        auxiliary=pending.auxiliary or made.auxiliary,
        negated=pending.negated,
        grouping=pending.groups,
        new_group=pending.new_group,
        either=pending.either,
    )
