"""Tests on texts ("starts with") and the literal words that they introduce, as pieces.

A literal is a run of tokens without white space, as "@example.com": a word that no lexicon and no
index of the shop need hold. It is only read where something that asks for a text stands before it.
"""

from collections.abc import Iterator, Sequence

from assistant.grammar.layout import BRACKETS
from assistant.grammar.phrasebook import Phrasebook
from assistant.grammar.pieces import FieldWord, Piece, Sort, Structure, Text, TextWord
from assistant.grammar.shopbook import Shopbook
from assistant.grammar.slots import Slots
from assistant.grammar.tokens import COMPARING, Shape, Token
from segments.definition import Operator

WORD_COST = 1.0
KNOWN_COST = 0.3  # more for a word that has another meaning
LITERAL_COST = 1.3  # dearer than what a lexicon has, by more than parses may differ and be equal
_OPERATORS = {
    "contains": Operator.CONTAINS,
    "starts": Operator.STARTS,
    "ends": Operator.ENDS,
}
_NEGATED = "not_"
AT = "at_"  # before who keeps somebody's mail: "gmail addresses", whatever the country
_FORMS = {"domain": "email", "naming": "first_name"}  # form of a field word -> role
_ASKING = frozenset({Sort.TEXT, Sort.FIELD})
_CLOSING = frozenset(".,;:!?)")
_BRIDGES = frozenset({"auxiliary", "equals", "filler"})  # "first name is Anna", "with an A"
_PARTED = ("ddd", "dd")  # a postal code with its space


def text_words(slots: Slots, book: Phrasebook, shop: Shopbook) -> Iterator[Piece]:
    """Tests on texts, and words for a field that ask for a literal of a certain form."""
    for at, token in enumerate(slots.tokens):
        begun = book.text_starts.get(token.key)
        for key, node in begun if begun and token.shape is not Shape.QUOTE else ():
            for end, _, _ in slots.walk(node, at):
                if key.startswith(AT):
                    email = shop.catalogue.field_by_role("email")
                    if email is not None:
                        word = FieldWord(email.name, form=f"@{key.removeprefix(AT)}.")
                        yield Piece(at, end, Sort.FIELD, word, WORD_COST)
                elif key in _FORMS:
                    field = shop.catalogue.field_by_role(_FORMS[key])
                    if field is not None:
                        word = FieldWord(field.name, form=key)
                        yield Piece(at, end, Sort.FIELD, word, WORD_COST)
                else:
                    operator = _OPERATORS[key.removeprefix(_NEGATED)]
                    said = TextWord(operator, negated=key.startswith(_NEGATED))
                    yield Piece(at, end, Sort.TEXT, said, WORD_COST)


def literals(tokens: tuple[Token, ...], pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The literals after what can introduce one, and after a connective that follows another."""
    asked = {p.end for p in pieces if p.sort in _ASKING}
    if not asked:
        return
    said: set[int] = set()
    known = {p.start for p in pieces}
    for at, token in enumerate(tokens):
        if at not in asked and at not in said:
            continue
        beginning = [p for p in pieces if p.start == at]
        if at in asked:
            passing = (p for p in beginning if p.sort is Sort.NEGATION or _bridges(p, token))
            asked |= {p.end for p in passing}
        if at in said:
            asked |= {p.end for p in beginning if p.sort is Sort.CONNECTIVE}
        if at not in asked or token.key in COMPARING or token.key in BRACKETS:
            continue
        if token.shape is Shape.QUOTE:
            said.add(at + 1)
            continue
        for end in _ends(tokens, at):
            text = "".join(each.text for each in tokens[at:end])
            plain = at not in known or not text.islower()
            cost = LITERAL_COST + (0.0 if plain else KNOWN_COST)
            yield Piece(at, end, Sort.LITERAL, Text(text, plain), cost)
            said.add(end)


def _bridges(piece: Piece, token: Token) -> bool:
    """Whether a literal may stand after the piece; a capital may be the literal itself."""
    flags = piece.payload.flags if isinstance(piece.payload, Structure) else frozenset()
    return bool(flags & _BRIDGES) and ("filler" not in flags or token.text.islower())


def _ends(tokens: tuple[Token, ...], at: int) -> Iterator[int]:
    end = at + 1
    while end < len(tokens) and not tokens[end].spaced and tokens[end].shape is not Shape.QUOTE:
        end += 1
    while end > at and tokens[end - 1].key in _CLOSING:
        end -= 1
    if end > at:
        yield end
    shapes = tuple("d" * len(t.text) for t in tokens[at : at + 2] if t.text.isdigit())
    if shapes == _PARTED and end == at + 1:
        yield at + 2
