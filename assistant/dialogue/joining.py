"""How the conditions that a follow-up says join a definition, one after the other.

In: the whole, a reading or a condition, the manner. Out: every outcome. Start at `join_conditions`.
"""

from collections.abc import Iterator
from itertools import islice

from assistant.dialogue.joining_events import join_event, join_group
from assistant.dialogue.joining_fields import join_field
from assistant.dialogue.manner import MORE, Manner
from assistant.dialogue.spots import Outcome, about, add, ranked
from assistant.grammar.reading import Reading
from segments.catalogue import Catalogue
from segments.definition import All, Any, Condition, DateField, Field, Not
from segments.rewrites import simplify

MOST = 5


def join_choices(
    whole: Condition, reading: Reading, manner: Manner, catalogue: Catalogue
) -> Iterator[Outcome]:
    """A follow-up that is itself open: each of its choices joins."""
    open_ = [choice.definition for question in reading.questions[:1] for choice in question.choices]
    found = [
        outcome
        for said in open_
        if said is not None
        for outcome in islice(join_conditions(whole, simplify(said), manner, catalogue), 1)
    ]
    changed = [each for each in found if each.definition != whole]
    if len(changed) == 1 < len(found):  # one way to take it holds already: the other is no answer
        yield Outcome(whole, ())
    else:
        yield from changed


def join_conditions(
    whole: Condition, said: Condition, manner: Manner, catalogue: Catalogue
) -> Iterator[Outcome]:
    """Each condition that was said joins after the one before."""
    if manner in MORE and isinstance(said, All):  # "or gold members in Lund": both hold of them
        yield from join_group(whole, said, manner)
        return
    found = [Outcome(whole, ())]
    joined: set[str] = set()
    for part in said.parts if isinstance(said, All) else (said,):
        # "VIP and staff" are said together: the second never takes the place of the first.
        beside = about(part) in joined
        joined.add(about(part))
        found = [
            Outcome(after.definition, (*before.edits, *after.edits), after.notes)
            for before in found
            if before.definition is not None
            for after in (
                (add(before.definition, part),)
                if beside
                else _condition(before.definition, part, manner, catalogue)
            )
        ][: MOST + 1]
    yield from found


def _condition(
    whole: Condition, part: Condition, manner: Manner, catalogue: Catalogue
) -> Iterator[Outcome]:
    for each in _one(whole, part, manner, catalogue):
        yield each
        if [edit.before for edit in each.edits] == [None]:
            yield from ranked(whole, part)


def _one(
    whole: Condition, part: Condition, manner: Manner, catalogue: Catalogue
) -> Iterator[Outcome]:
    match part:
        case Field() | DateField() | Not(Field() | DateField()):
            yield from join_field(whole, part, manner, catalogue)
        case All() | Any() | Not(All() | Any() | Not()):
            yield from join_group(whole, part, manner)
        case _:
            yield from join_event(whole, part, manner, catalogue)
