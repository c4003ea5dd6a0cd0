"""The download button: an address for one use, made at the click, so that nothing waits in memory.

Its browser side is browser/download.*; the route is in `routes`. Start at `download`.
"""

import streamlit as st

from assistant.languages.texts import Texts
from assistant.ui.box import part

_DOWNLOAD = st.components.v2.component(
    "krets_download",
    html=part("download.html"),
    css=part("download.css"),
    js=part("download.js"),
)


def download(key: str, label: str, ticket: str, texts: Texts) -> None:
    """Draw a button that fetches what the ticket stands for."""
    data = {"label": label, "ticket": ticket, "sorry": texts.page("download_again")}
    _DOWNLOAD(key=key, data=data)
