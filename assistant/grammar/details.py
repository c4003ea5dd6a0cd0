"""What stands in brackets after what members did: "(price: more than 500 kr; category: not tea)".

The plain way to say of a record what no phrase says: a word for an attribute, a colon and a test of
it; several stand apart by semicolons. In: the tokens from a bracket. Out: filters, for each event
that has those attributes. Start at `Brackets.details`.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from assistant.grammar.hours import HOUR_LONG, between
from assistant.grammar.phrasebook import Meaning, Phrasebook
from assistant.grammar.pieces import AttributeWord, Compare, Details, Owned, Payload, Range
from assistant.grammar.sense import OPPOSITE
from assistant.grammar.shopbook import Shopbook
from assistant.grammar.slots import Slots
from assistant.grammar.tokens import Shape, Token, tokenize, unquoted
from assistant.grammar.trie import Node
from assistant.grammar.windowing import windows
from segments.catalogue import Attribute, Event, Type
from segments.check.values import attribute_test
from segments.definition import HOUR, WEEKDAY, Filter, Operator, Span, Test, Value

_OPEN, _CLOSE, _COLON, _APART, _COMMA = "(", ")", ":", ";", ","
_LABELS, _UNITS = ("attributes", "measures"), "quantity"
_NOT = frozenset({("words", "not"), ("words", "never")})
_TEXTS = {"contains": Operator.CONTAINS, "starts": Operator.STARTS, "ends": Operator.ENDS}

# What the shop names (end, what, whether in this language) and what the language does (end, role,
# value).
_NamedHere = tuple[list[tuple[int, Owned, bool]], list[tuple[int, str, str]]]


class Brackets:
    """The brackets of one sentence in one language."""

    def __init__(
        self, tokens: tuple[Token, ...], slots: Slots, book: Phrasebook, shop: Shopbook
    ) -> None:
        self.tokens = tokens
        self.slots = slots
        self.book = book
        self.shop = shop
        self._memory: dict[int, _NamedHere] = {}
        joints = (at for at, token in enumerate(tokens) if token.key in book.joining_ends)
        self._last_joint = max(joints, default=-1)

    def details(self, at: int) -> Iterator[tuple[int, Details]]:
        """Every event that the bracket at a token can be about, with its filters."""
        if self._key(at) != _OPEN or all(token.key != _COLON for token in self.tokens[at:]):
            return
        for event in self.shop.catalogue.events.values():
            for end, filters in self._filters(event, at + 1):
                if self._key(end) == _CLOSE:
                    yield end + 1, Details(event.name, filters)

    def ranges(self, at: int) -> Iterator[tuple[int, Range]]:
        """Every range between two values of an ordered field that begins at a token."""
        node = self.book.ranges
        begun = at < self._last_joint and (self._quoted(at) or self._ordered(at))
        if not begun and self._key(at) not in node.words:
            return
        for field in self.shop.ordered:
            yield from self._ranges(field, node, at, ())

    def _ordered(self, at: int) -> bool:
        """Whether a word can be a value of an ordered field."""
        named, roles = self._named(at)
        said = {owned.name for _, owned, _ in named if owned.event is None}
        told = {role for _, role, _ in roles}
        return any(field.name in said or field.role in told for field in self.shop.ordered)

    def _ranges(
        self, field: Attribute, node: Node[Meaning], at: int, ends: tuple[str, ...]
    ) -> Iterator[tuple[int, Range]]:
        if len(ends) == 2 and node.meanings:
            test = Test(Operator.BETWEEN, ends)
            if not any(attribute_test(field, test, "")):
                yield at, Range(field.name, test)
        following = node.words.get(self._key(at)) if not self._quoted(at) else None
        if following is not None:
            yield from self._ranges(field, following, at + 1, ends)
        for slot in node.slots.values() if len(ends) < 2 else ():
            for end, code in self._value(None, field, at):
                yield from self._ranges(field, slot, end, (*ends, code))

    def texts(self, at: int) -> Iterator[tuple[int, Operator, str]]:
        """Every test of a text that begins at a token, with its quoted text."""
        for key, operator in _TEXTS.items():
            for end, _, _ in self.slots.walk(self.book.texts[key], at):
                if self._quoted(end):
                    yield end + 1, operator, unquoted(self.tokens[end].text)

    def _key(self, at: int) -> str:
        return self.tokens[at].key if at < len(self.tokens) else ""

    def _filters(self, event: Event, at: int) -> Iterator[tuple[int, tuple[Filter, ...]]]:
        for end, one in self._filter(event, at):
            if self._key(end) != _APART:
                yield end, (one,)
                continue
            for last, others in self._filters(event, end + 1):
                yield last, (one, *others)

    def _on_time(self, event: Event, at: int) -> Iterator[tuple[int, Filter]]:
        """When the records were, in any week, on any day: "weekday: not Sunday", "hour: 8–10"."""
        for name, listed in ((WEEKDAY, self._days), (HOUR, self._hours)):
            if event.time is None or name in event.attributes or (event.dated and name == HOUR):
                continue
            for end, _, _ in self.slots.walk(self.book.answers[name], at):
                for start, negated in self._nots(end + 1) if self._key(end) == _COLON else ():
                    for stop, numbers in listed(start):
                        values = tuple(sorted(set(numbers))) if name == HOUR else numbers
                        operator = Operator.EQ if len(values) == 1 else Operator.IN
                        yield stop, Filter(name, Test(operator, values), negated)

    def _nots(self, at: int) -> Iterator[tuple[int, bool]]:
        yield at, False
        for end, meaning, _ in self.slots.words(at):
            if meaning in _NOT:
                yield end, True

    def _days(self, at: int) -> Iterator[tuple[int, tuple[int, ...]]]:
        for end, day, _ in self.slots.walk(self.book.weekday_forms["dayname"], at):
            yield end, (day,)
            for start in self._joints(end):
                for stop, others in self._days(start):
                    yield stop, (day, *others)

    def _hours(self, at: int) -> Iterator[tuple[int, tuple[int, ...]]]:
        for end, first in self.slots.fill("hm", at):
            for stop, last in self.slots.fill("hm", end + 1) if self._key(end) == "-" else ():
                if first % HOUR_LONG or last % HOUR_LONG or first == last:
                    continue
                hours = between(first // HOUR_LONG, last // HOUR_LONG)
                yield stop, hours
                for start in self._joints(stop):
                    for final, others in self._hours(start):
                        yield final, (*hours, *others)

    def _filter(self, event: Event, at: int) -> Iterator[tuple[int, Filter]]:
        yield from self._on_time(event, at)
        for end, attribute in self._label(event, at):
            if self._key(end) == _COLON:
                for stop, test, negated in self._signed(event, attribute, end + 1):
                    if not any(attribute_test(attribute, test, "")):
                        yield stop, Filter(attribute.name, test, negated)

    def _label(self, event: Event, at: int) -> Iterator[tuple[int, Attribute]]:
        """The attributes that are called so: by the shop's own words, or else by the language's."""
        own = [
            (end, event.attributes[name])
            for end, word in self._shops(at)
            for owner, name in (word.names if isinstance(word, AttributeWord) else ())
            if owner == event.name
        ]
        yield from own
        named = {end for end, _ in own}
        for end, (section, key), _ in self.slots.words(at):
            role = _UNITS if (section, key) == ("measures", "units") else key
            for attribute in event.attributes.values() if section in _LABELS else ():
                if attribute.role == role and end not in named:
                    yield end, attribute

    def _shops(self, at: int) -> Iterator[tuple[int, Payload]]:
        """What the shop's own words name from a token."""
        for end, (_, named), _ in self.slots.walk(self.shop.words, at):
            yield end, named

    # --- tests

    def _signed(
        self, event: Event, attribute: Attribute, at: int
    ) -> Iterator[tuple[int, Test, bool]]:
        """Every test of the attribute from a token, and whether it is negated."""
        for end, test in self._tests(event, attribute, at):
            yield end, test, False
            opposite = OPPOSITE.get(test.operator) if attribute.numeric else None
            for stop in self._or_unknown(end) if opposite else ():
                yield stop, Test(opposite or test.operator, test.values), True
        for end, (section, key), _ in self.slots.words(at):
            if (section, key) in _NOT:
                for stop, test in self._tests(event, attribute, end):
                    yield stop, test, True
        for key in ("known", "unknown"):
            for end, _, _ in self.slots.walk(self.book.answers[key], at):
                yield end, Test(Operator.KNOWN), key == "unknown"

    def _or_unknown(self, at: int) -> Iterator[int]:
        """Past "or unknown": the values are let in that nobody knows."""
        for end, meaning, _ in self.slots.words(at):
            if meaning == ("words", "or"):
                for stop, _, _ in self.slots.walk(self.book.answers["unknown"], end):
                    yield stop

    def _tests(self, event: Event, attribute: Attribute, at: int) -> Iterator[tuple[int, Test]]:
        match attribute.type:
            case Type.YES_NO:
                for key, answer in (("yes", True), ("no", False)):
                    for end, _, _ in self.slots.walk(self.book.answers[key], at):
                        yield end, Test(Operator.EQ, (answer,))
            case Type.TEXT | Type.LIST:
                yield from self._texts(event, attribute, at)
            case Type.DATE | Type.TIME:
                yield from self._dates(at)
            case Type.NUMBER | Type.MONEY | Type.AGE:
                for end, said in self.slots.fill("c", at):
                    if isinstance(said, Compare) and self._fits(attribute, said):
                        if self._lists(at, end, said):
                            continue  # "36 or 37" is a list, read below
                        yield end, said.test
                        yield from self._numbers(attribute, end, said)

    def _lists(self, at: int, end: int, said: Compare) -> bool:
        """Whether an "or" stands between its bounds."""
        inside = (
            meaning for start in range(at + 1, end) for _, meaning, _ in self.slots.words(start)
        )
        return said.test.operator is Operator.BETWEEN and ("words", "or") in inside

    def _numbers(self, attribute: Attribute, at: int, first: Compare) -> Iterator[tuple[int, Test]]:
        """More numbers of a list: "100, 200 or 300"."""
        for start in self._joints(at) if first.bare else ():
            for end, said in self.slots.fill("c", start):
                if isinstance(said, Compare) and said.bare and self._fits(attribute, said):
                    longer = Test(Operator.IN, (*first.test.values, *said.test.values))
                    yield end, longer
                    yield from self._numbers(attribute, end, replace(first, test=longer))

    def _fits(self, attribute: Attribute, said: Compare) -> bool:
        unit = said.unit
        return not (unit.unit or unit.percent) and (
            unit.money is None or attribute.type is Type.MONEY
        )

    def _texts(self, event: Event, attribute: Attribute, at: int) -> Iterator[tuple[int, Test]]:
        for end, values in self._values(event, attribute, at):
            yield end, Test(Operator.EQ if len(values) == 1 else Operator.IN, values)
        for end, operator, text in self.texts(at):
            yield end, Test(operator, (text,))

    def _values(
        self, event: Event, attribute: Attribute, at: int
    ) -> Iterator[tuple[int, tuple[Value, ...]]]:
        for end, value in self._value(event.name, attribute, at):
            yield end, (value,)
            for start in self._joints(end):
                for stop, others in self._values(event, attribute, start):
                    if value not in others:
                        yield stop, (value, *others)

    def _joints(self, at: int) -> Iterator[int]:
        if self._key(at) == _COMMA:
            yield at + 1
        for end, meaning, _ in self.slots.words(at):
            if meaning == ("words", "or"):
                yield end

    def _value(self, event: str | None, attribute: Attribute, at: int) -> Iterator[tuple[int, str]]:
        if self._quoted(at):
            yield at + 1, self._spelt(event, attribute, unquoted(self.tokens[at].text))
            return
        named, roles = self._named(at)
        found = named + [
            (end, owned, True)
            for end, role, name in roles
            if role == attribute.role
            for owned in self.shop.role_values(role, name)
        ]
        mine = [
            (end, str(owned.code), own)
            for end, owned, own in found
            if (owned.event, owned.name) == (event, attribute.name)
        ]
        native = {end for end, _, own in mine if own}
        yield from dict.fromkeys((end, code) for end, code, own in mine if own or end not in native)

    def _named(self, at: int) -> _NamedHere:
        """What can be a value from a token on, whatever it is asked for: looked up once."""
        if at not in self._memory:
            named = [
                (end, owned, language in (None, self.book.language))
                for end, (language, owned), _ in self.slots.walk(self.shop.words, at)
                if isinstance(owned, Owned)
            ]
            roles = [
                (end, *key.split(".", 1))
                for end, (section, key), _ in self.slots.words(at)
                if section == "values"
            ]
            self._memory[at] = named, roles
        return self._memory[at]

    def _spelt(self, event: str | None, attribute: Attribute, text: str) -> str:
        """The value whose word stands in quotes, or else what stands there."""
        for _, named in self.shop.words.named(token.key for token in tokenize(text)):
            if isinstance(named, Owned) and (named.event, named.name) == (event, attribute.name):
                return str(named.code)
        return text

    def _quoted(self, at: int) -> bool:
        return at < len(self.tokens) and self.tokens[at].shape is Shape.QUOTE

    def _dates(self, at: int) -> Iterator[tuple[int, Test]]:
        for end, (section, key), captures in self.slots.words(at):
            for window in windows(key, captures) if section == "window" else ():
                if isinstance(window, Span) and (test := _of_days(window)):
                    yield end, test


def _of_days(span: Span) -> Test | None:
    match span:
        case Span(date() as start, date() as end):
            return Test(Operator.BETWEEN, (start, end))
        case Span(date() as start, None):
            return Test(Operator.GE, (start,))
        case Span(None, date() as end):
            return Test(Operator.LE, (end,))
        case _:
            return None
