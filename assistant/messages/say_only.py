"""What holds for all that members did, said as one clause: "have only shopped in store".

In: the parts of a group that all hold. Out: those parts, with a `Sole` for each pair that says so
in two halves (some are so, none are otherwise), and its clause. Start at `soles`.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.messages.event_words import Events, with_rest
from assistant.messages.phrases import Clause
from assistant.messages.say_fields import TEXT_TESTS, attribute_of, label_of
from assistant.messages.say_records import Manner, phrase_of, say_records
from assistant.messages.shape import Sole
from segments.catalogue import Event
from segments.definition import EXISTS, Aggregate, Condition, Kind, Measure, Not


def soles(events: Events, parts: Sequence[Condition]) -> tuple[Condition | Sole, ...]:
    """The parts, each pair of halves that can be said as one in the place of its first half."""
    found: list[Condition | Sole] = []
    left = list(parts)
    while left:
        part = left.pop(0)
        for other in left:
            sole = _sole(part, other) or _sole(other, part)
            if sole is not None and _sayable(events, sole):
                left.remove(other)
                found.append(sole)
                break
        else:
            found.append(part)
    return tuple(found)


def _sole(some: Condition, none: Condition) -> Sole | None:
    match some, none:
        case (
            Measure(Aggregate(Kind.COUNT, met, None), test),
            Not(Measure(Aggregate(Kind.COUNT, failed, None), other)),
        ) if test == other == EXISTS and (met.event, met.window) == (failed.event, failed.window):
            for one in met.filters:
                turned = {*met.filters} - {one} | {replace(one, negated=not one.negated)}
                if turned == {*failed.filters}:
                    return Sole(met, one)
        case _:
            pass
    return None


def _sayable(events: Events, sole: Sole) -> bool:
    """Whether every filter has a phrase of its own, and "only" can stand right before its own."""
    event = events.event(sole.records.event)
    said = [phrase_of(events.values, event, one) for one in sole.records.filters]
    places = [phrase[0] for phrase in said if phrase is not None]
    if len(places) < len(said) or len(set(places)) < len(places) or not places:
        return False
    attribute = attribute_of(event.attributes, sole.only.attribute)
    label = label_of(events.values, attribute, "attributes")
    if any(label.casefold() in phrase[1].casefold() for phrase in said if phrase is not None):
        return False  # "only" before "the discount code": is it of the code, or of having one?
    if sole.only.test.operator in TEXT_TESTS:
        return False  # "searched for only "tea"": nothing else, or nothing without it?
    own = _place(events, event, sole)
    names = all(isinstance(value, str | bool) for value in sole.only.test.values)
    return names and (own == "how" or (own == "object" and len(places) == 1))


def _place(events: Events, event: Event, sole: Sole) -> str:
    found = phrase_of(events.values, event, sole.only)
    return found[0] if found is not None else ""


def say_only(events: Events, sole: Sole, *, later: bool) -> Clause:
    """Say that all of them are so. Of purchases "only" may stand before the verb; of what else they
    did, that would leave open whether they did anything else."""
    phrases, event = events.values.phrases, events.event(sole.records.event)
    ever = phrases.text("ever", "count") if later and sole.records.window is None else ""
    said = say_records(events.values, event, sole.records, Manner(ever))
    first = event.role == "purchase" and len(sole.records.filters) == 1
    only = phrases.text("sentence", "only")
    if not first and _place(events, event, sole) == "how":
        said = replace(said, how=f"{only} {said.how}")
    elif not first:
        said = replace(said, thing=f"{only} {said.thing}")
    template, slots = events.verb(event, "verb", said)
    clause = with_rest(phrases.clause(template, slots), said.after())
    return phrases.limited(clause) if first else clause
