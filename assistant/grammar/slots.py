"""Fills the slots of templates: numbers, amounts, units, comparisons; dates are `dated_slots`.

One `Slots` reads one sentence with one language's phrasebook; every result is remembered by
(slot, token). Knows no clock: years are only taken where they are written.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from assistant.grammar.numerals import digits
from assistant.grammar.phrasebook import Meaning, Phrasebook
from assistant.grammar.pieces import Amount, Compare, Far
from assistant.grammar.shopbook import Shopbook
from assistant.grammar.tokens import Shape, Token
from assistant.grammar.trie import Node
from segments.definition import Operator, Test, Unit

Found = list[tuple[int, Any]]  # (token it ends before, payload)
Filler = Callable[[Any, int], Found]  # of slots, from a token
Captures = tuple[tuple[str, Any], ...]
Walked = tuple[int, Any, Captures]

_COMPARE = {
    "gt": Operator.GT,
    "ge": Operator.GE,
    "lt": Operator.LT,
    "le": Operator.LE,
    "eq": Operator.EQ,
    "between": Operator.BETWEEN,
    "either": Operator.BETWEEN,
}
FIRST_YEAR, LAST_YEAR = 1950, 2100  # what a number that counts nothing may be
_ABOUT = "about"
_WIDTHS = (10, 20)  # per cent to each side that "about" can be: which of them is asked
_FEWEST = 3  # "about 2" has no less that is not one or none
LONGEST_THING = 5
NAMED_FIELD = "field"  # what `{own}` captures by name, not by a key of the section `own`
_CROWN = ",-"
_CLOCK = re.compile(r"(\d{1,2})(?:[.](\d{2}))?")
HALVES = {"am": 0, "pm": 720}  # of the day, in minutes


class Slots:
    """The slot fillers of one sentence in one language."""

    def __init__(
        self, tokens: tuple[Token, ...], book: Phrasebook, shop: Shopbook | None = None
    ) -> None:
        self.tokens = tokens
        self.book = book
        self.shop = shop
        self._memory: dict[tuple[str, int], Found] = {}
        self._main: dict[int, list[Walked]] = {}
        self._factors: dict[tuple[int, Any], int] = {}  # of numbers with a suffix, by their end
        self._keys = ["" if token.shape is Shape.QUOTE else token.key for token in tokens]
        self._possible = list(map(book.possible, tokens))

    def fill(self, slot: str, at: int) -> Found:
        """Everything the slot can be at a token; empty for a slot of another name."""
        if at >= len(self.tokens) or slot not in self._possible[at]:
            return []
        key = (slot, at)
        known = self._memory.get(key)
        if known is None:
            known = self._memory[key] = self.fillers[slot](self, at)
        return known

    def words(self, at: int) -> list[Walked]:
        """The same of the language's words and templates, which more than one asks for."""
        known = self._main.get(at)
        if known is None:
            known = self._main[at] = self.walk(self.book.main, at)
        return known

    def walk(self, node: Node[Any], at: int, captures: Captures = ()) -> list[Walked]:
        """Every end, meaning and captured payloads of a trie from a token."""
        found: list[Walked] = []
        self._walk(node, at, captures, found)
        return found

    def _walk(self, node: Node[Any], at: int, captures: Captures, found: list[Walked]) -> None:
        keys = self._keys
        while True:
            for meaning in node.meanings:
                found.append((at, meaning, captures))  # noqa: PERF401 — mostly none or one
            if at >= len(keys):
                return
            following = node.words.get(keys[at])
            if node.slots:
                break
            if following is None:
                return
            node, at = following, at + 1
        if following is not None:
            self._walk(following, at + 1, captures, found)
        possible = self._possible[at]
        for name, child in node.slots.items() if not possible.isdisjoint(node.slots) else ():
            if name in possible:
                for end, payload in self.fill(name, at):
                    self._walk(child, end, (*captures, (name, payload)), found)

    # --- numbers and amounts

    def _numbers(self, at: int) -> Found:
        """Whole numbers and decimals, remembered, since other slots are made of them."""
        return self.fill("decimal", at)

    def _number(self, at: int) -> Found:
        token = self.tokens[at]
        found: Found = []
        if token.shape is Shape.NUMBER:
            values = [] if self._two_numbers(at) else digits(token.text, self.book.pack.decimal)
            found = [(at + 1, value) for value in values]
        elif token.shape is Shape.WORD:
            found = list(self.book.numerals.match(self.tokens, at))
        larger: Found = []
        for stop, value in found if token.shape is Shape.NUMBER else ():
            for end, factor, _ in self.walk(self.book.suffixes, stop):
                larger.append((end, scaled(value, factor)))
                self._factors[larger[-1]] = factor
        if token.shape is Shape.WORD:
            self._factors |= self._in_words(at, found)
        return found + larger

    def _in_words(self, at: int, found: Found) -> dict[tuple[int, Any], int]:
        """What the last of some number words multiplies those before it by: "two thousand"."""
        factors: dict[tuple[int, Any], int] = {}
        numerals = self.book.numerals
        for end, value in found:
            for node in (numerals.large, numerals.hundreds):
                last = node.words.get(self.tokens[end - 1].key) if end - at > 1 else None
                scale = last.meanings[0] if last is not None and last.meanings else 0
                if scale and value % scale == 0 and value > scale:
                    factors[end, value] = scale
        return factors

    def _two_numbers(self, at: int) -> bool:
        """Whether "40 500" may be an age and something else: only money is written so for sure."""
        groups = self.tokens[at].text.split()
        if len(groups) != 2 or not 10 <= int(groups[0]) < 100 or groups[1][:1] == "0":
            return False
        after = bool(self.walk(self.book.currencies, at + 1))
        before = at > 0 and self.tokens[at - 1].key in self.book.currencies.words
        return not (after or before)

    def _whole(self, at: int) -> Found:
        return [(end, v) for end, v in self._numbers(at) if isinstance(v, int)]

    def _percent(self, at: int) -> Found:
        return [
            (end, value)
            for stop, value in self._numbers(at)
            for end, _, _ in self.walk(self.book.percents, stop)
        ]

    def _part(self, at: int) -> Found:
        """A part of a whole, in per cent or as a fraction."""
        return [(end, Fraction(value) / 100) for end, value in self._percent(at)] + [
            (end, Fraction(said)) for end, said in self._names(self.book.fractions, at)
        ]

    def _amount(self, at: int) -> Found:
        factors = self._factors
        found: Found = [
            (end, Amount(value, factor=factors.get((end, value), 1)))
            for end, value in self._numbers(at)
        ]
        found += [(end, Amount(value, percent=True)) for end, value in self._percent(at)]
        for stop, value in self._numbers(at):
            found += [
                (
                    self._after_crown(end),
                    Amount(value, money=code, factor=factors.get((stop, value), 1)),
                )
                for end, code, _ in self.walk(self.book.currencies, stop)
            ]
            if self._after_crown(stop) != stop:
                found.append((self._after_crown(stop), Amount(value, money="kr")))
            found += [
                (end, Amount(value * factor, unit=unit))
                for end, (unit, factor) in self.fill("unit", stop)
            ]
        found += [(end, Amount(n, times=True)) for end, n in self._names(self.book.counts, at)]
        for stop, code, _ in self.walk(self.book.currencies, at):
            found += [
                (
                    self._after_crown(end),
                    Amount(value, money=code, factor=factors.get((end, value), 1)),
                )
                for end, value in (self._numbers(stop) if stop < len(self.tokens) else ())
            ]
        return found

    def _far(self, at: int) -> Found:
        """A distance in kilometres, with how many of them its unit is."""
        return [
            (end, Far(_plain(scaled(value, factor)), factor))
            for stop, value in self._numbers(at)
            for end, factor in self._names(self.book.lengths, stop)
        ]

    def _after_crown(self, at: int) -> int:
        """Past a ",-" that closes an amount in crowns."""
        two = self.tokens[at : at + 2]
        return at + 2 if "".join(t.key for t in two) == _CROWN and not two[1].spaced else at

    def _comparison(self, at: int) -> Found:
        found: Found = [
            (end, compare)
            for end, meaning, captures in self.walk(self.book.slots["compare"], at)
            for compare in comparisons(meaning, captures)
        ]
        return found + [
            (end, Compare(Test(Operator.EQ, (amount.value,)), amount, bare=True))
            for end, amount in self.fill("x", at)
        ]

    def _thing(self, at: int) -> Found:
        """A few words of which none says who the members are or how conditions hang together."""
        found: Found = []
        for end in range(at + 1, min(at + LONGEST_THING, len(self.tokens)) + 1):
            token = self.tokens[end - 1]
            if token.shape not in (Shape.WORD, Shape.NUMBER) or token.key in self.book.binding:
                break
            found.append((end, None))
        return found

    def _clock_digits(self, at: int) -> Found:
        """A time of day in digits, as minutes since midnight: "8", "8.30", "08:30"."""
        token = self.tokens[at]
        said = _CLOCK.fullmatch(token.text) if token.shape is Shape.NUMBER else None
        if said is None:
            return []
        found = [(at + 1, said[1], said[2] or "0")]
        if said[2] is None and self._keys[at + 1 : at + 2] == [":"]:
            found = [(at + 3, said[1], two) for two in self._keys[at + 2 : at + 3] if len(two) == 2]
        return [
            (end, 60 * int(hours) + int(minutes))
            for end, hours, minutes in found
            if minutes.isdigit() and int(minutes) < 60 and 60 * int(hours) + int(minutes) <= 1440
        ]

    def _clock(self, at: int) -> Found:
        """A time of day that is nothing else: "20:00", "kl. 20", "8 pm", "noon"."""
        found = [(end, said) for end, said in self.fill("hm", at) if end == at + 3]
        for end, (_, key), captures in self.walk(self.book.slots["clock"], at):
            said = dict(captures).get("hm", int(key) * 60 if key.isdigit() else 0)
            if key not in HALVES:
                found.append((end, said))
            elif 60 <= said < 780:
                found.append((end, said % 720 + HALVES[key]))
        return found

    def _own(self, at: int) -> Found:
        """A date of the member's own: by its role, or by the name of one of the shop's fields."""
        found: Found = [
            (end, (key, dict(captures).get("events", "")))
            for end, key, captures in self.walk(self.book.owns, at)
        ]
        if self.shop is not None:
            starts = {at, *(end for end, _, _ in self.walk(self.book.leads, at))}
            found += [
                (start + words, (NAMED_FIELD, field))
                for start in starts
                for words, field in self.shop.dates(self.book.language, self._keys[start:])
            ]
        return found

    # --- calendar

    def _names(self, node: Node[Any], at: int) -> Found:
        return [(end, meaning) for end, meaning, _ in self.walk(node, at)]

    def _tens(self, node: Node[int], at: int) -> Found:
        """The first of ten years: of age, or of the calendar."""
        found = ((end, number or dict(said)["n"]) for end, number, said in self.walk(node, at))
        return [(end, number) for end, number in found if number % 10 == 0 and number >= 10]

    def _unit(self, at: int) -> Found:
        return [
            (end, (Unit(name), factor)) for end, (name, factor), _ in self.walk(self.book.units, at)
        ]

    fillers: ClassVar[Mapping[str, Filler]] = {
        "decimal": _number,
        "n": _whole,
        "number": _whole,
        "x": _amount,
        "p": _percent,
        "part": _part,
        "c": _comparison,
        "far": _far,
        "unit": _unit,
        "ordinal": lambda self, at: self._names(self.book.ordinals, at),
        "member": lambda self, at: self._names(self.book.members, at),
        "thing": _thing,
        "decade": lambda self, at: self._tens(self.book.decades, at),
        "era": lambda self, at: self._tens(self.book.eras, at),
        "events": lambda self, at: self._names(self.book.event_nouns, at),
        "own": _own,
        "hm": _clock_digits,
        "clock": _clock,
    }


def comparisons(meaning: Meaning, captures: Captures) -> list[Compare]:
    """The same, or each that "about 500" can be: so far from it to both sides."""
    if meaning[1] != _ABOUT:
        found = comparison(meaning, captures)
        return [] if found is None else [found]
    amounts = [payload for name, payload in captures if name == "x"]
    return [about for percent in _WIDTHS for about in _about(amounts[0], percent)]


def _about(amount: Amount, percent: int) -> list[Compare]:
    """From so many per cent less to so many more, in whole numbers. Nothing of time, of per cent,
    of what is all but none, or where it may be a year."""
    value = amount.value
    year = amount.money is None and not amount.times and FIRST_YEAR <= value <= LAST_YEAR
    if not isinstance(value, int) or value < _FEWEST or amount.unit or amount.percent or year:
        return []
    far = max(percent // 10, round(value * percent / 100))  # 1 and 2 of a few
    return [Compare(Test(Operator.BETWEEN, (value - far, value + far)), amount)]


def comparison(meaning: Meaning, captures: Captures) -> Compare | None:
    """The comparison of a template's meaning and its amounts; None when they do not fit."""
    operator = _COMPARE.get(meaning[1])
    amounts = [payload for name, payload in captures if name == "x"]
    if operator is None or len(amounts) != (2 if operator is Operator.BETWEEN else 1):
        return None
    if operator is not Operator.BETWEEN:
        return Compare(Test(operator, (amounts[0].value,)), amounts[0])
    low, high = _together(*amounts)
    if (low.money or low.unit or low.percent) and not _same_kind(low, high):
        return None
    if low.value > high.value or (meaning[1] == "either" and high.value != low.value + 1):
        return None  # "2 or 5" is nothing in between
    return Compare(Test(operator, (low.value, high.value)), high)


def _together(low: Amount, high: Amount) -> tuple[Amount, Amount]:
    """As in "between 1 and 5 million", where the word after the second holds for both."""
    both = scaled(low.value, high.factor)
    if low.factor == 1 < high.factor and both <= high.value:
        return replace(low, value=both), high
    return low, high


def _same_kind(low: Amount, high: Amount) -> bool:
    return (low.money, low.unit, low.percent) == (high.money, high.unit, high.percent)


def scaled(value: int | Decimal, factor: int | Decimal) -> int | Decimal:
    """So many times the value; whole where it comes to that."""
    product = Decimal(value) * factor
    return int(product) if product == product.to_integral_value() else product


def _plain(value: int | Decimal) -> int | Decimal:
    """Without noughts after its last digit."""
    return value.normalize() if isinstance(value, Decimal) else value
