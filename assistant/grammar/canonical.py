"""Canonical text typed as a sentence: the definition it is the spelling of, or nothing.

Only what a definition prints as, sign for sign, is taken so, and only where the shop has all that
it names; so that no sentence becomes one by accident. Start at `spelled`.
"""

from collections.abc import Iterator, Sequence

from assistant.grammar.reading import Note, Word, WordStatus
from assistant.grammar.shopbook import Shopbook
from assistant.grammar.tokens import COMPARING, Shape, Token, tokenize
from segments.catalogue import Catalogue
from segments.check import check
from segments.codec import if_text, to_text
from segments.definition import (
    Condition,
    Edge,
    Favourite,
    Field,
    Operator,
    Records,
    Test,
    inner_of,
    leaves,
    records_of,
)


def spelled(text: str, catalogue: Catalogue) -> Condition | None:
    """The definition whose canonical text this is, if the shop can answer it."""
    definition = if_text(text.strip(), catalogue.fields)
    if definition is None or to_text(definition) != text.strip() or check(definition, catalogue):
        return None
    return definition


def signed(text: str) -> bool:
    """Whether a text has signs that prose has not, as "age > 40" or "known(phone)"; without them
    ("age between 20 and 30") it is read as prose first."""
    return any(t.key in COMPARING or t.key == "(" for t in tokenize(text) if t.shape is Shape.SIGN)


def told(text: str, definition: Condition, simplified: Condition) -> tuple[Word, ...]:
    """The account of a canonical text: each condition's words, by its place in the simplified
    definition."""
    order = {leaf: index for index, leaf in enumerate(leaves(simplified))}
    tokens = tokenize(text)
    words: list[Word] = []
    at = 0
    for leaf in leaves(definition):
        said = to_text(leaf)
        start = text.index(said, at)
        end = start + len(said)
        words += _words(tokens, at, start, WordStatus.STRUCTURE, None)
        words += _words(tokens, start, end, WordStatus.USED, order.get(leaf))
        at = end
    return (*words, *_words(tokens, at, len(text), WordStatus.STRUCTURE, None))


def not_in_data(definition: Condition, shop: Shopbook) -> tuple[Note, ...]:
    """The values a definition asks for that the shop has named none of, though it names others:
    typed in quotes, they are taken as they stand."""
    missing = [
        value
        for owner, test in _tests(definition)
        if test.operator in (Operator.EQ, Operator.IN) and shop.codes.get(owner)
        for value in test.values
        if isinstance(value, str) and value not in shop.codes[owner]
    ]
    return (Note("value_not_in_data", {"words": ", ".join(missing)}),) if missing else ()


def _tests(definition: Condition) -> Iterator[tuple[str, Test]]:
    """What owns each value that is compared, as in `Shopbook.codes`, with the comparison."""
    for leaf in leaves(definition):
        match leaf:
            case Field(name, test):
                yield name, test
            case Edge(records=records, having=having):
                yield from _filtered(Records(records.event, having))
            case Favourite(records, of, test):
                yield f"{records.event}.{of}", test
            case _:
                pass
        for records in records_of(leaf):
            yield from _filtered(records)
        for inner in inner_of(leaf):
            yield from _tests(inner)


def _filtered(records: Records) -> Iterator[tuple[str, Test]]:
    for one in records.filters:
        yield f"{records.event}.{one.attribute}", one.test


def _words(
    tokens: Sequence[Token], start: int, end: int, status: WordStatus, condition: int | None
) -> list[Word]:
    within = [t for t in tokens if start <= t.start < end]
    return [Word(t.text, t.start, t.end, status, condition) for t in within]
