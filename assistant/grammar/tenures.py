"""Templates of the section `tenure` -> since when somebody is a customer. Knows no clock."""

from collections.abc import Iterator

from assistant.grammar.pieces import Tenure
from assistant.grammar.slots import Captures
from assistant.grammar.windowing import windows
from segments.definition import Period

_AT_LEAST = "for"  # "a customer for 2 years"


def tenures(key: str, captures: Captures) -> Iterator[Tenure]:
    """What a template of the section `tenure` can mean: several windows where that is open."""
    if key == "since":
        yield from _since(captures)
    elif key == "before":
        yield from (Tenure((window,)) for window in windows("before", captures))
    elif key.startswith(_AT_LEAST):
        for window in windows(key.replace(_AT_LEAST, "ge_ago", 1), captures):
            yield Tenure((window,), bare=True)
    else:
        kind, _, one = key.partition("_")
        for window in windows("_".join(filter(None, (f"{kind}_ago", one))), captures):
            yield Tenure((window,))


def _since(captures: Captures) -> Iterator[Tenure]:
    """As in "customers since 2024": came then, came then or later, or have been there all along."""
    from_then = tuple(windows("since", captures))
    until_then = tuple(windows("until", captures))
    then = tuple(w for w in windows("period", captures) if isinstance(w, Period))
    if from_then:
        windows_of = (*then[:1], *from_then[:1], *until_then[:1])
        yield Tenure(windows_of, new=from_then[0])
