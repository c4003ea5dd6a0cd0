"""Segments and lists that are called by name: "in the segment Autumn sale", "not on the list test".

In: tokens, the pieces of one language, what is kept. Out: pieces that stand for a whole condition,
or say that nothing is kept under the name. A name counts only after a word for what it is, or after
another name; it is taken as it stands, so that words in it mean nothing else. Start at `audiences`.
"""

from collections.abc import Iterator, Mapping, Sequence

from assistant.grammar.phrasebook import Phrasebook
from assistant.grammar.pieces import Beyond, Connective, Piece, Sort, VagueWord
from assistant.grammar.tokens import Shape, Token, keys, unquoted
from assistant.grammar.trie import starts, walked
from segments.audiences import Audiences
from segments.definition import Audience, Source

AUDIENCE = "audience"  # the section of words.toml, and what is told of a name that is not kept
_COST = 0.9  # a phrase with a name that is kept is hardly anything else
_UNKNOWN_COST = 11.0
_JOINED_COST = 2.0  # what a connective and a value cost, so that both ways are asked about
_SAID_AGAIN_COST = 1.0 + _COST
COMMA = "comma"
_JOINING = frozenset({"and", "or", COMMA})

Names = Mapping[tuple[str, ...], str]  # the name by the keys of its tokens


def audiences(
    tokens: Sequence[Token], book: Phrasebook, pieces: Sequence[Piece], kept: Audiences
) -> Iterator[Piece]:
    """The pieces that name a segment or a list."""
    for at in starts(book.kept, tokens):
        for source, head in _heads(tokens, book, at).items():
            names = _names(source, kept)
            if found := _named(tokens, head, names):
                end, name = found
                word = VagueWord(AUDIENCE, (Audience(source, name),))
                piece = Piece(at, end, Sort.VAGUE, word, _COST)
                yield piece
                yield from _joined(tokens, piece, book, pieces, kept)
            elif head < len(tokens) and tokens[head].shape in (Shape.WORD, Shape.QUOTE):
                yield Piece(at, head + 1, Sort.BEYOND, Beyond(AUDIENCE), _UNKNOWN_COST)


def names_quote(piece: Piece, tokens: Sequence[Token], found: Sequence[Piece]) -> bool:
    """Whether a piece is a quote that stands where the name of a segment or a list does: then it
    is no value."""
    quoted = tokens[piece.start].shape is Shape.QUOTE
    return quoted and any(p.start < piece.start < p.end for p in found)


def _heads(tokens: Sequence[Token], book: Phrasebook, at: int) -> dict[Source, int]:
    """What kind is named from a token on, and where its name begins: after the longest phrase."""
    return {Source(key): end for end, key in walked(book.kept, tokens, at)}


def _names(source: Source, kept: Audiences) -> Names:
    held = kept.segments if source is Source.SEGMENT else kept.lists
    return {keys(each.name): each.name for each in held.values()}


def _named(tokens: Sequence[Token], start: int, names: Names) -> tuple[int, str] | None:
    """Where the longest kept name that begins at a token ends, and the name."""
    if start < len(tokens) and tokens[start].shape is Shape.QUOTE:
        name = names.get(keys(unquoted(tokens[start].text)))
        return None if name is None else (start + 1, name)
    said = tuple(token.key for token in tokens[start:])
    fitting = [name for name in names if name and said[: len(name)] == name]
    longest = max(fitting, key=len, default=None)
    return None if longest is None else (start + len(longest), names[longest])


def named_at(
    tokens: Sequence[Token], at: int, book: Phrasebook, kept: Audiences
) -> tuple[int, Audience] | None:
    """The segment or list named from a token on, with a word for what it is or without, and where
    the name ends."""
    heads = _heads(tokens, book, at)
    for source in Source:
        for start in [heads[source]] if source in heads else [at]:
            if found := _named(tokens, start, _names(source, kept)):
                return found[0], Audience(source, found[1])
    return None


def _joined(
    tokens: Sequence[Token],
    piece: Piece,
    book: Phrasebook,
    pieces: Sequence[Piece],
    kept: Audiences,
) -> Iterator[Piece]:
    """The names that are joined to one, as one: "in the segment VIP, Oslo or Autumn sale", "in the
    segment VIP or on the list test"."""
    word = piece.payload
    assert isinstance(word, VagueWord)
    for each in pieces:
        joint = each.payload.kind if isinstance(each.payload, Connective) else ""
        if each.start != piece.end or joint not in _JOINING or word.joint in ("and", "or"):
            continue
        same = word.audiences[-1].source
        starts = [(same, each.end, _JOINED_COST)]
        heads = _heads(tokens, book, each.end).items()
        starts += [(source, head, _SAID_AGAIN_COST) for source, head in heads]
        for source, start, cost in starts:
            if found := _named(tokens, start, _names(source, kept)):
                end, name = found
                told = VagueWord(AUDIENCE, (*word.audiences, Audience(source, name)), joint)
                longer = Piece(piece.start, end, Sort.VAGUE, told, piece.cost + cost)
                if joint != COMMA:
                    yield longer
                yield from _joined(tokens, longer, book, pieces, kept)
