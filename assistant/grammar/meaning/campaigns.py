"""A feast right before the word for a sending: "the Black Week campaign" is perhaps its name."""

from assistant.grammar.frames import Frame
from assistant.grammar.moves.context import Context
from assistant.grammar.pieces import AttributeWord, Piece, ValueOf, When
from segments.catalogue import Event
from segments.definition import Filter, Operator, Period, Test

_SENDING = frozenset({"campaign", "campaign_kind"})


def of_campaign(context: Context, event: Event, frame: Frame) -> Frame | None:
    """The frame about sendings named after a feast, without its window; None where the feast can
    only be the time, or no sending of the shop's begins with its name."""
    campaign, when = event.by_role("campaign"), frame.window
    if campaign is None or not isinstance(when, When) or not isinstance(when.window, Period):
        return None
    said = next((p for p in frame.pieces if p.payload == when), None)
    if said is None or not when.window.named or not _before_sending(event, frame, said):
        return None
    words = [context.span(at, said.end) for at in range(said.start, said.end)]  # "the Black Week"
    name = next((w for w in words if context.shop.begins(event.name, campaign.name, w)), None)
    if name is None:
        return None
    named = Filter(campaign.name, Test(Operator.CONTAINS, (name,)))
    return frame._replace(window=None, details=(*frame.details, named))


def _before_sending(event: Event, frame: Frame, said: Piece) -> bool:
    """Whether the word for a sending follows at once, or after a hyphen."""
    follows = [p for p in frame.pieces if 0 <= p.start - said.end <= 1 and p is not said]
    return any(_names_sending(event, piece) for piece in follows)


def _names_sending(event: Event, piece: Piece) -> bool:
    if isinstance(piece.payload, ValueOf):
        names = {o.name for o in piece.payload.options if o.event == event.name}
    elif isinstance(piece.payload, AttributeWord):
        names = {name for owner, name in piece.payload.names if owner == event.name}
    else:
        return False
    return any(event.attributes[name].role in _SENDING for name in names)
