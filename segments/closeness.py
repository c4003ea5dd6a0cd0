"""By what members are alike: a short list that is the same in every shop that knows the things.

In: a catalogue. Out: the features, in order. `segments.compile.closeness` makes each a number, and
`segments.definition.Similar` says what closeness is. Start at `features`.

What members did, when and for how much says more about them than where they live, so there is no
place, gender or consent in the list: whoever wants these asks for them beside.
"""

from enum import StrEnum

from segments.catalogue import Attribute, Catalogue, Type

LEAST = 30  # members that a group needs, for its average to be of more than a few people
FEWEST = 2  # features that a shop needs
MAIN = 5  # categories that are compared: those that most was spent on
UNITS = 1000  # features and standardised features are whole thousandths
DATED = frozenset({Type.DATE, Type.TIME})


class Feature(StrEnum):
    """What members are compared by."""

    ORDERS = "orders"  # ln(1 + purchases)
    SPEND = "spend"  # ln(1 + the sum of their amounts, or of nothing where it is below 0)
    VALUE = "value"  # ln(1 + their average amount), of those who have bought
    SILENCE = "silence"  # ln(1 + days since the last purchase), of those who have bought
    MEMBERSHIP = "membership"  # ln(1 + days since they were registered)
    AGE = "age"  # whole years
    TASTE = "taste"  # the share of their spend on each of the main categories


def features(catalogue: Catalogue) -> tuple[Feature, ...]:
    """Those that the shop has the data for."""
    purchase = catalogue.event_by_role("purchase")
    found = [] if purchase is None else [Feature.ORDERS]
    if purchase is not None and purchase.amount is not None:
        found += [Feature.SPEND, Feature.VALUE]
    if purchase is not None and purchase.time is not None:
        found.append(Feature.SILENCE)
    if joined(catalogue) is not None:
        found.append(Feature.MEMBERSHIP)
    if aged(catalogue) is not None:
        found.append(Feature.AGE)
    if category(catalogue) is not None:
        found.append(Feature.TASTE)
    return tuple(found)


def joined(catalogue: Catalogue) -> Attribute | None:
    """The day from which they are members."""
    field = catalogue.field_by_role("registered")
    return field if field is not None and field.type in DATED else None


def aged(catalogue: Catalogue) -> Attribute | None:
    """The field with their age, or with the day they were born."""
    fields = (catalogue.field_by_role(role) for role in ("age", "birth_date"))
    usable = (f for f in fields if f is not None and f.type in (Type.AGE, Type.NUMBER))
    return next(usable, None)


def category(catalogue: Catalogue) -> Attribute | None:
    """The category of what was bought."""
    purchase = catalogue.event_by_role("purchase")
    found = None if purchase is None else purchase.by_role("category")
    return found if found is not None and found.type is Type.TEXT else None
