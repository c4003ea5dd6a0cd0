"""How far members are from a place, in words: "within 50 km of Göteborg".

In: a `Distance`, the words of values, the places of the shop. Out: a clause, or the name of the
place, with its country where the name alone would be of another. Start at `say_distance`.
"""

from decimal import Decimal

from babel import Locale

from assistant.grammar.distances import called
from assistant.languages.files import FALLBACK
from assistant.messages.phrases import Clause, fill
from assistant.messages.say_values import Values
from segments.catalogue import Catalogue
from segments.definition import Distance, Value


def say_distance(
    values: Values, catalogue: Catalogue, distance: Distance, *, negated: bool
) -> Clause:
    """Say that members live so far from the place."""
    test, phrases = distance.test, values.phrases
    place = say_place_name(values, catalogue, distance)
    ends = [_number(values, value) for value in test.values]
    template = phrases.text("distance", test.operator.name.lower())
    far = fill(template, x=ends[0], y=ends[-1], place=place)
    return phrases.clause(phrases.entry("distance", "is"), {"far": far}, negated=negated)


def say_place_name(values: Values, catalogue: Catalogue, distance: Distance) -> str:
    """The name of the place, as it is read back."""
    own = catalogue.places.get(distance.place) if distance.country is None else None
    if own is not None:
        for language in (values.phrases.language, FALLBACK):
            if own.labels.get(language):
                return own.labels[language][0]
        return own.name.replace("_", " ")
    if distance.country is None or _says_it(catalogue, distance.place, distance.country):
        return distance.place
    locale = Locale.parse(values.phrases.text("locale"))
    country = locale.territories.get(distance.country, distance.country)
    named = {"place": distance.place, "country": country}
    return fill(values.phrases.text("distance", "in_country"), **named)


def _says_it(catalogue: Catalogue, place: str, country: str) -> bool:
    """Whether the name alone is of that town, and of no other."""
    meant = called(place, catalogue)
    towns = [catalogue.gazetteer.get(name, land) for name, land in meant if land is not None]
    return len(meant) == 1 and towns == [catalogue.gazetteer.get(place, country)]


def _number(values: Values, value: Value) -> str:
    return values.number(value) if isinstance(value, int | Decimal) else str(value)
