"""Records that are put together, and the most common of their values.

"In the same order", "in one week", "an order with five products", "in each city", "favourite
brand".
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.grammar.frames import Frame, FrameKind, Held, Pending, Restriction, State
from assistant.grammar.moves import links
from assistant.grammar.moves.context import JOINING, Context, begin, fill
from assistant.grammar.moves.groupings import in_one
from assistant.grammar.moves.joining import joined, plain
from assistant.grammar.moves.rankings import best_of
from assistant.grammar.pieces import (
    AttributeWord,
    Compare,
    EventWord,
    FavouriteWord,
    GroupWord,
    KindsWord,
    OfNoun,
    Owned,
    Piece,
    SameWord,
    Sort,
    Structure,
    When,
)
from segments.catalogue import Type
from segments.definition import RECORD, Kind, Operator, Rolling, Test, Unit

States = Sequence[State]
_HOLDING = frozenset({"preposition", "contains"})  # "orders with", "orders that contained"
_GROUPED = frozenset({FrameKind.EVENT, FrameKind.HEADLESS})


def wants_noun(pending: Pending) -> bool:
    """Whether a word was just said whose noun has to stand right after it."""
    return bool(
        pending.same or pending.each or pending.favourite or pending.kinds or pending.weighed
    )


def same(context: Context, state: State, piece: Piece) -> States:
    """The same product: of two records of a row, or of all that are counted; the same alone waits
    for what is the same."""
    assert isinstance(piece.payload, SameWord)
    role, pending = piece.payload.role, state.pending
    if role:
        return [*links.same(context, state, piece), *_same_role(context, state, piece, role)]
    begun = pending.relative and not pending.compare
    if pending.negated or (not begun and (pending.relative or pending.connector)):
        return []
    if pending._replace(compare=None).loose():
        return []
    return [state._replace(pending=_waiting(pending, piece, same=True))]


def _same_role(context: Context, state: State, piece: Piece, role: str) -> States:
    target = state.event
    if target is None or target.event is None:
        return []
    found = context.catalogue.events[target.event].by_role(role)
    if found is None or found.type is not Type.TEXT or found.of_both:
        return []
    return _put_together(state, piece, found.name)


def each(context: Context, state: State, piece: Piece) -> States:
    """In each: waits for the field in whose every value a ranking is made."""
    pending = state.pending
    if pending.negated or pending.loose() or pending.connector not in ("", "comma"):
        return []
    return [state._replace(pending=_waiting(pending, piece, each=True))]


def favourite(context: Context, state: State, piece: Piece) -> States:
    """Favourite, or how many different: waits for the attribute, or names it."""
    assert isinstance(piece.payload, FavouriteWord | KindsWord)
    if state.pending.loose():
        return []
    if piece.payload == KindsWord(different=False):
        return [state._replace(pending=_waiting(state.pending, piece, of_noun=OfNoun(kinds=True)))]
    if isinstance(piece.payload, KindsWord):
        return [state._replace(pending=_waiting(state.pending, piece, kinds=True))]
    if piece.payload.weighed:
        return [state._replace(pending=_waiting(state.pending, piece, weighed=True))]
    if piece.payload.names:
        return favoured(context, state, piece, piece.payload.names)
    return [state._replace(pending=_waiting(state.pending, piece, favourite=True))]


def _waiting(pending: Pending, piece: Piece, **said: bool | OfNoun) -> Pending:
    return pending._replace(pieces=(*pending.pieces, piece), **said)  # type: ignore[arg-type]


def grouped(context: Context, state: State, piece: Piece) -> States:
    """In one order, in one week: the records of the open event are put together so."""
    assert isinstance(piece.payload, GroupWord)
    if piece.payload.rate:
        return _per_unit(state, piece, piece.payload.by)
    if not piece.payload.by:
        return _of_parts(state, piece)
    if piece.payload.every:
        return _in_every(state, piece, piece.payload.by)
    by = piece.payload.by
    if piece.payload.beside:
        return _beside(state, piece, by)
    return [*_put_together(state, piece, by), *in_one(state, piece, by)]


def _beside(state: State, piece: Piece, by: str) -> States:
    """As in "bought shampoo together with": what else is in that record has to be named."""
    target = state.event
    if target is None or target.form != "verb" or not target.restrictions or target.compare:
        return []
    if any(len(said.options) > 1 for said in target.restrictions):
        return []
    put = _put_together(state, piece, by)
    return [made._replace(pending=made.pending._replace(beside=True)) for made in put]


def _in_every(state: State, piece: Piece, unit: str) -> States:
    target, pending = state.event, state.pending
    if target is None or target.kind is not FrameKind.EVENT or target.each_unit or target.group:
        return []
    if target.form not in ("verb", "noun") or target.compare or target.which or target.distinct:
        return []
    if pending.connector or pending.relative or pending.negated or pending.loose():
        return []
    return fill(state, piece, state.open, target._replace(each_unit=unit))


def _of_parts(state: State, piece: Piece) -> States:
    """As in "in each of": waits for the last so many months, or what else has parts."""
    target, pending = state.event, state.pending
    if target is None or target.kind is not FrameKind.EVENT:
        return []
    if pending.connector or pending.relative or pending.negated or pending.loose():
        return []
    return [state._replace(pending=_waiting(pending, piece, parts=True))]


def in_each_of(state: State, piece: Piece, when: When) -> States:
    """The time in each of whose parts it was done: "in each of the last three months"."""
    target, window = state.event, when.window
    if target is None or state.pending._replace(parts=False).loose():
        return []
    if not isinstance(window, Rolling) or window.count < 2 or window.unit is Unit.HOUR:
        return []
    if target.each_unit or target.group or target.which or target.distinct or target.window:
        return []
    said = target.compare
    if said is not None and not isinstance(said, Compare):
        return []
    some = said is not None and said.test == Test(Operator.GE, (1,)) and said.unit.money is None
    within = target._replace(
        each_unit=window.unit.value,
        each_of=True,
        window=when,
        compare=None if some and target.form != "spend" else said,
    )
    return fill(state, piece, state.open, within)


def _per_unit(state: State, piece: Piece, unit: str) -> States:
    """As in "twice a month", "over 500 kr per week": of a number that was just said, or of what it
    counts."""
    target, pending = state.event, state.pending
    if target is None or target.kind is not FrameKind.EVENT or target.each_unit or target.group:
        return []
    if not isinstance(target.compare, Compare) or target.which or target.distinct:
        return []
    if pending.connector or pending.relative or pending.negated or pending.loose():
        return []
    return fill(state, piece, state.open, target._replace(each_unit=unit))


def same_thing(context: Context, state: State, piece: Piece, word: AttributeWord) -> States:
    """The same day, the same product: by what the records of the open event are put together."""
    target = state.event
    if word.unit is not None:
        return _put_together(state, piece, word.unit.value)
    for event, name in word.names:
        found = context.attribute(event, name)
        if target and event == target.event and found.type is Type.TEXT and not found.of_both:
            return _put_together(state, piece, name)
    return []


def same_record(state: State, piece: Piece, word: EventWord) -> States:
    """The same order: all of it was in one record of the open event, or of this one."""
    if word.form == "noun" and state.pending.same and state.pending.relative:
        return in_one(state, piece, RECORD)
    target = state.event
    if target is None or word.form != "noun" or not state.pending.same:
        return []
    if target.kind is FrameKind.HEADLESS and target.had_by(word.event):
        headed = target._replace(kind=FrameKind.EVENT, event=word.event, form="verb")
        return _put_together(state.put(state.open, headed), piece, RECORD)
    return _put_together(state, piece, RECORD) if target.event == word.event else []


def _put_together(state: State, piece: Piece, by: str) -> States:
    target, pending = state.event, state.pending
    if target is None or target.kind not in _GROUPED or target.group or target.which:
        return []
    if target.sole >= 0 or target.every or target.favourite:
        return []
    if pending.connector or pending.relative or pending.negated:
        return []
    if pending._replace(same=False, compare=None).loose():
        return []
    if by != RECORD and _as_before(state, piece):
        return []
    filled = target._replace(group=by, nameless=False)
    if pending.compare is not None:
        if target.compare or not _so_many_of(state, by):
            return []
        filled = filled._replace(compare=pending.compare, counts_things=True)
    return fill(state, piece, state.open, filled)


def _so_many_of(state: State, by: str) -> bool:
    """Whether a number stands right before: "three of the same product"."""
    compare = state.pending.compare
    if not isinstance(compare, Compare) or compare.unit.times or by in {RECORD, *Unit}:
        return False
    at = max((i for i, p in enumerate(state.path) if p.payload is compare), default=0)
    between = [p for p in state.path[at + 1 :] if p.sort is not Sort.SAME]
    return all(isinstance(p.payload, Structure) for p in between)


def _as_before(state: State, piece: Piece) -> bool:
    """Whether "the same" may be the same as in what was done before: "viewed one but did not buy
    the same product twice"."""
    said = [p.payload for p in (*state.pending.pieces, piece) if isinstance(p.payload, SameWord)]
    before = any(frame.kind is not FrameKind.FIELD for frame in state.frames[: state.open])
    return before and any(not word.one for word in said)


def in_so_many(state: State, piece: Piece, unit: Unit) -> States:
    """As in "bought twice in at least 3 different months": in how many of them it was so."""
    target, pending = state.event, state.pending
    if target is None or target.kind is not FrameKind.EVENT or target.compare is None:
        return []
    if target.group or target.which or target.distinct or not isinstance(pending.compare, Compare):
        return []
    if pending.connector or pending.relative or pending.negated:
        return []
    if pending._replace(compare=None, distinct=False).loose():
        return []
    return fill(state, piece, state.open, target._replace(group=unit.value, groups=pending.compare))


def as_that(state: State, flags: frozenset[str]) -> bool:
    """Whether it compares with something else: "on the same day as they visited"."""
    target = state.event
    if target is None or not target.group or not flags & {"as", "relative"}:
        return False
    return bool(state.path) and state.path[-1] is target.pieces[-1]


def of_each(context: Context, state: State, piece: Piece, word: AttributeWord) -> States | None:
    """As in "an order with at least five products": a number of each record. None where the
    number is of something else."""
    target, pending = state.event, state.pending
    compare = pending.compare
    if target is None or not isinstance(compare, Compare) or word.unit is not None:
        return None
    if target.kind is not FrameKind.EVENT or target.form != "noun" or target.which:
        return None
    event = context.catalogue.events[target.event or ""]
    if event.parts is None or compare.unit.times or target.measured or target.distinct:
        return None
    joined_on = pending.connector == "and" and bool(target.held)
    if not _inside(state, compare) or (pending.connector and not joined_on):
        return None
    for owner, name in word.names:
        found = context.attribute(owner, name)
        if owner != target.event or not (found.role == "quantity" or found.type is Type.TEXT):
            continue
        waiting = pending._replace(compare=None, distinct=False).loose()
        if pending.relative or pending.negated or waiting:
            return []
        summed = found.role == "quantity" and not pending.distinct
        kind: Kind | None = Kind.SUM if summed else Kind.DISTINCT
        if found.role == "product" and not pending.distinct:
            kind = None
        held = (*target.held, Held(kind, name, compare))
        return fill(state, piece, state.open, target._replace(group=RECORD, held=held))
    return None


def _inside(state: State, compare: Compare) -> bool:
    """Whether "with" or "of" stands right before the number."""
    at = max((i for i, p in enumerate(state.path) if p.payload is compare), default=0)
    before = state.path[at - 1].payload if at else None
    return isinstance(before, Structure) and bool(before.flags & _HOLDING)


def lacks_in_record(state: State, target: Frame) -> bool:
    """As in "an order without shampoo": it is said of the order, and not of whoever made it."""
    pending = state.pending
    noun = target.form == "noun" or (target.one and target.form == "verb")  # "an order"
    if target.kind is not FrameKind.EVENT or not noun or target.which:
        return False
    alone = pending.connector == "without" and not pending.comma and not pending.relative
    more = pending.connector == "nor" and bool(target.lacking)
    return (alone or more) and state.open == len(state.frames) - 1


def without(state: State, piece: Piece, target: Frame, said: Restriction) -> States:
    """The record with one more thing that it is without."""
    pending = state.pending
    if pending._replace(attribute=()).loose() or not pending.negated:
        return []
    owners = {(o.event, o.name) for o in said.options[0]}
    if pending.attribute and not owners & set(pending.attribute):
        return []
    free = pending._replace(negated=False, none=False, connector="", attribute=())
    filled = target._replace(group=RECORD, lacking=(*target.lacking, said))
    return fill(state._replace(pending=free), piece, state.open, filled)


def without_any(context: Context, state: State, piece: Piece, word: AttributeWord) -> States:
    """As in "an order without a discount code": none at all; of the brand in "an order without
    the brand Lugn" a value has to follow."""
    target, pending = state.event, state.pending
    assert target is not None
    states: list[State] = []
    for event, name in word.names:
        if event == target.event and context.attribute(event, name).role == "discount_code":
            following = context.tokens[piece.end : piece.end + 1]
            node = context.shop.words.words.get(following[0].key) if following else None
            if node is None or not node.meanings:
                none = Restriction(((Owned(event, name, None),),))
                states += without(state, piece, target, none)
    if pending.loose():
        return states
    moved = pending._replace(attribute=word.names, pieces=(*pending.pieces, piece))
    return [*states, state._replace(pending=moved)]


# --- rankings


def within_each(context: Context, state: State, piece: Piece, name: str) -> States:
    """The field in whose every value the open ranking is made: "in each country"."""
    target, pending, index = state.event, state.pending, state.open
    if target is None and (best := best_of(state.top)) is not None:
        target, index = best, len(state.frames) - 1  # "the best customer in each city"
    if target is None or target.kind is not FrameKind.RANK or target.within or not pending.each:
        return []
    if context.catalogue.fields[name].type is not Type.TEXT or pending.negated:
        return []
    if pending.connector not in ("", "comma") or pending._replace(each=False).loose():
        return []
    ranked = state._replace(open=index)
    return fill(ranked, piece, index, target._replace(within=name))


# --- favourites


def favoured(
    context: Context, state: State, piece: Piece, names: Sequence[tuple[str, str]]
) -> States:
    """A new frame about the most common value of an attribute of purchases."""
    found = [n for e, n in names if context.catalogue.events[e].role == "purchase"]
    events = [e for e, _ in names if context.catalogue.events[e].role == "purchase"]
    if len(found) != 1 or context.attribute(events[0], found[0]).type is not Type.TEXT:
        return []
    frame = Frame(FrameKind.EVENT, event=events[0], form="favourite", favourite=found[0])
    return begin(state, piece, frame, taken=frozenset({"favourite"}))


def favoured_value(state: State, piece: Piece, target: Frame, said: Restriction) -> States:
    """The value that is the most common one, or one more of them after "or"."""
    pending = state.pending
    owned = tuple(
        tuple(o for o in options if (o.event, o.name) == (target.event, target.favourite))
        for options in said.options
    )
    if not all(owned) or state.open != len(state.frames) - 1:
        return []
    said = replace(said, options=owned)
    if not target.restrictions or target.restrictions[-1].options[0][0].name != target.favourite:
        if pending.connector or pending.relative or pending._replace(equals=False).loose():
            return []
        told = target._replace(
            restrictions=(*target.restrictions, said), negated=target.negated != pending.negated
        )
        return fill(state, piece, state.open, told)
    if pending.connector not in JOINING or not plain(state):
        return []
    made = joined(target.restrictions[-1], said, pending.connector)
    told = target._replace(restrictions=(*target.restrictions[:-1], made))
    return fill(state, piece, state.open, told)
