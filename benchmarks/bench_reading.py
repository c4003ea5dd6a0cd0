"""How fast sentences are read: `Reader.read` over the corpus, in the sample shop and in one with a
hundred thousand products more.

Run: python -m benchmarks.bench_reading
"""

import gc
from collections import Counter
from time import process_time

from assistant.grammar.reader import Reader
from benchmarks.many_values import with_products
from benchmarks.measuring import Sentence, open_shop, percentile, sentences, table

ROUNDS = 3
MANY = 100_000
LONG = 60  # characters


def main() -> None:
    """Measure and print."""
    with open_shop() as engine:
        catalogue, spoken = engine.catalogue, engine.values()
    reader, large = Reader(catalogue, spoken), Reader(catalogue, with_products(spoken, MANY))
    for shop in (reader, large):
        shop.warm_up()
    gc.freeze()  # as the page does: nothing walks the tries again
    read = sentences()
    outcomes = Counter(reader.read(each.text).status.value for each in read)
    groups: dict[str, list[Sentence]] = {"all": list(read)}
    for each in read:
        groups.setdefault(each.language, []).append(each)
    groups[f"over {LONG} characters"] = [each for each in read if len(each.text) > LONG]
    times = {each: _times(reader, each) for each in read}
    rows = [
        _row(name, [s for each in group for s in times[each]]) for name, group in groups.items()
    ]
    rows.append(_row(f"all, {MANY:,} products", [s for each in read for s in _times(large, each)]))
    print(table(("sentences", "reads", "a second", "p50 ms", "p95 ms", "p99 ms", "max ms"), rows))
    print(f"\n{', '.join(f'{number} {name}' for name, number in outcomes.most_common())};", end=" ")
    print(f"{len(spoken):,} values of the shop can be named")


def _times(reader: Reader, sentence: Sentence) -> list[float]:
    """The seconds on the processor, so that what else runs does not count."""
    found = []
    for _ in range(ROUNDS):
        started = process_time()
        reader.read(sentence.text)
        found.append(process_time() - started)
    return found


def _row(name: str, times: list[float]) -> tuple[str, ...]:
    if not times:
        return (name, "0", "", "", "", "", "")
    spread = [percentile(times, share) for share in (0.5, 0.95, 0.99, 1)]
    pace = len(times) / sum(times)
    return (name, f"{len(times):,}", f"{pace:,.0f}", *(f"{1000 * each:.2f}" for each in spread))


if __name__ == "__main__":
    main()
