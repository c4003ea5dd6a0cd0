"""Which words a shop can be taught, and under which name a rule stands.

In: a word, its language, what it is to the grammar already. Out: the obstacle as a note, or None;
whatever turns or holds together the sense of other words keeps its meaning. Start at `obstacle`.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

from assistant.grammar.cutter import Lattice
from assistant.grammar.phrasebook import Phrasebook, phrasebook
from assistant.grammar.pieces import Piece, Sort, VagueWord, ValueOf
from assistant.grammar.reading import Note
from assistant.grammar.shopbook import RULE
from assistant.grammar.tokens import Shape, tokenize
from assistant.grammar.trie import Node
from assistant.languages.files import languages
from assistant.languages.packs import load

LONGEST_WORD = 40
MOST_WORDS = 4
_JOINTS = frozenset({"-", "&"})
_CONTENT = frozenset(  # what may get another meaning, when the person agrees
    {
        Sort.FIELD,
        Sort.EVENT,
        Sort.MEASURE,
        Sort.ATTRIBUTE,
        Sort.VAGUE,
        Sort.ASIDE,
        Sort.BEYOND,
        Sort.CONSENT,
        Sort.CHANNEL,
    }
)
_TIMES = frozenset({Sort.WINDOW, Sort.WEEKDAYS, Sort.YEARLY})


def meanings(lattice: Lattice) -> tuple[Piece, ...]:
    """The pieces that are the whole of a text as it is spelt."""
    row = (p for p in lattice[0] if p.end == len(lattice)) if lattice else ()
    return tuple(p for p in row if p.sort is not Sort.UNKNOWN and p.read_as is None)


def obstacle(word: str, language: str, known: Sequence[Piece]) -> Note | None:
    """Why a word cannot be taught in a language; `known` is what it means there today."""
    tokens = tokenize(word)
    keys = [token.key for token in tokens]
    plain = all(t.shape is Shape.WORD or t.key in _JOINTS for t in tokens)
    said = {"word": word}
    if not tokens or not plain or len(tokens) > MOST_WORDS or len(word) > LONGEST_WORD:
        return Note("shape", said)
    book = phrasebook(language)
    if any(key in each.deciding for each in map(phrasebook, languages()) for key in keys):
        return Note("structure", said)
    sorts = {piece.sort for piece in known}
    if sorts & _TIMES or _ends(_calendar(book), keys):
        return Note("time", said)
    if Sort.COMPARE in sorts or _ends(_numbers(book), keys):
        return Note("number", said)
    if Sort.VALUE in sorts:
        options = [p.payload.options for p in known if isinstance(p.payload, ValueOf)]
        owner = options[0][0] if options and options[0] else None
        of = f"{owner.event}.{owner.name}" if owner and owner.event else owner and owner.name
        return Note("value", {**said, "field": of or ""})
    joins = any(_ends((book.joining,), [key]) for key in keys)
    if sorts - _CONTENT or joins or all(key in book.binding for key in keys):
        return Note("structure", said)
    return None


def _calendar(book: Phrasebook) -> Iterable[Node]:  # type: ignore[type-arg]
    return (book.months, *book.calendar, book.units, book.slots["period"], book.slots["date"])


def _numbers(book: Phrasebook) -> Iterable[Node]:  # type: ignore[type-arg]
    return (book.currencies, book.suffixes, book.ordinals, book.counts, book.slots["compare"])


def _ends(nodes: Iterable[Node], keys: Sequence[str]) -> bool:  # type: ignore[type-arg]
    """Whether one of the tries has these words."""
    for start in nodes:
        node: Node | None = start  # type: ignore[type-arg]
        for key in keys:
            node = node.words.get(key) if node is not None else None
        if node is not None and node.meanings:
            return True
    return False


@cache
def concepts() -> frozenset[str]:
    """What the languages' vague words stand for: "loyal", "inactive"."""
    return frozenset(key for language in languages() for key in load(language).section("vague"))


def concept_words(concept: str, language: str) -> tuple[str, ...]:
    """A language's first word for a vague concept; none when it is no concept."""
    return tuple(load(language).section("vague").get(concept, ())[:1])


def named_rule(known: Sequence[Piece]) -> str | None:
    """The name of the rule that a vague word stands for, or would stand for."""
    vague = (p.payload for p in known if isinstance(p.payload, VagueWord))
    return next((word.concept.removeprefix(RULE) for word in vague), None)


def rule_name(word: str, taken: Iterable[str]) -> str:
    """A name for the rule of a word that stands for none yet."""
    plain = word.lower().replace("ø", "o").replace("æ", "ae").replace("đ", "d")
    letters = "".join(c for c in unicodedata.normalize("NFD", plain) if c.isascii())
    name = re.sub(r"[^a-z0-9]+", "_", letters).strip("_0123456789") or "rule"
    used = {*taken, *concepts()}
    numbered = (f"{name}_{number}" for number in range(2, len(used) + 3))
    return next(each for each in (name, *numbered) if each not in used)
