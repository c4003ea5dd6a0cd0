"""The saved segments, as the page uses them: the one that is open, saving, opening.

In: a name, a number. Out: `Saved` rows, moves for the session. Start at `save`.
"""

import getpass
from datetime import UTC, datetime

import streamlit as st

from assistant.dialogue.moves import MarkSaved, OpenSaved
from assistant.messages.keeping import KIND, Kept, from_object, put, to_object, without
from assistant.messages.writing import Choice
from assistant.ui import resources, session
from segments.definition import Condition
from segments.errors import Shown
from segments.store import Draft, Saved, Version


def now() -> datetime:
    """The time of saving; the page is an entry point, so it may look at the clock."""
    return datetime.now(UTC)  # noqa: TID251 - said above


def open_id() -> int | None:
    """The number of the saved segment that is shown."""
    saved = session.state().current.saved
    return saved.id if saved and saved.id else None


def who() -> str:
    """Who is in front of the page: whom a proxy that asks people to log in names, else the user
    the program runs as."""
    for header in ("X-Forwarded-User", "X-Forwarded-Email"):
        if named := st.context.headers.get(header):
            return str(named)
    return getpass.getuser()


def version_shown() -> Version | None:
    """The newest version of the saved segment that is shown, when that is what it says."""
    number, current = open_id(), session.state().current
    if number is None:
        return None
    try:
        newest = resources.store().get(number).newest
    except Shown:
        return None
    return newest if newest.definition == current.definition else None


def save(name: str, definition: Condition, sentence: str) -> None:
    """Save what is shown, in place of the segment it came from; raises Shown for a bad name."""
    draft = Draft(name, definition, sentence, session.language())
    store, number = resources.store(), open_id()
    known = number is not None and any(each.id == number for each in store.list())
    kept = store.save(draft, now(), number if known else None)
    session.do(MarkSaved(kept.id, kept.name))


def kept_messages() -> tuple[Kept, ...]:
    """The messages kept with the saved segment that is shown."""
    number = open_id()
    return () if number is None else from_object(resources.store().attached(number, KIND))


def keep_message(message: Kept) -> None:
    """Keep a message with the saved segment that is shown."""
    _attach(put(kept_messages(), message))


def forget_message(choice: Choice) -> None:
    """Keep the message of a channel and language no longer."""
    _attach(without(kept_messages(), choice))


def _attach(messages: tuple[Kept, ...]) -> None:
    number = open_id()
    if number is not None:
        resources.store().attach(number, KIND, to_object(messages), who(), now())


def open_saved(saved: Saved) -> None:
    """Show a saved segment."""
    if saved.definition is not None:
        session.do(OpenSaved(saved.id, saved.name, saved.definition, saved.sentence))


def recent(most: int) -> tuple[Saved, ...]:
    """The segments changed last."""
    by_time = sorted(resources.store().list(), key=lambda each: each.changed_at, reverse=True)
    return tuple(by_time[:most])


def forget(number: int) -> None:
    """Delete a segment; one that is already gone is no trouble."""
    try:
        resources.store().delete(number)
    except Shown:
        return
