"""Limits on what is read from outside: how deep a definition nests, which text it may hold.

A definition of a hand-edited file or a stored line is walked by recursion later; the limit keeps a
hostile or broken one from exhausting the stack.
"""

from segments.definition import All, Any, Condition, Not, inner_of

MOST_LEVELS = 60
TOO_DEEP = "too many levels"


def too_deep(condition: Condition) -> bool:
    """Whether groups, negations and rankings stand more than `MOST_LEVELS` inside each other."""
    waiting = [(condition, 1)]
    while waiting:
        node, level = waiting.pop()
        if level > MOST_LEVELS:
            return True
        waiting.extend((child, level + 1) for child in _children(node))
    return False


def writable(text: str) -> bool:
    """Whether a text can go into a file and a query: no half surrogates, no NUL character."""
    return "\0" not in text and not any("\ud800" <= char <= "\udfff" for char in text)


def _children(condition: Condition) -> tuple[Condition, ...]:
    match condition:
        case All(parts) | Any(parts):
            return parts
        case Not(part):
            return (part,)
        case _:
            return inner_of(condition)
