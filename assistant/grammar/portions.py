"""What share of some do something, as a sentence of its own: "what share of customers in Oslo have
bought skincare?" is asked of those in Oslo.

In: the words after "of", and what reads them. Out: the reading of whom it is asked of, with where
the rest begins, and what the rest says. Start at `portion`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.grammar.cutter import Lattice
from assistant.grammar.pieces import Connective, EventWord, Negation, Piece, Structure
from assistant.grammar.reading import Reading, Status
from assistant.grammar.tokens import Token
from segments.definition import Condition

Read = Callable[[str], Reading]
_VERBS = frozenset({"verb", "spend"})
_JOINED = frozenset({"relative", "auxiliary", "infinitive"})
_NOBODY = (["no_condition"], ["empty"])


@dataclass(frozen=True, slots=True)
class Portion:
    """Whom a share is asked of, where in the text what they do begins, and what that is."""

    whole: Reading
    start: int
    part: Condition
    does: Reading


def portion(text: str, tokens: Sequence[Token], lattice: Lattice, read: Read) -> Portion | None:
    """The one way to part a text into who and what they do; None where there is none or several.
    The tokens are those that the lattice is of."""
    found = [each for start in _verbs(tokens, lattice) if (each := _parted(text, start, read))]
    return found[0] if len(found) == 1 else None


def _verbs(tokens: Sequence[Token], lattice: Lattice) -> Iterator[int]:
    """Where what somebody does may begin, and no clause or list goes on."""
    for at in range(1, len(tokens)):
        before = [p for row in lattice[:at] for p in row if p.end == at]
        if any(map(_begins, lattice[at])) and not any(map(_goes_on, before)):
            yield tokens[at].start


def _begins(piece: Piece) -> bool:
    match piece.payload:
        case EventWord(form=form):
            return form in _VERBS
        case Structure(flags):
            return "auxiliary" in flags
        case Negation(none=none):
            return not none
        case _:
            return False


def _goes_on(piece: Piece) -> bool:
    if isinstance(piece.payload, Structure):
        return bool(piece.payload.flags & _JOINED)
    return isinstance(piece.payload, Connective | Negation)


def _parted(text: str, start: int, read: Read) -> Portion | None:
    does = read(text[start:])
    if does.status is not Status.ANSWERED or does.definition is None:
        return None
    whole = read(text[:start])
    everyone = [note.code for note in whole.reasons] in _NOBODY
    if whole.status is not Status.ANSWERED and not everyone:
        return None
    return Portion(whole, start, does.definition, does)
