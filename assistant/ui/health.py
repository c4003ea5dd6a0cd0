"""What is to be said of segments that need a look: a line below a count, and a list of all.

Start at `hint` and `health`.
"""

import streamlit as st

from assistant.answers.health import Checkup, Grave, Health
from assistant.languages.texts import Texts
from assistant.ui import library, numbers, resources, session
from assistant.ui.trouble import plain, safe
from segments.store import Cause

_ICON = {Grave.BROKEN: "error", Grave.WARNING: "warning", Grave.HINT: "lightbulb"}


def hint(members: int, texts: Texts) -> None:
    """Say what the size of the segment in hand tells; an empty one shows its 0 already."""
    for each in _looking(texts).of_size(members) if members else ():
        st.caption(plain(each.said))


def health() -> None:
    """Draw which saved segments need a look; they are only looked at when it is opened, since each
    takes a few queries."""
    texts = session.texts()
    if not resources.store().list():
        return
    with st.expander(
        texts.page("health"), icon=":material/stethoscope:", key="health", on_change="rerun"
    ) as opened:
        if not opened.open:
            return
        st.caption(plain(texts.page("health_told")))
        looking = _looking(texts)
        found = [each for each in looking.all() if _taken_down(each, looking)]
        for each in found:
            _segment(each, texts)
        if not found:
            st.write(plain(texts.table("health_well")))


def _segment(found: Checkup, texts: Texts) -> None:
    count = "" if found.members is None else f" · {numbers.customers(found.members, texts)}"
    st.html(f"<p><strong>{safe(found.segment.name)}</strong>{safe(count)}</p>")
    for each in found.findings:
        st.markdown(f":material/{_ICON[each.grave]}: {plain(each.said)}")


def _taken_down(found: Checkup, looking: Health) -> bool:
    """Take down the size; tells whether there is anything to show."""
    if found.members is not None:
        resources.store().record_size(
            found.segment.newest.id,
            found.members,
            resources.shop().engine.total,
            looking.today,
            Cause.HEALTH,
            library.now(),
        )
    return bool(found.findings)


def _looking(texts: Texts) -> Health:
    return Health(resources.shop(), resources.store(), texts.language, library.now())
