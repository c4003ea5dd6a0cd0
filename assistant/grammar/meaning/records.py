"""Which records a frame is about: filters on their attributes."""

from assistant.grammar.frames import Frame, Restriction
from assistant.grammar.meaning.unclear import Unclear, check_currency
from assistant.grammar.moves.context import Context
from assistant.grammar.pieces import Owned
from segments.catalogue import Event
from segments.definition import (
    HOUR,
    WEEKDAY,
    Filter,
    Operator,
    Test,
)


def filters(context: Context, event: Event, frame: Frame) -> tuple[Filter, ...]:
    """The filters on the attributes of an event. Raises Unclear."""
    check_held(event, frame)
    filters = []
    for said in frame.restrictions:
        name = r_name_of(said, event)
        owner = (event.name, name)
        named = tuple(dict.fromkeys(codes_of(options, owner) for options in said.options))
        if named == ((None,),):
            filters.append(Filter(name, Test(Operator.KNOWN), said.negated))
            continue
        if said.joint == "and" and not said.negated:
            filters += [Filter(name, any_code(codes)) for codes in named]
            continue
        codes = tuple(dict.fromkeys(code for each in named for code in each))
        filters.append(Filter(name, any_code(codes), said.negated))
    query = event.by_role("query")
    if query is not None:
        filters += [Filter(query.name, Test(Operator.CONTAINS, (text,))) for text in frame.texts]
    if frame.number_filter is not None:
        name, compare = frame.number_filter
        check_currency(context, compare)
        filters.append(Filter(name, compare.test))
    if frame.weekdays:
        if event.time is None:
            raise Unclear("no_time", event=event.name)
        if event.dated and frame.weekdays.hours:
            raise Unclear("no_time_of_day", event=event.name)
        days, hours = frame.weekdays.days, frame.weekdays.hours
        filters += [Filter(WEEKDAY, any_of(days), frame.weekdays.others)] if days else []
        filters += [Filter(HOUR, any_of(hours))] if hours else []
    return (*filters, *frame.details)


def codes_of(
    options: tuple[Owned, ...], owner: tuple[str | None, str]
) -> tuple[str | bool | None, ...]:
    """The codes of its owner that were named by one word; mostly one."""
    return tuple(dict.fromkeys(o.code for o in options if (o.event, o.name) == owner))


def any_of(values: tuple[int | str | bool, ...]) -> Test:
    """The test for any of some values."""
    return Test(Operator.EQ if len(values) == 1 else Operator.IN, values)


def any_code(codes: tuple[str | bool | None, ...]) -> Test:
    """The test for any of several codes. Raises Unclear where one of them is only "known"."""
    values = tuple(code for code in codes if code is not None)
    if not values or len(values) != len(codes):
        raise Unclear("no_place_for")
    return any_of(values)


def check_held(event: Event, frame: Frame) -> None:
    """Raises Unclear where a value was said that the event does not have."""
    for said in frame.restrictions:
        if any(all(o.event != event.name for o in options) for options in said.options):
            raise Unclear("no_place_for")


def r_name_of(said: Restriction, event: Event) -> str:
    """The attribute of this event that a restriction is on."""
    return next(o.name for options in said.options for o in options if o.event == event.name)
