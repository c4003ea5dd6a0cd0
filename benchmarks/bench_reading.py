"""How fast sentences are read: `Reader.read` over the corpus, and how long a Reader takes to build.

Run: python -m benchmarks.bench_reading
"""

from collections import Counter
from time import perf_counter

from assistant.grammar.reader import Reader
from benchmarks.measuring import Sentence, open_shop, percentile, sentences, table
from segments.catalogue import Catalogue, Spoken

ROUNDS = 3
LONG = 60  # characters


def main() -> None:
    """Measure and print."""
    with open_shop() as engine:
        catalogue, spoken = engine.catalogue, engine.values()
    first, reader = _build(catalogue, spoken)
    again, _ = _build(catalogue, spoken)
    read = sentences()
    outcomes = Counter(reader.read(each.text).status.value for each in read)
    times = {each: [_seconds(reader, each) for _ in range(ROUNDS)] for each in read}
    groups: dict[str, list[Sentence]] = {"all": list(read)}
    for each in read:
        groups.setdefault(each.language, []).append(each)
    groups[f"over {LONG} characters"] = [each for each in read if len(each.text) > LONG]
    rows = [
        _row(name, [s for each in group for s in times[each]]) for name, group in groups.items()
    ]
    print(table(("sentences", "reads", "a second", "p50 ms", "p95 ms", "p99 ms", "max ms"), rows))
    print(f"\n{', '.join(f'{number} {name}' for name, number in outcomes.most_common())}")
    print(f"the Reader is built in {first:.2f} s, a second one in {again:.2f} s;", end=" ")
    print(f"{len(spoken):,} values of the shop can be named")


def _build(catalogue: Catalogue, spoken: tuple[Spoken, ...]) -> tuple[float, Reader]:
    started = perf_counter()
    reader = Reader(catalogue, spoken)
    return perf_counter() - started, reader


def _seconds(reader: Reader, sentence: Sentence) -> float:
    started = perf_counter()
    reader.read(sentence.text)
    return perf_counter() - started


def _row(name: str, times: list[float]) -> tuple[str, ...]:
    if not times:
        return (name, "0", "", "", "", "", "")
    spread = [percentile(times, share) for share in (0.5, 0.95, 0.99, 1)]
    pace = len(times) / sum(times)
    return (name, f"{len(times):,}", f"{pace:,.0f}", *(f"{1000 * each:.2f}" for each in spread))


if __name__ == "__main__":
    main()
