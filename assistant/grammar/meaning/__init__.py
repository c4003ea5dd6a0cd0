"""One frame -> the condition it says, in every reading it can have. Start at `meaning`.

Raises `Unclear` with a note when the frame says nothing that can be defined; the parse is then no
reading at all.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from assistant.grammar import returning, vague
from assistant.grammar.frames import Frame, FrameKind
from assistant.grammar.hours import spans
from assistant.grammar.meaning.changing import changing
from assistant.grammar.meaning.comparing import compared
from assistant.grammar.meaning.events import event_condition, headless_condition
from assistant.grammar.meaning.fields import field_condition
from assistant.grammar.meaning.lapses import lapsed
from assistant.grammar.meaning.ranks import rank_condition
from assistant.grammar.meaning.records import filters
from assistant.grammar.meaning.shares import shared
from assistant.grammar.meaning.unclear import Unclear, ask_at
from assistant.grammar.moves.context import LAPSED, Context
from assistant.grammar.pieces import VagueWord, Weekdays
from assistant.grammar.reading import Note
from assistant.grammar.rules import usable
from assistant.grammar.shopbook import RULE
from assistant.grammar.variants import Variants, asked, mapped, noted, settled
from segments.definition import Aggregate, All, Condition, Measure, Not
from segments.traits import trait

__all__ = ["Unclear", "ask_at", "meaning", "usable"]


def meaning(context: Context, frame: Frame) -> Variants:
    """Every reading of a frame, negated where it was negated. Raises Unclear, naming its words."""
    try:
        variants = _positive(context, frame)
    except Unclear as unclear:
        values = {"words": _words(context, frame), **unclear.note.values}
        raise Unclear(unclear.note.code, **values) from None
    if frame.weekdays is not None and frame.weekdays.hours:
        variants = noted(variants, *_by_the_clock(context, frame))
    return mapped(variants, Not) if frame.negated else variants


def _by_the_clock(context: Context, frame: Frame) -> Iterator[Note]:
    """Whose clock is meant, and which hours a part of the day was taken to have."""
    yield Note("shop_clock", {"zone": context.catalogue.time_zone})
    said = [piece for piece in frame.pieces if isinstance(piece.payload, Weekdays)]
    for piece in said:
        if isinstance(piece.payload, Weekdays) and piece.payload.vague:
            start, end = spans(piece.payload.hours)[-1]
            words = context.span(piece.start, piece.end)
            yield Note("hours_taken", {"words": words, "start": str(start), "end": str(end)})


def _words(context: Context, frame: Frame) -> str:
    first, last = min(p.start for p in frame.pieces), max(p.end for p in frame.pieces)
    return context.span(first, last)


def _positive(context: Context, frame: Frame) -> Variants:
    match frame.kind:
        case FrameKind.FIELD:
            return field_condition(context, frame)
        case FrameKind.EVENT if frame.window == LAPSED:
            return lapsed(context, frame)
        case FrameKind.EVENT:
            return event_condition(context, frame)
        case FrameKind.HEADLESS:
            return headless_condition(context, frame)
        case FrameKind.RANK:
            return rank_condition(context, frame)
        case FrameKind.GROUP | FrameKind.CHAIN:
            return frame.inside
        case FrameKind.SIDES:
            divided = frame.inner[0].share is not None
            return shared(context, frame) if divided else compared(context, frame)
        case FrameKind.VAGUE if frame.restrictions:
            return mapped(_vague(context, frame), lambda one: _left_in_cart(context, frame, one))
        case FrameKind.VAGUE:
            return _vague(context, frame)
        case _:
            assert_never(frame.kind)


def _vague(context: Context, frame: Frame) -> Variants:
    """A rule of the shop by its words or by the concept's name; else the choices for it."""
    assert frame.vague is not None
    concept = frame.vague.concept.removeprefix(RULE)
    if concept == returning.AFTER:
        raise Unclear("not_yet", what="sequence")
    if frame.vague.meant is not None or frame.vague.among:
        if frame.window is not None:
            raise Unclear("no_place_for")
        if frame.vague.meant is None:
            return asked(ask_at(frame, f"vague_{concept}"), frame.vague.among, *frame.vague.notes)
        return settled(frame.vague.meant, *frame.vague.notes)
    if frame.vague.audiences:
        return settled(_kept(frame, frame.vague))
    if concept in vague.CHANGES:
        return changing(context.catalogue, frame, concept)
    rule = context.catalogue.rules.get(concept)
    if frame.window is not None:
        return _in_window(context, frame, concept)
    if rule is not None:
        definition = usable(rule.definition, context.catalogue)
        if definition is None:
            raise Unclear("rule_not_usable", rule=concept)
        return settled(definition, Note("rule_used", {"word": _words(context, frame)}))
    known = trait(concept, context.catalogue)
    if known is not None:
        return settled(known, Note("trait_used", {"word": _words(context, frame), "rule": concept}))
    found = vague.choices(concept, context.catalogue)
    if not found:
        raise Unclear("vague_here", concept=concept)
    return asked(ask_at(frame, f"vague_{concept}"), found)


def _left_in_cart(context: Context, frame: Frame, condition: Condition) -> Condition:
    """An abandoned cart with what was in it. Raises Unclear where the shop means something else."""
    cart = context.catalogue.event_by_role("cart")
    match condition:
        case All((Measure(Aggregate(records=records) as aggregate) as left, bought)) if (
            cart is not None and records.event == cart.name
        ):
            inside = replace(records, filters=filters(context, cart, frame))
            return All((replace(left, aggregate=replace(aggregate, records=inside)), bought))
        case _:
            raise Unclear("scope")


def _kept(frame: Frame, named: VagueWord) -> Condition:
    """The segments or lists that were named. Raises Unclear."""
    if frame.window is not None:
        raise Unclear("no_place_for")  # a segment holds now
    if named.joint != "and":
        return vague.any_of(named.audiences)
    if frame.negated:
        raise Unclear("scope")  # "not in A and B": in neither, or not in both?
    return vague.all_of(named.audiences)


def _in_window(context: Context, frame: Frame, concept: str) -> Variants:
    """As in "inactive for 90 days", where the time says what the word means."""
    if isinstance(frame.window, VagueWord):
        return _lately(context, frame, concept)
    assert frame.window is not None
    silent = concept in vague.SILENT
    if frame.window.negated is not silent and concept not in vague.RESTING:
        raise Unclear("no_place_for")  # "lost in 2025" is when they were lost
    if concept in returning.CONCEPTS:
        found = returning.within(concept, context.catalogue, frame.window)
    else:
        found = vague.within(concept, context.catalogue, frame.window.window)
    if not found:
        raise Unclear("no_place_for")
    if len(found) > 1:
        return asked(ask_at(frame, f"vague_{concept}"), found)
    told = "abandoned" if concept == "abandoned_cart" else ""
    told = "active_means_bought" if concept in _DOING else told
    return settled(found[0], *((Note(told),) if told else ()))


_DOING = frozenset({"active", "inactive"})


def _lately(context: Context, frame: Frame, concept: str) -> Variants:
    """As in "not active lately": how far back is asked. Raises Unclear."""
    found = [vague.within(concept, context.catalogue, window) for window in vague.RECENT]
    if concept in vague.SILENT or any(len(conditions) != 1 for conditions in found):
        raise Unclear("no_place_for")
    return asked(ask_at(frame, "vague_recent"), [conditions[0] for conditions in found])
