"""The texts of `benchmarks.fuzz`: random characters, long and repeated texts, digits, brackets,
SQL, control characters, and the words of the corpus and of the packs in any order."""

import random
from collections.abc import Callable

from assistant.grammar.phrasebook import Phrasebook, phrasebook
from assistant.languages.files import languages
from benchmarks.measuring import sentences

Make = Callable[[], str]
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
    """Makes texts: each is the same for the same seed and number, whatever was made before it."""

    def __init__(self, seed: int, names: list[str]) -> None:
        self.seed = seed
        self.random = random.Random()
        self.sentences = [each.text for each in sentences()]
        self.words = [word for text in self.sentences for word in text.split()]
        books = [phrasebook(language) for language in languages()]
        self.vocabulary = sorted({word for book in books for word in _vocabulary(book)})
        self.binding = sorted({word for book in books for word in (*book.binding, *book.deciding)})
        self.names = names
        self.kinds: dict[str, Make] = {
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

    def made(self, number: int) -> tuple[str, str]:
        """The kind of a text and the text; each kind has its turn."""
        kind = list(self.kinds)[number % len(self.kinds)]
        self.random.seed(f"{self.seed} {number}")
        return kind, self.kinds[kind]()

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
