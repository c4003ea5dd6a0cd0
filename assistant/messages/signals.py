"""What a definition says of every member, as names that playbooks ask about.

In: a definition and the catalogue. Out: for each signal the condition that says it. A signal is
made of roles, never of a shop's own names:

- `field.city`, `field.tag=vip`: they have this field, or this value of it
- `anniversary.birth_date`: an anniversary lies in the window
- `recent.registered`, `recent.purchase`: they came, or first did so, in the last 90 days
- `did.purchase`, `did.purchase.category`, `did.purchase.channel=store`: they did so
- `not.purchase`, `not.open.campaign_kind`: they did not; `never.purchase`: at no time
- `quiet.purchase`: they did so once, or may have, but not for 60 days or more
- `once.purchase`, `often.purchase` (three times or more), `top.purchase` (at the top of a ranking)
- `left.cart`: they began there and no purchase followed
- of the last few messages: `not.open` when they opened none of them, `did.open` when they did
- `season.purchase`: in a part of the year that comes round

What holds only in one of several branches of "or" is not said. Start at `signals`.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from assistant.messages.reaching import reaches_within, recurs
from segments.catalogue import Attribute, Catalogue
from segments.definition import (
    Ago,
    All,
    Anniversary,
    Any,
    Comparison,
    Condition,
    DateField,
    Edge,
    Favourite,
    Field,
    Filter,
    Followed,
    Kind,
    Measure,
    Norm,
    Not,
    Operator,
    Overdue,
    Rank,
    Records,
    Rolling,
    Sequence,
    Share,
    Side,
    Test,
    Which,
)

Signals = Mapping[str, Condition]

RECENT, QUIET, OFTEN = 90, 60, 3
_ANSWERS = frozenset({"open", "click"})  # what is done with a message
_ABOVE = (Operator.GT, Operator.GE)
_BELOW = (Operator.LT, Operator.LE)


def signals(definition: Condition, catalogue: Catalogue) -> Signals:
    """Everything a definition says of each of its members."""
    return dict(_said(definition, catalogue, holds=True))


def said_value(found: Signals, signal: str, catalogue: Catalogue) -> str | None:
    """The one value that a condition behind a signal names for its last role; None when it names
    none or several."""
    condition = found.get(signal)
    role = signal.rpartition(".")[2]
    values: set[str] = set()
    match condition:
        case Field(_, test):
            values = {str(value) for value in test.values if isinstance(value, str)}
        case Measure(aggregate):
            event = catalogue.events[aggregate.records.event]
            for each in aggregate.records.filters:
                attribute = event.attributes.get(each.attribute)
                if attribute is not None and attribute.role == role:
                    values |= {str(value) for value in each.test.values}
        case _:
            pass
    return next(iter(values)) if len(values) == 1 else None


def _said(
    condition: Condition, catalogue: Catalogue, *, holds: bool
) -> Iterator[tuple[str, Condition]]:
    match condition:
        case Not(part):
            yield from _said(part, catalogue, holds=not holds)
        case All(parts) if holds:
            for part in parts:
                yield from _said(part, catalogue, holds=True)
        case Any(parts) if not holds:
            for part in parts:
                yield from _said(part, catalogue, holds=False)
        case All(parts) | Any(parts):
            branches = [dict(_said(part, catalogue, holds=holds)) for part in parts]
            for name in branches[0] if branches else ():
                if all(name in branch for branch in branches):
                    yield name, condition
        case _:
            for name in _of_leaf(condition, catalogue, holds=holds):
                yield name, (condition if holds else Not(condition))


def _of_leaf(leaf: Condition, catalogue: Catalogue, *, holds: bool) -> Iterator[str]:
    match leaf:
        case Field(name, test) if holds:
            yield from _field(catalogue.fields[name], test)
        case DateField(name, window) if holds:
            role = catalogue.fields[name].role or name
            yield f"{'recent' if reaches_within(window, RECENT) else 'field'}.{role}"
        case Anniversary(name, _) if holds:
            yield f"anniversary.{catalogue.fields[name].role or name}"
        case Measure(aggregate, test):
            yield from _measure(aggregate.kind, aggregate.records, test, catalogue, holds)
        case Rank(side, _, _, aggregate) if holds:
            kind = "top" if side is Side.TOP else "bottom"
            yield f"{kind}.{_role(aggregate.records, catalogue)}"
        case Edge():
            yield from _edge(leaf, catalogue, holds=holds)
        case Overdue(records) if holds:
            yield f"quiet.{_role(records, catalogue)}"
        case Share(part, _, test) if holds and test.operator in _ABOVE:
            yield from _did(part.records, catalogue)
        case Favourite(records, of, _) if holds:
            attribute = catalogue.events[records.event].attributes[of]
            yield f"did.{_role(records, catalogue)}.{attribute.role or of}"
        case Sequence(start, steps) if holds and steps and steps[-1].absent:
            if _role(steps[-1].records, catalogue) == "purchase":
                yield f"left.{_role(start, catalogue)}"
        case Followed():
            yield from _followed(leaf, catalogue, holds=holds)
        case Comparison() | Norm() | _:
            return


def _field(attribute: Attribute, test: Test) -> Iterator[str]:
    role = attribute.role or attribute.name
    yield f"field.{role}"
    if test.operator in (Operator.EQ, Operator.IN):
        named = {each.code: each.role or each.code for each in attribute.values}
        for value in test.values:
            said = str(value).lower() if isinstance(value, bool) else str(value)
            yield f"field.{role}={named.get(said, said)}"


def _measure(
    kind: Kind,
    records: Records,
    test: Test,
    catalogue: Catalogue,
    holds: bool,  # noqa: FBT001
) -> Iterator[str]:
    least, most = _ends(test)
    if kind is not Kind.COUNT:
        if holds and least is not None and least > 0:
            yield from _did(records, catalogue)
        return
    if not holds:
        if least is not None and least <= 1 and most is None:  # not even once
            yield from _did_not(records, catalogue)
        return
    if most is not None and most <= 0:
        yield from _did_not(records, catalogue)
    elif least is not None and least >= 1:
        yield from _did(records, catalogue)
        role = _role(records, catalogue)
        if least >= OFTEN and not records.filters:
            yield f"often.{role}"
        if least == most == 1 and not records.filters:
            yield f"once.{role}"


def _ends(test: Test) -> tuple[Decimal | None, Decimal | None]:
    """The least and the greatest count that passes; None is open."""
    numbers = [Decimal(str(each)) for each in test.values if not isinstance(each, str | date)]
    if not numbers:
        return None, None
    match test.operator:
        case Operator.GE:
            return numbers[0], None
        case Operator.GT:
            return numbers[0] + 1, None
        case Operator.LE:
            return None, numbers[0]
        case Operator.LT:
            return None, numbers[0] - 1
        case _:
            return min(numbers), max(numbers)


def _did(records: Records, catalogue: Catalogue) -> Iterator[str]:
    role = _role(records, catalogue)
    yield f"did.{role}"
    for name in _filtered(records, catalogue):
        yield f"did.{role}.{name}"
    if records.window is not None and recurs(records.window):
        yield f"season.{role}"


def _did_not(records: Records, catalogue: Catalogue) -> Iterator[str]:
    role = _role(records, catalogue)
    if not records.filters:
        yield f"not.{role}"
    for name in _filtered(records, catalogue):
        yield f"not.{role}.{name}"
    if records.window is None and not records.filters:
        yield f"never.{role}"
    elif not records.filters and not reaches_within(records.window, QUIET - 1):
        yield f"quiet.{role}"


def _filtered(records: Records, catalogue: Catalogue) -> Iterator[str]:
    """The roles of what the records are restricted to, with values that have one."""
    event = catalogue.events[records.event]
    for each in records.filters:
        attribute = event.attributes.get(each.attribute)
        if attribute is None or _turned_round(each):
            continue
        role = attribute.role or attribute.name
        yield role
        roles = {value.code: value.role for value in attribute.values if value.role}
        for value in each.test.values:
            if str(value) in roles:
                yield f"{role}={roles[str(value)]}"


def _turned_round(restriction: Filter) -> bool:
    no = restriction.test.values == (False,)
    return restriction.negated != no


def _edge(edge: Edge, catalogue: Catalogue, *, holds: bool) -> Iterator[str]:
    role = _role(edge.records, catalogue)
    window = edge.when
    if window is None:
        if holds:
            yield from _did(edge.records, catalogue)
        return
    if holds and edge.which is Which.FIRST and edge.number == 1 and reaches_within(window, RECENT):
        yield f"recent.{role}"
        yield f"did.{role}"
    if edge.which is Which.LAST and edge.number == 1:
        long_ago = isinstance(window, Ago) and window.test.operator in _ABOVE
        if holds and long_ago and not reaches_within(window, QUIET - 1):
            yield f"quiet.{role}"
            yield f"did.{role}"
        if not holds and isinstance(window, Rolling) and not reaches_within(window, QUIET - 1):
            yield f"quiet.{role}"


def _followed(followed: Followed, catalogue: Catalogue, *, holds: bool) -> Iterator[str]:
    """What they did with the last few: members without any of them are not meant, unless it is
    denied."""
    least, most = _ends(followed.test)
    chosen, then = followed.records, followed.step.records
    role = _role(then, catalogue)
    none = most is not None and most <= 0 if holds else least == 1 and most is None
    some = holds and least is not None and least >= 1
    about = [name for each in (chosen, then) for name in _filtered(each, catalogue)]
    if holds and (none or some):
        yield from _did(chosen, catalogue)
    if none and role in _ANSWERS:
        yield from (f"not.{role}.{name}" for name in about)
        if not (chosen.filters or then.filters):
            yield f"not.{role}"
    elif none and holds and role == "purchase" and not then.filters:
        yield f"left.{_role(chosen, catalogue)}"
    elif some:
        yield f"did.{role}"
        yield from (f"did.{role}.{name}" for name in (about if role in _ANSWERS else ()))


def _role(records: Records, catalogue: Catalogue) -> str:
    return catalogue.events[records.event].role or records.event
