"""Frames: one condition each, with slots that pieces fill; and the state of a left-to-right parse.

Frozen, so that the beam can share them, and tuples, since it copies, compares and hashes them more
than anything else does. Nothing here knows a word; see `assembly` for the moves.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from assistant.grammar.pieces import (
    Compare,
    EdgeWord,
    GroupsOf,
    Link,
    OfNoun,
    Owned,
    Piece,
    RankWord,
    Rhythm,
    ShareWord,
    Spaced,
    Tenure,
    TextWord,
    VagueWord,
    Versus,
    Weekdays,
    When,
)
from assistant.grammar.variants import Variants
from segments.definition import Filter, Kind, Operator, Test, Which

Kept = TypeVar("Kept", bound=tuple[Any, ...])


def quick(made: type[Kept]) -> type[Kept]:
    """A named tuple whose `_replace` copies what stays in one go, and does not go through all the
    names: a frame has seventy, and nothing is done more often."""
    places = {name: place for place, name in enumerate(made._fields)}  # type: ignore[attr-defined]

    def replaced(old: Kept, /, **changed: object) -> Kept:
        values = list(old)
        for name, value in changed.items():
            values[places[name]] = value
        return tuple.__new__(made, values)

    made._replace = replaced  # type: ignore[attr-defined]
    return made


class FrameKind(StrEnum):
    """What a frame becomes. HEADLESS waits for its event, GROUP holds what stands in brackets,
    CHAIN what was done one after another, SIDES two numbers, one held against the other."""

    HEADLESS = "headless"
    EVENT = "event"
    FIELD = "field"
    RANK = "rank"
    VAGUE = "vague"
    GROUP = "group"
    CHAIN = "chain"
    SIDES = "sides"


@dataclass(frozen=True, slots=True)
class Restriction:
    """Values of one attribute: `joint` says how they were joined ("or", "and", "")."""

    options: tuple[tuple[Owned, ...], ...]  # one entry a value named; each with its owners
    joint: str = ""
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """What a frame measures beside counting."""

    kind: Kind
    of: str | None


@dataclass(frozen=True, slots=True)
class Held:
    """A number that each record has: `kind` is open where things are counted."""

    kind: Kind | None
    of: str
    compare: Compare


@quick
class Frame(NamedTuple):
    """One condition in the making. `pieces` are the spans it was made from."""

    kind: FrameKind
    pieces: tuple[Piece, ...] = ()
    connector: str = ""
    relative: bool = False
    auxiliary: bool = False
    negated: bool = False
    event: str | None = None
    form: str = ""
    measured: Measured | None = None
    nameless: bool = False  # several events have what is measured, and none was named
    restrictions: tuple[Restriction, ...] = ()
    texts: tuple[str, ...] = ()
    compare: Compare | VagueWord | None = None
    number_filter: tuple[str, Compare] | None = None  # an attribute's own number
    details: tuple[Filter, ...] = ()  # said in brackets
    text: Operator | None = None  # of the tests on a member's text
    tests: tuple[tuple[str, Test], ...] = ()  # with their joints
    window: When | VagueWord | None = None
    also: tuple[tuple[str, When], ...] = ()  # parts of time listed after it, with their joints
    yearly: bool = False  # the day that returns each year, not the date itself
    turning: int | None = None  # how old they are on that day
    tenure: Tenure | None = None
    weekdays: Weekdays | None = None
    ever: bool = False  # "ever" was said: all time, whatever its neighbour says
    mode: str = ""
    which: EdgeWord | None = None
    not_all: bool = False  # denied of all together: "were not all on sale", "not only in store"
    chosen: "Frame | None" = None  # as it was before "was": by what the first or last is chosen
    field: str | None = None
    known: bool | None = None
    rank: RankWord | None = None
    by: bool = False  # the ranking's measure was named, not the verb of a clause
    most: bool = False
    new_group: bool = False  # a noun for members was said before it
    one: bool = False  # "an order": a single one
    group: str = ""  # by what its records are put together: "on the same day"
    groups: Compare | None = None  # in how many of them: "in at least 3 months"
    held: "tuple[Held, ...]" = ()  # numbers of each record: "an order with 5 products"
    each_unit: str = ""  # the part of time in every one of which it was done
    each_of: bool = False  # in each one of them, and not on average
    both: bool = False  # "both" was said before the values of a noun: in one record
    lacking: tuple[Restriction, ...] = ()  # what a record is without: "an order without shampoo"
    beside: tuple[Restriction, ...] = ()  # what else is in it: "shampoo together with soap"
    favourite: str | None = None  # the attribute whose most common value is said
    most_by: str | None = None  # the number that most went to it, where it is not their count
    usual: bool = False  # the value of `sole` is that of most records, not of all
    within: str | None = None  # the field in whose every value a ranking is made
    not_both: bool = False  # "tea or coffee but not both", of the last that was named
    of_these: str = ""  # "two of", "any of", "all of": of the values that are listed
    counts_things: bool = False  # the number counts what was named: "three shampoos"
    bare: bool = False  # stands right after its connector
    anything: bool = False  # "something" was said for its object
    another: bool = False  # "other hair care": waits for what it is other than
    pronoun: bool = False  # "it" was said after the verb
    lesser: bool = False  # a town's name for a region, or a number: its field has to be named
    number_after: bool = False  # "orders over 500": a number, but of what?
    as_age: bool = False  # a number without a unit was taken for an age
    opening: bool = False  # and nobody was named before it: "over 30 and under 40"
    vague: VagueWord | None = None
    distinct: str | None = None
    elliptic: bool = False
    so_many: bool = False  # only another number and time were said: "and fewer than two this year"
    interest: bool = False  # what they are interested in shows in whatever they do
    shared: bool = False  # its window was said with the frame after it
    sole: int = -1  # the restriction that all records meet: "only in store", "always on sale"
    every: bool = False  # "whose every order": waits for what holds for all of them
    consent: str = ""  # to, reach, refused; open until the noun after its channels
    either: bool = False  # the first of "either … or …": what is before it holds for both
    done_there: bool = False  # a place named after what they did: "bought in Oslo"
    truth: bool = False  # a field of yes or no, named without either
    link: Link | None = None  # how it hangs on what was done before or after it
    same: tuple[tuple[str, str], ...] = ()  # (event, attribute): as the other record has it
    spaced: Spaced | None = None  # the days between one and the next
    rhythm: Rhythm | None = None  # silent for longer than usual
    again: bool = False  # "again": after another of its kind
    later_day: bool = False  # "on a later day" than what it follows
    versus: Versus | None = None  # waits for the other number: "more … than"
    share: ShareWord | None = None  # it is a part: of what was said by then, its `base`
    base: "Frame | None" = None
    makes_up: bool = False  # "tea makes up half of", "half of what they buy": of what, or how much
    grouping: GroupsOf | None = None  # of a bracket: of which groups of records it speaks
    inner: tuple["Frame", ...] = ()  # of a group: what stands in its brackets; of sides: both
    inside: Variants = ()  # of a group: the readings of that

    def fresh(self) -> bool:
        """Whether only the head of the event has been said."""
        return self.kind is FrameKind.EVENT and not (
            self.restrictions
            or self.texts
            or self.compare
            or self.window
            or self.weekdays
            or self.mode
            or self.which
            or self.number_filter
            or self.details
            or self.distinct
            or self.same
            or self.again
            or self.later_day
            or self.spaced
            or self.rhythm
            or self.group
            or self.each_unit
            or self.held
            or self.lacking
            or self.beside
            or self.favourite
        )

    def barely(self) -> bool:
        """Whether only its head has been said, or before that how soon it follows: "and then within
        3 days contacted"."""
        return self.fresh() or (self.link is not None and self._replace(window=None).fresh())

    def had_by(self, event: str) -> bool:
        """Whether an event has all that was named so far."""
        named = (options for said in self.restrictions for options in said.options)
        return all(any(owned.event == event for owned in options) for options in named)

    def edged(self) -> bool:
        """Whether it is the first, last … of what a noun names: "their last order"."""
        return self.kind is FrameKind.EVENT and self.which is not None and self.form == "noun"

    def newest(self) -> bool:
        """Whether it is about the last of what they did, which can only be so near to today."""
        return self.edged() and self.which is not None and self.which.which is Which.LAST

    def whole(self) -> bool:
        """Whether that first or last closes what was said of it: of "bought tea in their last order
        in store" it is not clear what "in store" is said of."""
        return self.edged() and self.chosen is not None and self.chosen.which is None

    def waiting(self) -> bool:
        """Whether a field was named and its test is still to come."""
        return (
            self.kind is FrameKind.FIELD
            and self.known is None
            and not (self.restrictions or self.compare or self.window or self.tenure)
            and not (self.text or self.tests)
        )


@quick
class Pending(NamedTuple):
    """What was said and waits for the frame that it belongs to."""

    connector: str = ""
    negated: bool = False
    none: bool = False  # the negation was a determiner
    relative: bool = False
    auxiliary: bool = False
    which: EdgeWord | None = None
    place: bool = False
    by: bool = False
    equals: bool = False
    known: bool | None = None
    compare: Compare | VagueWord | None = None
    distinct: bool = False
    mode: str = ""
    attribute: tuple[tuple[str, str], ...] = ()
    both: str = ""
    either: bool = False
    new_group: bool = False
    comma: bool = False  # a comma stood before the connector
    only: str = ""  # "only" or "always" was said: of a number, or of what all records meet
    every: bool = False  # "all" was said: of people or of what they did?
    yearly: bool = False  # "anniversary of" waits for its date
    text: TextWord | None = None  # waits for its literal, after an attribute
    ever: bool = False
    formerly: bool = False  # "previously" was said: of what was done, since no field tells it
    thing: bool = False  # "who have … something": what have they done with it?
    must_negate: bool = False  # "anything but" is no contrast unless a "not" follows
    consent: str = ""  # that something was agreed to: to, reach
    interest: bool = False  # "interested in": in what?
    link: Link | None = None  # "and then", "after": waits for what was done
    rhythm: Spaced | Rhythm | None = None  # "30 days between": waits for its event
    same: bool = False  # "the same": waits for the word for an attribute
    bound: str = ""  # "at least", before a value of an ordered field
    each: bool = False  # "in each" was said: in each of what?
    parts: bool = False  # "in each of" was said: of which time?
    favourite: bool = False  # "favourite" was said: which of their things?
    kinds: bool = False  # "number of different" was said: of what?
    weighed: bool = False  # "top" was said: which of their things, and by what?
    beside: bool = False  # "together with": with what?
    of_these: str = ""  # "one of", "each of": of what is listed next
    groups: GroupsOf | None = None  # "in the same order": waits for the bracket that says what
    of_noun: OfNoun | None = None  # "most common topic in": in what they did?
    versus: Versus | None = None
    share: ShareWord | None = None
    pieces: tuple[Piece, ...] = ()

    def loose(self) -> bool:
        """Whether something waits that a new frame has to take."""
        return self.known is not None or any(_waiting(self))


_WAITING = (  # what a new frame has to take; so has `known`, which waits where it is "no", too
    "which",
    "compare",
    "distinct",
    "mode",
    "attribute",
    "equals",
    "consent",
    "interest",
    "bound",
    "yearly",
    "text",
    "same",
    "each",
    "parts",
    "favourite",
    "kinds",
    "weighed",
    "of_noun",
    "beside",
    "of_these",
    "groups",
    "rhythm",
    "versus",
    "share",
)
_waiting = itemgetter(*map(Pending._fields.index, _WAITING))

TIME = 1000  # as `sole`: it is the time that all its records have
THAN = "than"  # the connector of the number that another is held against
ITEM = "item"  # the connector of an item without one: all hold


class Enclosed(StrEnum):
    """What is open: a bracket with a reading of its own, one without, a list, an item of it."""

    BRACKET = "bracket"
    THROUGH = "through"
    LIST = "list"
    ITEM = "item"


class Outer(NamedTuple):
    """What stood before a bracket, a list or an item of one that is still open. A bracket that is
    `through` adds nothing but words to the frame before it ("bought shampoo (in 2025)")."""

    frames: tuple[Frame, ...]
    pending: Pending
    open: int
    piece: Piece
    kind: Enclosed


@quick
class State(NamedTuple):
    """A parse up to a token."""

    frames: tuple[Frame, ...] = ()
    pending: Pending = Pending()
    cost: float = 0.0
    path: tuple[Piece, ...] = ()
    open: int = -1  # index of the event frame that slots go to
    last: Piece | None = None  # the last piece that was no structure
    outer: tuple[Outer, ...] = ()  # the brackets that are open

    @property
    def top(self) -> Frame | None:
        """The newest frame."""
        return self.frames[-1] if self.frames else None

    @property
    def event(self) -> Frame | None:
        """The event frame that is open for slots."""
        return self.frames[self.open] if self.open >= 0 else None

    def put(self, index: int, frame: Frame, **changed: Any) -> "State":  # noqa: ANN401 - as _replace
        """With the frame at an index replaced, and what else is changed."""
        frames = (*self.frames[:index], frame, *self.frames[index + 1 :])
        return self._replace(frames=frames, **changed)


def headless(group: Frame) -> bool:
    """Whether all that a bracket holds wants a verb."""
    return all(frame.kind is FrameKind.HEADLESS for frame in flat([group]))


def flat(frames: Iterable[Frame]) -> Iterator[Frame]:
    """The frames in order, those in brackets too; what was said before a bracket, such as "not",
    counts to the first in it."""
    for frame in frames:
        if frame.kind is not FrameKind.GROUP:
            yield frame
            continue
        first, *others = flat(frame.inner)
        yield first._replace(pieces=(*frame.pieces, *first.pieces))
        yield from others
