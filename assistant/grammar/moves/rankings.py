"""Rankings: the top hundred, and those who did something the most."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.grammar.frames import Frame, FrameKind, Measured, Pending, State
from assistant.grammar.moves.context import Context, begin, fill, of_things
from assistant.grammar.pieces import MeasureWord, Piece, RankWord, Structure
from segments.definition import Kind, Side

States = Sequence[State]
_NOTHING = Pending()


def rank(context: Context, state: State, piece: Piece) -> States:
    """Top 100, top 10 %."""
    assert isinstance(piece.payload, RankWord)
    if told := _so_many(state, piece, piece.payload):
        return told
    return begin(state, piece, Frame(FrameKind.RANK, rank=piece.payload))


def _so_many(state: State, piece: Piece, said: RankWord) -> States:
    """As in "most returns this year, top 20", "fewest orders, top 20": how many of those who were
    just ranked."""
    top, pending = state.top, state.pending
    if (
        top is None
        or top.rank is None
        or not top.most
        or pending._replace(connector="") != _NOTHING
    ):
        return []
    own = top.rank
    if (
        pending.connector not in ("", "comma")
        or own.amount is not None
        or said.side not in (own.side, Side.TOP)
    ):
        return []
    if state.open != len(state.frames) - 1 or said.amount is None:
        return []
    counted = replace(own, amount=said.amount, percent=said.percent)
    moved = state._replace(pending=_NOTHING)
    return fill(moved, piece, state.open, top._replace(rank=counted))


def most(context: Context, state: State, piece: Piece) -> States:
    """The most: says what a ranking goes by, or ranks what was just said."""
    assert isinstance(piece.payload, RankWord)
    said = piece.payload
    top, pending = state.top, state.pending
    ranking = state.event
    begins = ranking is None or ranking.kind is not FrameKind.RANK
    if begins and not (said.money or said.times) and _of_preposition(state):
        return []
    if ranking is not None and ranking.kind is FrameKind.RANK:
        top = ranking
    elif any(frame.kind is FrameKind.RANK for frame in state.frames):
        return []
    if pending.connector and top is not None and top.kind is FrameKind.RANK:
        return []
    if top is not None and top.kind is FrameKind.RANK:
        if top.rank is None:
            return []
        same = top.rank.open or top.rank.side is piece.payload.side
        if not same or top.most or pending.loose():
            return []
        rank_said = replace(top.rank, side=said.side, times=said.times, money=said.money)
        filled = top._replace(rank=rank_said, most=True, by=top.event is None or top.by)
        return fill(state, piece, state.open, filled)
    target = state.event
    if (
        target is not None
        and target.kind is FrameKind.EVENT
        and target.form in ("spend", "verb")
        and target.compare is None
        and not pending.connector
        and not pending.loose()
    ):
        ranked = target._replace(kind=FrameKind.RANK, rank=piece.payload, most=True, by=False)
        return fill(state, piece, state.open, ranked)
    return begin(state, piece, Frame(FrameKind.RANK, rank=piece.payload, most=True, by=True))


def _of_preposition(state: State) -> bool:
    """Whether a preposition stands right before: "at least" ranks nobody."""
    last = state.path[-1].payload if state.path else None
    return isinstance(last, Structure) and "preposition" in last.flags and "by" not in last.flags


_SIDES = {"high": Side.TOP, "low": Side.BOTTOM}
_BEST = frozenset({"big_spender", "vip"})


def highest(state: State, piece: Piece, word: MeasureWord, concept: str) -> States:
    """As in "high average order value" or "best customers by revenue": a ranking that does not say
    how many."""
    adjacent = state.last is not None and state.last.end == piece.start
    named = (concept in _SIDES and adjacent) or (concept in _BEST and state.pending.by)
    if not named or state.pending.loose():
        return []
    index = len(state.frames) - 1
    kept = _in_place_of(state.frames[index], RankWord(_SIDES.get(concept, Side.TOP), None))
    measured = Measured(word.kind, word.of)
    ranked = kept._replace(event=word.event, form="measure", measured=measured)
    return fill(state._replace(open=index), piece, index, ranked)


def spends_on(context: Context, state: State, piece: Piece, things: Frame) -> States | None:
    """As in "spends a lot on hair care": who spends the most on that, and not on anything; None
    where nothing of the kind was said right before."""
    top, event = state.top, context.catalogue.event_by_role("purchase")
    word = top.vague if top is not None else None
    if top is None or word is None or word.concept != "big_spender" or top.window is not None:
        return None
    pending = state.pending
    if pending.connector or pending.relative or pending.auxiliary or pending.loose():
        return None
    bought = event is not None and event.amount is not None and things.had_by(event.name)
    if not bought or state.last not in top.pieces[-1:] or not of_things(context, things):
        return None
    assert event is not None
    assert event.amount is not None
    index = len(state.frames) - 1
    ranked = _in_place_of(top, RankWord(Side.TOP, None))._replace(
        event=event.name,
        form="spend",
        measured=Measured(Kind.SUM, event.amount.name),
        restrictions=things.restrictions,
    )
    return fill(state._replace(open=index), piece, index, ranked)


def best_of(top: Frame | None) -> Frame | None:
    """The ranking that "best" asks for, once it is said to be in each of something."""
    if top is None or top.vague is None or top.vague.concept not in _BEST or top.window:
        return None
    return _in_place_of(top, RankWord(Side.TOP, None))


def _in_place_of(top: Frame, rank: RankWord) -> Frame:
    return Frame(
        FrameKind.RANK,
        pieces=top.pieces,
        connector=top.connector,
        relative=top.relative,
        auxiliary=top.auxiliary,
        negated=top.negated,
        new_group=top.new_group,
        rank=rank,
        by=True,
        most=True,
    )
