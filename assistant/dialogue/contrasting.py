"""One thing said in the place of another: "not 90, 60", "Lund, not Malmö", "this year instead of
last year".

In: the tokens of a follow-up without the words around it, the phrases of a language. Out: where
what is denied and what is meant stand. Start at `contrast`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.grammar.tokens import Token
from assistant.grammar.turnbook import Turnbook

Span = tuple[int, int]
_BUT = frozenset({"but", "but_rather"})


@dataclass(frozen=True, slots=True)
class Contrast:
    """What is denied and what is meant, as tokens [start, end). `listed` where both may be denied:
    "not Lund, Malmö"."""

    denied: Span
    meant: Span
    listed: bool = False


def contrast(tokens: Sequence[Token], span: Span, book: Turnbook) -> Contrast | None:
    """The one contrast that the words make."""
    found = (
        each for way in (_denied_first, _denied_last, _instead) for each in way(tokens, span, book)
    )
    return next((each for each in found if _said(each.denied) and _said(each.meant)), None)


def _said(span: Span) -> bool:
    return span[0] < span[1]


def _denied_first(tokens: Sequence[Token], span: Span, book: Turnbook) -> Iterator[Contrast]:
    """As in "not 90, 60" and "not Lund but Malmö"."""
    start, end = span
    for lead in _at(tokens, span, start, book, frozenset({"denied"})):
        for at in range(lead + 1, end):
            comma = tokens[at].key == ","
            then = at + 1 if comma else at
            joints = _at(tokens, span, then, book, _BUT)
            for after in joints or ([then] if comma else []):
                yield Contrast((lead, at), (after, end), listed=not joints)


def _denied_last(tokens: Sequence[Token], span: Span, book: Turnbook) -> Iterator[Contrast]:
    """As in "Lund, not Malmö"."""
    start, end = span
    for at in range(start + 1, end - 1):
        if tokens[at].key == ",":
            for lead in _at(tokens, span, at + 1, book, frozenset({"denied"})):
                yield Contrast((lead, end), (start, at))


def _instead(tokens: Sequence[Token], span: Span, book: Turnbook) -> Iterator[Contrast]:
    """As in "last year instead of this year"."""
    start, end = span
    for at in range(start + 1, end):
        for after in _at(tokens, span, at, book, frozenset({"instead_of"})):
            yield Contrast((after, end), (start, at))


def _at(
    tokens: Sequence[Token], span: Span, at: int, book: Turnbook, keys: frozenset[str]
) -> list[int]:
    """Every end of a phrase with one of the keys that begins at a token, longest first."""
    return [p.end for p in book.at(tokens[: span[1]], at) if p.key in keys]
