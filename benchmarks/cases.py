"""The sentences that are measured, with what each must become.

Our own corpora (tests/corpus) have sentence and meaning side by side. The shared corpus lies
outside the project: its sentences are read from the folder given, and what they must become in the
equipped shop stands in tests/corpus/shared_key.toml, under a digest of language and text.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.judging import Case
from tests.corpus.sentences import ASKS, EQUIPPED, HERE, PHRASES, UNREAD, Open, Phrase

KEY = HERE / "shared_key.toml"
SHARED = ("cases.jsonl", "prompts.jsonl")


class NoKey(Exception):
    """Sentences of the shared corpus that the key does not know."""


def own() -> tuple[Case, ...]:
    """The sentences that are read with the sample shop."""
    sentences: tuple[Phrase | Open, ...] = (*PHRASES, *ASKS, *UNREAD)
    return tuple(map(_case, sentences))


def own_equipped() -> tuple[Case, ...]:
    """The sentences that are read with the equipped shop."""
    return tuple(map(_case, EQUIPPED))


def _case(sentence: Phrase | Open) -> Case:
    means = (sentence.means,) if isinstance(sentence, Phrase) else ()
    choices = () if isinstance(sentence, Phrase) else sentence.choices
    unread = None if means or choices else "refused"
    return Case(sentence.language, (sentence.topic,), sentence.text, means, choices, unread)


def shared(folder: Path) -> tuple[Case, ...]:
    """The shared corpus, without its follow-ups. Raises NoKey with what the key lacks."""
    key: dict[str, dict[str, Any]] = tomllib.loads(KEY.read_text(encoding="utf-8"))
    lines = list(_lines(folder))
    lacking = [
        f"{digest(line)}  # {line['lang']}: {line['text']}"
        for line in lines
        if digest(line) not in key
    ]
    if lacking:
        raise NoKey("\n".join(lacking))
    return tuple(_shared(line, key[digest(line)]) for line in lines if not _edits(key, line))


def digest(line: dict[str, Any]) -> str:
    """The name of a sentence in the key."""
    return hashlib.sha256(f"{line['lang']}\n{line['text']}".encode()).hexdigest()[:12]


def _edits(key: dict[str, dict[str, Any]], line: dict[str, Any]) -> bool:
    return bool(key[digest(line)].get("follow_up"))


def _lines(folder: Path) -> Iterator[dict[str, Any]]:
    for name in SHARED:
        text = (folder / name).read_text(encoding="utf-8")
        yield from (json.loads(line) for line in text.splitlines() if line.strip())


def _shared(line: dict[str, Any], entry: dict[str, Any]) -> Case:
    classes = [line["class"]] if "class" in line else line["tags"] or ["untagged"]
    if line.get("b2b"):
        classes = [*classes, "b2b"]
    return Case(
        line["lang"],
        tuple(classes),
        line["text"],
        tuple(entry.get("means", ())),
        tuple(entry.get("asks", ())),
        entry.get("unread"),
        entry.get("currency", "SEK"),
    )
