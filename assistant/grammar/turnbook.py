"""The words around a turn of a conversation: "only", "remove", "what about", "undo", "how many".

In: tokens. Out: the longest of these phrases that begins or ends at a token, by key, and how often
something is to be done. They are read around a whole turn and never inside a sentence, so none of
them is in the phrasebook. Start at `turnbook`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from assistant.grammar.numerals import Numerals
from assistant.grammar.patterns import expand
from assistant.grammar.tokens import Shape, Token
from assistant.grammar.trie import Node
from assistant.languages.packs import load

_CHOOSE = "choose_"  # before the keys of the section `choose`
_JOINTS = ("and", "or", "but", "without")  # of the section `words`: they begin a turn as well


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the section `turn`, `asked` or `choose`, on the tokens [start, end)."""

    key: str
    start: int
    end: int


class Turnbook:
    """The phrases of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._node: Node[str] = Node()
        pack = load(language)
        self._numerals = Numerals(pack)
        self._counts: Node[int] = Node()
        for phrase, count in pack.section("counts").items():
            for sequence in expand(str(phrase)):
                self._counts.add(sequence, int(count))
        words = pack.section("words")
        joints = {key: words.get(key, ()) for key in _JOINTS}
        choices = {f"{_CHOOSE}{key}": said for key, said in pack.section("choose").items()}
        for section in (pack.section("turn"), pack.section("asked"), joints, choices):
            for key, phrases in section.items():
                for phrase in phrases:
                    for sequence in expand(str(phrase)):
                        self._node.add(sequence, key)

    def at(self, tokens: Sequence[Token], start: int) -> tuple[Phrase, ...]:
        """Every phrase that begins at a token, longest first."""
        found: list[Phrase] = []
        node: Node[str] | None = self._node
        for end in range(start, len(tokens)):
            node = node.words.get(tokens[end].key) if node else None
            if node is None:
                break
            found += [Phrase(key, start, end + 1) for key in node.meanings]
        return tuple(reversed(found))

    def times(self, tokens: Sequence[Token], at: int) -> tuple[tuple[int, int], ...]:
        """Every end of a number or "twice" from a token, with how many it says."""
        found = self._numerals.match(tuple(tokens), at)
        if at < len(tokens) and tokens[at].shape is Shape.NUMBER and tokens[at].key.isdecimal():
            found.append((at + 1, int(tokens[at].key)))
        node: Node[int] | None = self._counts
        for end in range(at, len(tokens)):
            node = node.words.get(tokens[end].key) if node else None
            if node is None:
                break
            found += [(end + 1, count) for count in node.meanings]
        return tuple(sorted(found, reverse=True))

    def until(self, tokens: Sequence[Token], end: int) -> tuple[Phrase, ...]:
        """Every phrase that ends before a token, longest first."""
        found = [p for start in range(end) for p in self.at(tokens[:end], start) if p.end == end]
        return tuple(found)


def chosen_key(phrase: Phrase) -> str | None:
    """How a phrase chooses among the answers to a question, by its key in the section `choose`."""
    return phrase.key.removeprefix(_CHOOSE) if phrase.key.startswith(_CHOOSE) else None


@cache
def turnbook(language: str) -> Turnbook:
    """The turnbook of a language, built once."""
    return Turnbook(language)
