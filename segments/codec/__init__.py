"""Definitions as canonical text and as versioned JSON; both ways keep every value and its type.

Knows no catalogue: whether the names exist is asked by `segments.check`. Start at `printer` (the
text form), `parser` with `definition.lark` (reading it), `objects` (JSON).
"""

from segments.codec.objects import VERSION, from_json, to_json
from segments.codec.parser import from_text, if_text
from segments.codec.period_words import MONTHS, WEEKDAYS
from segments.codec.printer import to_text, window_text

__all__ = [
    "MONTHS",
    "VERSION",
    "WEEKDAYS",
    "from_json",
    "from_text",
    "if_text",
    "to_json",
    "to_text",
    "window_text",
]
