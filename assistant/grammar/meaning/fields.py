"""A frame about a member's own field -> its condition."""

from assistant.grammar.bands import banded
from assistant.grammar.frames import Frame, Restriction
from assistant.grammar.meaning.dates import date_condition
from assistant.grammar.meaning.records import any_code, codes_of
from assistant.grammar.meaning.tenure import tenure_condition
from assistant.grammar.meaning.texts import text_condition
from assistant.grammar.meaning.unclear import Unclear, ask_at, check_currency
from assistant.grammar.moves.context import NOUGHT, Context
from assistant.grammar.pieces import Compare, KnownWord, Sort
from assistant.grammar.reading import Note
from assistant.grammar.variants import (
    Variants,
    asked,
    noted,
    settled,
)
from assistant.languages.packs import islands
from segments.catalogue import Type
from segments.definition import (
    All,
    Condition,
    Field,
    Operator,
    Test,
)

_ADDRESSES = {"email": "email", "sms": "phone", "phone": "phone", "post": "address"}


def field_condition(context: Context, frame: Frame) -> Variants:
    """A member's own field: known, in a window, compared or one of its values. Raises Unclear."""
    name = frame.field or ""
    kind = context.catalogue.fields[name].type
    if frame.consent:
        return settled(_agreed(context, frame))
    stated = any(isinstance(p.payload, KnownWord) and p.payload.stated for p in frame.pieces)
    if frame.known is not None and _counts(context, name) and frame.negated and not stated:
        some = Field(name, Test(Operator.GT, (0,)))
        return asked(ask_at(frame, "none_or_unknown"), (some, _had(context, name)))
    if frame.known is not None:
        return settled(_had(context, name))
    if frame.tenure is not None:
        return tenure_condition(context, frame)
    if frame.turning is not None and frame.window is None:
        raise Unclear("turning_when")
    if frame.window is not None:
        return date_condition(context, frame)
    if frame.compare is not None:
        if not isinstance(frame.compare, Compare):
            raise Unclear("no_place_for")
        check_currency(context, frame.compare)
        test = frame.compare.test
        if kind is Type.TEXT and not isinstance(test.values[0], str):
            return _banded(context, frame, test)
        if kind is Type.AGE and not all(isinstance(v, int) for v in test.values):
            raise Unclear("no_place_for")
        notes = (Note("number_as_age"),) if frame.as_age else _group(context, frame, frame.compare)
        return settled(Field(name, test), *notes)
    if frame.tests:
        return text_condition(frame, name)
    if not frame.restrictions or frame.text is not None:
        raise Unclear("no_place_for")
    if frame.lesser and not any(piece.sort is Sort.FIELD for piece in frame.pieces):
        raise Unclear("no_place_for")  # "in Oslo" is the town, "in Oslo county" the region
    return _field_values(context, frame, frame.restrictions[0])


def _counts(context: Context, name: str) -> bool:
    """Whether it is a number of which somebody can have none: "no web purchases" may be 0."""
    field = context.catalogue.fields[name]
    return field.type in (Type.NUMBER, Type.MONEY) and field.role != "children"


def _had(context: Context, name: str) -> Condition:
    """That a field is known; of children, that there are some."""
    field = context.catalogue.fields[name]
    if field.role == "children" and field.numeric:
        return Field(name, Test(Operator.GE, (1,)))
    if field.role == "children" and field.ordered and field.codes[:1] == (NOUGHT,):
        return Field(name, Test(Operator.GE, (field.codes[1],)))
    return Field(name, Test(Operator.KNOWN))


def _banded(context: Context, frame: Frame, test: Test) -> Variants:
    """A number of what the shop knows in bands; asked about where it cuts one. Raises Unclear."""
    field = context.catalogue.fields[frame.field or ""]
    told = banded(field, test, whole=field.role != "income")
    if not told:
        raise Unclear("no_place_for")
    conditions = [Field(field.name, each) for each in told]
    return asked(ask_at(frame, "band"), conditions) if len(told) > 1 else settled(conditions[0])


def _group(context: Context, frame: Frame, said: Compare) -> tuple[Note, ...]:
    """What a word for people of an age was taken for."""
    if not said.named:
        return ()
    word = next(context.words(piece) for piece in frame.pieces if piece.payload is said)
    low, high = (str(value) for value in said.test.values)
    return (Note("age_group", {"word": word, "from": low, "to": high}),)


def _named(context: Context, frame: Frame) -> str:
    """The values as they were written."""
    return ", ".join(context.words(p) for p in frame.pieces if p.sort is Sort.VALUE)


def _of_island(
    context: Context, frame: Frame, name: str, values: tuple[str | bool, ...]
) -> tuple[str, ...]:
    """The other regions of an island that was named: one of them alone is called after it."""
    if context.catalogue.fields[name].role != "region":
        return ()
    said = [context.words(p).casefold() for p in frame.pieces if p.sort is Sort.VALUE]
    found = (region for word in said for region in islands().get(word, ()))
    known = context.shop.codes.get(name, set())
    return tuple(region for region in found if region in known and region not in values)


def _agreed(context: Context, frame: Frame) -> Condition:
    """A consent; to be reached takes an address as well, where the shop has such a field."""
    name = frame.field or ""
    codes = tuple(o.code for r in frame.restrictions for o in r.options[0] if o.code is not None)
    agreed = Field(name, Test(Operator.EQ, codes))
    if len(codes) != 1:
        raise Unclear("no_place_for")
    if frame.consent == "open":
        raise Unclear("no_place_for")
    channel = (context.catalogue.fields[name].role or "").removeprefix("consent_")
    address = context.catalogue.field_by_role(_ADDRESSES.get(channel, ""))
    if frame.consent != "reach" or address is None:
        return agreed
    return All((agreed, Field(address.name, Test(Operator.KNOWN))))


def _field_values(context: Context, frame: Frame, said: Restriction) -> Variants:
    name = frame.field or ""
    each = tuple(dict.fromkeys(codes_of(options, (None, name)) for options in said.options))
    codes = tuple(dict.fromkeys(code for named in each for code in named))
    values = tuple(code for code in codes if code is not None)
    if said.joint == "mixed" or len(values) != len(codes):
        raise Unclear("scope")
    named = (Note("named_first"),) if frame.form == "naming" else ()
    if frame.done_there:
        named = (*named, Note("lives_there", {"place": _named(context, frame)}))
    if more := _of_island(context, frame, name, values):
        narrow = Test(Operator.EQ if len(values) == 1 else Operator.IN, values)
        whole = Field(name, Test(Operator.IN, (*values, *more)))
        return noted(asked(ask_at(frame, "island"), (Field(name, narrow), whole)), *named)
    if len(values) == 1:
        return settled(Field(name, Test(Operator.EQ, values)), *named)
    if said.joint == "and" and len(each) > 1 and context.many(None, name):
        both = All(tuple(Field(name, any_code(named)) for named in each))
        return asked(ask_at(frame, "and_or"), (both, Field(name, Test(Operator.IN, values))))
    notes = (*named, Note("and_means_or")) if said.joint == "and" else named
    return settled(Field(name, Test(Operator.IN, values)), *notes)
