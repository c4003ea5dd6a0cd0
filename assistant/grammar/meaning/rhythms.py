"""A frame about how often something is done -> its condition: a gap, or silence beyond it."""

from assistant.grammar.frames import Frame
from assistant.grammar.meaning.unclear import Unclear, ask_at
from assistant.grammar.pieces import Spaced, Spacing
from assistant.grammar.reading import Note
from assistant.grammar.variants import Variants, asked, settled
from segments.catalogue import Event
from segments.definition import Gap, Kind, Operator, Overdue, Records, Test

_LESS = frozenset({Operator.LT, Operator.LE})
_MORE = frozenset({Operator.GT, Operator.GE})
_NAMED = {
    Spacing.AVERAGE: Kind.AVERAGE,
    Spacing.SHORTEST: Kind.MINIMUM,
    Spacing.LONGEST: Kind.MAXIMUM,
}
_ABOUT = 10  # per cent to either side: "every 30 days" is from 27 to 33


def rhythm_condition(event: Event, frame: Frame, records: Records) -> Variants:
    """The gap that was said, or the silence. Raises Unclear."""
    if event.time is None:
        raise Unclear("no_time", event=event.name)
    said = frame.spaced
    average = said is not None and said.kind is Spacing.PLAIN and frame.mode == "average"
    mode = frame.mode and not average
    counted = frame.compare or frame.measured or frame.distinct or frame.which or mode
    if counted or (frame.spaced and frame.rhythm):
        raise Unclear("not_yet", what="gap")
    if frame.rhythm is not None:
        notes = (Note("event_assumed", {"event": event.name}),) if frame.rhythm.assumed else ()
        return settled(Overdue(records, frame.rhythm.times), *notes)
    assert said is not None
    notes = (Note("month_in_days"),) if said.months else ()
    if said.kind is Spacing.OFTEN and said.test.operator is Operator.EQ:
        tests = (Test(Operator.LE, said.test.values), _about(said))
        gaps = [Gap(Kind.AVERAGE, records, test) for test in tests]
        return asked(ask_at(frame, "how_often"), gaps, *notes)
    if said.kind is Spacing.OFTEN and said.mean:
        return settled(Gap(Kind.AVERAGE, records, said.test), *notes)
    if average or said.kind in _NAMED:
        kind = _NAMED.get(said.kind, Kind.AVERAGE)
        return settled(Gap(kind, records, said.test), *notes)
    operator = said.test.operator
    if operator not in _LESS | _MORE:
        raise Unclear("not_yet", what="gap")
    one = Gap(Kind.MINIMUM if operator in _LESS else Kind.MAXIMUM, records, said.test)
    each = Gap(Kind.MAXIMUM if operator in _LESS else Kind.MINIMUM, records, said.test)
    if said.kind is Spacing.TWO:
        return settled(one, *notes)
    if said.kind is Spacing.EACH:
        return settled(each, *notes)
    mean = Gap(Kind.AVERAGE, records, said.test)
    found = (mean, each) if said.kind is Spacing.OFTEN else (mean, each, one)
    return asked(ask_at(frame, "which_gap"), found, *notes)


def _about(said: Spaced) -> Test:
    days = said.test.values[0]
    assert isinstance(days, int)
    off = max(1, round(days * _ABOUT / 100))
    return Test(Operator.BETWEEN, (days - off, days + off))
