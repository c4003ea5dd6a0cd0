"""The sample shop for a German marketer: the pack in this folder, the shop's values in German.

In: nothing. Out: a reader and a speaker that know German beside the product's languages. The pack
is found as any pack outside the package is, by `KRETS_LANGUAGES`.
"""

import os
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from unittest import mock

from assistant.grammar.reader import Reader
from assistant.languages import files, packs
from assistant.messages.readback import Speaker
from segments.catalogue import Spoken
from tests.sample_shop import sample

HERE = Path(__file__).parent
AS_OF = date(2026, 10, 15)


@dataclass(frozen=True, slots=True)
class German:
    """What reads German and what says it."""

    reader: Reader
    speaker: Speaker


@contextmanager
def german() -> Iterator[German]:
    """The German shop, as long as the pack is among the languages."""
    with mock.patch.dict(os.environ, {files.ENVIRONMENT: str(HERE)}):
        _forget()
        engine = sample().engine
        spoken = [*engine.values(), *_values({value.owner for value in engine.values()})]
        yield German(
            Reader(engine.catalogue, spoken), Speaker("de", engine.catalogue, spoken, AS_OF)
        )
    _forget()


def _forget() -> None:
    """What is known of all languages together is found anew."""
    files.folders.cache_clear()
    packs.region_nouns.cache_clear()


def _values(owners: Iterable[str]) -> list[Spoken]:
    """The German words of each value, for every field and event that has it."""
    written = tomllib.loads((HERE / "values.toml").read_text(encoding="utf-8"))
    return [
        Spoken(owner, code, word, "de")
        for owner in sorted(owners)
        for code, words in written.get(owner.rpartition(".")[2], {}).items()
        for word in words
    ]
