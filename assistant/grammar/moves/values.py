"""Named values, alone or listed in brackets: of member fields; `event_values` for the others."""

from collections.abc import Sequence

from assistant.grammar.frames import Frame, FrameKind, Restriction, State
from assistant.grammar.moves.afterwards import BOUNDS
from assistant.grammar.moves.context import JOINING, Context, begin, fill
from assistant.grammar.moves.event_values import event_value
from assistant.grammar.moves.joining import apart, joined, owned_by, plain
from assistant.grammar.pieces import (
    Amount,
    Compare,
    Owned,
    Piece,
    Sort,
    ValueList,
    ValueOf,
)
from segments.definition import Test

States = Sequence[State]
_OF_PEOPLE = frozenset({"gender", "language", "source", "first_name", "last_name"})
_PLACES = frozenset({"city", "region", "country"})
LESSER_COST = 0.3  # more than the margin within which two parses count as equal


def value(context: Context, state: State, piece: Piece) -> States:
    """A named value, or a list of them in brackets: of a member field, of the open event, or
    waiting for its event."""
    said = _said(piece)
    options = said.options[0]
    states: list[State] = []
    for name in dict.fromkeys(o.name for o in options if o.event is None):
        found = _field_value(context, state, piece, name, owned_by(said, {(None, name)}))
        if _lesser(context, options, name):
            found = [_as_lesser(one) for one in found]
        elif _unnamed(context, state, options, name):
            found = [_dearer(one) for one in found]
        states += found
    of_events = {(o.event, o.name) for o in options if o.event is not None}
    if of_events:
        found = event_value(context, state, piece, owned_by(said, of_events))
        if state.event is None and _lives(context, options):
            found = [_dearer(one) for one in found]
        states += found
    return states


def _said(piece: Piece) -> Restriction:
    if isinstance(piece.payload, ValueList):
        return Restriction(piece.payload.values, piece.payload.joint)
    assert isinstance(piece.payload, ValueOf)
    return Restriction((piece.payload.options,))


def _lives(context: Context, options: tuple[Owned, ...]) -> bool:
    """Whether it is somewhere that members live."""
    fields = [context.catalogue.fields[o.name] for o in options if o.event is None]
    return any(field.role in _PLACES for field in fields)


def _unnamed(context: Context, state: State, options: tuple[Owned, ...], name: str) -> bool:
    """Whether it would be the place of something else, as a head office, which was not named."""
    named = state.top is not None and state.top.waiting() and state.top.field == name
    elsewhere = context.catalogue.fields[name].role not in _PLACES
    return elsewhere and not named and _lives(context, options)


def _dearer(state: State) -> State:
    return state._replace(cost=state.cost + LESSER_COST)


def _as_lesser(state: State) -> State:
    """The state with its newest frame marked: it is read only where "region" is said with it."""
    assert state.top is not None
    marked = state.top._replace(lesser=True)
    return state.put(len(state.frames) - 1, marked)._replace(cost=state.cost + LESSER_COST)


def _lesser(context: Context, options: tuple[Owned, ...], name: str) -> bool:
    """Whether it names a region whose town has the same name: the town is meant unless said."""
    roles = {
        context.catalogue.fields[o.name].role for o in options if o.event is None and o.name != name
    }
    return context.catalogue.fields[name].role == "region" and "city" in roles


def _field_value(
    context: Context, state: State, piece: Piece, name: str, said: Restriction
) -> States:
    top, pending = state.top, state.pending
    if pending.bound:
        return _bounded(context, state, piece, said)
    if top is not None and top.kind is FrameKind.FIELD and top.field == name:
        if top.waiting() and not pending.connector:
            told = top._replace(restrictions=(said,), negated=top.negated != pending.negated)
            return fill(state, piece, len(state.frames) - 1, told)
        if top.restrictions and pending.connector in JOINING and plain(state):
            if apart(state, top.restrictions[-1]):
                return begin(state, piece, Frame(FrameKind.FIELD, field=name, restrictions=(said,)))
            made = joined(top.restrictions[-1], said, pending.connector)
            told = top._replace(restrictions=(*top.restrictions[:-1], made))
            return fill(state, piece, len(state.frames) - 1, told)
    if not _may_stand(context, state, piece, name):
        return []
    if said.options[0][0].code is None and len(said.options) == 1:
        return begin(state, piece, Frame(FrameKind.FIELD, field=name, known=True))
    agreed = (context.catalogue.fields[name].role or "").startswith("consent_")
    consent = "to" if said.options[0][0].code else "refused"
    frame = Frame(FrameKind.FIELD, field=name, restrictions=(said,))
    return begin(state, piece, frame._replace(consent=consent if agreed else ""))


def _bounded(context: Context, state: State, piece: Piece, said: Restriction) -> States:
    """As in "at least gold": a value of an ordered field as a bound."""
    owned = said.options[0][0]
    found = context.catalogue.fields[owned.name]
    if not found.ordered or not isinstance(owned.code, str) or len(said.options) > 1:
        return []
    operator = BOUNDS[state.pending.bound]
    compare = Compare(Test(operator, (owned.code,)), Amount(0))
    top, taken = state.top, frozenset({"bound"})
    if top is not None and top.waiting() and top.field == owned.name:
        if state.pending.connector:
            return []
        free = state._replace(pending=state.pending._replace(bound=""))
        told = top._replace(compare=compare, negated=top.negated != state.pending.negated)
        return fill(free, piece, len(state.frames) - 1, told)
    frame = Frame(FrameKind.FIELD, field=owned.name, compare=compare)
    return begin(state, piece, frame, taken=taken)


def _may_stand(context: Context, state: State, piece: Piece, name: str) -> bool:
    """Whether a member's own value may stand here: "bought Swedish products" is about the products,
    "at least gold" and "customers who ski" about something else."""
    role = context.catalogue.fields[name].role or ""
    pending = state.pending
    last = state.path[-1] if state.path else None
    if last is not None and last.sort is Sort.MOST:
        return False
    after_event = (
        state.event is not None
        and state.open == len(state.frames) - 1
        and not (pending.connector or pending.relative or pending.new_group)
    )
    if after_event and (role in _OF_PEOPLE or (role in _PLACES and not pending.place)):
        return False
    small = context.tokens[piece.start].text[:1].islower()
    clause = pending.relative or pending.auxiliary or after_event
    return not (role in _PLACES and small and clause and not pending.place)
