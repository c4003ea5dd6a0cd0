"""Texts of playbooks filled in: `{category}` from the facts, `[a sentence]` only when its facts are
there.

In: a text as the playbooks write it, the words that the facts have. Out: the text, or None when a
fact it cannot do without is missing; never a text with a slot left open. Merge tags stay as they
are. `{Category}` begins with a capital. Start at `filled`.
"""

import re
from collections.abc import Mapping

from assistant.messages.merge_tags import TAGS

_SLOT = re.compile(r"\{(\w+)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_SPACES = re.compile(r"[ \t]{2,}")
_EDGES = re.compile(r"[ \t]*\n[ \t]*")
_LINES = re.compile(r"\n{3,}")
_BEFORE = re.compile(r" +([,.;:!?])")
_SENTENCE = re.compile(r"(.+?)[.:!?]\s+(?=\S)")


def slots(text: str) -> frozenset[str]:
    """The facts a text speaks of, by name."""
    return frozenset(name for name in map(_name, _SLOT.findall(text)) if name not in TAGS)


def needs(text: str) -> frozenset[str]:
    """The facts a text cannot do without."""
    return slots(_OPTIONAL.sub("", text))


def filled(text: str, words: Mapping[str, str]) -> str | None:
    """Fill a text from the words of the facts."""

    def optional(part: re.Match[str]) -> str:
        return part[1] if slots(part[1]) <= words.keys() else ""

    kept = _OPTIONAL.sub(optional, text)
    if not slots(kept) <= words.keys():
        return None
    return _tidy(_SLOT.sub(lambda slot: _word(slot[1], words), kept))


def after(head: str, text: str) -> str:
    """A text without its first sentence where the headline above it says the same, alone or as one
    of its sentences: an SMS needs it, and under the headline it would be read twice."""
    first = _SENTENCE.match(text)
    said = {_bare(head), *(_bare(each[1]) for each in _SENTENCE.finditer(head))}
    if first is None or _bare(first[1]) not in said:
        return text
    rest = text[first.end() :]
    return rest[:1].upper() + rest[1:]


def _bare(text: str) -> str:
    return text.rstrip(".:!?").casefold()


def _word(name: str, words: Mapping[str, str]) -> str:
    if name in TAGS:
        return f"{{{name}}}"
    said = words[_name(name)]
    return said[:1].upper() + said[1:] if name[:1].isupper() else said


def _name(slot: str) -> str:
    return slot[:1].lower() + slot[1:]


def _tidy(text: str) -> str:
    """Take away the space that a dropped sentence left."""
    text = _EDGES.sub("\n", _SPACES.sub(" ", text))
    return _LINES.sub("\n\n", _BEFORE.sub(r"\1", text)).strip()
