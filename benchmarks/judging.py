"""What a reading of a sentence is worth, held against what was written down by hand.

In: a `Case` (a sentence and what it must become) and its `Reading`. Out: a `Judged` with one
`Verdict`. Two definitions are equal when they say the same in other words, or when they differ
only in windows that are the same days on the reference day. Start at `judge`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TypeVar

from assistant.grammar.reading import Reading, Status
from assistant.grammar.sense import Sense, sense
from segments.codec import from_text, to_text
from segments.definition import (
    Aggregate,
    Ago,
    Ahead,
    All,
    Any,
    Condition,
    DateField,
    Edge,
    Fixed,
    Kind,
    Measure,
    Near,
    Not,
    Operator,
    Rank,
    Records,
    Several,
    Span,
    Stretch,
    Test,
)
from segments.rewrites import simplify
from segments.windows import bounds

S = TypeVar("S", Stretch, Stretch | Ago | Ahead)
Read = Callable[[Mapping[str, int]], Reading]  # the sentence read, with answers to its questions
MOST_QUESTIONS = 4
AS_OF = datetime(2026, 10, 16)  # the end of the reference day


class Verdict(StrEnum):
    """What became of a sentence, from best to worst."""

    RIGHT = "right without a question"
    ASKED = "rightly asked"
    REFUSED = "rightly refused"
    NEEDLESS = "asked needlessly"
    UNREAD = "wrongly unread"
    WRONG_QUESTION = "wrong question"
    WRONG = "SILENTLY WRONG"


GOOD = frozenset({Verdict.RIGHT, Verdict.ASKED, Verdict.REFUSED})


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence and what it may become: one of `means`, a question that offers one of `asks`, or
    a refusal for the cause `unread`. More than one of the three where each of them is right."""

    language: str
    classes: tuple[str, ...]
    text: str
    means: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    unread: str | None = None
    currency: str = "SEK"

    @property
    def expected(self) -> str:
        """What it must become, in one line."""
        said = [*self.means, *(f"asks {choice}" for choice in self.asks)]
        return " | ".join([*said, *([f"unread: {self.unread}"] if self.unread else [])])


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence, what became of it in words, and what that is worth."""

    case: Case
    verdict: Verdict
    became: str

    @property
    def answerable(self) -> bool:
        """Whether the shop can answer it, if need be after a question."""
        return self.case.unread is None or self.verdict in (Verdict.RIGHT, Verdict.ASKED)


def judge(case: Case, read: Read) -> Judged:
    """Hold what a sentence becomes against what it must become."""
    reading = read({})
    return Judged(case, _verdict(case, reading, read), _became(reading))


def _verdict(case: Case, reading: Reading, read: Read) -> Verdict:
    match reading.status:
        case Status.ANSWERED:
            return Verdict.RIGHT if _among(_ends(reading), case.means) else Verdict.WRONG
        case Status.ASKS:
            offered = _offered(reading, read, {})
            if _among(offered, case.asks):
                return Verdict.ASKED
            return Verdict.NEEDLESS if _among(offered, case.means) else Verdict.WRONG_QUESTION
        case Status.UNREAD:
            return Verdict.REFUSED if case.unread else Verdict.UNREAD


def _ends(reading: Reading) -> tuple[Condition, ...]:
    return (reading.definition,) if reading.definition is not None else ()


def _offered(reading: Reading, read: Read, answers: Mapping[str, int]) -> tuple[Condition, ...]:
    """The definitions that answering the questions, one after the other, leads to."""
    if not reading.questions or len(answers) >= MOST_QUESTIONS:
        return _ends(reading)
    question = reading.questions[0]
    found: list[Condition] = []
    for index, choice in enumerate(question.choices):
        told = {**answers, question.key: index}
        whole = choice.definition
        found += [whole] if whole is not None else _offered(read(told), read, told)
    return tuple(found)


def _became(reading: Reading) -> str:
    if reading.definition is not None:
        return to_text(reading.definition)
    asked = (" | ".join(to_text(c.part) for c in q.choices) for q in reading.questions)
    reasons = (f"{n.code} {' '.join(n.values.values())}".strip() for n in reading.reasons)
    return f"asks {' ; '.join(asked)}" if reading.questions else f"unread: {'; '.join(reasons)}"


def _among(found: Sequence[Condition], texts: Sequence[str]) -> bool:
    known = [from_text(text) for text in texts]
    return any(same(one, other) for one in found for other in known)


def same(one: Condition, other: Condition) -> bool:
    """Whether two definitions say the same, on the reference day at the latest."""
    if _sense(one) == _sense(other):
        return True
    return _sense(_resolved(one)) == _sense(_resolved(other))


def _sense(condition: Condition) -> Sense:
    return sense(_alike(simplify(condition), _in_order))


def _resolved(condition: Condition) -> Condition:
    """The same with every window as the days it is on the reference day."""
    return _alike(condition, _dated)


def _alike(condition: Condition, change: Callable[[Records], Records]) -> Condition:
    """The same with all its records changed, and its own windows where they are days."""
    match condition:
        case All(parts):
            return All(tuple(_alike(part, change) for part in parts))
        case Any(parts):
            return Any(tuple(_alike(part, change) for part in parts))
        case Not(part):
            return Not(_alike(part, change))
        case Measure(Aggregate(kind, records, of), test):
            return Measure(Aggregate(kind, change(records), of), _whole(kind, test))
        case Edge(records=records, when=when, having=having):
            asked = change(Records(records.event, having)).filters
            if change is _dated and when is not None and not isinstance(when, Near):
                when = _days(when)
            return replace(condition, records=change(records), when=when, having=asked)
        case DateField(field, window):
            return DateField(field, _days(window, future=True) if change is _dated else window)
        case Rank(side, amount, percent, aggregate, among):
            records = change(aggregate.records)
            ranked = Aggregate(aggregate.kind, records, aggregate.of)
            inner = _alike(among, change) if among is not None else None
            return Rank(side, amount, percent, ranked, inner)
        case _:
            return condition


def _in_order(records: Records) -> Records:
    return replace(records, filters=tuple(sorted(records.filters, key=repr)))


def _dated(records: Records) -> Records:
    window = records.window
    if window is None or isinstance(window, Near):
        return records
    return replace(records, window=_days(window))


def _whole(kind: Kind, test: Test) -> Test:
    """More than one is at least two, where numbers are whole."""
    if kind in (Kind.COUNT, Kind.DISTINCT) and test.operator is Operator.GT:
        (least,) = test.values
        if isinstance(least, int):
            return Test(Operator.GE, (least + 1,))
    return test


def _days(window: Fixed, *, future: bool = False) -> Fixed:
    """The days of a window; those after the reference day count only where `future`."""
    if isinstance(window, Several):
        return Several(tuple(_stretch(each, future=future) for each in window.windows))
    return _stretch(window, future=future)


def _stretch(window: S, *, future: bool) -> S | Span:
    found = bounds(window, AS_OF)
    end = found.end if future else min(found.end or AS_OF, AS_OF)
    if any(moment and moment.time() != time.min for moment in (found.start, end)):
        return window  # hours
    last = (end - timedelta(days=1)).date() if end else None
    return Span(found.start.date() if found.start else None, last)
