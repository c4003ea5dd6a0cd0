"""`krets catalogue check`: every mistake of a catalogue file, with its line and the way out.

In: the arguments. Out: exit code 0 when a shop can be opened with it, 1 when not. Start at `check`.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from assistant.terminal.arguments import Arguments
from assistant.terminal.output import Output
from segments.catalogue_check import check_against, is_remark
from segments.catalogue_file import load
from segments.errors import Shown
from segments.problems import BadCatalogue, Problem


def check(arguments: Arguments, output: Output) -> int:
    """Write every mistake: those of the file alone, or else those it makes with the data, and what
    is worth knowing of it."""
    folder = arguments.data or arguments.file.parent
    try:
        problems = check_against(load(arguments.file), folder)
    except Shown as shown:
        problems = shown.problems
    for problem in sorted(problems, key=is_remark):
        place = _place(problem, arguments.file)
        output.line((place, "bold"), f" {output.texts.problem(_without_line(problem))}")
    mistakes = sum(not is_remark(problem) for problem in problems)
    if mistakes:
        output.line(output.texts.cli("mistakes", n=mistakes, file=str(arguments.file)))
        return 1
    output.line(output.texts.cli("catalogue_fits", file=str(arguments.file), data=str(folder)))
    return 0


def _place(problem: Problem, file: Path) -> str:
    """File and line, as editors and other checkers write it."""
    line = problem.line if isinstance(problem, BadCatalogue) else _line(problem.where, file)
    return f"{file}:{line}:" if line else f"{file}:"


def _without_line(problem: Problem) -> Problem:
    """The problem without the line that stands before it already."""
    return replace(problem, line=0) if isinstance(problem, BadCatalogue) else problem


def _line(where: str, file: Path) -> int:
    """The line of the section that a problem with the data speaks of; 0 when it is of none."""
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    for section in _sections(where):
        header = re.compile(rf"\s*\[\s*{re.escape(section)}\s*\]")
        found = (number for number, line in enumerate(lines, start=1) if header.match(line))
        if number := next(found, 0):
            return number
    return 0


def _sections(where: str) -> Iterator[str]:
    """Where it may be written: "city" and "fields.city" as [fields.city], "purchase.amount" as
    [events.purchase.attributes.amount], and the sections around them."""
    steps = re.sub(r"\[\d+\]", "", where).split(".")
    for length in range(len(steps), 1, -1):
        yield ".".join(steps[:length])
    yield f"fields.{steps[0]}"
    yield f"events.{steps[0]}.attributes.{steps[-1]}"
    yield f"events.{steps[0]}"
