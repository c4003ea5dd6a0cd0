"""How fast a definition becomes SQL: each step from the canonical text to the text of the query.

Run: python -m benchmarks.bench_compile
"""

from datetime import datetime
from itertools import pairwise
from time import perf_counter

from benchmarks.measuring import AS_OF, open_shop, percentile, segments, sentences, table
from segments.catalogue import Catalogue
from segments.check import check
from segments.codec import from_text
from segments.compile import compile_members, to_sql
from segments.definition import leaves
from segments.rewrites import simplify

ROUNDS = 5
STEPS = ("read the text form", "check", "simplify", "compile to a tree", "tree to SQL")


def main() -> None:
    """Measure and print."""
    with open_shop() as engine:
        catalogue = engine.catalogue
        instant, ceiling = engine.as_of(AS_OF)
    found = {each.means for each in sentences() if each.means} | {s["means"] for s in segments()}
    texts = [text for text in sorted(found) if not check(from_text(text), catalogue)]
    runs = [_steps(text, catalogue, instant, ceiling) for _ in range(ROUNDS) for text in texts]
    rows = [_row(step, times) for step, times in zip(STEPS, zip(*runs, strict=True), strict=True)]
    rows.append(_row("definition to SQL", [times[-2] + times[-1] for times in runs]))
    print(table(("step", "p50 ms", "p95 ms", "p99 ms", "max ms"), rows))
    conditions = [len(leaves(from_text(text))) for text in texts]
    mean = sum(conditions) / len(texts)
    print(f"\n{len(texts)} definitions with {mean:.1f} conditions each, at most {max(conditions)}")
    print("'compile to a tree' checks and simplifies too, as in the program")


def _steps(
    text: str, catalogue: Catalogue, instant: datetime, ceiling: datetime | None
) -> tuple[float, ...]:
    """The seconds that each of the STEPS takes."""
    moments = [perf_counter()]
    definition = from_text(text)
    moments.append(perf_counter())
    check(definition, catalogue)
    moments.append(perf_counter())
    simplify(definition)
    moments.append(perf_counter())
    tree = compile_members(definition, catalogue, instant, ceiling)
    moments.append(perf_counter())
    to_sql(tree)
    moments.append(perf_counter())
    return tuple(end - start for start, end in pairwise(moments))


def _row(step: str, times: tuple[float, ...] | list[float]) -> tuple[str, ...]:
    spread = [percentile(times, share) for share in (0.5, 0.95, 0.99, 1)]
    return (step, *(f"{1000 * each:.2f}" for each in spread))


if __name__ == "__main__":
    main()
