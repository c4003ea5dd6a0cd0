"""A question answered in words: "the second one", "both", "by value", or what a choice says.

In: a text, the question that is open. Out: which of its choices is meant, or None where the words
are no answer or fit several. Start at `chosen`.
"""

from collections.abc import Callable, Iterator, Sequence

from assistant.dialogue.hearing import after_well, without_signs
from assistant.dialogue.joining_fields import LISTS
from assistant.dialogue.spots import spots
from assistant.grammar.listening import Hears
from assistant.grammar.reading import Choice, Question, Status
from assistant.grammar.tokens import Token, tokenize
from assistant.grammar.turnbook import Turnbook, chosen_key, turnbook
from assistant.languages.files import languages
from segments.definition import (
    EXISTS,
    All,
    Condition,
    Field,
    Kind,
    Measure,
    Operator,
    Rank,
    Share,
    Test,
    leaves,
)
from segments.rewrites import simplify

_PLACES = ("first", "second", "third", "fourth")
_NEW_OR_FOLLOW = "new_or_follow"  # the question whose last choice begins a new segment
_CHANGE_OR_NEW = 2  # choices: one way to change it, and a new one


def chosen(text: str, question: Question, reader: Hears, language: str) -> int | None:
    """The place of the choice that a text says, of the open question."""
    number = text.strip().rstrip(".")
    if number.isdecimal():
        return _at(int(number) - 1, question)
    tokens = without_signs(tokenize(text))
    for each in (language, *languages()):
        for key in _said_alone(tokens, turnbook(each)):
            place = _meant(key, question)
            if place is not None:
                return place
        for count in _numbered(tokens, turnbook(each)):
            return _at(count - 1, question)
    return _repeated(text, question, reader, language)


def _at(place: int, question: Question) -> int | None:
    return place if 0 <= place < len(question.choices) else None


def _said_alone(tokens: Sequence[Token], book: Turnbook) -> Iterator[str]:
    """The ways to choose that all the words are."""
    for phrase in book.at(tokens, after_well(tokens, book)):
        key = chosen_key(phrase)
        if key is not None and phrase.end == len(tokens):
            yield key


def _numbered(tokens: Sequence[Token], book: Turnbook) -> Iterator[int]:
    """As in "option 2"."""
    for phrase in book.at(tokens, after_well(tokens, book)):
        if chosen_key(phrase) == "option":
            yield from (n for end, n in book.times(tokens, phrase.end) if end == len(tokens))


def _meant(key: str, question: Question) -> int | None:
    choices = question.choices
    match key:
        case "last":
            return len(choices) - 1
        case "both":
            every = _only(choices, lambda each: _holds_the_others(each, choices))
            listed = _only(choices, lambda each: _lists_the_others(each, choices))
            return listed if every is None else every
        case "money":
            return _only(choices, _sums)
        case "count":
            return _only(choices, _counts)
        case "fresh" if question.code == _NEW_OR_FOLLOW:
            return len(choices) - 1
        case "same" if question.code == _NEW_OR_FOLLOW and len(choices) == _CHANGE_OR_NEW:
            return 0
        case _:
            return _at(_PLACES.index(key), question) if key in _PLACES else None


def _only(choices: Sequence[Choice], fits: Callable[[Choice], bool]) -> int | None:
    """The one choice that something is true of; None where it is true of none or of several."""
    found = [place for place, each in enumerate(choices) if fits(each)]
    return found[0] if len(found) == 1 else None


def _whole(choice: Choice) -> Condition:
    return simplify(choice.definition or choice.part)


def _holds_the_others(choice: Choice, choices: Sequence[Choice]) -> bool:
    """Whether a choice demands all that each of the others demands, and more."""
    own = _demands(choice)
    return all(_demands(each) < own for each in choices if each is not choice)


def _lists_the_others(choice: Choice, choices: Sequence[Choice]) -> bool:
    """Whether a choice names the values of each of the others, and more: Oslo or Bergen."""
    return all(_lists(_demands(choice), _demands(e)) for e in choices if e is not choice)


def _lists(own: frozenset[Condition], other: frozenset[Condition]) -> bool:
    match (*(own - other),), (*(other - own),):
        case (Field(one, Test(Operator.IN, many)),), (Field(same, Test(operator, some)),):
            return one == same and operator in LISTS and set(some) < set(many)
        case _:
            return False


def _demands(choice: Choice) -> frozenset[Condition]:
    whole = _whole(choice)
    return frozenset(whole.parts if isinstance(whole, All) else (whole,))


def _sums(choice: Choice) -> bool:
    """Whether a choice asks for an amount."""
    return any(kind in (Kind.SUM, Kind.AVERAGE) for kind in _kinds(choice))


def _counts(choice: Choice) -> bool:
    """Whether a choice asks how many, and not only whether any."""
    return any(kind in (Kind.COUNT, Kind.DISTINCT) for kind in _kinds(choice))


def _kinds(choice: Choice) -> Iterator[Kind]:
    """What the numbers of a choice are made as."""
    for leaf in leaves(choice.part):
        match leaf:
            case Measure(aggregate, test) if test != EXISTS:
                yield aggregate.kind
            case Rank(aggregate=aggregate) | Share(part=aggregate):
                yield aggregate.kind
            case _:
                pass


def _repeated(text: str, question: Question, reader: Hears, language: str) -> int | None:
    """The choice that the words say in full: "at least 5 orders"."""
    if reader.names_members(text, language):
        return None
    reading = reader.read(text, language)
    if reading.status is not Status.ANSWERED or reading.definition is None:
        return None
    said = {spot.signed for spot in spots(simplify(reading.definition))}
    return _only(
        question.choices,
        lambda each: {spot.signed for spot in spots(simplify(each.part))} == said,
    )
