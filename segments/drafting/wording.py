"""The words people use of a table, a column or a code that no role covers, by `words.toml`.

In: a name as a source spells it. Out: words by language, or nothing. Start at `of_event`.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from segments.drafting import names

Spoken = dict[str, list[str]]  # language -> words, the first is shown


def of_members(table: str, *, tiered: bool) -> Spoken:
    """What the members of this table are called; `tiered`: some of them have a level."""
    found = _entry("members", table)
    return dict(found["nouns"]) if found and not (tiered and found.get("of_some")) else {}


def of_event(table: str, columns: tuple[str, ...] = ()) -> dict[str, Spoken]:
    """The nouns and verbs of what happened, by the name of the table or code, or of a column."""
    found = _entry("events", table)
    if found is None:
        found = next((each for name in columns if (each := _of_column(name))), None)
    return {key: dict(found[key]) for key in ("nouns", "verbs") if found and key in found}


def of_column(name: str, table: str, language: str) -> Spoken:
    """The labels of a column: what it is known as in each language, or else its own name."""
    found = _entry("columns", name, table)
    own = {key: list(words) for key, words in (found or {}).items() if key != "names"}
    return own or {language: [names.spelled(name)]}


def of_codes(codes: list[str]) -> dict[str, dict[str, object]]:
    """Codes with their words, by a name a catalogue allows; nothing where none of them is known."""
    known = [_codes().get(names.words(code)) for code in codes]
    if not any(known) or len(set(map(names.identifier, codes))) < len(codes):
        return {}
    chosen = [key for key in known if key]
    if len(set(chosen)) < len(chosen):
        return {}  # two codes of one meaning: a person has to tell them apart
    found: dict[str, dict[str, object]] = {}
    for code, key in zip(codes, known, strict=True):
        words = {k: v for k, v in _known()["values"][key].items() if k != "codes"} if key else {}
        found[names.identifier(code)] = {"code": code, **({"labels": words} if words else {})}
    return found


def _entry(section: str, name: str, table: str = "") -> dict[str, Any] | None:
    for form in names.forms(name, table):
        for each in _known()[section].values():
            if form in [names.words(known) for known in each["names"]]:
                return dict(each)
    return None


def _of_column(name: str) -> dict[str, Any] | None:
    own = names.words(name)
    for each in _known()["events"].values():
        if own in [names.words(known) for known in each.get("columns", ())]:
            return dict(each)
    return None


@cache
def _codes() -> dict[names.Words, str]:
    values = _known()["values"].items()
    return {names.words(code): key for key, entry in values for code in entry["codes"]}


@cache
def _known() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
