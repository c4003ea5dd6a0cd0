"""The tab Definition and SQL: the canonical text, its JSON, the query that ran.

In: an `Answer`. Out: drawn. Start at `details`.
"""

import json

import streamlit as st

from assistant.answers import Answer
from assistant.languages.texts import Texts
from segments.codec import to_json


def details(answer: Answer, texts: Texts) -> None:
    """Draw the definition in its exact forms."""
    if answer.definition is None or answer.canonical is None or answer.sql is None:
        return
    st.subheader(texts.page("definition"), anchor=False)
    st.caption(texts.page("definition_help"))
    st.code(answer.canonical, language=None, wrap_lines=True)
    written = json.dumps(to_json(answer.definition), ensure_ascii=False, indent=2)
    st.download_button(
        texts.page("download_json"),
        written,
        "segment.json",
        "application/json",
        key="download_json",
        icon=":material/data_object:",
        on_click="ignore",
    )
    st.subheader("SQL", anchor=False)
    st.caption(texts.page("sql_help"))
    st.code(answer.sql, language=None, wrap_lines=True)
