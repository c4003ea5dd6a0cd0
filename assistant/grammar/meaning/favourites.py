"""A frame about the most common of somebody's values -> its condition."""

from assistant.grammar.frames import Frame
from assistant.grammar.meaning.records import filters
from assistant.grammar.meaning.unclear import Unclear
from assistant.grammar.moves.context import Context
from assistant.grammar.pieces import VagueWord
from assistant.grammar.variants import Variants, settled
from segments.catalogue import Event, Type
from segments.definition import Favourite, Records


def favourite_condition(context: Context, event: Event, frame: Frame) -> Variants:
    """As in "whose favourite brand is Lugn", "buys most often in store". Raises Unclear."""
    index = frame.sole if frame.usual else 0
    more = frame.compare or frame.distinct or frame.which or frame.mode or frame.number_filter
    if more or frame.group or frame.texts or frame.every or len(frame.restrictions) <= index:
        raise Unclear("no_place_for")
    if isinstance(frame.window, VagueWord) or (frame.usual and frame.measured):
        raise Unclear("no_place_for")
    if any(r.negated or r.joint not in ("", "or") for r in frame.restrictions):
        raise Unclear("scope")
    held = filters(context, event, frame)
    said = held[index]
    attribute = event.attributes[said.attribute]
    if attribute.type is not Type.TEXT or attribute.of_both:
        raise Unclear("no_place_for")
    others = tuple(f for f in held if f is not said)
    window = frame.window.window if frame.window is not None else None
    return settled(Favourite(Records(event.name, others, window), said.attribute, said.test))
