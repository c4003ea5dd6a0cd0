"""What is asked of the records that are named after it: "the number of different brands in their
returns", "the most common topic in their support tickets".

The attribute waits for the noun, which says of which event it is. Start at `named`.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.grammar.frames import Frame, FrameKind, State
from assistant.grammar.moves.context import Context, begin
from assistant.grammar.pieces import AttributeWord, EventWord, MeasureWord, OfNoun, Piece
from segments.catalogue import Event, Type
from segments.definition import Kind

States = Sequence[State]

OF_NOUN = "of_noun"  # the form of a frame about what is most common in records that were named


def asked(context: Context, state: State, piece: Piece, word: AttributeWord) -> States:
    """The attribute, said after "favourite" or "number of different": waits for the noun."""
    pending = state.pending
    if pending.of_noun is not None:
        kinds = pending.of_noun.kinds
        return [] if kinds else _weighed_by(context, state, piece, word)
    if word.unit is not None and not pending.kinds:
        return []
    of = OfNoun(pending.kinds, word.names, word.unit, pending.weighed)
    pieces = (*pending.pieces, piece)
    moved = pending._replace(kinds=False, favourite=False, weighed=False, of_noun=of, pieces=pieces)
    return [state._replace(pending=moved)]


def _weighed_by(context: Context, state: State, piece: Piece, word: AttributeWord) -> States:
    """The number that most went to it, after "by"."""
    of, pending = state.pending.of_noun, state.pending
    assert of is not None
    if not (of.weighed and pending.by) or of.by:
        return []
    numbers = tuple(
        (event, name)
        for event, name in word.names
        if context.attribute(event, name).type in (Type.NUMBER, Type.MONEY)
    )
    if not numbers:
        return []
    told = replace(of, by=numbers)
    pieces = (*pending.pieces, piece)
    return [state._replace(pending=pending._replace(of_noun=told, by=False, pieces=pieces))]


def named(
    context: Context, state: State, piece: Piece, word: EventWord
) -> tuple[State, MeasureWord] | States:
    """The noun: the state and the number that it has, or the states in which what is most common
    in it begins."""
    of, pending = state.pending.of_noun, state.pending
    assert of is not None
    event = context.catalogue.events[word.event]
    if of == OfNoun(kinds=True):
        return _own(state, event, word)
    name = next((n for e, n in of.names if e == word.event), None)
    if word.form != "noun" or (name is None and (of.unit is None or event.time is None)):
        return []
    if of.kinds:
        told = name if name is not None else (of.unit.value if of.unit is not None else "")
        if told in event.attributes and event.attributes[told].type is Type.LIST:
            return []
        free = state._replace(pending=pending._replace(of_noun=None))
        return free, MeasureWord(word.event, Kind.DISTINCT, told)
    assert name is not None
    attribute = event.attributes[name]
    if attribute.type is not Type.TEXT or attribute.of_both:
        return []
    by = next((n for e, n in of.by if e == word.event), None)
    if of.weighed and by is None:
        return []
    frame = Frame(FrameKind.EVENT, event=word.event, form=OF_NOUN, favourite=name, most_by=by)
    return begin(state, piece, frame, taken=frozenset({"of_noun"}))


def _own(state: State, event: Event, word: EventWord) -> tuple[State, MeasureWord] | States:
    """How many there are of what only this shop speaks of; the languages know the others."""
    if word.form != "noun" or event.role is not None:
        return []
    free = state._replace(pending=state.pending._replace(of_noun=None))
    return free, MeasureWord(word.event, Kind.COUNT, None)
