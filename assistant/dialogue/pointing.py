"""What a turn says of an earlier one with a pronoun: "only them", "and those who did not?",
"remove that last one".

In: the definition in hand, what was heard, the turns so far. Out: every outcome; none where nothing
earlier is pointed at. Start at `pointed`.
"""

from collections.abc import Iterator, Sequence

from assistant.dialogue.hearing import Heard
from assistant.dialogue.manner import Manner
from assistant.dialogue.spots import Outcome, add, put, spots, take_away
from assistant.dialogue.state import Change, Turn
from segments.definition import Condition, Not
from segments.inquiry import Within
from segments.rewrites import simplify

_STAY = frozenset({Manner.NARROW, Manner.AND, Manner.BARE})


def pointed(whole: Condition, heard: Heard, turns: Sequence[Turn]) -> tuple[Outcome, ...]:
    """The outcomes of words that point at those who were just asked about, or at what was changed
    last."""
    return tuple(each for each in _pointed(whole, heard, turns) if each.definition != whole)


def _pointed(whole: Condition, heard: Heard, turns: Sequence[Turn]) -> Iterator[Outcome]:
    inquiry = turns[-1].inquiry if turns else None
    part = simplify(inquiry.part) if isinstance(inquiry, Within) else None
    match heard.points, heard.manner:
        case "them", manner if part is not None and manner in _STAY:
            yield add(whole, part)
        case "did_not" | "others", manner if part is not None and manner in {*_STAY, Manner.ABOUT}:
            yield add(whole, Not(part))
        case "did" | "did_not" | "others" as who, manner if manner in {
            *_STAY,
            Manner.ABOUT,
            Manner.REPLACE,
        }:
            newest = [each for each in _newest(whole, turns) if _other_side(each, who)]
            for each in (spot for spot in spots(whole) if spot.signed in newest):
                yield put(whole, each, each.leaf if each.negated else Not(each.leaf))
        case "newest", Manner.REMOVE:
            newest = _newest(whole, turns)
            yield from (take_away(whole, each) for each in spots(whole) if each.signed in newest)
        case _:
            return


def _other_side(held: Condition, who: str) -> bool:
    """Whether those who are pointed at are not those in hand: "those who did" after "has not"."""
    return who == "others" or isinstance(held, Not) is (who == "did")


def _newest(whole: Condition, turns: Sequence[Turn]) -> list[Condition]:
    """What the newest change put into the definition and is still there."""
    held = {each.signed for each in spots(whole)}
    for turn in reversed(turns):
        if turn.change is Change.SAID:
            break
        found = [edit.after for edit in turn.edits if edit.after is not None]
        if kept := [each for each in found if each in held]:
            return kept
    return []
