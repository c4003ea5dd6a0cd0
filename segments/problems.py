"""What a definition, a catalogue or a data folder can get wrong, as values.

A problem is frozen evidence: names, suggestions and places as fields, never prose. The wording
lives in `assistant/languages/<code>/` under the class's name. Start at `Problem`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Base of all problems; `where` is the part of the definition or file it was found in."""

    where: str


@dataclass(frozen=True, slots=True)
class UnknownField(Problem):
    """The catalogue has no such member field."""

    name: str
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnknownEvent(Problem):
    """The catalogue has no such event."""

    name: str
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnknownAttribute(Problem):
    """The event has no such attribute."""

    event: str
    name: str
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WrongOperator(Problem):
    """The comparison does not fit the type of what it compares."""

    name: str
    type: str
    operator: str


@dataclass(frozen=True, slots=True)
class WrongValue(Problem):
    """The value does not fit the type of what it is compared with."""

    name: str
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class UnknownValue(Problem):
    """The field or attribute has a closed list of values and this is none of them."""

    name: str
    value: str
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotANumber(Problem):
    """A sum, average, minimum, maximum or rank needs a number."""

    name: str


@dataclass(frozen=True, slots=True)
class NoTime(Problem):
    """The event has no time, so a window, a first or a last cannot be asked of it."""

    event: str


@dataclass(frozen=True, slots=True)
class NoTimeOfDay(Problem):
    """The times of the event are mere days, so the hour cannot be asked of it."""

    event: str


@dataclass(frozen=True, slots=True)
class EmptyRange(Problem):
    """The end lies before the start."""

    low: str
    high: str


@dataclass(frozen=True, slots=True)
class EmptyGroup(Problem):
    """All or any of nothing: would match everyone or no one."""


@dataclass(frozen=True, slots=True)
class NoPlaces(Problem):
    """Nothing in the shop's data tells where its members are."""


@dataclass(frozen=True, slots=True)
class UnknownPlace(Problem):
    """No place of the shop's has this name, or no town of the country or more than one."""

    name: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class UnknownAudience(Problem):
    """No segment or list of this name is kept; `code` is which of them was meant."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class SegmentRing(Problem):
    """A saved segment is made of itself, by way of others: the names from it back to it."""

    name: str
    ring: str


@dataclass(frozen=True, slots=True)
class BrokenAudience(Problem):
    """A saved segment cannot be read or asked of this shop, or a list is of a field that the shop
    does not have."""

    name: str


@dataclass(frozen=True, slots=True)
class BadList(Problem):
    """A list cannot be kept or found; `code` says why, `found` is what it goes by."""

    code: str
    name: str
    found: str = ""


@dataclass(frozen=True, slots=True)
class BadHandover(Problem):
    """A segment cannot be handed over so; `code` says why, `found` is what it goes by."""

    code: str
    name: str
    found: str = ""


@dataclass(frozen=True, slots=True)
class BadResults(Problem):
    """What came of a campaign cannot be told; `code` says why."""

    code: str
    name: str
    found: str = ""


@dataclass(frozen=True, slots=True)
class BadText(Problem):
    """The canonical text or the JSON cannot be read; `found` stands at `line` and `column`."""

    found: str
    line: int
    column: int
    expected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WrongVersion(Problem):
    """A saved definition of a version this program does not read."""

    found: str
    known: str


@dataclass(frozen=True, slots=True)
class BadCatalogue(Problem):
    """A mistake in a catalogue file; `code` says which, the rest is its evidence."""

    code: str
    line: int
    found: str
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BadData(Problem):
    """A data folder or one of its files cannot be used; `code` says why."""

    code: str
    found: str
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BadPlaybook(Problem):
    """A mistake in a file of playbooks, which `where` names; `code` says which, the rest is its
    evidence."""

    code: str
    line: int
    found: str
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoPrediction(Problem):
    """A field of the catalogue could not be predicted; `code` says why, `found` is what there is of
    what is `needed`."""

    name: str
    code: str
    found: str = ""
    needed: str = ""


@dataclass(frozen=True, slots=True)
class NothingAlike(Problem):
    """The shop knows too little of its members to tell who are alike: so many features were
    `found` of those that are `needed`."""

    found: str
    needed: str


@dataclass(frozen=True, slots=True)
class TooFewAlike(Problem):
    """A group is too small for others to be like it: so many members were `found` of those that are
    `needed`."""

    found: str
    needed: str


@dataclass(frozen=True, slots=True)
class BadSegmentName(Problem):
    """A segment cannot be saved under this name: `code` is empty, too_long or taken; or none is
    called so: unknown, with the names that come near."""

    code: str
    name: str
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StillNamed(Problem):
    """A segment or a list, by `code`, cannot be removed: others are made of it, `found` by name."""

    code: str
    name: str
    found: str


@dataclass(frozen=True, slots=True)
class UnknownSegment(Problem):
    """No segment is saved under this number (any more)."""

    id: int


@dataclass(frozen=True, slots=True)
class UnknownVersion(Problem):
    """A segment has no version of this number."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class SegmentChanged(Problem):
    """A version was saved while somebody worked on the one with the number `base`; `code` is named,
    or unnamed when nobody knows who saved it."""

    code: str
    name: str
    by: str
    at: str
    number: int
    base: int


@dataclass(frozen=True, slots=True)
class BadTag(Problem):
    """A segment cannot have this tag: `code` is too_long or comma."""

    code: str
    tag: str


@dataclass(frozen=True, slots=True)
class BadReview(Problem):
    """A segment cannot be looked at each so many days."""

    found: str


@dataclass(frozen=True, slots=True)
class BadSegmentFile(Problem):
    """A file of a segment cannot be taken in; `code` says why, `found` stands at `line`."""

    code: str
    file: str
    line: int
    found: str = ""
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BadStore(Problem):
    """The place where segments are kept cannot be used; `code` says why, `found` is what the
    database said of it."""

    code: str
    place: str
    found: str = ""


@dataclass(frozen=True, slots=True)
class UnknownMember(Problem):
    """The shop has no member with this key."""

    key: str


@dataclass(frozen=True, slots=True)
class BadLesson(Problem):
    """A word cannot be taught, or what it means cannot be kept; `code` says why."""

    code: str
    word: str
    found: str = ""
