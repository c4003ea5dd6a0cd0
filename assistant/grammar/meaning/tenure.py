"""Since when somebody is a customer -> when they registered, or their first purchase."""

from assistant.grammar.frames import Frame
from assistant.grammar.meaning.unclear import Unclear, ask_at
from assistant.grammar.moves.context import Context
from assistant.grammar.reading import Note
from assistant.grammar.variants import Variants, asked, noted, settled
from segments.definition import Condition, DateField, Edge, Fixed, Records, Which


def tenure_condition(context: Context, frame: Frame) -> Variants:
    """Every reading of how long they have been customers. Raises Unclear."""
    tenure = frame.tenure
    assert tenure is not None
    if frame.restrictions or frame.compare or frame.window or frame.mode or frame.distinct:
        raise Unclear("no_place_for")
    if frame.negated and tenure.bare:
        raise Unclear("scope")  # "not a customer for 2 years": not so long, or not since then?

    def began(window: Fixed) -> Condition:
        if frame.field is not None:
            return DateField(frame.field, window)
        return Edge(Which.FIRST, Records(frame.event or ""), window)

    conditions = [began(window) for window in tenure.windows]
    found = settled(conditions[0])
    if len(conditions) > 1:
        found = asked(ask_at(frame, "tenure_since"), conditions)
    notes = [Note("first_order_as_start")] if frame.field is None else []
    notes += [Note("tenure_at_least")] if tenure.bare else []
    return noted(found, *notes)
