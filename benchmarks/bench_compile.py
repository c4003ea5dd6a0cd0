"""How fast a definition becomes SQL: each step from the canonical text to the text of the query.

Run: python -m benchmarks.bench_compile
"""

from collections.abc import Callable
from time import perf_counter
from typing import TypeVar

from benchmarks.measuring import AS_OF, open_shop, percentile, sentences, table
from segments.check import check
from segments.codec import from_text
from segments.compile import compile_members, to_sql
from segments.definition import leaves
from segments.rewrites import simplify

ROUNDS = 5
STEPS = ("read the text form", "check", "simplify", "compile to a tree", "tree to SQL")
FALLBACK = (
    'city = "Stockholm" and sum(purchase.amount where category = "hair_care" in last 90 days) > 500 '
    'and not count(open where campaign_kind = "newsletter") >= 1',
)

T = TypeVar("T")


def main() -> None:
    """Measure and print."""
    with open_shop() as engine:
        catalogue = engine.catalogue
        instant, ceiling = engine.as_of(AS_OF)
    found = {each.means for each in sentences() if each.means}
    texts = sorted(found) or list(FALLBACK)
    texts = [text for text in texts if not check(from_text(text), catalogue)]
    times: dict[str, list[float]] = {step: [] for step in STEPS}

    def timed(step: str, work: Callable[[], T]) -> T:
        started = perf_counter()
        done = work()
        times[step].append(perf_counter() - started)
        return done

    for _ in range(ROUNDS):
        for text in texts:
            definition = timed(STEPS[0], lambda text=text: from_text(text))
            timed(STEPS[1], lambda d=definition: check(d, catalogue))
            timed(STEPS[2], lambda d=definition: simplify(d))
            tree = timed(
                STEPS[3], lambda d=definition: compile_members(d, catalogue, instant, ceiling)
            )
            timed(STEPS[4], lambda t=tree: to_sql(t))

    rows = [_row(step, each) for step, each in times.items()]
    whole = [sum(each) for each in zip(times[STEPS[3]], times[STEPS[4]], strict=True)]
    rows.append(_row("definition to SQL", whole))
    print(table(("step", "p50 ms", "p95 ms", "max ms"), rows))
    conditions = [len(leaves(from_text(text))) for text in texts]
    mean = sum(conditions) / len(texts)
    print(f"\n{len(texts)} definitions with {mean:.1f} conditions each, at most {max(conditions)}")
    print("'compile to a tree' checks and simplifies too, as in the program")


def _row(step: str, times: list[float]) -> tuple[str, ...]:
    spread = [percentile(times, share) for share in (0.5, 0.95, 1)]
    return (step, *(f"{1000 * each:.3f}" for each in spread))


if __name__ == "__main__":
    main()
