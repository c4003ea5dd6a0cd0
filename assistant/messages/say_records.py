"""The records of an event said in parts: what was bought, of which brand, where, for how much.

In: `Records` and the event of the catalogue. Out: `Said`, whose parts the clauses of `say_events`
put in order. A filter without a role is said by its label. Start at `say_records`.
"""

from dataclasses import dataclass

from assistant.messages.phrases import Phrases, fill
from assistant.messages.say_fields import TEXT_TESTS, attribute_of, label_of
from assistant.messages.say_values import Values
from assistant.messages.say_windows import is_over, say_window
from segments.catalogue import Attribute, Event, Type
from segments.definition import WEEKDAY, Filter, Operator, Records, Test

DETAILS = ("object", "of", "how")  # where a filter's words go, in the order they are said


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


def say_records(values: Values, event: Event, records: Records, *, ever: str = "") -> Said:
    """Say the filters and the window; `ever` stands for a window where there is none."""
    parts: dict[str, list[str]] = {place: [] for place in DETAILS}
    for one in records.filters:
        place, said = say_filter(values, event, one)
        parts[place].append(said)
    phrases = values.phrases
    thing, of, how = (parts[place] for place in DETAILS)
    if of and not thing:
        own = phrases.find("events", event.role or "", "thing")
        thing, of, how = ([str(own)], of, how) if own is not None else ([], [], [*of, *how])
    when = say_window(phrases, records.window) if records.window is not None else ever
    return Said(" ".join([*thing, *of]), " ".join(how), when, is_over(records.window))


def say_filter(values: Values, event: Event, one: Filter) -> tuple[str, str]:
    """Give a filter's place in the clause and its words."""
    if one.attribute == WEEKDAY and WEEKDAY not in event.attributes:
        return "how", _weekdays(values.phrases, one)
    attribute = attribute_of(event.attributes, one.attribute)
    owner = f"{event.name}.{one.attribute}"
    place, template = _template(values, attribute, one)
    v = _compared(values, owner, attribute, one.test)
    said = values.phrases.find("said", values.role(attribute, one.test.values[0])) if v else None
    label = label_of(values, attribute, "attributes")
    filled = str(said) if said and _direct(one.test) else fill(template, v=v, label=label)
    if not one.negated or _has_pair(values, attribute, one.test):
        return place, filled
    key = (
        ("attributes", "generic", "not_object") if place == "object" else ("sentence", "not_value")
    )
    return place, fill(values.phrases.text(*key), v=filled)


def _weekdays(phrases: Phrases, one: Filter) -> str:
    """Say on which days of the week; Saturday and Sunday have a name of their own."""
    days = [value for value in one.test.values if isinstance(value, int)]
    if set(days) == {6, 7} and not one.negated:
        return phrases.text("weekdays", "weekend")
    names = phrases.find("weekdays", "names")
    listed = phrases.listed([str(names[day - 1]) for day in days])
    return fill(phrases.text("weekdays", "other" if one.negated else "on"), v=listed)


def _template(values: Values, attribute: Attribute, one: Filter) -> tuple[str, str]:
    phrases, test = values.phrases, one.test
    generic = ("attributes", "generic")
    if test.operator is Operator.KNOWN:
        return "of", _of_pair(phrases, (*generic, "known"), negated=one.negated)
    if _flag(attribute, test):
        for place in ("of", "how"):
            key = f"{place}_{'yes' if test.values[0] else 'no'}"
            own = phrases.find("attributes", attribute.role or "", key)
            if own is not None:
                return place, str(own)
        if test.values[0]:
            return "of", _of_pair(phrases, (*generic, "yes"), negated=one.negated)
        return "of", phrases.text(*generic, "no")
    if test.operator in TEXT_TESTS:
        return "of", phrases.text(*generic, "text")
    for place in DETAILS:
        own = phrases.find("attributes", attribute.role or "", place)
        if own is not None:
            return place, str(own)
    return "of", phrases.text(*generic, "of")


def _of_pair(phrases: Phrases, keys: tuple[str, ...], *, negated: bool) -> str:
    return str(phrases.find(*keys)[int(negated)])


def _has_pair(values: Values, attribute: Attribute, test: Test) -> bool:
    """Whether the phrase already says the negation."""
    if test.operator is Operator.KNOWN:
        return True
    role = attribute.role or ""
    own = any(values.phrases.find("attributes", role, f"{place}_yes") for place in ("of", "how"))
    return _flag(attribute, test) and bool(test.values[0]) and not own


def _flag(attribute: Attribute, test: Test) -> bool:
    return attribute.type is Type.YES_NO and test.operator is Operator.EQ


def _direct(test: Test) -> bool:
    return test.operator is Operator.EQ and len(test.values) == 1


def _compared(values: Values, owner: str, attribute: Attribute, test: Test) -> str:
    if test.operator is Operator.KNOWN:
        return ""
    return values.tested(owner, attribute, test)
