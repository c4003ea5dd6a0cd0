"""A shop that has what a shop can have, without data: its catalogue, its words, its reader.

The sentences people publish speak of orders, messages, companies, care and the site; one shop that
knows all of them tells what the reader can do where nothing is missing from the catalogue.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from assistant.grammar.reader import Reader
from segments.catalogue import Catalogue, Spoken
from segments.catalogue_file import load
from segments.engine.spoken import declared

HERE = Path(__file__).parent / "catalogues"


@cache
def catalogue() -> Catalogue:
    """The catalogue of the equipped shop."""
    return load(HERE / "equipped.toml")


@cache
def spoken() -> tuple[Spoken, ...]:
    """Every value that its sentences can name."""
    return (*declared(catalogue()), *_found())


@cache
def reader(currency: str = "SEK") -> Reader:
    """The reader of the shop, which takes its money in a currency."""
    return Reader(replace(catalogue(), currency=currency), spoken())


@cache
def club() -> Reader:
    """The reader of a club whose words and statuses are its own."""
    found = load(HERE / "club.toml")
    return Reader(found, tuple(declared(found)))


def _found() -> Iterator[Spoken]:
    data = tomllib.loads((HERE / "equipped_values.toml").read_text(encoding="utf-8"))
    for group in data["same"]:
        for owner in group["owners"]:
            yield from (Spoken(owner, word, word) for word in group["words"])
    for group in data["worded"]:
        for owner in group["owners"]:
            for code, languages in group.items():
                if code != "owners":
                    yield from _worded(owner, code, languages)


def _worded(owner: str, code: str, languages: dict[str, list[str]]) -> Iterator[Spoken]:
    for language, words in languages.items():
        yield from (Spoken(owner, code, word, language) for word in words)
