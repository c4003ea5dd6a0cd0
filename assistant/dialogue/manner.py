"""How a follow-up is meant to join: in place of something, in addition, as one more condition.

Start at `Manner`.
"""

from enum import StrEnum


class Manner(StrEnum):
    """The ways, by the words around what was said."""

    REPLACE = "replace"  # "instead", "make it"
    ABOUT = "about"  # "what about": in place of something, else one more
    WIDEN = "widen"  # "also", "too": more people, or one more condition?
    OR = "or"  # "or"
    NARROW = "narrow"  # "only", "but"
    WITHIN = "within"  # "which of them": those in hand of whom it holds as well
    AND = "and"  # "and"
    BARE = "bare"  # nothing around it
    REMOVE = "remove"  # "remove", "without"
    OPPOSITE = "opposite"  # "the other way round"


MORE = frozenset({Manner.OR, Manner.WIDEN})  # a value that was named is one more beside the old
