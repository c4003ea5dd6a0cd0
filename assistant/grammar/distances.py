"""How far members are from a place: "within 50 km of Göteborg", "nära Oslo", "Malmö med omnejd".

In: tokens, the words of one language, the places that the shop knows. Out: pieces that stand for a
whole condition, or for several to choose from, or say that there is no such place. A name counts
only beside such words, and is taken as it stands, so that words in it mean nothing else; the names
that are joined to it belong to it. Start at `distances`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from assistant.grammar.phrasebook import Phrasebook
from assistant.grammar.pieces import Beyond, Piece, Sort, VagueWord
from assistant.grammar.reading import Note
from assistant.grammar.slots import Captures, Slots, scaled
from assistant.grammar.tokens import Shape, Token, fold, keys, unquoted, written
from assistant.grammar.trie import walked
from segments.catalogue import Catalogue, OwnPlace
from segments.definition import All, Any, Condition, Distance, Operator, Test

DISTANCE = "distance"  # the section of words.toml, and what is told of a place that is not known
NO_PLACES = "no_places"  # what is told where nothing tells where members are
NEAR, BARE, BOTH, WHERE = "near", "bare", "near_both", "which_place"  # the questions there can be
COST = 0.9  # a phrase with a place that is known is hardly anything else
_ONE_WORD_COST = 0.7  # clearly less than the town in it
_UNKNOWN_COST = 11.0
_LONGEST = 6  # words and signs of the name of a place
_SHORTEST = 3  # letters of one that another word is grown together with
_RADII = (10, 25, 50)
_INSIDE = frozenset({Operator.LT, Operator.LE, Operator.BETWEEN})
Place = tuple[str, str | None]  # a town and its country, or one of the shop's own places
Named = list[tuple[Place, ...]]  # the places in a row, each with all that its name can mean


def distances(slots: Slots, book: Phrasebook, catalogue: Catalogue) -> Iterator[Piece]:
    """The pieces that say where members are by a distance."""
    tokens = slots.tokens
    for at in range(len(tokens)):
        if tokens[at].shape is Shape.QUOTE:
            continue
        if catalogue.gazetteer.by is not None:
            yield from _compound(tokens, at, book, catalogue)
        for end, (section, key), captures in slots.words(at):
            if section != DISTANCE:
                continue
            if key == "around":
                yield from _around(tokens, at, end, catalogue)
                continue
            tests = _tests(key, captures)
            if catalogue.gazetteer.by is None:
                if tests and end < len(tokens) and _may_name(tokens[end], key):
                    yield Piece(at, end + 1, Sort.BEYOND, Beyond(NO_PLACES), _UNKNOWN_COST)
                continue
            stop, named, joints = _row(tokens, end, book, catalogue)
            sure = tests and named and (key != NEAR or _sure(tokens, end, named[0], catalogue))
            word = _word(key, tests, named, joints) if sure else None
            if word is not None:
                word = replace(word, notes=tuple(_taken(named, catalogue)))
            if word is not None:
                yield Piece(at, stop, Sort.VAGUE, word, COST)
            elif tests and end < len(tokens) and _may_name(tokens[end], key):
                stop = max([stop, end + 1, *(last for last, _ in slots.fill("thing", end))])
                yield Piece(at, stop, Sort.BEYOND, Beyond(DISTANCE), _UNKNOWN_COST)


def _may_name(token: Token, key: str) -> bool:
    """Whether a word may be the name of a place; "around" stands before much else."""
    if token.shape is Shape.QUOTE:
        return True
    return token.shape is Shape.WORD and (key != NEAR or token.text[:1].isupper())


def _taken(named: Named, catalogue: Catalogue) -> Iterator[Note]:
    """Which of the towns of a name it is taken to be, where another country has one too."""
    for places in named:
        for place, country in places if len(places) == 1 else ():
            found = catalogue.gazetteer.named(place) if country else ()
            if country is not None and any(town.country != country for town in found):
                yield Note("place_taken", {"place": place, "country": country})


def _sure(
    tokens: Sequence[Token], at: int, places: tuple[Place, ...], catalogue: Catalogue
) -> bool:
    """Whether a word after "around" is a place: it is written as a name, or members live there."""
    return not tokens[at].text[:1].islower() or _lived(places, catalogue)


def _lived(places: tuple[Place, ...], catalogue: Catalogue) -> bool:
    towns = (catalogue.gazetteer.get(name, country) for name, country in places if country)
    return any(town is not None and town.lived for town in towns)


def _compound(
    tokens: Sequence[Token], at: int, book: Phrasebook, catalogue: Catalogue
) -> Iterator[Piece]:
    """A place and what is near it in one word: "Storstockholm", "Osloområdet"."""
    key = fold(tokens[at].text)  # as it was written: the town in it may be taken for all of it
    prefixes, suffixes = book.around
    if not (key.startswith(prefixes) or key.endswith(suffixes)):
        return
    bases = [key.removeprefix(each) for each in prefixes if key.startswith(each)]
    bases += [key.removesuffix(each) for each in suffixes if key.endswith(each)]
    for base in bases:
        places = called(base, catalogue) if len(base) >= _SHORTEST else ()
        if _lived(places, catalogue):
            word = _word(NEAR, _tests(NEAR, ()), [places], set())
            if word is not None:
                yield Piece(at, at + 1, Sort.VAGUE, word, _ONE_WORD_COST)
            return


def called(name: str, catalogue: Catalogue) -> tuple[Place, ...]:
    """The places that somebody of the shop means by a name: the shop's own first; several when a
    town of that name is in more than one country."""
    said = keys(name)
    own = tuple((each.name, None) for each in catalogue.places.values() if said in _labels(each))
    if own:
        return own
    towns = catalogue.gazetteer.meant(name, catalogue.home)
    return tuple((town.name, town.country) for town in towns)


def _labels(place: OwnPlace) -> Iterator[tuple[str, ...]]:
    yield keys(place.name)
    for labels in place.labels.values():
        yield from map(keys, labels)


def _tests(key: str, captures: Captures) -> tuple[Test, ...]:
    """The tests of a phrase, in kilometres: those to choose from where it is vague."""
    far = [number for name, number in captures if name == "far"]
    if key == NEAR:
        return tuple(Test(Operator.LE, (radius,)) for radius in _RADII)
    if key == BARE:  # "50 km from Oslo": so far away, or no further?
        return (Test(Operator.LE, (far[0].value,)), Test(Operator.GT, (far[0].value,)))
    if key == "between":
        low = next(number for name, number in captures if name == "decimal")
        ends = (scaled(low, far[0].factor), far[0].value)
        return (Test(Operator.BETWEEN, ends),) if ends[0] <= ends[1] else ()
    return (Test(Operator[key.upper()], (far[0].value,)),)


def _row(
    tokens: Sequence[Token], at: int, book: Phrasebook, catalogue: Catalogue
) -> tuple[int, Named, set[str]]:
    """The places in a row from a token on: where they end, what each can be, and how they are
    joined."""
    named: Named = []
    joints: set[str] = set()
    while found := _named(tokens, at, book, catalogue):
        end, places = found
        named.append(places)
        comma = end < len(tokens) and tokens[end].key == ","
        following = [(end + 1, ",")] if comma else walked(book.joining, tokens, end)
        more = (each for each in following if _named(tokens, each[0], book, catalogue))
        joined = next(more, None)
        if joined is None:
            return end, named, joints - {","} or joints
        at = joined[0]
        joints.add(joined[1])
    return at, named, joints


def _named(
    tokens: Sequence[Token], at: int, book: Phrasebook, catalogue: Catalogue
) -> tuple[int, tuple[Place, ...]] | None:
    """Where the longest name of a place that begins at a token ends, and what it can mean. The
    country may stand after it in brackets."""
    if at >= len(tokens):
        return None
    if tokens[at].shape is Shape.QUOTE:
        places = called(unquoted(tokens[at].text), catalogue)
        return _in_country(tokens, at + 1, places, book, catalogue) if places else None
    for end in range(min(at + _LONGEST, len(tokens)), at, -1):
        if any(token.shape is Shape.QUOTE for token in tokens[at:end]):
            continue
        if places := called(written(tokens[at:end]), catalogue):
            return _in_country(tokens, end, places, book, catalogue)
    return None


def _in_country(
    tokens: Sequence[Token],
    end: int,
    places: tuple[Place, ...],
    book: Phrasebook,
    catalogue: Catalogue,
) -> tuple[int, tuple[Place, ...]]:
    """With the country that is said in brackets, where the town is in it."""
    if end < len(tokens) and tokens[end].key == "(":
        for stop, country in walked(book.lands, tokens, end + 1):
            town = catalogue.gazetteer.get(places[0][0], country)
            if town is not None and stop < len(tokens) and tokens[stop].key == ")":
                return stop + 1, ((town.name, country),)
    return end, places


def _around(tokens: Sequence[Token], at: int, end: int, catalogue: Catalogue) -> Iterator[Piece]:
    """What is near the place whose name ends at a token: "Göteborg med omnejd"."""
    for start in range(max(at - _LONGEST, 0), at):
        if any(token.shape is Shape.QUOTE for token in tokens[start:at]):
            continue
        if places := called(written(tokens[start:at]), catalogue):
            word = _word(NEAR, _tests(NEAR, ()), [places], set())
            if word is not None:
                yield Piece(start, end, Sort.VAGUE, word, COST)
            return


def _word(key: str, tests: tuple[Test, ...], named: Named, joints: set[str]) -> VagueWord | None:
    """What is meant, or what to choose from; None where the words leave open which of several
    places."""
    joint = joints.pop() if len(joints) == 1 else "" if not joints else None
    if joint is None:
        return None
    readings = []
    for test in tests:
        for row in product(*named):
            parts = tuple(Distance(place, country, test) for place, country in row)
            readings.append(_joined(parts, joint))
    if len(tests) == 1 and all(len(places) == 1 for places in named):
        (both,) = readings
        open_ = len(named) > 1 and (joint == "and") is (tests[0].operator in _INSIDE)
        return VagueWord(BOTH, among=both) if open_ else VagueWord(DISTANCE, meant=both[0])
    if joint == "and":
        return None
    code = key if len(tests) > 1 else WHERE
    return VagueWord(code, among=tuple(either for either, *_ in readings))


def _joined(parts: tuple[Condition, ...], joint: str) -> tuple[Condition, ...]:
    """Any of them and all of them, as they were joined first; one is that alone."""
    if len(parts) == 1:
        return parts
    either, both = Any(parts), All(parts)
    return (both, either) if joint == "and" else (either, both)
