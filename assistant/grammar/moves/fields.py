"""Words for member fields."""

from collections.abc import Sequence

from assistant.grammar.bands import bands
from assistant.grammar.frames import Frame, FrameKind, Pending, Restriction, State
from assistant.grammar.moves.context import NOUGHT, Context, begin, fill
from assistant.grammar.moves.dates import date_field
from assistant.grammar.moves.event_values import event_value
from assistant.grammar.moves.groups import wants_noun, within_each
from assistant.grammar.moves.places import dearer
from assistant.grammar.moves.signs import is_value
from assistant.grammar.pieces import (
    Amount,
    Compare,
    FieldWord,
    KnownWord,
    Owned,
    Piece,
    Sort,
    Structure,
)
from assistant.grammar.tokens import Shape
from segments.catalogue import Type
from segments.definition import Operator, Test

States = Sequence[State]
_LISTING = frozenset({"and", "or", "but"})
_LIST = frozenset({"and", "or", "comma"})
_NAMES = frozenset({"first_name", "last_name"})


def field(context: Context, state: State, piece: Piece) -> States:
    """A word for a member field."""
    assert isinstance(piece.payload, FieldWord)
    name = piece.payload.field
    top, pending = state.top, state.pending
    kind = context.catalogue.fields[name].type
    naming = piece.payload.form == "naming" or context.catalogue.fields[name].role in _NAMES
    if naming and _names_thing(state):
        return []
    if wants_noun(pending):
        return within_each(context, state, piece, name)
    if _names_last(state, piece, name):
        assert top is not None
        filled = top._replace(pieces=(*top.pieces, piece))
        return [state.put(len(state.frames) - 1, filled)]
    if piece.payload.form.startswith("@"):
        return _kept_at(state, piece, name)
    dated = kind in (Type.DATE, Type.TIME) and pending.known is None
    if dated or piece.payload.yearly or pending.yearly:
        return [*date_field(context, state, piece), *_listed_too(state, piece, name)]
    if pending.known is not None:
        return _known(context, state, piece, name) if not piece.payload.form else []
    if isinstance(pending.compare, Compare):
        number = kind in (Type.NUMBER, Type.MONEY) or bool(bands(context.catalogue.fields[name]))
        if not number or pending.compare.unit.times:
            return []
        if top is not None and top.fresh() and not pending.connector:
            return []  # "earned over 200 points" is not about how many they have
        frame = Frame(FrameKind.FIELD, field=name, compare=pending.compare)
        return begin(state, piece, frame, taken=frozenset({"compare"}))
    if kind is Type.YES_NO:
        said = Restriction(((Owned(None, name, code=True),),))
        agreed = (context.catalogue.fields[name].role or "").startswith("consent_")
        frame = Frame(FrameKind.FIELD, field=name, restrictions=(said,))
        frame = frame._replace(consent="to" if agreed else "", truth=True)
        return begin(state, piece, frame)
    listed = pending.connector in _LISTING and not pending.relative
    if top is not None and top.known and listed and not _ends_known(state):
        return _known_too(state, piece, Frame(FrameKind.FIELD, field=name, known=True))
    if pending.none:
        return _none(context, state, piece, name)
    named = begin(state, piece, Frame(FrameKind.FIELD, field=name, form=piece.payload.form))
    return [*named, *_listed_too(state, piece, name)]


def _listed_too(state: State, piece: Piece, name: str) -> States:
    """One more in a list of what is known or lacking, where a test of it may follow as well."""
    top, said = state.top, piece.payload
    bare = isinstance(said, FieldWord) and not (said.form or said.yearly or said.turning)
    if top is None or not top.known or not bare or _ends_known(state):
        return []
    known = Frame(FrameKind.FIELD, field=name, known=True)
    return _known_too(state, piece, known) if _listed(state.pending) else []


def _names_thing(state: State) -> bool:
    """Whether the name is that of what they did it with: "opened the mailing called Spring"."""
    target, pending = state.event, state.pending
    done = target is not None and target.form != "buyers"
    return done and not (pending.connector or pending.new_group)


def _listed(pending: Pending) -> bool:
    """Whether nothing but a connective stands before one more of a list."""
    return pending._replace(connector="", comma=False) == Pending() and pending.connector in _LIST


def _kept_at(state: State, piece: Piece, name: str) -> States:
    """As in "gmail addresses": what follows the name of the member in their e-mail address."""
    assert isinstance(piece.payload, FieldWord)
    test = Test(Operator.CONTAINS, (piece.payload.form,))
    known, top = state.pending.known, state.top
    again = top is not None and top.field == name and state.last is top.pieces[-1]
    if again and top is not None and top.tests and _listed(state.pending):
        longer = top._replace(tests=(*top.tests, ("or", test)))  # one address is not at both
        return fill(state, piece, len(state.frames) - 1, longer)
    frame = Frame(FrameKind.FIELD, field=name, text=test.operator, tests=(("", test),))
    lacking = frame._replace(negated=known is False)
    return begin(state, piece, lacking, taken=frozenset({"known"}))


def _ends_known(state: State) -> bool:
    """Whether "known" was said after its field, so that it is over: "phone is missing and …"."""
    return state.last is not None and state.last.sort is Sort.KNOWN


def is_said(state: State) -> bool:
    """Whether "is" stands between a yes or no of the members and what comes: "status is yes"."""
    last = state.path[-1].payload if state.path else None
    said = isinstance(last, Structure) and "auxiliary" in last.flags
    return _asks_truth(state) and said


def _asks_truth(state: State) -> bool:
    """Whether a yes or no of the members was named last."""
    top, pending = state.top, state.pending
    told = top is not None and top.truth and state.last is top.pieces[-1]
    named = told and state.last is not None and state.last.sort is Sort.FIELD
    return named and not (pending.connector or pending.relative)


def _filled_in(context: Context, state: State, piece: Piece, *, yes: bool) -> bool:
    """As in "SMS consent: yes"; a "no" before another word may deny that."""
    before = context.tokens[piece.start - 1] if piece.start else None
    after = next(iter(context.tokens[piece.end :]), None)
    alone = after is None or after.shape is Shape.SIGN or after.breaks
    colon = before is not None and before.key == ":"
    return colon and _asks_truth(state) and (yes or alone)


def truth(context: Context, state: State, piece: Piece) -> States:
    """Yes or no, after "=" or a colon: of the field or of the attribute just named."""
    assert isinstance(piece.payload, KnownWord)
    top, pending = state.top, state.pending
    yes = piece.payload.known
    if not (pending.equals or is_said(state) or _filled_in(context, state, piece, yes=yes)):
        return []
    if pending.attribute:
        owned = tuple(
            Owned(event, name, yes)
            for event, name in pending.attribute
            if context.attribute(event, name).type is Type.YES_NO
        )
        return event_value(context, state, piece, Restriction((owned,))) if owned else []
    if top is not None and (is_value(state, top) or _done(top)):  # "newsletter_opened = false"
        said_so = top._replace(negated=top.negated != (pending.negated == yes))
        return fill(state, piece, len(state.frames) - 1, said_so)
    if top is None or not top.truth or top.field is None:
        return []
    said = Restriction(((Owned(None, top.field, yes),),))
    told = top._replace(
        restrictions=(said,), negated=top.negated != pending.negated, truth=False, consent=""
    )
    return fill(state, piece, len(state.frames) - 1, told)


def _done(top: Frame) -> bool:
    """Whether something is said to have been done, and no number or part of it."""
    counted = top.compare or top.number_filter or top.measured or top.distinct or top.mode
    return top.kind is FrameKind.EVENT and not (counted or top.which or top.every or top.rank)


def _known(context: Context, state: State, piece: Piece, name: str) -> States:
    """Known or lacking; a yes or no that lacks is a no."""
    known = bool(state.pending.known)
    frame = Frame(FrameKind.FIELD, field=name, known=True, negated=not known)
    if context.catalogue.fields[name].type is Type.YES_NO:
        said = Restriction(((Owned(None, name, code=True),),))
        agreed = (context.catalogue.fields[name].role or "").startswith("consent_")
        frame = frame._replace(known=None, restrictions=(said,), consent="to" if agreed else "")
    elif not known and NOUGHT in context.catalogue.fields[name].codes:
        return []
    return begin(state, piece, frame, taken=frozenset({"known"}))


def _known_too(state: State, piece: Piece, frame: Frame) -> States:
    """One more in a list of what is known or lacking: "have an e-mail but no phone"."""
    top, pending = state.top, state.pending
    assert top is not None
    either = _missing(state.frames)
    if either and not top.negated:
        return []  # "not missing a phone or a city": neither, or not both?
    if top.negated and pending.connector == "comma":
        return begin(state._replace(pending=pending._replace(negated=True)), piece, frame)
    if top.negated and not pending.negated and pending.connector != "but":
        if pending.connector != "or" and not either:
            return []
        neither = state._replace(pending=pending._replace(negated=True, connector="nor"))
        lacked = state._replace(pending=pending._replace(negated=True))
        open_ways = (lacked, neither) if either else (neither,)
        return [found for way in open_ways for found in begin(way, piece, frame)]
    if top.negated and pending.connector == "but":
        return []
    return begin(state, piece, frame)


def _missing(frames: Sequence[Frame]) -> bool:
    """Whether what the newest list names is said to be missing, of which one is enough: not "no
    phone or e-mail"."""
    for frame in reversed(frames):
        words = [p.payload for p in frame.pieces if isinstance(p.payload, KnownWord)]
        if words or frame.connector not in _LIST:
            return any(word.any for word in words)
    return False


def _none(context: Context, state: State, piece: Piece, name: str) -> States:
    """As in "without children": none of what is counted, or nothing known."""
    found = context.catalogue.fields[name]
    if NOUGHT in found.codes:
        said = Restriction(((Owned(None, name, NOUGHT),),))
        frame = Frame(FrameKind.FIELD, field=name, restrictions=(said,), negated=True)
        return begin(state, piece, frame)
    if found.numeric and found.role == "children":
        none = Compare(Test(Operator.EQ, (0,)), Amount(0))
        frame = Frame(FrameKind.FIELD, field=name, compare=none, negated=True)
        return begin(state, piece, frame)
    if found.type is Type.AGE:
        return []
    begun = begin(state, piece, Frame(FrameKind.FIELD, field=name, known=True))
    return [dearer(one) for one in begun]  # "no email opens" is about the opens


def _names_last(state: State, piece: Piece, name: str) -> bool:
    """Whether the word only says which field the value just before it is of ("gold tier")."""
    top = state.top
    return (
        top is not None
        and top.kind is FrameKind.FIELD
        and top.field == name
        and bool(top.restrictions)
        and state.last is not None
        and state.last.sort is Sort.VALUE
        and state.last.end == piece.start
        and not state.pending.connector
    )
