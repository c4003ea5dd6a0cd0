"""One number of theirs against another -> its condition, in every reading it can have.

What only one side says of its records holds for both; what both say differs. Start at `compared`.
"""

from collections.abc import Callable
from fractions import Fraction

from assistant.grammar.frames import Frame, FrameKind
from assistant.grammar.meaning.records import filters
from assistant.grammar.meaning.shares import TURNED
from assistant.grammar.meaning.sides import SAID, check_sides, event_of, of_goods
from assistant.grammar.meaning.stretches import Pair, stretches
from assistant.grammar.meaning.unclear import Unclear, ask_at
from assistant.grammar.moves.context import Context
from assistant.grammar.pieces import VagueWord, Versus, When
from assistant.grammar.proportions import exact
from assistant.grammar.reading import Note
from assistant.grammar.variants import Variants, asked, noted, picked, settled
from segments.definition import (
    Aggregate,
    All,
    Comparison,
    Condition,
    Kind,
    Measure,
    Middle,
    Norm,
    Operator,
    Records,
    Test,
    Window,
)

Number = Callable[[Frame, Records], Aggregate | None]
_EVEN = frozenset({Operator.EQ, Operator.GE, Operator.LE})  # nothing is so of nothing


def compared(context: Context, frame: Frame) -> Variants:
    """Every reading of two sides. Raises Unclear."""
    check_sides(frame)
    if len(frame.inner) == 1:
        return _beside_all(context, frame)
    left, right = frame.inner
    listed = (r for side in frame.inner for r in side.restrictions)
    if any(r.joint not in ("", "or") or (len(r.options) > 1 and not r.joint) for r in listed):
        raise Unclear("scope")
    assert left.versus is not None
    word = left.versus
    found: Variants = ()
    pairs: list[Pair]
    if _in_full(left, right):
        sides, apart = (left, right), True
        pairs = [Pair(_said(left.window), _said(right.window))]
    else:
        sides = _alike(context, left, right)
        apart = sides[0] != sides[1] or not _numbers_same(left, right)
        pairs = stretches(left.window, right.window, apart=apart)
    ask = ask_at(frame, "readings")
    for index, pair in enumerate(pairs):
        if pair.one == pair.other and not apart:
            continue
        if pair.together and apart:
            raise Unclear("not_yet", what="comparison")
        variants = _against(context, frame, sides, pair)
        found += noted(picked(variants, ask, index) if len(pairs) > 1 else variants, *pair.notes)
    if not found:
        raise Unclear("not_yet", what="comparison")
    if word.bare:
        found = noted(found, Note("times_at_least"))
    if not any(side.window for side in frame.inner) and event_of(context, left).time is not None:
        found = noted(found, Note("no_window"))
    return found


def _beside_all(context: Context, frame: Frame) -> Variants:
    """As in "spent more than the average customer": one number against that of everyone who has
    it, so that all that was said of it holds for both."""
    side = frame.inner[0]
    word, event = side.versus, event_of(context, side)
    assert word is not None
    if any(
        r.joint not in ("", "or") or (len(r.options) > 1 and not r.joint) for r in side.restrictions
    ):
        raise Unclear("scope")
    records = Records(event.name, filters(context, event, side), _said(side.window))
    found: Variants = ()
    numbers = [one for number in _numbers(context, side, side) if (one := number(side, records))]
    for index, number in enumerate(numbers):
        each = [Norm(middle, number, word.operator, word.times) for middle in word.norm]
        variants = asked(ask_at(frame, "which_middle"), each) if len(each) > 1 else settled(each[0])
        found += (
            picked(variants, ask_at(frame, "compare_by"), index) if len(numbers) > 1 else variants
        )
    notes = [Note("among_those")]
    notes += [Note("times_at_least")] if word.bare else []
    notes += [Note("no_window")] if side.window is None and event.time is not None else []
    return noted(found, *notes)


def _in_full(left: Frame, right: Frame) -> bool:
    """Whether both numbers are written out, so that nothing said of one holds for the other."""
    named = right.form == "measure" and not right.elliptic
    return named or (left.versus is not None and left.versus.sign)


def _said(when: When | VagueWord | None) -> Window | None:
    return when.window if isinstance(when, When) else None


def _numbers_same(left: Frame, right: Frame) -> bool:
    return (left.event, left.form, left.measured) == (right.event, right.form, right.measured)


def _alike(context: Context, left: Frame, right: Frame) -> tuple[Frame, Frame]:
    """Both sides with what was said of one only; what was said of both stays apart."""
    same = left.event == right.event
    names = [
        {o.name for r in side.restrictions for o in r.options[0] if o.event == side.event}
        for side in (left, right)
    ]
    both = names[0] & names[1]
    if any(
        len(r.options) > 1 and r.options[0][0].name in both
        for r in (*left.restrictions, *right.restrictions)
    ):
        raise Unclear("scope")  # "more shampoo than soap or oil": than either, or than both?
    sides = []
    for side, other, own in ((left, right, names[0]), (right, left, names[1])):
        lacking = tuple(
            r
            for r in other.restrictions
            if not own & {o.name for o in r.options[0] if o.event == other.event}
        )
        if not same:
            lacking = tuple(r for r in lacking if any(o.event == side.event for o in r.options[0]))
            taken_over = side is right and side.form == "verb" and not side.restrictions
            if lacking and not taken_over:
                raise Unclear("scope")  # "more returns than purchases in store": both in store?
        said = {}
        for slot in SAID:
            one, two = getattr(side, slot), getattr(other, slot)
            if (one or two) and not same and not (one and two):
                raise Unclear("scope")
            said[slot] = one or two
        kept = Frame(
            FrameKind.EVENT, event=side.event, form=side.form, mode=side.mode or other.mode
        )
        sides.append(kept._replace(restrictions=(*lacking, *side.restrictions), **said))
    return sides[0], sides[1]


def _against(
    context: Context,
    frame: Frame,
    sides: tuple[Frame, Frame],
    pair: Pair,
) -> Variants:
    left, right = frame.inner
    assert left.versus is not None
    word = left.versus
    records = [
        Records(side.event or "", filters(context, event_of(context, side), side), window)
        for side, window in zip(sides, (pair.one, pair.other), strict=True)
    ]
    found: list[Condition] = []
    for number in _numbers(context, left, right):
        one, other = (number(side, said) for side, said in zip(frame.inner, records, strict=True))
        if one is None or other is None:
            continue
        if one == other:  # "a higher average order than the average order": that of everyone
            if one.kind is not Kind.AVERAGE or word.sign:
                raise Unclear("not_yet", what="comparison")
            among = settled(Norm(Middle.MEAN, one, word.operator, word.times))
            return noted(among, Note("among_those"))
        made = _of_both(one, word, other) if pair.together else None
        made = made or Comparison(one, word.operator, other, word.times)
        found.append(made if _in_full(left, right) else _of_some(made, word))
    if not found:
        raise Unclear("not_yet", what="comparison")
    if len(found) == 1:
        return settled(found[0])
    return asked(ask_at(frame, "compare_by"), found)


def _of_some(made: Comparison, word: Versus) -> Condition:
    """Who has bought nothing has not "bought twice as much", nor "20 % less than last year", though
    twice nothing is nothing: there has to be some of the larger number. Where two numbers are
    written out they are held against each other as they are."""
    if word.times == 1 or word.operator not in _EVEN:
        return made
    more = made.left if made.operator is Operator.GE else made.right
    if more.kind is Kind.COUNT:
        return All((made, Measure(more, Test(Operator.GE, (1,)))))
    return All((made, Measure(more, Test(Operator.GT, (0,)))))


def _of_both(one: Aggregate, word: Versus, both: Aggregate) -> Comparison:
    """One number against so many times the rest of both, said without the rest: `x > t (b - x)` is
    `(1 + t) x > t b`. Raises Unclear where the factor has no end."""
    if one.kind not in (Kind.COUNT, Kind.SUM) or (word.times == 1 and word.operator in _EVEN):
        raise Unclear("not_yet", what="comparison")
    times = Fraction(word.times)
    if (part := exact(times / (1 + times))) is not None:
        return Comparison(one, word.operator, both, part)
    if (whole := exact((1 + times) / times)) is not None:
        return Comparison(both, TURNED[word.operator], one, whole)
    raise Unclear("not_yet", what="comparison")


def _numbers(context: Context, left: Frame, right: Frame) -> list[Number]:
    """What of both is compared: what was named, or every number it can be."""
    assert left.versus is not None
    by = left.versus.by

    def count(side: Frame, records: Records) -> Aggregate | None:
        return Aggregate(Kind.COUNT, records)

    def amount(side: Frame, records: Records) -> Aggregate | None:
        of = context.catalogue.events[records.event].amount
        return Aggregate(Kind.SUM, records, of.name) if of is not None else None

    def units(side: Frame, records: Records) -> Aggregate | None:
        of = context.catalogue.events[records.event].by_role("quantity")
        return Aggregate(Kind.SUM, records, of.name) if of is not None else None

    def told(side: Frame, records: Records) -> Aggregate | None:
        said = side.measured
        if said is None:
            return None
        averaged = side.mode == "average" or left.mode == "average"
        kind = Kind.AVERAGE if averaged and said.kind is Kind.SUM else said.kind
        return Aggregate(kind, records, said.of)

    measured = [side.measured for side in (left, right)]
    if None not in measured:
        if measured[0] is None or measured[1] is None or measured[0].kind != measured[1].kind:
            raise Unclear("not_yet", what="comparison")
        if by == "times" and measured[0].kind is not Kind.COUNT:
            raise Unclear("no_place_for")
        return [told]
    if any(measured) or left.mode or right.mode:
        raise Unclear("not_yet", what="comparison")
    nouns = [side.form in ("noun", "buyers") for side in (left, right)]
    if by == "times":
        return [count]
    if by == "money":
        return [amount]
    if left.anything:
        return [units]
    if any(nouns) and by != "change":
        return [count]
    goods = [side for side in (left, right) if of_goods(context, side)]
    return [amount, count, units] if goods and by != "change" else [amount, count]
