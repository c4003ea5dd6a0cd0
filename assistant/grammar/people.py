"""What is said of the people at a company: "companies where no decision-maker has opened a letter".

In: the tokens of a sentence, the words of one language. Out: `Said`, where such a phrase stands,
how many of the people it is about, or that it is about all of them together, and the tokens that
say who they are or what they did; these are read as a sentence of their own. In brackets they end
with them; else they go on to the end, and may be of one piece only, since what is joined to it
could be said of the customers themselves. Start at `people`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Protocol

from assistant.grammar.frames import FrameKind, State
from assistant.grammar.layout import layout
from assistant.grammar.numerals import digits
from assistant.grammar.phrasebook import Phrasebook
from assistant.grammar.pieces import EventWord, Sort
from assistant.grammar.tokens import Token
from assistant.grammar.trie import starts, walked
from assistant.grammar.variants import Variant, Variants
from segments.catalogue import Catalogue
from segments.definition import (
    EXISTS,
    All,
    Anniversary,
    Audience,
    Condition,
    DateField,
    Field,
    Jointly,
    Kind,
    Measure,
    Not,
    Operator,
    People,
    Test,
    exists,
)

PEOPLE = "people"  # the section of words.toml, and what is told when it is not understood
COST = 0.9  # a phrase of such words is hardly anything else
TOGETHER = "together"  # what they have done so, and what is told where it makes no number
UNREAD_COST = 11.0
NONE = Test(Operator.EQ, (0,))
_ENDS = frozenset(".!?")
_COUNTS = {
    "least": Operator.GE,
    "more": Operator.GT,
    "fewer": Operator.LT,
    "most": Operator.LE,
    "exactly": Operator.EQ,
}
_OPENING = frozenset({"where", "has", "lacks"})
_SHARING = frozenset({"where", "whose", "that", "has"})
_AT_ONCE = frozenset({"that", "has"})
_ROLES = ("job_role", "decision_role")
_EVERY = frozenset({"all", "not_all"})
_DOING = frozenset({"verb", "spend", "use"})
_NOBODY = frozenset({Sort.CONNECTIVE, Sort.EDGE})  # no words for people begin so
_WHOSE = "whose"
_ADDED_UP = frozenset({Kind.COUNT, Kind.SUM, Kind.DISTINCT})
Marks = Mapping[int, Sequence[tuple[int, str]]]  # token -> where words of the section end, its key
_OWN = Field | DateField | Anniversary | Audience
_WHOLE = frozenset({"none", "some", "all", "not_all"})


class Read(Protocol):
    """A parse: its last state, and its readings."""

    @property
    def state(self) -> State: ...  # noqa: D102 - said above

    @property
    def variants(self) -> Variants: ...  # noqa: D102 - said above


@dataclass(frozen=True, slots=True)
class Said:
    """The tokens from `start` to `end` say it, those from `first` to `last` of whom, but for those
    in `without`. `quantifier` is none, some, all, not_all, together or count, the last with a
    `test`. `roles`: it is about those who have a role there, or about something else than people:
    "with no decision-makers", "with no orders"."""

    start: int
    end: int
    first: int
    last: int
    quantifier: str
    test: Test
    enclosed: bool
    roles: bool = False
    without: tuple[int, int] = (0, 0)

    @property
    def places(self) -> tuple[int, ...]:
        """The places of the tokens that say of whom."""
        return tuple(at for at in range(self.first, self.last) if at not in range(*self.without))


def marked(tokens: Sequence[Token], book: Phrasebook) -> Marks:
    """The words of such phrases by the tokens that they begin at, looked for once; most sentences
    have none, and none of the others has a phrase."""
    begun = starts(book.people, tokens)
    return {at: found for at in begun if (found := walked(book.people, tokens, at))}


def people(tokens: Sequence[Token], book: Phrasebook, marks: Marks) -> Iterator[Said]:
    """Every such phrase, by its beginning; of two that begin alike the longest alone."""
    tokens = tuple(tokens)
    named, subject = _named(marks), _named(marks, subject=True)
    for start in marks:
        told = (start >= named, start >= subject)
        if not any(told) and all(key != "at" for _, key in marks[start]):
            continue  # most words for people are words of other phrases
        said = next(_begun(tokens, start, book, *told), None)
        if said is not None:
            yield _extended(tokens, said, layout(tokens).partners)


def _begun(
    tokens: tuple[Token, ...],
    start: int,
    book: Phrasebook,
    named: bool,  # noqa: FBT001 - whether companies were named before it,
    subject: bool,  # noqa: FBT001 - and whether the sentence is about them
) -> Iterator[Said]:
    """What begins at a token, from its longest first words on; without such words "no" and a number
    are about those who have a role: "companies with 50 employees and no decision-makers". Who works
    "at companies where …" has things of their own."""
    opened_by = sorted(walked(book.people, tokens, start), reverse=True)
    for opened, key in opened_by:
        if key == "at" or (key in _SHARING and named):
            yield from _jointly(tokens, start, (opened, key), book)
    there = any(key == "where" for _, key in opened_by)  # "where there is", not "who have"
    for opened, key in opened_by:
        if key == "at" or (key in _OPENING and (named if there else subject)):
            if key == "lacks":
                yield Said(start, opened, opened, opened, "none", NONE, enclosed=False, roles=True)
            yield from _quantified(tokens, (start, opened), book, roles=key == "has")
    if not named or (not subject and _had(tokens, start, book)):
        return  # "who work at companies where … and who have no role": they have none themselves
    for said in _quantified(tokens, (start, start), book, roles=True):
        if said.quantifier in ("none", "count"):
            yield said


def _had(tokens: tuple[Token, ...], start: int, book: Phrasebook) -> bool:
    """Whether "who have" or "with" stands right before."""
    return any(
        (start, "has") in walked(book.people, tokens, at) for at in range(max(0, start - 3), start)
    )


def _jointly(
    tokens: tuple[Token, ...], start: int, opening: tuple[int, str], book: Phrasebook
) -> Iterator[Said]:
    """That they have done it together; after "that" and "with people who" at once, since all else
    may be said of the companies, or of each: "companies that collectively opened"."""
    opened, key = opening
    first = _noun(tokens, opened, book)
    if key == "has":
        ends = [end for end, word in walked(book.people, tokens, first) if word == "that"]
        first = opened = max(ends, default=opened) if first > opened else opened
    found = next(_togethers(tokens, opened, book), None)
    if found is not None and any(_at_others(tokens, opened, found[0], book)):
        return  # that is said of these: "none of the people are (…), at companies where together"
    if found is None or (key in _AT_ONCE and found[0] != first):
        return
    if found[0] == first:
        after = _noun(tokens, found[1], book)
        yield Said(start, after, after, after, TOGETHER, EXISTS, enclosed=False)
    else:
        end = found[1]
        yield Said(start, end, first, first, TOGETHER, EXISTS, enclosed=False, without=found)


def _at_others(tokens: Sequence[Token], first: int, last: int, book: Phrasebook) -> Iterator[bool]:
    """Whether from each token on it is said that they work at other companies."""
    for at in range(first, last):
        yield any(key == "at" for _, key in walked(book.people, tokens, at))


def _togethers(tokens: Sequence[Token], at: int, book: Phrasebook) -> Iterator[tuple[int, int]]:
    for start in range(at, len(tokens)):
        ends = [end for end, key in walked(book.people, tokens, start) if key == "together"]
        if ends:
            yield start, max(ends)


def is_together(tokens: Sequence[Token], book: Phrasebook) -> bool:
    """Whether a word says that they have done it together."""
    return any(_togethers(tokens, 0, book))


def of_nobody_named(
    tokens: Sequence[Token], book: Phrasebook, marks: Marks
) -> Iterator[tuple[int, int]]:
    """Where something is said of the people of what was not named: "whose contacts have clicked".
    What a sentence begins with may be another word, as "if"."""
    named = _named(marks)
    for at, found in marks.items():
        for start, key in found if 0 < at < named else ():
            end = _noun(tokens, start, book) if key == _WHOSE else start
            if end > start:
                yield start, end


def together(marks: Marks) -> Iterator[tuple[int, int]]:
    """Where it is said that the people at a company have done something together."""
    named = _named(marks)
    for start, found in marks.items():
        ends = [end for end, key in found if key == TOGETHER]
        if ends and start >= named:
            yield start, max(ends)


def alone(parses: Sequence[Read], said: Said) -> Variant | None:
    """The one reading of whom the phrase is about; None where there are several, or where what it
    ends with may belong elsewhere."""
    variants = [variant for parse in parses for variant in parse.variants]
    joined = (frame for parse in parses for frame in parse.state.frames[1:])
    loose = any(frame.connector or frame.relative for frame in joined)
    if len({variant.condition for variant in variants}) != 1 or (loose and not said.enclosed):
        return None
    if any(parse.state.path[0].sort in _NOBODY for parse in parses):
        return None  # "nobody but the CEO", "none of their first two purchases"
    if said.quantifier in _EVERY and not all(_of_people(parse.state) for parse in parses):
        return None
    return variants[0]


def _of_people(state: State) -> bool:
    """Whether it begins with who they are or what they do: "all orders were on sale" is about the
    orders."""
    first, word = state.frames[0], state.path[0].payload
    doing = isinstance(word, EventWord) and word.form in _DOING
    return first.kind is FrameKind.FIELD or state.path[0].sort is Sort.STRUCTURE or doing


def of_roles(who: Condition, catalogue: Catalogue) -> bool | None:
    """Whether it says what people are at a company, and nothing more; None where it says more, so
    that it is open of whom: "companies with no decision-makers in Sweden"."""
    parts = who.parts if isinstance(who, All) else (who,)
    known = [catalogue.fields.get(p.field) if isinstance(p, Field) else None for p in parts]
    roles = [field is not None and field.role in _ROLES for field in known]
    return None if any(roles) and not all(roles) else all(roles)


def at_company(catalogue: Catalogue, who: Condition, said: Said) -> Condition | None:
    """The condition on the company's people; None where the shop knows no companies, or where "all"
    leaves open of whom."""
    field = catalogue.field_by_role("company_key") or catalogue.field_by_role("company")
    if field is None:
        return None
    match said.quantifier:
        case "none":
            return People(field.name, who, NONE)
        case "some":
            return People(field.name, who, EXISTS)
        case "count":
            return People(field.name, who, said.test)
        case "together":
            return _added_up(field.name, who, loose=bool(said.without[1]))
        case quantifier:
            return _every(field.name, who, denied=quantifier == "not_all")


def _added_up(by: str, who: Condition, *, loose: bool) -> Condition | None:
    """One number of what was done, by those who are what else is said. One record makes no number
    where "together" follows it: "bought tea and oil together" can be said of the things."""
    parts = who.parts if isinstance(who, All) else (who,)
    done = [part for part in parts if not _is_own(part)]
    whose = tuple(part for part in parts if _is_own(part))
    if len(done) != 1:
        return None
    measure, negated = (done[0].part, True) if isinstance(done[0], Not) else (done[0], False)
    if not isinstance(measure, Measure) or measure.aggregate.kind not in _ADDED_UP:
        return None
    if measure.test == EXISTS and (loose or measure.aggregate.kind is not Kind.COUNT):
        return None
    if negated and measure != exists(measure.aggregate.records):
        return None
    among = All(whose) if len(whose) > 1 else next(iter(whose), None)
    return Jointly(by, measure.aggregate, NONE if negated else measure.test, among)


def _is_own(part: Condition) -> bool:
    """Whether it says who they are, and not what they did."""
    return isinstance(part.part if isinstance(part, Not) else part, _OWN)


def _every(by: str, who: Condition, *, denied: bool) -> Condition | None:
    """All of those who are so are also the last thing that was said, and there is one at all."""
    *those, last = who.parts if isinstance(who, All) else (who,)
    if not all(isinstance(part, Field) for part in those):
        return None
    failing = All((*those, Not(last))) if those else Not(last)
    if denied:
        return People(by, failing, EXISTS)
    none = People(by, failing, NONE)
    if not those:
        return none
    there = those[0] if len(those) == 1 else All(tuple(those))
    return All((People(by, there, EXISTS), none))


def _named(marks: Marks, *, subject: bool = False) -> float:
    """From which token on a company was named before: "companies with 50 employees where …"; past
    them all where none was. "Whose company is X" is a field of the customers, and no company of its
    own; the `subject` are no companies that somebody works at."""
    field: set[int] = set()
    if all(key != "companies" for found in marks.values() for _, key in found):
        return inf
    for at, found in marks.items():
        ends = [end for end, key in found if key == "companies"]
        if ends and at not in field:
            return min(ends)
        field.update(end for end, key in found if key == _WHOSE)
        field.update(*(range(at, end) for end, key in found if key == "at" and subject))
    return inf


def _quantified(
    tokens: tuple[Token, ...], opening: tuple[int, int], book: Phrasebook, *, roles: bool
) -> Iterator[Said]:
    """Of how many, from the longest words for it on; and their noun, if there is one."""
    start, at = opening
    for end, key in sorted(walked(book.people, tokens, at), reverse=True):
        if key in _WHOLE:
            first = _noun(tokens, end, book)
            yield Said(start, first, first, first, key, EXISTS, enclosed=False, roles=roles)
        for after, test in _tests(tokens, end, key, book):
            first = _noun(tokens, after, book)
            if first > after or roles:  # "at least two people", not "at least two orders"
                yield Said(start, first, first, first, "count", test, enclosed=False, roles=roles)


def _tests(
    tokens: tuple[Token, ...], at: int, key: str, book: Phrasebook
) -> Iterator[tuple[int, Test]]:
    """The comparisons with a number, or two, that a word for one begins, and where they end."""
    for end, number in _numbers(tokens, at, book):
        if key in _COUNTS:
            yield end, Test(_COUNTS[key], (number,))
        if key == "between":
            for joined, _ in walked(book.joining, tokens, end):
                for last, other in _numbers(tokens, joined, book):
                    low, high = sorted((number, other))
                    yield last, Test(Operator.BETWEEN, (low, high))


def _numbers(tokens: tuple[Token, ...], at: int, book: Phrasebook) -> list[tuple[int, int]]:
    if at >= len(tokens):
        return []
    plain = [(at + 1, n) for n in digits(tokens[at].text, book.pack.decimal) if isinstance(n, int)]
    return plain or sorted(book.numerals.match(tokens, at), reverse=True)


def _noun(tokens: Sequence[Token], at: int, book: Phrasebook) -> int:
    """Where the noun for people ends; a bracket may be led in by a word more."""
    ends = [end for end, key in walked(book.people, tokens, at) if key == "persons"]
    at = max(ends, default=at)
    led = [end for end, key in walked(book.people, tokens, at) if key == "be"]
    return next((end for end in led if end < len(tokens) and tokens[end].key == "("), at)


def _extended(tokens: Sequence[Token], said: Said, partners: Mapping[int, int]) -> Said:
    """With the tokens that say of whom: those in the bracket that follows, or all that are left."""
    if said.first in partners:
        last = partners[said.first]
        return replace(said, first=said.first + 1, last=last, end=last + 1, enclosed=True)
    around = [close for opening, close in partners.items() if opening < said.start < close]
    last = min(around, default=len(tokens))
    while last > said.first and tokens[last - 1].key in _ENDS:
        last -= 1
    return replace(said, last=last, end=last)
