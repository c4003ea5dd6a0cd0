"""Named values: of a member field, of the open event, or waiting for their event."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.grammar.frames import Frame, FrameKind, Restriction, State
from assistant.grammar.moves.afterwards import BOUNDS
from assistant.grammar.moves.context import JOINING, Context, acts, begin, fill
from assistant.grammar.moves.quotes import literal, searches
from assistant.grammar.pieces import Amount, Compare, Owned, Piece, Sort, Structure, ValueOf
from segments.definition import Test

States = Sequence[State]
_OF_PEOPLE = frozenset({"gender", "language", "source", "first_name", "last_name"})
_PLACES = frozenset({"city", "region", "country"})
_OFFERS = frozenset({"on_sale", "discount_code"})
LESSER_COST = 0.3  # more than the margin within which two parses count as equal
_JOINT = {"and": "and", "or": "or", "nor": "or", "comma": ""}


def value(context: Context, state: State, piece: Piece) -> States:
    """A named value: of a member field, of the open event, or waiting for its event."""
    assert isinstance(piece.payload, ValueOf)
    options = piece.payload.options
    states: list[State] = []
    for name in dict.fromkeys(o.name for o in options if o.event is None):
        owned = tuple(o for o in options if o.event is None and o.name == name)
        found = _field_value(context, state, piece, name, owned)
        if _lesser(context, options, name):
            found = [_as_lesser(one) for one in found]
        elif _unnamed(context, state, options, name):
            found = [_dearer(one) for one in found]
        states += found
    of_events = tuple(o for o in options if o.event is not None)
    if of_events:
        found = _event_value(context, state, piece, of_events)
        if state.event is None and _lives(context, options):
            found = [_dearer(one) for one in found]
        states += found
    return states


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
    context: Context, state: State, piece: Piece, name: str, owned: tuple[Owned, ...]
) -> States:
    top, pending = state.top, state.pending
    said = Restriction((owned,))
    if pending.bound:
        return _bounded(context, state, piece, owned[0])
    if top is not None and top.kind is FrameKind.FIELD and top.field == name:
        if top.waiting() and not pending.connector:
            told = top._replace(restrictions=(said,), negated=top.negated != pending.negated)
            return fill(state, piece, len(state.frames) - 1, told)
        if top.restrictions and pending.connector in JOINING and _plain(state):
            if _apart(state, top.restrictions[-1]):
                return begin(state, piece, Frame(FrameKind.FIELD, field=name, restrictions=(said,)))
            joined = _joined(top.restrictions[-1], owned, pending.connector)
            told = top._replace(restrictions=(*top.restrictions[:-1], joined))
            return fill(state, piece, len(state.frames) - 1, told)
    if not _may_stand(context, state, piece, name):
        return []
    if owned[0].code is None:
        return begin(state, piece, Frame(FrameKind.FIELD, field=name, known=True))
    agreed = (context.catalogue.fields[name].role or "").startswith("consent_")
    consent = "to" if owned[0].code else "refused"
    frame = Frame(FrameKind.FIELD, field=name, restrictions=(said,))
    return begin(state, piece, frame._replace(consent=consent if agreed else ""))


def _bounded(context: Context, state: State, piece: Piece, owned: Owned) -> States:
    """As in "at least gold": a value of an ordered field as a bound."""
    found = context.catalogue.fields[owned.name]
    if not found.ordered or not isinstance(owned.code, str):
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


def _plain(state: State) -> bool:
    """Whether nothing but a connector stands between the last value and this one."""
    pending = state.pending
    return (
        not (pending.relative or pending.auxiliary or pending.loose() or pending.new_group)
        and (not pending.negated or pending.connector == "nor")
        and state.last is not None
        and state.last.sort in (Sort.VALUE, Sort.FIELD, Sort.QUOTE, Sort.ATTRIBUTE)
        and not _people_since(state)
    )


def _people_since(state: State) -> bool:
    """Whether a noun for people stood after the last value: "Swedish customers or Danish men"."""
    for piece in reversed(state.path):
        if piece is state.last:
            return False
        if isinstance(piece.payload, Structure) and "member" in piece.payload.flags:
            return True
    return False


def _apart(state: State, before: Restriction) -> bool:
    """Whether a comma parts two alternatives ("men, or women over 60"); in a list of three it is
    only the list's."""
    return state.pending.comma and state.pending.connector == "or" and len(before.options) == 1


def _joined(before: Restriction, options: tuple[Owned, ...], connector: str) -> Restriction:
    joint = _JOINT[connector] or before.joint
    if before.joint and _JOINT[connector] and before.joint != _JOINT[connector]:
        joint = "mixed"
    return replace(before, options=(*before.options, options), joint=joint)


def _event_value(
    context: Context, state: State, piece: Piece, options: tuple[Owned, ...]
) -> States:
    target, pending = state.event, state.pending
    events = {o.event for o in options}
    if pending.every:
        return []  # "opened all newsletters" is not "opened one"
    if target is not None and target.event is None:
        return _headless_value(context, state, piece, options)
    if target is not None and target.event not in events and searches(context, target):
        return literal(context, state, piece) if not pending.connector else []
    if target is None or target.event not in events:
        return _new_headless(context, state, piece, options)
    owned = tuple(sorted(options, key=lambda o: o.event != target.event))
    if pending.connector:
        return [*_extended(state, piece, target, owned), *_elliptic(context, state, piece, owned)]
    if pending.negated or any(_same(r, owned) for r in target.restrictions):
        many = context.many(owned[0].event, owned[0].name)
        if pending.negated or not many:
            return []
    adjacent = state.last is not None and state.last.end == piece.start
    things = isinstance(pending.compare, Compare) and not pending.compare.unit.times and adjacent
    if things and (target.compare is not None or target.form not in ("verb", "buyers")):
        return []
    if pending._replace(attribute=(), equals=False, compare=None).loose():
        return []
    if pending.compare is not None and not things:
        return []
    if pending.attribute and (owned[0].event, owned[0].name) not in pending.attribute:
        return []
    filled = target._replace(restrictions=(*target.restrictions, Restriction((owned,))))
    if things:
        filled = filled._replace(compare=pending.compare, counts_things=True)
    return fill(state, piece, state.open, filled)


def _same(restriction: Restriction, owned: tuple[Owned, ...]) -> bool:
    return restriction.options[0][0].name == owned[0].name


def _extended(state: State, piece: Piece, target: Frame, owned: tuple[Owned, ...]) -> States:
    if state.pending.connector not in JOINING or not _plain(state) or not target.restrictions:
        return []
    if state.open != len(state.frames) - 1 or not _same(target.restrictions[-1], owned):
        return []
    if _apart(state, target.restrictions[-1]):
        return []
    joined = _joined(target.restrictions[-1], owned, state.pending.connector)
    filled = target._replace(restrictions=(*target.restrictions[:-1], joined))
    return fill(state, piece, state.open, filled)


def _elliptic(context: Context, state: State, piece: Piece, owned: tuple[Owned, ...]) -> States:
    """A value after a connector that takes over the verb: "shampoo but not conditioner"."""
    target = state.event
    assert target is not None
    pending = state.pending
    if pending.connector in ("comma", "except") or pending.relative:
        return []
    same = bool(target.restrictions) and _same(target.restrictions[-1], owned)
    if same and not pending.negated and pending.connector in JOINING:
        return []
    if target.kind is not FrameKind.EVENT or (target.compare and not pending.negated):
        return []
    frame = Frame(
        FrameKind.EVENT,
        event=target.event,
        form=target.form,
        restrictions=(Restriction((owned,)),),
        elliptic=True,
    )
    return begin(state, piece, frame, taken=frozenset({"attribute"}))


def _headless_value(
    context: Context, state: State, piece: Piece, options: tuple[Owned, ...]
) -> States:
    target, pending = state.event, state.pending
    assert target is not None
    said = Restriction((options,))
    if not pending.connector:
        if pending.negated or pending.loose():
            return []
        if any(
            _same(r, options) and not context.many(options[0].event, options[0].name)
            for r in target.restrictions
        ):
            return []
        filled = target._replace(restrictions=(*target.restrictions, said))
        return fill(state, piece, state.open, filled)
    if pending.connector in JOINING and _plain(state) and target.restrictions:
        before = target.restrictions[-1]
        shared = tuple(
            o
            for o in options
            if any((o.event, o.name) == (b.event, b.name) for b in before.options[0])
        )
        if shared:
            joined = _joined(before, shared, pending.connector)
            filled = target._replace(restrictions=(*target.restrictions[:-1], joined))
            return fill(state, piece, state.open, filled)
    return _new_headless(context, state, piece, options)


def _new_headless(
    context: Context, state: State, piece: Piece, options: tuple[Owned, ...]
) -> States:
    if _offered(context, state, options) or _agreed(context, state, options):
        return []
    frame = Frame(FrameKind.HEADLESS, restrictions=(Restriction((options,)),))
    return begin(state, piece, frame)


def _offered(context: Context, state: State, options: tuple[Owned, ...]) -> bool:
    """Whether it is an offer to be made, as in "remind them with a discount"."""
    roles = {context.attribute(o.event, o.name).role for o in options if o.event is not None}
    last = state.path[-1].payload if state.path else None
    article = isinstance(last, Structure) and "filler" in last.flags
    return article and acts(state) and bool(roles & _OFFERS)


def _agreed(context: Context, state: State, options: tuple[Owned, ...]) -> bool:
    """Whether it is one more channel that was agreed to, as in "consent to e-mail and SMS"."""
    roles = {context.attribute(o.event, o.name).role for o in options if o.event is not None}
    listed = state.top is not None and bool(state.top.consent) and bool(state.pending.connector)
    return listed and "channel" in roles
