"""Widgets for a test: which values, or which comparison with which number or day.

In: a test and the attribute it is asked of. Out: the test as the widgets say. Start at `edit_test`.
"""

from datetime import date
from decimal import Decimal

import streamlit as st

from assistant.languages.texts import Texts
from assistant.ui import shown
from segments.catalogue import Attribute, Type
from segments.definition import Operator, Test, Value

NUMBERS = (Operator.GT, Operator.GE, Operator.LT, Operator.LE, Operator.EQ, Operator.BETWEEN)
LISTED = (Operator.EQ, Operator.IN)
MATCHES = (Operator.CONTAINS, Operator.STARTS, Operator.ENDS)


def edit_test(key: str, owner: str, attribute: Attribute, test: Test, texts: Texts) -> Test:
    """Draw what fits the attribute; a test that has nothing to change stays as it is."""
    if attribute.type in (Type.NUMBER, Type.MONEY, Type.AGE) and test.operator in NUMBERS:
        return _compared(key, owner, attribute, test, texts)
    if attribute.type in (Type.DATE, Type.TIME) and test.operator is not Operator.KNOWN:
        return _dated(key, test, texts)
    if attribute.type in (Type.TEXT, Type.LIST) and test.operator in LISTED:
        return _listed(key, owner, test, texts)
    if attribute.type is Type.TEXT and test.operator in MATCHES:
        label = texts.page(f"op_{test.operator.name.lower()}")
        typed = st.text_input(label, str(test.values[0]), key=f"{key}_text").strip()
        return Test(test.operator, (typed,)) if typed else test
    return test


def _listed(key: str, owner: str, test: Test, texts: Texts) -> Test:
    """One or more of the values that the shop knows."""
    known = shown.values(owner)
    codes = [str(value) for value in test.values]
    options = [*codes, *(code for code in known if code not in codes)]
    picked = st.multiselect(
        shown.name_of(owner),
        options,
        default=codes,
        format_func=lambda code: known.get(code, code),
        key=f"{key}_values",
        placeholder=texts.page("choose_values"),
    )
    if not picked:
        return test
    return Test(Operator.EQ if len(picked) == 1 else Operator.IN, tuple(picked))


def _compared(key: str, owner: str, attribute: Attribute, test: Test, texts: Texts) -> Test:
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        operator = _operator(key, owner, test, texts)
    whole = attribute.type is not Type.MONEY and all(_whole(value) for value in test.values)
    with right:
        first = _number(f"{key}_low", _label(attribute, texts), test.values[0], whole=whole)
        if operator is not Operator.BETWEEN:
            return Test(operator, (first,))
        last = _number(f"{key}_high", texts.page("and_at_most"), test.values[-1], whole=whole)
    low, high = sorted((first, last))
    return Test(operator, (low, high))


def _operator(key: str, owner: str, test: Test, texts: Texts) -> Operator:
    return st.selectbox(
        shown.name_of(owner) if owner else texts.page("comparison"),
        NUMBERS,
        index=NUMBERS.index(test.operator),
        format_func=lambda each: texts.page(f"op_{each.name.lower()}"),
        key=f"{key}_operator",
    )


def _label(attribute: Attribute, texts: Texts) -> str:
    if attribute.type is Type.MONEY:
        return texts.page("amount", currency=shown.currency())
    return texts.page("years" if attribute.type is Type.AGE else "number")


def _number(key: str, label: str, value: Value, *, whole: bool) -> int | Decimal:
    """A number as exact as it was typed: whole ones stay whole."""
    if whole:
        return int(st.number_input(label, value=int(_decimal(value)), step=1, key=key))
    typed = st.number_input(label, value=float(_decimal(value)), step=1.0, format="%g", key=key)
    exact = Decimal(str(typed))
    return int(exact) if exact == int(exact) else exact


def _dated(key: str, test: Test, texts: Texts) -> Test:
    """The same comparison with other days."""
    days = []
    for place, value in enumerate(test.values):
        start = value if isinstance(value, date) else None
        picked = st.date_input(texts.page("day"), start, key=f"{key}_{place}", format="YYYY-MM-DD")
        days.append(picked if isinstance(picked, date) else value)
    return Test(test.operator, tuple(days))


def _whole(value: Value) -> bool:
    return isinstance(value, int) or (isinstance(value, Decimal) and value == int(value))


def _decimal(value: Value) -> Decimal:
    return Decimal(str(value))
