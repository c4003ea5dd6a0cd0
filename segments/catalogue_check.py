"""A catalogue held against its data: everything that would make a segment empty or wrong.

In: a catalogue and a data folder. Out: problems, all at once: files and columns that are missing,
types that do not fit, keys that are not unique, links that lead nowhere, declared codes that never
occur, rules that cannot be read. Changes nothing and prepares nothing. Start at `check_against`.
"""

from collections.abc import Iterator
from pathlib import Path

from segments.catalogue import Catalogue
from segments.check import check
from segments.codec import from_text
from segments.engine.examine import examine
from segments.errors import Shown
from segments.problems import BadData, Problem

_REMARKS = frozenset({"without_member", "record_shared"})


def is_remark(problem: Problem) -> bool:
    """Whether it is worth knowing, and may well be as it should."""
    return isinstance(problem, BadData) and problem.code in _REMARKS


def check_against(catalogue: Catalogue, folder: Path) -> tuple[Problem, ...]:
    """Give every problem of the catalogue with the files in a folder; none means all is well."""
    try:
        resolved, found = examine(folder, catalogue)
    except Shown as shown:
        return shown.problems
    return (*found, *_rules(resolved))


def _rules(catalogue: Catalogue) -> Iterator[Problem]:
    for name, rule in catalogue.rules.items():
        where = f"rules.{name}"
        try:
            problems: tuple[Problem, ...] = check(from_text(rule.definition), catalogue)
        except Shown as shown:
            problems = shown.problems
        for problem in problems:
            yield BadData(where, "rule_cannot_be_used", rule.definition)
            yield problem
