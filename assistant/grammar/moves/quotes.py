"""Quoted strings, and words that were searched for."""

from collections.abc import Sequence

from assistant.grammar.frames import Frame, Restriction, State
from assistant.grammar.moves.context import JOINING, Context, fill
from assistant.grammar.moves.groups import favoured_value
from assistant.grammar.moves.joining import apart, joined, plain
from assistant.grammar.moves.texts import spelt
from assistant.grammar.pieces import Owned, Piece, Text
from assistant.grammar.tokens import QUOTE_MARKS, tokenize
from segments.catalogue import Type

States = Sequence[State]


def quote(context: Context, state: State, piece: Piece) -> States:
    """A quoted string: what was searched for, or a value of the field or attribute just named."""
    assert isinstance(piece.payload, Text)
    text = piece.payload.text
    target, top, pending = state.event, state.top, state.pending
    if found := spelt(context, state, piece, text):
        return found
    if top is not None and top.field and top.waiting() and not pending.connector:
        if context.catalogue.fields[top.field].type not in (Type.TEXT, Type.LIST):
            return []
        if pending._replace(equals=False).loose():
            return []
        said = Restriction(((Owned(None, top.field, text),),))
        told = top._replace(restrictions=(said,), negated=top.negated != pending.negated)
        return fill(state, piece, len(state.frames) - 1, told)
    if top is not None and top.field and top.restrictions and pending.connector in JOINING:
        return _listed(context, state, piece, top)
    if target is not None and target.favourite is not None:
        owned = _spelt(context, target.event, target.favourite, text)
        return favoured_value(state, piece, target, Restriction(((owned,),)))
    if target is None or target.event is None or pending.connector or pending.negated:
        return []
    if state.open != len(state.frames) - 1:
        return []  # "searched for tea, whose phone is known "x"": something else came between
    named = [name for event, name in pending.attribute if event == target.event]
    if named and context.attribute(target.event, named[0]).type is Type.TEXT:
        said = Restriction(((Owned(target.event, named[0], text),),))
        filled = target._replace(restrictions=(*target.restrictions, said))
        return fill(state, piece, state.open, filled)
    if searches(context, target) and not pending.loose():
        return literal(context, state, piece)
    return []


def _spelt(context: Context, event: str | None, name: str, text: str) -> Owned:
    """The value whose word stands in quotes, or else what stands there."""
    for _, named in context.shop.words.named(token.key for token in tokenize(text)):
        if isinstance(named, Owned) and (named.event, named.name) == (event, name):
            return named
    return Owned(event, name, text)


def _listed(context: Context, state: State, piece: Piece, top: Frame) -> States:
    """One more of several quoted values: "whose city is "A" or "B"."""
    assert isinstance(piece.payload, Text)
    name = top.field or ""
    texts = context.catalogue.fields[name].type in (Type.TEXT, Type.LIST)
    if not texts or not plain(state) or apart(state, top.restrictions[-1]):
        return []
    said = Restriction(((Owned(None, name, piece.payload.text),),))
    made = joined(top.restrictions[-1], said, state.pending.connector)
    told = top._replace(restrictions=(*top.restrictions[:-1], made))
    return fill(state, piece, len(state.frames) - 1, told)


def searches(context: Context, target: Frame) -> bool:
    """Whether the frame is about searches, whose words are told."""
    event = context.catalogue.events[target.event or ""]
    return event.role == "search" and event.by_role("query") is not None


def literal(context: Context, state: State, piece: Piece) -> States:
    """The words of a piece as what was searched for."""
    target = state.event
    assert target is not None
    said = piece.payload.text if isinstance(piece.payload, Text) else context.words(piece)
    text = said.strip(QUOTE_MARKS)
    return fill(state, piece, state.open, target._replace(texts=(*target.texts, text)))
