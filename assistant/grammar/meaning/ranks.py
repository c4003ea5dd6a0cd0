"""A ranking -> its condition; what it leaves out becomes a question."""

from assistant.grammar.frames import Frame
from assistant.grammar.meaning.records import filters
from assistant.grammar.meaning.unclear import Unclear, ask_at
from assistant.grammar.moves.context import Context
from assistant.grammar.pieces import RankWord, VagueWord, When
from assistant.grammar.reading import Note
from assistant.grammar.variants import (
    Variants,
    picked,
    settled,
)
from segments.definition import (
    SCORES,
    Aggregate,
    Kind,
    Rank,
    Records,
    Side,
)

_ENDS = {"highest": Side.TOP, "lowest": Side.BOTTOM}


def rank_condition(context: Context, frame: Frame) -> Variants:
    """Every reading of a ranking. Raises Unclear."""
    rank = frame.rank
    assert rank is not None
    if rank.open and not frame.most:
        raise Unclear("no_place_for")
    if frame.compare is not None or frame.which is not None or frame.nameless:
        raise Unclear("no_place_for")
    if frame.mode in _ENDS and rank.side is not _ENDS[frame.mode]:
        raise Unclear("no_place_for")  # "the 5 who have the lowest average" are no top 5
    if isinstance(frame.window, VagueWord) or (frame.window and frame.window.negated):
        raise Unclear("no_place_for")
    if frame.event is not None and not frame.by and not frame.most:
        raise Unclear("no_place_for")
    measures = _ranked_by(context, frame)
    amounts = _rank_amounts(rank, within=frame.within is not None)
    found: Variants = ()
    for i, aggregate in enumerate(measures):
        for j, (amount, percent) in enumerate(amounts):
            variants = settled(
                Rank(rank.side, amount, percent, aggregate, within=frame.within), Note("ties")
            )
            if len(measures) > 1:
                variants = picked(variants, ask_at(frame, "rank_measure"), i)
            if len(amounts) > 1:
                variants = picked(variants, ask_at(frame, "rank_amount"), j)
            found += variants
    return found


def _rank_amounts(rank: RankWord, *, within: bool) -> tuple[tuple[int, bool], ...]:
    if rank.amount is None and within:  # "who spent the most in each city"
        return ((1, False), (10, True), (100, False))
    if rank.amount is None:
        return ((10, True), (20, True), (100, False))
    if rank.percent and rank.amount >= 100:
        raise Unclear("no_place_for")
    if isinstance(rank.amount, int) and rank.amount > 0:
        return ((rank.amount, rank.percent),)
    if rank.percent:
        return ((rank.amount, True),)  # type: ignore[return-value]
    raise Unclear("no_place_for")


def _ranked_by(context: Context, frame: Frame) -> tuple[Aggregate, ...]:
    window = frame.window.window if isinstance(frame.window, When) else None
    name = frame.event
    event = context.catalogue.events[name] if name else context.catalogue.event_by_role("purchase")
    if event is None or (window is not None and event.time is None):
        raise Unclear("no_place_for")
    records = Records(event.name, filters(context, event, frame), window)
    count = Aggregate(Kind.COUNT, records)
    amount = event.amount
    if frame.distinct is not None:
        return (Aggregate(Kind.DISTINCT, records, frame.distinct),)
    if frame.rank is not None and frame.rank.times:
        return (count,)
    if frame.rank is not None and frame.rank.money:
        if amount is None or (frame.measured and frame.measured.of != amount.name):
            raise Unclear("no_place_for")
        return (Aggregate(Kind.SUM, records, amount.name),)
    if frame.measured is not None and frame.measured.kind in SCORES:
        raise Unclear("no_place_for")  # it is a place in a ranking already
    if frame.measured is not None:
        return (Aggregate(frame.measured.kind, records, frame.measured.of),)
    if frame.form == "noun" or (frame.event and amount is None):
        return (count,)
    if amount is None:
        return (count,)
    return (Aggregate(Kind.SUM, records, amount.name), count)
