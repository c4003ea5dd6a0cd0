"""The tab Messages: what to say to them, beside why; every text can be edited, copied and kept.

In: an `Answer`. Out: drawn. What is edited is counted again as the channel counts it. Start at
`messages`.
"""

import streamlit as st

from assistant.answers import Answer
from assistant.answers.messages import Suggested
from assistant.languages.files import table
from assistant.languages.texts import Texts
from assistant.messages.channels import Slot, channels
from assistant.messages.choosing import Chosen
from assistant.messages.keeping import Kept, find
from assistant.messages.merge_tags import tools
from assistant.messages.voices import TONES
from assistant.messages.writing import Choice, Message, Text, measured
from assistant.messages.written import said_length
from assistant.ui import library, numbers, resources, session
from assistant.ui.trouble import plain, safe
from segments.errors import Shown

_LONG = frozenset({"body", "text", "primary_text", "introduction", "description", "preheader"})


def messages(answer: Answer, texts: Texts) -> None:
    """Draw the tab."""
    if answer.definition is None:
        return
    try:
        suggested = session.suggested(answer)
    except Shown as wrong:  # a mistake in the shop's own playbooks
        for problem in wrong.problems:
            st.warning(plain(texts.problem(problem)), icon=":material/info:")
        return
    if not suggested.picked:
        st.write(texts.message("none"))
        return
    each = _suggestion(suggested, texts)
    choice = _choice(suggested, each, texts)
    kept = find(library.kept_messages(), choice)
    written = suggested.message(each, choice)
    left, right = st.columns([1.78, 1], gap="medium")
    with left.container(border=True, key="message"):
        _editor(written, suggested, kept, texts)
    with right:
        _why(answer, suggested, each, texts)


# --- what is chosen -------------------------------------------------------------------------------


def _suggestion(suggested: Suggested, texts: Texts) -> Chosen:
    """One of the suggestions; the best one to begin with."""
    places = range(len(suggested.picked))
    if len(places) == 1:
        return suggested.picked[0]
    names = [_name(each, texts) for each in suggested.picked]
    label = texts.message("suggestion_label")
    place = st.pills(
        label, places, default=0, required=True, format_func=names.__getitem__,
        key=f"suggestion_{session.version()}", label_visibility="collapsed",
    )  # fmt: skip
    return suggested.picked[int(place or 0)]


def _name(each: Chosen, texts: Texts) -> str:
    """What its idea is called."""
    return plain(each.playbook.tongue(texts.language).name)


def _choice(suggested: Suggested, each: Chosen, texts: Texts) -> Choice:
    """Channel, language, tone, tool and variant."""
    place = f"{session.version()}_{each.playbook.code}"
    names = [channel.name for channel in suggested.channels(each)]
    channel = st.segmented_control(
        texts.message("channel"), names, default=names[0], required=True,
        format_func=lambda name: texts.message(f"channel_{name}"),
        key=f"channel_{place}", label_visibility="collapsed",
    )  # fmt: skip
    columns = st.columns(4)
    spoken = list(suggested.languages)
    language = columns[0].selectbox(
        texts.message("language"), spoken, key=f"language_{place}",
        format_func=lambda code: _language(code, suggested, texts),
    )  # fmt: skip
    variants = list(suggested.variants(each, language))
    variant = columns[1].selectbox(
        texts.message("variant"), variants, key=f"variant_{place}_{language}",
        format_func=lambda name: suggested.variant_name(name, texts.language),
    )  # fmt: skip
    tone = columns[2].selectbox(
        texts.message("tone"), TONES, index=TONES.index(suggested.tone), key=f"tone_{place}",
        format_func=lambda name: _tone(name, suggested, texts),
    )  # fmt: skip
    tool = columns[3].selectbox(
        texts.message("tool"), list(tools()), key="message_tool",
        format_func=lambda code: tools()[code].name or texts.message("tool_plain"),
    )  # fmt: skip
    return Choice(str(channel), language, tone, tool, variant)


def _language(code: str, suggested: Suggested, texts: Texts) -> str:
    count = numbers.number(suggested.languages[code], texts.language)
    name = str(table(code, "language")["name"])
    return texts.message("language_share", language=name, n=count)


def _tone(name: str, suggested: Suggested, texts: Texts) -> str:
    said = texts.message(f"tone_{name}")
    return f"{said} ({texts.message('tone_proposed')})" if name == suggested.tone else said


# --- the texts ------------------------------------------------------------------------------------


def _editor(written: Message, suggested: Suggested, kept: Kept | None, texts: Texts) -> None:
    """Every text in a field of its own, with its length; what was kept stands there first."""
    choice = written.choice
    mine = kept is not None and (kept.playbook, kept.choice) == (written.playbook, choice)
    old = [text for _, text in kept.texts] if kept is not None and mine else []
    edited = []
    for place, text in enumerate(written.texts):
        slot = channels()[choice.channel].slot(text.slot)
        begin = old[place] if place < len(old) else text.text
        typed = _field(written, slot, text, (place, begin), texts)
        edited.append((text.slot, typed))
        found = measured(slot, typed, choice.tool, suggested.reader)
        mark = "" if found.ideal else " long" if found.fits else " over"
        said = safe(said_length(found, slot, texts))
        st.html(f'<p class="krets-length{mark}">{said}</p>')
    unsubscribe = tools()[choice.tool].unsubscribe
    if unsubscribe and choice.channel == "email":
        st.caption(plain(texts.message("unsubscribe", tag=unsubscribe)))
    if note := suggested.note(choice):
        tool = tools()[choice.tool].name or texts.message("tool_plain")
        st.caption(plain(texts.message(note, tool=tool)))
    _buttons(Kept(written.playbook, choice, tuple(edited)), kept, texts)


def _field(written: Message, slot: Slot, text: Text, begin: tuple[int, str], texts: Texts) -> str:
    place, value = begin
    choice = written.choice
    key = "_".join(
        (str(session.version()), written.playbook, choice.channel, choice.language, choice.tone,
         choice.tool, choice.variant, str(place))
    )  # fmt: skip
    label = texts.message(f"slot_{text.slot}")
    if slot.several:
        same = [place for place, each in enumerate(written.texts) if each.slot == text.slot]
        label = f"{label} {same.index(place) + 1}"
    if slot.name in _LONG and not slot.several:
        lines = value.count("\n") + sum(len(line) // 76 for line in value.splitlines()) + 1
        return str(st.text_area(label, value, height=max(68, 25 * lines + 22), key=f"text_{key}"))
    return str(st.text_input(label, value, key=f"text_{key}"))


def _buttons(edited: Kept, kept: Kept | None, texts: Texts) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        with st.popover(texts.message("copy"), icon=":material/content_copy:"):
            st.caption(texts.message("copy_help"))
            for _, text in edited.texts:
                st.code(text, language=None, wrap_lines=True)
        saved = library.open_id() is not None
        help_ = texts.message("keep_help" if saved else "save_first")
        if st.button(
            texts.message("keep"), key="keep_message", icon=":material/bookmark:",
            disabled=not saved, help=help_,
        ):  # fmt: skip
            library.keep_message(edited)
            kept = edited
        if kept is not None:
            if st.button(texts.message("forget"), key="forget_message"):
                library.forget_message(kept.choice)
                st.rerun()
            st.html(f'<span class="krets-state saved">{safe(texts.message("kept"))}</span>')


# --- why ------------------------------------------------------------------------------------------


def _why(answer: Answer, suggested: Suggested, each: Chosen, texts: Texts) -> None:
    tongue = each.playbook.tongue(texts.language)
    told = resources.messenger().reasons(each.reasons, texts.language, answer.as_of)
    _listed(texts.message("why"), (tongue.angle, *(told or (texts.message("why_generic"),))))
    typed = [search.code for search in suggested.facts.searches[:3] if search.lift > 1]
    if typed:
        st.caption(plain(texts.message("searches", what=", ".join(typed))))
    _listed(texts.message("avoid"), tongue.avoid)
    habits = resources.messenger().habits(suggested, texts.language, answer.as_of)
    _listed(texts.message("habits"), habits)
    why_tone = resources.messenger().reasons(suggested.tone_reasons, texts.language, answer.as_of)
    if why_tone:
        tone = texts.message(f"tone_{suggested.tone}")
        _listed(f"{texts.message('tone')}: {tone}", why_tone)


def _listed(title: str, lines: tuple[str, ...]) -> None:
    items = "".join(f"<li>{safe(line)}</li>" for line in lines)
    st.html(f'<div class="krets-why"><h3>{safe(title)}</h3><ul>{items}</ul></div>')
