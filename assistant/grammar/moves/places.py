"""Names of places: of where members live, or of something else that has a place of its own."""

from assistant.grammar.frames import State
from assistant.grammar.moves.context import Context
from assistant.grammar.pieces import Owned

PLACES = frozenset({"city", "region", "country"})
LESSER_COST = 0.3  # more than the margin within which two parses count as equal


def lives(context: Context, options: tuple[Owned, ...]) -> bool:
    """Whether it is somewhere that members live."""
    fields = [context.catalogue.fields[o.name] for o in options if o.event is None]
    return any(field.role in PLACES for field in fields)


def dearer(state: State) -> State:
    """The state where another reading is likelier."""
    return state._replace(cost=state.cost + LESSER_COST)


def of_events(
    context: Context, state: State, options: tuple[Owned, ...]
) -> set[tuple[str | None, str]]:
    """What it names of events: a place of an event's own ("ship city") only where that was said."""
    stores = _in_store(context, state) or done_there(state)
    place = lives(context, options) and not stores
    return {
        (o.event, o.name)
        for o in options
        if o.event is not None
        and (
            not place
            or context.attribute(o.event, o.name).role
            or (o.event, o.name) in state.pending.attribute
            or listed(state, (o.event, o.name))
        )
    }


def listed(state: State, owner: tuple[str | None, str]) -> bool:
    """Whether such a place of the event's own was named right before: "in Oslo or Bergen"."""
    target = state.event
    if target is None or not target.restrictions or not state.pending.connector:
        return False
    before = {(o.event, o.name) for o in target.restrictions[-1].options[-1]}
    return owner in before and state.last in target.pieces[-1:]


def done_there(state: State) -> bool:
    """Whether a place right here may be where something was done: "bought shoes in Oslo"."""
    target, pending = state.event, state.pending
    event = target is not None and target.event is not None
    opened = event and state.open == len(state.frames) - 1 and pending.place
    return opened and not (pending.connector or pending.relative or pending.new_group)


def done_elsewhere(state: State) -> bool:
    """Whether a place left out may be where something was done: "in stores outside Oslo"."""
    top, pending = state.top, state.pending
    done = top is not None and top.event is not None and not top.negated
    apart = pending.connector == "except" or (pending.negated and not pending.connector)
    return done and apart and not (pending.comma or pending.relative or pending.new_group)


def _in_store(context: Context, state: State) -> bool:
    """Whether a store was said right before: "in the store in Oslo" may be where the store is."""
    target = state.event
    if target is None or target.event is None or not target.restrictions or state.last is None:
        return False
    said = [o for o in target.restrictions[-1].options[0] if o.event == target.event]
    stores = context.shop.role_values("channel", "store")
    return state.last in target.pieces[-1:] and any(o in stores for o in said)


def as_lesser(state: State) -> State:
    """The state with its newest frame marked: it is read only where "region" is said with it."""
    assert state.top is not None
    marked = state.top._replace(lesser=True)
    return state.put(len(state.frames) - 1, marked)._replace(cost=state.cost + LESSER_COST)


def lesser(context: Context, options: tuple[Owned, ...], name: str) -> bool:
    """Whether it names a region whose town has the same name, or the place of something
    else: the town they live in is meant unless "region" or "head office" is said."""
    roles = {
        context.catalogue.fields[o.name].role for o in options if o.event is None and o.name != name
    }
    role = context.catalogue.fields[name].role
    return (role == "region" and "city" in roles) or (role not in PLACES and bool(roles & PLACES))
