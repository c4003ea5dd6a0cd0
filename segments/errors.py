"""Exceptions: one base, two branches by audience.

`Shown` is for the person (it carries problems, worded elsewhere); `Broken` is a bug of ours.
"""

from segments.problems import Problem


class KretsError(Exception):
    """Base of everything this package raises on purpose."""


class Shown(KretsError):
    """Something the person can mend: carries one or more problems with their evidence."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(repr(problem) for problem in problems))
        self.problems = problems


class Cancelled(KretsError):
    """The query was stopped from outside before it had an answer."""


class Broken(KretsError):
    """A promise inside the program does not hold."""
