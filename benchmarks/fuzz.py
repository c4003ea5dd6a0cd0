"""Texts that nobody should type, read all the same: no crash, no long wait, nothing but one SELECT.

Each tenth text is read twice, and both readings must be equal. Every definition that comes out, as
answer or as choice, is checked; what passes the check must compile to one SELECT that runs. Prints
what became of the texts of each kind, how long they kept the processor, and what went wrong with
which text.

Run: python -m benchmarks.fuzz --count 100000
In parts, which can be broken off and taken up again, and are added in the end:
     python -m benchmarks.fuzz --first 0 --count 50000 --keep one.json
     python -m benchmarks.fuzz --first 50000 --count 50000 --keep two.json
     python -m benchmarks.fuzz --add one.json two.json
"""

import gc
import json
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time
from typing import Any

import duckdb

from assistant.grammar.reader import Reader
from assistant.grammar.reading import Reading
from benchmarks.fuzz_texts import Texts
from benchmarks.measuring import AS_OF, open_shop, percentile, table
from segments.check import check
from segments.compile import compile_members, to_sql
from segments.definition import Condition
from segments.engine.duckdb_engine import Engine
from segments.errors import Shown
from segments.whole_files import replace_whole

LONGEST_WAIT = 0.25  # seconds
TOLD = 1000  # texts after which the part so far is kept and told


@dataclass(slots=True)
class Tally:
    """What became of some texts; that of several parts can be added."""

    wrong: list[tuple[str, str]] = field(default_factory=list)
    slow: list[tuple[str, str]] = field(default_factory=list)
    outcomes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))  # ms, by kind

    @property
    def texts(self) -> int:
        """How many there were."""
        return sum(map(len, self.times.values()))

    @property
    def longest(self) -> float:
        """The most that one took, in ms."""
        return max(map(max, self.times.values()), default=0.0)

    def add(self, kept: dict[str, Any]) -> None:
        """Add a part as `kept` gives it."""
        self.wrong += map(tuple, kept["wrong"])
        self.slow += map(tuple, kept["slow"])
        for kind, counted in kept["outcomes"].items():
            self.outcomes[kind].update(counted)
        for kind, times in kept["times"].items():
            self.times[kind] += times

    def kept(self) -> dict[str, Any]:
        """All of it, as JSON has it."""
        return {
            "wrong": self.wrong,
            "slow": self.slow,
            "outcomes": self.outcomes,
            "times": self.times,
        }


@dataclass(slots=True)
class Fuzz:
    """Reads texts and remembers what went wrong with which."""

    engine: Engine
    reader: Reader
    twice: int = 2  # each so manieth text of a kind is read again
    tally: Tally = field(default_factory=Tally)
    tried: dict[Condition, str] = field(default_factory=dict)

    def read(self, kind: str, text: str) -> None:
        """Reads a text, perhaps twice, and tries every definition that comes out."""
        tally = self.tally
        try:
            started = process_time()
            reading = self.reader.read(text)
            spent = process_time() - started
            again = self.reader.read(text) if len(tally.times[kind]) % self.twice == 0 else reading
        except Exception as error:  # noqa: BLE001 — whatever it is, it is what is looked for
            tally.outcomes[kind]["crashed"] += 1
            tally.wrong.append((f"crashed: {error!r}", text))
            return
        tally.times[kind].append(round(1000 * spent, 2))
        tally.outcomes[kind][reading.status.value] += 1
        if spent > LONGEST_WAIT:
            tally.slow.append((f"took {spent:.2f} s", text))
        if reading != again:
            tally.wrong.append(("read in two ways", text))
        tally.wrong += [(f"word misplaced: {word}", text) for word in _misplaced(reading)]
        for definition in _definitions(reading):
            if definition not in self.tried:
                self.tried[definition] = self._trial(definition)
                tally.outcomes["definitions"][self.tried[definition].split(":")[0]] += 1
            if self.tried[definition] not in ("ran", "refused"):
                tally.wrong.append((self.tried[definition], text))

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
    if asked.add:
        tally = Tally()
        for path in asked.add:
            tally.add(json.loads(path.read_text(encoding="ascii")))
    else:
        tally = _read(asked)
    _print(tally)
    sys.exit(bool(tally.wrong or tally.slow))


def _read(asked: Namespace) -> Tally:
    """Reads a part, or what is left of it, and keeps it now and then."""
    tally = Tally()
    if asked.keep and asked.keep.exists():
        tally.add(json.loads(asked.keep.read_text(encoding="ascii")))
    with open_shop() as engine:
        spoken = engine.values()
        texts = Texts(asked.seed, [value.text for value in spoken])
        fuzz = Fuzz(engine, Reader(engine.catalogue, spoken), twice=10, tally=tally)
        gc.freeze()  # as the page does: nothing walks the tries again
        done = sum(sum(tally.outcomes[kind].values()) for kind in texts.kinds)
        for number in range(done, asked.count):
            fuzz.read(*texts.made(asked.first + number))
            if number + 1 == asked.count or (number + 1) % TOLD == 0:
                _keep(tally, asked.keep)
                wrong = f"{len(tally.wrong)} wrong, {len(tally.slow)} slow"
                told = f"{number + 1:,} texts: {wrong}, longest {tally.longest:.0f} ms"
                print(told, file=sys.stderr, flush=True)
    return tally


def _keep(tally: Tally, path: Path | None) -> None:
    if path is not None:
        replace_whole(path, json.dumps(tally.kept()).encode())


def _print(tally: Tally) -> None:
    rows = [_row(kind, tally) for kind in tally.times]
    print(table(("kind", "texts", "answered", "p50 ms", "p95 ms", "p99 ms", "max ms"), rows))
    every = Counter[str]()
    for kind, counted in tally.outcomes.items():
        if kind != "definitions":
            every += counted
    for name, counted in (("readings", every), ("definitions", tally.outcomes["definitions"])):
        print(f"{name}: {', '.join(f'{n:,} {what}' for what, n in counted.most_common())}")
    for what, text in (*tally.wrong, *tally.slow):
        print(f"{what}\n    {text[:300]!r}")
    spent = sum(map(sum, tally.times.values())) / 1000
    print(f"{tally.texts:,} texts, {spent:,.0f} s; {len(tally.wrong)} went wrong,", end=" ")
    print(f"{len(tally.slow)} took more than {1000 * LONGEST_WAIT:.0f} ms")


def _row(kind: str, tally: Tally) -> tuple[str, ...]:
    times = tally.times[kind]
    spread = [percentile(times, share) for share in (0.5, 0.95, 0.99, 1)]
    answered = tally.outcomes[kind]["answered"]
    return (kind, f"{len(times):,}", f"{answered:,}", *(f"{each:.1f}" for each in spread))


def _arguments() -> Namespace:
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=3000, help="texts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the number of the first text")
    parser.add_argument("--keep", type=Path, help="a file for what was found, taken up if there")
    parser.add_argument("--add", type=Path, nargs="+", help="only print what these files keep")
    return parser.parse_args()


if __name__ == "__main__":
    main()
