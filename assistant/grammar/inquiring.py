"""What a text asks about members, by the words around who is meant: "how many", "per city".

In: a text, its language, what names things. Out: `Asked`: the inquiry and the words that are left,
which say who. Question words are no conditions. Start at `asked`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.grammar.asked_whole import by_cycle, purchases, whole_phrase
from assistant.grammar.fragments import Fragment
from assistant.grammar.pieces import AttributeWord, EventWord, FieldWord, MeasureWord, When
from assistant.grammar.tokens import Shape, Token, tokenize
from assistant.grammar.turnbook import Phrase, Turnbook, turnbook
from segments.catalogue import NUMERIC, Catalogue, Type
from segments.definition import SCORES, Kind, Window
from segments.inquiry import ByField, ByRecord, Contrast, Cycle, Inquiry, Size, Total

Names = Callable[[str], tuple[Fragment, ...]]

_MOST_WORDS = 40
_APART = frozenset({",", "/", "&", "+"})
_PLAIN = frozenset(
    {"spend", "orders", "buy", "categories", "live", "age", "who"}
    | {"when", "when_hours", "when_months"}
)
_CYCLES = {"by_weekday": Cycle.WEEKDAY, "by_clock": Cycle.CLOCK}
_COUNTED = frozenset({"how_many", "how_many_people", "share"})
LEADS = _PLAIN | _COUNTED | {"number", "compare"}


@dataclass(frozen=True, slots=True)
class Asked:
    """An inquiry. `start` and `end` are where the words stand that are left; `part` when those say
    which of them, "how many of them are women"."""

    inquiry: Inquiry
    start: int = 0
    end: int = 0
    part: bool = False
    trailed: bool = False  # only the end of the text asks: "customers in Oslo per category"
    anew: bool = False  # members were named by the question itself: "how many customers have we"
    splits: tuple[str, ...] = ()  # two things to tell apart by, where one table has room for one
    blank: tuple[tuple[int, int], ...] = ()  # words of the question within: "women *are there* in"
    portion: str = ""  # "may" or "must": the words left say of whom a share is asked, and which

    def rest(self, text: str) -> str:
        """The words that are left, each where it stood."""
        for start, end in self.blank:
            text = text[:start] + " " * (end - start) + text[end:]
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    tokens: Sequence[Token]
    book: Turnbook
    catalogue: Catalogue
    names: Names

    def words(self, start: int, end: int) -> str:
        tokens = self.tokens
        return self.text[tokens[start].start : tokens[end - 1].end] if start < end else ""

    def left(
        self, inquiry: Inquiry, start: int, end: int, *, part: bool = False, anew: bool = False
    ) -> Asked:
        if start >= end:
            return Asked(inquiry, part=part, anew=anew)
        ends = (self.tokens[start].start, self.tokens[end - 1].end)
        return Asked(inquiry, *ends, part=part, anew=anew)


def asked(text: str, language: str, catalogue: Catalogue, names: Names) -> Iterator[Asked]:
    """Every way to take a text as an inquiry, the likeliest first."""
    tokens = tuple(t for t in tokenize(text) if t.key not in {"?", "!", "."})
    if not tokens or len(tokens) > _MOST_WORDS:
        return
    said = _Text(text, tokens, turnbook(language), catalogue, names)
    start = _after_politeness(tokens, said.book)
    yield from _two_splits(said, start)
    for phrase in said.book.at(tokens, start):
        yield from _led(said, phrase)
    yield from _trailed(said, start)


def may_ask(tokens: Sequence[Token], language: str) -> bool:
    """Whether a text has words of a question at all; cheap, for every sentence is tried."""
    book = turnbook(language)
    leads = any(p.key in LEADS for p in book.at(tokens, _after_politeness(tokens, book)))
    return leads or any(p.key == "by" for at in range(len(tokens)) for p in book.at(tokens, at))


def measured(named: Sequence[Fragment]) -> Iterator[Asked]:
    """A number that is named and nothing else: "average order value"."""
    for each in named:
        if isinstance(each.named, MeasureWord) and _plainly(each):
            yield Asked(_measure(each.named))


def _after_politeness(tokens: Sequence[Token], book: Turnbook) -> int:
    """Where the question begins, after "ok" and after an "and" before its words."""
    start = 0
    while phrase := next((p for p in book.at(tokens, start) if _before(p, tokens, book)), None):
        start = phrase.end
        while start < len(tokens) and tokens[start].shape is Shape.SIGN:
            start += 1
    return start


def _before(phrase: Phrase, tokens: Sequence[Token], book: Turnbook) -> bool:
    if phrase.key != "and":
        return phrase.key == "well"
    return any(p.key in LEADS or p.key == "by" for p in book.at(tokens, phrase.end))


def _led(said: _Text, phrase: Phrase) -> Iterator[Asked]:
    """An inquiry by the phrase it begins with."""
    start, end = phrase.end, len(said.tokens)
    if phrase.key in _COUNTED:
        yield from _counted(said, start, phrase.key)
    elif phrase.key in _PLAIN:
        inquiry = whole_phrase(said.catalogue, phrase.key)
        means = (p for p in said.book.until(said.tokens, end) if p.key == "each")
        end = next((p.start for p in means if p.start >= start), end)
        window = _window(said, start, end)
        if inquiry is not None and (start == end or window is not None):
            yield Asked(_in(inquiry, window))
    elif phrase.key == "by":
        yield from (Asked(each) for each in _split(said, start, end))
    elif phrase.key == "number":
        yield from _number(said, start)
    elif phrase.key == "compare" and start < end:
        everyone = any(
            p.end == end for p in said.book.at(said.tokens, start) if p.key == "everyone"
        )
        yield Asked(Contrast() if everyone else Contrast(name=said.words(start, end)))


def _counted(said: _Text, start: int, lead: str) -> Iterator[Asked]:
    """How many, and of whom."""
    end, anew = len(said.tokens), lead == "how_many_people"
    part = False
    changed = True
    while changed:
        changed = False
        for phrase in said.book.at(said.tokens, start):
            if phrase.key in {"of_them", "of_all", "closing"}:
                part = part or phrase.key == "of_them"
                start, changed = phrase.end, True
                break
        for phrase in said.book.until(said.tokens[:end], end):
            if phrase.key in {"of_them", "of_all", "closing", "each"} and phrase.start >= start:
                part = part or phrase.key == "of_them"
                end, changed = phrase.start, True
                break
    for each in said.names(said.words(start, end)) if start < end else ():
        if isinstance(each.named, EventWord) and each.named.form == "noun" and not each.negated:
            yield Asked(Total(Kind.COUNT, each.named.event))
            return
    for at, inquiry in _tails(said, start, end):
        yield said.left(inquiry, start, at, anew=anew)
    share, before = lead == "share", said.book.until(said.tokens[:start], start)
    if others := next((p.end for p in said.book.at(said.tokens, start) if p.key == "of"), 0):
        yield replace(said.left(Size(), others, end), portion="must" if share else "may")
        return  # a share of others than those in hand
    if share and any(p.key == "of_all" for p in before):
        yield replace(said.left(Size(), start, end), portion="may")
    blank = tuple(
        (said.tokens[p.start].start, said.tokens[p.end - 1].end)
        for at in range(start + 1, end)
        for p in said.book.at(said.tokens[:end], at)[:1]
        if p.key == "closing"
    )
    yield replace(said.left(Size(), start, end, part=part, anew=anew), blank=blank)


def _trailed(said: _Text, start: int) -> Iterator[Asked]:
    """Who, and then by what: "customers in Oslo per category". A yes or no is nothing to be told
    apart by there: "reached by post" says how."""
    for at, inquiry in _tails(said, start, len(said.tokens)):
        if not isinstance(inquiry, ByField) or not _yes_no(said.catalogue, inquiry.field):
            counted = isinstance(inquiry, ByRecord) and _records(said, start, at) == inquiry.event
            yield (
                Asked(inquiry) if counted else replace(said.left(inquiry, start, at), trailed=True)
            )


def _records(said: _Text, start: int, end: int) -> str | None:
    """The event whose records the words name and nothing else: "orders" per month."""
    found = (each for each in said.names(said.words(start, end)) if not each.negated)
    nouns = (e.named for e in found if isinstance(e.named, EventWord) and e.named.form == "noun")
    return next((noun.event for noun in nouns), None)


def _yes_no(catalogue: Catalogue, field: str) -> bool:
    return catalogue.fields[field].type is Type.YES_NO


def _tails(said: _Text, start: int, end: int) -> Iterator[tuple[int, Inquiry]]:
    for at in range(end - 1, start, -1):
        for phrase in said.book.at(said.tokens[:end], at):
            if phrase.key == "by":
                yield from ((at, each) for each in _split(said, phrase.end, end))


def _two_splits(said: _Text, start: int) -> Iterator[Asked]:
    """As in "per city and month" and "by city, by month": each of them is a table of its own."""
    end = len(said.tokens)
    phrases = (p for at in range(end - 1, start - 1, -1) for p in said.book.at(said.tokens, at))
    for by in (p for p in phrases if p.key == "by" and not any(_split(said, p.end, end))):
        for joint in range(by.end + 1, end - 1):
            other = _after_joint(said, joint)
            inquiry = next(_split(said, by.end, joint), None)
            if inquiry is not None and any(_split(said, other, end)):
                lead, second = said.words(by.start, by.end), said.words(other, end)
                splits = said.words(by.start, joint), f"{lead} {second}"
                asked_first = said.left(inquiry, start, by.start)
                yield replace(asked_first, splits=splits, trailed=by.start > start)
                return


def _after_joint(said: _Text, at: int) -> int:
    """Where what comes after an "and" begins; the end when there is none here."""
    joints = [p.end for p in said.book.at(said.tokens, at) if p.key in ("and", "or")]
    after = at + 1 if said.tokens[at].key in _APART else next(iter(joints), len(said.tokens))
    return next((p.end for p in said.book.at(said.tokens, after) if p.key == "by"), after)


def _split(said: _Text, start: int, end: int) -> Iterator[Inquiry]:
    """What the members or their records are told apart by."""
    for cut in range(end, start, -1):
        window = _window(said, cut, end)
        if cut == end or window is not None:
            yield from (_in(each, window) for each in _topics(said, start, cut))


def _topics(said: _Text, start: int, end: int) -> Iterator[Inquiry]:
    for phrase in said.book.at(said.tokens[:end], start):
        if phrase.end == end and (by := _CYCLES.get(phrase.key)):
            cycle = by_cycle(said.catalogue, by)
            yield from () if cycle is None else (cycle,)
            return
    for each in said.names(said.words(start, end)):
        match each.named:
            case _ if each.negated:
                continue
            case FieldWord(name):
                field = said.catalogue.fields[name]
                if not field.sensitive or field.type is Type.AGE:
                    yield ByField(name)
            case AttributeWord(names, unit):
                yield from _by_attribute(said.catalogue, names)
                event = purchases(said.catalogue)
                if unit is not None and event and said.catalogue.events[event].time:
                    yield ByRecord(event, unit)
            case _:
                pass


def _by_attribute(catalogue: Catalogue, names: Sequence[tuple[str, str]]) -> Iterator[Inquiry]:
    """An attribute of what is bought, or else of the first event that has it."""
    bought = [name for name in names if name[0] == purchases(catalogue)]
    for event, name in (bought or list(names))[:1]:
        if catalogue.events[event].attributes[name].type not in NUMERIC:
            yield ByRecord(event, name)


def _number(said: _Text, start: int) -> Iterator[Asked]:
    """One number, perhaps of members that are named after it."""
    tokens = said.tokens
    for end in range(len(tokens), start, -1):
        for each in said.names(said.words(start, end)):
            if isinstance(each.named, MeasureWord) and _plainly(each):
                window = _window(said, end, len(tokens))
                inquiry = _in(_measure(each.named), window)
                yield Asked(inquiry) if window else said.left(inquiry, end, len(tokens))
                return


def _plainly(each: Fragment) -> bool:
    """Whether a measure is one number of all records: no number of different things, no score."""
    apart = {Kind.DISTINCT, *SCORES}
    known = not isinstance(each.named, MeasureWord) or each.named.kind not in apart
    return known and not each.negated


def _measure(word: MeasureWord) -> Inquiry:
    return Total(word.kind, word.event, word.of)


def _window(said: _Text, start: int, end: int) -> Window | None:
    """The time that the words say and nothing else."""
    if start >= end:
        return None
    found = said.names(said.words(start, end))
    return next((f.named.window for f in found if isinstance(f.named, When)), None)


def _in(inquiry: Inquiry, window: Window | None) -> Inquiry:
    return replace(inquiry, window=window) if isinstance(inquiry, Total | ByRecord) else inquiry
