"""Tests on texts and the literals they are made with: "starts with A", "named Anna"."""

from collections.abc import Sequence

from assistant.grammar.frames import Frame, FrameKind, Restriction, State
from assistant.grammar.moves.context import Context, fill
from assistant.grammar.moves.joining import joined
from assistant.grammar.moves.signs import equals
from assistant.grammar.pieces import Compare, Owned, Piece, Sort, Text, TextWord
from assistant.grammar.tokens import Shape
from segments.catalogue import Type
from segments.definition import Filter, Operator, Test

States = Sequence[State]
_NAMES = frozenset({"first_name", "last_name"})
_LISTING = frozenset({"and", "or", "comma"})
_ORDER = frozenset(
    {Operator.LT, Operator.LE, Operator.GT, Operator.GE, Operator.BETWEEN, Operator.EQ}
)
SHORTEST_PHONE = 5


def text(context: Context, state: State, piece: Piece) -> States:
    """As in "starts with": of the field just named, or of the attribute just named."""
    assert isinstance(piece.payload, TextWord)
    word, top, pending = piece.payload, state.top, state.pending
    if pending.connector:
        return []
    if top is not None and top.waiting() and _held_in_list(context, top, word):
        return equals(state, negated=word.negated)  # "tags contain VIP"
    if top is not None and _textual(context, top) and not top.tests and top.text is None:
        had = top.known is True and bool(state.path) and state.path[-1] in top.pieces
        had = had or (top.known is True and pending.relative)
        if pending.loose() or not (top.waiting() or had):
            return []
        negated = top.negated != (pending.negated != word.negated)
        told = top._replace(text=word.operator, known=None, negated=negated)
        return fill(state, piece, len(state.frames) - 1, told)
    target = state.event
    if target is not None and target.favourite is not None and not pending.loose():
        named = pending._replace(attribute=((target.event or "", target.favourite),))
        state, pending = state._replace(pending=named), named
    if not pending.attribute or pending.text is not None:
        return []
    moved = pending._replace(text=word, pieces=(*pending.pieces, piece))
    return [state._replace(pending=moved)]


def _held_in_list(context: Context, top: Frame, word: TextWord) -> bool:
    """Whether what the field contains is one of several values, and no part of a text."""
    field = context.catalogue.fields[top.field or ""]
    return field.type is Type.LIST and word.operator is Operator.CONTAINS


def literal(context: Context, state: State, piece: Piece) -> States:
    """A word that stands for itself, after what asks for a text."""
    assert isinstance(piece.payload, Text)
    return spelt(context, state, piece, piece.payload.text, plain=piece.payload.plain)


def spelt(context: Context, state: State, piece: Piece, said: str, *, plain: bool = True) -> States:
    """A literal, in quotes or not, for the field or attribute that waits for one."""
    top, pending = state.top, state.pending
    if pending.text is not None:
        return _of_attribute(context, state, piece, said)
    if top is None or not _textual(context, top):
        return []
    index = len(state.frames) - 1
    if pending.connector:
        longer = _longer(context, state, top, said) if plain else None
        return fill(state, piece, index, longer) if longer is not None else []
    if pending._replace(equals=False).loose():
        return []
    first = top._replace(negated=top.negated != pending.negated)
    if top.text is not None and not top.tests:
        test = _tested(context, top, said)
        return fill(state, piece, index, first._replace(tests=(("", test),))) if test else []
    if not (top.waiting() and plain and _fits(context, top, said)):
        return []
    if _strays(context, state, top, said):
        return []
    if top.form == "domain":
        test = _tested(context, top, said)
        return fill(state, piece, index, first._replace(tests=(("", test),))) if test else []
    return fill(state, piece, index, first._replace(restrictions=(_equal(top, said),)))


def _longer(context: Context, state: State, top: Frame, said: str) -> Frame | None:
    """The frame with one more literal: "3199 or 1711"."""
    pending = state.pending
    neither = pending.connector == "nor" and top.negated
    joining = neither or (pending.connector in _LISTING and not pending.negated)
    clause = pending.relative or pending.auxiliary or pending.new_group or pending.loose()
    last = state.last
    if not joining or clause or last is None or last is not top.pieces[-1]:
        return None
    if last.sort not in (Sort.LITERAL, Sort.QUOTE):
        return None
    if top.restrictions:
        if not _fits(context, top, said):
            return None
        longer = joined(top.restrictions[-1], _equal(top, said), pending.connector)
        return top._replace(restrictions=(*top.restrictions[:-1], longer))
    test = _tested(context, top, said)
    joint = "or" if neither else pending.connector
    return top._replace(tests=(*top.tests, (joint, test))) if test and top.tests else None


def _textual(context: Context, frame: Frame) -> bool:
    if frame.kind is not FrameKind.FIELD or frame.field is None:
        return False
    field = context.catalogue.fields[frame.field]
    return field.type in (Type.TEXT, Type.LIST) and not field.codes


def _equal(top: Frame, said: str) -> Restriction:
    return Restriction(((Owned(None, top.field or "", said),),))


def _tested(context: Context, top: Frame, said: str) -> Test | None:
    """The test on the text; the end of an e-mail address that is a whole domain begins after "@",
    so that no longer domain with the same end is meant."""
    email = context.catalogue.fields[top.field or ""].role == "email"
    domain = top.form == "domain" or (email and top.text is Operator.ENDS)
    whole = "." in said.strip(".") and not said.startswith(".") and said.count("@") == 0
    if domain and whole:
        return Test(Operator.ENDS, (f"@{said}",))
    if top.form == "domain":
        ready = said.startswith("@") and said.count("@") == 1 and "." in said
        return Test(Operator.ENDS, (said,)) if ready else None
    return Test(top.text, (said,)) if top.text is not None else None


def _fits(context: Context, top: Frame, said: str) -> bool:
    """Whether a literal can be a value of the field: the shop lists none, and it looks like one."""
    field = context.catalogue.fields[top.field or ""]
    digits = sum(char.isdigit() for char in said)
    if top.form == "domain":
        return True
    match field.role:
        case "email":
            return field.open and "@" in said
        case "phone":
            return field.open and digits >= SHORTEST_PHONE
        case "postal_code":
            return field.open and digits > 0
        case "first_name" | "last_name":
            return field.open and not digits
        case _:
            return field.open


def _strays(context: Context, state: State, top: Frame, said: str) -> bool:
    """Whether a word in small letters stands right after the field's noun, which makes no name of
    it: "companies blorp", where "the company is blorp" would."""
    role = context.catalogue.fields[top.field or ""].role
    return (
        state.path[-1] is top.pieces[-1]
        and said.isalpha()
        and said.islower()
        and role not in _NAMES
    )


def _of_attribute(context: Context, state: State, piece: Piece, said: str) -> States:
    target, pending = state.event, state.pending
    word = pending.text
    if target is None or target.event is None or word is None:
        return []
    if pending.negated and target.favourite is None:
        return []
    for event, name in pending.attribute:
        attribute = context.attribute(event, name)
        if event == target.event and attribute.type in (Type.TEXT, Type.LIST):
            negated = word.negated != pending.negated
            test = Filter(name, Test(word.operator, (said,)), negated)
            state = state._replace(pending=pending._replace(negated=False))
            filled = target._replace(details=(*target.details, test))
            return fill(state, piece, state.open, filled)
    return []


def codes(context: Context, state: State, piece: Piece, said: Compare) -> States:
    """As in "postal code between 11120 and 11999": codes as they are written, of one length."""
    top, pending = state.top, state.pending
    if top is None or not _textual(context, top) or not top.waiting() or pending.connector:
        return []
    unit = said.unit
    plain = not (unit.unit or unit.money or unit.percent or unit.times or unit.age)
    if context.catalogue.fields[top.field or ""].role != "postal_code" or not plain or said.bare:
        return []
    tokens = context.tokens[piece.start : piece.end]
    found = tuple(t.text for t in tokens if t.shape is Shape.NUMBER)
    alike = len({len(code) for code in found}) == 1 and all(code.isdigit() for code in found)
    if not alike or len(found) != len(said.test.values) or said.test.operator not in _ORDER:
        return []
    if pending._replace(equals=False).loose() or list(found) != sorted(found):
        return []
    test = Test(said.test.operator, found)
    frame = top._replace(tests=(("", test),), negated=top.negated != pending.negated)
    return fill(state, piece, len(state.frames) - 1, frame)
