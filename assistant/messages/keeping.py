"""Messages kept with a segment, as a person has written them: plain data that goes into JSON.

In: a choice and its texts. Out: `Kept`, and objects for a store. One is kept for each channel and
language. Start at `put`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant.messages.writing import Choice

KIND = "messages"  # what a store calls them


@dataclass(frozen=True, slots=True)
class Kept:
    """A message as it was kept; `texts` are pairs of slot and text in reading order."""

    playbook: str
    choice: Choice
    texts: tuple[tuple[str, str], ...]


def put(kept: Sequence[Kept], added: Kept) -> tuple[Kept, ...]:
    """The messages with one more, in place of that of its channel and language."""
    return (*without(kept, added.choice), added)


def without(kept: Sequence[Kept], choice: Choice) -> tuple[Kept, ...]:
    """The messages but for that of a channel and language."""
    return tuple(each for each in kept if _place(each.choice) != _place(choice))


def find(kept: Sequence[Kept], choice: Choice) -> Kept | None:
    """That of a channel and language, if any."""
    return next((each for each in kept if _place(each.choice) == _place(choice)), None)


def to_object(kept: Sequence[Kept]) -> dict[str, Any] | None:
    """What a store keeps; None for no messages."""
    return {"messages": [asdict(each) for each in kept]} if kept else None


def from_object(content: Mapping[str, Any] | None) -> tuple[Kept, ...]:
    """The messages of a store; what another program has left there and cannot be read is none."""
    found = []
    for each in (content or {}).get("messages", ()):
        try:
            texts = tuple((str(slot), str(text)) for slot, text in each["texts"])
            found.append(Kept(str(each["playbook"]), Choice(**each["choice"]), texts))
        except (KeyError, TypeError, ValueError):
            continue
    return tuple(found)


def _place(choice: Choice) -> tuple[str, str]:
    return choice.channel, choice.language
