"""How long and how much memory it takes until a sentence can be read, each in a process of its own.

Run: python -m benchmarks.bench_loading
"""

import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from statistics import median
from time import process_time

from assistant.grammar.phrasebook import phrasebook
from assistant.grammar.reader import Reader
from assistant.languages.files import languages
from benchmarks.many_values import with_products
from benchmarks.measuring import open_shop, table

ROUNDS = 5
MANY = 100_000


def main() -> None:
    """Measure and print; with the name of a step: take it, and print its figures."""
    if sys.argv[1:]:
        print(*_taken(_STEPS[sys.argv[1]], traced=sys.argv[2] == "traced"))
        return
    rows = []
    for step in _STEPS:
        seconds = [_figure(step, "timed") for _ in range(ROUNDS)]
        rows.append((step, f"{median(seconds):.2f}", f"{_figure(step, 'traced') / 1e6:.1f}"))
    print(table(("step", "processor s", "memory MB"), rows))
    print(f"\nmedians of {ROUNDS} new processes; memory is what Python holds when the step is done")


def _packs() -> Callable[[], object]:
    return lambda: [phrasebook(language) for language in languages()]


def _reader(more: int) -> Callable[[], object]:
    with open_shop() as engine:
        catalogue, spoken = engine.catalogue, with_products(engine.values(), more)
    _packs()()
    return lambda: Reader(catalogue, spoken)


_STEPS: dict[str, Callable[[], Callable[[], object]]] = {
    "the packs of all languages": _packs,
    "a reader of the sample shop": lambda: _reader(0),
    f"a reader with {MANY:,} products more": lambda: _reader(MANY),
}


def _taken(step: Callable[[], Callable[[], object]], *, traced: bool) -> tuple[float, float]:
    """The seconds on the processor and, when traced (which is slower), the bytes kept."""
    take = step()
    if traced:
        tracemalloc.start()
    started = process_time()
    kept = take()
    seconds = process_time() - started
    held = float(tracemalloc.get_traced_memory()[0]) if traced else 0.0
    del kept
    return seconds, held


def _figure(step: str, how: str) -> float:
    command = [sys.executable, "-m", "benchmarks.bench_loading", step, how]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 — ours
    return float(done.stdout.split()[how == "traced"])


if __name__ == "__main__":
    main()
