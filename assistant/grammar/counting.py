"""Numbers with what they count, and brackets of details: pieces that no word of a lexicon begins.

In: the slots of one sentence in one language and the shop's words. Out: sorts and payloads of the
pieces at a token. Start at `Counter.pieces`.
"""

from collections.abc import Iterator

from assistant.grammar.details import Brackets
from assistant.grammar.phrasebook import Phrasebook
from assistant.grammar.pieces import AttributeWord, Payload, RankWord, Sort, Structure
from assistant.grammar.shopbook import Shopbook
from assistant.grammar.slots import Slots
from segments.definition import Side


class Counter:
    """Finds numbers and brackets in one sentence, in one language."""

    def __init__(self, slots: Slots, book: Phrasebook, shop: Shopbook) -> None:
        self.slots = slots
        self.shop = shop
        self.brackets = Brackets(slots.tokens, slots, book, shop)

    def pieces(self, at: int) -> Iterator[tuple[int, Sort, Payload | None]]:
        """Comparisons, bare amounts, brackets and what counts with {events}, from a token."""
        for end, compare in self.slots.fill("c", at):
            yield end, Sort.COMPARE, compare
        for stop, number in self.slots.fill("n", at):
            for end in self._members(stop):
                yield end, Sort.RANK, RankWord(Side.TOP, number, open=True)
        for end, number in self.slots.fill("p", at):
            yield end, Sort.RANK, RankWord(Side.TOP, number, percent=True, open=True)
        for end, values in self.brackets.ranges(at):
            yield end, Sort.RANGE, values
        for end, details in self.brackets.details(at):
            yield end, Sort.DETAILS, details
        for end, (unit, factor) in self.slots.fill("unit", at):
            if factor == 1:
                yield end, Sort.ATTRIBUTE, AttributeWord((), unit)

    def _members(self, at: int) -> Iterator[int]:
        """Past a noun for members, the language's or the shop's own."""
        for end, _ in self.slots.fill("member", at):
            yield end
        for end, (_, named), _ in self.slots.walk(self.shop.words, at):
            if isinstance(named, Structure) and "member" in named.flags:
                yield end
