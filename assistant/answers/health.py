"""Whether a saved segment is worth keeping as it is: what is found, in words, with its numbers.

In: a shop, a store, an instant. Out: `Finding`s of each segment, the gravest first. What is counted
is exact; the limits are below, and every finding says its own. Start at `Health.of`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import IntEnum

from assistant.answers.shop import Shop
from assistant.answers.table import Telling, rounded
from segments.audiences import everything, folded, used
from segments.catalogue import Attribute, Type
from segments.check import check
from segments.compile import compile_members
from segments.compile.coverage import days_of, table_of, unknown_of
from segments.compile.inquiries import members_by
from segments.definition import (
    All,
    Anniversary,
    Any,
    Condition,
    DateField,
    Field,
    Source,
    leaves,
    records_of,
)
from segments.errors import Shown
from segments.problems import Problem
from segments.results import stability
from segments.rewrites import simplify
from segments.store import Saved, Size, Store
from segments.windows import as_of_day

BROAD = 0.9  # of all members
ANONYMOUS = 10  # fewer could be told who they are
MATTERS = 50  # fewer are hardly worth a campaign
OVERLAP = 0.9  # of those in one of two segments
IDLE = timedelta(days=60)
STALE = timedelta(days=14)  # without a record, and
PACE = 5  # so many times the event's usual time between two days with records
MISSING = 0.5
MOVED = 0.3  # of the size it was saved with
SHIFT = 0.25  # of the population stability index: Siddiqi, Credit Risk Scorecards (2006)
LEAST_PROFILE = 100  # members on both sides
_PROFILE = ("country", "gender", "language", "tier", "age", "household")
_DECADE = 10
_NOT_ALL = Decimal(99)  # per cent that is said of what is all but all


class Grave(IntEnum):
    """How much it matters."""

    BROKEN = 0
    WARNING = 1
    HINT = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found; `code` names it, `said` says it."""

    code: str
    grave: Grave
    said: str


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was found of one segment; no count when it cannot be counted."""

    segment: Saved
    members: int | None
    findings: tuple[Finding, ...]


class Health:
    """Looks at the segments of one store in one shop, in one language."""

    def __init__(self, shop: Shop, store: Store, language: str, now: datetime) -> None:
        self._shop, self._store, self._now = shop, store, now
        self._instant, self._ceiling = shop.engine.as_of()
        self.today = as_of_day(self._instant)
        self._speaker = shop.speaker(language, self.today)
        self._telling = Telling(self._speaker, language)
        self._kept = tuple(each for each in store.list() if each.archived_at is None)
        self._sizes = store.all_sizes()
        self._counts: dict[Condition, int] = {}
        self._stopped: dict[str, date | None] = {}
        self._unknown: dict[tuple[str, str], float] = {}

    def of(self, segment: Saved) -> Checkup:
        """Look at one segment."""
        definition = segment.definition
        if definition is None:
            return self._broken(segment, segment.problem)
        if problems := check(definition, self._shop.catalogue):
            return self._broken(segment, problems[0])
        plain = simplify(definition)
        try:
            members = self._count(plain)
            findings = [
                *self._size(members),
                *self._due(segment),
                *self._data(plain),
                *self._drifted(segment, plain, members),
                *(self._simpler(plain, members) if members else ()),
                *(self._overlaps(segment, plain, members) if members else ()),
                *self._unused(segment),
            ]
        except Shown as wrong:
            return self._broken(segment, wrong.problems[0])
        return Checkup(segment, members, tuple(sorted(findings, key=lambda each: each.grave)))

    def _broken(self, segment: Saved, problem: Problem | None) -> Checkup:
        texts = self._telling.texts
        said = texts.problem(problem) if problem else texts.table("health_broken")
        return Checkup(segment, None, (Finding("broken", Grave.BROKEN, said),))

    def all(self) -> Iterator[Checkup]:
        """Look at every segment that is not archived, by name."""
        for segment in self._kept:
            yield self.of(segment)

    def of_size(self, members: int) -> tuple[Finding, ...]:
        """What a size alone tells, for a segment that is not saved yet."""
        return tuple(self._size(members))

    # --- what is looked at

    def _size(self, members: int) -> Iterator[Finding]:
        total = self._shop.engine.total
        if not members:
            yield self._found("empty", Grave.WARNING)
        elif members < ANONYMOUS:
            yield self._found("not_anonymous", Grave.WARNING, n=members, least=ANONYMOUS)
        elif members < MATTERS:
            yield self._found("too_small", Grave.WARNING, n=members, least=MATTERS)
        elif members >= BROAD * total:
            share = self._percent(members / total)
            yield self._found("too_broad", Grave.WARNING, share=share)

    def _due(self, segment: Saved) -> Iterator[Finding]:
        if segment.due(self._now) and segment.review_at is not None:
            yield self._found("due", Grave.WARNING, day=self._telling.day(segment.review_at.date()))

    def _data(self, definition: Condition) -> Iterator[Finding]:
        """Events that have stopped arriving, fields and attributes that are mostly unknown."""
        catalogue, words = self._shop.catalogue, self._speaker
        conditions = everything(definition, catalogue.audiences)
        asked = [records for leaf in conditions for records in records_of(leaf)]
        for event in dict.fromkeys(records.event for records in asked):
            if newest := self._stopped_on(event):
                noun = words.events.noun(catalogue.events[event])
                yield self._found(
                    "stopped", Grave.WARNING, what=noun, day=self._telling.day(newest)
                )
        for (owner, name), attribute in dict(self._named(conditions)).items():
            share = self._unknown_share(owner, name)
            if share >= MISSING:
                label = self._telling.label(
                    attribute, "fields" if owner == "members" else "attributes"
                )
                said = self._percent(share)
                yield self._found("missing", Grave.WARNING, what=label, share=said)

    def _named(
        self, conditions: Sequence[Condition]
    ) -> Iterator[tuple[tuple[str, str], Attribute]]:
        catalogue = self._shop.catalogue
        for leaf in conditions:
            if isinstance(leaf, Field | DateField | Anniversary):
                name = leaf.field
                yield ("members", name), catalogue.fields[name]
            for records in records_of(leaf):
                event = catalogue.events[records.event]
                asked = {each.attribute for each in records.filters}
                for name in asked & event.attributes.keys():
                    attribute = event.attributes[name]
                    yield (table_of(event, attribute), name), attribute

    def _drifted(self, segment: Saved, definition: Condition, members: int) -> Iterator[Finding]:
        """Its size and its people now beside those of the day its newest version was saved."""
        then = self._saved_size(segment)
        if then is None or then.as_of >= self.today:
            return
        moved = members - then.members
        if abs(moved) >= max(ANONYMOUS, MOVED * then.members):
            code = "grown" if moved > 0 else "shrunk"
            numbers = {"before": self._number(then.members), "after": self._number(members)}
            yield self._found(code, Grave.HINT, day=self._telling.day(then.as_of), **numbers)
        if min(members, then.members) < LEAST_PROFILE:
            return
        mine = {leaf.field for leaf in leaves(definition) if isinstance(leaf, Field)}
        for role in _PROFILE:
            field = self._shop.catalogue.field_by_role(role)
            if field is None or field.name in mine:
                continue
            before = self._profile(definition, field, then.as_of)
            after = self._profile(definition, field, None)
            if stability(before, after) > SHIFT:
                label = self._telling.label(field, "fields")
                yield self._found(
                    "shifted", Grave.HINT, what=label, day=self._telling.day(then.as_of)
                )

    def _simpler(self, definition: Condition, members: int) -> Iterator[Finding]:
        """A condition without which the same members are left: what stands beside it says more, or
        less, so that an equal number means the same people."""
        for part, without in _each_left_out(definition):
            if self._count(without) == members:
                yield self._found("needless", Grave.HINT, what=self._speaker.say(part).rstrip("."))

    def _overlaps(self, segment: Saved, definition: Condition, members: int) -> Iterator[Finding]:
        for other in self._kept:
            theirs = other.definition
            if other.id == segment.id or theirs is None or check(theirs, self._shop.catalogue):
                continue
            count = self._count(simplify(theirs))
            if not count or min(count, members) < OVERLAP * max(count, members):
                continue
            both = self._count(simplify(All((definition, simplify(theirs)))))
            share = both / (count + members - both)
            if share >= OVERLAP:
                said = self._percent(share)
                yield self._found("overlap", Grave.HINT, name=other.name, share=said)

    def _unused(self, segment: Saved) -> Iterator[Finding]:
        """Never downloaded nor named by another segment, though it has been there a while."""
        if self._now - segment.created_at < IDLE or self._store.downloads(segment.id):
            return
        mine = folded(segment.name)
        for other in self._kept:
            named = used(other.definition) if other.definition is not None else ()
            if any(each.source is Source.SEGMENT and folded(each.name) == mine for each in named):
                return
        yield self._found("unused", Grave.HINT, day=self._telling.day(segment.created_at.date()))

    # --- what the data says

    def _count(self, definition: Condition) -> int:
        if definition not in self._counts:
            select = compile_members(definition, self._shop.catalogue, self._instant, self._ceiling)
            self._counts[definition] = self._shop.engine.count(select)
        return self._counts[definition]

    def _stopped_on(self, event: str) -> date | None:
        """The day of the newest record, when there should have been others since."""
        if event not in self._stopped:
            self._stopped[event] = None
            until, _ = self._shop.engine.as_of()
            if self._shop.catalogue.events[event].time:
                ((newest, first, days),) = self._shop.engine.rows(days_of(event))
                if newest is not None:
                    usual = (newest - first) / max(days - 1, 1)
                    if until - newest > max(STALE, PACE * usual):
                        self._stopped[event] = newest.date()
        return self._stopped[event]

    def _unknown_share(self, owner: str, name: str) -> float:
        if (owner, name) not in self._unknown:
            ((rows, unknown),) = self._shop.engine.rows(unknown_of(owner, name))
            self._unknown[owner, name] = unknown / rows if rows else 0.0
        return self._unknown[owner, name]

    def _saved_size(self, segment: Saved) -> Size | None:
        """The first size that was taken down of the newest version."""
        sizes = self._sizes.get(segment.id, ())
        return next((each for each in sizes if each.version == segment.newest.id), None)

    def _profile(self, definition: Condition, field: Attribute, day: date | None) -> dict[str, int]:
        instants = self._shop.engine.as_of(day) if day else (self._instant, self._ceiling)
        select = compile_members(definition, self._shop.catalogue, *instants)
        found: dict[str, int] = {}
        for value, members in self._shop.engine.rows(members_by(select, field.name)):
            said = str(value.year // _DECADE) if field.type is Type.AGE and value else str(value)
            found[said] = found.get(said, 0) + int(members)
        return found

    # --- how it is said

    def _found(self, code: str, grave: Grave, **values: object) -> Finding:
        said = {
            name: self._number(value) if isinstance(value, int) else str(value)
            for name, value in values.items()
        }
        return Finding(code, grave, self._telling.say(f"health_{code}", **said))

    def _number(self, value: int) -> str:
        return self._telling.count(value)

    def _percent(self, share: float) -> str:
        said = rounded(Decimal(repr(100 * share)), "1")
        return self._telling.values.percent(said if share >= 1 else min(said, _NOT_ALL))


def _each_left_out(definition: Condition) -> Iterator[tuple[Condition, Condition]]:
    """Each condition of a group, however deep, and the definition without it. What is denied as a
    whole is one condition: left out of it, a condition would change the members the other way."""
    if not isinstance(definition, All | Any):
        return
    for place, part in enumerate(definition.parts):
        before, after = definition.parts[:place], definition.parts[place + 1 :]
        rest = (*before, *after)
        yield part, rest[0] if len(rest) == 1 else type(definition)(rest)
        for inner, without in _each_left_out(part):
            yield inner, type(definition)((*before, without, *after))
