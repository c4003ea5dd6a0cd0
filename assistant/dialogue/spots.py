"""Where in a definition a follow-up may take hold, and what becomes of the whole there.

In: a definition. Out: spots (leaves with their paths), and outcomes: the definition after a change,
with what changed. Pure. Start at `spots`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.dialogue.tree import Path, added, at, removed, replaced
from assistant.grammar.reading import Note
from segments.definition import (
    All,
    Any,
    Condition,
    DateField,
    Edge,
    Field,
    Filter,
    Measure,
    Not,
    Rank,
    Records,
    Window,
)
from segments.rewrites import simplify

Filters = tuple[Filter, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A leaf; `path` leads to it, or to the `Not` right around it."""

    path: Path
    leaf: Condition
    negated: bool

    @property
    def signed(self) -> Condition:
        """The leaf as it stands in the tree."""
        return Not(self.leaf) if self.negated else self.leaf

    def as_signed(self, leaf: Condition) -> Condition:
        """Another leaf with the same sign."""
        return Not(leaf) if self.negated else leaf


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing that changed: what stood there and what stands there now; None is nothing."""

    before: Condition | None
    after: Condition | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A definition after a follow-up. No definition: nothing is left of it."""

    definition: Condition | None
    edits: tuple[Edit, ...]
    notes: tuple[Note, ...] = ()


class Misfit(Exception):
    """The follow-up fits nowhere; the segment stays as it was. `note` says why."""

    def __init__(self, code: str, words: str = "") -> None:
        super().__init__(code)
        self.note = Note(code, {"words": words})


def spots(whole: Condition) -> tuple[Spot, ...]:
    """Every leaf, left to right; after a ranking those of whom it is made among."""
    return tuple(_spots(whole, ()))


def _spots(condition: Condition, path: Path) -> Iterable[Spot]:
    match condition:
        case All(parts) | Any(parts):
            for place, part in enumerate(parts):
                yield from _spots(part, (*path, place))
        case Not(All() | Any() | Not() as part):
            yield from _spots(part, (*path, 0))
        case Not(part):
            yield Spot(path, part, negated=True)
        case Rank(among=part) if part is not None:
            yield Spot(path, condition, negated=False)
            yield from _spots(part, (*path, 0))
        case _:
            yield Spot(path, condition, negated=False)


def put(whole: Condition, spot: Spot, new: Condition, *notes: Note) -> Outcome:
    """Another condition, its `Not` included, in place of the one at the spot."""
    definition = simplify(replaced(whole, spot.path, new))
    return Outcome(definition, (Edit(spot.signed, simplify(new)),), notes)


def take_away(whole: Condition, spot: Spot) -> Outcome:
    """The whole without the condition at the spot."""
    left = removed(whole, spot.path)
    return Outcome(None if left is None else simplify(left), (Edit(spot.signed, None),))


def take_all(whole: Condition, found: Sequence[Spot]) -> Iterator[Outcome]:
    """The whole without any of the conditions at the spots, as one outcome; none without spots."""
    left: Condition | None = whole
    for spot in reversed(found):  # from the right, so that the paths before it still hold
        left = removed(left, spot.path) if left is not None else None
    if found:
        edits = tuple(Edit(spot.signed, None) for spot in found)
        yield Outcome(None if left is None else simplify(left), edits)


def add(whole: Condition, new: Condition, *notes: Note) -> Outcome:
    """One more condition that must hold."""
    return Outcome(simplify(added(whole, new)), (Edit(None, simplify(new)),), notes)


def ranked(whole: Condition, new: Condition) -> Iterator[Outcome]:
    """What is added beside a ranking may say whom it is made among, and a ranking that is added may
    be made among those in hand."""
    if isinstance(new, Rank) and new.among is None and not isinstance(whole, Rank):
        among = replace(new, among=whole)
        yield Outcome(among, (Edit(whole, among),))
        return
    for place, part in enumerate(whole.parts if isinstance(whole, All) else (whole,)):
        if isinstance(part, Rank) and not isinstance(new, Rank):
            members = new if part.among is None else simplify(added(part.among, new))
            spot = Spot((place,) if isinstance(whole, All) else (), part, negated=False)
            yield put(whole, spot, replace(part, among=members))


def widen(whole: Condition, new: Condition) -> Outcome:
    """The whole, or the new condition."""
    both = simplify(Any((whole, new)))
    return Outcome(both, (Edit(whole, both),))


def alternative(whole: Condition, spot: Spot) -> bool:
    """Whether the spot lies under an "or": what is said there is not said of all members."""
    ends = range(len(spot.path))
    return any(isinstance(at(whole, spot.path[:end]), Any) for end in ends)


def records_of(leaf: Condition) -> Records | None:
    """The records a leaf speaks of; None when it speaks of none."""
    match leaf:
        case Measure(aggregate) | Rank(aggregate=aggregate):
            return aggregate.records
        case Edge(records=records):
            return records
        case _:
            return None


def filters_of(leaf: Condition) -> tuple[Filter, ...]:
    """The filters on the records of a leaf; of an edge first those that it is chosen by."""
    records = records_of(leaf)
    having = leaf.having if isinstance(leaf, Edge) else ()
    return (*records.filters, *having) if records else ()


def with_records(leaf: Condition, change: Callable[[Records], Records]) -> Condition:
    """The leaf about other records."""
    match leaf:
        case Measure(aggregate) | Rank(aggregate=aggregate):
            changed = replace(aggregate, records=change(aggregate.records))
            return replace(leaf, aggregate=changed)
        case Edge(records=records):
            return replace(leaf, records=change(records))
        case _:
            return leaf


def with_filter(leaf: Condition, place: int | None, new: Filter | None) -> Condition:
    """The leaf with a filter at a place changed, or left out, or with one more at the end."""
    chosen = len(leaf.records.filters) if isinstance(leaf, Edge) else 0
    if isinstance(leaf, Edge) and leaf.having and (place is None or place >= chosen):
        having = _changed(leaf.having, None if place is None else place - chosen, new)
        return replace(leaf, having=having)

    def change(records: Records) -> Records:
        return replace(records, filters=_changed(records.filters, place, new))

    return with_records(leaf, change)


def _changed(filters: tuple[Filter, ...], place: int | None, new: Filter | None) -> Filters:
    said = () if new is None else (new,)
    if place is None:
        return (*filters, *said)
    return (*filters[:place], *said, *filters[place + 1 :])


def window_of(leaf: Condition) -> Window | None:
    """The time a leaf is limited to."""
    match leaf:
        case DateField(window=window) | Edge(when=window):
            return window
        case _:
            records = records_of(leaf)
            return records.window if records else None


def field_of(leaf: Condition) -> str | None:
    """The member field a leaf tests."""
    return leaf.field if isinstance(leaf, Field | DateField) else None


def about(condition: Condition) -> str:
    """What the first leaf of a condition speaks of: a field, or something done."""
    leaf = spots(condition)[0].leaf
    records = records_of(leaf)
    return f"done {records.event}" if records else str(field_of(leaf))
