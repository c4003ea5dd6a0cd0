"""The look that Streamlit's theme cannot give: widths, chips, cards, the table.

Start at `dress`; the rules are in browser/page.css.
"""

from collections.abc import Sequence
from functools import cache

import streamlit as st

from assistant.ui.box import BROWSER, part


@cache
def _rules() -> str:
    return f"<style>{part('page.css')}</style>"


_DOCUMENT = st.components.v2.component(
    "krets_document", html="<span hidden></span>\n", js=part("document.js")
)


def dress(language: str) -> None:
    """Put the page's own rules in place, and say which language the document is in."""
    st.html(_rules())
    with st.container(key="document"):
        _DOCUMENT(key="krets_document", data={"language": language})
    st.logo(BROWSER / "logo.svg", size="medium", icon_image=BROWSER / "mark.svg")


def tint(shares: Sequence[tuple[str, float]]) -> None:
    """Colour rows as bars: the key of each row's container and its share, 0 to 1."""
    rules = "".join(
        f".st-key-{key}{{--share:{min(1.0, max(0.0, share)):.4f}}}" for key, share in shares
    )
    st.html(f"<style>{rules}</style>")


def narrow() -> None:
    """Draw this page in a narrow column in the middle: one question and little else."""
    st.html(
        "<style>.stMainBlockContainer.stMainBlockContainer{max-width:53.5rem;"
        "padding-top:clamp(4.5rem,14vh,8.5rem)}</style>"
    )
