"""What of a leaf can be changed in place: a handle for each value, number, time and choice.

In: a leaf and the catalogue. Out: handles in the order things are said. Pure, in the terms of
segments; knows no words. Start at `handles`.
"""

from collections.abc import Iterator
from dataclasses import replace

from assistant.dialogue.handles import (
    Chosen,
    Handle,
    Numbered,
    Role,
    Scope,
    Spaced,
    Tested,
    Timed,
    What,
)
from assistant.dialogue.putting import Put, at, in_filter, inside, own, window_of, within
from segments.catalogue import Attribute, Catalogue, Type
from segments.check.events import ADDABLE, UNITS
from segments.definition import (
    BEST_SCORE,
    SCORES,
    Aggregate,
    Anniversary,
    Audience,
    Comparison,
    Condition,
    DateField,
    Distance,
    Edge,
    Extent,
    Favourite,
    Field,
    Filter,
    Followed,
    Gap,
    Grouped,
    Jointly,
    Kind,
    Measure,
    Middle,
    Norm,
    Not,
    Operator,
    Overdue,
    People,
    Rank,
    Reach,
    Sequence,
    Share,
    Side,
    Similar,
    Source,
    Step,
    Test,
    Unit,
    Which,
    records_of,
)

DISTANCES = (Kind.AVERAGE, Kind.MINIMUM, Kind.MAXIMUM)
COMPARED = (Operator.GT, Operator.GE, Operator.LT, Operator.LE, Operator.EQ)
CALENDAR = (Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR)
MOST_MEMBERS = 10_000_000
MOST_TIMES = 1_000


def handles(leaf: Condition, catalogue: Catalogue) -> tuple[Handle, ...]:
    """Everything of a leaf that can be changed in place, in the order it is said."""
    return tuple(_handles(leaf, catalogue))


def signed(leaf: Condition, *, negated: bool) -> Condition:
    """The leaf as it stands in the tree: what `EditCondition` takes."""
    return Not(leaf) if negated else leaf


def _handles(leaf: Condition, catalogue: Catalogue) -> Iterator[Handle]:
    match leaf:
        case Field(name, test):
            found = catalogue.fields.get(name) or Attribute(name, Type.TEXT)
            whole = found.type is Type.AGE
            yield Tested(None, What.NUMBER, name, found, test, own("test"), whole=whole)
        case DateField(_, window) | Anniversary(_, window):
            yield Timed(None, window, optional=False, put=own("window"))
        case Measure(aggregate, test) | Jointly(aggregate=aggregate, test=test):
            yield from _filters(leaf, 0, None, catalogue)
            yield _counted(aggregate, test, catalogue, own("test"))
            yield from _whens(leaf, catalogue)
        case Edge():
            yield from _edge(leaf, catalogue)
        case Rank():
            yield from _rank(leaf, catalogue)
        case Comparison() | Norm():
            yield from _comparison(leaf, catalogue)
        case Share(test=test):
            yield _plain(What.PERCENT, test, whole=False)
            yield from _several(leaf, (Role.PART, Role.WHOLE), catalogue)
        case Gap(kind, _, test):
            yield Chosen(None, What.DISTANCE, DISTANCES, kind, own("kind", Kind))
            yield _plain(What.DAYS, test, whole=kind is not Kind.AVERAGE)
            yield from _several(leaf, (Role.ONLY,), catalogue)
        case Overdue(_, times):
            yield Numbered(None, What.OFTEN, times, MOST_TIMES, whole=False, put=own("times"))
            yield from _several(leaf, (Role.ONLY,), catalogue)
        case Sequence() | Followed():
            yield from _in_order(leaf, catalogue)
        case Grouped():
            yield from _grouped(leaf, catalogue)
        case Favourite():
            yield from _favourite(leaf, catalogue)
        case Audience() | People() | Distance() | Similar():
            yield from _of_members(leaf, catalogue)
        case _:
            return


# --- the kinds ------------------------------------------------------------------------------


def _edge(leaf: Edge, catalogue: Catalogue) -> Iterator[Handle]:
    yield Chosen(None, What.WHICH, tuple(Which), leaf.which, own("which", Which))
    if leaf.number > 1 or leaf.reach is not Reach.NTH:
        yield Chosen(None, What.REACH, tuple(Reach), leaf.reach, own("reach", Reach))
        yield Numbered(None, What.NTH, leaf.number, MOST_TIMES, whole=True, put=own("number"))
    yield from _filters(leaf, 0, None, catalogue)
    for place, each in enumerate(leaf.having):
        put = at("having", place, inside("test"))
        yield _filter(each, leaf.records.event, None, catalogue, put)
    yield Timed(None, leaf.when, optional=bool(leaf.having), put=own("when"))


def _rank(leaf: Rank, catalogue: Catalogue) -> Iterator[Handle]:
    yield Chosen(None, What.SIDE, tuple(Side), leaf.side, own("side", Side))
    most = 100 if leaf.percent else MOST_MEMBERS
    what = What.PERCENT if leaf.percent else What.SIZE
    yield Numbered(None, what, leaf.amount, most, whole=not leaf.percent, put=own("amount"))
    yield from _several(leaf, (Role.ONLY,), catalogue)
    names = tuple(name for name, each in catalogue.fields.items() if _parts_members(each))
    if leaf.within is not None or names:
        chosen = leaf.within or ""
        options = tuple(dict.fromkeys(("", *((chosen,) if chosen else ()), *names)))
        put = own("within", lambda name: name or None)
        yield Chosen(None, What.WITHIN_FIELD, options, chosen, put)


def _similar(leaf: Similar, catalogue: Catalogue) -> Iterator[Handle]:
    """How many, and which segment or list they are like, where it is one that has a name."""
    what, most = {
        Extent.MEMBERS: (What.SIZE, MOST_MEMBERS),
        Extent.PERCENT: (What.PERCENT, 100),
        Extent.TIMES: (What.OFTEN, MOST_TIMES),
    }[leaf.extent]
    whole = leaf.extent is Extent.MEMBERS
    yield Numbered(None, what, leaf.amount, most, whole=whole, put=own("amount"))
    if isinstance(leaf.to, Audience):
        source, names, now = _names(leaf.to, catalogue)
        put = own("to", lambda name: Audience(source, name))
        yield Chosen(None, What.NAME, names, now, put)


def _parts_members(attribute: Attribute) -> bool:
    """Whether a list for each of its values makes sense: they are few, and nobody's own."""
    return attribute.type is Type.TEXT and not attribute.open and not attribute.sensitive


def _comparison(leaf: Comparison | Norm, catalogue: Catalogue) -> Iterator[Handle]:
    roles: tuple[Role, ...] = (Role.LEFT, Role.RIGHT)
    if isinstance(leaf, Norm):
        roles = (Role.ONLY,)
        yield Chosen(None, What.MIDDLE, tuple(Middle), leaf.middle, own("middle", Middle))
    yield Chosen(None, What.OPERATOR, COMPARED, leaf.operator, own("operator", Operator))
    yield Numbered(None, What.TIMES, leaf.times, MOST_TIMES, whole=False, put=own("times"))
    yield from _several(leaf, roles, catalogue)


def _sequence(leaf: Sequence, catalogue: Catalogue) -> Iterator[Handle]:
    which = own("which", lambda value: Which(value) if value else None)
    yield Chosen(None, What.WHICH, ("", *Which), leaf.which or "", which)
    yield from _of_records(leaf, 0, Role.STEP, catalogue)
    for place, step in enumerate(leaf.steps):
        scope = Scope(Role.STEP, step.records.event, place + 1)
        order = at("steps", place, inside("before", lambda value: value == "before"))
        yield _order(scope, step, order)
        if place + 1 == len(leaf.steps):
            absent = at("steps", place, inside("absent", lambda value: value == "absent"))
            now = "absent" if step.absent else "there"
            yield Chosen(scope, What.ABSENT, ("there", "absent"), now, absent)
        yield Spaced(scope, step.within, at("steps", place, inside("within")))
        yield from _of_records(leaf, place + 1, Role.STEP, catalogue)


def _in_order(leaf: Sequence | Followed, catalogue: Catalogue) -> Iterator[Handle]:
    if isinstance(leaf, Followed):
        yield from _followed(leaf, catalogue)
    else:
        yield from _sequence(leaf, catalogue)


def _followed(leaf: Followed, catalogue: Catalogue) -> Iterator[Handle]:
    step = leaf.step
    yield _plain(What.NUMBER, leaf.test, whole=True)
    yield Chosen(None, What.WHICH, tuple(Which), leaf.which, own("which", Which))
    yield Numbered(None, What.NTH, leaf.number, MOST_TIMES, whole=True, put=own("number"))
    yield from _of_records(leaf, 0, Role.STEP, catalogue)
    scope = Scope(Role.STEP, step.records.event, 1)
    yield _order(scope, step, within("step", inside("before", lambda value: value == "before")))
    yield Spaced(scope, step.within, within("step", inside("within")))
    yield from _of_records(leaf, 1, Role.STEP, catalogue)


def _order(scope: Scope, step: Step, put: Put) -> Chosen:
    return Chosen(scope, What.ORDER, ("after", "before"), "before" if step.before else "after", put)


def _grouped(leaf: Grouped, catalogue: Catalogue) -> Iterator[Handle]:
    yield _plain(What.NUMBER, leaf.test, whole=True)
    events = [catalogue.events.get(each.event) for each in records_of(leaf)]
    if leaf.by in UNITS and not any(event and leaf.by in event.attributes for event in events):
        options = tuple(dict.fromkeys((leaf.by, *CALENDAR)))
        yield Chosen(None, What.BY, options, leaf.by, own("by"))
    together = _one_window(leaf)
    for place, measure in enumerate(leaf.having):
        scope = Scope(Role.HELD, measure.aggregate.records.event, place)
        yield from _filters(leaf, place, scope, catalogue)
        put = at("having", place, inside("test"))
        yield replace(_counted(measure.aggregate, measure.test, catalogue, put), scope=scope)
        if not together:
            yield from _when(leaf, place, scope, catalogue)
    if together:
        yield from _whens(leaf, catalogue)


def _favourite(leaf: Favourite, catalogue: Catalogue) -> Iterator[Handle]:
    event = catalogue.events.get(leaf.records.event)
    attributes = event.attributes if event else {}
    owner = f"{leaf.records.event}.{leaf.of}"
    found = attributes.get(leaf.of) or Attribute(leaf.of, Type.TEXT)
    yield Tested(None, What.NUMBER, owner, found, leaf.test, own("test"))
    weights = [name for name, each in attributes.items() if each.type in ADDABLE]
    chosen = leaf.by or ""
    options = tuple(dict.fromkeys(("", *((chosen,) if chosen else ()), *weights)))
    put = own("by", lambda name: name or None)
    yield Chosen(None, What.WEIGHT, options, chosen, put, leaf.records.event)
    yield from _several(leaf, (Role.ONLY,), catalogue)


def _of_members(
    leaf: Audience | People | Distance | Similar, catalogue: Catalogue
) -> Iterator[Handle]:
    """Of how many people, how far away, how many are most like others, or which segment or list."""
    match leaf:
        case People(test=test):
            yield _plain(What.NUMBER, test, whole=True)
        case Distance(test=test):
            yield replace(_plain(What.KILOMETRES, test, whole=False), exact=False)
        case Similar():
            yield from _similar(leaf, catalogue)
        case Audience():
            _, names, now = _names(leaf, catalogue)
            yield Chosen(None, What.NAME, names, now, own("name"))


def _names(leaf: Audience, catalogue: Catalogue) -> tuple[Source, tuple[str, ...], str]:
    """What can be named in the place of a segment or list, and what is."""
    kept = catalogue.audiences
    every = kept.segments if leaf.source is Source.SEGMENT else kept.lists
    known = kept.get(leaf)
    now = known.name if known else leaf.name
    return leaf.source, tuple(dict.fromkeys((now, *(each.name for each in every.values())))), now


# --- what they share ------------------------------------------------------------------------


def _several(leaf: Condition, roles: tuple[Role, ...], catalogue: Catalogue) -> Iterator[Handle]:
    """All records of a leaf; a window that all of them have is one handle, and changes for all."""
    together = _one_window(leaf)
    for place, role in enumerate(roles):
        scope = _scope(leaf, place, role)
        yield from _filters(leaf, place, scope, catalogue)
        if not together:
            yield from _when(leaf, place, scope, catalogue)
    if together:
        yield from _whens(leaf, catalogue)


def _of_records(leaf: Condition, place: int, role: Role, catalogue: Catalogue) -> Iterator[Handle]:
    scope = _scope(leaf, place, role)
    yield from _filters(leaf, place, scope, catalogue)
    yield from _when(leaf, place, scope, catalogue)


def _scope(leaf: Condition, place: int, role: Role) -> Scope | None:
    return None if role is Role.ONLY else Scope(role, records_of(leaf)[place].event, place)


def _filters(
    leaf: Condition, place: int, scope: Scope | None, catalogue: Catalogue
) -> Iterator[Handle]:
    records = records_of(leaf)[place]
    for index, each in enumerate(records.filters):
        put = in_filter(place, index)
        yield _filter(each, records.event, scope, catalogue, put)


def _filter(one: Filter, event: str, scope: Scope | None, catalogue: Catalogue, put: Put) -> Handle:
    known = catalogue.events.get(event)
    attributes = known.attributes if known else {}
    found = attributes.get(one.attribute) or Attribute(one.attribute, Type.TEXT)
    owner = f"{event}.{one.attribute}"
    return Tested(scope, What.NUMBER, owner, found, one.test, put, negated=one.negated)


def _when(
    leaf: Condition, place: int, scope: Scope | None, catalogue: Catalogue
) -> Iterator[Handle]:
    records = records_of(leaf)[place]
    event = catalogue.events.get(records.event)
    if event is None or event.time is not None:
        put = window_of(place)
        yield Timed(scope, records.window, optional=True, put=put)


def _whens(leaf: Condition, catalogue: Catalogue) -> Iterator[Handle]:
    """The window that all records of a leaf have."""
    found = records_of(leaf)
    events = [catalogue.events.get(records.event) for records in found]
    if all(event is None or event.time is not None for event in events):
        put = window_of(None)
        yield Timed(None, found[0].window, optional=True, put=put)


def _one_window(leaf: Condition) -> bool:
    return len({records.window for records in records_of(leaf)}) == 1


def _counted(aggregate: Aggregate, test: Test, catalogue: Catalogue, put: Put) -> Tested:
    """The test of an aggregate: an amount of money, or a number."""
    event = catalogue.events.get(aggregate.records.event)
    found = event.attributes.get(aggregate.of or "") if event else None
    adds_up = aggregate.kind not in {Kind.COUNT, Kind.DISTINCT, *SCORES}
    money = found is not None and found.type is Type.MONEY and adds_up
    what, of = (What.MONEY, Type.MONEY) if money else (What.NUMBER, Type.NUMBER)
    most = BEST_SCORE if aggregate.kind in SCORES else None
    return Tested(None, what, "", Attribute(what, of), test, put, whole=not adds_up, most=most)


def _plain(what: What, test: Test, *, whole: bool) -> Tested:
    return Tested(None, what, "", Attribute(what, Type.NUMBER), test, own("test"), whole=whole)
