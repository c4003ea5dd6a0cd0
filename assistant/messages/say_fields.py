"""Conditions on a member's own fields said as clauses: "live in Stockholm".

In: a `Field`, `DateField` or `Anniversary`, and whether it is negated. Out: a `Clause`. A field
without a role, or one the catalogue lacks, is said by its label. Start at `say_field`.
"""

from collections.abc import Mapping
from datetime import date

from assistant.messages.phrases import Clause
from assistant.messages.say_values import Values
from assistant.messages.say_windows import say_window
from segments.catalogue import Attribute, Type
from segments.definition import (
    Anniversary,
    Calendar,
    DateField,
    Field,
    Operator,
    Period,
    Test,
    Unit,
)
from segments.windows import days_of

A_YEAR = {Unit.YEAR: 1, Unit.QUARTER: 4, Unit.MONTH: 12}
ORDERED = (Operator.LT, Operator.LE, Operator.GT, Operator.GE, Operator.BETWEEN)
TEXT_TESTS = (Operator.CONTAINS, Operator.STARTS, Operator.ENDS)


def say_field(
    values: Values, fields: Mapping[str, Attribute], field: Field, *, negated: bool
) -> Clause:
    """Say a test of a member's field."""
    phrases = values.phrases
    attribute = attribute_of(fields, field.field)
    sections = ("fields", attribute.role or "", "generic")
    label = label_of(values, attribute, "fields")
    test = field.test
    said = phrases.find("said", values.role(attribute, test.values[0])) if _single(test) else None
    if said is not None:
        return phrases.clause(said, {}, negated=negated)
    if test.operator is Operator.KNOWN:
        template = phrases.either(sections, "known")
        return phrases.clause(template, {"label": label}, negated=negated)
    if attribute.type is Type.YES_NO and isinstance(test.values[0], bool):
        template = phrases.either(sections, "yes" if test.values[0] else "no")
        return phrases.clause(template, {"label": label}, negated=negated)
    if isinstance(test.values[0], date) and test.operator is not Operator.IN:
        dated = DateField(field.field, days_of(test))
        return say_date_field(values, fields, dated, negated=negated)
    key = test.operator.name.lower()
    if test.operator in TEXT_TESTS:
        template = phrases.either(sections, key)
        compared = values.quoted(str(test.values[0]))
    else:
        named = values.named(field.field, attribute, test) and not values.towns(attribute, test)
        listed = test.operator is Operator.IN and attribute.numeric
        named = (
            named and not listed and not (attribute.type is Type.TEXT and test.operator in ORDERED)
        )
        template = phrases.either(sections if named else ("fields", "generic"), key, "is")
        if template == phrases.find("fields", "generic", "is") and _named_by_value(
            values, field, attribute, label
        ):
            template = phrases.find("fields", "generic", "has")
        compared = values.tested(field.field, attribute, test)
    x = values.value(field.field, attribute, test.values[0])
    return phrases.clause(template, {"label": label, "v": compared, "x": x}, negated=negated)


def say_date_field(
    values: Values,
    fields: Mapping[str, Attribute],
    field: DateField | Anniversary,
    *,
    negated: bool,
) -> Clause:
    """Say that a member's date, or an anniversary of it, lies in a window."""
    phrases = values.phrases
    attribute = attribute_of(fields, field.field)
    turned = _turned(field, attribute)
    if turned is not None:
        age, window = turned
        slots = {"n": str(age), "v": say_window(phrases, window)}
        template = phrases.find("fields", "birth_date", "turning")
        return phrases.clause(template, slots, negated=negated)
    role = "birth_date" if attribute.type is Type.AGE else attribute.role  # it is kept as that
    year = _of_a_year(field)
    own = phrases.find("fields", role, "when_year") if year is not None else None
    if own is not None:
        return phrases.clause(own, {"year": str(year)}, negated=negated)
    key = "yearly" if isinstance(field, Anniversary) else "when"
    template = phrases.either(("fields", role or "", "generic"), key)
    label = label_of(values, attribute, "fields")
    said = say_window(phrases, field.window)
    return phrases.clause(template, {"label": label, "v": said}, negated=negated)


def _of_a_year(field: DateField | Anniversary) -> int | None:
    """The year, where the date lies in one and no more is said."""
    match field:
        case DateField(_, Period(year) as period) if period == Period(year):
            return year
        case _:
            return None


def _turned(field: DateField | Anniversary, attribute: Attribute) -> tuple[int, Calendar] | None:
    """How old they turn in a year, quarter or month near now who were born in one long gone."""
    born = attribute.role == "birth_date" or attribute.type is Type.AGE
    window = field.window
    if not born or isinstance(field, Anniversary) or not isinstance(window, Calendar):
        return None
    steps = A_YEAR.get(window.unit)
    if steps is None or window.offset > -steps:
        return None
    age = (steps // 2 - window.offset) // steps
    near = window.offset + age * steps
    return (age, Calendar(window.unit, near)) if abs(near) <= 1 else None


def head_of(values: Values, fields: Mapping[str, Attribute], field: Field) -> str | None:
    """Give the noun for members of a gender ("women"), which can stand for the whole group."""
    attribute = attribute_of(fields, field.field)
    role = values.role(attribute, field.test.values[0]) if _single(field.test) else None
    heads = values.phrases.find("heads") or {}
    noun = heads.get(role) if role is not None else None
    return str(noun) if noun is not None else None


def attribute_of(attributes: Mapping[str, Attribute], name: str) -> Attribute:
    """Give the attribute, or one of the name alone when the catalogue has none."""
    return attributes.get(name) or Attribute(name, Type.TEXT)


def label_of(values: Values, attribute: Attribute, section: str) -> str:
    """Name a field or attribute: by the catalogue in the language, the pack by its role, English,
    or else its own name."""
    own = attribute.labels.get(values.phrases.language)
    if own:
        return own[0]
    known = values.phrases.find(section, attribute.role, "label") if attribute.role else None
    if known is not None:
        return str(known)
    return values.label(attribute.labels) or attribute.name.replace("_", " ")


def _named_by_value(values: Values, field: Field, attribute: Attribute, label: str) -> bool:
    """Whether the value names the field itself: "income under 250k" of the field income, which
    would be said twice."""
    if attribute.type is not Type.TEXT or not _single(field.test):
        return False
    said = values.value(field.field, attribute, field.test.values[0])
    return _within(label.casefold().split(), said.casefold().split())


def _within(words: list[str], longer: list[str]) -> bool:
    """Whether the words stand in the others one after the other, and more with them."""
    room = range(len(longer) - len(words) + 1) if len(longer) > len(words) else range(0)
    return any(longer[at : at + len(words)] == words for at in room)


def _single(test: Test) -> bool:
    return test.operator is Operator.EQ and len(test.values) == 1
