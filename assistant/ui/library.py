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
from segments.problems import SegmentChanged, UnknownSegment
from segments.rewrites import simplify
from segments.store import Cause, Draft, Saved, Version, changed_since


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


def save(
    name: str,
    definition: Condition,
    sentence: str,
    note: str = "",
    *,
    anew: bool = False,
    over: bool = False,
) -> None:
    """Save what is shown: as a new version of the segment it came from, or `anew`. Raises Shown
    for a bad name, and when somebody has saved another version since it was opened, unless it is
    to be saved `over` that."""
    store, kept = resources.store(), None if anew else _kept()
    opened = session.state().current.saved
    if kept is not None and opened is not None and name == opened.name:
        name = kept.name  # it may have got another one since
    draft = Draft(name, definition, sentence, session.language(), by=who(), note=note)
    if kept is None:
        done = store.save(draft, now())
    else:
        done = store.save(draft, now(), kept.id, None if over else _base(kept))
    _take_down(done, definition)
    session.do(MarkSaved(done.id, done.name))


def changed_meanwhile() -> SegmentChanged | None:
    """That somebody has saved another version since this one was opened."""
    kept = _kept()
    if kept is None or (base := _base(kept)) == kept.newest.number:
        return None
    return changed_since(kept, base)


def _kept() -> Saved | None:
    """The saved segment that is shown, as it is now; None when there is none any more."""
    number = open_id()
    return next((each for each in resources.store().list() if each.id == number), None)


def _base(kept: Saved) -> int:
    """The number of the version that was opened: the newest that says what was opened; 0 when it
    is not there any more."""
    opened = session.state().current.saved
    if opened is None:
        return 0
    said = simplify(opened.definition)
    for each in resources.store().history(kept.id):
        if each.definition is not None and simplify(each.definition) == said:
            return each.number
    return 0


def _take_down(saved: Saved, definition: Condition) -> None:
    """How many it has, for its size over time."""
    found = session.answer()
    if found is not None and found.count is not None and found.definition == definition:
        resources.store().record_size(
            saved.newest.id, found.count, found.total, found.as_of, Cause.SAVE, now()
        )


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
    used = (each for each in resources.store().list() if each.archived_at is None)
    by_time = sorted(used, key=lambda each: each.changed_at, reverse=True)
    return tuple(by_time[:most])


def forget(number: int) -> None:
    """Delete a segment; one that is gone is no trouble. Raises Shown when others name it."""
    try:
        resources.store().delete(number)
    except Shown as wrong:
        if not any(isinstance(each, UnknownSegment) for each in wrong.problems):
            raise
