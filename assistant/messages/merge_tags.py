"""What a tool fills in for each person, in that tool's own syntax, with what to say of those it
does not know.

In: a text with tags as the playbooks write them, `{first_name}`. Out: the text for a tool, or the
text as the longest name makes it, to be measured. The syntaxes are data, `merge_tags.toml` beside
this module. Start at `written` and `received`.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

TAGS = ("first_name", "company")
PLAIN = "plain"
_TAG = re.compile(r"\{(" + "|".join(TAGS) + r")\}")
_FALLBACK = "{fallback}"
# What would end a tag or a string inside it: an apostrophe has a twin that ends nothing.
_HARMLESS = str.maketrans({"'": "’", '"': "”", "{": "(", "}": ")", "|": "/", "*": "·", "%": "‰"})


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool messages are sent with; `tags` are its spellings by our names."""

    code: str
    name: str
    tags: Mapping[str, str]
    unsubscribe: str = ""

    def falls_back(self, tag: str) -> bool:
        """Whether the tag can say something of those it does not know."""
        return _FALLBACK in self.tags[tag]


@cache
def tools() -> Mapping[str, Tool]:
    """Every tool by its code, in the order in which they are offered."""
    path = resources.files("assistant.messages") / "merge_tags.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        code: Tool(
            code, found["name"], {tag: found[tag] for tag in TAGS}, found.get("unsubscribe", "")
        )
        for code, found in data.items()
    }


def used(text: str) -> frozenset[str]:
    """The tags in a text as the playbooks write it."""
    return frozenset(_TAG.findall(text))


def written(text: str, tool: Tool, fallbacks: Mapping[str, str]) -> str:
    """The text in a tool's syntax."""
    said = {tag: fallbacks.get(tag, "").translate(_HARMLESS) for tag in TAGS}
    return _TAG.sub(lambda tag: tool.tags[tag[1]].replace(_FALLBACK, said[tag[1]]), text)


def received(text: str, tool: Tool, room: Mapping[str, int]) -> str:
    """A text in a tool's syntax as whoever has the longest name gets it: `room` is how many
    letters that name has. What is unknown may be said with more letters than the longest name."""
    for tag in TAGS:
        least = room.get(tag, 0)
        text = _spelled(tool.tags[tag]).sub(_filled(least), text)
    return text


def _filled(least: int) -> Callable[[re.Match[str]], str]:
    def of(found: re.Match[str]) -> str:
        return "x" * max(least, len(found.groupdict().get("otherwise", "")))

    return of


@cache
def _spelled(tag: str) -> re.Pattern[str]:
    """What finds a tag in a text, with what it falls back on as `otherwise`."""
    spelling = re.escape(tag)
    return re.compile(spelling.replace(re.escape(_FALLBACK), "(?P<otherwise>[^'\"{}|*%]*?)"))
