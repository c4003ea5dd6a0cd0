"""What a sign of its own means: a comma, an "=" or the end of a sentence."""

from assistant.grammar.pieces import Connective, Mode, Negation, Payload, Sort, Structure
from assistant.grammar.tokens import SLASH, Shape, Token

_SIGNS = {",": "comma", ";": "comma", "&": "and", "&&": "and", "||": "or", SLASH: "or"}
_EQUALS = {"=": "equals", "==": "equals", "!=": "unequal", "<>": "unequal", "≠": "unequal"}
_BOUNDS = {">": "gt", "<": "lt"}
_BOUNDS |= {">=": "ge", "=>": "ge", "≥": "ge", "<=": "le", "=<": "le", "≤": "le"}
_ENDS = frozenset(".?!:…")
_MARKUP = frozenset("*")  # "**Oslo**": only how the text would look


def sign(token: Token, following: Token | None) -> tuple[Sort, Payload] | None:
    """What a punctuation mark is, if it is one the grammar knows. "!" denies what it is tied to
    and ends what it follows: "!gold", "hello! who is in Oslo?"."""
    last = following is None
    if token.shape is not Shape.SIGN:
        return None
    if token.key == "!" and following is not None:
        if token.spaced and not following.spaced:
            return Sort.NEGATION, Negation(none=False)
        return Sort.STRUCTURE, Structure(frozenset({"end"}))
    if token.key in _SIGNS:
        return Sort.CONNECTIVE, Connective(_SIGNS[token.key])
    if token.key in _ENDS and (last or token.key in ".:"):
        return Sort.STRUCTURE, Structure(frozenset({"end"}))
    if token.key in _MARKUP:
        return Sort.STRUCTURE, Structure(frozenset({"filler"}))
    if token.key in _EQUALS:
        return Sort.STRUCTURE, Structure(frozenset({_EQUALS[token.key]}))
    if token.key in _BOUNDS:
        return Sort.BOUND, Mode(_BOUNDS[token.key])
    return None
