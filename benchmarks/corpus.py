"""Measures the reader: how many sentences are right without a question, how many silently wrong.

Run: make measure, or python -m benchmarks.corpus [--shared DIR] [--json]. Without --shared only our
own corpora are measured. Ends with 1 when any sentence is silently wrong.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.grammar.reader import Reader
from benchmarks.cases import NoKey, own, own_equipped, shared
from benchmarks.judging import GOOD, Case, Judged, Verdict, judge
from benchmarks.measuring import table
from tests.equipped_shop import reader as equipped
from tests.sample_shop import sample

HEADS = ("", "all", "answerable", *(verdict.name.lower().replace("_", " ") for verdict in Verdict))


def main() -> int:
    """Measure, print, and tell with the exit code whether any is silently wrong."""
    parser = argparse.ArgumentParser(description="Measure what the reader makes of the corpora.")
    parser.add_argument("--shared", type=Path, help="the folder of the shared corpus")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    arguments = parser.parse_args()
    try:
        corpora = measure(arguments.shared)
    except NoKey as lacking:
        print(f"The key has no answer for:\n{lacking}", file=sys.stderr)
        return 2
    if arguments.json:
        print(json.dumps({name: _data(judged) for name, judged in corpora.items()}, indent=1))
    else:
        for name, judged in corpora.items():
            print(f"== {name} ==\n\n{report(judged)}\n")
    return int(any(silently_wrong(judged) for judged in corpora.values()))


def measure(folder: Path | None = None) -> dict[str, tuple[Judged, ...]]:
    """Every corpus by name, each sentence judged."""
    found = {
        "own, sample shop": _judged(sample().reader.reader, own()),
        "own, equipped shop": _judged(equipped(), own_equipped()),
    }
    if folder is not None:
        cases = shared(folder)
        found["shared"] = tuple(_judge(equipped(case.currency), case) for case in cases)
    return found


def _judged(reader: Reader, cases: Sequence[Case]) -> tuple[Judged, ...]:
    return tuple(_judge(reader, case) for case in cases)


def _judge(reader: Reader, case: Case) -> Judged:
    return judge(case, lambda answers: reader.read(case.text, case.language, answers))


def silently_wrong(judged: Sequence[Judged]) -> list[Judged]:
    """The worst: answered, and not with what was meant."""
    return [each for each in judged if each.verdict is Verdict.WRONG]


def good_share(judged: Sequence[Judged]) -> float:
    """The per cent of the answerable that are right or rightly asked; 100 when there are none."""
    answerable = [each for each in judged if each.answerable]
    good = [each for each in answerable if each.verdict in GOOD]
    return 100 * len(good) / len(answerable) if answerable else 100.0


def report(judged: Sequence[Judged]) -> str:
    """A table by language, one by class, and every sentence that is not right."""
    languages = sorted({each.case.language for each in judged})
    classes = sorted({name for each in judged for name in each.case.classes})
    rows = [_row("all", judged)]
    rows += [_row(code, [j for j in judged if j.case.language == code]) for code in languages]
    by_class = [_row(name, [j for j in judged if name in j.case.classes]) for name in classes]
    good = f"{good_share(judged):.1f} % of the answerable are right or rightly asked"
    wrong = f"{len(silently_wrong(judged))} are silently wrong"
    failures = "\n".join(_listed(judged))
    return "\n\n".join(
        [table(HEADS, rows), table(HEADS, by_class), f"{good}; {wrong}", failures]
    ).rstrip()


def _row(name: str, judged: Sequence[Judged]) -> tuple[str, ...]:
    counts = [sum(each.verdict is verdict for each in judged) for verdict in Verdict]
    answerable = sum(each.answerable for each in judged)
    return (name, str(len(judged)), str(answerable), *map(str, counts))


def _listed(judged: Sequence[Judged]) -> list[str]:
    lines = []
    for verdict in reversed(Verdict):
        if verdict in GOOD:
            continue
        for each in judged:
            if each.verdict is verdict:
                lines.append(f"{verdict}: {each.case.language}: {' '.join(each.case.text.split())}")
                lines.append(f"    became   {each.became}")
                lines.append(f"    expected {each.case.expected}")
    return lines


def _data(judged: Sequence[Judged]) -> list[dict[str, Any]]:
    return [
        {
            "language": each.case.language,
            "classes": each.case.classes,
            "text": each.case.text,
            "verdict": each.verdict.value,
            "answerable": each.answerable,
            "became": each.became,
            "expected": each.case.expected,
        }
        for each in judged
    ]


if __name__ == "__main__":
    sys.exit(main())
