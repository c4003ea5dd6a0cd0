"""What holds for all that somebody did, or not for all of it -> its condition: "only in store",
"not only in store", "only in 2025"."""

from assistant.grammar.frames import TIME, Frame
from assistant.grammar.meaning.edges import of_parts
from assistant.grammar.meaning.every import in_each_record
from assistant.grammar.meaning.records import filters
from assistant.grammar.meaning.unclear import Unclear
from assistant.grammar.moves.context import Context
from assistant.grammar.pieces import EventWord, Mode, Sort, VagueWord, When
from assistant.grammar.reading import Note
from assistant.grammar.variants import Variants, noted, settled
from segments.catalogue import Event
from segments.definition import (
    RECORD,
    Aggregate,
    All,
    Filter,
    Kind,
    Not,
    Operator,
    Records,
    Share,
    Test,
    exists,
)

_WHOLE = Test(Operator.GE, (100,))


def solely(context: Context, event: Event, frame: Frame) -> Variants:
    """As in "only bought in store": at least one so, and none otherwise; "not only": and some
    otherwise. Raises Unclear."""
    counted = frame.compare or frame.distinct or frame.which or frame.mode or frame.number_filter
    more = counted or frame.measured or frame.texts or frame.weekdays or frame.negated
    # "only opened the newsletter" may be of those who did nothing else
    far = _said_before(frame) and event.role != "purchase" and not uses(frame)
    if frame.sole < 0 or more or far:
        raise Unclear("not_yet", what="every" if frame.every else "only")
    if isinstance(frame.window, VagueWord):
        raise Unclear("no_place_for")
    window = frame.window.window if frame.window is not None else None
    all_filters = filters(context, event, frame)
    if frame.sole == TIME:
        return _only_then(event, frame, all_filters)
    said = frame.restrictions[frame.sole]
    if said.joint not in ("", "or") or (len(said.options) > 1 and not said.joint):
        raise Unclear("scope")
    if len(frame.restrictions) > 1 and _said_before(frame):
        raise Unclear("scope")  # "only bought shampoo in store": only shampoo, or only there?
    met = all_filters[frame.sole]
    others = tuple(_turned(f) if f is met else f for f in all_filters)
    notes = (Note("no_window"),) if frame.window is None and event.time is not None else ()
    some = exists(Records(event.name, all_filters, window))
    if frame.group == RECORD and event.parts is not None and of_parts(event, (met,)):
        return noted(in_each_record(context, event, frame, some), *notes)
    other = exists(Records(event.name, others, window))
    return settled(All((some, other if frame.not_all else Not(other))), *notes)


def _turned(said: Filter) -> Filter:
    return Filter(said.attribute, said.test, not said.negated)


def _only_then(event: Event, frame: Frame, all_filters: tuple[Filter, ...]) -> Variants:
    """As in "only bought in 2025": all of them were then. Raises Unclear."""
    assert isinstance(frame.window, When)
    if not frame._replace(restrictions=(), window=None).fresh() or frame.not_all:
        raise Unclear("not_yet", what="only")
    if frame.restrictions and _said_before(frame):
        raise Unclear("scope")  # "only bought in 2025 in store": only then, or only there?
    then = Records(event.name, all_filters, frame.window.window)
    ever = Records(event.name, all_filters)
    return settled(Share(Aggregate(Kind.COUNT, then), Aggregate(Kind.COUNT, ever), _WHOLE))


def uses(frame: Frame) -> bool:
    """Whether its verb is one as "used"."""
    words = (p.payload for p in frame.pieces)
    return any(isinstance(word, EventWord) and word.uses for word in words)


def _said_before(frame: Frame) -> bool:
    """Whether "only" stands before the verb, away from what it is about; or there is none."""
    only = [p.start for p in frame.pieces if isinstance(p.payload, Mode)]
    verbs = [p.start for p in frame.pieces if p.sort is Sort.EVENT]
    return bool(only) and (not verbs or only[0] < verbs[0])
