"""Hanging hyphens: "guld- eller platinakunder": the first word borrows the end of a later one."""

from collections.abc import Callable, Sequence

from assistant.grammar.tokens import Shape, Token

SHORTEST_PART = 3
FARTHEST = 8  # tokens between the hyphen and the word that has the end


def completed(
    tokens: Sequence[Token],
    named: Callable[[str], str | None],
    whole_name: Callable[[Sequence[Token]], bool],
) -> list[Token]:
    """The tokens with each hanging word made whole: one token with its hyphen, known by the
    compound that it stands for. `named` gives what a word is known by, or None; `whole_name` tells
    whether tokens begin with a name that has the hyphen in it. A word that makes no compound is
    known as it stands, or stays as it is."""
    done: list[Token] = []
    skipped = -1
    for at, token in enumerate(tokens):
        if at == skipped:
            continue
        hangs = _hangs(tokens, at) and not whole_name(tokens[at:])
        whole = _whole(tokens, at, named) if hangs else None
        if whole is None:
            done.append(token)
            continue
        hyphen = tokens[at + 1]
        done.append(token._replace(text=f"{token.text}{hyphen.text}", key=whole, end=hyphen.end))
        skipped = at + 1
    return done


def _hangs(tokens: Sequence[Token], at: int) -> bool:
    after = tokens[at + 1 : at + 3]
    if len(after) < 2 or after[0].key != "-" or after[0].spaced:
        return False
    return tokens[at].shape is Shape.WORD and (after[1].spaced or after[1].key == ",")


def _whole(tokens: Sequence[Token], at: int, named: Callable[[str], str | None]) -> str | None:
    word = tokens[at].key
    for later in tokens[at + 2 : at + 2 + FARTHEST]:
        if later.shape is not Shape.WORD:
            continue
        for cut in range(SHORTEST_PART, len(later.key) - SHORTEST_PART + 1):
            if (found := named(word + later.key[cut:])) is not None:
                return found
    return named(word)
