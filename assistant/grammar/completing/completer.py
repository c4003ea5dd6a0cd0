"""What can come next in a sentence as one types it: text -> proposals. Start at `Completer`.

The finished words are read as the reader reads them, and kept: while a word is being typed only the
shelves are asked anew. A phrase is proposed when the sentence can be read with it, by trying its
pieces against the states of the beam. Values of the same owners are tried once for all of them.
"""

from collections import Counter, OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from threading import Lock

from assistant.grammar.completing.cuts import Cut, Cuts
from assistant.grammar.completing.following import Following, Step, begun
from assistant.grammar.completing.order import (
    KINDS,
    after_verb,
    commanded,
    headless,
    joins,
    kinds,
    natural,
)
from assistant.grammar.completing.prefixes import Prefix, read
from assistant.grammar.completing.shelves import Phrase, key_of
from assistant.grammar.completing.stock import Stock, Uses
from assistant.grammar.completing.typed import Fit, Proposal, Typed, added, proposal, spelt, typed
from assistant.grammar.frames import State
from assistant.grammar.phrasebook import Phrasebook
from assistant.grammar.reader import LONGEST, Reader
from assistant.grammar.tokens import strange, tokenize
from segments.catalogue import Spoken

MOST = 8
MOST_OF_A_KIND = 3
MOST_TRIED = 5  # phrases of a kind that are tried at all
MOST_FITS = 32  # phrases that are tried together
MOST_FAILED = 3  # after so many that cannot be read, a kind has no place here
MOST_READ = 7  # phrases that have to be read, since no other is like them
MOST_BEGUN = 2  # single words that come first, since they go on a phrase that was begun
MOST_WORDS_TRIED = 4  # single words
MOST_WORDS = 5  # finished words that a phrase may begin in
KEPT = 64  # prefixes that are remembered


class Completer:
    """Completes the sentences of one shop. Safe to use from several threads."""

    def __init__(self, reader: Reader, spoken: Sequence[Spoken], uses: Uses) -> None:
        self._reader = reader
        self._stock = Stock(reader.shop, spoken, uses)
        self._cuts = Cuts(reader.shop)
        self._prefixes: OrderedDict[tuple[str, str], Prefix] = OrderedDict()
        self._phrases: dict[str, Following] = {}
        self._audiences = reader.shop.catalogue.audiences
        self._lock = Lock()

    def warm_up(self) -> None:
        """Make now what the first word typed and the first sentence read would wait for."""
        self._reader.warm_up()
        for book in self._reader.books:
            self.complete("", book.language)

    def complete(self, text: str, language: str | None = None) -> tuple[Proposal, ...]:
        """At most eight proposals, the likeliest first; none where nothing can be read on."""
        if len(text) > LONGEST or strange(text):
            return ()
        self._renew()
        asked = typed(text)
        for book in self._reader.parser.likely(tokenize(asked.finished), language):
            prefix = self._prefix(book, asked.finished)
            state = prefix.state
            if state is not None and (found := self._found(book, prefix, state, asked)):
                return found
        return ()

    def _renew(self) -> None:
        """Forget what was read before something was saved or got another name."""
        audiences = self._reader.shop.catalogue.audiences
        with self._lock:
            if audiences is not self._audiences:
                self._audiences, self._cuts = audiences, Cuts(self._reader.shop)
                self._prefixes.clear()
                self._stock.renew()

    def _found(
        self, book: Phrasebook, prefix: Prefix, state: State, asked: Typed
    ) -> tuple[Proposal, ...]:
        """What was begun before the last word, a few of each kind, then more of them; what sounds
        odd only when it was begun."""
        order = kinds(state, partial=bool(asked.partial))
        queries, said = asked.queries(MOST_WORDS), f" {key_of(asked.text)} "
        fits = [
            fit
            for kind in order
            for fit in islice(self._fits(book, kind, said, queries), MOST_TRIED)
        ]
        if state.pending.equals and not asked.partial:  # no phrase, only what the field can be
            found = (islice(self._stock.values(each, book.language), MOST_TRIED) for each in order)
            fits = [Fit(value, 0) for values in found for value in values]
        if state.pending.relative:
            relatives = book.pack.section("words").get("relative", ())
            fits = [_said_on(fit, relatives) for fit in fits]
        fits.sort(key=lambda fit: not fit.words)
        others = [kind for kind in KINDS if kind not in order]
        begun = list(self._begun(book, others, said, queries[:-1]))
        fits = [*fits, *begun] if after_verb(state) else [*begun, *fits]
        turn = _Turn(book, prefix, state, asked, self._cuts)
        steps = self._steps(book, prefix, asked.partial)
        if asked.partial and not asked.partial[0].isupper():  # a capital begins a name
            turn.take_words(
                [step for step in steps if step.start < len(prefix.tokens)][:MOST_BEGUN]
            )
        turn.take(fits[:MOST_FITS], MOST_OF_A_KIND)
        turn.take(fits[:MOST_FITS], MOST)
        if asked.partial:
            turn.take_odd()
        turn.take_words(steps)
        return tuple(turn.found.values())

    def _steps(self, book: Phrasebook, prefix: Prefix, partial: str) -> list[Step]:
        """The words that go on a phrase of the language's own, and then those that begin one."""
        if book.language not in self._phrases:
            self._phrases[book.language] = Following(book)
        following, typed = self._phrases[book.language], key_of(partial)
        if prefix.steps is None:
            prefix.steps = following.steps(prefix.tokens)
        steps = [s for key, s in prefix.steps if key.startswith(typed) and key != typed]
        return steps + following.opening(partial, len(prefix.tokens))

    def _fits(
        self, book: Phrasebook, kind: str, said: str, queries: Sequence[tuple[int, str]]
    ) -> Iterator[Fit]:
        """The phrases of a kind that begin with the last words and what is typed of the next; not
        what the text has said already."""
        seen: set[str] = set()
        for words, query in queries:
            for phrase in self._beginning(book, kind, words, query):
                new = phrase.key != query and (words or f" {phrase.about} " not in said)
                if new and phrase.text not in seen:
                    seen.add(phrase.text)
                    yield Fit(phrase, words)

    def _begun(
        self,
        book: Phrasebook,
        kinds: Sequence[str],
        said: str,
        queries: Sequence[tuple[int, str]],
    ) -> Iterator[Fit]:
        """The whole phrases of other kinds that the last words begin; not what was said."""
        for kind in kinds:
            if kind in self._stock.phrases(book):
                shelf = self._stock.shelves(book)[kind][0]
                found = (Fit(p, n) for n, query in queries for p in shelf.beginning(query))
                new = (each for each in found if f" {each.phrase.about} " not in said)
                yield from islice(new, MOST_TRIED)

    def _beginning(self, book: Phrasebook, kind: str, words: int, query: str) -> Iterator[Phrase]:
        if query:
            first = query.split(" ", 1)[0]
            for shelf in self._stock.shelves(book).get(kind, ()):
                if not words or shelf.begins(first):
                    yield from shelf.beginning(query)
        else:
            yield from self._stock.phrases(book).get(kind, ())
            yield from self._stock.values(kind, book.language)

    # --- the finished words

    def _prefix(self, book: Phrasebook, text: str) -> Prefix:
        key = (book.language, text.strip())
        with self._lock:
            known = self._prefixes.get(key)
            if known is not None:
                self._prefixes.move_to_end(key)
                return known
        others = [other for other in self._reader.books if other is not book]
        written = tokenize(text)
        corrector = self._reader.parser.correctors[book.language]
        with self._lock:
            before = [each for (code, _), each in self._prefixes.items() if code == book.language]
        made = read(written, book, others, corrector, before)
        with self._lock:
            self._prefixes[key] = made
            if len(self._prefixes) > KEPT:
                self._prefixes.popitem(last=False)
        return made


def _said_on(fit: Fit, relatives: Sequence[str]) -> Fit:
    """The phrase without its "who" where that was said with more: "who also"."""
    first, _, rest = fit.phrase.text.partition(" ")
    if fit.words or not rest or first not in relatives:
        return fit
    return Fit(replace(fit.phrase, text=rest, key=key_of(rest)), 0)


@dataclass(slots=True)
class _Turn:
    """One keystroke's proposals."""

    book: Phrasebook
    prefix: Prefix
    state: State
    asked: Typed
    cuts: Cuts
    found: dict[str, Proposal] = field(default_factory=dict)  # by the sentence they make
    odd: list[Proposal] = field(default_factory=list)
    tried: set[object] = field(default_factory=set)  # what was read with the finished words
    failed: Counter[str] = field(default_factory=Counter)  # by kind: what cannot be read here

    def take(self, fits: Sequence[Fit], most: int) -> None:
        """Add what can be read and sounds right, at most so many of a kind; the odd waits."""
        taken = Counter(each.kind for each in self.found.values())
        for fit in fits:
            if len(self.found) == MOST:
                return
            kind = fit.phrase.kind
            hopeless = self.failed[kind] >= MOST_FAILED and not taken[kind] and not fit.words
            if taken[kind] < most and not hopeless and self._add(fit):
                taken[kind] += 1

    def take_odd(self) -> None:
        """Add what can be read and sounds odd: somebody has begun to type it."""
        for each in self.odd:
            if len(self.found) == MOST:
                return
            self.found.setdefault(each.sentence, each)

    def take_words(self, steps: Sequence[Step]) -> None:
        """Add the words with which the sentence can be read, or with what closes their phrase."""
        for step in steps[: min(MOST - len(self.found), MOST_WORDS_TRIED)]:
            text = begun(self.prefix.tokens, step)
            cut = self.cuts.pieces(self.book, text, opens=step.start == 0)
            if self._tried(step.start, cut) is not None:
                made = added(self.asked, step.word)
                self.found.setdefault(made.sentence, made)

    def _add(self, fit: Fit) -> bool:
        made = proposal(self.asked, fit)
        if made.sentence in self.found or made in self.odd:
            return False
        text, opens = spelt(self.asked, fit, made.text), self._at(fit) == 0
        cut = self.cuts.pieces(self.book, text, opens=opens)
        state = self._read_with(fit, cut)
        if state is None:
            self.failed[fit.phrase.kind] += 1
            return False
        joined = self.state.pending.connector or self.state.pending.negated
        if (joined and headless(state)) or (
            not fit.words and not natural(self.state, state, cut.rows)
        ):
            self.odd.append(made)
            return False
        self.found[made.sentence] = made
        return True

    def _read_with(self, fit: Fit, cut: Cut) -> State | None:
        """The state of the sentence with a phrase; None when it cannot be read. What is alike is
        tried once."""
        if not fit.words and not joins(self.state, cut.rows):
            return None
        at = self._at(fit)
        self.tried.add((cut.alike, at))
        return self._tried(at, cut) if len(self.tried) <= MOST_READ else None

    def _at(self, fit: Fit) -> int:
        """The token that a phrase begins at."""
        if not fit.words:
            return len(self.prefix.tokens)
        place = self.asked.place(fit.words)
        return sum(token.end <= place for token in self.prefix.tokens)

    def _tried(self, at: int, cut: Cut) -> State | None:
        said, verdicts, tried = self.prefix.tokens[at:], self.prefix.verdicts, (cut.alike, at)
        if len(cut.tokens) <= len(said) or any(
            token.key != one.key for token, one in zip(cut.tokens, said, strict=False)
        ):
            return None  # "är" and "år" are alike only while they are being typed
        if commanded(self.state, at, cut.rows):
            return None
        if tried not in verdicts:
            verdicts[tried] = self._followed(at, cut)
        return verdicts[tried]

    def _followed(self, at: int, cut: Cut) -> State | None:
        """The state with these words; where the last of those before them may begin a phrase that
        they end, both are read together."""
        before = self.prefix.tokens
        if at == len(before) and before:
            whole = self.cuts.across(self.book, before[-1], cut)
            if whole is not None:
                return self.prefix.follow(at - 1, whole.tokens, whole.rows, anew=True)
        return self.prefix.follow(at, cut.tokens, cut.rows, anew=at < len(before))
