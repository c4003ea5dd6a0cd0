"""The records of an event said in parts: what was bought, of which brand, where, for how much.

In: `Records` and the event of the catalogue. Out: `Said`, whose parts the clauses of `say_events`
put in order. A filter that no phrase says stands in brackets. Start at `say_records`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.grammar.hours import spans
from assistant.grammar.sense import OPPOSITE
from assistant.messages.phrases import Phrases, fill
from assistant.messages.say_fields import TEXT_TESTS, attribute_of, label_of
from assistant.messages.say_near import say_time
from assistant.messages.say_values import Values
from assistant.messages.say_windows import is_over, say_window
from segments.catalogue import Attribute, Event, Type
from segments.definition import CLOCK, HOUR, WEEKDAY, Filter, Operator, Records, Test
from segments.windows import days_of

PLACES = ("object", "of", "how")  # where a filter's words go, in the order they are said


@dataclass(frozen=True, slots=True)
class Said:
    """The parts of a clause about records: the object with what describes it, how, and when."""

    thing: str = ""
    how: str = ""
    when: str = ""
    past: bool = False  # whether the window is over, so that some languages change the tense

    def after(self, *middle: str) -> str:
        """What follows the verb and its object, with `middle` before the window."""
        return " ".join(filter(None, (self.how, *middle, self.when)))


@dataclass(frozen=True, slots=True)
class Manner:
    """What depends on where records are said. `ever` stands for a window where there is none.
    `beside` other events an object is always said, for else that of the one before would be meant;
    all of it stands in brackets when it is `bare`, because something else stands in its place. An
    amount is that of one order where the condition is on `single` records. Where it is `closed` the
    days of the week stand in brackets too. Where it is `negated` some languages say "anything"."""

    ever: str = ""
    beside: bool = False
    bare: bool = False
    single: bool = False
    closed: bool = False
    negated: bool = False


PLAIN = Manner()


def say_records(values: Values, event: Event, records: Records, manner: Manner = PLAIN) -> Said:
    """Say the filters and the window. What no phrase says stands in brackets: the label of the
    attribute and its test."""
    phrases = values.phrases
    parts: dict[str, str] = {}
    details: list[Filter] = []
    on_time: dict[str, str] = {}
    for one in records.filters:
        if one.attribute in CLOCK and one.attribute not in event.attributes:
            plain = _on_time(phrases, one) if not manner.closed else ""
            if plain and one.attribute not in on_time:
                on_time[one.attribute] = plain
            else:
                details.append(one)
            continue
        found = phrase_of(values, event, one, single=manner.single and len(records.filters) == 1)
        if found is None or found[0] in parts or (manner.bare and found[0] != "how"):
            details.append(one)
        else:
            place, said = found
            parts[place] = said
    thing, of, how = (parts.get(place, "") for place in PLACES)
    if (of or on_parts(event, details)) and not thing:
        own = phrases.find("events", event.role or "", "thing")
        thing, of, how = (str(own), of, how) if own is not None else ("", "", f"{of} {how}".strip())
    if manner.beside and not thing and not manner.bare:
        anything = phrases.find("events", event.role or "", "anything")
        thing = phrases.signed(anything, negated=manner.negated) if anything is not None else ""
    how = " ".join(filter(None, (how, on_time.get(WEEKDAY), on_time.get(HOUR))))
    how = f"{how} {bracketed(values, event, details)}".strip()
    when = say_time(values, records.window) if records.window is not None else manner.ever
    return Said(f"{thing} {of}".strip(), how, when, is_over(records.window))


def bracketed(values: Values, event: Event, filters: Sequence[Filter]) -> str:
    """The filters in brackets, each after the name of its attribute; nothing for none."""
    apart = values.phrases.text("details", "apart")
    listed = apart.join(_detail(values, event, one) for one in filters)
    return f"({listed})" if listed else ""


def on_parts(event: Event, filters: Sequence[Filter]) -> bool:
    """Whether what stands in brackets is said of products, not of the order as a whole."""
    attributes = [attribute_of(event.attributes, one.attribute) for one in filters]
    return any(one.part is not None and one.path is None for one in attributes)


def _on_time(phrases: Phrases, one: Filter) -> str:
    return _weekdays(phrases, one) if one.attribute == WEEKDAY else _hours(phrases, one)


def _hours(phrases: Phrases, one: Filter) -> str:
    """Say from which hour until which; nothing where that is no single stretch, or denied."""
    said = spans(value for value in one.test.values if isinstance(value, int))
    if one.negated or len(said) != 1 or said[0] == (0, 24):
        return ""
    start, end = map(str, said[0])
    return fill(phrases.text("weekdays", "hours"), start=start, end=end)


def _weekdays(phrases: Phrases, one: Filter) -> str:
    """Say on which days of the week; Saturday and Sunday have a name of their own."""
    days = [value for value in one.test.values if isinstance(value, int)]
    if set(days) == {6, 7} and not one.negated:
        return phrases.text("weekdays", "weekend")
    names = phrases.find("weekdays", "names")
    listed = phrases.listed([str(names[day - 1]) for day in days])
    return fill(phrases.text("weekdays", "other" if one.negated else "on"), v=listed)


def _listed_on_time(phrases: Phrases, one: Filter) -> str:
    """Days of the week or hours as they stand in brackets."""
    names, numbers = phrases.find("weekdays", "days"), one.test.values
    values = [value for value in numbers if isinstance(value, int)]
    if one.attribute == WEEKDAY:
        label, each = "label", [str(names[value - 1]) for value in values]
    else:
        label, each = "hours_label", [f"{start}–{end}" for start, end in spans(values)]
    said = phrases.listed(each)
    said = fill(phrases.text("sentence", "not_value"), v=said) if one.negated else said
    label = phrases.text("weekdays", label)
    return fill(phrases.text("details", "one"), label=label, test=said)


def phrase_of(
    values: Values, event: Event, one: Filter, *, single: bool = False
) -> tuple[str, str] | None:
    """A filter's place in the clause and its words; None when the language has no phrase for it."""
    attribute, test = attribute_of(event.attributes, one.attribute), one.test
    listed = attribute.numeric and test.operator is Operator.IN
    if one.negated or listed:
        return None
    if test.operator is Operator.KNOWN:
        known = values.phrases.find("attributes", attribute.role or "", "how_known")
        return ("how", str(known)) if known is not None else None
    owner = f"{event.name}.{one.attribute}"
    if test.operator not in TEXT_TESTS and not values.named(owner, attribute, test):
        return None
    template = _template(values, attribute, test, single=single and event.role == "purchase")
    if template is None:
        return None
    said = values.phrases.find("said", values.role(attribute, test.values[0]))
    place, pattern = template
    if said and _direct(test):
        return place, str(said)
    if test.operator in TEXT_TESTS:
        return place, fill(pattern, v=values.quoted(str(test.values[0])))
    return place, fill(pattern, v=values.tested(owner, attribute, test))


def _template(
    values: Values, attribute: Attribute, test: Test, *, single: bool
) -> tuple[str, str] | None:
    if test.operator in TEXT_TESTS:
        key = f"object_{test.operator.name.lower()}"
        own = values.phrases.find("attributes", attribute.role or "", key)
        return ("object", str(own)) if own is not None else None
    own = values.phrases.find("attributes", attribute.role or "", "single")
    if single and own is not None and test.operator is not Operator.EQ:
        return "how", str(own)
    suffix = ("_yes" if test.values[0] else "_no") if _flag(attribute, test) else ""
    if _direct(test) and attribute.numeric and test.values[0] == 1:
        own = values.phrases.find("attributes", attribute.role or "", "how_one")
        if own is not None:
            return "how", str(own)
    for place in PLACES:
        own = values.phrases.find("attributes", attribute.role or "", f"{place}{suffix}")
        if own is not None:
            return place, str(own)
    return None


def _detail(values: Values, event: Event, one: Filter) -> str:
    """A filter as it stands in brackets."""
    phrases, test = values.phrases, one.test
    if one.attribute in CLOCK and one.attribute not in event.attributes:
        return _listed_on_time(phrases, one)
    attribute = attribute_of(event.attributes, one.attribute)
    label = label_of(values, attribute, "attributes")
    owner = f"{event.name}.{one.attribute}"
    if test.operator is Operator.KNOWN:
        said = phrases.text("details", "unknown" if one.negated else "known")
    else:
        turned = OPPOSITE.get(test.operator) if one.negated and attribute.numeric else None
        plain = _compared(values, owner, attribute, replace(test, operator=turned or test.operator))
        key = ("details", "or_unknown") if turned else ("sentence", "not_value")
        said = fill(phrases.text(*key), v=plain) if one.negated else plain
    return fill(phrases.text("details", "one"), label=label, test=said)


def _compared(values: Values, owner: str, attribute: Attribute, test: Test) -> str:
    if test.operator in TEXT_TESTS:
        quoted = values.quoted(str(test.values[0]))
        return fill(values.phrases.text("details", test.operator.name.lower()), x=quoted)
    if isinstance(test.values[0], date):
        return say_window(values.phrases, days_of(test))
    return values.tested(owner, attribute, test)


def _flag(attribute: Attribute, test: Test) -> bool:
    return attribute.type is Type.YES_NO and test.operator is Operator.EQ


def _direct(test: Test) -> bool:
    return test.operator is Operator.EQ and len(test.values) == 1
