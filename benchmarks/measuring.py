"""What the benchmarks share: the sample shop, the sentences of the corpus, percentiles, a table.

Each `bench_*.py` runs alone and prints one table; README.md says what it shows.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from segments.engine.duckdb_engine import Engine

ROOT = Path(__file__).parent.parent
SHOP = ROOT / "sample_data" / "shop"
CATALOGUE = ROOT / "sample_data" / "catalogue.toml"
CORPUS = ROOT / "tests" / "corpus"
LANGUAGES = ROOT / "assistant" / "languages"
SEGMENTS = ROOT / "benchmarks" / "segments.toml"
AS_OF = date(2026, 10, 15)


@dataclass(frozen=True, slots=True)
class Sentence:
    """What somebody types; `means` is the canonical text of its definition, where it has one."""

    language: str
    text: str
    means: str | None = None


def open_shop() -> Engine:
    """The sample shop, prepared first where needed."""
    return Engine.open(SHOP, CATALOGUE)


def sentences() -> tuple[Sentence, ...]:
    """Every sentence of the corpus; without a corpus, the examples that the page shows."""
    return tuple(_corpus()) or tuple(_examples())


def _corpus() -> Iterator[Sentence]:
    for path in sorted(CORPUS.glob("??/*.toml")):
        for cases in _toml(path).values():
            for case in cases:
                yield Sentence(path.parent.name, case["text"], case.get("means"))


def _examples() -> Iterator[Sentence]:
    for path in sorted(LANGUAGES.glob("??/texts.toml")):
        for text in _toml(path)["examples"]["sentences"]:
            yield Sentence(path.parent.name, text)


def segments() -> list[dict[str, str]]:
    """Those of segments.toml: name, means, prepared, and for some raw."""
    found: list[dict[str, str]] = _toml(SEGMENTS)["segment"]
    return found


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of the values that so large a share of them does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows under their heads: the first column to the left, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    return "\n".join(_line(row, widths) for row in (heads, ["-" * w for w in widths], *rows))


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
    return "  ".join([row[0].ljust(widths[0]), *cells[1:]])
