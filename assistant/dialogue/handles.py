"""A handle: one thing of a leaf that can be changed in place.

Each has what stands there now and a `put` that gives the leaf with something else there; all else
of the leaf stays. Start at `Handle`; which handles a leaf has is `assistant.dialogue.handling`.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from assistant.dialogue.putting import Put
from segments.catalogue import Attribute
from segments.definition import Test, Window, Within


class What(StrEnum):
    """What a number or a choice is, for its words on the page."""

    NUMBER = "number"
    MONEY = "money"
    DAYS = "days"
    PERCENT = "percent"
    TIMES = "times"
    OFTEN = "often"
    SIZE = "size"
    NTH = "nth"
    SIDE = "side"
    WITHIN_FIELD = "within_field"
    OPERATOR = "operator"
    MIDDLE = "middle"
    DISTANCE = "distance"
    KILOMETRES = "kilometres"
    WHICH = "which"
    REACH = "reach"
    ORDER = "order"
    ABSENT = "absent"
    BY = "by"
    WEIGHT = "weight"
    NAME = "name"


class Role(StrEnum):
    """What the records that a handle is of are to the leaf."""

    ONLY = "only"
    LEFT = "left"
    RIGHT = "right"
    PART = "part"
    WHOLE = "whole"
    STEP = "step"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which of a leaf's records a handle is of: `place` is their index in `records_of`. None: it is
    of the leaf as a whole."""

    role: Role
    event: str
    place: int


@dataclass(frozen=True, slots=True)
class Tested:
    """A test. `owner` is the field, or the attribute as `Catalogue.owners` names it, and empty for
    a number of the leaf's own; `whole` when only whole numbers make sense, `negated` when what
    passes it is left out. A number that goes from 1 to a highest one has that as `most`; one that
    is measured is never `exact`."""

    scope: Scope | None
    what: What
    owner: str
    attribute: Attribute
    test: Test
    put: Put = field(compare=False, repr=False)
    whole: bool = False
    negated: bool = False
    most: int | None = None
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Timed:
    """A window; `optional` when it may be left out, which is all time."""

    scope: Scope | None
    window: Window | None
    optional: bool
    put: Put = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Spaced:
    """How far a step may be from the one before it; None is any distance."""

    scope: Scope | None
    within: Within | None
    put: Put = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number above 0, and the highest it can be."""

    scope: Scope | None
    what: What
    number: int | Decimal
    most: int
    whole: bool
    put: Put = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Chosen:
    """One of several; "" is none of them where that is a choice. `event` is whose attributes the
    options are, where they are."""

    scope: Scope | None
    what: What
    options: tuple[str, ...]
    chosen: str
    put: Put = field(compare=False, repr=False)
    event: str = ""


Handle = Tested | Timed | Spaced | Numbered | Chosen
