"""Values, fields, attributes and quoted strings."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.grammar.frames import Frame, FrameKind, Restriction, State
from assistant.grammar.moves.context import JOINING, Context, begin, fill
from assistant.grammar.pieces import (
    Compare,
    FieldWord,
    Owned,
    Piece,
    Sort,
    Structure,
    Text,
    ValueOf,
)
from assistant.grammar.tokens import QUOTE_MARKS
from segments.catalogue import Type

States = Sequence[State]

_OF_PEOPLE = frozenset({"gender", "language", "source", "first_name", "last_name"})
_PLACES = frozenset({"city", "region", "country"})
NOUGHT = "0"  # the code of "none" where a count is told in classes
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
        states += found
    of_events = tuple(o for o in options if o.event is not None)
    if of_events:
        states += _event_value(context, state, piece, of_events)
    return states


def _as_lesser(state: State) -> State:
    """The state with its newest frame marked: it is read only where "region" is said with it."""
    assert state.top is not None
    marked = replace(state.top, lesser=True)
    return replace(state.put(len(state.frames) - 1, marked), cost=state.cost + LESSER_COST)


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
    if top is not None and top.kind is FrameKind.FIELD and top.field == name:
        if top.waiting() and not pending.connector:
            told = replace(top, restrictions=(said,), negated=top.negated != pending.negated)
            return fill(state, piece, len(state.frames) - 1, told)
        if top.restrictions and pending.connector in JOINING and _plain(state):
            if _apart(state, top.restrictions[-1]):
                return begin(state, piece, Frame(FrameKind.FIELD, field=name, restrictions=(said,)))
            joined = _joined(top.restrictions[-1], owned, pending.connector)
            told = replace(top, restrictions=(*top.restrictions[:-1], joined))
            return fill(state, piece, len(state.frames) - 1, told)
    if not _may_stand(context, state, piece, name):
        return []
    if owned[0].code is None:
        return begin(state, piece, Frame(FrameKind.FIELD, field=name, known=True))
    return begin(state, piece, Frame(FrameKind.FIELD, field=name, restrictions=(said,)))


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
    if target is not None and target.event not in events and _searches(context, target):
        return _literal(context, state, piece) if not pending.connector else []
    if target is None or target.event not in events:
        return _new_headless(state, piece, options)
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
    if replace(pending, attribute=(), equals=False, compare=None).loose():
        return []
    if pending.compare is not None and not things:
        return []
    if pending.attribute and (owned[0].event, owned[0].name) not in pending.attribute:
        return []
    filled = replace(target, restrictions=(*target.restrictions, Restriction((owned,))))
    if things:
        filled = replace(filled, compare=pending.compare, counts_things=True)
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
    filled = replace(target, restrictions=(*target.restrictions[:-1], joined))
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
        filled = replace(target, restrictions=(*target.restrictions, said))
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
            filled = replace(target, restrictions=(*target.restrictions[:-1], joined))
            return fill(state, piece, state.open, filled)
    return _new_headless(state, piece, options)


def _new_headless(state: State, piece: Piece, options: tuple[Owned, ...]) -> States:
    frame = Frame(FrameKind.HEADLESS, restrictions=(Restriction((options,)),))
    return begin(state, piece, frame)


def _searches(context: Context, target: Frame) -> bool:
    event = context.catalogue.events[target.event or ""]
    return event.role == "search" and event.by_role("query") is not None


def _literal(context: Context, state: State, piece: Piece) -> States:
    target = state.event
    assert target is not None
    said = piece.payload.text if isinstance(piece.payload, Text) else context.words(piece)
    text = said.strip(QUOTE_MARKS)
    return fill(state, piece, state.open, replace(target, texts=(*target.texts, text)))


def quote(context: Context, state: State, piece: Piece) -> States:
    """A quoted string: what was searched for, or a value of the field or attribute just named."""
    assert isinstance(piece.payload, Text)
    text = piece.payload.text
    target, top, pending = state.event, state.top, state.pending
    if top is not None and top.field and top.waiting() and not pending.connector:
        if context.catalogue.fields[top.field].type not in (Type.TEXT, Type.LIST):
            return []
        said = Restriction(((Owned(None, top.field, text),),))
        told = replace(top, restrictions=(said,), negated=top.negated != pending.negated)
        return fill(state, piece, len(state.frames) - 1, told)
    if target is None or target.event is None or pending.connector or pending.negated:
        return []
    named = [name for event, name in pending.attribute if event == target.event]
    if named and context.attribute(target.event, named[0]).type is Type.TEXT:
        said = Restriction(((Owned(target.event, named[0], text),),))
        filled = replace(target, restrictions=(*target.restrictions, said))
        return fill(state, piece, state.open, filled)
    if _searches(context, target) and not pending.loose():
        return _literal(context, state, piece)
    return []


def field(context: Context, state: State, piece: Piece) -> States:
    """A word for a member field."""
    assert isinstance(piece.payload, FieldWord)
    name = piece.payload.field
    top, pending = state.top, state.pending
    kind = context.catalogue.fields[name].type
    if _names_last(state, piece, name):
        assert top is not None
        filled = replace(top, pieces=(*top.pieces, piece))
        return [state.put(len(state.frames) - 1, filled)]
    if pending.known is not None:
        return _known(context, state, piece, name)
    if isinstance(pending.compare, Compare):
        if kind not in (Type.NUMBER, Type.MONEY) or pending.compare.unit.times:
            return []
        if top is not None and top.fresh() and not pending.connector:
            return []  # "earned over 200 points" is not about how many they have
        frame = Frame(FrameKind.FIELD, field=name, compare=pending.compare)
        return begin(state, piece, frame, taken=frozenset({"compare"}))
    if kind is Type.YES_NO:
        said = Restriction(((Owned(None, name, code=True),),))
        return begin(state, piece, Frame(FrameKind.FIELD, field=name, restrictions=(said,)))
    if pending.none and kind not in (Type.DATE, Type.TIME):
        return _none(context, state, piece, name)
    return begin(state, piece, Frame(FrameKind.FIELD, field=name))


def _known(context: Context, state: State, piece: Piece, name: str) -> States:
    """Known or lacking; a yes or no that lacks is a no."""
    known = bool(state.pending.known)
    frame = Frame(FrameKind.FIELD, field=name, known=True, negated=not known)
    if context.catalogue.fields[name].type is Type.YES_NO:
        said = Restriction(((Owned(None, name, code=True),),))
        frame = replace(frame, known=None, restrictions=(said,))
    elif not known and NOUGHT in context.catalogue.fields[name].codes:
        return []
    return begin(state, piece, frame, taken=frozenset({"known"}))


def _none(context: Context, state: State, piece: Piece, name: str) -> States:
    """As in "without children": none of what is counted, or nothing known."""
    found = context.catalogue.fields[name]
    if NOUGHT in found.codes:
        said = Restriction(((Owned(None, name, NOUGHT),),))
        frame = Frame(FrameKind.FIELD, field=name, restrictions=(said,), negated=True)
        return begin(state, piece, frame)
    if found.numeric:
        return []
    return begin(state, piece, Frame(FrameKind.FIELD, field=name, known=True))


def _names_last(state: State, piece: Piece, name: str) -> bool:
    """Whether the word only says which field the value just before it is of ("gold tier")."""
    top = state.top
    return (
        top is not None
        and top.kind is FrameKind.FIELD
        and top.field == name
        and bool(top.restrictions)
        and state.last is not None
        and state.last.sort is Sort.VALUE
        and state.last.end == piece.start
        and not state.pending.connector
    )
