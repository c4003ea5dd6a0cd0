"""What a sign of its own means: a comma, an "=" or the end of a sentence; and bounds that stand on
both sides of what they bound.
"""

from collections.abc import Sequence

from assistant.grammar.pieces import Connective, Mode, Negation, Payload, Sort, Structure
from assistant.grammar.tokens import SLASH, Shape, Token

_SIGNS = {",": "comma", ";": "comma", "&": "and", "&&": "and", "||": "or", SLASH: "or"}
_EQUALS = {"=": "equals", "==": "equals", "!=": "unequal", "<>": "unequal", "≠": "unequal"}
_BOUNDS = {">": "gt", "<": "lt"}
_BOUNDS |= {">=": "ge", "=>": "ge", "≥": "ge", "<=": "le", "=<": "le", "≤": "le"}
_TURNED = {"gt": "<", "lt": ">", "ge": "<=", "le": ">="}
_ENDS = frozenset(".?!:…")
_MARKUP = frozenset("*")  # "**Oslo**": only how the text would look


def unchained(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens with "2 <= orders <= 5" as "(orders >= 2 && orders <= 5)". Each stands where it
    was written, and what was not written has no text."""
    if sum(token.key in _BOUNDS for token in tokens) < 2:
        return tuple(tokens)
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        name = _bounded(tokens, at)
        if not name:
            found.append(tokens[at])
            at += 1
            continue
        end = at + 2 + len(name)
        low, sign_before, sign_after, high = *tokens[at : at + 2], *tokens[end : end + 2]
        turned = sign_before._replace(key=_TURNED[_BOUNDS[sign_before.key]])
        opening, both, closing = (_unwritten(key, low) for key in ("(", "&&", ")"))
        found += [opening, *name, turned, low, both, *name, sign_after, high, closing]
        at = end + 2
    return tuple(found)


def _bounded(tokens: Sequence[Token], at: int) -> Sequence[Token]:
    """The name between two bounds that begin at a token; empty where there are none."""
    if tokens[at].shape is not Shape.NUMBER:
        return ()
    end = at + 2
    while end < len(tokens) and tokens[end].shape is Shape.WORD:
        end += 1
    around = (*tokens[at : at + 2], *tokens[end : end + 2])
    shapes = [token.shape for token in around]
    if shapes != [Shape.NUMBER, Shape.SIGN, Shape.SIGN, Shape.NUMBER]:
        return ()
    return tokens[at + 2 : end] if {around[1].key, around[2].key} <= set(_BOUNDS) else ()


def _unwritten(key: str, beside: Token) -> Token:
    return Token("", key, beside.start, beside.start, Shape.SIGN, spaced=True)


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
    if token.key in _ENDS and (last or token.key in ".:?"):
        return Sort.STRUCTURE, Structure(frozenset({"end"}))
    if token.key in _MARKUP:
        return Sort.STRUCTURE, Structure(frozenset({"filler"}))
    if token.key in _EQUALS:
        return Sort.STRUCTURE, Structure(frozenset({_EQUALS[token.key]}))
    if token.key in _BOUNDS:
        return Sort.BOUND, Mode(_BOUNDS[token.key])
    return None
