"""The page Guide: what can be said, by topic, with sentences to try in the page's language.

In: the texts and the shop's catalogue. Out: drawn. Start at `guide`.
"""

import streamlit as st

from assistant.languages.texts import Texts
from assistant.ui import resources, session, shown
from assistant.ui.own_words import own_words
from assistant.ui.trouble import plain

TOPICS = ("places", "age", "purchases", "email", "windows", "rankings")
ICONS = {
    "places": ":material/location_on:",
    "age": ":material/cake:",
    "purchases": ":material/shopping_bag:",
    "email": ":material/mail:",
    "windows": ":material/calendar_month:",
    "rankings": ":material/leaderboard:",
}
MOST_WORDS = 40


def guide(page: st.Page) -> None:
    """Draw the guide; a sentence that is tried opens on `page`."""
    texts = session.texts()
    st.title(texts.page("guide_title"), anchor=False)
    st.write(texts.page("guide_intro"))
    for row in range(0, len(TOPICS), 2):
        for column, topic in zip(st.columns(2, gap="medium"), TOPICS[row : row + 2], strict=True):
            with column.container(
                border=True, height="stretch", gap="xxsmall", key=f"topic_{topic}"
            ):
                _topic(topic, page, texts)
    _shop_words(texts)
    own_words(texts)


def _topic(topic: str, page: st.Page, texts: Texts) -> None:
    st.header(f"{ICONS[topic]} {texts.page(f'guide_{topic}')}", anchor=False)
    for place, sentence in enumerate(texts.guide(topic)):
        if st.button(
            plain(sentence),
            key=f"try_{topic}_{place}",
            icon=":material/arrow_forward:",
            type="tertiary",
        ):
            session.say(sentence)
            st.switch_page(page)


def _shop_words(texts: Texts) -> None:
    """What this shop knows of its members and of what they do."""
    catalogue = resources.shop().catalogue
    left, right = st.columns(2, gap="medium")
    with left.container(border=True, height="stretch"):
        st.header(texts.page("guide_fields"), anchor=False)
        names = [shown.name_of(name) for name in shown.fields()]
        st.markdown(plain(" · ".join(names[:MOST_WORDS])))
    with right.container(border=True, height="stretch"):
        st.header(texts.page("guide_events"), anchor=False)
        names = [shown.event_name(name) for name in catalogue.events]
        st.markdown(plain(" · ".join(names[:MOST_WORDS])))
