"""The finished words of a sentence, read as far as they go, and whether something can follow them.

In: tokens in one language. Out: a `Prefix`, which keeps the states of the beam at every token: what
could follow is tried against them, and a longer prefix is read on from a shorter one. A way with a
word that is not understood leads nowhere. Start at `read` and `Prefix.follow`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.grammar.completing.beams import Beam, best, spread, start
from assistant.grammar.completing.cuts import moved
from assistant.grammar.completing.following import Step
from assistant.grammar.correcting import Corrector
from assistant.grammar.cutter import Cutter, Lattice
from assistant.grammar.frames import State
from assistant.grammar.moves.brackets import ended
from assistant.grammar.moves.context import Context, complete
from assistant.grammar.namesakes import commands
from assistant.grammar.parsing import means
from assistant.grammar.phrasebook import Phrasebook
from assistant.grammar.pieces import PASSED_OVER, Aside, Piece, Structure
from assistant.grammar.shopbook import Shopbook
from assistant.grammar.tokens import Shape, Token

WIDTH = 3  # states that a continuation is tried against
JUDGED = 2  # states after it that are asked for their meaning
BEGUN = 8  # tokens, at most, of a phrase whose end is still to come
LOOK_BACK = 6  # tokens before the new ones in which a longer piece may begin
# What stands last where nothing but who is meant was said: "customers", "customers who have".
_BEGINNING = frozenset({"member", "relative", "auxiliary"})
_NEXT = Token("", "", 0, 0, Shape.WORD, spaced=True)  # more is to come: these words are not all


@dataclass(slots=True)
class Prefix:
    """Finished words and the beams at each of their tokens. `verdicts` remembers what was tried."""

    tokens: tuple[Token, ...]  # compounds taken apart, typos mended
    corrections: Mapping[int, str]
    context: Context
    beams: list[Beam]
    verdicts: dict[object, State | None] = field(default_factory=dict)
    steps: list[tuple[str, Step]] | None = None  # of phrases they end in, once it was asked

    @property
    def state(self) -> State | None:
        """The cheapest state as far as it can be read: a phrase may have been begun after it, as
        "more than". None when a word is not understood."""
        beams = [beam for beam in self.beams[-BEGUN:] if beam]
        return best(beams[-1], 1)[0] if beams else None

    def begins(self, tokens: tuple[Token, ...], corrections: Mapping[int, str]) -> bool:
        """Whether these tokens begin with those of the prefix, mended as they are."""
        size = len(self.tokens)
        mended = {at: word for at, word in corrections.items() if at < size}
        return tokens[:size] == self.tokens and mended == self.corrections

    def follow(
        self, at: int, tokens: tuple[Token, ...], rows: Lattice, *, anew: bool = False
    ) -> State | None:
        """The cheapest state in which the sentence can be read when `tokens`, cut into `rows`,
        stand from token `at` on; None when it cannot. `anew`: all that was read from `at` on is
        read again, as another word follows."""
        known = len(self.tokens)
        end = at if anew else known
        context = Context(self.context.shop, (*self.tokens[:at], *tokens))
        beams = [*self.beams, *({} for _ in range(at + len(tokens) - known))]
        for later in range(at + 1, known + 1) if anew else ():
            beams[later] = {k: s for k, s in beams[later].items() if s.path[-1].start < at}
        for offset, row in enumerate(rows):
            new = [moved(p, at) for p in row if at + p.end > end and _goes_on(p)]
            if new:
                spread(context, beams, at + offset, new, WIDTH)
        return next((s for s in best(beams[-1], JUDGED) if readable(context, s)), None)


def read(
    written: tuple[Token, ...],
    book: Phrasebook,
    others: Sequence[Phrasebook],
    corrector: Corrector,
    before: Sequence[Prefix] = (),
) -> Prefix:
    """The prefix of these tokens; it goes on from the longest of those that were read before. What
    a word is may hang on the next: "guld- eller", "hår vårds produkter"."""
    tokens, corrections = corrector.prepare(written, others)
    begun = _nothing(corrector.shop)
    for each in before:
        if len(each.tokens) > len(begun.tokens) and each.begins(tokens, corrections):
            begun = each
    known = len(begun.tokens)
    first = max(0, known - LOOK_BACK)
    recut = {at - first: word for at, word in corrections.items() if at >= first}
    context = Context(corrector.shop, (*tokens, _NEXT))
    beams = [*begun.beams, *({} for _ in tokens[known:])]
    lattice = Cutter(tokens[first:], book, others, corrector.shop, recut).lattice()
    for offset, row in enumerate(lattice):
        new = [moved(p, first) for p in row if first + p.end > known and _goes_on(p)]
        if new:
            spread(context, beams, first + offset, new)
    return Prefix(tokens, corrections, context, beams)


def _nothing(shop: Shopbook) -> Prefix:
    return Prefix((), {}, Context(shop, ()), start())


def readable(context: Context, state: State) -> bool:
    """Whether a sentence that ends here is answered or asks; or has only begun with who is meant,
    which anything can follow. Before it was known what follows it, a word that only says what is
    to be done with them could be something they did."""
    if state.path and commands(state.path[0], state.path[1:2]):
        return False
    if not state.frames and not state.outer:
        last = state.path[-1].payload if state.path else None
        begun = isinstance(last, Structure) and bool(last.flags & _BEGINNING)
        return (
            begun
            and complete(state.pending)
            and all(isinstance(p.payload, Structure) for p in state.path)
        )
    return any(means(context, one) for one in ended(state))


def _goes_on(piece: Piece) -> bool:
    """Whether something can be read after it: not after a word that is not understood, nor after
    what stands at the end of a sentence."""
    ends = isinstance(piece.payload, Aside) and piece.payload.trail
    return piece.sort not in PASSED_OVER and not ends
