"""How many of the first or last of what members did have another after them -> a `Followed`.

In: the frame of which so many were said ("their last five orders"), and the one that follows or
comes before it, with its link. Start at `followed`. Raises `Unclear` for what it cannot say.
"""

from collections.abc import Iterator, Sequence

from assistant.grammar.frames import Frame
from assistant.grammar.meaning import Unclear, ask_at
from assistant.grammar.meaning.counts import count_test
from assistant.grammar.moves.context import Context
from assistant.grammar.reading import Note
from assistant.grammar.sequences import OF_EACH, only_things, records_in, step_of
from assistant.grammar.variants import Variant, Variants, noted, picked
from segments.definition import EXISTS, Followed, Operator, Reach, Step, Test
from segments.thresholds import holds

_NONE = Test(Operator.EQ, (0,))


def of_several(frames: Sequence[Frame]) -> bool:
    """Whether it begins with all, any or some of the first or last."""
    said = frames[0].which
    return said is not None and said.number > 1 and said.reach is not Reach.NTH


def followed(context: Context, frames: Sequence[Frame]) -> Variants:
    """The records, what follows them and of how many, in every reading."""
    start, target, *more = frames
    said = start.which
    assert said is not None
    if more or start.again or start.later_day or start.chosen or start.number_filter or start.same:
        raise Unclear("scope")
    if target.which or target.again or target.later_day or start.negated != said.none:
        raise Unclear("scope")
    sent = target.link is not None and target.link.sent
    if sent and (start.window or target.window):
        raise Unclear("scope")  # those sent in that time, or opened in it?
    if not only_things(context, start):
        raise Unclear("scope")  # "their last five orders in store": of all, or of those?
    ways, notes = _ways(start, target)
    plain = target._replace(negated=False)
    begun = start._replace(which=None, compare=None, negated=False, anything=True)
    made: Variants = ()
    for place, test in enumerate(ways):
        rows = tuple(
            Variant(
                Followed(
                    said.which, said.number, records, step_of(context, start, plain, after), test
                ),
                {**one.picks, **other.picks},
                (*one.notes, *other.notes, *notes, *_left_out(said.number, test)),
            )
            for records, one in records_in(context, begun)
            for after, other in records_in(context, plain)
        )
        made += picked(rows, ask_at(target, "not_each"), place) if len(ways) > 1 else rows
    if sent:
        return noted(made, OF_EACH)
    return made if start.window is not None else noted(made, Note("no_window"))


def _steps(context: Context, start: Frame, target: Frame) -> Iterator[tuple[Step, Variant]]:
    for records, variant in records_in(context, target):
        yield step_of(context, start, target, records), variant


def _ways(start: Frame, target: Frame) -> tuple[list[Test], tuple[Note, ...]]:
    """Of how many of them it is said: two tests where "not" may deny each of them or all."""
    said = start.which
    assert said is not None
    if said.part:
        if target.negated:
            raise Unclear("scope")
        tests, notes = count_test(start)
        possible = range(said.number + 1)
        if any({holds(test, n) for n in possible} != {True, False} for test in tests):
            raise Unclear("no_place_for")  # "four of the last three"
        return list(tests), notes
    each = Test(Operator.EQ, (said.number,))
    match said.reach, target.negated:
        case Reach.ALL, True:
            return [_NONE, Test(Operator.LT, (said.number,))], ()
        case Reach.ALL, False:
            return [each], ()
        case _, True if said.none:
            raise Unclear("scope")
        case _, denied:
            return [_NONE if denied or said.none else EXISTS], ()


def _left_out(number: int, test: Test) -> tuple[Note, ...]:
    if test.operator in (Operator.GE, Operator.GT):
        return ()
    return (Note("fewer_left_out", {"number": str(number)}),)
