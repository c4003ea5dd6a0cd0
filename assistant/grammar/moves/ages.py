"""Comparisons of years of age, said as such or taken for them."""

from collections.abc import Sequence

from assistant.grammar.bands import bands
from assistant.grammar.frames import Frame, FrameKind, Restriction, State
from assistant.grammar.moves.context import Context, begin, fill
from assistant.grammar.pieces import Compare, Owned, Piece, Sort, Structure, VagueWord
from segments.catalogue import Attribute
from segments.definition import Operator

States = Sequence[State]
OLDEST = 120
_RISK = VagueWord("at_risk")
TEEN = 13  # below it, years are more likely a child's, or those of a membership
_PREPOSITIONS = frozenset({"preposition", "place_preposition"})


def age(context: Context, state: State, piece: Piece, said: Compare) -> States:
    """A comparison of years of age: of the field just named, or of the customers."""
    found = context.catalogue.field_by_role("age")
    if found is None:
        return []
    top = state.top
    if not found.numeric:
        return _banded(state, piece, said, found)
    if top is not None and top.waiting() and top.field == found.name:
        told = top._replace(compare=said, negated=top.negated != state.pending.negated)
        return fill(state, piece, len(state.frames) - 1, told)
    if not all(isinstance(v, int) and TEEN <= v <= OLDEST for v in said.test.values):
        return []
    if _of_another(context, state, piece):
        return []
    return begin(state, piece, Frame(FrameKind.FIELD, field=found.name, compare=said))


def _banded(state: State, piece: Piece, said: Compare, field: Attribute) -> States:
    """Years of age where the shop knows them in bands only: those of one band, "25-34" or "65+"."""
    low, high = said.test.values[0], said.test.values[-1]
    codes = {Operator.BETWEEN: f"{low}-{high}", Operator.GE: f"{low}+"}
    code = codes.get(said.test.operator)
    if code not in field.codes:
        return _compared(state, piece, said, field)
    owned = Restriction(((Owned(None, field.name, code),),))
    top = state.top
    if top is not None and top.waiting() and top.field == field.name:
        told = top._replace(restrictions=(owned,), negated=top.negated != state.pending.negated)
        return fill(state, piece, len(state.frames) - 1, told)
    return begin(state, piece, Frame(FrameKind.FIELD, field=field.name, restrictions=(owned,)))


def _compared(state: State, piece: Piece, said: Compare, field: Attribute) -> States:
    """As in "aged 35 or over": years that begin or end a band, or lie inside of one."""
    if said.named or not bands(field):
        return []
    top = state.top
    if top is not None and top.waiting() and top.field == field.name:
        told = top._replace(compare=said, negated=top.negated != state.pending.negated)
        return fill(state, piece, len(state.frames) - 1, told)
    return begin(state, piece, Frame(FrameKind.FIELD, field=field.name, compare=said))


def as_age(context: Context, state: State, piece: Piece, said: Compare) -> States:
    """As in "Women over 40": a number without a unit among what says who they are."""
    found = context.catalogue.field_by_role("age")
    pending = state.pending
    own = pending.connector in ("and", "or", "but") and pending.relative and pending.auxiliary
    own = own or _named_by(context, state)
    if found is None or not found.numeric or said.bare or (state.event is not None and not own):
        return []  # "who bought shampoo and who are over 30" says it of them again
    if len(state.frames) == 1 and state.path[-1].payload == _RISK:
        return []  # "churn risk over 70" is how great it is
    if state.pending.connector == "comma" and any(
        frame.kind is not FrameKind.FIELD for frame in state.frames
    ):
        return []
    people = any(
        piece.sort is Sort.STRUCTURE
        and isinstance(piece.payload, Structure)
        and "member" in piece.payload.flags
        for piece in state.path
    )
    following = context.tokens[piece.end : piece.end + 1]
    listed = bool(following) and following[0].key == ","  # "over 40, women, Malmö"
    alone = piece.end - piece.start == len(context.tokens) or (not state.path and listed)
    inner = any(outer.frames for outer in state.outer)
    opening = not (people or state.frames or inner or alone)
    if opening and state.path:
        return []
    if not all(isinstance(v, int) and TEEN <= v <= OLDEST for v in said.test.values):
        return []
    if any(frame.waiting() for frame in state.frames[-1:]) or _of_another(context, state, piece):
        return []
    frame = Frame(FrameKind.FIELD, field=found.name, compare=said, as_age=True, opening=opening)
    return begin(state, piece, frame)


def _named_by(context: Context, state: State) -> bool:
    """As in "shop customers [in Oslo] over 60": the noun for members, or who they are besides,
    stands between what they are called by and the number."""
    head, top = state.event, state.top
    if head is None or top is None or head.compare:
        return False
    said = len(head.pieces)
    noun = state.path[said].payload if state.path[:said] == head.pieces != state.path else None
    if not isinstance(noun, Structure) or noun.flags != {"member"}:
        return False
    if head.kind is not FrameKind.HEADLESS and context.tokens[state.path[said].start].spaced:
        return False
    return top.kind is FrameKind.FIELD or len(state.path) == said + 1


def _of_another(context: Context, state: State, piece: Piece) -> bool:
    """Whether the years are those of a child or of a membership, not of the customer."""
    before = state.path[-1] if state.path else None
    if before is None:
        return False
    if isinstance(before.payload, Structure) and before.payload.flags & _PREPOSITIONS:
        return True  # "a customer for 20 years"
    if before.sort is not Sort.VALUE or not state.top or not state.top.field:
        return False
    return context.catalogue.fields[state.top.field].role in ("household", "children")
