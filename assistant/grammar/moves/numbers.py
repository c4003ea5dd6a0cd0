"""Comparisons: what the number counts decides where it goes."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.grammar.bands import bands
from assistant.grammar.frames import THAN, Frame, FrameKind, Restriction, State
from assistant.grammar.moves.ages import age, as_age
from assistant.grammar.moves.context import Context, begin, fill, just_named
from assistant.grammar.moves.event_values import YEARS
from assistant.grammar.moves.places import dearer
from assistant.grammar.moves.texts import codes
from assistant.grammar.pieces import Amount, Compare, Owned, Piece, Sort, Structure, When
from assistant.grammar.slots import FIRST_YEAR, LAST_YEAR
from assistant.grammar.tokens import Shape
from segments.catalogue import Type
from segments.definition import Ago, Operator, Test, Unit
from segments.predictions import Target

_ELDEST = 120
States = Sequence[State]
_OF = frozenset({"filler", "preposition", "place_preposition", "by"})  # "order of at least 500"
_WAS = _OF | {"auxiliary"}
_AGO = frozenset({Operator.LT, Operator.LE, Operator.GT, Operator.GE, Operator.BETWEEN})


def compare(context: Context, state: State, piece: Piece) -> States:
    """A comparison: what its number counts decides where it goes."""
    assert isinstance(piece.payload, Compare)
    said = piece.payload
    if state.pending.only == "only" and said.unit.age and not state.frames:
        if state.pending.negated:
            return []
        state = state._replace(pending=state.pending._replace(only=""))  # "only over-50s" are they
    if state.pending.only:
        denied = state.pending.negated or state.pending.only != "only"
        if not said.bare or denied or _year(said):
            return []  # "only bought in 2025 in store" is no number of things
        if state.event is not None and state.event.negated:
            return _not_only(state, piece, said)
        said = replace(said, bare=False)
        state = state._replace(pending=state.pending._replace(only=""))
    before = state.path[-1].payload if state.path else None
    if isinstance(before, Structure) and "approximate" in before.flags:
        return []  # "about 3 times" is not three times
    if state.pending.compare is not None:
        return []
    if said.unit.percent:
        return _likely(context, state, piece, said)
    if _against(state):
        bounded = _bounded(state, piece, said)
        return _of_other(state, piece, said) if bounded is None else bounded
    if said.unit.age:
        return age(context, state, piece, said)
    if said.unit.money is not None:
        waiting = [*_another(state, piece, said), *_waiting(context, state, piece, said)]
        return [*waiting, *_money(context, state, piece, said)]
    if said.unit.times:
        return _slot(context, state, piece, said)
    if said.unit.unit is not None:
        return _distance(state, piece, said)
    return [*_another(state, piece, said), *_number(context, state, piece, said)]


def _year(said: Compare) -> bool:
    """Whether a number that counts nothing is one of those that years have."""
    value = said.test.values[0]
    plain = said.unit == Amount(said.unit.value)
    return plain and isinstance(value, int) and FIRST_YEAR <= value <= LAST_YEAR


def _likely(context: Context, state: State, piece: Piece, said: Compare) -> States:
    """Per cent of the risk just spoken of; of anything else they are no comparison."""
    field = context.catalogue.fields.get(state.top.field or "") if state.top else None
    if field is None or field.role != Target.CHURN_RISK:
        return []
    said = replace(said, unit=replace(said.unit, percent=False))
    return [*_another(state, piece, said), *_waiting(context, state, piece, said)]


def _against(state: State) -> bool:
    """Whether what comes is held against another number of theirs: "more than" is then no bound."""
    target, pending = state.event, state.pending
    other = target is not None and target.connector == THAN and not pending.connector
    return other or pending.versus is not None or pending.share is not None


def _bounded(state: State, piece: Piece, said: Compare) -> States | None:
    """As in "a higher average order value than 800": a bound, and no other number of theirs. None
    where it is none."""
    other = state.top
    if other is None or other.connector != THAN or state.last is not other.pieces[-1]:
        return None
    target, unit, value = state.frames[-2], said.unit, said.test.values[0]
    held = target.versus
    if held is None or held.times != 1 or held.by not in ("", "money") or held.sign:
        return None
    if not said.bare or unit.times or unit.unit is not None or unit.age or state.pending.negated:
        return None
    year = unit.money is None and isinstance(value, int) and FIRST_YEAR <= value <= LAST_YEAR
    if year or not (target.form == "measure" or (target.form == "noun" and unit.money is None)):
        return None
    bound = replace(said, test=Test(held.operator, said.test.values), bare=False)
    told = target._replace(versus=None, compare=bound, pieces=(*target.pieces, *other.pieces))
    kept = state._replace(frames=(*state.frames[:-2], told), open=len(state.frames) - 2)
    return fill(kept, piece, kept.open, told)


def _of_other(state: State, piece: Piece, said: Compare) -> States:
    """A number of each record that the other number is of, whose word has to follow: "more reviews
    than reviews with 3 stars"."""
    target, pending = state.event, state.pending
    named = target is not None and target.connector == THAN and not target.elliptic
    if not named or pending.loose() or pending.negated or said.unit.unit or said.unit.times:
        return []
    moved = pending._replace(compare=said, pieces=(*pending.pieces, piece))
    return [state._replace(pending=moved)]


def _another(state: State, piece: Piece, said: Compare) -> States:
    """One more number of a field: "whose points are 100 or 200"."""
    top, pending = state.top, state.pending
    if top is None or top.field is None or not isinstance(top.compare, Compare) or not said.bare:
        return []
    apart = pending.relative or pending.auxiliary or pending.negated or pending.new_group
    plain = top.compare.bare and top.compare.unit == replace(
        said.unit, value=top.compare.unit.value
    )
    joined = pending.connector in ("or", "comma") and not apart
    if not joined or not plain or state.last is not top.pieces[-1]:
        return []
    values = (*top.compare.test.values, *said.test.values)
    listed = replace(top.compare, test=Test(Operator.IN, values))
    return fill(state, piece, len(state.frames) - 1, top._replace(compare=listed))


def _not_only(state: State, piece: Piece, said: Compare) -> States:
    """As in "not only bought once": more often than that."""
    target, pending = state.event, state.pending
    assert target is not None
    if not said.unit.times or not target.fresh() or state.open != len(state.frames) - 1:
        return []
    if pending._replace(only="").loose() or pending.connector or pending.relative:
        return []
    more = replace(said, test=Test(Operator.GT, said.test.values), bare=False)
    free = state._replace(pending=pending._replace(only=""))
    return fill(free, piece, state.open, target._replace(negated=False, compare=more))


def _waiting(context: Context, state: State, piece: Piece, said: Compare) -> States:
    """The number of the field just named."""
    top, name = state.top, just_named(state)
    if top is None or not name:
        return []
    kind = context.catalogue.fields[name].type
    fits = kind in (Type.NUMBER, Type.MONEY) or (kind is Type.AGE and said.unit.money is None)
    fits = fits or bool(bands(context.catalogue.fields[name]))
    if not fits or state.pending._replace(equals=False).loose():
        return []
    negated = top.negated != state.pending.negated
    told = top._replace(compare=said, known=None, negated=negated)
    return fill(state, piece, len(state.frames) - 1, told)


def _money(context: Context, state: State, piece: Piece, said: Compare) -> States:
    target, pending = state.event, state.pending
    if pending.attribute:
        return _attribute_number(context, state, piece, said)
    if target is not None and target.edged() and not (pending.connector and pending.relative):
        return _of_edge(context, state, piece, said)
    another = bool(pending.connector) and pending.relative  # "and who over 500 kr …"
    if target is not None and target.event is not None and not another:
        if context.catalogue.events[target.event].amount is None and target.measured is None:
            return _priced(context, state, piece, said)
        counted = isinstance(target.compare, Compare) and target.compare.unit.money is None
        if counted and target.form == "noun" and not (target.number_filter or pending.connector):
            if pending.loose() or pending.negated:
                return []
            amount = context.catalogue.events[target.event].amount
            assert amount is not None
            filled = target._replace(number_filter=(amount.name, said))
            return fill(state, piece, state.open, filled)
        if counted and (done := _often_for(context, state, piece, said)) is not None:
            return done
    return [*_priced(context, state, piece, said), *_slot(context, state, piece, said)]


def _often_for(context: Context, state: State, piece: Piece, said: Compare) -> States | None:
    """As in "bought at least twice for over 500": in total where that is said, else it is asked;
    None where it is said of something else."""
    target, pending = state.event, state.pending
    assert target is not None
    amount = context.catalogue.events[target.event or ""].amount
    plain = not (target.number_filter or target.negated or target.measured or target.which)
    if amount is None or target.form != "verb" or pending.connector or not plain:
        return None
    mode = pending.mode or target.mode
    if pending.negated or pending._replace(mode="").loose() or mode not in ("", "total"):
        return []
    if mode:
        total = target._replace(pieces=(), compare=said, elliptic=True, mode=mode)
        counted = state.put(state.open, target._replace(mode=""))
        joined = counted._replace(pending=pending._replace(connector="and"))
        return begin(joined, piece, total, taken=frozenset({"mode"}))
    return fill(state, piece, state.open, target._replace(number_filter=(amount.name, said)))


def _of_edge(context: Context, state: State, piece: Piece, said: Compare) -> States:
    """What the first or last of them was worth: "whose last order was over 1000 kr"."""
    target, pending = state.event, state.pending
    assert target is not None
    amount = context.catalogue.events[target.event or ""].amount
    if amount is None or target.number_filter is not None or target.whole():
        return []
    if pending.connector and (pending.connector != "and" or not target.chosen or target.negated):
        return []
    if pending.relative or state.open != len(state.frames) - 1:
        return []
    if pending.loose() or pending.negated or pending.mode or said.bare:
        return []
    filled = target._replace(number_filter=(amount.name, said))
    return fill(state, piece, state.open, filled)


def _priced(context: Context, state: State, piece: Piece, said: Compare) -> States:
    """As in "bought products over 500 kr": perhaps what each of them costs."""
    target, pending = state.event, state.pending
    if target is None or target.event is None or pending.connector or target.number_filter:
        return []
    price = context.catalogue.events[target.event].by_role("price")
    before = state.path[-1] if state.path else None
    if price is None or before is None or said.bare:
        return []
    thing = isinstance(before.payload, Structure) and "object" in before.payload.flags
    if not (thing or before.sort is Sort.VALUE) or target.form == "spend" or target.compare:
        return []
    return fill(state, piece, state.open, target._replace(number_filter=(price.name, said)))


def _slot(context: Context, state: State, piece: Piece, said: Compare) -> States:
    """Into the open event, over to a new one that takes its verb, or waiting for its verb."""
    target, pending = state.event, state.pending
    if pending._replace(mode="").loose() or (pending.negated and not pending.connector):
        return []
    if target is not None and not pending.connector:
        if target.compare is not None or target.kind is FrameKind.RANK or target.which:
            return []
        mode = target.mode or pending.mode
        return fill(state, piece, state.open, target._replace(compare=said, mode=mode))
    states: list[State] = []
    if _of_list(state, target) and target is not None:
        mode = target.mode or pending.mode
        states += fill(state, piece, state.open, target._replace(compare=said, mode=mode))
    joined = pending.connector not in ("comma", "except", "without") and not pending.relative
    counted = target is not None and target.kind is FrameKind.EVENT and target.compare is not None
    if joined and counted and target is not None:
        carried = target._replace(
            pieces=(),
            compare=said,
            negated=False,
            elliptic=True,
            window=None,
            mode=pending.mode,
        )
        states += begin(state, piece, carried, taken=frozenset({"mode"}))
    frame = Frame(FrameKind.HEADLESS, compare=said, mode=pending.mode)
    return [*states, *begin(state, piece, frame, taken=frozenset({"mode"}))]


def _of_list(state: State, target: Frame | None) -> bool:
    """As in "bought tea, over 300 kr": a comma does not tell whether that is about the tea."""
    pending = state.pending
    return (
        target is not None
        and target.kind is FrameKind.EVENT
        and bool(target.restrictions)
        and target.compare is None
        and target.which is None
        and pending.connector == "comma"
        and not (pending.relative or pending.negated)
        and state.open == len(state.frames) - 1
    )


def _distance(state: State, piece: Piece, said: Compare) -> States:
    """As in "Last order < 90 days": how far back the first or last lies."""
    target, pending = state.event, state.pending
    if target is None or target.which is None or target.window is not None or said.bare:
        return []
    unit = said.unit.unit
    if pending.connector or pending.loose() or said.test.operator not in _AGO:
        return []
    assert unit is not None
    when = When(Ago(said.test, Unit(unit)))
    return fill(state, piece, state.open, target._replace(window=when))


def _number(context: Context, state: State, piece: Piece, said: Compare) -> States:
    target, pending = state.event, state.pending
    waiting = [*_waiting(context, state, piece, said), *codes(context, state, piece, said)]
    if waiting:
        return waiting
    if pending.attribute:
        return [
            *_attribute_number(context, state, piece, said),
            *_attribute_code(context, state, piece, said),
        ]
    if pending.equals:
        return _equalled(state, piece, said)
    if target is not None and target.which is not None and target.which.unit is not None:
        told = replace(said, unit=replace(said.unit, unit=target.which.unit))
        plain = target._replace(which=replace(target.which, unit=None))
        return _distance(state.put(state.open, plain), piece, told)
    states: list[State] = []
    if (
        target is not None
        and target.kind is FrameKind.EVENT
        and target.measured is not None
        and target.compare is None
        and not pending.connector
        and not pending.loose()
        and not pending.negated
    ):
        states += fill(state, piece, state.open, target._replace(compare=said))
    if _worth(context, state, piece, said):
        states += _of_edge(context, state, piece, said)
    told = _told(context, piece, said)
    if _counts_noun(state, told):
        assert target is not None
        symbol = context.tokens[piece.start].shape is Shape.SIGN or told is not said
        counted = target._replace(compare=told, number_after=not symbol)
        states += fill(state, piece, state.open, counted)
    states += _of_nothing(context, state, piece, said)
    if said.test.operator is Operator.IN:
        return states  # a list of numbers is of what was named just before
    states += as_age(context, state, piece, said)
    states += _bound_too(state, piece, said)
    states += _counts_again(state, piece, said)
    if said.unit.factor > 1 and piece.end == len(context.tokens) and not said.bare:
        money = replace(said, unit=replace(said.unit, money=context.catalogue.currency))
        states += _slot(context, state, piece, money)  # "at least 3k" of nothing
    if not pending._replace(mode="").loose():
        moved = pending._replace(compare=said, pieces=(*pending.pieces, piece))
        states.append(state._replace(pending=moved))
    return states


def _of_nothing(context: Context, state: State, piece: Piece, said: Compare) -> States:
    """As in "average over 700" and "in total over 3000", where nothing follows."""
    pending = state.pending
    if piece.end < len(context.tokens) or pending.mode not in ("average", "total"):
        return []
    return without_unit(context, state, piece, said, pending.mode)


def without_unit(context: Context, state: State, piece: Piece, said: Compare, mode: str) -> States:
    """A number of nothing that was named: an average is of money; what a total is of is asked."""
    pending = state.pending
    if said.bare or _is_year(said) or said.unit.times or said.unit.unit or state.event is not None:
        return []
    if pending.connector not in ("", "comma", "and") or pending.negated:
        return []
    if pending._replace(mode="", compare=None).loose():
        return []
    frame = Frame(FrameKind.HEADLESS, compare=said, mode=mode, number_after=True)
    if mode == "average":
        money = replace(said, unit=replace(said.unit, money=context.catalogue.currency))
        frame = Frame(FrameKind.HEADLESS, compare=money, mode=mode)
    return begin(state, piece, frame, taken=frozenset({"mode", "compare"}))


def may_be_age(said: Compare) -> bool:
    """Whether "over 60" may be of people: nobody is older than that."""
    return any(value <= _ELDEST for value in said.test.values if isinstance(value, int | Decimal))


def _told(context: Context, piece: Piece, said: Compare) -> Compare:
    """As in "orders: 3", a form that was filled in: exactly so many. Only of a number alone, since
    "orders: over 500" may be what they came to."""
    return replace(said, bare=False) if said.bare and _after_colon(context, piece) else said


def _after_colon(context: Context, piece: Piece) -> bool:
    before = context.tokens[piece.start - 1 : piece.start] if piece.start else ()
    shape = context.tokens[piece.start].shape
    return shape is Shape.NUMBER and bool(before) and before[0].key == ":"


def _counts_again(state: State, piece: Piece, said: Compare) -> States:
    """As in "five orders last year and fewer than two this year": so many of the same, whose time
    has to follow; without one it is rather an age."""
    target, pending = state.event, state.pending
    if target is None or target.kind is not FrameKind.EVENT or target.form != "noun":
        return []
    counted = isinstance(target.compare, Compare) and not target.compare.unit.money
    several = target.which or target.measured or target.counts_things or target.distinct
    if not counted or several or target.window is None or state.open != len(state.frames) - 1:
        return []
    joined = pending.connector in ("and", "but") and not (pending.relative or pending.negated)
    number = said.test.values[0]
    if not joined or pending.loose() or not isinstance(number, int) or number >= YEARS:
        return []
    carried = target._replace(pieces=(), compare=said, negated=False, elliptic=True, window=None)
    carried = carried._replace(so_many=True)
    return [dearer(one) for one in begin(state, piece, carried)]


def _bound_too(state: State, piece: Piece, said: Compare) -> States:
    """As in "at least one order but at most three": the other bound of the same count."""
    target, pending = state.event, state.pending
    if target is None or target.form != "noun" or not isinstance(target.compare, Compare):
        return []
    first = target.compare.test.operator, said.test.operator
    plain = target.compare.unit == replace(said.unit, value=target.compare.unit.value)
    if set(map(_side, first)) != {True, False} or not plain or target.which or target.negated:
        return []
    if pending.connector not in ("and", "but") or pending.relative or pending.negated:
        return []
    carried = target._replace(pieces=(), compare=said, elliptic=True)
    return begin(state, piece, carried)


def _side(operator: Operator) -> bool | None:
    """Whether it is a bound from above; None for what is no bound."""
    if operator in (Operator.LT, Operator.LE):
        return True
    return False if operator in (Operator.GT, Operator.GE) else None


def _equalled(state: State, piece: Piece, said: Compare) -> States:
    """As in "orders != 0": the number is said to be that of the event just named, or not to be."""
    target, pending = state.event, state.pending
    counted = target is not None and (target.form == "noun" or target.measured is not None)
    if target is None or not counted or target.compare is not None or target.which is not None:
        return []
    if pending._replace(equals=False).loose() or state.last not in target.pieces[-1:]:
        return []
    told = target._replace(
        compare=replace(said, bare=False), negated=target.negated != pending.negated
    )
    return fill(state, piece, state.open, told)


def _counts_noun(state: State, said: Compare) -> bool:
    """As in "Orders > 2": a number right after the noun for what it counts."""
    target, pending = state.event, state.pending
    return (
        target is not None
        and target.kind is FrameKind.EVENT
        and target.form == "noun"
        and target.compare is None
        and target.which is None
        and not said.bare
        and not _is_year(said)
        and not (pending.connector or pending.negated or pending.loose())
        and state.last is not None
        and state.last in target.pieces[-1:]
    )


def _worth(context: Context, state: State, piece: Piece, said: Compare) -> bool:
    """As in "first order over 1000": one order is not counted, so that it is the amount; but "last
    order > 90" may be so many days."""
    target = state.event
    if target is None or not target.edged() or target.which is None or target.which.number != 1:
        return False
    if context.tokens[piece.start].shape is not Shape.WORD or _is_year(said) or not state.path:
        return False
    if target.restrictions and target.chosen is None:
        return False  # "last store order over 500": the last of those in store, or of all?
    before = state.path[-1]
    between = _WAS if target.chosen else _OF
    structure = isinstance(before.payload, Structure) and before.payload.flags <= between
    return structure or before is state.last


def _is_year(said: Compare) -> bool:
    """Whether the one number is a year's, so that "orders before 2024" is a time."""
    return len(said.test.values) == 1 and said.test.values[0] in range(FIRST_YEAR, LAST_YEAR)


def _attribute_number(context: Context, state: State, piece: Piece, said: Compare) -> States:
    """The number of the attribute just named: "price over 500"."""
    target, pending = state.event, state.pending
    if target is None or target.event is None or target.number_filter or pending.connector:
        return []
    for event, name in pending.attribute:
        found = context.attribute(event, name)
        if event == target.event and found.numeric:
            if said.unit.money is not None and found.type is not Type.MONEY:
                continue
            filled = target._replace(number_filter=(name, said))
            return fill(state, piece, state.open, filled)
    return []


def _attribute_code(context: Context, state: State, piece: Piece, said: Compare) -> States:
    """A number that is a code of the attribute just named: "campaign 18"."""
    target, pending = state.event, state.pending
    if target is None or target.event is None or not said.bare or pending.connector:
        return []
    code = str(said.test.values[0])
    for event, name in pending.attribute:
        if event == target.event and context.shop.has_code(event, name, code):
            owned = Restriction(((Owned(event, name, code),),))
            filled = target._replace(restrictions=(*target.restrictions, owned))
            return fill(state, piece, state.open, filled)
    return []
