"""A frame about the first, last or nth of what members do -> its condition."""

from dataclasses import replace

from assistant.grammar.frames import Frame
from assistant.grammar.meaning.records import filters
from assistant.grammar.meaning.unclear import Unclear
from assistant.grammar.moves.context import Context
from assistant.grammar.moves.edges import told
from assistant.grammar.pieces import EdgeWord, EventWord, When
from assistant.grammar.reading import Note
from assistant.grammar.variants import Variants, settled
from segments.catalogue import Event
from segments.definition import Edge, Filter, Reach, Records, Which, Window, exists


def edge_condition(context: Context, event: Event, frame: Frame, records: Records) -> Variants:
    """When it was, or what it had. What is said before the verb tells which one is meant; where
    there is no verb ("last order on sale"), all is said of it. Raises Unclear."""
    said = frame.which
    if said is None or frame.compare or frame.measured or frame.distinct or frame.mode:
        raise Unclear("not_yet", what="nth")
    if said.unit is not None:
        raise Unclear("no_place_for")  # "days since the last order": how many?
    if event.time is None:
        raise Unclear("no_time", event=event.name)
    if frame.chosen is None or not told(frame):  # where verbs come last, it stands after all
        edge = _without_verb(frame, records)
    else:
        edge = _with_verb(context, event, frame, frame.chosen, records.window)
    if _worth_of_part(event, frame, edge.records.filters + edge.having):
        raise Unclear("not_yet", what="nth")  # the order's worth, or that product's in it?
    if edge.when is None and not edge.having and frame.negated and _very_first(said):
        return settled(exists(edge.records))  # "haven't made their first purchase"
    if edge.when is None and not edge.having:
        raise Unclear("not_yet", what="nth")
    if frame.negated and said.reach is not Reach.NTH and not (said.none or frame.not_all):
        raise Unclear("no_place_for")  # "were not on sale": none of them, or not all?
    whole = replace(edge, which=said.which, number=said.number, reach=said.reach)
    if said.reach is Reach.ALL and not frame.negated:
        return settled(whole, Note("fewer_left_out", {"number": str(said.number)}))
    return settled(whole)


def _very_first(said: EdgeWord) -> bool:
    """Whether it is the first of all, which nobody has who has none."""
    nth = said.reach is Reach.NTH and not said.none
    return said.which is Which.FIRST and said.number == 1 and nth


def _without_verb(frame: Frame, records: Records) -> Edge:
    assert frame.which is not None
    bare = replace(records, window=None)
    words = [piece.payload for piece in frame.pieces if isinstance(piece.payload, EventWord)]
    # "last wrote a review with 5 stars in 2025": the article tells that a verb stood before it
    verb = frame.one and records.window is not None
    verb = verb or any(word.form == "verb" for word in words)
    if verb or not records.filters:
        if frame.which.reach is not Reach.NTH:
            raise Unclear("not_yet", what="nth")
        return Edge(frame.which.which, bare, records.window)
    if records.window is not None:
        raise Unclear("not_yet", what="nth")  # "first order in store in 2025": which of the two?
    return Edge(frame.which.which, Records(records.event), None, records.filters)


def _with_verb(
    context: Context, event: Event, frame: Frame, chosen: Frame, window: Window | None
) -> Edge:
    assert frame.which is not None
    before = filters(context, event, chosen)
    having = filters(context, event, _after(frame, chosen))
    plain = tuple(one for one in having if one not in frame.details)
    if of_parts(event, before) and of_parts(event, plain):
        raise Unclear("not_yet", what="nth")  # of the same product, or of another in that order?
    among = chosen.window
    if among is not None and not isinstance(among, When):
        raise Unclear("no_place_for")
    within = among.window if among is not None else None
    when = None if among is not None and frame.window == among else window
    return Edge(frame.which.which, Records(event.name, before, within), when, having)


def _after(frame: Frame, chosen: Frame) -> Frame:
    """The frame with only what was said after its verb. Raises Unclear."""
    listed = ("restrictions", "texts", "details")
    rest = {}
    for slot in listed:
        whole, first = getattr(frame, slot), getattr(chosen, slot)
        if whole[: len(first)] != first:
            raise Unclear("no_place_for")
        rest[slot] = whole[len(first) :]
    for slot in ("number_filter", "weekdays"):
        said = getattr(frame, slot)
        rest[slot] = None if said == getattr(chosen, slot) else said
    return frame._replace(**rest)


def _worth_of_part(event: Event, frame: Frame, said: tuple[Filter, ...]) -> bool:
    """Whether an amount may be that of a part; after its own name, in brackets, it is not."""
    amount = event.amount
    plain = tuple(one for one in said if one not in frame.details)
    worth = amount is not None and any(one.attribute == amount.name for one in plain)
    return worth and of_parts(event, plain)


def of_parts(event: Event, said: tuple[Filter, ...]) -> bool:
    """Whether any is said of what is in it, not of the order as a whole."""
    attributes = (event.attributes.get(one.attribute) for one in said)
    return any(a is not None and (a.path is None and a.part is not None) for a in attributes)
