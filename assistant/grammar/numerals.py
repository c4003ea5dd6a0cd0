"""Numbers as people write them: digits in each country's habit, and number words.

`digits` reads one number token; `Numerals` reads number words of one language. Every result is a
list of possible values: more than one when the writing has two readings ("1,000").
"""

import re
from decimal import Decimal, InvalidOperation

from assistant.grammar.patterns import Slot, expand
from assistant.grammar.tokens import Shape, Token
from assistant.grammar.trie import Node
from assistant.languages.packs import Pack

Number = int | Decimal
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})+")
_SCALED = (("thousands", 1000, 0), ("half_thousands", 1000, 500), ("dozens", 12, 0))
_PARTED = re.compile(r"\d+(?:[.,]\d+)+")
_SPACES = str.maketrans("", "", " \u00a0\u202f\u2009")


def digits(text: str, decimal: str) -> list[Number]:
    """The values a number token can have where `decimal` is the sign before decimals.

    A lone group of three after a sign is thousands when the sign is the language's own thousands
    sign, and either of two numbers when it is its decimal sign. Empty when it is no number."""
    plain = text.translate(_SPACES)
    if plain.isdecimal():
        return [int(plain)]
    signs = [sign for sign in plain if sign in ".,"]
    if not signs or not _PARTED.fullmatch(plain):
        return []
    grouped = _GROUPED.fullmatch(plain)
    if grouped and len(set(signs)) == 1:
        whole = int(re.sub("[.,]", "", plain))
        if len(signs) == 1 and signs[0] == decimal:
            return [whole, _decimal(plain.replace(",", "."))]
        return [whole]
    head, tail = plain[: plain.rindex(signs[-1])], plain[plain.rindex(signs[-1]) + 1 :]
    if signs[-1] in signs[:-1] or (len(signs) > 1 and not _GROUPED.fullmatch(head)):
        return []
    return [_decimal(re.sub("[.,]", "", head) + "." + tail)]


def _decimal(text: str) -> Number:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return 0
    return int(value) if value == value.to_integral_value() else value


class Numerals:
    """Number words of one language: `match(tokens, at)` -> [(end, value)]."""

    def __init__(self, pack: Pack) -> None:
        numbers = {str(k): int(v) for k, v in pack.section("numbers").items()}
        self.small: Node[int] = Node()
        self.large: Node[int] = Node()
        self.hundreds: Node[int] = Node()
        self.joined: Node[int] = Node()  # a whole number of thousands in one: "femtusen"
        self._fill(numbers, pack)

    def _fill(self, numbers: dict[str, int], pack: Pack) -> None:
        ones = {w: n for w, n in numbers.items() if 1 <= n <= 9}
        ones_teens = {w: n for w, n in numbers.items() if 1 <= n <= 19 and " " not in w}
        tens = {w: n for w, n in numbers.items() if 20 <= n <= 90 and n % 10 == 0}
        for word, number in numbers.items():
            node = self.small if number < 100 else self.hundreds if number < 1000 else self.large
            for sequence in expand(word):
                node.add(sequence, number)
        compose = pack.section("compose")
        for template in compose.get("tens_ones", ()):
            for ten, tens_value in tens.items():
                for one, ones_value in ones.items():
                    phrase = template.replace("{tens}", ten).replace("{ones}", one)
                    self._add(self.small, phrase, tens_value + ones_value)
        for template in compose.get("hundreds", ()):
            for one, ones_value in ones_teens.items():  # "twelve hundred"
                self._add(self.hundreds, template.replace("{ones}", one), ones_value * 100)
        for key, scale, more in _SCALED:
            for template in compose.get(key, ()):
                for one, value in (ones_teens | tens).items():
                    self._add(self.joined, template.replace("{ones}", one), value * scale + more)

    @staticmethod
    def _add(node: Node[int], phrase: str, value: int) -> None:
        for sequence in expand(phrase):
            if not any(isinstance(element, Slot) for element in sequence):
                node.add(sequence, value)

    def match(self, tokens: tuple[Token, ...], at: int) -> list[tuple[int, int]]:
        """Every number in words that begins at a token, with the token it ends before."""
        found = dict(self._below_thousand(tokens, at))
        for stop, thousands in _walk(self.joined, tokens, at):
            found[stop] = thousands
            for last, rest in self._below_thousand(tokens, stop):
                found[last] = thousands + rest
        for end, value in [*found.items(), (at, 1)]:
            for stop, scale in _walk(self.large, tokens, end):
                found[stop] = value * scale
                for last, rest in self._below_thousand(tokens, stop):
                    found[last] = value * scale + rest
        return sorted(found.items())

    def _below_thousand(self, tokens: tuple[Token, ...], at: int) -> list[tuple[int, int]]:
        found = dict(_walk(self.small, tokens, at))
        for end, hundred in _walk(self.hundreds, tokens, at):
            found[end] = hundred
            for stop, rest in _walk(self.small, tokens, end):
                found[stop] = hundred + rest
        return list(found.items())


def _walk(node: Node[int], tokens: tuple[Token, ...], at: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    step: Node[int] | None = node
    while step is not None and at < len(tokens) and tokens[at].shape is not Shape.QUOTE:
        step = step.words.get(tokens[at].key)
        at += 1
        if step is not None and step.meanings:
            found.append((at, step.meanings[0]))
    return found
