"""Who is most like others: "500 customers most similar to those in the segment VIP".

In: the tokens of a sentence, the words of one language, what is kept by name, the words of the
shop's rules. Out: `Likeness`, where it is said, of whom and how many. Those they are like have a
name or stand in brackets, since nobody could tell where a description of them ends. Start at
`likenesses`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.grammar.cutter import Lattice
from assistant.grammar.layout import layout
from assistant.grammar.named_audiences import named_at
from assistant.grammar.numerals import digits
from assistant.grammar.phrasebook import Phrasebook
from assistant.grammar.pieces import SIMILAR, Sort, VagueWord
from assistant.grammar.rules import standing
from assistant.grammar.shopbook import RULE
from assistant.grammar.tokens import Token
from assistant.grammar.trie import starts, walked
from segments.catalogue import Catalogue
from segments.definition import All, Condition, Extent, Similar

COST = 0.9  # a phrase with a group that is known is hardly anything else
_LONGEST = 9  # tokens that say how many
_OFFERED = ((1, Extent.TIMES), (2, Extent.TIMES), (5, Extent.PERCENT), (10, Extent.PERCENT))

Size = tuple[int | Decimal, Extent]
Inside = tuple[int, int]  # the tokens in a bracket


@dataclass(frozen=True, slots=True)
class Likeness:
    """The tokens from `start` to `end` say it, `size` how many; like the `group`, or like those in
    a bracket, `inside`; of those in another, `among`."""

    start: int
    end: int
    size: Size | None
    group: Condition | None
    inside: Inside | None
    among: Inside | None

    def word(self, group: Condition, among: Condition | None) -> VagueWord:
        """What it means; where it does not say how many, what it could mean."""
        sizes = _OFFERED if self.size is None else (self.size,)
        found = tuple(Similar(group, amount, extent, among) for amount, extent in sizes)
        if self.size is None:
            return VagueWord(SIMILAR, among=found)
        return VagueWord(SIMILAR, meant=found[0])


def likenesses(
    tokens: Sequence[Token], book: Phrasebook, rows: Lattice, catalogue: Catalogue
) -> Iterator[Likeness]:
    """Every such phrase whose group is known."""
    tokens = tuple(tokens)
    partners: dict[int, int] | None = None
    for at in starts(book.alike, tokens):
        likes = [end for end, key in walked(book.alike, tokens, at) if key == "like"]
        if not likes:
            continue
        if partners is None:
            partners = dict(layout(tokens).partners)
        start, size = _sized(tokens, at, book, catalogue)
        groups = (
            found
            for like in sorted(likes, reverse=True)
            for first in _those(tokens, like, book)
            if (found := _group(tokens, first, book, rows, catalogue, partners))
        )
        for end, group, inside in groups:
            after, among = _among(tokens, end, book, partners)
            yield Likeness(start, after, size, group, inside, among)
            break


def _those(tokens: tuple[Token, ...], at: int, book: Phrasebook) -> list[int]:
    """Where the group can begin, after "those in the segment" or right there."""
    ends = {end for end, key in walked(book.alike, tokens, at) if key == "those"}
    return [*sorted(ends, reverse=True), at]


def _group(
    tokens: tuple[Token, ...],
    at: int,
    book: Phrasebook,
    rows: Lattice,
    catalogue: Catalogue,
    partners: dict[int, int],
) -> tuple[int, Condition | None, Inside | None] | None:
    """The group that begins at a token, or the bracket it stands in, and where it ends."""
    if at in partners:
        return partners[at] + 1, None, (at + 1, partners[at])
    known = _known(tokens, at, book, rows, catalogue)
    return None if known is None else (*known, None)


def made_among(parts: tuple[Condition, ...]) -> Condition:
    """All of the parts; beside others those who are alike are chosen among them."""
    alike = [part for part in parts if isinstance(part, Similar)]
    rest = tuple(part for part in parts if not isinstance(part, Similar))
    if len(alike) != 1 or alike[0].among is not None or not rest:
        return All(parts) if len(parts) > 1 else parts[0]
    return replace(alike[0], among=All(rest) if len(rest) > 1 else rest[0])


def _known(
    tokens: tuple[Token, ...], at: int, book: Phrasebook, rows: Lattice, catalogue: Catalogue
) -> tuple[int, Condition] | None:
    """A segment or list by its name, or a rule of the shop by its words; and where it ends."""
    if named := named_at(tokens, at, book, catalogue.audiences):
        return named
    pieces = rows[at] if at < len(rows) else ()
    for piece in sorted(pieces, key=lambda each: each.end, reverse=True):
        if piece.sort is Sort.VAGUE and isinstance(piece.payload, VagueWord):
            found = standing(piece.payload.concept.removeprefix(RULE), catalogue)
            if found is not None:
                return _noun(tokens, piece.end, book, catalogue), found
    return None


def _among(
    tokens: tuple[Token, ...], at: int, book: Phrasebook, partners: dict[int, int]
) -> tuple[int, Inside | None]:
    for end, key in walked(book.alike, tokens, at):
        if key == "among" and end in partners:
            return partners[end] + 1, (end + 1, partners[end])
    return at, None


def _sized(
    tokens: tuple[Token, ...], before: int, book: Phrasebook, catalogue: Catalogue
) -> tuple[int, Size | None]:
    """How many, said right before a token, and where that begins."""
    for start in range(max(before - _LONGEST, 0), before):
        for end, size in _sizes(tokens, start, book):
            if _noun(tokens, end, book, catalogue) == before:
                return start, size
    return before, None


def _sizes(tokens: tuple[Token, ...], start: int, book: Phrasebook) -> Iterator[tuple[int, Size]]:
    leads = [end for end, key in walked(book.alike, tokens, start) if key == "lead"]
    for at in (start, *leads):
        for end, key in walked(book.alike, tokens, at):
            if key in ("once", "twice"):
                yield end, (1 if key == "once" else 2, Extent.TIMES)
        for after, amount in _numbers(tokens, at, book):
            if isinstance(amount, int):
                yield after, (amount, Extent.MEMBERS)
            for end, _ in walked(book.percents, tokens, after):
                yield end, (amount, Extent.PERCENT)
                of = [e for e, key in walked(book.alike, tokens, end) if key == "of"]
                yield from ((each, (amount, Extent.PERCENT)) for each in of)
            for end, key in walked(book.alike, tokens, after):
                if key == "times":
                    yield end, (amount, Extent.TIMES)


def _numbers(
    tokens: tuple[Token, ...], at: int, book: Phrasebook
) -> list[tuple[int, int | Decimal]]:
    if at >= len(tokens):
        return []
    plain = [(at + 1, number) for number in digits(tokens[at].text, book.pack.decimal)]
    return [*plain, *book.numerals.match(tokens, at)]


def _noun(tokens: tuple[Token, ...], at: int, book: Phrasebook, catalogue: Catalogue) -> int:
    """Where the noun for members ends, if there is one."""
    own = [noun.casefold() for noun in catalogue.nouns.get(book.language, ())]
    if at < len(tokens) and tokens[at].key in own:
        return at + 1
    return max((end for end, _ in walked(book.members, tokens, at)), default=at)
