"""Complete readings of a part, each with the picks that led to it and what it takes for granted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.grammar.reading import Note
from segments.definition import Condition

MOST_VARIANTS = 24


@dataclass(frozen=True, slots=True)
class Ask:
    """What a question is about: its wording's code and the tokens it stands on."""

    code: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """The name its answer is remembered under."""
        return f"{self.code}@{self.start}"


@dataclass(frozen=True, slots=True)
class Variant:
    """One reading: its condition, the picked choice for each question, and its notes."""

    condition: Condition
    picks: Mapping[Ask, int] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()


Variants = tuple[Variant, ...]


def settled(condition: Condition, *notes: Note) -> Variants:
    """One reading without a question."""
    return (Variant(condition, {}, notes),)


def asked(ask: Ask, conditions: Iterable[Condition], *notes: Note) -> Variants:
    """A reading for each choice of one question."""
    return tuple(Variant(c, {ask: i}, notes) for i, c in enumerate(conditions))


def mapped(variants: Variants, change: Callable[[Condition], Condition]) -> Variants:
    """The same readings with each condition changed."""
    return tuple(Variant(change(v.condition), v.picks, v.notes) for v in variants)


def noted(variants: Variants, *notes: Note) -> Variants:
    """The same readings with more notes."""
    return tuple(Variant(v.condition, v.picks, (*v.notes, *notes)) for v in variants)


def picked(variants: Variants, ask: Ask, index: int) -> Variants:
    """The same readings as one choice of a question."""
    return tuple(Variant(v.condition, {**v.picks, ask: index}, v.notes) for v in variants)


def combined(
    parts: Sequence[Variants], join: Callable[[tuple[Condition, ...]], Condition]
) -> Variants:
    """Every combination of the parts' readings whose picks agree, joined."""
    rows: list[tuple[tuple[Condition, ...], dict[Ask, int], tuple[Note, ...]]] = [((), {}, ())]
    for variants in parts:
        rows = [
            ((*conditions, v.condition), {**picks, **v.picks}, (*notes, *v.notes))
            for conditions, picks, notes in rows
            for v in variants
            if all(picks.get(ask, index) == index for ask, index in v.picks.items())
        ][:MOST_VARIANTS]
    return tuple(Variant(join(c), picks, notes) for c, picks, notes in rows)
