"""Words for attributes of events, and the numbers that count them."""

from collections.abc import Iterator

from assistant.grammar.frames import Frame, FrameKind, Measured, State
from assistant.grammar.moves.context import Context, begin, fill
from assistant.grammar.moves.fields import States
from assistant.grammar.moves.groupings import of_one, so_many
from assistant.grammar.moves.groups import (
    favoured,
    in_so_many,
    lacks_in_record,
    of_each,
    same_thing,
    without_any,
)
from assistant.grammar.moves.links import same_of
from assistant.grammar.moves.of_nouns import asked
from assistant.grammar.moves.sides import named_other
from assistant.grammar.pieces import (
    AttributeWord,
    Compare,
    Details,
    MeasureWord,
    Piece,
    Sort,
    Structure,
)
from segments.catalogue import Type
from segments.definition import Kind

_MEASURING = {
    "total": Kind.SUM,
    "average": Kind.AVERAGE,
    "highest": Kind.MAXIMUM,
    "lowest": Kind.MINIMUM,
}
# "three categories" can only be different ones; "three campaigns" may be three times the same
_KINDS = frozenset({"category", "subcategory", "product_type", "brand", "department", "store"})


def attribute(context: Context, state: State, piece: Piece) -> States:
    """A word for an attribute: names the last value, or waits for a value or a number."""
    assert isinstance(piece.payload, AttributeWord)
    word = piece.payload
    pending, target = state.pending, state.event
    states: list[State] = []
    if pending.every or pending.each:
        return []
    if pending.same:
        return _same(context, state, piece, word)
    if pending.of_noun or pending.weighed or pending.favourite or pending.kinds:
        own = favoured(context, state, piece, word.names) if pending.favourite else []
        return [*own, *asked(context, state, piece, word)]
    if state.event is not None and lacks_in_record(state, state.event):
        return without_any(context, state, piece, word)
    if (told := of_each(context, state, piece, word)) is not None:
        return told
    if pending.distinct:
        return [*_counted(context, state, piece, word), *so_many(state, piece, word)]
    if word.unit is not None:
        return []
    if pending.versus is not None:
        return _held_against(context, state, piece, word)
    states += _measured(context, state, piece, word)
    if _names_value(context, state, piece, word):
        assert target is not None
        filled = target._replace(pieces=(*target.pieces, piece))
        return [*states, state.put(state.open, filled)]
    if _names_number(state, piece, word):
        assert target is not None
        return fill(state, piece, state.open, target)
    if isinstance(pending.compare, Compare):
        return [
            *_summed(context, state, piece, word),
            *_numbered(context, state, piece, word),
            *_kinds(context, state, piece, word),
        ]
    if not pending.loose() and not pending.by:
        moved = pending._replace(attribute=word.names, pieces=(*pending.pieces, piece))
        states.append(state._replace(pending=moved))
    return states


def _same(context: Context, state: State, piece: Piece, word: AttributeWord) -> States:
    if state.pending.relative:
        return of_one(state, piece, word)
    return [*same_of(context, state, piece), *same_thing(context, state, piece, word)]


def _measured(context: Context, state: State, piece: Piece, word: AttributeWord) -> States:
    """As in "Average price": a number made of an attribute of some event."""
    pending, target = state.pending, state.event
    kind = _MEASURING.get(pending.mode)
    if kind is None or pending._replace(mode="").loose():
        return []
    states: list[State] = []
    for event, name in word.names:
        if context.attribute(event, name).type not in (Type.NUMBER, Type.MONEY):
            continue
        bought = context.catalogue.events[event].role == "purchase"
        measured = Measured(kind, name)
        nameless = len(word.names) > 1 and not bought
        if target is not None and target.kind is FrameKind.RANK and target.event is None:
            if not (pending.connector or pending.negated):
                filled = target._replace(
                    event=event, form="measure", measured=measured, by=True, nameless=nameless
                )
                states += fill(state, piece, state.open, filled)
            continue
        free = state._replace(pending=pending._replace(mode=""))
        other = named_other(free, piece, MeasureWord(event, kind, name))
        if other is not None:
            states += other
            continue
        frame = Frame(
            FrameKind.EVENT, event=event, form="measure", measured=measured, nameless=nameless
        )
        states += begin(state, piece, frame, taken=frozenset({"mode"}))
    return states


def _held_against(context: Context, state: State, piece: Piece, word: AttributeWord) -> States:
    """As in "a higher order value than": what an order comes to on average, or all of them."""
    pending, states = state.pending, list[State]()
    if pending._replace(versus=None).loose():
        return []
    for event, name in word.names:
        owner = context.catalogue.events[event]
        if owner.role != "purchase" or owner.amount is None or owner.amount.name != name:
            continue
        for kind in (Kind.AVERAGE, Kind.SUM):
            measured = Measured(kind, name)
            frame = Frame(
                FrameKind.EVENT,
                event=event,
                form="measure",
                measured=measured,
                versus=pending.versus,
            )
            states += begin(state, piece, frame, taken=frozenset({"versus"}))
    return states


def _names_value(context: Context, state: State, piece: Piece, word: AttributeWord) -> bool:
    """Whether the word only says what the value before it is ("a summer campaign")."""
    target, last = state.event, state.last
    if target is None or last is None or last.sort is not Sort.VALUE or last.end != piece.start:
        return False
    if state.pending.connector or not target.restrictions:
        return False
    said = target.restrictions[-1].options[-1]
    if any((o.event, o.name) in word.names for o in said):
        return True
    event = target.event or ""
    kinds = {context.attribute(event, o.name).role for o in said if o.event == event}
    roles = {context.attribute(event, name).role for event, name in word.names}
    return "campaign_kind" in kinds and "campaign" in roles


def _names_number(state: State, piece: Piece, word: AttributeWord) -> bool:
    """Whether the word only says what the number before it is ("average rating over 4 stars")."""
    target, last = state.event, state.last
    if target is None or last is None or last.sort is not Sort.COMPARE or last.end != piece.start:
        return False
    measured, pending = target.measured, state.pending
    told = measured is not None and last in target.pieces and not pending.connector
    return told and measured is not None and (target.event or "", measured.of) in word.names


def _counted(context: Context, state: State, piece: Piece, word: AttributeWord) -> States:
    """As in "Two different categories": distinct values in the open event, or in purchases."""
    pending, target = state.pending, state.event
    if _passed(state):
        return []  # "3 different products with the payment method …": the products differ
    if word.unit is not None and (several := in_so_many(state, piece, word.unit)):
        return several
    if target is not None and target.form == "spend" and not pending.connector:
        return []  # money has no kinds
    for event, name in _candidates(context, target, word):
        of = name if word.unit is None else word.unit.value
        taken = frozenset({"compare", "distinct"})
        if target is not None and target.kind is FrameKind.RANK and target.event is None:
            ranked = target._replace(event=event, form="noun", distinct=of)
            return fill(state, piece, state.open, ranked) if not pending.connector else []
        if target is not None and target.event == event and not pending.connector:
            if target.compare is None and target.distinct is None and target.measured is None:
                filled = target._replace(distinct=of, compare=pending.compare)
                return fill(state, piece, state.open, filled)
            return []
        if target is None or pending.connector:
            frame = Frame(
                FrameKind.EVENT, event=event, form="noun", distinct=of, compare=pending.compare
            )
            return begin(state, piece, frame, taken=taken)
        headless = target.kind is FrameKind.HEADLESS and target.compare is None
        if headless and target.had_by(event):
            filled = target._replace(
                kind=FrameKind.EVENT,
                event=event,
                form="noun",
                distinct=of,
                compare=pending.compare,
            )
            return fill(state, piece, state.open, filled)
    return []


def _passed(state: State) -> bool:
    """Whether what differs was named right after "different", so that this word is not it."""
    for piece in reversed(state.path):
        if not isinstance(piece.payload, Structure):
            return False
        flags = piece.payload.flags
        if "object" in flags and state.path[-1] is not piece:
            return True
    return False


def _candidates(
    context: Context, target: Frame | None, word: AttributeWord
) -> Iterator[tuple[str, str]]:
    events = [target.event] if target is not None and target.event else []
    events += [e.name for e in context.shop.events("purchase") if e.name not in events]
    for event in events:
        if word.unit is not None:
            yield event, word.unit.value
        for owner, name in word.names:
            if owner == event:
                yield event, name


def _summed(context: Context, state: State, piece: Piece, word: AttributeWord) -> States:
    """As in "At least 20 units": a sum of an additive number over the event."""
    pending, target = state.pending, state.event
    assert isinstance(pending.compare, Compare)
    if pending.compare.unit.times:
        return []
    for event, name in _candidates(context, target, word):
        found = context.attribute(event, name)
        if found.role != "quantity":
            continue
        measured = Measured(Kind.SUM, name)
        if target is not None and target.event == event and not pending.connector:
            if target.compare is None and target.measured is None:
                filled = target._replace(measured=measured, compare=pending.compare)
                return fill(state, piece, state.open, filled)
            return []
        if target is None or pending.connector:
            frame = Frame(
                FrameKind.EVENT,
                event=event,
                form="measure",
                measured=measured,
                compare=pending.compare,
            )
            return begin(state, piece, frame, taken=frozenset({"compare"}))
    return []


def _kinds(context: Context, state: State, piece: Piece, word: AttributeWord) -> States:
    """As in "At least five campaigns": so many different ones, or so many times?."""
    pending, target = state.pending, state.event
    if target is None and not pending.connector:
        return _counted_in_one(context, state, piece, word)
    if target is None or target.event is None or pending.connector or target.compare is not None:
        return []
    if target.measured is not None:
        return []
    for event, name in word.names:
        found = context.attribute(event, name)
        if event == target.event and found.type is Type.TEXT and target.distinct is None:
            things = found.role not in _KINDS
            filled = target._replace(distinct=name, compare=pending.compare, counts_things=things)
            return fill(state, piece, state.open, filled)
    return []


def _counted_in_one(context: Context, state: State, piece: Piece, word: AttributeWord) -> States:
    """As in "at least five products in one order", which says where they are counted."""
    for event, name in word.names:
        found = context.attribute(event, name)
        if context.catalogue.events[event].role != "purchase" or found.type is not Type.TEXT:
            continue
        frame = Frame(
            FrameKind.EVENT,
            event=event,
            form="verb",
            distinct=name,
            compare=state.pending.compare,
            counts_things=found.role not in _KINDS,
            nameless=True,
        )
        return begin(state, piece, frame, taken=frozenset({"compare"}))
    return []


def details(context: Context, state: State, piece: Piece) -> States:
    """What a bracket says of the records of the open event."""
    assert isinstance(piece.payload, Details)
    target, pending = state.event, state.pending
    if target is None or target.event != piece.payload.event:
        return []
    chosen = target.chosen.details if target.chosen is not None else ()
    if target.details != chosen:
        return []  # once of the first or last that is meant, once of what it was
    if pending.connector or pending.relative or pending.loose() or pending.negated:
        return []
    both = (*target.details, *piece.payload.filters)
    return fill(state, piece, state.open, target._replace(details=both))


def units(context: Context, state: State, piece: Piece) -> States:
    """Units, pieces: what a number of things bought counts."""
    assert isinstance(piece.payload, AttributeWord)
    if not isinstance(state.pending.compare, Compare) or state.pending.distinct:
        return []
    if (told := of_each(context, state, piece, piece.payload)) is not None:
        return told
    return _summed(context, state, piece, piece.payload)


def _numbered(context: Context, state: State, piece: Piece, word: AttributeWord) -> States:
    """As in "At least 4 stars": a number of the record itself."""
    pending, target = state.pending, state.event
    assert isinstance(pending.compare, Compare)
    numbers = [
        (event, name)
        for event, name in word.names
        if context.attribute(event, name).numeric
        and context.attribute(event, name).role not in ("quantity", "amount")
    ]
    if target is None or pending.connector:
        if len(numbers) != 1 or pending.compare.unit.times:
            return []
        if target is not None and target.edged() and not pending.relative:
            return []  # "whose last review was of tea and with 5 stars": that one, not another
        event, name = numbers[0]
        told = (name, pending.compare)
        frame = Frame(FrameKind.EVENT, event=event, form="verb", number_filter=told)
        return begin(state, piece, frame, taken=frozenset({"compare"}))
    if target.event is None or target.number_filter:
        return []
    for event, name in numbers:
        if event == target.event:
            filled = target._replace(number_filter=(name, pending.compare))
            return fill(state, piece, state.open, filled)
    return []
