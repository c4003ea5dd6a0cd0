"""Templates of the section `near` -> windows around a date of each member's own.

In: a template's key, what its slots captured, the shop. `{own}` captured a key of the section `own`
with the role of an event, or the name of a field. Start at `nears`.
"""

from collections.abc import Iterator

from assistant.grammar.shopbook import Shopbook
from assistant.grammar.slots import NAMED_FIELD, Captures
from segments.catalogue import Type
from segments.definition import Anchor, Near, Origin, Unit, Within

_ENDS = {"first": Origin.FIRST, "last": Origin.LAST}
_SINCE = "registered"  # a customer's first day
_BORN = "birth_date"


def nears(shop: Shopbook, key: str, captures: Captures) -> Iterator[Near]:
    """The windows a template of the section `near` can mean in this shop."""
    form, _, named = key.partition("_")
    units = [payload for name, payload in captures if name == "unit"]
    numbers = [payload for name, payload in captures if name == "n"]
    unit, factor = units[-1] if units else (Unit(named) if named in set(Unit) else Unit.DAY, 1)
    count = factor * (numbers[0] if numbers else 1)
    for anchor in _anchors(shop, form, captures):
        yearly = anchor.origin is Origin.YEARLY
        within = Within(count, unit)
        if form in ("since", "prior"):
            if not yearly:
                yield Near(anchor, before=form == "prior")
        elif form in ("whole", "birthday", "on"):
            inside = form == "on" and anchor.origin in _ENDS.values()  # "on their first order"
            if not inside and unit is not Unit.HOUR and factor == 1:
                yield Near(anchor, whole=unit)
        elif count > 0:
            if form in ("from", "customer") and anchor.origin in _ENDS.values():
                yield Near(anchor, within, itself=True)
            elif form != "before":
                yield Near(anchor, within)
            if form == "before" or (form == "of" and yearly):
                yield Near(anchor, within, before=True)


def _anchors(shop: Shopbook, form: str, captures: Captures) -> Iterator[Anchor]:
    if form == "birthday":
        yield from _of_role(shop, _BORN)
    elif form == "customer":
        yield from _customer(shop)
    for name, said in captures:
        if name == "own":
            yield from _anchor(shop, *said)


def _customer(shop: Shopbook) -> Iterator[Anchor]:
    """When somebody became a customer: they registered, or else bought for the first time."""
    purchase = shop.catalogue.event_by_role("purchase")
    if shop.dated(_SINCE) is not None:
        yield from _of_role(shop, _SINCE)
    elif purchase is not None and purchase.time is not None:
        yield Anchor(Origin.FIRST, purchase.name)


def _anchor(shop: Shopbook, key: str, named: str) -> Iterator[Anchor]:
    if key == NAMED_FIELD:
        field = shop.catalogue.fields[named]
        born = field.role == _BORN or field.type is Type.AGE
        yield Anchor(Origin.YEARLY if born else Origin.FIELD, named)
    elif key in _ENDS:
        roles = (event for event in shop.events(named) if event.time is not None)
        yield from (Anchor(_ENDS[key], event.name) for event in roles)
    else:
        yield from _of_role(shop, key)


def _of_role(shop: Shopbook, key: str) -> Iterator[Anchor]:
    """The date with a role; of a birth its anniversaries, and of another where that is said."""
    role = key.removesuffix("_yearly")
    field = shop.dated(role)
    if field is not None:
        yearly = role == _BORN or role != key
        yield Anchor(Origin.YEARLY if yearly else Origin.FIELD, field)
