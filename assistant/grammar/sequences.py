"""What a row of frames in order says: one `Sequence` of their records, in every reading.

In: the frame it begins with and those that follow it or come before it, each with its link. Start
at `sequence`. Raises `Unclear` for what a sequence cannot say.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.grammar.frames import Frame, FrameKind, Restriction
from assistant.grammar.meaning import Unclear, ask_at, meaning
from assistant.grammar.moves.context import Context
from assistant.grammar.pieces import EdgeWord, Link, Linking, Spacing, When
from assistant.grammar.reading import Note
from assistant.grammar.spreading import OBJECTS
from assistant.grammar.variants import Variant, Variants, noted, picked
from segments.catalogue import Type
from segments.definition import (
    EXISTS,
    All,
    Condition,
    Kind,
    Measure,
    Not,
    Reach,
    Records,
    Rolling,
    Step,
    Which,
    Within,
    exists,
)
from segments.definition import Sequence as InOrder

OF_EACH = Note("last_of_each")
UNSAID = Link(Linking.THEN)
TURNED = frozenset({Linking.AFTER, Linking.SINCE, Linking.BEFORE})  # what was said last begins it
_MESSAGE = frozenset({"campaign_kind", "channel"})
_EARLIER = frozenset({Linking.EARLIER, Linking.BEFORE, Linking.PRIOR})


def within_of(frame: Frame) -> Within | None:
    """The distance that was said as "within 3 days"."""
    when = frame.window
    if not isinstance(when, When) or not when.within or not isinstance(when.window, Rolling):
        return None
    return Within(when.window.count, when.window.unit)


def distance(frame: Frame) -> Within | None:
    """How far off it may be from what it hangs on. Raises Unclear where that was said twice."""
    link, window = frame.link, within_of(frame)
    if link is not None and link.within is not None and window is not None:
        raise Unclear("scope")
    return link.within if link is not None and link.within is not None else window


def sequence(context: Context, frames: Sequence[Frame]) -> Variants:
    """The start and its steps, in time order or against it. Raises Unclear."""
    start, targets = frames[0], frames[1:]
    which = _which(context, start, targets)
    if start.negated or start.again or start.later_day or within_of(start) is not None:
        raise Unclear("scope")
    if any(frame.negated for frame in targets[:-1]) or any(f.again for f in targets[:-1]):
        raise Unclear("scope")
    anything = start.anything or start.which is not None  # "first received" needs no object
    begun = records_in(context, start._replace(which=None, anything=anything))
    rows: list[tuple[InOrder, Variant]] = [
        (InOrder(records, (), which), variant) for records, variant in begun
    ]
    before = start
    for target in targets:
        _check_again(before, target)
        plain = target._replace(which=None, again=False)
        rows = [
            (
                replace(done, steps=(*done.steps, step_of(context, before, target, records))),
                _joined(said, variant),
            )
            for records, variant in records_in(context, plain)
            for done, said in rows
        ]
        before = target
    made = tuple(Variant(done, said.picks, said.notes) for done, said in rows)
    last = targets[-1]
    if last.negated and not _clear(last, which):
        ask = ask_at(last, "not_after")
        none = tuple(Variant(_never(v.condition), v.picks, v.notes) for v in made)
        made = (*picked(made, ask, 0), *picked(none, ask, 1))
    timed = any(frame.window is not None and within_of(frame) is None for frame in frames)
    if last.link is not None and last.link.sent:
        return noted(made, OF_EACH)
    if any(frame.later_day for frame in targets):
        made = noted(made, Note("later_day"))
    return made if timed else noted(made, Note("no_window"))


def _clear(last: Frame, which: Which | None) -> bool:
    """Whether "not" says that some one was followed by none: of the last one, without an end to the
    time, or where it was said first what was done; "not bought within 3 days after adding to
    cart" may say that it was never done so."""
    return which is not None or last.link is None or last.link.kind not in TURNED


def _never(condition: Condition) -> Condition:
    """It was started, and what follows was never done so."""
    assert isinstance(condition, InOrder)
    followed = (*condition.steps[:-1], replace(condition.steps[-1], absent=False))
    return All((exists(condition.start), Not(replace(condition, steps=followed))))


def _which(context: Context, start: Frame, targets: Sequence[Frame]) -> Which | None:
    """The first or last of what it begins with. Raises Unclear for any other."""
    said = start.which
    if said is not None and (start.number_filter or not only_things(context, start)):
        raise Unclear("scope")  # "their first order in store": the first of all, or of those?
    if said is not None and (said.number != 1 or said.reach is not Reach.NTH or start.chosen):
        raise Unclear("not_yet", what="sequence")
    for target in targets:
        if target.which is None:
            continue
        second = said is not None and said.which is Which.FIRST and len(targets) == 1
        alike = target.event == start.event and target.restrictions == start.restrictions
        if not second or not is_second(target.which) or target.chosen or not alike:
            raise Unclear("not_yet", what="sequence")
    return said.which if said is not None else None


def is_second(said: EdgeWord | None) -> bool:
    """Whether it is the second of all: "their second order"."""
    return said is not None and replace(said, bare=False) == EdgeWord(Which.FIRST, 2)


def _check_again(before: Frame, frame: Frame) -> None:
    """Raises Unclear where "again" does not say what was done before it too."""
    alike = before.event == frame.event and before.restrictions == frame.restrictions
    if frame.again and not alike:
        raise Unclear("scope")


def step_of(context: Context, before: Frame, frame: Frame, records: Records) -> Step:
    """What follows, with all that was said of how. Raises Unclear."""
    link = frame.link or UNSAID
    return Step(
        records,
        distance(frame),
        before=link.kind in _EARLIER,
        same=_same(context, before, frame),
        absent=frame.negated,
    )


def _same(context: Context, before: Frame, frame: Frame) -> tuple[str, ...]:
    """The attributes that both have alike. Raises Unclear where one event lacks them."""
    names = dict.fromkeys(name for _, name in (*before.same, *frame.same))
    for name in names:
        events = [context.catalogue.events[each.event or ""] for each in (before, frame)]
        held = [event.attributes.get(name) for event in events]
        types = {attribute.type for attribute in held if attribute is not None}
        if None in held or len(types) > 1 or Type.LIST in types:
            raise Unclear("scope")
    return tuple(names)


def records_in(context: Context, frame: Frame) -> list[tuple[Records, Variant]]:
    """What was done, as records, in every reading. Raises Unclear where it is counted or more."""
    window = None if within_of(frame) is not None else frame.window
    plain = frame._replace(window=window, negated=False, same=(), again=False, link=None)
    plain = plain._replace(later_day=False)
    if plain.kind is not FrameKind.EVENT or _registered(context, plain):
        raise Unclear("scope")
    found = []
    for variant in windowless(meaning(context, plain._replace(pronoun=False))):
        condition = variant.condition
        counted = isinstance(condition, Measure) and condition.aggregate.kind is Kind.COUNT
        if not (isinstance(condition, Measure) and counted and condition.test == EXISTS):
            raise Unclear("not_yet", what="sequence")
        found.append((condition.aggregate.records, variant))
    return found


def things(context: Context, frame: Frame) -> tuple[Restriction, ...]:
    """What was named of the things it was done to, apart from how and where."""
    found = []
    for said in frame.restrictions:
        name = next(o.name for each in said.options for o in each if o.event == frame.event)
        if context.attribute(frame.event or "", name).role in OBJECTS:
            found.append(said)
    return tuple(found)


def only_things(context: Context, frame: Frame) -> bool:
    """Whether all that was named is the thing itself that it was done to, or the kind of message:
    what more is said of a first or last is said of the first of all, or of those."""
    if context.catalogue.events[frame.event or ""].role != "receive":
        return len(things(context, frame)) == len(frame.restrictions)
    owned = (o for said in frame.restrictions for each in said.options for o in each)
    names = {o.name for o in owned if o.event == frame.event}
    return all(context.attribute(frame.event or "", name).role in _MESSAGE for name in names)


def _registered(context: Context, frame: Frame) -> bool:
    """Whether they may have registered as customers, which is a date of their own."""
    event = context.catalogue.events[frame.event or ""]
    named = frame.restrictions or frame.details or frame.texts
    own = context.catalogue.field_by_role("registered") is not None
    return event.role == "registration" and own and not named


def between(before: Frame, frame: Frame) -> bool:
    """Whether the days may be those between two things: "30 days between visit and purchase"."""
    named = before.spaced is not None and before.spaced.kind is not Spacing.OFTEN
    more = frame.connector == "and" and not frame.relative
    return named and more and frame.kind in (FrameKind.EVENT, FrameKind.HEADLESS)


def windowless(variants: Variants) -> Variants:
    """Without the note that all time is taken, which is said of the whole."""
    return tuple(
        Variant(v.condition, v.picks, tuple(n for n in v.notes if n.code != "no_window"))
        for v in variants
    )


def _joined(one: Variant, other: Variant) -> Variant:
    return Variant(one.condition, {**one.picks, **other.picks}, (*one.notes, *other.notes))
