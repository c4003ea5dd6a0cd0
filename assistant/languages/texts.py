"""The texts of the page and the command line, by key and language.

In: a key, or a note, question or problem with its evidence. Out: the sentence to show. A key that
a language lacks is taken from English; one that English lacks is a broken promise. Does not know
what the notes mean. Start at `texts`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Protocol

from assistant.languages.files import FALLBACK, languages, look_up
from segments.errors import Broken
from segments.problems import Problem

_SLOT = re.compile(r"\{(\w+)\}")

NOT_YET = "not_yet"  # what can be read and not be counted yet has texts of its own


class Coded(Protocol):
    """A note: `code` is the key of its wording, `values` its evidence."""

    @property
    def code(self) -> str: ...  # noqa: D102 - said above

    @property
    def values(self) -> Mapping[str, str]: ...  # noqa: D102 - said above


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language."""

    language: str

    def page(self, key: str, /, **values: object) -> str:
        """Give a label of the page."""
        return self._fill(("page", key), values)

    def cli(self, key: str, **values: object) -> str:
        """Give a line of the command line."""
        return self._fill(("cli", key), values)

    def draft(self, key: str, /, **values: object) -> str:
        """Give a comment of a drafted catalogue."""
        return self._fill(("draft", key), values)

    def message(self, key: str, /, **values: object) -> str:
        """Give a line about suggested messages."""
        return self._fill(("messages", key), values)

    def table(self, key: str, /, **values: object) -> str:
        """Give a line or a heading of a table that answers an inquiry."""
        return self._fill(("tables", key), values)

    def status(self, status: str) -> str:
        """Say what became of a word or a sentence."""
        return self._fill(("statuses", status), {})

    def kind(self, kind: str) -> str:
        """Say what kind of thing a proposal is."""
        return self._fill(("kinds", kind), {})

    def examples(self) -> tuple[str, ...]:
        """Give the sentences that the empty page offers to try."""
        found = self._find("examples", "sentences")
        return tuple(str(sentence) for sentence in found)

    def guide(self, topic: str) -> tuple[str, ...]:
        """Give the sentences that the guide offers to try on a topic."""
        return tuple(str(sentence) for sentence in self._find("guide", topic))

    def note(self, note: Coded) -> str:
        """Say a default that was used; a note nobody has worded is said by its evidence."""
        return self._coded("notes", note)

    def reason(self, note: Coded) -> str:
        """Say why a sentence was not read."""
        if note.code != NOT_YET:
            return self._coded("reasons", note)
        what = str(note.values.get("what", ""))
        known = look_up(FALLBACK, "texts", NOT_YET, what) is not None
        said = self._fill((NOT_YET, what if known else "other"), {})
        return self._fill(("reasons", NOT_YET), {**note.values, "what": said})

    def question(self, code: str, about: str) -> str:
        """Ask about a word; `vague_…` and other codes without a wording ask which is meant."""
        known = look_up(FALLBACK, "texts", "questions", code) is not None
        return self._fill(("questions", code if known else "readings"), {"about": about})

    def problem(self, problem: Problem) -> str:
        """Say what is wrong with a definition, a catalogue or a data folder, and the way out."""
        name = type(problem).__name__
        values = {field.name: _shown(getattr(problem, field.name)) for field in fields(problem)}
        code = str(values.get("code", ""))
        coded = code and look_up(FALLBACK, "texts", "problems", name, code) is not None
        if coded:
            keys: tuple[str, ...] = ("problems", name, code)
        elif isinstance(look_up(FALLBACK, "texts", "problems", name), Mapping):
            keys = ("problems", name, "other")
        else:
            known = look_up(FALLBACK, "texts", "problems", name) is not None
            keys = ("problems", name if known else "other")
        said = self._fill(keys, {"name": "", "found": "", **values})
        place = self._place(problem)
        suggestions = getattr(problem, "suggestions", ())
        return " ".join(filter(None, (place, said, self._perhaps(suggestions))))

    def _place(self, problem: Problem) -> str:
        line = getattr(problem, "line", 0)
        if not line or not hasattr(problem, "code"):
            return ""
        return self._fill(("problems", "line"), {"line": line})

    def _perhaps(self, suggestions: Sequence[str]) -> str:
        if not suggestions:
            return ""
        return self._fill(("problems", "perhaps"), {"suggestions": _shown(suggestions[:3])})

    def _coded(self, section: str, note: Coded) -> str:
        known = look_up(FALLBACK, "texts", section, note.code) is not None
        values: dict[str, object] = dict(note.values)
        if known:
            return self._fill((section, note.code), values)
        values["evidence"] = _shown(tuple(note.values.values()))
        return self._fill((section, "other"), values)

    def _find(self, *keys: str) -> Any:  # noqa: ANN401 - a text or a list of texts
        for language in (self.language, FALLBACK):
            found = look_up(language, "texts", *keys)
            if found is not None:
                return found
        message = f"no text {'.'.join(keys)}"
        raise Broken(message)

    def _fill(self, keys: tuple[str, ...], values: Mapping[str, object]) -> str:
        """Fill the slots; one without a value stays empty, and the space before it goes too."""
        text = str(self._find(*keys))
        filled = _SLOT.sub(lambda slot: str(values.get(slot[1], "")), text)
        return re.sub(r" +([,.;:?!)])", r"\1", re.sub(r"  +", " ", filled)).strip()


def placeholders(text: str) -> frozenset[str]:
    """Give the names of the slots in a text."""
    return frozenset(_SLOT.findall(text))


@cache
def texts(language: str) -> Texts:
    """Give the texts of a language; one without a folder is said in English."""
    return Texts(language if language in languages() else FALLBACK)


def _shown(value: object) -> str:
    if isinstance(value, str | int):
        return str(value)
    if isinstance(value, Sequence):
        return ", ".join(str(item) for item in value)
    return str(value)
