"""Meanings of a phrasebook -> payloads of pieces, with this shop's fields and events filled in."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.grammar.hours import hourly
from assistant.grammar.own_dates import nears
from assistant.grammar.phrasebook import Meaning, Phrasebook
from assistant.grammar.pieces import (
    Amount,
    Aside,
    AsOf,
    AttributeWord,
    Beyond,
    ChannelWord,
    Compare,
    Connective,
    ConsentWord,
    EdgeWord,
    EventWord,
    FavouriteWord,
    FieldWord,
    GroupWord,
    KindsWord,
    KnownWord,
    Link,
    Linking,
    MeasureWord,
    Mode,
    Negation,
    Owned,
    Payload,
    RankWord,
    SameWord,
    ShareWord,
    Sort,
    Structure,
    VagueWord,
    ValueOf,
    Weekdays,
    When,
)
from assistant.grammar.proportions import share_word, versus_word
from assistant.grammar.rhythms import overdue, spaced
from assistant.grammar.shopbook import Named, Shopbook
from assistant.grammar.slots import Captures, comparison, comparisons
from assistant.grammar.tenures import tenures
from assistant.grammar.windowing import eras, windows
from segments.definition import (
    RECORD,
    Any,
    Calendar,
    DateField,
    Kind,
    Operator,
    Reach,
    Side,
    Test,
    Unit,
    Which,
    Within,
)
from segments.traits import CODE, trait

Made = tuple[Sort, Payload | None]

STRUCTURE_FLAGS = frozenset(
    {"filler", "member", "relative", "auxiliary", "light", "preposition", "place_preposition"}
    | {"equals", "unequal"}
    | {"by", "object", "ever", "both", "either", "every", "pronoun", "infinitive", "approximate"}
    | {"among", "any_time", "something", "contains", "as", "subject", "not_only", "any_of"}
    | {"makes_up", "everybody", "another", "of_these", "any_of_these", "all_of_these"}
    | {"formerly", "afterwards"}
)
PARTICLE = "particle:"  # belongs to the verb of the event with the role after the colon
_WEAK = {"article": "filler", "opening": "filler", "yet": "ever"}
_CONNECTIVES = frozenset({"and", "or", "but", "but_also", "except", "without", "neither", "nor"})
_MODES = frozenset({"total", "single", "average", "highest", "lowest"})
_MODES |= {"only", "other", "alone", "and_more", "always", "usually", "not_both"}
_LETTERS = frozenset({"channel.email", "campaign_kind.newsletter"})
_DAYS = frozenset({"dayname", "definite", "manydays"})
_WEEKEND = (6, 7)
_SOME = frozenset({"any", "none", "part"})  # of the first or last few
_WEEKLY = {
    "weekend": _WEEKEND,
    "weekend_last": _WEEKEND,
    "weekend_this": _WEEKEND,
    "weekend_near": _WEEKEND,
    "workday": (1, 2, 3, 4, 5),
}
_LAST, _THIS = Calendar(Unit.WEEK, -1), Calendar(Unit.WEEK, 0)
_WEEKS = {"weekend_last": (_LAST,), "weekend_this": (_THIS,), "weekend_near": (_LAST, _THIS)}
TURNOVER = "turnover"
_MEASURES = {
    "total": (Kind.SUM, "amount"),
    TURNOVER: (Kind.SUM, "amount"),
    "average": (Kind.AVERAGE, "amount"),
    "maximum": (Kind.MAXIMUM, "amount"),
    "minimum": (Kind.MINIMUM, "amount"),
    "count": (Kind.COUNT, None),
    "recency_score": (Kind.RECENCY, None),
    "frequency_score": (Kind.FREQUENCY, None),
    "monetary_score": (Kind.MONETARY, "amount"),
}


def _times_said(key: str) -> Made:
    times = Amount(int(key), times=True)
    return Sort.COMPARE, Compare(Test(Operator.EQ, (int(key),)), times, bare=True)


def _age_group(key: str) -> Made:
    low, high = map(int, key.split("-"))
    test = Test(Operator.BETWEEN, (low, high))
    return Sort.COMPARE, Compare(test, Amount(high, age=True), named=True)


_SAME = {"named": SameWord(""), "one": SameWord("", one=True)}
_PLAIN: dict[str, Callable[[str], Made]] = {
    "counts": _times_said,
    "age_groups": _age_group,
    "compare_after": lambda key: (Sort.AFTER, Mode(key)),
    "vague": lambda key: (Sort.VAGUE, VagueWord(key)),
    "traits": lambda key: (Sort.VAGUE, VagueWord(key)),
    "aside": lambda key: (Sort.ASIDE, Aside(trail=key == "trail")),
    "beyond": lambda key: (Sort.BEYOND, Beyond(key)),
    "consent": lambda key: (Sort.CONSENT, ConsentWord(key)),
    "same": lambda key: (Sort.SAME, _SAME.get(key) or SameWord(key)),
    "again": lambda key: (Sort.AGAIN, Mode(key)),
}


class Maker:
    """Makes payloads in one language for one shop, which keeps those that no slot has a part in."""

    def __init__(self, book: Phrasebook, shop: Shopbook) -> None:
        self.book = book
        self.shop = shop

    def flag(self, meaning: Meaning) -> str | None:
        """The structure flag of a meaning, if it has one."""
        section, key = meaning
        if section == "words" and key in STRUCTURE_FLAGS:
            return key
        if section == "words" and key in _WEAK:
            return _WEAK[key]
        if section == "events" and key.endswith(".particle"):
            role = key.rpartition(".")[0]
            return f"{PARTICLE}{role}" if self.shop.events(role) else None
        return None

    def _value(self, section: str, key: str) -> Iterator[Made]:
        if owned := self._owned(section, key):
            yield Sort.VALUE, ValueOf(owned)
        if key in _LETTERS:
            yield from self._letters(key)

    def _letters(self, key: str) -> Iterator[Made]:
        """The noun of what was opened or clicked in, where the shop does not tell newsletters from
        other sendings, or e-mail from other channels; what was received is e-mail where the same
        table tells of opens."""
        told = key.partition(".")[0]
        read = [e for role in ("open", "click") for e in self.shop.events(role)]
        sent = [e for role in ("receive", "unsubscribe") for e in self.shop.events(role)]
        mail = [*read, *(e for e in sent if any(e.table == other.table for other in read))]
        if not any(e.by_role(told) for e in (*read, *sent)):
            for event in mail:
                yield Sort.EVENT, EventWord(event.name, "noun", completes=True)

    def make(self, meaning: Meaning, captures: Captures) -> Sequence[Made]:
        """The payloads of a meaning in this shop; none when the shop has nothing of the kind."""
        if captures:
            return tuple(self._made(meaning, captures))
        kept: dict[Meaning, Sequence[Made]] = self.shop.kept.setdefault(self.book.language, {})
        if meaning not in kept:
            kept[meaning] = tuple(self._made(meaning, ()))
        return kept[meaning]

    def _made(self, meaning: Meaning, captures: Captures) -> Iterator[Made]:
        section, key = meaning
        match section:
            case "words":
                yield from self._word(key)
            case "values" | "countries":
                yield from self._value(section, key)
            case "fields" | "channels":
                yield from self._field(section, key)
            case "anniversary":
                yield from self._yearly(key)
            case "tenure":
                yield from ((Sort.TENURE, tenure) for tenure in tenures(key, captures))
            case "events":
                role, _, form = key.rpartition(".")
                for event in self.shop.events(role) if form != "particle" else ():
                    said = {"one": "noun"} | dict.fromkeys(("use", "ours", "contact"), "verb")
                    word = EventWord(event.name, said.get(form, form), form == "one", form == "use")
                    ours, whole = form == "ours", form in ("ours", "contact")
                    yield Sort.EVENT, replace(word, ours=ours, whole=whole)
            case "measures":
                yield from self._measure(key, captures)
            case "attributes" | "favourites":
                yield from self._attribute(section, key)
            case "rfm":
                name = CODE + "".join(str(digit) for _, digit in captures)
                if trait(name, self.shop.catalogue) is not None:
                    yield Sort.VAGUE, VagueWord(name)
            case _ if section in _PLAIN:
                yield _PLAIN[section](key)
            case _:
                yield from self._template(section, key, captures)

    def _field(self, section: str, key: str) -> Iterator[Made]:
        consent = section == "channels"
        field = self.shop.catalogue.field_by_role(f"consent_{key}" if consent else key)
        if field is not None and consent:
            yield Sort.CHANNEL, ChannelWord(field.name)
        elif field is not None:
            yield Sort.FIELD, FieldWord(field.name)
        elif key == "birth_date" and (born := self.shop.dated(key)) is not None:
            yield Sort.FIELD, FieldWord(born)  # an age is kept as the date of birth

    def _owned(self, section: str, key: str) -> tuple[Owned, ...]:
        if section == "countries":
            return self.shop.countries(key.split())
        role, _, name = key.partition(".")
        return self.shop.role_values(role, name)

    def _word(self, key: str) -> Iterator[Made]:
        if key in _CONNECTIVES:
            yield Sort.CONNECTIVE, Connective(key)
        elif key in ("not", "never", "no", "none", "no_longer"):
            lapsed, never = key == "no_longer", key == "never"
            none = key in ("no", "none")
            yield Sort.NEGATION, Negation(none, key == "none", lapsed, never)
        elif key in ("first", "last"):
            yield Sort.EDGE, EdgeWord(Which(key))
        elif key in ("first_time", "last_time"):
            yield Sort.EDGE, EdgeWord(Which(key.partition("_")[0]), after=True)
        elif key in _MODES:
            yield Sort.MODE, Mode(key)
        elif key in ("known", "has", "lacks", "lacks_any", "misses"):
            stated, either = key in ("known", "lacks"), key in ("lacks", "misses")
            yield Sort.KNOWN, KnownWord(key in ("known", "has"), stated=stated, any=either)
        elif key in ("yes", "no_answer"):
            yield Sort.TRUTH, KnownWord(key == "yes")

    def _yearly(self, key: str) -> Iterator[Made]:
        field = self.shop.dated(key)
        if key == "of":
            yield Sort.YEARLY, None
        elif field is not None:
            yield Sort.FIELD, FieldWord(field, yearly=True)

    def _attribute(self, section: str, key: str) -> Iterator[Made]:
        names = self.shop.attributes(key)
        if names and section == "favourites":
            yield Sort.FAVOURITE, FavouriteWord(names)
        elif names:
            yield Sort.ATTRIBUTE, AttributeWord(names)

    def _measure(self, key: str, captures: Captures) -> Iterator[Made]:
        named = [payload for name, payload in captures if name == "events"]
        events = self.shop.events(named[0] if named else "purchase")
        if key == "distinct":
            yield Sort.DISTINCT, None
        elif key == "units":
            names = self.shop.attributes("quantity")
            if names:
                yield Sort.UNITS, AttributeWord(names)
        elif "." in key:
            measured, _, told = key.partition(".")
            for owner, name in self.shop.attributes(told):
                yield Sort.MEASURE, MeasureWord(owner, _MEASURES[measured][0], name)
        else:
            kind, role = _MEASURES[key]
            for event in events:
                of = event.by_role(role) if role else None
                if role is None or of is not None:
                    amount, turnover = of.name if of else None, key == TURNOVER
                    yield Sort.MEASURE, MeasureWord(event.name, kind, amount, turnover)

    def _template(self, section: str, key: str, captures: Captures) -> Iterator[Made]:
        if section == "window":
            for window in windows(key, captures):
                yield (
                    Sort.WINDOW,
                    When(
                        window,
                        key.startswith("negated"),
                        within=key.startswith("within"),
                        by_then=key.startswith("in_ahead"),
                        idle=key == "idle",
                        before=key.startswith("the_before"),
                        spell=key == "spell",
                        running=key == "running",
                        some=key == "whole_some",
                    ),
                )
        elif section == "near":
            yield from ((Sort.WINDOW, When(near)) for near in nears(self.shop, key, captures))
        elif section == "as_of":
            day = dict(captures).get("date")
            if isinstance(day, date):
                yield Sort.AS_OF, AsOf(day)
        elif section in ("weekly", "hours"):
            yield from (hourly if section == "hours" else _weekly)(key, captures)
        elif section == "rank":
            yield from _rank(key, captures)
        elif section == "nth":
            yield from _nth(key, captures)
        elif section in ("link", "gap", "overdue"):
            yield from self._in_time(section, key, captures)
        elif section in ("groups", "versus", "share", "rates"):
            yield from self._together(section, key, captures)
        elif section == "times":
            yield from _times(key, captures)
        elif section == "age":
            yield from self._aged(key, captures)
            yield from _of_age((section, key), captures)

    def _in_time(self, section: str, key: str, captures: Captures) -> Iterator[Made]:
        """What follows what, how far apart, and silence beyond the usual."""
        if section == "link":
            yield from _link(key, captures)
        elif section == "gap":
            yield from ((Sort.SPACED, each) for each in spaced(self.shop, key, captures))
        else:
            yield from ((Sort.OVERDUE, each) for each in overdue(self.shop, key, captures))

    def _together(self, section: str, key: str, captures: Captures) -> Iterator[Made]:
        """What is put together, and how two numbers stand to each other; of rates: how many of one
        event there are to another, as "return rate"."""
        makers = {"groups": _grouped, "versus": versus_word, "share": share_word}
        if section in makers:
            yield from makers[section](key, captures)
            return
        for part in self.shop.events(key.partition(".")[0]):
            for whole in self.shop.events(key.partition(".")[2]):
                yield Sort.SHARE, ShareWord(form="rate", events=(part.name, whole.name))

    def _aged(self, key: str, captures: Captures) -> Iterator[Made]:
        """Tens of years of age, and the day on which somebody is so old."""
        values = dict(captures)
        field, age = self.shop.dated("birth_date"), values.get("x")
        if key == "decade":
            tens = [n for name, n in captures if name in ("n", "decade")] or [
                age.value if age else 0
            ]
            test = Test(Operator.BETWEEN, (tens[0], tens[-1] + 9))
            if tens[0] % 10 == 0 and tens[-1] - tens[0] == 10 * (len(tens) - 1):
                yield Sort.COMPARE, Compare(test, Amount(tens[0], age=True))
        elif key.startswith("born") and field is not None:
            yield from _born(field, key, [n for name, n in captures if name == "n"])
        elif key == "turning" and field is not None and isinstance(age, Amount) and _years(age):
            yield Sort.FIELD, FieldWord(field, turning=int(age.value))

    @staticmethod
    def sort_of(named: Named) -> Sort:
        """The sort of something the shop's own words name."""
        sorts = {
            Structure: Sort.STRUCTURE,
            FieldWord: Sort.FIELD,
            EventWord: Sort.EVENT,
            AttributeWord: Sort.ATTRIBUTE,
        }
        return sorts.get(type(named), Sort.VAGUE)


def _born(field: str, key: str, tens: list[int]) -> Iterator[Made]:
    """Those born in ten years of the calendar, one word for them: "80-talister"."""
    said = key.partition("_")[2]
    years = [year for n in ([int(said)] if said else tens) for year in eras(n)]
    if years:
        each = tuple(DateField(field, window) for window in years)
        yield Sort.VAGUE, VagueWord("born", meant=each[0] if len(each) == 1 else Any(each))


def _years(amount: Amount) -> bool:
    return amount == Amount(amount.value) and isinstance(amount.value, int)


def _nth(key: str, captures: Captures) -> Iterator[Made]:
    """A certain one in the row, or as many: "second", "last three", "one of the first 2"."""
    which, _, how = key.partition("_")
    if how == "since":
        unit, factor = next(payload for name, payload in captures if name == "unit")
        if factor == 1:
            yield Sort.EDGE, EdgeWord(Which(which), unit=unit)
        return
    number = next((n for name, n in captures if name in ("ordinal", "n")), 2)
    if not isinstance(number, int) or number < 2:
        return
    reach = Reach.ALL if how == "all" else Reach.ANY if how in _SOME else Reach.NTH
    word = EdgeWord(Which(which), number, reach, bare=how == "bare", none=how == "none")
    yield Sort.EDGE, replace(word, part=how == "part")


def _link(key: str, captures: Captures) -> Iterator[Made]:
    """How one thing follows another, with the distance where that was said."""
    values = dict(captures)
    unit, factor = values.get("unit", (None, 1))
    count = values.get("n", 1) * factor
    if unit is None or count > 0:
        within = None if unit is None else Within(count, unit)
        yield Sort.LINK, Link(Linking(key), within)


def _grouped(key: str, captures: Captures) -> Iterator[Made]:
    """What is done in one record or part of time, and what each of something has."""
    if key == "each":
        yield Sort.EACH, None
    elif key == "favourite":
        yield Sort.FAVOURITE, FavouriteWord()
    elif key == "weighed":
        yield Sort.FAVOURITE, FavouriteWord(weighed=True)
    elif key == "kinds":
        yield Sort.FAVOURITE, KindsWord()
    elif key == "number":
        yield Sort.FAVOURITE, KindsWord(different=False)
    elif key in ("record", "record_beside"):
        yield Sort.GROUPED, GroupWord(RECORD, beside=key != "record")
    elif key == "each_of":
        yield Sort.GROUPED, GroupWord("", every=True)
    else:
        word, _, named = key.partition("_")
        rate = word == "rate"
        unit, factor = (Unit(named), 1) if rate and named else dict(captures)["unit"]
        if factor == 1:
            every, beside = key == "every", key == "unit_beside"
            yield Sort.GROUPED, GroupWord(unit, every, beside, rate)


def _of_age(meaning: tuple[str, str], captures: Captures) -> Iterator[Made]:
    """A comparison of years of age."""
    for compare in comparisons(meaning, captures):
        if compare.unit.money is None and compare.unit.unit is None:
            yield Sort.COMPARE, Compare(compare.test, Amount(compare.unit.value, age=True))


def _times(key: str, captures: Captures) -> Iterator[Made]:
    values = dict(captures)
    compare = values.get("c")
    if key == "times" and isinstance(compare, Compare):
        if compare.unit.money is None and compare.unit.unit is None and not compare.unit.percent:
            yield (
                Sort.COMPARE,
                Compare(compare.test, Amount(compare.unit.value, times=True), compare.bare),
            )
        return
    made = comparison(("times", key), captures)
    if made is not None and made.unit.money is None:
        yield Sort.COMPARE, Compare(made.test, Amount(made.unit.value, times=True))


def _weekly(key: str, captures: Captures) -> Iterator[Made]:
    days = next((payload for name, payload in captures if name in _DAYS), _WEEKLY.get(key))
    said = days if isinstance(days, tuple) else (days,)
    for week in _WEEKS.get(key, (None,)) if days is not None else ():
        yield Sort.WEEKDAYS, Weekdays(said, others=key == "others", week=week)


def _rank(key: str, captures: Captures) -> Iterator[Made]:
    values = dict(captures)
    side = Side.BOTTOM if key.startswith(("bottom", "least")) else Side.TOP
    if key.startswith(("most", "least")):
        times, money = key.endswith("times"), key.endswith("money")
        yield Sort.MOST, RankWord(side, None, times=times, money=money)
    elif key.endswith("percent") and "p" in values:
        yield Sort.RANK, RankWord(side, values["p"], percent=True, open=key.startswith("open"))
    elif "n" in values:
        yield Sort.RANK, RankWord(side, values["n"], open=key.startswith("open"))
