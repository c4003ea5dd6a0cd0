"""What a condition on the page looks like: its colour, label and text."""

from dataclasses import dataclass

from assistant.grammar.reading import Colour
from assistant.messages.say_fields import attribute_of
from segments.catalogue import Catalogue
from segments.definition import (
    Anniversary,
    Audience,
    Condition,
    DateField,
    Distance,
    Field,
    Jointly,
    Not,
    People,
    Similar,
)

WHERE = frozenset({"city", "country", "region", "postal_code"})
CONSENT = frozenset({"consent_email", "consent_sms", "consent_post", "consent_ads"})


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition on the page: "Live in" and "Stockholm"."""

    colour: Colour
    label: str
    text: str


def colour_of(catalogue: Catalogue, leaf: Condition) -> Colour:
    """Tell what a condition is about: who, where, what they did, when, consent."""
    match leaf:
        case Field(name):
            role = attribute_of(catalogue.fields, name).role
            if role in WHERE:
                return Colour.WHERE
            return Colour.CONSENT if role in CONSENT else Colour.WHO
        case DateField() | Anniversary():
            return Colour.WHEN
        case Audience() | People() | Jointly() | Similar():
            return Colour.WHO
        case Distance():
            return Colour.WHERE
        case Not(part):
            return colour_of(catalogue, part)
        case _:
            return Colour.DID
