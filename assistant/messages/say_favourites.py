"""The most common of what members did, said as a clause: "whose favourite category is hair care".

In: a `Favourite`. Out: a `Clause`. Start at `say_favourite`.
"""

from assistant.grammar.namesakes import names_event
from assistant.messages.event_words import Events
from assistant.messages.phrases import Clause, fill
from assistant.messages.say_fields import TEXT_TESTS, attribute_of, label_of
from assistant.messages.say_patterns import said_records
from assistant.messages.say_records import Manner, say_records
from segments.definition import Favourite, Value


def say_favourite(events: Events, favourite: Favourite, *, negated: bool) -> Clause:
    """Say it. Of purchases nobody has to tell that it is most common in them, unless more is said
    of them than when they were."""
    event, values = events.event(favourite.records.event), events.values
    phrases = values.phrases
    said = say_records(values, event, favourite.records, Manner(closed=True))
    attribute, test = attribute_of(event.attributes, favourite.of), favourite.test
    texts = test.operator in TEXT_TESTS
    label = label_of(values, attribute, "attributes")
    owner = f"{event.name}.{favourite.of}"

    def render(value: Value) -> str:
        said = values.value(owner, attribute, value)
        return values.quoted(said) if names_event(phrases.language, said) else said

    v = values.compared(test, render, "ordered")
    if favourite.by is None and event.role == "purchase" and not (said.thing or said.how or texts):
        slots = {"label": label, "after": said.after(), "v": v}
        return phrases.clause(phrases.entry("groups", "favourite"), slots, negated=negated)
    key = "favourite" if favourite.by is None else "favourite_by"
    by = label_of(values, attribute_of(event.attributes, favourite.by or ""), "attributes")
    records = said_records(events, favourite.records)
    named = fill(phrases.text("patterns", key), label=label, by=by, records=records)
    template = phrases.entry("fields", "generic", test.operator.name.lower() if texts else "is")
    shown = values.quoted(str(test.values[0])) if texts else v
    return phrases.clause(template, {"label": named, "v": shown}, negated=negated)
