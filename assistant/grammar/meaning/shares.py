"""A part of a whole -> its condition, in every reading it can have. Start at `shared`."""

from dataclasses import replace
from fractions import Fraction

from assistant.grammar.frames import Frame
from assistant.grammar.meaning.records import filters
from assistant.grammar.meaning.sides import SAID, check_sides, event_of, of_goods
from assistant.grammar.meaning.unclear import Unclear, ask_at
from assistant.grammar.moves.context import Context
from assistant.grammar.pieces import ShareWord, Sort, When
from assistant.grammar.proportions import exact
from assistant.grammar.reading import Note
from assistant.grammar.variants import Variants, asked, noted, settled
from segments.definition import (
    Aggregate,
    All,
    Comparison,
    Condition,
    Kind,
    Measure,
    Operator,
    Records,
    Share,
    Test,
)

TURNED = {
    Operator.GT: Operator.LT,
    Operator.GE: Operator.LE,
    Operator.LT: Operator.GT,
    Operator.LE: Operator.GE,
    Operator.EQ: Operator.EQ,
}


def shared(context: Context, frame: Frame) -> Variants:
    """Every reading of a share. Raises Unclear."""
    check_sides(frame)
    left = frame.inner[0]
    word = left.share
    assert word is not None
    if word.operator is None or left.mode == "average" or _denied_after(left):
        raise Unclear("not_yet", what="share")
    if len(frame.inner) > 1:
        part, whole = left._replace(share=None), frame.inner[1]
        if part.event == whole.event and part.fresh() and not whole.fresh():
            raise Unclear("not_yet", what="share")  # all of it as a part of some
    elif left.base is None:
        raise Unclear("not_yet", what="share")
    else:
        _check_whole(left)
        part, whole = left, _whole(context, left, word)
    kinds = _kinds(context, part, whole, word)
    if any(r.joint == "and" or (len(r.options) > 1 and not r.joint) for r in part.restrictions):
        if kinds != [Kind.SUM]:
            raise Unclear("scope")
        part = part._replace(restrictions=tuple(replace(r, joint="or") for r in part.restrictions))
    numbers = [_records(context, side) for side in (part, whole)]
    if numbers[0] == numbers[1]:
        raise Unclear("not_yet", what="share")
    found = []
    for kind in kinds:
        of = [_of(context, side, kind) for side in (part, whole)]
        one, other = (Aggregate(kind, said, name) for said, name in zip(numbers, of, strict=True))
        found.append(_proportion(one, other, word))
    notes: tuple[Note, ...] = (Note("mostly_is_half"),) if word.form == "mostly" else ()
    if not part.window and not whole.window and event_of(context, part).time is not None:
        notes += (Note("no_window"),)
    if len(found) == 1:
        return settled(found[0], *notes)
    return noted(asked(ask_at(frame, "compare_by"), found), *notes)


def _denied_after(part: Frame) -> bool:
    """As in "more than half of what they buy is not tea": of all that is not."""
    share = [p.end for p in part.pieces if isinstance(p.payload, ShareWord)]
    denied = [p.start for p in part.pieces if p.sort is Sort.NEGATION]
    return bool(share and denied) and share[0] <= denied[-1]


def _check_whole(part: Frame) -> None:
    """Raises Unclear where more than a time is said of what something makes up a part of: "tea
    makes up half of their orders in store" is of those in store alone."""
    share = next((p.start for p in part.pieces if isinstance(p.payload, ShareWord)), None)
    if share is None or all(p.sort is not Sort.VALUE for p in part.pieces if p.start < share):
        return
    plain = (Sort.WINDOW, Sort.EVENT, Sort.MEASURE)
    if any(p.start > share and p.sort not in plain for p in part.pieces):
        raise Unclear("not_yet", what="share")


def _whole(context: Context, part: Frame, word: ShareWord) -> Frame:
    """What the share is of. A time at the end holds for both, unless it is all that was said of
    the part."""
    base = part.base
    assert base is not None
    more = part.restrictions != base.restrictions or any(
        getattr(part, slot) != getattr(base, slot) for slot in SAID
    )
    event = context.catalogue.events[part.event or ""]
    received = context.catalogue.event_by_role("receive")
    sent = word.form == "of" and event.role in ("open", "click") and not part.makes_up
    told = word.form == "rate" or sent
    if told and part.form != "noun":
        other = word.events[1] if word.events is not None else None
        other = other or (received.name if received is not None else None)
        if other is None or part.weekdays or part.texts or part.details or part.number_filter:
            raise Unclear("not_yet", what="share")
        return part._replace(event=other, base=None)
    if not more and part.window == base.window:
        raise Unclear("not_yet", what="share")  # a share of what?
    whole = base._replace(share=None, base=None)
    return whole._replace(window=part.window) if more and base.window is None else whole


def _records(context: Context, side: Frame) -> Records:
    event = event_of(context, side)
    window = side.window.window if isinstance(side.window, When) else None
    return Records(event.name, filters(context, event, side), window)


def _kinds(context: Context, part: Frame, whole: Frame, word: ShareWord) -> list[Kind]:
    if part.measured is not None:
        kind = part.measured.kind
        same = whole.measured is not None and whole.measured.kind is kind
        if kind not in (Kind.COUNT, Kind.SUM, Kind.DISTINCT) or not (same or word.form == "rate"):
            raise Unclear("not_yet", what="share")
        events = [context.catalogue.events[side.event or ""] for side in (part, whole)]
        if word.told and all(event.amount for event in events):
            return [Kind.SUM, Kind.COUNT]  # "returned half of what they bought"
        return [kind]
    if (
        part.makes_up
        and of_goods(context, part)
        and context.catalogue.events[part.event or ""].amount
    ):
        return [Kind.SUM, Kind.COUNT]
    if part.form == "noun" or context.catalogue.events[part.event or ""].amount is None:
        return [Kind.COUNT]
    if word.form == "mostly":
        return [Kind.SUM, Kind.COUNT] if of_goods(context, part) else [Kind.COUNT]
    if part.event == whole.event and not part.makes_up:
        raise Unclear("not_yet", what="share")  # "bought half of": of how many, or for how much?
    return [Kind.COUNT]


def _of(context: Context, side: Frame, kind: Kind) -> str | None:
    if kind is Kind.COUNT:
        return None
    if side.measured is not None and side.measured.kind is kind:
        return side.measured.of
    amount = context.catalogue.events[side.event or ""].amount
    return amount.name if amount is not None else None


def _proportion(part: Aggregate, whole: Aggregate, word: ShareWord) -> Condition:
    """A share in per cent; where that has no end, as of a third, so many times the part against
    the whole."""
    operator, fractions = word.operator, word.fractions
    assert operator is not None
    per_cent = [exact(fraction * 100) for fraction in fractions]
    values = tuple(value for value in per_cent if value is not None)
    if len(values) == len(fractions):
        return Share(part, whole, Test(operator, values))
    bounds = (
        [(Operator.GE, fractions[0]), (Operator.LE, fractions[1])]
        if operator is Operator.BETWEEN
        else [(operator, fractions[0])]
    )
    some = Measure(whole, Test(Operator.GT, (0,)))
    return All((*(_crosswise(part, whole, *bound) for bound in bounds), some))


def _crosswise(part: Aggregate, whole: Aggregate, operator: Operator, by: Fraction) -> Condition:
    times = exact(1 / by) if by else None
    if times is None:
        raise Unclear("not_yet", what="share")
    return Comparison(whole, TURNED[operator], part, times)
