"""A frame about what members do -> its condition, in every reading."""

from collections.abc import Callable
from dataclasses import replace

from assistant.grammar import vague
from assistant.grammar.frames import Frame, FrameKind, Restriction
from assistant.grammar.meaning.amounts import amount_condition, measured_number
from assistant.grammar.meaning.campaigns import of_campaign
from assistant.grammar.meaning.counts import (
    counted,
    different,
    each_or_summed,
    habitual,
    in_all,
)
from assistant.grammar.meaning.edges import edge_condition, of_parts
from assistant.grammar.meaning.every import in_every
from assistant.grammar.meaning.favourites import favourite_condition
from assistant.grammar.meaning.groups import grouped_condition, in_groups, in_one_record
from assistant.grammar.meaning.rates import per_unit
from assistant.grammar.meaning.reach import reach_condition
from assistant.grammar.meaning.records import check_held, filters, r_name_of
from assistant.grammar.meaning.rhythms import rhythm_condition
from assistant.grammar.meaning.solely import solely, uses
from assistant.grammar.meaning.some_of import of_its_kinds, of_these
from assistant.grammar.meaning.tenure import tenure_condition
from assistant.grammar.meaning.unclear import Unclear, ask_at, check_currency
from assistant.grammar.moves.context import Context, of_things
from assistant.grammar.moves.dates import lies_ahead
from assistant.grammar.pieces import Compare, EventWord, MeasureWord, Sort, VagueWord, When
from assistant.grammar.reading import Note
from assistant.grammar.vague import all_of, any_of
from assistant.grammar.variants import (
    Ask,
    Variants,
    combined,
    mapped,
    noted,
    picked,
    settled,
)
from segments.catalogue import Event
from segments.definition import (
    All,
    Not,
    Operator,
    Reach,
    Records,
    Window,
    exists,
)


def event_condition(context: Context, frame: Frame) -> Variants:
    """Every reading of what members do. Raises Unclear."""
    if frame.tenure is not None:
        return tenure_condition(context, frame)
    event = context.catalogue.events[frame.event or ""]
    check_held(event, frame)
    _check_window(context, event, frame)
    if frame.favourite is not None or frame.usual:
        return timed(event, frame, favourite_condition(context, event, frame))
    if frame.sole >= 0 or frame.every:
        return solely(context, event, frame)
    _check_said(event, frame)
    frame = of_its_kinds(event, frame)
    if frame.of_these:
        return timed(event, frame, of_these(context, event, frame, _windowed))
    if frame.each_unit and (frame.compare is not None or frame.window is None):
        return per_unit(context, event, frame, _windowed)
    if frame.each_unit:
        return in_every(context, event, frame)
    if in_groups(event, frame):
        return timed(event, frame, _in_windows(context, event, frame, grouped_condition))
    if frame.not_both and frame.connector != "or":
        return timed(event, frame, _not_both(context, event, frame))
    both = [
        i
        for i, r in enumerate(frame.restrictions)
        if not r.negated and (r.joint == "and" or _listed(r))
    ]
    split = both
    if len(split) > 1 or (split and (frame.spaced or frame.rhythm)):
        raise Unclear("scope")
    variants = _both(context, event, frame, split[0]) if split else _windowed(context, event, frame)
    variants = _taken(context, frame, _told_status(event, frame, variants))
    if (named := of_campaign(context, event, frame)) is not None:
        ask = ask_at(frame, "campaign_named")
        variants = (*picked(variants, ask, 0), *picked(_windowed(context, event, named), ask, 1))
    return variants if frame.which else timed(event, frame, variants)


def _check_said(event: Event, frame: Frame) -> None:
    if frame.another:
        raise Unclear("scope")  # "bought other hair care": other than what?
    if _gets_nothing(event, frame) and not frame.anything:
        raise Unclear("no_place_for")  # "have you got"
    if (frame.nameless and frame.mode != "single") or _uses_nothing(frame):
        raise Unclear("no_place_for")
    if any(r.joint == "mixed" for r in frame.restrictions):
        raise Unclear("scope")


def timed(event: Event, frame: Frame, variants: Variants) -> Variants:
    """The readings with a note that all time is meant, where no part of it was said."""
    untimed = frame.window is None and event.time is not None
    return noted(variants, Note("no_window")) if untimed else variants


def _taken(context: Context, frame: Frame, variants: Variants) -> Variants:
    """The readings with notes of what was taken for granted in them."""
    if frame.shared:
        variants = noted(variants, Note("window_all"))
    return noted(variants, Note("turnover_bought")) if _turnover(context, frame) else variants


def _turnover(context: Context, frame: Frame) -> bool:
    """Whether "turnover" was said where companies are told apart, which have one of their own."""
    if context.catalogue.field_by_role("company") is None:
        return False
    return any(isinstance(p.payload, MeasureWord) and p.payload.turnover for p in frame.pieces)


def _gets_nothing(event: Event, frame: Frame) -> bool:
    """Whether a verb of getting has no object, though messages are told apart here."""
    told = event.by_role("campaign_kind") or event.by_role("channel")
    said = frame.restrictions or frame.texts or frame.compare or frame.window or frame.which
    whole = any(isinstance(p.payload, EventWord) and p.payload.whole for p in frame.pieces)
    verb = event.role == "receive" and frame.form == "verb"
    return verb and bool(told) and not (said or whole)


def _uses_nothing(frame: Frame) -> bool:
    """Whether a verb as "used" has no channel or page that was used."""
    return uses(frame) and (not frame.restrictions or frame.restrictions[0].negated)


def _listed(said: Restriction) -> bool:
    """Whether values stand in a list with commas only: all of them or any."""
    return len(said.options) > 1 and not said.joint


def _both(context: Context, event: Event, frame: Frame, index: int) -> Variants:
    """As in "Shampoo and conditioner": both, each perhaps in an order of its own."""
    said = frame.restrictions[index]
    singles = []
    for options in said.options:
        one = replace(said, options=(options,), joint="")
        rest = (*frame.restrictions[:index], one, *frame.restrictions[index + 1 :])
        singles.append(_windowed(context, event, frame._replace(restrictions=rest)))
    together = replace(said, joint="or")
    rest = (*frame.restrictions[:index], together, *frame.restrictions[index + 1 :])
    pooled = _windowed(context, event, frame._replace(restrictions=rest))
    each = combined(singles, All)
    counted = (
        _listed(said)
        or frame.compare is not None
        or frame.distinct is not None
        or frame.measured is not None
    )
    if frame.which is not None and frame.which.reach is Reach.ANY:
        raise Unclear("not_yet", what="nth")  # both in the same one
    held = filters(context, event, frame._replace(restrictions=(frame.restrictions[index],)))
    if frame.chosen is not None and not frame.negated and of_parts(event, held[:1]):
        return noted(each, Note("and_means_both"))
    parts = of_parts(event, held[:1])
    record = frame.form == "noun" and frame.which is None and parts and event.parts is not None
    if record and frame.measured is None and frame.distinct is None:
        whole = _in_windows(context, event, frame, in_one_record)
        if frame.both or (frame.one and not frame.negated and frame.compare is None):
            return whole  # "an order with shampoo and conditioner", "orders with both"
    else:
        whole = ()
    if counted or frame.which is not None:
        ask = ask_at(frame, "and_or")
        return (*picked(each, ask, 0), *picked(pooled, ask, 1), *picked(whole, ask, 2))
    if frame.negated:
        ask = ask_at(frame, "negation_scope")
        return (*picked(pooled, ask, 0), *picked(each, ask, 1), *picked(whole, ask, 2))
    if whole:
        ask = ask_at(frame, "one_record")
        return (*picked(whole, ask, 0), *picked(each, ask, 1))
    return noted(each, Note("and_means_both"))


def _not_both(context: Context, event: Event, frame: Frame) -> Variants:
    """As in "tea or coffee but not both": one of them, and not the other."""
    said = frame.restrictions[-1]
    if len(said.options) != 2 or frame.which or frame.measured or frame.distinct:
        raise Unclear("scope")
    singles = [
        _windowed(context, event, frame._replace(restrictions=(*frame.restrictions[:-1], one)))
        for one in (replace(said, options=(options,), joint="") for options in said.options)
    ]
    both = mapped(combined(singles, All), Not)
    return combined([combined(singles, any_of), both], all_of)


def _status_of(event: Event, frame: Frame) -> bool:
    """Whether a time is said of the records, and the status is only what they have: in "cancelled
    orders in May" and "orders with status cancelled", but not in "orders that were cancelled in
    May". A subscription is ended long after its own time."""
    if event.role == "subscription" or frame.form != "noun":
        return False
    nouns = [p.start for p in frame.pieces if p.sort is Sort.EVENT]
    values = [p.start for p in frame.pieces if p.sort is Sort.VALUE]
    named = any(p.sort is Sort.ATTRIBUTE for p in frame.pieces)
    return named or (bool(nouns and values) and values[0] < nouns[0])


def _told_status(event: Event, frame: Frame, variants: Variants) -> Variants:
    """The readings with a note that a time is that of the records, where they have a status."""
    statuses = any(
        event.attributes[r_name_of(r, event)].role == "status" for r in frame.restrictions
    )
    return noted(variants, Note("status_time")) if statuses and frame.window else variants


def _check_window(context: Context, event: Event, frame: Frame) -> None:
    if frame.window is None:
        return
    if lies_ahead(frame.window):
        raise Unclear("ahead_of_event")
    if frame.ever and isinstance(frame.compare, Compare) and _at_most(frame.compare):
        raise Unclear("scope")  # "only ever bought once, over a year ago": once then, or in all?
    named = frame.restrictions or frame.details or frame.form == "noun" or frame.compare
    if event.role == "registration" and not named and context.catalogue.field_by_role("registered"):
        raise Unclear("scope")  # "registered in 2025" is when they became customers
    statuses = [
        r for r in frame.restrictions if event.attributes[r_name_of(r, event)].role == "status"
    ]
    if statuses and frame.favourite is None and not _status_of(event, frame):
        raise Unclear("status_time")  # when it got that status is not known
    if event.time is None:
        raise Unclear("no_time", event=event.name)
    if isinstance(frame.window, When) and frame.window.negated and not frame.negated:
        raise Unclear("no_place_for")


def _at_most(said: Compare) -> bool:
    """Whether more of it, at another time, would make it wrong."""
    return said.test.operator in (Operator.EQ, Operator.LE, Operator.LT)


Meant = Callable[[Context, Event, Frame, Window | None], Variants]


def _windowed(context: Context, event: Event, frame: Frame) -> Variants:
    return _in_windows(context, event, frame, _measured)


def _in_windows(context: Context, event: Event, frame: Frame, meant: Meant) -> Variants:
    """The readings in the window that was said, in each that a vague word can mean."""
    newly = frame.which is not None and frame.which.newly
    if (newly and frame.window is None) or isinstance(frame.window, VagueWord):
        concept = frame.window.concept if isinstance(frame.window, VagueWord) else "new"
        ask = _new_at(frame) if newly else ask_at(frame, f"vague_{concept}")
        found: Variants = ()
        for index, window in enumerate(vague.WINDOWS.get(concept, ())):
            found += picked(meant(context, event, frame, window), ask, index)
        return found
    said = frame.window.window if frame.window else None
    return meant(context, event, frame, said)


def _new_at(frame: Frame) -> Ask:
    """How long they are new is asked at that word, whatever they are new to."""
    word = next(piece for piece in frame.pieces if piece.sort is Sort.VAGUE)
    return Ask("vague_new", word.start, word.end)


def _measured(context: Context, event: Event, frame: Frame, window: Window | None) -> Variants:
    records = Records(event.name, filters(context, event, frame), window)
    if frame.spaced is not None or frame.rhythm is not None:
        return rhythm_condition(event, frame, records)
    if frame.which is not None:
        return edge_condition(context, event, frame, records)
    if frame.distinct is not None and frame.mode in ("single", "average"):
        raise Unclear("not_yet", what="same_order")
    if frame.distinct is not None:
        return different(event, frame, records)
    compare = frame.compare
    if isinstance(compare, Compare) and compare.unit.money is not None:
        check_currency(context, compare)
        return amount_condition(context, event, frame, records)
    if frame.measured is not None and compare is not None:
        if isinstance(compare, Compare) and compare.unit.times:
            return counted(event, frame, records)
        return measured_number(context, event, frame, records)
    if frame.measured is not None and frame.form == "measure":
        raise Unclear("no_place_for")
    if own := each_or_summed(event, frame, records):
        return own
    single = frame.mode == "single" and frame.number_filter is not None
    counted_up = frame.mode == "total" and compare is not None and not frame.number_after
    if frame.mode == "total" and frame.number_after and not frame.measured:
        return in_all(event, frame, records)
    if frame.mode and not (single or counted_up):
        raise Unclear("no_place_for")  # "total orders over 5000": counted or summed?
    if compare is not None:
        return counted(event, frame, records)
    if frame.form == "buyers" and frame.weekdays is not None and not frame.negated:
        return habitual(frame, records)
    return settled(exists(records))


def headless_condition(context: Context, frame: Frame) -> Variants:
    """Values or an amount without a verb: bought, viewed or put in the cart."""
    if told := reach_condition(context, frame) or _in_one_order(context, frame):
        return told
    counted = isinstance(frame.compare, Compare) and frame.compare.unit.times
    plain = isinstance(frame.compare, Compare) and frame.compare.unit.money is None
    if plain and frame.number_after and frame.mode == "total" and not frame.restrictions:
        return _total_of(context, frame)
    if plain and not counted:
        raise Unclear("no_place_for")
    if frame.negated and not frame.restrictions:
        raise Unclear("no_place_for")
    if frame.which is not None and frame.which.number > 1 and _of_messages(context, frame):
        raise Unclear("no_verb")  # "none of the last five newsletters": opened, or clicked?
    if not frame.restrictions and frame.compare is None:
        raise Unclear("no_place_for")
    events = [e for e in context.catalogue.events.values() if _holds(e, frame)]
    if counted and not frame.restrictions:
        raise Unclear("no_place_for")
    if isinstance(frame.compare, Compare) and not counted:
        events = [e for e in events if e.amount is not None and e.role == "purchase"]
    if not events or (frame.interest and not of_things(context, frame)):
        raise Unclear("no_place_for")
    ask = ask_at(frame, "event_of")
    found: Variants = ()
    chosen = vague.headless(tuple(events))
    form = "noun" if frame.compare and not counted else "verb"
    headed = [
        event_condition(
            context,
            frame._replace(kind=FrameKind.EVENT, event=event.name, form=form, negated=False),
        )
        for event in chosen
    ]
    if len(chosen) == 1:
        return noted(headed[0], Note("event_assumed", {"event": chosen[0].name}))
    if frame.interest or _needs(context, frame):
        # what somebody needs shows in whatever they do
        headed = [combined(headed, any_of), *headed]
    for index, variants in enumerate(headed):
        found += picked(variants, ask, index)
    return found


def _total_of(context: Context, frame: Frame) -> Variants:
    """As in "at least 3000 in total" of nothing that was named: spent or ordered is asked."""
    event = context.catalogue.event_by_role("purchase")
    if event is None:
        raise Unclear("no_place_for")
    ordered = frame._replace(kind=FrameKind.EVENT, event=event.name, form="noun")
    return event_condition(context, ordered)


def _in_one_order(context: Context, frame: Frame) -> Variants:
    """Things without a verb, "in one order": those of purchases."""
    event = context.catalogue.event_by_role("purchase")
    if frame.mode != "single" or event is None or frame.negated:
        return ()
    if not frame.restrictions or not _holds(event, frame):
        return ()
    bought = frame._replace(kind=FrameKind.EVENT, event=event.name, form="verb")
    if not in_groups(event, bought):
        return ()
    return noted(event_condition(context, bought), Note("event_assumed", {"event": event.name}))


def _of_messages(context: Context, frame: Frame) -> bool:
    said = [o for r in frame.restrictions for options in r.options for o in options if o.event]
    return any(context.attribute(o.event, o.name).role == "campaign_kind" for o in said if o.event)


def _needs(context: Context, frame: Frame) -> bool:
    said = [o for r in frame.restrictions for options in r.options for o in options if o.event]
    roles = {context.attribute(o.event, o.name).role for o in said if o.event is not None}
    return roles == {"need"} and frame.compare is None


def _holds(event: Event, frame: Frame) -> bool:
    return all(
        any(o.event == event.name for options in r.options for o in options)
        for r in frame.restrictions
    )
