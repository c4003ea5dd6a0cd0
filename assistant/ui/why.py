"""Under the customers: why one customer is in the segment, or is not.

In: an `Answer` and the key that a person writes. Out: the conditions with what each rests on.
Start at `why`.
"""

import streamlit as st

from assistant.answers import Answer
from assistant.languages.texts import Texts
from assistant.ui import resources
from assistant.ui.trouble import plain
from segments.errors import Shown


def why(answer: Answer, texts: Texts) -> None:
    """Draw the field for a key, and the reasons when one is written."""
    if answer.definition is None:
        return
    with st.expander(texts.page("why"), icon=":material/help_center:"):
        st.caption(texts.page("why_help"))
        key = st.text_input(texts.page("why_key"), key="why_key", max_chars=80).strip()
        if not key:
            return
        try:
            found = resources.shop().why(
                answer.definition, key, as_of=answer.as_of, language=texts.language
            )
        except Shown as wrong:
            for problem in wrong.problems:
                st.warning(plain(texts.problem(problem)), icon=":material/info:")
            return
        st.markdown(f"**{plain(found.said)}**")
        for reason in found.reasons:
            mark = ":material/check:" if reason.holds else ":material/close:"
            held = texts.page("yes" if reason.holds else "no")
            lines = [f"{mark} {plain(reason.text)} – {held}"]
            lines += [f"    - {plain(line)}" for line in reason.evidence]
            st.markdown("\n".join([f"- {lines[0]}", *lines[1:]]))
