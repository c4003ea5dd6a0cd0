"""Where in a JSON text a value stands: for telling a person the line of a mistake.

In: a text that is JSON, and a path as `segments.codec` writes it ("definition.parts[0].test"). Out:
line and column, from 1, of the value, or of the innermost one around it that is there.
"""

import json
import re

_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
_SPACE = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()


def place(text: str, path: str) -> tuple[int, int]:
    """Line and column of the value at a path."""
    at = _space(text, 0)
    for index, key in _STEP.findall(path):
        found = _item(text, at, int(index)) if index else _entry(text, at, key)
        if found is None:
            break
        at = found
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _entry(text: str, at: int, wanted: str) -> int | None:
    """The start of the value under a key; of the last one when it is written twice."""
    if text[at] != "{":
        return None
    found = None
    at = _space(text, at + 1)
    while text[at] == '"':
        key, at = _DECODER.raw_decode(text, at)
        at = _space(text, _space(text, at) + 1)  # past the colon
        found = at if key == wanted else found
        at = _next(text, at)
    return found


def _item(text: str, at: int, wanted: int) -> int | None:
    if text[at] != "[":
        return None
    at = _space(text, at + 1)
    for _ in range(wanted):
        if text[at] == "]":
            return None
        at = _next(text, at)
    return None if text[at] == "]" else at


def _next(text: str, at: int) -> int:
    """Past a value and the comma after it."""
    at = _space(text, _DECODER.raw_decode(text, at)[1])
    return _space(text, at + 1) if text[at] == "," else at


def _space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
