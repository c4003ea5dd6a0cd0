"""A segment's name held against its definition: "the name says Stockholm, the rule does not".

In: a name and a definition. Out: what the name says of the shop's values and the definition does
not, in words. It is a hint and no problem: a name may say what it likes. Start at `Names.odd`.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.answers.saying import Voice
from assistant.grammar.tokens import keys
from assistant.languages.texts import texts
from segments.catalogue import Catalogue, Spoken
from segments.definition import (
    All,
    Any,
    Condition,
    Field,
    Not,
    Records,
    Test,
    records_of,
)

LONGEST = 6  # words of a value
SHORTEST = 3  # letters: shorter ones are more often something else
_THINGS = frozenset({"category", "brand"})  # of what members do, only what they bought
_PLACES = frozenset({"city", "region", "country", "postal_code"})


@dataclass(frozen=True, slots=True)
class Names:
    """What the values of a shop are called, by the words as the reader compares them."""

    catalogue: Catalogue
    books: Mapping[tuple[str, ...], Sequence[Spoken]]

    @classmethod
    def of(cls, catalogue: Catalogue, spoken: Sequence[Spoken]) -> "Names":
        """The names of these values."""
        books: dict[tuple[str, ...], list[Spoken]] = defaultdict(list)
        for each in spoken:
            if "." in each.owner and _role(catalogue, each.owner) not in _THINGS:
                continue
            words = keys(each.text)
            if 0 < len(words) <= LONGEST and len("".join(words)) >= SHORTEST:
                books[words].append(each)
        return cls(catalogue, books)

    def odd(self, name: str, definition: Condition, voice: Voice) -> tuple[str, ...]:
        """What the name says and the definition does not, a sentence each."""
        wanted, unwanted = _said(definition)
        page = texts(voice.language).page
        found = []
        for words, meant in self._named(name):
            said = [each for each in meant if each.code in wanted[each.owner]]
            if said or any(self._stands_for(each.owner, wanted) for each in meant):
                continue
            others = [self._said(each.owner, wanted, voice) for each in meant]
            if any(others):
                other = voice.speaker.phrases.listed(sorted(set().union(*others)), "and")
                found.append(page("name_says_other", words=words, said=other))
            elif any(each.code in unwanted[each.owner] for each in meant):
                found.append(page("name_says_not", words=words))
            else:
                found.append(page("name_says", words=words))
        return tuple(found)

    def _named(self, name: str) -> Iterator[tuple[str, Sequence[Spoken]]]:
        """The values that a name has, the longest from each word on."""
        words, at = name.split(), 0
        while at < len(words):
            for length in range(min(LONGEST, len(words) - at), 0, -1):
                text = " ".join(words[at : at + length]).strip(".,:;!?()[]–-")
                if meant := self.books.get(keys(text)):
                    yield text, meant
                    at += length - 1
                    break
            at += 1

    def _stands_for(self, owner: str, wanted: Mapping[str, set[str]]) -> bool:
        """Whether another field for places says where: a city lies in a country, and both may be
        right."""
        if _role(self.catalogue, owner) not in _PLACES or wanted[owner]:
            return False
        return any(
            values and _role(self.catalogue, each) in _PLACES for each, values in wanted.items()
        )

    def _said(self, owner: str, wanted: Mapping[str, set[str]], voice: Voice) -> set[str]:
        """The values that a definition wants, as they are called."""
        attribute = self.catalogue.owner(owner)
        values = voice.speaker.values
        return {values.value(owner, attribute, each) for each in wanted[owner] if attribute}


def _role(catalogue: Catalogue, owner: str) -> str:
    attribute = catalogue.owner(owner)
    return "" if attribute is None else attribute.role or ""


def _said(definition: Condition) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The values by their owner that a definition wants, and those it does not."""
    wanted: dict[str, set[str]] = defaultdict(set)
    unwanted: dict[str, set[str]] = defaultdict(set)
    for leaf, negated in _signed(definition, negated=False):
        if isinstance(leaf, Field):
            _add((unwanted if negated else wanted)[leaf.field], leaf.test)
        for records in records_of(leaf):
            for owner, test, without in _filters(records):
                _add((unwanted if negated is not without else wanted)[owner], test)
    return wanted, unwanted


def _signed(condition: Condition, *, negated: bool) -> Iterator[tuple[Condition, bool]]:
    match condition:
        case All(parts) | Any(parts):
            for part in parts:
                yield from _signed(part, negated=negated)
        case Not(part):
            yield from _signed(part, negated=not negated)
        case _:
            yield condition, negated


def _filters(records: Records) -> Iterator[tuple[str, Test, bool]]:
    for each in records.filters:
        yield f"{records.event}.{each.attribute}", each.test, each.negated


def _add(values: set[str], test: Test) -> None:
    values.update(value for value in test.values if isinstance(value, str))
