"""The typed spans that a sentence is cut into, and their payloads. Data only."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from assistant.grammar.reading import Note
from segments.definition import (
    Audience,
    Condition,
    Filter,
    Fixed,
    Middle,
    Operator,
    Reach,
    Side,
    Test,
    Unit,
    Which,
    Within,
)
from segments.definition import Kind as AggregateKind
from segments.definition import Window as TimeWindow

SIMILAR = "similar"  # the section of words.toml for who is like others, and its concept


class Sort(StrEnum):
    """What a piece is to the grammar."""

    STRUCTURE = "structure"
    CONNECTIVE = "connective"
    NEGATION = "negation"
    VALUE = "value"
    FIELD = "field"
    EVENT = "event"
    MEASURE = "measure"
    COMPARE = "compare"
    WINDOW = "window"
    WEEKDAYS = "weekdays"
    RANK = "rank"
    MOST = "most"
    EDGE = "edge"
    MODE = "mode"
    AFTER = "after"
    KNOWN = "known"
    ATTRIBUTE = "attribute"
    DISTINCT = "distinct"
    GROUPED = "grouped"
    EACH = "each"
    FAVOURITE = "favourite"
    UNITS = "units"
    YEARLY = "yearly"
    TENURE = "tenure"
    VAGUE = "vague"
    QUOTE = "quote"
    TEXT = "text"
    LITERAL = "literal"
    DETAILS = "details"
    RANGE = "range"
    ASIDE = "aside"
    AS_OF = "as_of"
    LINK = "link"
    SAME = "same"
    AGAIN = "again"
    SPACED = "spaced"
    OVERDUE = "overdue"
    BEYOND = "beyond"
    VERSUS = "versus"
    THAN = "than"
    SHARE = "share"
    CONSENT = "consent"
    CHANNEL = "channel"
    TRUTH = "truth"
    BOUND = "bound"
    OPEN = "open"
    CLOSE = "close"
    ITEM = "item"
    UNKNOWN = "unknown"


PASSED_OVER = frozenset({Sort.UNKNOWN, Sort.BEYOND})  # what keeps a parse from being run


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as read, with what it counts: nothing, money, time or per cent."""

    value: int | Decimal
    money: str | None = None  # ISO code, "kr" for the shop's crown; None: no money
    unit: Unit | None = None
    percent: bool = False
    age: bool = False
    times: bool = False
    factor: int = 1  # what a suffix multiplied it by: 1000 in "5k"


@dataclass(frozen=True, slots=True)
class Structure:
    """Words that carry no condition: what they may be, as flags."""

    flags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Connective:
    """How two parts hang together: and, or, but, except, without, nor, comma, neither, both."""

    kind: str
    foreign: bool = False  # a word of another language than the sentence's


@dataclass(frozen=True, slots=True)
class Negation:
    """`none` for a determiner ("no orders"), else an adverb ("not"); `of_them` where it can be none
    of what was named before ("looked at shoes and bought none"); `lapsed` where it was done
    once ("no longer"), `never` where it is of each time apart."""

    none: bool
    of_them: bool = False
    lapsed: bool = False
    never: bool = False


@dataclass(frozen=True, slots=True)
class Owned:
    """A value and what owns it: a member field, or an attribute of an event."""

    event: str | None
    name: str
    code: str | bool | None  # None: only that it is known
    tied: bool = False  # named so only after the word for its field: "language Swedish"


@dataclass(frozen=True, slots=True)
class ValueOf:
    """Everything a phrase can name: a field's value or one attribute's value in several events.
    `guarded` when the phrase is a word of structure too ("not", "over") and no quotes stand by."""

    options: tuple[Owned, ...]
    guarded: bool = False


@dataclass(frozen=True, slots=True)
class ValueList:
    """Several values in brackets, each with the owners that all of them share; `joint` says how
    they were joined: "or", "and" or, with commas only, ""."""

    values: tuple[tuple[Owned, ...], ...]
    joint: str


@dataclass(frozen=True, slots=True)
class FieldWord:
    """A word that names a member field; or, when `yearly`, the day on which its date returns."""

    field: str
    yearly: bool = False
    form: str = ""  # what it asks for: naming (a name), domain (of an e-mail address), "@gmail."
    turning: int | None = None  # so many years old on the day that the window is about


@dataclass(frozen=True, slots=True)
class EventWord:
    """A verb or noun for an event; `form` is verb, noun, spend or buyers."""

    event: str
    form: str
    one: bool = False  # "an order": a single one
    uses: bool = False  # "used": only with what was used, a channel or a page
    completes: bool = False  # "opened an email": only says what an open verb is done with
    ours: bool = False  # "we have not sent": only of what we do, which they then get
    whole: bool = False  # "been contacted": nothing more need be said


@dataclass(frozen=True, slots=True)
class MeasureWord:
    """A noun for an aggregate of an event ("average order value")."""

    event: str
    kind: AggregateKind
    of: str | None
    turnover: bool = False  # a word that of a company may mean its own


@dataclass(frozen=True, slots=True)
class Far:
    """A distance in kilometres, and how many of them the unit is that it was said in."""

    value: int | Decimal
    factor: Decimal


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison and what its numbers count. `bare` when no comparing word stood by it."""

    test: Test
    unit: Amount
    bare: bool = False
    named: bool = False  # a word for people of an age: "teenagers"


@dataclass(frozen=True, slots=True)
class Tenure:
    """Since when they are customers; several windows where that is open. `bare` when no comparing
    word stood by it; `new` is the window of those who came since, where that can be said."""

    windows: tuple[Fixed, ...]
    bare: bool = False
    new: Fixed | None = None


@dataclass(frozen=True, slots=True)
class When:
    """A window; `negated` when it only makes sense of something that did not happen."""

    window: TimeWindow
    negated: bool = False
    within: bool = False  # "within 7 days": of now, or of something else that was said
    by_then: bool = False  # "in 30 days": on that day, or perhaps until then
    idle: bool = False  # "in 60-90 days", of what was not done: how long ago the last time is
    before: bool = False  # "the 90 days before": those before the stretch that it is compared with
    spell: bool = False  # "in 30 days", of what was done three times: of today, or of any
    running: bool = False  # "i veckan": this week, but after a number each one
    bare: bool = False  # a month's or feast's name alone: "summer" may be part of another name
    some: bool = False  # "of the last 3 months", in so many of which it was done


@dataclass(frozen=True, slots=True)
class Weekdays:
    """Days of the week that something is done on, 1 for Monday; `others`: on the other days;
    `week`: in which week, as "last weekend" says. Or `hours` of the day, or both: `vague` where
    they stand for a word such as "evening". Without days any day will do."""

    days: tuple[int, ...]
    others: bool = False
    week: TimeWindow | None = None
    hours: tuple[int, ...] = ()
    vague: bool = False

    def joined(self, other: "Weekdays") -> "Weekdays | None":
        """The days of one with the hours of the other; None where both say the same."""
        if bool(self.days) is bool(other.days) or bool(self.hours) is bool(other.hours):
            return None
        days, clock = (self, other) if self.days else (other, self)
        week = days.week or clock.week
        return replace(days, hours=clock.hours, vague=clock.vague, week=week)


@dataclass(frozen=True, slots=True)
class RankWord:
    """Top or bottom so many, or so many per cent; no amount for "the most"."""

    side: Side
    amount: int | Decimal | None
    percent: bool = False
    money: bool = False  # "the most money": what it came to, whatever the verb
    times: bool = False  # "the most times": counted, whatever the event is worth
    open: bool = False  # "the 100 customers who": a ranking only once "the most" follows


@dataclass(frozen=True, slots=True)
class EdgeWord:
    """First or last; the nth from that end; all or any of as many, or `none`. `bare` when only a
    word such as "whose" before it tells that it counts: in Swedish "other" is also "second".
    `after` when it stands after its verb: "bought for the first time"; `unit` when a number is to
    say how long ago it was: "days since the last order"; `part` when how many of them was said
    before it: "at least two of their last five". `newly`: it was not long ago that they did it
    first, as of "new subscribers"."""

    which: Which
    number: int = 1
    reach: Reach = Reach.NTH
    bare: bool = False
    none: bool = False
    after: bool = False
    unit: Unit | None = None
    part: bool = False
    newly: bool = False


@dataclass(frozen=True, slots=True)
class Mode:
    """How a number is meant: total, single, average, highest, lowest, only so many; or, after what
    it counts, at least (ge), at most (le) or exactly (eq) so many. Again, or on a later day."""

    kind: str


@dataclass(frozen=True, slots=True)
class GroupWord:
    """Together in one record, or in one part of time: "in a single order", "in one week"; done in
    `every` one of them, or so many in each, as a `rate`: "twice a month"; or with what is named
    next `beside` it: "in the same order as". Without `by` the time that comes next has the parts:
    "in each of the last three months"."""

    by: str
    every: bool = False
    beside: bool = False
    rate: bool = False


@dataclass(frozen=True, slots=True)
class FavouriteWord:
    """That the value said next is the most common one, of these attributes where they are named:
    "favourite", "favourite brand"."""

    names: tuple[tuple[str, str], ...] = ()  # (event, attribute)
    weighed: bool = False  # by a number that has to follow: "top category by amount"


@dataclass(frozen=True, slots=True)
class KindsWord:
    """That it is counted how many different ones there are: "number of different"; or, where the
    noun of an event of the shop's own follows, how many of those: "number of"."""

    different: bool = True


@dataclass(frozen=True, slots=True)
class OfNoun:
    """What is asked of the records that a noun has still to name: the most common value of one of
    the attributes, or how many different ones there are, or `unit`s of time; or how many there are
    of the records themselves, where neither is said."""

    kinds: bool
    names: tuple[tuple[str, str], ...] = ()  # (event, attribute)
    unit: Unit | None = None
    weighed: bool = False
    by: tuple[tuple[str, str], ...] = ()  # the number that most went to it


@dataclass(frozen=True, slots=True)
class GroupsOf:
    """In which groups of records something holds that stands in a bracket: `by` a part of time or
    the record, or by one of the attributes; in one of them, or in so many."""

    by: str
    names: tuple[tuple[str, str], ...] = ()  # (event, attribute)
    compare: Compare | None = None


@dataclass(frozen=True, slots=True)
class KnownWord:
    """That something is known or lacking; `relative` where a clause begins with it, `stated` where
    it is about what is known and not about what somebody has: "unknown", not "no"; `any` where one
    of several that "or" joins may be meant: "missing a phone or a city", not "with no phone or"."""

    known: bool
    relative: bool = False
    stated: bool = False
    any: bool = False


@dataclass(frozen=True, slots=True)
class AttributeWord:
    """A word for an attribute, by role or by "event.name"; `unit` for parts of time."""

    names: tuple[tuple[str, str], ...]  # (event, attribute)
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class VagueWord:
    """A concept that has no fixed meaning until the shop or the person gives one; or the segments
    or lists that are called by name, and how they were joined: "or", "and"; or what is `meant` of
    the people at a company, by a distance, or of who is like others, and what was taken for granted
    in it; or what it is `among`, to be asked."""

    concept: str
    audiences: tuple[Audience, ...] = ()
    joint: str = ""
    meant: Condition | None = None
    notes: tuple[Note, ...] = ()
    among: tuple[Condition, ...] = ()

    @property
    def alike(self) -> bool:
        """Whether it says who is like others."""
        return self.concept == SIMILAR and (self.meant is not None or bool(self.among))


@dataclass(frozen=True, slots=True)
class Aside:
    """What is to be done with the members: said first (lead), or last (trail) after a lead."""

    trail: bool


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day that today is taken to be."""

    day: date


@dataclass(frozen=True, slots=True)
class Versus:
    """How one number of theirs stands to another: "more", "at least twice as many". `by` says what
    is compared where a word tells: times, money; that it is a change, or that the number named
    before it has gone up or down (level). `bare` when "twice as much" leaves open whether more will
    do too; `sign` between two that are written out; `norm` where the other number is the mean or
    median of everyone's, or either ("above the norm")."""

    operator: Operator
    times: int | Decimal = 1
    by: str = ""
    bare: bool = False
    sign: bool = False
    norm: tuple[Middle, ...] = ()


@dataclass(frozen=True, slots=True)
class Than:
    """What stands before the other number. `after` says what it can only follow: "change", as
    "since" does; "as", which goes with "as much" and "twice as many", and not with "more". `norm`
    where the other number is that of everyone: "than the average customer". `step`: its time is
    told by that of the first, as "before" it or the "year" before, of a `unit` that was named."""

    after: str = ""
    norm: tuple[Middle, ...] = ()
    step: str = ""
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class ShareWord:
    """A part of a whole, as fractions: one, two for BETWEEN, none where they are still to come.
    `form` is plain ("at least a third"), of ("at least a third of their"), mostly or rate."""

    operator: Operator | None = None
    fractions: tuple[Fraction, ...] = ()
    form: str = "plain"
    events: tuple[str, str] | None = None  # of a rate: what is counted, and out of what
    told: bool = False  # in words, which leave open whether by number or by value
    done: bool = False  # "half of what they": a verb comes next


@dataclass(frozen=True, slots=True)
class ConsentWord:
    """That something was agreed to: before its channels (to, reach) or after them (noun)."""

    kind: str


@dataclass(frozen=True, slots=True)
class ChannelWord:
    """A channel, by the field that holds the consent to it."""

    field: str


@dataclass(frozen=True, slots=True)
class Beyond:
    """Something that no definition can say yet, by its code, or a mere goal."""

    what: str


@dataclass(frozen=True, slots=True)
class Text:
    """A quoted string, a word that is in no lexicon, or one that stands for itself: `plain` when it
    can hardly be anything else."""

    text: str
    plain: bool = True


@dataclass(frozen=True, slots=True)
class TextWord:
    """A test on a text: contains, starts or ends."""

    operator: Operator
    negated: bool = False


class Linking(StrEnum):
    """How what is done hangs on what was done: "and then", "and before that", or so at the end of
    the clause (LATER, EARLIER); the other way round, "bought after opening", "since", "before"; or
    after the first of its own kind."""

    THEN = "then"
    PRIOR = "prior"
    LATER = "later"
    EARLIER = "earlier"
    AFTER = "after"
    SINCE = "since"
    BEFORE = "before"
    FIRST = "first"


@dataclass(frozen=True, slots=True)
class Link:
    """How one thing that members do follows another, and how far off at most. `fronted` where what
    it begins with is said first: "after opening it, bought within 3 days"; `sent` where nothing
    stands for it, as in "opened the last three" of what they were sent."""

    kind: Linking
    within: Within | None = None
    fronted: bool = False
    sent: bool = False


@dataclass(frozen=True, slots=True)
class SameWord:
    """That a record has the same as the one before it: of the role, or of what is named next."""

    role: str = ""
    one: bool = False  # "one and the same": never the same as something before


class Spacing(StrEnum):
    """Which of the times between records a number is about: their average, one of them, each, the
    shortest, the longest, or one that was not named; `often`: how often, so about that or more."""

    AVERAGE = "average"
    TWO = "two"
    EACH = "each"
    SHORTEST = "shortest"
    LONGEST = "longest"
    PLAIN = "plain"
    OFTEN = "often"


@dataclass(frozen=True, slots=True)
class Spaced:
    """The days between one record and the next; of the event named, or of what was done."""

    kind: Spacing
    test: Test
    event: str | None = None
    months: bool = False  # said in months or years, which are counted as days
    mean: bool = False  # "on average" was said of how often
    pair: bool = False  # of two that were counted before it: "two orders within 7 days …"
    waits: bool = False  # its event is named next, in the shop's own words
    alone: bool = False  # one word, as "weekly", which before a noun would be about that


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Silent for longer than so many times the usual time between records; of the event named, or
    of what was not done."""

    times: int | Decimal = 1
    event: str | None = None
    assumed: bool = False  # no event was named: purchases
    waits: bool = False  # its event is named next, in the shop's own words


@dataclass(frozen=True, slots=True)
class Range:
    """From one value of an ordered field to another: "between silver and gold"."""

    field: str
    test: Test


@dataclass(frozen=True, slots=True)
class Details:
    """Filters on the records of one event, said in brackets."""

    event: str
    filters: tuple[Filter, ...]


Payload = (
    Structure
    | Connective
    | Negation
    | ValueOf
    | ValueList
    | FieldWord
    | EventWord
    | MeasureWord
    | Compare
    | When
    | Tenure
    | Weekdays
    | RankWord
    | EdgeWord
    | Mode
    | GroupWord
    | FavouriteWord
    | KindsWord
    | KnownWord
    | AttributeWord
    | VagueWord
    | Aside
    | AsOf
    | Link
    | SameWord
    | Spaced
    | Rhythm
    | Beyond
    | Versus
    | Than
    | ShareWord
    | ConsentWord
    | ChannelWord
    | Text
    | TextWord
    | Details
    | Range
    | Amount
    | date
)


@dataclass(slots=True, eq=False)
class Piece:
    """One typed span of tokens [start, end). Told apart by identity: a lattice makes each once,
    and states are compared far too often to look inside. Nobody changes one; that nobody could
    would take twice as long to make."""

    start: int
    end: int
    sort: Sort
    payload: Payload | None
    cost: float
    read_as: str | None = None  # the word it was corrected to
