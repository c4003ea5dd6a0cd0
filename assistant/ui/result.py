"""The right card: how many, the share of all, whom the channels reach, save, download.

In: an `Answer`. Out: drawn. Start at `result`.
"""

import streamlit as st

from assistant.answers import Answer
from assistant.grammar.reading import Status
from assistant.languages.texts import Texts
from assistant.ui import numbers, session, shown
from assistant.ui.fetching import fetch
from assistant.ui.health import hint
from assistant.ui.saving import save
from assistant.ui.trouble import safe


def result(answer: Answer, text: str, texts: Texts) -> None:
    """Draw the card; `text` is the sentence that is saved along."""
    if answer.count is None or answer.share is None or answer.definition is None:
        _nothing_yet(answer, texts)
        return
    language = texts.language
    count = numbers.number(answer.count, language)
    total = numbers.number(answer.total, language)
    of_all = texts.page("share_of", share=numbers.share(answer.share, language), total=total)
    st.html(
        f'<div class="krets-label">{safe(shown.members_title(texts))}</div>'
        f'<div class="krets-number" id="count">{count}</div>'
        f'<div class="krets-share">{safe(of_all)}</div>' + _reach(answer, texts)
    )
    hint(answer.count, texts)
    name = session.state().current.name or shown.suggested_name(answer)
    with st.container(horizontal=True, gap="small"):
        save(name, answer, text, texts)
        fetch(name, answer, texts)


def _nothing_yet(answer: Answer, texts: Texts) -> None:
    key = "choose_first" if answer.status is Status.ASKS else "no_count"
    total = numbers.customers(answer.total, texts)
    st.html(
        f'<div class="krets-label">{safe(shown.members_title(texts))}</div>'
        f'<div class="krets-number">–</div><div class="krets-share">{safe(total)}</div>'
        f'<p class="krets-quiet">{safe(texts.page(key))}</p>'
    )


def _reach(answer: Answer, texts: Texts) -> str:
    """A bar for each channel: how many of the segment said yes to it."""
    bars = []
    for channel, count in shown.reach(answer):
        width = 100 * count / answer.count if answer.count else 0
        label = safe(texts.page(f"channel_{channel}"))
        said = numbers.number(count, texts.language)
        bars.append(
            f"<div><p><span>{label}</span><span>{said}</span></p>"
            f'<i style="--w:{width:.1f}%"></i></div>'
        )
    return f'<div class="krets-reach">{"".join(bars)}</div>' if bars else ""
