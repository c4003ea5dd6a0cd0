"""Where the command writes: the terminal in colour, a pipe in plain text, JSON a line.

In: texts, problems, objects. Out: lines on stdout and stderr. Nothing a person typed is taken for
markup or reaches the terminal as a control character. Start at `Output`.
"""

import json
import os
import re
import sys
from collections.abc import Iterable, Mapping
from typing import TextIO

from rich.console import Console
from rich.text import Text

from assistant.languages.files import spoken_by
from assistant.languages.texts import Texts, texts
from segments.problems import Problem

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


class Output:
    """Both streams, in one language."""

    def __init__(self, language: str | None) -> None:
        self.language = language or of_environment(os.environ)
        self.out = _console(sys.stdout)
        self.err = _console(sys.stderr)

    @property
    def texts(self) -> Texts:
        """The texts of the command line."""
        return texts(self.language)

    def line(self, *pieces: str | tuple[str, str]) -> None:
        """Write one line; a piece is a text or a text with its style."""
        self.out.print(Text.assemble(*map(_piece, pieces)), soft_wrap=True)

    def json(self, found: Mapping[str, object]) -> None:
        """Write one object as one line, at once, for programs that wait for it."""
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        sys.stdout.flush()

    def problems(self, problems: Iterable[Problem]) -> None:
        """Say what is wrong, on stderr."""
        for problem in problems:
            self.wrong(self.texts.problem(problem))

    def wrong(self, *sentences: str) -> None:
        """Write sentences to stderr."""
        for sentence in sentences:
            self.err.print(Text(visible(sentence), "red"), soft_wrap=True)


def visible(text: str) -> str:
    """The text with a mark for each character that would steer the terminal."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def whole(text: str) -> str:
    """The text without half characters, which come from bytes that are no UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")


def of_environment(variables: Mapping[str, str]) -> str:
    """The person's language by the usual variables; English when it is none of ours."""
    found = next((variables[name] for name in _VARIABLES if variables.get(name)), "")
    code = re.split(r"[_.@-]", found.lower())[0]
    return spoken_by(code)


def _piece(piece: str | tuple[str, str]) -> str | tuple[str, str]:
    return visible(piece) if isinstance(piece, str) else (visible(piece[0]), piece[1])


def _console(stream: TextIO) -> Console:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(encoding="utf-8", errors="replace")
    return Console(file=stream, highlight=False, markup=False, emoji=False)
