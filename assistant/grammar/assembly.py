"""Pieces -> frames, left to right, with a beam.

`Search` walks a lattice from the cheapest states on; each piece may move a state to none, one or
several others (`moves`). A word that fits nowhere can always be passed over as unknown, at a
price that nothing else costs; such a parse is never run, only shown.
"""

from collections.abc import Callable, Iterator, Sequence
from heapq import heappop, heappush
from math import inf

from assistant.grammar.cutter import Lattice
from assistant.grammar.frames import FrameKind, State, flat
from assistant.grammar.meaning import Unclear
from assistant.grammar.moves import (
    afterwards,
    attributes,
    brackets,
    consents,
    dates,
    events,
    fields,
    groups,
    links,
    numbers,
    quotes,
    rankings,
    rhythms,
    sides,
    signs,
    texts,
    vague,
    values,
    windows,
    words,
)
from assistant.grammar.moves.context import Context, complete
from assistant.grammar.pieces import PASSED_OVER, Piece, Sort

BEAM = 40
SETTLED = 6
WIDER = 2  # a long sentence has more ways that are equally cheap: so many more states a token,
BRACKETED = 60  # and so many more a bracket
HEADLESS_COST = 0.5
MOST_MOVES = 3_000  # more than the hardest sentences of people took
_NEARLY = 1e-6
_EXACT = 6  # decimals of a cost: beyond them a sum depends on the order it was made in
_STATE, _STEP = 0, 1  # what waits: a state to be met, or one to be moved by its next piece

Move = Callable[[Context, State, Piece], Sequence[State]]
_Step = tuple[float, int, Piece]  # least cost from here on, place among its token's pieces
_Entry = tuple[float, int, int, tuple[int, ...], State]  # least cost in the end, token, kind, order

_MOVES: dict[Sort, Move] = {
    Sort.STRUCTURE: words.structure,
    Sort.CONNECTIVE: words.connective,
    Sort.NEGATION: words.negation,
    Sort.EDGE: words.edge,
    Sort.MODE: words.mode,
    Sort.KNOWN: words.known,
    Sort.DISTINCT: words.distinct,
    Sort.SAME: groups.same,
    Sort.GROUPED: groups.grouped,
    Sort.EACH: groups.each,
    Sort.FAVOURITE: groups.favourite,
    Sort.QUOTE: quotes.quote,
    Sort.TEXT: texts.text,
    Sort.LITERAL: texts.literal,
    Sort.DETAILS: attributes.details,
    Sort.RANGE: values.between,
    Sort.VALUE: values.value,
    Sort.FIELD: fields.field,
    Sort.YEARLY: dates.yearly,
    Sort.TENURE: dates.tenure,
    Sort.ATTRIBUTE: attributes.attribute,
    Sort.UNITS: attributes.units,
    Sort.EVENT: events.event,
    Sort.MEASURE: events.measure,
    Sort.RANK: rankings.rank,
    Sort.MOST: rankings.most,
    Sort.VAGUE: vague.vague,
    Sort.COMPARE: numbers.compare,
    Sort.WINDOW: windows.window,
    Sort.WEEKDAYS: windows.weekdays,
    Sort.AFTER: afterwards.after,
    Sort.CONSENT: consents.consent,
    Sort.CHANNEL: consents.channel,
    Sort.ASIDE: words.aside,
    Sort.AS_OF: words.as_of,
    Sort.LINK: links.link,
    Sort.AGAIN: links.again,
    Sort.SPACED: rhythms.spaced,
    Sort.OVERDUE: rhythms.overdue,
    Sort.BEYOND: words.unknown,
    Sort.VERSUS: sides.versus,
    Sort.THAN: sides.than,
    Sort.SHARE: sides.share,
    Sort.TRUTH: fields.truth,
    Sort.BOUND: signs.bound,
    Sort.OPEN: brackets.opened,
    Sort.CLOSE: brackets.closed,
    Sort.ITEM: brackets.item,
    Sort.UNKNOWN: words.unknown,
}

_AFTER_ONLY = frozenset(
    {Sort.STRUCTURE, Sort.EVENT, Sort.COMPARE, Sort.MODE, Sort.VALUE, Sort.WINDOW}
)
_OPENING = Sort.OPEN  # as a name of its own, since each look into an enumeration takes its time
_NAMING = frozenset({Sort.ATTRIBUTE, Sort.EVENT, Sort.FIELD, Sort.UNKNOWN, Sort.BEYOND})


class Effort:
    """What the reading of one sentence may cost, counted in moves and not in time, so that a
    sentence is read on every machine or on none. Raises Unclear when it is spent."""

    def __init__(self) -> None:
        self._left = MOST_MOVES

    def spend(self, moves: int) -> None:
        """Takes so many moves."""
        self._left -= moves
        if self._left < 0:
            raise Unclear("too_complicated")


class _Beam:
    """The states met at one token. Those are kept to go on from that are the cheapest, and behind
    them the cheapest in which nothing is pending: a way on."""

    def __init__(self, width: int) -> None:
        self._met: dict[object, State] = {}
        self._width = width
        self._settled = 0

    def met(self, state: State) -> bool:
        """Whether a cheaper one was the same but for its path; if not, it is now remembered."""
        # Frames by identity: two ways through the same fillers share them, and hashing them is
        # dear. The state is kept with its key, so that no identity is used twice.
        key = (*map(id, state.frames), state.pending, state.open, *map(id, state.outer))
        return self._met.setdefault(key, state) is not state

    def keeps(self, state: State) -> int | None:
        """The place among the kept of a state that was just met; None when there is none left."""
        place = len(self._met) - 1
        if place >= self._width:
            if self._settled == SETTLED or not complete(state.pending):
                return None
            self._settled += 1
        return place


class Search:
    """Every complete parse that the beam keeps, cheapest first, each found when it is asked for.

    `passing` allows parses that leave words out; none costs more than `limit`, which may be lowered
    on the way. The search goes on where the cost so far and the least that the rest can cost are
    lowest. So it meets the states of a token from the cheapest on, as if it went token by token,
    but the dear ones only when all that is cheaper has led nowhere. What costs the same is met in
    the order in which going token by token would have made it."""

    def __init__(
        self, context: Context, lattice: Lattice, effort: Effort, *, limit: float, passing: bool
    ) -> None:
        self.context = context
        self.lattice = lattice
        self.effort = effort
        self.limit = limit
        self.passing = passing
        self._least = _least(lattice, passing=passing)
        self._steps = [self._ordered(pieces) for pieces in lattice]
        opening = len({p.start for pieces in lattice for p in pieces if p.sort is _OPENING})
        width = max(BEAM, WIDER * len(lattice)) + BRACKETED * opening
        self._beams = [_Beam(width) for _ in range(len(lattice) + 1)]
        self._queue: list[_Entry] = []

    def __iter__(self) -> Iterator[State]:
        ended = False
        for state in self._ends():
            ended = True
            yield state
        if self.passing and self.limit == inf and not ended:
            unknown = tuple(pieces[-1] for pieces in self.lattice)
            yield State(cost=sum(piece.cost for piece in unknown), path=unknown)

    def _ordered(self, pieces: Sequence[Piece]) -> list[_Step]:
        """The pieces of a token by the least that a parse with them costs from there on."""
        return sorted(
            (least, place, piece)
            for place, piece in enumerate(pieces)
            if self.passing or piece.sort not in PASSED_OVER
            if (least := piece.cost + self._least[piece.end]) < inf
        )

    def _ends(self) -> Iterator[State]:
        last = len(self.lattice)
        if self._least[0] < inf:
            self._wait(State(), 0, _STATE, ())
        while self._queue:
            least, at, kind, order, state = heappop(self._queue)
            if least > self.limit + _NEARLY:
                return
            if kind == _STEP:
                self._step(state, at, *order)
            elif at > last:
                yield state
            elif self._beams[at].met(state):
                continue
            elif at == last:
                for end in brackets.ended(state):
                    self._wait(_judged(end), last + 1, _STATE, order)
            elif (place := self._beams[at].keeps(state)) is not None:
                self._wait(state, at, _STEP, (place, 0))

    def _step(self, state: State, at: int, place: int, index: int) -> None:
        """Moves a state by one piece; the next dearer piece waits for its turn."""
        self.effort.spend(1)
        _, number, piece = self._steps[at][index]
        for nth, moved in enumerate(advance(self.context, state, piece)):
            self._wait(moved, piece.end, _STATE, (at, place, number, nth))
        if index + 1 < len(self._steps[at]):
            self._wait(state, at, _STEP, (place, index + 1))

    def _wait(self, state: State, at: int, kind: int, order: tuple[int, ...]) -> None:
        rest = self._least[at] if kind == _STATE else self._steps[at][order[1]][0]
        least = state.cost + rest
        if least <= self.limit + _NEARLY:
            heappush(self._queue, (round(least, _EXACT), at, kind, order, state))


def _least(lattice: Lattice, *, passing: bool) -> list[float]:
    """For each token, and for the end, the least that the pieces from there on can cost."""
    least = [0.0] * (len(lattice) + 2)
    for at in range(len(lattice) - 1, -1, -1):
        lowest = inf
        for piece in lattice[at]:
            cost = piece.cost + least[piece.end]
            if cost < lowest and (passing or piece.sort not in PASSED_OVER):
                lowest = cost
        least[at] = lowest
    return least


def cheapest_passing(lattice: Lattice) -> float:
    """The least that a parse which passes over a word can cost."""
    least = _least(lattice, passing=True)
    passed = [inf] * (len(lattice) + 1)
    for at in range(len(lattice) - 1, -1, -1):
        lowest = inf
        for piece in lattice[at]:
            rest = least if piece.sort in PASSED_OVER else passed
            cost = piece.cost + rest[piece.end]
            lowest = min(lowest, cost)
        passed[at] = lowest
    return passed[0]


def advance(context: Context, state: State, piece: Piece) -> list[State]:
    """Every state that a piece moves a state to."""
    if state.pending.only and piece.sort not in _AFTER_ONLY:
        return []
    if groups.wants_noun(state.pending) and piece.sort not in _NAMING:
        return []
    return [_paid(moved, piece) for moved in _MOVES[piece.sort](context, state, piece)]


def rule(sort: Sort) -> str:
    """The name of the move that takes pieces of a sort."""
    move = _MOVES[sort]
    return f"{move.__module__.rpartition('.')[2]}.{getattr(move, '__name__', sort)}"


def _judged(state: State) -> State:
    """A parse in which a value or an amount never met its verb is a worse one."""
    waiting = sum(frame.kind is FrameKind.HEADLESS for frame in flat(state.frames))
    return state._replace(cost=state.cost + HEADLESS_COST * waiting) if waiting else state


def _paid(state: State, piece: Piece) -> State:
    last = state.last if piece.sort in (Sort.STRUCTURE, Sort.CONNECTIVE) else piece
    return State(
        state.frames,
        state.pending,
        state.cost + piece.cost,
        (*state.path, piece),
        state.open,
        last,
        state.outer,
    )
