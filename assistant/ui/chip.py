"""A condition, edited in place: is or is not, values, numbers, times and choices; or removed.

In: a chip of an answer. Out: drawn as widgets, one for each handle of the condition; Apply hands
the changed condition to the session. Start at `edit`.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import assert_never

import streamlit as st

from assistant.answers import Answer, Chip
from assistant.dialogue.handles import (
    Chosen,
    Handle,
    Numbered,
    Scope,
    Spaced,
    Tested,
    Timed,
    What,
)
from assistant.dialogue.handling import handles, signed
from assistant.dialogue.moves import EditCondition, RemoveCondition
from assistant.languages.texts import Texts
from assistant.ui import resources, session, shown
from assistant.ui.testing import edit_number, edit_test
from assistant.ui.trouble import plain
from assistant.ui.windowing import edit_distance, edit_window
from segments.catalogue import Type
from segments.definition import Condition, Operator


@st.fragment
def edit(key: str, chip: Chip, answer: Answer, texts: Texts) -> None:
    """Draw the widgets of a chip, Apply, and the way to remove it."""
    negated = _sign(key, chip, texts)
    changed = _body(key, chip.condition, texts)
    with st.container(horizontal=True, key=f"{key}_foot"):
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
    changed, above = condition, None
    for index, handle in enumerate(handles(condition, resources.shop().catalogue)):
        if handle.scope is not None and handle.scope != above:
            st.markdown(f"**{plain(_heading(handle.scope, texts))}**")
        above = handle.scope
        changed = handle.put(changed, _drawn(f"{key}_{index}", handle, texts))
    return changed


def _heading(scope: Scope, texts: Texts) -> str:
    said = texts.page(f"chip_role_{scope.role}", n=scope.place + 1)
    return f"{said}: {shown.event_name(scope.event)}"


def _drawn(key: str, handle: Handle, texts: Texts) -> object:
    """What the widget of a handle says."""
    match handle:
        case Tested():
            return edit_test(key, handle, texts, _label(handle, texts))
        case Timed(window=window, optional=optional):
            return edit_window(key, window, texts, none=optional)
        case Spaced(within=within):
            return edit_distance(key, within, texts)
        case Numbered(what=what, number=number, most=most, whole=whole):
            return _counted(key, texts.page(f"chip_{what}"), number, most, whole=whole)
        case Chosen(what=what, options=options, chosen=chosen):
            return st.selectbox(
                texts.page("comparison" if what is What.OPERATOR else f"chip_{what}"),
                options,
                index=options.index(chosen),
                format_func=_names(handle, texts),
                key=key,
            )
        case _:
            assert_never(handle)


def _counted(
    key: str, label: str, number: int | Decimal, most: int, *, whole: bool
) -> int | Decimal:
    """A number above 0, as exact as it was typed; what is not above it leaves the one there was."""
    picked = edit_number(key, label, number, whole=whole, most=max(most, number))
    return picked if picked > 0 else number


def _label(handle: Tested, texts: Texts) -> str:
    """What a number is: money and years are told by its type."""
    if handle.what is What.NUMBER and handle.attribute.type is Type.AGE:
        return texts.page("years")
    if handle.attribute.type is Type.MONEY:
        return texts.page("amount", currency=shown.currency())
    return texts.page("number" if handle.what is What.NUMBER else f"chip_{handle.what}")


def _names(handle: Chosen, texts: Texts) -> Callable[[str], str]:
    """How the options of a choice are said."""
    what = handle.what

    def name(option: str) -> str:
        if what is What.NAME:
            return option
        if what is What.OPERATOR:
            return texts.page(f"op_{Operator(option).name.lower()}")
        if what is What.WITHIN_FIELD and option:
            return shown.name_of(option)
        if what is What.WEIGHT and option:
            return shown.name_of(f"{handle.event}.{option}")
        return texts.page(f"chip_{what}_{option or 'none'}")

    return name
