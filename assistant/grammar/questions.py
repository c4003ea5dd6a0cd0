"""Readings -> one definition, or the questions that separate them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.grammar.reading import Choice, Note, Question
from assistant.grammar.sense import sense
from assistant.grammar.tokens import Token
from assistant.grammar.variants import Ask, Variant, Variants
from segments.definition import All, Condition

MOST_CHOICES = 5
READING = "reading"


@dataclass(frozen=True, slots=True)
class Settled:
    """What is left when the answers given so far are taken: a definition, or questions."""

    definition: Condition | None
    questions: tuple[Question, ...]
    notes: tuple[Note, ...]
    parse: int


def settle(
    text: str,
    readings: Sequence[tuple[tuple[Token, ...], Variants]],
    answers: Mapping[str, int],
) -> Settled:
    """One definition when all readings, made plain before, agree or are answered; else what to ask.

    Readings of equal parses are told apart by a question of their own, `reading`."""
    distinct = _distinct(readings)
    if len(distinct) > 1 and answers.get(READING) is None:
        choices = tuple(v.condition for _, variants in distinct for v in variants)
        question = _question(READING, READING, text, 0, len(text), _unique(choices))
        if len(question.choices) > 1:
            return Settled(None, (question,), (), 0)
    parse, variants = _picked(distinct, answers.get(READING, 0))
    tokens = readings[parse][0]
    left = [v for v in variants if _agrees(v, answers)] or list(variants)
    asks = _open(left)
    if not asks or len(_unique([v.condition for v in left])) == 1:
        return Settled(left[0].condition, (), left[0].notes, parse)
    questions = tuple(_asked(text, tokens, ask, left, alone=len(asks) == 1) for ask in asks)
    return Settled(None, questions, left[0].notes, parse)


def _picked(distinct: Sequence[tuple[int, Variants]], answer: int) -> tuple[int, Variants]:
    """The parse and the readings that are left of several parses; one has nothing to pick."""
    if len(distinct) == 1:
        return distinct[0]
    pairs = _unique_all(distinct)
    parse, variant = pairs[min(answer, len(pairs) - 1)]
    return parse, (Variant(variant.condition, {}, variant.notes),)


def _unique_all(distinct: Sequence[tuple[int, Variants]]) -> list[tuple[int, Variant]]:
    seen: dict[object, tuple[int, Variant]] = {}
    for parse, variants in distinct:
        for variant in variants:
            seen.setdefault(sense(variant.condition), (parse, variant))
    return list(seen.values())


def _distinct(
    readings: Sequence[tuple[tuple[Token, ...], Variants]],
) -> list[tuple[int, Variants]]:
    """The parses whose sets of definitions differ; one that another contains goes."""
    found: list[tuple[int, Variants, set[object]]] = []
    for index, (_, variants) in enumerate(readings):
        if len(readings) == len(variants) == 1:
            return [(0, variants)]
        senses: set[object] = {sense(v.condition) for v in variants}
        if not any(senses <= others for _, _, others in found):
            found = [one for one in found if not one[2] < senses]
            found.append((index, variants, senses))
    return [(index, variants) for index, variants, _ in found]


def _agrees(variant: Variant, answers: Mapping[str, int]) -> bool:
    return all(answers.get(ask.key, index) == index for ask, index in variant.picks.items())


def _open(variants: Sequence[Variant]) -> list[Ask]:
    """The questions whose choices still differ."""
    asks = dict.fromkeys(ask for v in variants for ask in v.picks)
    return [ask for ask in asks if len({v.picks.get(ask) for v in variants}) > 1]


def _asked(
    text: str, tokens: Sequence[Token], ask: Ask, variants: Sequence[Variant], *, alone: bool
) -> Question:
    start = tokens[ask.start].start
    end = tokens[ask.end - 1].end
    by_choice: dict[int, Variant] = {}
    for variant in variants:
        by_choice.setdefault(variant.picks.get(ask, 0), variant)
    conditions = [by_choice[index].condition for index in sorted(by_choice)]
    parts = _differing(conditions)
    choices = tuple(
        Choice(part, condition if alone else None)
        for part, condition in zip(parts, conditions, strict=True)
    )
    return Question(ask.key, ask.code, text[start:end], start, end, choices)


def _question(
    key: str, code: str, text: str, start: int, end: int, conditions: Sequence[Condition]
) -> Question:
    kept = list(conditions)[:MOST_CHOICES]
    parts = _differing(kept)
    choices = tuple(Choice(p, c) for p, c in zip(parts, kept, strict=True))
    return Question(key, code, text[start:end], start, end, choices)


def _unique(conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    found: dict[object, Condition] = {}
    for condition in conditions:
        found.setdefault(sense(condition), condition)
    return tuple(found.values())


def _differing(conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    """Each definition without the parts that all of them share."""
    groups = [c.parts for c in conditions if isinstance(c, All)]
    if len(groups) != len(conditions) or not groups:
        return tuple(conditions)
    shared = set(groups[0]).intersection(*groups[1:])
    rest = [tuple(part for part in group if part not in shared) for group in groups]
    if any(not parts for parts in rest):
        return tuple(conditions)
    return tuple(parts[0] if len(parts) == 1 else All(parts) for parts in rest)
