"""How fast the next words are proposed, at every keystroke; with 100,000 products too.

The other way is the plain one: look through every label for those that begin as typed, and read the
sentence with each of the first eight. Both in one run, on the same keystrokes.
Run: python -m benchmarks.bench_completing
"""

import gc
import re
from collections.abc import Iterator
from statistics import geometric_mean
from time import perf_counter, thread_time

from assistant.grammar.completing.completer import MOST, Completer
from assistant.grammar.completing.shelves import key_of
from assistant.grammar.reader import Reader
from assistant.grammar.reading import Status
from benchmarks.measuring import Sentence, open_shop, percentile, sentences, table
from segments.catalogue import Spoken

EACH = 12  # every so manieth sentence is typed
PLAIN_EACH = 25  # every so manieth keystroke is also answered the plain way
PRODUCTS = 100_000
LETTERS = 3  # typed of a word until it should be proposed
_SOUNDS = ("ba", "du", "fi", "ko", "la", "mu", "ne", "pra", "ro", "sti", "tu", "vå")


def main() -> None:
    """Measure and print."""
    with open_shop() as engine:
        catalogue, spoken, uses = engine.catalogue, engine.values(), engine.uses()
    many = tuple(Spoken("purchase.product", str(n), name) for n, name in enumerate(_names()))
    rows = []
    for name, values in (("sample shop", spoken), (f"{PRODUCTS:,} products", (*spoken, *many))):
        reader = Reader(catalogue, values)
        started = perf_counter()
        completer = Completer(reader, values, uses)
        completer.warm_up()
        built = perf_counter() - started
        gc.collect()
        gc.freeze()  # as the page does: nothing walks the tries again
        if values is spoken:
            _print_foreseen(completer)
        rows += _rows(name, reader, completer, [value.text for value in values])
        print(f"{name}: shelves of four languages in {built:.2f} s")
    times = ("p50 ms", "p95 ms", "p99 ms", "max ms", "p50 cpu", "p95 cpu")
    heads = ("keystrokes", "times", *times, "plain p50", "plain/ours")
    print(table(heads, rows))


def _print_foreseen(completer: Completer) -> None:
    found: dict[str, list[bool]] = {}
    for each in sentences():
        found.setdefault(each.language, []).extend(foreseen(completer, each.text, each.language))
    told = (
        f"{language} {sum(met) / len(met):.0%} of {len(met):,}" for language, met in found.items()
    )
    print(f"words proposed when {LETTERS} letters are typed: {', '.join(told)}")


def foreseen(completer: Completer, text: str, language: str) -> Iterator[bool]:
    """Of each longer word of a text, whether it is proposed when its first letters are typed."""
    for word in re.finditer(rf"(?<!\S)[^\W\d_]{{{LETTERS + 1},}}", text):
        proposals = completer.complete(text[: word.start() + LETTERS], language)
        yield any(key_of(each.text).split()[0] == key_of(word[0]) for each in proposals)


def _names() -> Iterator[str]:
    for number in range(PRODUCTS):
        digits = [(number // 12**place) % 12 for place in range(5)]
        yield (
            "".join(_SOUNDS[digit] for digit in digits[:3])
            + " "
            + _SOUNDS[digits[3]] * 2
            + (_SOUNDS[digits[4]])
        )


def _rows(
    name: str, reader: Reader, completer: Completer, labels: list[str]
) -> list[tuple[str, ...]]:
    typed = sentences()[::EACH]
    keys = [(each, end) for each in typed for end in range(1, len(each.text) + 1)]
    rows = []
    for how in ("first time", "typed again"):
        both = [_ours(completer, *key) for key in keys]
        times, work = [wall for wall, _ in both], [spent for _, spent in both]
        plain = [_plain(reader, labels, *key) for key in keys[::PLAIN_EACH]]
        pairs = zip(plain, times[::PLAIN_EACH], strict=True)
        ratio = geometric_mean([theirs / ours for theirs, ours in pairs])
        spread = [f"{1000 * percentile(times, share):.2f}" for share in (0.5, 0.95, 0.99, 1)]
        spread += [f"{1000 * percentile(work, share):.2f}" for share in (0.5, 0.95)]
        middle = f"{1000 * percentile(plain, 0.5):.2f}"
        rows.append((f"{name}, {how}", f"{len(times):,}", *spread, middle, f"{ratio:.1f}×"))
    return rows


def _ours(completer: Completer, each: Sentence, end: int) -> tuple[float, float]:
    """Seconds by the clock, and those of them that the processor worked for it."""
    started, worked = perf_counter(), thread_time()
    completer.complete(each.text[:end], each.language)
    return perf_counter() - started, thread_time() - worked


def _plain(reader: Reader, labels: list[str], each: Sentence, end: int) -> float:
    started = perf_counter()
    before, _, partial = each.text[:end].rpartition(" ")
    begun = partial.casefold()
    found = [label for label in labels if label.casefold().startswith(begun)][:MOST]
    texts = [f"{before} {label}" for label in found]
    [text for text in texts if reader.read(text, each.language).status is not Status.UNREAD]
    return perf_counter() - started


if __name__ == "__main__":
    main()
