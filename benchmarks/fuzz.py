"""Texts that nobody should type, read all the same: no crash, no long wait, nothing but one SELECT.

Each tenth text is read twice, and both readings must be equal. Every definition that comes out, as
answer or as choice, is checked; what passes the check must compile to one SELECT that runs. Prints
what became of the texts of each kind, how long they kept the processor, and what went wrong with
which text.

Run: python -m benchmarks.fuzz --count 100000
"""

import gc
import random
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import process_time

import duckdb

from assistant.grammar.phrasebook import Phrasebook, phrasebook
from assistant.grammar.reader import Reader
from assistant.grammar.reading import Reading
from assistant.languages.files import languages
from benchmarks.measuring import AS_OF, open_shop, percentile, sentences, table
from segments.check import check
from segments.compile import compile_members, to_sql
from segments.definition import Condition
from segments.engine.duckdb_engine import Engine
from segments.errors import Shown

LONGEST_WAIT = 0.25  # seconds
_SCRIPTS = (  # first and last code points of what keyboards of the world can type, and some more
    (0x20, 0x7E),
    (0xA0, 0x24F),
    (0x300, 0x36F),
    (0x370, 0x52F),
    (0x590, 0x6FF),
    (0x900, 0x97F),
    (0xE00, 0xE7F),
    (0x2000, 0x206F),
    (0x20A0, 0x20BF),
    (0x4E00, 0x4FFF),
    (0xD800, 0xDFFF),
    (0xE000, 0xE0FF),
    (0xFB00, 0xFFFF),
    (0x1F300, 0x1FAFF),
    (0xE0000, 0x10FFFF),
)
_BRACKETS = "()[]{}<>«»“”„\"'`‘’"
_SIGNS = ",.;:!?&/\\|-–_=+*%€$£§#@~^°…•\u00a0\u202f"
_INJECTED = (
    "'; DROP TABLE members; --",
    "' OR 1=1 --",
    '" OR ""="',
    "1; ATTACH 'x.db'; SELECT 1",
    "') UNION SELECT * FROM members --",
    "COPY members TO 'x.csv'",
    "read_csv('x')",
    "/* */ SELECT 1",
    "$$; INSTALL httpfs; $$",
    "%s %(x)s {0} ${x} {{x}}",
    "\\'; PRAGMA x;",
    "<script>alert(1)</script>",
    "=HYPERLINK(1)",
)


class Texts:
    """Makes texts, the same for the same seed."""

    def __init__(self, seed: int, names: list[str]) -> None:
        self.random = random.Random(seed)
        self.sentences = [each.text for each in sentences()]
        self.words = [word for text in self.sentences for word in text.split()]
        books = [phrasebook(language) for language in languages()]
        self.vocabulary = sorted({word for book in books for word in _vocabulary(book)})
        self.binding = sorted({word for book in books for word in (*book.binding, *book.deciding)})
        self.names = names
        self.kinds: dict[str, Callable[[], str]] = {
            "unicode": lambda: self._characters(self.random.randint(1, 300)),
            "long": lambda: " ".join(self._many(self.words, 100, 400)),
            "repeated": self._repeated,
            "digits": self._digits,
            "nested": self._nested,
            "injected": lambda: self._mixed(_INJECTED),
            "control": self._control,
            "words": lambda: " ".join(self._many(self.words, 1, 60)),
            "vocabulary": lambda: " ".join(self._many(self.vocabulary, 1, 60)),
            "connectives": self._connectives,
            "numbers": self._numbers,
            "names": lambda: " ".join(self._many([*self.names, *self.binding], 1, 30)),
            "spliced": self._spliced,
            "mistyped": self._mistyped,
            "signs": lambda: self._mixed((*_SIGNS, *_BRACKETS)),
        }

    def some(self, count: int) -> Iterator[tuple[str, str]]:
        """So many texts with their kinds, each kind in turn."""
        kinds = list(self.kinds.items())
        for number in range(count):
            kind, make = kinds[number % len(kinds)]
            yield kind, make()

    def _many(self, parts: list[str], least: int, most: int) -> list[str]:
        return self.random.choices(parts, k=self.random.randint(least, most))

    def _characters(self, count: int) -> str:
        ranges = self.random.choices(_SCRIPTS, k=count)
        return "".join(chr(self.random.randint(*each)) for each in ranges)

    def _repeated(self) -> str:
        few = self._many([*self.words, *self.vocabulary, *self.names], 1, 3)
        return " ".join(few * self.random.randint(2, 60))

    def _digits(self) -> str:
        digits = "".join(self._many([*"0123456789", *".,/- "], 1, 900))
        before, after = self._many(self.words, 0, 4), self._many(self.words, 0, 4)
        return " ".join([*before, digits, *after])

    def _nested(self) -> str:
        depth = self.random.randint(1, 60)
        opening = "".join(self.random.choices(_BRACKETS, k=depth))
        inner = self.random.choice(self.sentences)
        if self.random.random() < 0.5:
            return opening + inner + opening[::-1]
        words = inner.split()
        return " ".join(word + self.random.choice(["", *_BRACKETS]) for word in words)

    def _mixed(self, parts: tuple[str, ...]) -> str:
        words = self.random.choice(self.sentences).split()
        for part in self.random.choices(parts, k=self.random.randint(1, 8)):
            words.insert(self.random.randint(0, len(words)), part)
        return self.random.choice(["", " ", " "]).join(words)

    def _control(self) -> str:
        text = self.random.choice(self.sentences)
        at = self.random.randint(0, len(text))
        odd = self._many(
            [*map(chr, range(32)), "\u200b", "\u202e", "\ufeff", "\u2028", "\x7f"], 1, 3
        )
        return text[:at] + "".join(odd) + text[at:]

    def _connectives(self) -> str:
        few = self._many([*self.words, *self.names], 1, 8)
        return " ".join(
            word for each in few for word in (each, *self._many([*self.binding, ","], 1, 6))
        )

    def _numbers(self) -> str:
        numbers = [str(self.random.randint(0, 10**size)) for size in range(1, 12)]
        return " ".join(self._many([*numbers, *self.vocabulary[:400], *self.binding], 1, 50))

    def _spliced(self) -> str:
        halves = [self.random.choice(self.sentences).split() for _ in range(4)]
        return " ".join(word for half in halves for word in half[: self.random.randint(1, 9)])

    def _mistyped(self) -> str:
        letters = list(self.random.choice(self.sentences))
        for _ in range(self.random.randint(1, 8)):
            at = self.random.randrange(len(letters))
            letters[at] = self.random.choice(
                ["", letters[at] * 2, letters[at].swapcase(), self._characters(1)]
            )
        return "".join(letters)


def _vocabulary(book: Phrasebook) -> set[str]:
    nodes = (book.main, book.months, book.units, book.currencies, book.weekdays, book.counts)
    return {word for node in nodes for phrase, _ in node.phrases() for word in phrase}


@dataclass(slots=True)
class Fuzz:
    """Reads texts and remembers what went wrong with which."""

    engine: Engine
    reader: Reader
    twice: int = 2  # each so manieth text of a kind is read again
    wrong: list[tuple[str, str]] = field(default_factory=list)
    outcomes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    times: dict[str, list[tuple[float, str]]] = field(default_factory=lambda: defaultdict(list))
    tried: dict[Condition, str] = field(default_factory=dict)

    def read(self, kind: str, text: str) -> None:
        """Reads a text twice and tries every definition that comes out."""
        try:
            started = process_time()
            reading = self.reader.read(text)
            self.times[kind].append((process_time() - started, text))
            again = self.reader.read(text) if len(self.times[kind]) % self.twice == 1 else reading
        except Exception as error:  # noqa: BLE001 — whatever it is, it is what is looked for
            self.outcomes[kind]["crashed"] += 1
            self.wrong.append((f"crashed: {error!r}", text))
            return
        self.outcomes[kind][reading.status.value] += 1
        if reading != again:
            self.wrong.append(("read in two ways", text))
        self.wrong += [(f"word misplaced: {word}", text) for word in _misplaced(reading)]
        for definition in _definitions(reading):
            if definition not in self.tried:
                self.tried[definition] = self._trial(definition)
                self.outcomes["definitions"][self.tried[definition]] += 1
            if self.tried[definition] not in ("ran", "refused"):
                self.wrong.append((self.tried[definition], text))

    def _trial(self, definition: Condition) -> str:
        catalogue = self.engine.catalogue
        try:
            if check(definition, catalogue):
                return "refused"
            select = compile_members(definition, catalogue, *self.engine.as_of(AS_OF))
            sql = to_sql(select)
            (statement,) = duckdb.extract_statements(sql)
            if statement.type is not duckdb.StatementType.SELECT:
                return f"no SELECT: {sql}"
            self.engine.count(select)
        except Shown:
            return "refused"
        except Exception as error:  # noqa: BLE001 — as above
            return f"failed: {error!r}"
        return "ran"


def _misplaced(reading: Reading) -> list[str]:
    """The words of the account that do not stand in the text where they should; of a word that was
    written apart, the white space between does not matter."""
    return [
        word.text
        for word in reading.words
        if reading.text[word.start : word.end].split() != word.text.split()
    ]


def _definitions(reading: Reading) -> list[Condition]:
    chosen = [c.definition for question in reading.questions for c in question.choices]
    return [each for each in (reading.definition, *chosen) if each is not None]


def main() -> None:
    """Read and print; ends with 1 when anything went wrong or took too long."""
    asked = _arguments()
    with open_shop() as engine:
        spoken = engine.values()
        fuzz = Fuzz(engine, Reader(engine.catalogue, spoken), twice=10)
        gc.freeze()  # as the page does: nothing walks the tries again
        for kind, text in Texts(asked.seed, [value.text for value in spoken]).some(asked.count):
            fuzz.read(kind, text)
    rows = [_row(kind, fuzz) for kind in fuzz.times]
    print(table(("kind", "texts", "answered", "p50 ms", "p95 ms", "p99 ms", "max ms"), rows))
    every = Counter[str]()
    for kind in fuzz.times:
        every += fuzz.outcomes[kind]
    for name, counted in (("readings", every), ("definitions", fuzz.outcomes["definitions"])):
        print(f"{name}: {', '.join(f'{n:,} {what}' for what, n in counted.most_common())}")
    slow = [(f"took {s:.2f} s", t) for e in fuzz.times.values() for s, t in e if s > LONGEST_WAIT]
    for what, text in (*fuzz.wrong, *slow):
        print(f"{what}\n    {text[:300]!r}")
    sys.exit(bool(fuzz.wrong or slow))


def _row(kind: str, fuzz: Fuzz) -> tuple[str, ...]:
    times = [seconds for seconds, _ in fuzz.times[kind]]
    spread = [percentile(times, share) for share in (0.5, 0.95, 0.99, 1)]
    answered = fuzz.outcomes[kind]["answered"]
    return (kind, f"{len(times):,}", f"{answered:,}", *(f"{1000 * s:.1f}" for s in spread))


def _arguments() -> Namespace:
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=3000, help="texts")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
