"""A condition, edited in place: is or is not, values, numbers, windows; or removed.

In: a chip of an answer. Out: drawn as widgets; Apply hands the changed condition to the session.
Start at `edit`.
"""

from dataclasses import replace

import streamlit as st

from assistant.answers import Answer, Chip
from assistant.dialogue.edits import signed
from assistant.dialogue.moves import EditCondition, RemoveCondition
from assistant.languages.texts import Texts
from assistant.ui import session, shown
from assistant.ui.testing import edit_test
from assistant.ui.windowing import edit_window
from segments.catalogue import Attribute, Type
from segments.definition import (
    Anniversary,
    Condition,
    DateField,
    Edge,
    Field,
    Filter,
    Kind,
    Measure,
    Rank,
    Records,
)

NUMBER = Attribute("number", Type.NUMBER)
MONEY = Attribute("money", Type.MONEY)


@st.fragment
def edit(key: str, chip: Chip, answer: Answer, texts: Texts) -> None:
    """Draw the widgets of a chip, Apply, and the way to remove it."""
    negated = _sign(key, chip, texts)
    changed = _body(key, chip.condition, texts)
    with st.container(horizontal=True):
        if st.button(texts.page("apply"), key=f"{key}_apply", type="primary"):
            session.do(EditCondition(chip.path, signed(changed, negated=negated)))
            st.rerun()
        gone = sum(len(part.chips) for part in answer.parts) > 1 and st.button(
            texts.page("remove"),
            key=f"{key}_remove",
            icon=":material/close:",
            type="tertiary",
        )
        if gone:
            session.do(RemoveCondition(chip.path))
            st.rerun()


def _sign(key: str, chip: Chip, texts: Texts) -> bool:
    picked = st.segmented_control(
        texts.page("condition"),
        [False, True],
        default=chip.negated,
        required=True,
        format_func=lambda negated: texts.page("is_not" if negated else "is"),
        key=f"{key}_sign",
        label_visibility="collapsed",
    )
    return bool(picked)


def _body(key: str, condition: Condition, texts: Texts) -> Condition:
    """The condition as the widgets say."""
    match condition:
        case Field(name, test):
            attribute = shown.field(name)
            return replace(condition, test=edit_test(key, name, attribute, test, texts))
        case DateField(_, window) | Anniversary(_, window):
            return replace(condition, window=edit_window(key, window, texts) or window)
        case Measure(aggregate, test):
            number = _number(aggregate.kind, aggregate.records.event, aggregate.of)
            changed = edit_test(f"{key}_n", "", number, test, texts)
            records = _records(key, aggregate.records, texts)
            return Measure(replace(aggregate, records=records), changed)
        case Edge(records=records, when=when, having=having):
            asked = _filters(f"{key}_has", Records(records.event, having), texts).filters
            filtered = _filters(key, records, texts)
            if when is not None:
                when = edit_window(key, when, texts) or when
            return replace(condition, records=filtered, when=when, having=asked)
        case Rank(_, amount, percent, aggregate):
            label = texts.page("rank_percent" if percent else "rank_amount")
            top = 100 if percent else 10_000_000
            picked = st.number_input(label, 1, top, int(amount), key=f"{key}_rank")
            records = _records(key, aggregate.records, texts)
            changed_aggregate = replace(aggregate, records=records)
            return replace(condition, amount=int(picked), aggregate=changed_aggregate)
        case _:
            return condition


def _number(kind: Kind, event: str, of: str | None) -> Attribute:
    """What the number of an aggregate is: a plain one, or money."""
    if kind in (Kind.COUNT, Kind.DISTINCT) or of is None:
        return NUMBER
    found = shown.event(event).attributes.get(of)
    return MONEY if found is not None and found.type is Type.MONEY else NUMBER


def _records(key: str, records: Records, texts: Texts) -> Records:
    filtered = _filters(key, records, texts)
    if shown.event(records.event).time is None:
        return filtered
    return replace(filtered, window=edit_window(key, records.window, texts, none=True))


def _filters(key: str, records: Records, texts: Texts) -> Records:
    attributes = shown.event(records.event).attributes
    filters = tuple(
        _filter(f"{key}_{place}", records.event, attributes[each.attribute], each, texts)
        if each.attribute in attributes
        else each  # the weekday
        for place, each in enumerate(records.filters)
    )
    return replace(records, filters=filters)


def _filter(key: str, event: str, attribute: Attribute, one: Filter, texts: Texts) -> Filter:
    owner = f"{event}.{attribute.name}"
    return replace(one, test=edit_test(key, owner, attribute, one.test, texts))
