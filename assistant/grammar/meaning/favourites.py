"""A frame about the most common of somebody's values -> its condition."""

from collections.abc import Sequence

from assistant.grammar.frames import Frame
from assistant.grammar.meaning.records import filters
from assistant.grammar.meaning.unclear import Unclear
from assistant.grammar.moves.context import Context
from assistant.grammar.pieces import VagueWord
from assistant.grammar.variants import Variants, mapped, settled
from segments.catalogue import Event, Type
from segments.definition import Favourite, Filter, Not, Records


def favourite_condition(context: Context, event: Event, frame: Frame) -> Variants:
    """As in "whose favourite brand is Lugn", "buys most often in store". Raises Unclear."""
    more = frame.compare or frame.distinct or frame.which or frame.mode
    if more or frame.group or frame.texts or frame.every:
        raise Unclear("no_place_for")
    if isinstance(frame.window, VagueWord) or (frame.usual and frame.measured):
        raise Unclear("no_place_for")
    if any(r.negated or r.joint not in ("", "or") for r in frame.restrictions):
        raise Unclear("scope")
    held = filters(context, event, frame)
    said = _said(frame, held)
    attribute = event.attributes[said.attribute]
    if attribute.type is not Type.TEXT or attribute.of_both:
        raise Unclear("no_place_for")
    others = tuple(f for f in held if f is not said)
    window = frame.window.window if frame.window is not None else None
    favourite = Favourite(
        Records(event.name, others, window), said.attribute, said.test, frame.most_by
    )
    return mapped(settled(favourite), Not) if said.negated else settled(favourite)


def _said(frame: Frame, held: Sequence[Filter]) -> Filter:
    """What is said of the most common value. Raises Unclear where nothing is."""
    own = [one for one in held if one.attribute == frame.favourite]
    if frame.usual:
        return held[frame.sole]
    if len(own) != 1:
        raise Unclear("no_place_for")  # "the most common brand in their orders of shampoo": which?
    return own[0]
