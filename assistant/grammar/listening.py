"""What a conversation asks of the grammar beside whole sentences: named things, languages, members.

In: the text of a turn. Out: what it names without being a sentence. Start at `Listener`.
"""

from collections.abc import Mapping
from typing import Protocol

from assistant.grammar.cutter import Lattice
from assistant.grammar.fragments import Fragment, fragments
from assistant.grammar.phrasebook import phrasebook
from assistant.grammar.pieces import Structure
from assistant.grammar.reader import LONGEST, MOST_TOKENS, Reader
from assistant.grammar.reading import Reading
from assistant.grammar.tokens import tokenize
from assistant.grammar.turnbook import turnbook
from segments.catalogue import Catalogue


class Hears(Protocol):
    """What a conversation is read with: a `Listener`."""

    catalogue: Catalogue

    def read(
        self, text: str, language: str | None = None, answers: Mapping[str, int] | None = None
    ) -> Reading:
        """Read one sentence; `answers` are question keys and the choices taken."""
        ...

    def fragments(self, text: str, language: str) -> tuple[Fragment, ...]:
        """What a text names that need not be a whole condition."""
        ...

    def votes(self, text: str, first: str) -> Mapping[str, int]:
        """How many words of a text each language knows."""
        ...

    def names_members(self, text: str, language: str) -> bool:
        """Whether a text names members anew."""
        ...


class Listener(Reader):
    """Reads the sentences of one shop, and hears the turns of a conversation."""

    def fragments(self, text: str, language: str) -> tuple[Fragment, ...]:
        """What a text names that need not be a whole condition, the likeliest way first."""
        return fragments(self._lattice(text, language))

    def votes(self, text: str, first: str) -> dict[str, int]:
        """How many words of a text each language knows, one language first among equals."""
        votes = self.parser.votes(tokenize(text[:LONGEST]))
        return {each: votes[each] for each in sorted(votes, key=lambda each: each != first)}

    def names_members(self, text: str, language: str) -> bool:
        """Whether a text names members anew: "customers", and not only "those"."""
        tokens = tokenize(text[:LONGEST])
        pointing = {
            (phrase.start, phrase.end)
            for at in range(len(tokens))
            for phrase in turnbook(language).at(tokens, at)
            if phrase.key == "those"
        }
        return any(
            isinstance(piece.payload, Structure)
            and "member" in piece.payload.flags
            and (piece.start, piece.end) not in pointing
            for row in self._lattice(text, language)
            for piece in row
        )

    def _lattice(self, text: str, language: str) -> Lattice:
        """The pieces of a text in a language; of an overlong one there are none."""
        tokens = tokenize(text[:LONGEST])[:MOST_TOKENS]
        return self.parser.cutter(tokens, phrasebook(language)).lattice()
