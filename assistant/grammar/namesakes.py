"""Words that mean two things at once: what tells a name from a word of the language's own frame."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.grammar.dated_slots import DatedSlots
from assistant.grammar.phrasebook import Meaning, Phrasebook, phrasebook
from assistant.grammar.pieces import Compare, EventWord, Piece, Sort, Structure, ValueOf
from assistant.grammar.slots import Captures
from assistant.grammar.tokens import Shape, Token, tokenize

Found = tuple[int, Meaning, Captures]  # where it ends, what it means, what filled its slots
LESSER_COST = 0.3  # more than the margin within which two parses count as equal
BROKEN_COST = 0.6  # more than that, and what another word before the name costs
_LONG = 3  # words in a name that nobody says by chance
_ASKS = frozenset({"filler"})
_ARTICLE = 3  # letters of the longest word that is an article or a pronoun and nothing else
_MEMBER = ("words", "member")
_OPENING = ("words", "opening")
_OPENS = frozenset({_MEMBER, _OPENING})
_PRONOUNS = frozenset({"filler", "pronoun", "every", "relative"})  # "bought these", not "customers"

_STRUCTURAL = frozenset(
    {Sort.STRUCTURE, Sort.CONNECTIVE, Sort.NEGATION, Sort.KNOWN, Sort.EDGE, Sort.MODE}
)


def guarded(named: Piece, own: Sequence[Piece]) -> Piece:
    """A value that is spelt like a word of structure is marked as one that needs more."""
    if not isinstance(named.payload, ValueOf):
        return named
    span = (named.start, named.end)
    if not any((p.start, p.end) == span and p.sort in _STRUCTURAL for p in own):
        return named
    return replace(named, payload=replace(named.payload, guarded=True))


def without_asking(
    tokens: Sequence[Token], own: Sequence[Piece], named: Sequence[Piece]
) -> list[Piece]:
    """The pieces without the words that only ask for a list, where the shop has a value of that
    name and the sentence has begun: "visited from Display" shows nothing. An article stays one."""
    values = {(p.start, p.end) for p in named if p.sort is Sort.VALUE and not tied(p)}
    if not values:
        return list(own)
    asks = [p for p in own if isinstance(p.payload, Structure) and p.payload.flags == _ASKS]
    begun = 0  # where what only asks ends
    while found := [p.end for p in asks if p.start == begun]:
        begun = max(found)
    idle = {
        id(p)
        for p in asks
        if p.start > begun and (p.start, p.end) in values and len(tokens[p.start].key) > _ARTICLE
    }
    return [p for p in own if id(p) not in idle]


def lesser(piece: Piece) -> Piece:
    """A measure, or people of an age, by a word that the shop has for a field: the field is meant
    where it can stand."""
    grouped = isinstance(piece.payload, Compare) and piece.payload.named
    return _dearer(piece) if piece.sort is Sort.MEASURE or grouped else piece


def names_whole(own: Sequence[Piece], named: Sequence[Piece]) -> list[Piece]:
    """The pieces, with those dearer that take a time out of a longer name: "Black Friday 2025
    text" is a campaign rather than a text message on that day."""
    values = [p for p in named if p.end - p.start >= _LONG and p.sort is Sort.VALUE]
    if not values:
        return list(own)
    return [
        _dearer(p, BROKEN_COST)
        if p.sort is Sort.WINDOW and any(p.start <= v.start < p.end < v.end for v in values)
        else p
        for p in own
    ]


def _dearer(piece: Piece, more: float = LESSER_COST) -> Piece:
    return Piece(piece.start, piece.end, piece.sort, piece.payload, piece.cost + more)


def nearer(own: Sequence[Piece]) -> list[Piece]:
    """The pieces, with an exception dearer where its word also denies what stands next: "outside
    Oslo with one order" leaves out Oslo, and not all that follows."""
    denied = {(p.start, p.end) for p in own if p.sort is Sort.NEGATION}
    if not denied:
        return list(own)
    return [
        _dearer(p) if p.sort is Sort.CONNECTIVE and (p.start, p.end) in denied else p for p in own
    ]


def opens_with_members(piece: Piece, own: Sequence[Piece]) -> bool:
    """Whether a word for a field is the noun for members that a sentence opens with: "households
    who", where it says nothing of the households yet."""
    if piece.start != 0 or piece.sort is not Sort.FIELD:
        return False
    flags = [(p, p.payload.flags) for p in own if isinstance(p.payload, Structure)]
    members = any(p.start == 0 and p.end == piece.end and "member" in f for p, f in flags)
    return members and any(p.start == piece.end and "relative" in f for p, f in flags)


def commands(piece: Piece, own: Sequence[Piece]) -> bool:
    """Whether the sentence opens with a word that only says what is to be done with the members:
    "visit customers in Oslo"."""
    if piece.start != 0 or piece.sort is not Sort.EVENT:
        return False
    if any(p.sort is Sort.EDGE and p.start == piece.end for p in own):
        return False  # "opened all of the last three newsletters"
    words = [(p, p.payload.flags) for p in own if isinstance(p.payload, Structure)]
    ends = {p.end for p, flags in words if p.start == piece.end and "every" in flags}
    after = (flags for p, flags in words if p.start == piece.end or p.start in ends)
    return any("member" in flags and not flags & _PRONOUNS for flags in after)


def tied(piece: Piece) -> bool:
    """Whether it names a value only where another word says so."""
    return isinstance(piece.payload, ValueOf) and all(o.tied for o in piece.payload.options)


def compares(piece: Piece, own: Sequence[Piece]) -> bool:
    """Whether a word for the least or the most only compares a number: "at least two" is no
    ranking."""
    return piece.sort is Sort.MOST and any(
        p.sort is Sort.COMPARE and p.start <= piece.start and p.end > piece.end for p in own
    )


def without_hidden(own: Sequence[Piece]) -> list[Piece]:
    """Without the nouns that hide a value this shop tells apart: where it knows the channel of what
    was opened, "email opens" are opens by e-mail."""
    values = [(p, p.payload.options) for p in own if isinstance(p.payload, ValueOf)]
    heads = [(p, p.payload) for p in own if isinstance(p.payload, EventWord)] if values else ()
    hidden = {
        (value.start, head.end, word)
        for value, options in values
        for head, word in heads
        if head.start == value.end and any(owned.event == word.event for owned in options)
    }
    if not hidden:
        return list(own)
    return [p for p in own if p.sort is not Sort.EVENT or (p.start, p.end, p.payload) not in hidden]


def without_parts(own: Sequence[Piece], named: Sequence[Piece]) -> list[Piece]:
    """Without the words of structure inside a verb that the shop says in several, as "been to": the
    verb may not get lost in them. Nor may "any of these" in "any", "of" and "these"."""
    verbs = [
        (p.start, p.end)
        for p in named
        if isinstance(p.payload, EventWord) and p.payload.form == "verb" and p.end - p.start > 1
    ]
    any_of = [(p.start, p.end) for p in own if _any_of(p)]
    if any_of:
        own = [p for p in own if _any_of(p) or not any(s <= p.start < e for s, e in any_of)]
    if not verbs:
        return list(own)
    return [
        p
        for p in own
        if p.sort is not Sort.STRUCTURE
        or not any(start <= p.start and p.end <= end for start, end in verbs)
    ]


def _any_of(piece: Piece) -> bool:
    return isinstance(piece.payload, Structure) and "any_of" in piece.payload.flags


def structural(language: str, text: str) -> bool:
    """Whether a value's word is one of structure in a language, or a time ("Black Week 2025"), so
    that it needs quotes."""
    book, tokens = phrasebook(language), tokenize(text)
    if any(section == "words" for section, _ in book.main.named(token.key for token in tokens)):
        return True
    periods = DatedSlots(tokens, book, "").fill("period", 0) if tokens else ()
    return any(end == len(tokens) for end, _ in periods)


def names_event(language: str, text: str) -> bool:
    """Whether a value's word is a noun for something members do: "contact form"."""
    found = phrasebook(language).main.named(token.key for token in tokenize(text))
    return any(section == "events" and not key.endswith(".verb") for section, key in found)


def meant(
    book: Phrasebook, tokens: Sequence[Token], at: int, found: Sequence[Found]
) -> list[Found]:
    """What the words that begin at a token can be there: members before their verbs where the
    sentence opens, what asks for a list ("search for") only there, countries in capitals."""
    kept = list(found)
    if not _OPENS.isdisjoint([meaning for _, meaning, _ in found]):
        members = {end for end, meaning, _ in found if meaning == _MEMBER}
        asked = max((end for end, meaning, _ in found if meaning == _OPENING), default=0)
        if at > 0 or any(token.shape is Shape.SIGN for token in tokens[asked : asked + 1]):
            asked = 0  # "search = shampoo" asks for no list
        kept = [
            (end, meaning, captures)
            for end, meaning, captures in found
            if (meaning == _OPENING and end == asked)
            or (end > asked and meaning != _OPENING and not (end in members and _verb(at, meaning)))
        ]
    code = _abbreviated(book, tokens, at)
    return [*kept, (at + 1, ("countries", code), ())] if code else kept


def _verb(at: int, meaning: Meaning) -> bool:
    """Whether a word for members is a word for what they do as well, and not that here."""
    section, key = meaning
    return section == "events" and key.endswith((".buyers", ".verb") if at == 0 else ".buyers")


def _abbreviated(book: Phrasebook, tokens: Sequence[Token], at: int) -> str | None:
    """The country that a word in capitals stands for, in a sentence that is not all capitals."""
    if (code := book.abbreviations.get(tokens[at].text)) is None:
        return None
    mixed = any(token.shape is Shape.WORD and not token.text.isupper() for token in tokens)
    return code if mixed else None
