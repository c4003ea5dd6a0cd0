"""What the two sides of a comparison, or of a share, have in common."""

from assistant.grammar.frames import Frame
from assistant.grammar.meaning.unclear import Unclear
from assistant.grammar.moves.context import Context
from assistant.grammar.pieces import When
from segments.catalogue import Event
from segments.definition import Kind

SAID = ("number_filter", "weekdays", "texts", "details")  # of records, beside values and time
_HOW = frozenset({"channel", "store", "payment", "on_sale", "discount_code", "status"})

_MODES = {"average": (Kind.SUM, Kind.AVERAGE), "total": (Kind.SUM,)}


def check_sides(frame: Frame) -> None:
    """Raises Unclear for what is no plain number of records in a stretch."""
    if frame.inner[0].pronoun:
        raise Unclear("scope")
    for side in frame.inner:
        more = side.compare or side.which or side.distinct or side.sole >= 0 or side.every
        paced = side.again or side.spaced or side.rhythm or side.same or side.later_day
        vague = side.window is not None and not isinstance(side.window, When)
        kind = side.measured.kind if side.measured is not None else None
        fits = kind in _MODES.get(side.mode, ())
        if more or paced or side.nameless or vague or (side.mode and not fits):
            raise Unclear("not_yet", what="comparison")
        if isinstance(side.window, When) and (side.window.negated or side.window.within):
            raise Unclear("not_yet", what="comparison")


def event_of(context: Context, side: Frame) -> Event:
    """The event of a side. Raises Unclear for a time that it does not have."""
    event = context.catalogue.events[side.event or ""]
    if side.window is not None and event.time is None:
        raise Unclear("no_time", event=event.name)
    return event


def of_goods(context: Context, side: Frame) -> bool:
    """Whether values of things were said, and not only how or where they were bought."""
    names = {o.name for r in side.restrictions for o in r.options[0] if o.event == side.event}
    return any(context.attribute(side.event or "", name).role not in _HOW for name in names)
