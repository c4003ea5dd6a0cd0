"""What is asked of a list of values: "at least two of", "any of", "all of", "none of"."""

from collections.abc import Callable
from dataclasses import replace

from assistant.grammar.frames import Frame, Restriction
from assistant.grammar.meaning.records import codes_of, r_name_of
from assistant.grammar.meaning.unclear import Unclear
from assistant.grammar.moves.context import Context
from assistant.grammar.moves.some_of import ALL, ANY, NONE, SOME
from assistant.grammar.pieces import Compare, VagueWord
from assistant.grammar.variants import Variants, combined
from segments.catalogue import Event, Type
from segments.definition import EXISTS, All, Test

Windowed = Callable[[Context, Event, Frame], Variants]


def of_these(context: Context, event: Event, frame: Frame, windowed: Windowed) -> Variants:
    """As in "at least two of tea, coffee and soap": so many, any, all or none of what is listed.
    Raises Unclear."""
    lists = [i for i, said in enumerate(frame.restrictions) if len(said.options) > 1]
    if len(lists) != 1 or not _plain(frame) or frame.restrictions[lists[0]].negated:
        raise Unclear("scope")
    index, rest = lists[0], frame._replace(of_these="")
    said = frame.restrictions[index]
    before, behind = frame.restrictions[:index], frame.restrictions[index + 1 :]
    if frame.of_these == ALL:
        if frame.negated or frame.compare is not None:
            raise Unclear("scope")  # "not bought all of them": none, or not every one?
        singles = [replace(said, options=(options,), joint="") for options in said.options]
        each = [rest._replace(restrictions=(*before, one, *behind)) for one in singles]
        return combined([windowed(context, event, one) for one in each], All)
    pooled = rest._replace(restrictions=(*before, replace(said, joint="or"), *behind))
    if frame.of_these != SOME:
        return windowed(context, event, pooled)
    test = _number(frame, said)
    if test == EXISTS:
        return windowed(context, event, pooled._replace(compare=None, counts_things=False))
    name = r_name_of(said, event)
    codes = [codes_of(options, (event.name, name)) for options in said.options]
    if event.attributes[name].type is not Type.TEXT or any(len(each) != 1 for each in codes):
        raise Unclear("scope")  # one word for several values is one thing, and not as many
    return windowed(context, event, pooled._replace(distinct=name, counts_things=False))


def of_its_kinds(event: Event, frame: Frame) -> Frame:
    """As in "two of the brands tea and soap": no brand is two brands, so that it is of those named.
    Any other frame stays as it is."""
    if frame.distinct is None or frame.of_these or not _plain(frame._replace(of_these=ANY)):
        return frame
    lists = [said for said in frame.restrictions if len(said.options) > 1]
    if len(lists) != 1 or lists[0].negated or r_name_of(lists[0], event) != frame.distinct:
        return frame
    return frame._replace(of_these=ANY)


def _plain(frame: Frame) -> bool:
    """Whether nothing else is asked of the records that a number of things cannot be said with."""
    if frame.which or frame.sole >= 0 or frame.held or frame.spaced or frame.rhythm:
        return False
    if frame.group or frame.each_unit or isinstance(frame.window, VagueWord):
        return False
    measured = frame.measured or frame.distinct or frame.mode
    return frame.of_these in (ANY, NONE) or not measured


def _number(frame: Frame, said: Restriction) -> Test:
    """How many of the list: no more than stand in it. Raises Unclear."""
    if not isinstance(frame.compare, Compare):
        raise Unclear("scope")
    test = frame.compare.test
    if any(isinstance(value, int) and value > len(said.options) for value in test.values):
        raise Unclear("no_place_for")
    return test
