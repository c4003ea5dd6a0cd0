"""Whatever is typed is read without a crash, the same each time and in each process, and selects by
one SELECT or not at all. `python -m benchmarks.fuzz --count 100000` reads more texts of the kind,
and says how long they take."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.fuzz import Fuzz, Tally
from benchmarks.fuzz_texts import Texts
from benchmarks.measuring import sentences
from tests.sample_shop import sample

SEED = 20261015
TEXTS = 240
ROOT = Path(__file__).parents[2]


def _texts() -> list[tuple[str, str]]:
    names = [value.text for value in sample().engine.values()]
    texts = Texts(SEED, names)
    return [texts.made(number) for number in range(TEXTS)]


@pytest.mark.slow
def test_nothing_that_is_typed_does_harm() -> None:
    fuzz = Fuzz(sample().engine, sample().reader)
    for kind, text in _texts():
        fuzz.read(kind, text)
    assert fuzz.tally.wrong == []
    assert fuzz.tally.outcomes["definitions"]["ran"]


def test_what_goes_wrong_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    fuzz = Fuzz(sample().engine, sample().reader)
    monkeypatch.setattr("benchmarks.fuzz.to_sql", lambda _: "SELECT 1; SELECT 2")
    fuzz.read("words", "women in Oslo")
    monkeypatch.setattr("benchmarks.fuzz.to_sql", lambda _: "DELETE FROM members")
    fuzz.read("words", "men in Oslo")
    monkeypatch.setattr(fuzz, "reader", None)
    fuzz.read("words", "people in Oslo")
    assert [what.split(":")[0] for what, _ in fuzz.tally.wrong] == [
        "failed",
        "no SELECT",
        "crashed",
    ]


def test_parts_that_are_added_are_the_whole() -> None:
    reader, texts = sample().reader, _texts()[:30]
    whole, *parts = (Fuzz(sample().engine, reader) for _ in range(3))
    for kind, text in texts:
        whole.read(kind, text)
    added = Tally()
    for part, some in zip(parts, (texts[:15], texts[15:]), strict=True):
        for kind, text in some:
            part.read(kind, text)
        added.add(json.loads(json.dumps(part.tally.kept())))
    assert added.texts == whole.tally.texts == len(texts)
    assert added.wrong == whole.tally.wrong
    for tally in (added, whole.tally):  # each part tries its own, where there are any
        tally.outcomes.pop("definitions", None)
    assert added.outcomes == whole.tally.outcomes


def test_a_text_is_the_same_whatever_was_made_before_it() -> None:
    texts = Texts(SEED, ["Oslo"])
    made = [texts.made(number) for number in range(30)]
    assert made[17] == Texts(SEED, ["Oslo"]).made(17)
    assert len(set(made)) == len(made)


@pytest.mark.slow
def test_a_reading_is_the_same_in_each_process() -> None:
    first, second = (_readings(seed) for seed in ("1", "2"))
    assert len(first) > TEXTS
    assert [pair for pair in zip(first, second, strict=True) if pair[0] != pair[1]] == []


def _readings(seed: str) -> list[str]:
    """What another process reads, whose sets and dictionaries are in an order of their own."""
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "tests.grammar.test_fuzz"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


if __name__ == "__main__":
    for text in (*(text for _, text in _texts()), *(each.text for each in sentences()[::7])):
        print(ascii(sample().reader.read(text)))  # noqa: T201 — what `_readings` reads
