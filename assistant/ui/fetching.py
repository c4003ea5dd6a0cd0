"""Download: for which tool, with which fields, whom the file holds and leaves out.

In: an `Answer`. Out: drawn; the file is made when the browser asks for it. Start at `fetch`.
"""

from decimal import Decimal

import streamlit as st

from assistant.answers import Answer
from assistant.answers.handing import Handing, handing, suppressing
from assistant.languages.texts import Texts
from assistant.ui import library, numbers, resources, session, shown
from assistant.ui.download import download
from assistant.ui.grants import Export
from assistant.ui.trouble import plain, safe
from segments.errors import Shown
from segments.handover import TOOLS, Reason, Terms
from segments.handover.tools import KEY

HOLDOUTS = (0, 5, 10, 20)  # per cent
_LEFT_OUT = tuple(each for each in Reason if each is not Reason.SENT)


def fetch(name: str, answer: Answer, texts: Texts) -> None:
    """Draw the button and what opens below it."""
    with st.popover(
        texts.page("download"), key="download", icon=":material/download:", on_change="rerun"
    ) as opened:
        if opened.open:
            _form(name, answer, texts)


@st.fragment
def _form(name: str, answer: Answer, texts: Texts) -> None:
    if answer.definition is None:
        return
    tool = st.selectbox(
        texts.page("file_for"),
        list(TOOLS),
        format_func=lambda each: texts.page(f"tool_{each}"),
        key="download_tool",
    )
    fields = _fields(texts) if TOOLS[tool].chosen else ()
    held = st.select_slider(
        texts.page("holdout"),
        HOLDOUTS,
        format_func=lambda share: f"{share} %",
        key="download_holdout",
        help=texts.page("holdout_help"),
    )
    bare = st.checkbox(texts.page("without_consent"), key=f"bare_{session.version()}_{tool}")
    terms = Terms(
        tool,
        fields,
        name,
        consent=not bare,
        suppress=suppressing(resources.store()),
        holdout=Decimal(held) / 100,
    )
    try:
        handed = handing(resources.shop(), answer.definition, answer.as_of, terms)
    except Shown as wrong:
        for problem in wrong.problems:
            st.warning(plain(texts.problem(problem)))
        return
    _counted(handed, texts)
    grant = Export(
        answer.definition, handed.terms, answer.as_of, library.who(), library.version_shown()
    )
    key = "download_as" if TOOLS[tool].columns[0].role == KEY else "download_file"
    said = texts.page(key, tool=texts.page(f"tool_{tool}"))
    download("download_file", said, session.export_ticket(grant), texts)


def _fields(texts: Texts) -> tuple[str, ...]:
    """Which fields come along; personal ones only for those who choose them."""
    fields = shown.fields()
    picked = st.multiselect(
        texts.page("fields"),
        list(fields),
        default=[each for each in shown.shown_fields() if not fields[each].sensitive],
        format_func=shown.name_of,
        key="download_fields",
        placeholder=texts.page("choose_values"),
    )
    personal = [shown.name_of(each) for each in picked if fields[each].sensitive]
    if personal:
        st.caption(plain(texts.page("personal_chosen", fields=", ".join(personal))))
    return tuple(picked)


def _counted(handed: Handing, texts: Texts) -> None:
    """How many rows there will be, and who is not among them for which reason."""
    counts = handed.counts()
    sent = numbers.customers(counts[Reason.SENT], texts)
    out = [
        texts.cli(f"left_out_{reason}", n=numbers.number(counts[reason], texts.language))
        for reason in _LEFT_OUT
        if counts[reason]
    ]
    lines = "".join(f"<li>{safe(each)}</li>" for each in out)
    st.html(
        f'<p class="krets-file"><b>{safe(sent)}</b> {safe(texts.page("in_the_file"))}</p>'
        f'<ul class="krets-quiet">{lines}</ul>'
    )
    st.caption(plain(texts.page("columns_are", columns=", ".join(handed.columns()))))
