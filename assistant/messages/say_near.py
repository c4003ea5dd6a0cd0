"""Windows of records, those around a date of their member too: "within 30 days after registering".

In: a `Window`. Out: its words, to stand last in a clause. A field or event without words of its
own is said by its label. Start at `say_time`.
"""

from assistant.messages.phrases import Phrases, fill
from assistant.messages.say_fields import attribute_of, label_of
from assistant.messages.say_values import Values
from assistant.messages.say_windows import say_window, unit_of
from segments.definition import Anchor, Near, Origin, Unit, Window, Within


def say_time(values: Values, window: Window) -> str:
    """Say a window, of the member's own or the same for all."""
    return _near(values, window) if isinstance(window, Near) else say_window(values.phrases, window)


def _near(values: Values, near: Near) -> str:
    phrases, own = values.phrases, _own(values, near.anchor)
    if near.whole is Unit.DAY and near.anchor.origin is Origin.YEARLY:
        return fill(phrases.text("near", "each_day"), own=own)
    if near.whole is not None:
        return fill(phrases.text("near", "whole", near.whole), own=own)
    side = "before" if near.before else "from" if near.itself else "after"
    if near.within is None:
        return fill(phrases.text("near", f"{side}_open"), own=own)
    return fill(phrases.text("near", side), distance=_distance(phrases, near.within), own=own)


def _distance(phrases: Phrases, within: Within) -> str:
    if within.count == 1:
        return phrases.text("near", "one", within.unit)
    return f"{within.count} {unit_of(phrases, within.unit, within.count)}"


def _own(values: Values, anchor: Anchor) -> str:
    """What the member's moment is called, with what goes before it."""
    phrases, origin = values.phrases, anchor.origin
    if origin in (Origin.FIRST, Origin.LAST):
        event = values.catalogue.events.get(anchor.name)
        role = event.role or "" if event is not None else ""
        nouns = event.nouns.get(phrases.language) if event is not None else None
        named = phrases.find("events", role, "noun") or (nouns or (anchor.name,))[0]
        said = phrases.find("near", f"{origin}_{role}") or phrases.text("near", origin)
        return fill(str(said), noun=str(named))
    attribute = attribute_of(values.catalogue.fields, anchor.name)
    born = origin is Origin.YEARLY and attribute.role == "age"
    role = "birth_date" if born else attribute.role or ""
    label = label_of(values, attribute, "fields")
    said = phrases.find("near", origin, role) or phrases.text("near", origin, "generic")
    return fill(str(said), label=label)
