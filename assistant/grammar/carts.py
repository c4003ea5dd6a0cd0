"""What was in a cart that was abandoned: "abandoned a cart with shampoo".

In: frames in which what was in it stands as one more thing that was done. Out: the frames with that
said of the cart. Raises `Unclear` for what a cart does not have. Start at `filled`.
"""

from collections.abc import Sequence

from assistant.grammar.frames import Frame, FrameKind
from assistant.grammar.meaning import Unclear
from assistant.grammar.moves.context import Context

CART = "abandoned_cart"


def filled(context: Context, frames: Sequence[Frame]) -> list[Frame]:
    """The frames, with what follows an abandoned cart at once said of the cart."""
    found: list[Frame] = []
    for frame in frames:
        if found and _within(found[-1], frame):
            found[-1] = _with(context, found[-1], frame)
        else:
            found.append(frame)
    return found


def _within(cart: Frame, frame: Frame) -> bool:
    left = cart.vague is not None and cart.vague.concept == CART and not cart.restrictions
    apart = frame.connector or frame.relative or frame.auxiliary or frame.negated
    named = frame.restrictions or frame.texts or frame.compare is not None or frame.number_filter
    return left and frame.kind is FrameKind.HEADLESS and bool(named) and not apart


def _with(context: Context, cart: Frame, frame: Frame) -> Frame:
    event = context.catalogue.event_by_role("cart")
    of_cart = event is not None and frame.had_by(event.name) and bool(frame.restrictions)
    counted = frame.texts or frame.compare is not None or frame.number_filter or frame.which
    timed = cart.window is not None and frame.window is not None
    if not of_cart or counted or timed or frame.mode or frame.sole >= 0 or frame.details:
        raise Unclear("scope")  # "abandoned a cart over 500": of the cart, or of what in it?
    return cart._replace(
        restrictions=frame.restrictions,
        window=cart.window or frame.window,
        pieces=(*cart.pieces, *frame.pieces),
    )
