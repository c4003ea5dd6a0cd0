"""More or less than before, without a time: the last months against as many before them, asked."""

from decimal import Decimal

from assistant.grammar.frames import Frame
from assistant.grammar.meaning.unclear import Unclear, ask_at
from assistant.grammar.vague import CHANGES, ORDERS, SPEND
from assistant.grammar.variants import Variants, asked
from segments.catalogue import Catalogue, Event
from segments.definition import Aggregate, Comparison, Kind, Operator, Records, Rolling, Unit

MONTHS = (3, 6, 12)
FEWER = (3, 12)  # where it may be of money or of orders
_HALF = Decimal("0.5")


def changing(catalogue: Catalogue, frame: Frame, concept: str) -> Variants:
    """By how many months it is, and by money or number where the words leave that open. Raises
    Unclear where a time was said, or the shop has no dates of orders."""
    operator, kinds = CHANGES[concept]
    purchase = catalogue.event_by_role("purchase")
    if frame.window is not None:
        raise Unclear("no_place_for")
    if purchase is None or purchase.time is None:
        raise Unclear("vague_here", concept=concept)
    kinds = kinds if purchase.amount is not None else (ORDERS,)
    months = MONTHS if len(kinds) == 1 else FEWER
    found = [_against(purchase, kind, operator, count) for kind in kinds for count in months]
    return asked(ask_at(frame, "change_months"), found)


def _against(purchase: Event, kind: str, operator: Operator, months: int) -> Comparison:
    """The last months against as many before: against half of what both hold, since months are of
    different lengths."""
    amount = purchase.amount.name if kind == SPEND and purchase.amount is not None else None
    now, both = (
        Aggregate(
            Kind.SUM if amount is not None else Kind.COUNT,
            Records(purchase.name, window=Rolling(count, Unit.MONTH)),
            amount,
        )
        for count in (months, 2 * months)
    )
    return Comparison(now, operator, both, _HALF)
