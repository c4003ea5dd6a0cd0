"""Widgets for a test: which values, or which comparison with which number or day.

In: the handle of a test. Out: the test as the widgets say. Start at `edit_test`.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import streamlit as st

from assistant.dialogue.handles import Tested
from assistant.languages.texts import Texts
from assistant.ui import shown
from assistant.ui.numbers import weekday
from segments.catalogue import Type
from segments.definition import CLOCK, WEEKDAY, Operator, Test, Value

NUMBERS = (Operator.GT, Operator.GE, Operator.LT, Operator.LE, Operator.EQ, Operator.BETWEEN)
LISTED = (Operator.EQ, Operator.IN)
MOST = 2**53 - 1  # the largest whole number that a browser counts exactly
MATCHES = (Operator.CONTAINS, Operator.STARTS, Operator.ENDS)


def edit_test(key: str, handle: Tested, texts: Texts, label: str) -> Test:
    """Draw what fits the attribute; a test that has nothing to change stays as it is. The `label`
    says what a number is."""
    owner, attribute, test = handle.owner, handle.attribute, handle.test
    operator, name = test.operator, _name(handle, texts)
    if attribute.name in CLOCK and attribute.path is None and operator in LISTED:
        return _on_time(key, handle, texts, name)
    if attribute.numeric and operator in NUMBERS:
        return _compared(key, handle, texts, name, label)
    if attribute.type in (Type.DATE, Type.TIME) and operator is not Operator.KNOWN:
        return _dated(key, test, name)
    if attribute.type is Type.YES_NO and "." in owner and operator is Operator.EQ:
        return _answered(key, test, texts, name)
    if attribute.type in (Type.TEXT, Type.LIST) and operator in LISTED:
        return _listed(key, owner, test, texts, name)
    if attribute.ordered and operator in NUMBERS:
        return _ordered(key, handle, texts, name)
    if attribute.type is Type.TEXT and operator in MATCHES:
        said = f"{name}: {texts.page(f'op_{operator.name.lower()}')}"
        typed = st.text_input(said, str(test.values[0]), key=f"{key}_text").strip()
        return Test(operator, (typed,)) if typed else test
    return test


def _name(handle: Tested, texts: Texts) -> str:
    """What is tested, and whether what passes is left out."""
    if not handle.owner:
        return texts.page("comparison")
    if handle.attribute.name in CLOCK and handle.attribute.path is None:
        name = texts.page(f"chip_{handle.attribute.name}")
    else:
        name = shown.name_of(handle.owner)
    return texts.page("chip_left_out", name=name) if handle.negated else name


def edit_number(
    key: str, label: str, value: Value, *, whole: bool, most: int | Decimal | None = None
) -> int | Decimal:
    """A number as exact as it was typed: whole ones stay whole."""
    if abs(_decimal(value)) > MOST:  # a browser has no number to show
        return value if isinstance(value, int | Decimal) else _decimal(value)
    if whole:
        top = int(most) if most is not None else None
        return int(st.number_input(label, None, top, int(_decimal(value)), step=1, key=key))
    top_of = float(most) if most is not None else None
    start = float(_decimal(value))
    typed = st.number_input(label, None, top_of, start, step=1.0, format="%g", key=key)
    if typed == start:
        return value if isinstance(value, int | Decimal) else _decimal(value)
    exact = Decimal(str(typed))
    return int(exact) if exact == int(exact) else exact


def _listed(key: str, owner: str, test: Test, texts: Texts, name: str) -> Test:
    """One or more of the values that the shop knows."""
    known = shown.values(owner)
    codes = [str(value) for value in test.values]
    options = [*codes, *(code for code in known if code not in codes)]
    picked = st.multiselect(
        name,
        options,
        default=codes,
        format_func=lambda code: known.get(code, code),
        key=f"{key}_values",
        placeholder=texts.page("choose_values"),
    )
    return _of(tuple(picked), test)


def _on_time(key: str, handle: Tested, texts: Texts, name: str) -> Test:
    """One or more days of the week, Monday first, or hours of the day."""
    test, of_week = handle.test, handle.attribute.name == WEEKDAY
    picked = st.multiselect(
        name,
        CLOCK[handle.attribute.name],
        default=test.values,
        format_func=lambda n: weekday(n, texts.language) if of_week else f"{n}–{n + 1}",
        key=f"{key}_days",
        placeholder=texts.page("choose_values"),
    )
    return _of(tuple(sorted(picked)), test)


def _of(picked: tuple[Value, ...], test: Test) -> Test:
    """The test with those values; without any it stays, and so it does with the same ones."""
    if not picked or picked == test.values:
        return test
    return Test(Operator.EQ if len(picked) == 1 else Operator.IN, picked)


def _answered(key: str, test: Test, texts: Texts, name: str) -> Test:
    options = (True, False)
    picked = st.selectbox(
        name,
        options,
        index=options.index(bool(test.values[0])),
        format_func=lambda yes: texts.page("yes" if yes else "no"),
        key=f"{key}_yes",
    )
    return Test(test.operator, (picked,))


def _ordered(key: str, handle: Tested, texts: Texts, name: str) -> Test:
    """One of the values that stand in an order, or from one of them to another."""
    test = handle.test
    left, right = st.columns(2, wrap=False, vertical_alignment="bottom")
    with left:
        operator = _operator(key, test, texts, name)
    known, codes = shown.values(handle.owner), handle.attribute.codes
    with right:
        picked = [
            st.selectbox(
                texts.page("value" if not place else "and_at_most"),
                codes,
                index=codes.index(str(value)) if value in codes else 0,
                format_func=lambda code: known.get(code, code),
                key=f"{key}_{place}",
            )
            for place, value in enumerate(_ends(operator, test))
        ]
    return Test(operator, tuple(sorted(picked, key=codes.index)))


def _compared(key: str, handle: Tested, texts: Texts, name: str, label: str) -> Test:
    test = handle.test
    left, right = st.columns(2, wrap=False, vertical_alignment="bottom")
    with left:
        fitting = [each for each in NUMBERS if handle.exact or each is not Operator.EQ]
        operator = _operator(key, test, texts, name, fitting)
    whole = handle.whole and all(value == int(_decimal(value)) for value in test.values)
    labels = (label, texts.page("and_at_most"))
    with right:
        picked = [
            edit_number(f"{key}_{place}", labels[place], value, whole=whole, most=handle.most)
            for place, value in enumerate(_ends(operator, test))
        ]
    if handle.most is not None:
        picked = [max(1, each) for each in picked]
    return Test(operator, tuple(sorted(picked)))


def _ends(operator: Operator, test: Test) -> tuple[Value, ...]:
    """Where the values of a test begin that is compared so: two for a range, else one."""
    if operator is Operator.BETWEEN:
        return test.values[0], test.values[-1]
    return test.values[:1]


def _operator(
    key: str, test: Test, texts: Texts, name: str, fitting: Sequence[Operator] = NUMBERS
) -> Operator:
    return st.selectbox(
        name,
        fitting,
        index=fitting.index(test.operator),
        format_func=lambda each: texts.page(f"op_{each.name.lower()}"),
        key=f"{key}_operator",
    )


def _dated(key: str, test: Test, name: str) -> Test:
    """The same comparison with other days."""
    days = []
    for place, value in enumerate(test.values):
        start = value if isinstance(value, date) else None
        picked = st.date_input(name, start, key=f"{key}_{place}", format="YYYY-MM-DD")
        days.append(picked if isinstance(picked, date) else value)
    return Test(test.operator, tuple(days))


def _decimal(value: Value) -> Decimal:
    return Decimal(str(value))
