"""Changes of one place in a definition. Every other condition stays as it is.

In: a definition and a path of child indexes. Out: another definition, or None when nothing is left:
no condition is no segment, never everyone. Start at `replaced`.
"""

from dataclasses import replace

from segments.definition import All, Any, Condition, Not, Rank

Path = tuple[int, ...]


def at(definition: Condition, path: Path) -> Condition | None:
    """The condition at a path; None when the path leads nowhere."""
    for step in path:
        match definition:
            case All(parts) | Any(parts) if 0 <= step < len(parts):
                definition = parts[step]
            case Not(part) if step == 0:
                definition = part
            case Rank(among=part) if step == 0 and part is not None:
                definition = part
            case _:
                return None
    return definition


def replaced(definition: Condition, path: Path, new: Condition) -> Condition:
    """The definition with another condition at an existing path."""
    if not path:
        return new
    step, rest = path[0], path[1:]
    match definition:
        case All(parts):
            return All(_with(parts, step, replaced(parts[step], rest, new)))
        case Any(parts):
            return Any(_with(parts, step, replaced(parts[step], rest, new)))
        case Not(part):
            return Not(replaced(part, rest, new))
        case Rank(among=part) if part is not None:
            return replace(definition, among=replaced(part, rest, new))
        case _:
            return definition


def removed(definition: Condition, path: Path) -> Condition | None:
    """The definition without the condition at an existing path; a group that loses its last part
    goes too, and so does a negation of nothing."""
    if not path:
        return None
    step, rest = path[0], path[1:]
    match definition:
        case All(parts):
            left = _with(parts, step, removed(parts[step], rest))
            return All(left) if left else None
        case Any(parts):
            left = _with(parts, step, removed(parts[step], rest))
            return Any(left) if left else None
        case Not(part):
            inner = removed(part, rest)
            return None if inner is None else Not(inner)
        case Rank(among=part) if part is not None:
            return replace(definition, among=removed(part, rest))
        case _:
            return definition


def added(definition: Condition | None, new: Condition) -> Condition:
    """The definition with one more condition that must hold."""
    match definition:
        case None:
            return new
        case All(parts):
            return All((*parts, new))
        case _:
            return All((definition, new))


def _with(parts: tuple[Condition, ...], place: int, new: Condition | None) -> tuple[Condition, ...]:
    return (*parts[:place], *(() if new is None else (new,)), *parts[place + 1 :])
