"""Named values, alone or listed in brackets: of member fields; `event_values` for the others."""

from collections.abc import Sequence

from assistant.grammar.frames import Frame, FrameKind, Restriction, State
from assistant.grammar.moves.afterwards import BOUNDS
from assistant.grammar.moves.context import JOINING, Context, begin, fill, just_named
from assistant.grammar.moves.event_values import event_value
from assistant.grammar.moves.joining import apart, joined, owned_by, plain
from assistant.grammar.moves.places import (
    PLACES,
    as_lesser,
    dearer,
    done_elsewhere,
    done_there,
    lesser,
    listed,
    lives,
    of_events,
)
from assistant.grammar.pieces import (
    Amount,
    Compare,
    FieldWord,
    Piece,
    Range,
    Sort,
    ValueList,
    ValueOf,
)
from assistant.grammar.tokens import Shape
from segments.definition import Test

States = Sequence[State]
_OF_PEOPLE = frozenset(
    {"gender", "language", "source", "first_name", "last_name", "email", "phone"}
)


def value(context: Context, state: State, piece: Piece) -> States:
    """A named value, or a list of them in brackets: of a member field, of the open event, or
    waiting for its event."""
    guarded = isinstance(piece.payload, ValueOf) and piece.payload.guarded
    if guarded and _unmarked(context, state, piece):
        return []
    said = _said(piece)
    options = said.options[0]
    named = just_named(state) or _listing(state)
    if named and any(o.event is None and o.name == named for o in options):
        return _field_value(context, state, piece, named, owned_by(said, {(None, named)}))
    states: list[State] = []
    own = () if any(listed(state, (o.event, o.name)) for o in options) else options
    for name in dict.fromkeys(o.name for o in own if o.event is None):
        found = _field_value(context, state, piece, name, owned_by(said, {(None, name)}))
        if lesser(context, options, name) or _figure(context, piece):
            found = [as_lesser(one) for one in found]
        states += found
    if done := of_events(context, state, options):
        found = event_value(context, state, piece, owned_by(said, done))
        if state.event is None and lives(context, options):
            found = [dearer(one) for one in found]
        states += found
    return states


def _listing(state: State) -> str | None:
    """The field that was named with a value, when another may follow: "region Skåne or Oslo" is
    about two regions, though there is a town of that name."""
    top, pending = state.top, state.pending
    if top is None or not top.restrictions or pending.connector not in JOINING or not plain(state):
        return None
    words = (p.payload for p in top.pieces if isinstance(p.payload, FieldWord))
    return top.field if any(word.field == top.field for word in words) else None


def _said(piece: Piece) -> Restriction:
    if isinstance(piece.payload, ValueList):
        return Restriction(piece.payload.values, piece.payload.joint)
    assert isinstance(piece.payload, ValueOf)
    return Restriction((piece.payload.options,))


def _unmarked(context: Context, state: State, piece: Piece) -> bool:
    """Whether it is a word of the language's own frame that nothing marks as a name: neither
    quotes, nor a capital inside the sentence, nor the word for what it is ("the brand Not")."""
    named = bool(state.pending.attribute) or (state.top is not None and state.top.waiting())
    capital = piece.start > 0 and context.tokens[piece.start].text[:1].isupper()
    return not (named or capital)


def _figure(context: Context, piece: Piece) -> bool:
    """Whether the value is only a number, as "2" of children: its field has to be named."""
    only = context.tokens[piece.start : piece.end]
    return len(only) == 1 and only[0].shape is Shape.NUMBER


def _field_value(
    context: Context, state: State, piece: Piece, name: str, said: Restriction
) -> States:
    if state.pending.only:
        if state.pending.only != "only" or state.frames or state.pending.negated:
            return []  # "not only women" leaves nobody out
        state = state._replace(pending=state.pending._replace(only=""))  # "only women" are women
    top, pending = state.top, state.pending
    if _says_again(state, piece, name, said):
        assert top is not None
        return fill(state, piece, len(state.frames) - 1, top)
    if _language_said(context, state) and context.catalogue.fields[name].role in PLACES:
        return []
    if pending.bound:
        return _bounded(context, state, piece, said)
    if top is not None and top.kind is FrameKind.FIELD and top.field == name:
        if just_named(state) == name:
            negated = top.negated != pending.negated
            told = top._replace(restrictions=(said,), known=None, negated=negated)
            return fill(state, piece, len(state.frames) - 1, told)
        if top.restrictions and pending.connector in JOINING and plain(state):
            if apart(state, top.restrictions[-1]):
                return begin(state, piece, Frame(FrameKind.FIELD, field=name, restrictions=(said,)))
            made = joined(top.restrictions[-1], said, pending.connector)
            told = top._replace(restrictions=(*top.restrictions[:-1], made))
            return fill(state, piece, len(state.frames) - 1, told)
    if said.options[0][0].tied or not _may_stand(context, state, piece, name):
        return []
    if said.options[0][0].code is None and len(said.options) == 1:
        if pending.negated and context.catalogue.fields[name].role == "children":
            return []  # none of them, or nothing known?
        return begin(state, piece, Frame(FrameKind.FIELD, field=name, known=True))
    role = context.catalogue.fields[name].role or ""
    there = role in PLACES and done_there(state)
    if there and state.event is not None and state.event.negated:
        return []  # "not bought in Norway": is it who, or where?
    there = there or (role in PLACES and done_elsewhere(state))
    frame = Frame(FrameKind.FIELD, field=name, restrictions=(said,), done_there=there)
    return (
        _agreed(context, state, piece, frame)
        if role.startswith("consent_")
        else begin(state, piece, frame)
    )


def _agreed(context: Context, state: State, piece: Piece, frame: Frame) -> States:
    yes = bool(frame.restrictions[0].options[0][0].code)
    likely = dearer(state) if _newly(context, state) else state
    return begin(likely, piece, frame._replace(consent="to" if yes else "refused"))


def _newly(context: Context, state: State) -> bool:
    """Whether it is who is new to it, as in "new subscribers", and the shop knows since when."""
    top = state.top
    new = top is not None and top.vague is not None and top.vague.concept == "new"
    return new and bool(context.shop.events("subscription"))


def _says_again(state: State, piece: Piece, name: str, said: Restriction) -> bool:
    """Whether "members" only says again what the level before it says: "gold members"."""
    top, pending = state.top, state.pending
    held = top is not None and top.field == name and bool(top.restrictions or top.compare)
    had = said.options[0][0].code is None and len(said.options) == 1
    after = bool(state.path) and state.path[-1].end == piece.start and not pending.connector
    return held and had and after and top is not None and state.path[-1] in top.pieces


def between(context: Context, state: State, piece: Piece) -> States:
    """From one value of the ordered field just named to another."""
    assert isinstance(piece.payload, Range)
    top, pending = state.top, state.pending
    if top is None or not top.waiting() or top.field != piece.payload.field:
        return []
    if pending.connector or pending._replace(equals=False).loose():
        return []
    told = top._replace(
        compare=Compare(piece.payload.test, Amount(0)), negated=top.negated != pending.negated
    )
    return fill(state, piece, len(state.frames) - 1, told)


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


def _language_said(context: Context, state: State) -> bool:
    """Whether a language was named right before, so that "Swedish" is one too."""
    top, last = state.top, state.last
    if top is None or top.field is None or last is None:
        return False
    if context.catalogue.fields[top.field].role != "language":
        return False
    if last.sort is Sort.FIELD:
        return not state.pending.connector
    return state.pending.connector in JOINING and not state.pending.place and plain(state)


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
    if after_event and (role in _OF_PEOPLE or (role in PLACES and not pending.place)):
        return False
    small = context.tokens[piece.start].text[:1].islower()
    clause = pending.relative or pending.auxiliary or after_event
    return not (role in PLACES and small and clause and not pending.place)
