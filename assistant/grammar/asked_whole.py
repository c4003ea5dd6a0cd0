"""What a whole phrase asks about members, by what the shop knows: "what do they buy".

In: a catalogue, the key of the phrase. Out: the inquiry, or None where the shop cannot tell. Start
at `whole_phrase`.
"""

from segments.catalogue import Catalogue
from segments.definition import Kind, Unit
from segments.inquiry import ByField, ByRecord, Cycle, Inquiry, Listing, Total


def whole_phrase(catalogue: Catalogue, key: str) -> Inquiry | None:
    """What a whole phrase asks, by what the shop knows."""
    bought = purchases(catalogue)
    event = catalogue.events.get(bought or "")
    match key:
        case "who":
            return Listing()
        case "live":
            field = catalogue.field_by_role("city")
            return ByField(field.name) if field else None
        case "age":
            field = catalogue.field_by_role("age")
            return ByField(field.name) if field else None
        case "spend" if event and event.amount:
            return Total(Kind.SUM, event.name, event.amount.name)
        case "orders" if event:
            return Total(Kind.COUNT, event.name)
        case "buy" | "categories" if event:
            roles = ("product", "category") if key == "buy" else ("category",)
            found = next((a for a in map(event.by_role, roles) if a is not None), None)
            return ByRecord(event.name, found.name) if found else None
        case "when":
            return by_cycle(catalogue, Cycle.WEEKDAY)
        case "when_hours":
            return by_cycle(catalogue, Cycle.CLOCK)
        case "when_months" if event and event.time:
            return ByRecord(event.name, Unit.MONTH)
        case _:
            return None


def by_cycle(catalogue: Catalogue, by: Cycle) -> Inquiry | None:
    """Purchases by what comes round; None where the shop knows no times, or no hours of them."""
    event = catalogue.event_by_role("purchase")
    if event is None or event.time is None or (by is Cycle.CLOCK and event.dated):
        return None
    return ByRecord(event.name, by)


def purchases(catalogue: Catalogue) -> str | None:
    """The event of buying, where the shop has one."""
    event = catalogue.event_by_role("purchase")
    return event.name if event else None
