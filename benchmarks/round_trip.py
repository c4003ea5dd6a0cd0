"""Whether what is said reads back: definitions drawn from a shop, said and read in each language.

A definition that is read as another is a difference; so is one that is asked about or not read.
Prints how many came back the same, and the others with what was said of them.

Run: python -m benchmarks.round_trip --count 10000 --language sv
"""

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.grammar.reader import Reader
from assistant.grammar.reading import Reading, Status
from assistant.grammar.sense import Sense, sense
from assistant.languages.files import languages
from assistant.messages.readback import Speaker
from assistant.messages.shape import pushed
from benchmarks.definitions import Drawer
from benchmarks.measuring import AS_OF, open_shop
from segments.audiences import Audiences, KeyList, Segment, folded
from segments.catalogue import Catalogue, Spoken
from segments.codec import to_text
from segments.definition import Condition, Field, Operator, Test
from segments.rewrites import simplify

_SEGMENTS = ("Autumn sale", "VIP", "Women in Oslo", "7")
_LISTS = ("spring buyers", "not again", "Kundeklubb 2025")
KEPT = Audiences(
    {folded(name): Segment(name, Field("city", Test(Operator.KNOWN))) for name in _SEGMENTS},
    {folded(name): KeyList(name, "krets_list_1", None, 1) for name in _LISTS},
)


@dataclass(frozen=True, slots=True)
class Trip:
    """A definition, what was said of it and what that was read as."""

    definition: Condition
    language: str
    said: str
    reading: Reading

    @property
    def came_back(self) -> bool:
        """Whether the sentence was read as the definition, without a question."""
        read = self.reading.definition
        return read is not None and _plain(read) == _plain(self.definition)

    @property
    def why(self) -> str:
        """What became of it, in a word and its evidence."""
        if self.came_back:
            return "same"
        match self.reading.status:
            case Status.ANSWERED:
                return "another"
            case Status.ASKS:
                return f"asks {self.reading.questions[0].code}"
            case _:
                return f"unread {self.reading.reasons[0].code}"


def _plain(definition: Condition) -> Sense:
    return sense(simplify(pushed(definition)))


class Traveller:
    """Says and reads the definitions of one shop."""

    def __init__(self, catalogue: Catalogue, spoken: Sequence[Spoken], as_of: date) -> None:
        catalogue = replace(catalogue, audiences=KEPT)
        self.catalogue, self.spoken = catalogue, spoken
        self.reader = Reader(catalogue, spoken)
        self.speakers = {
            language: Speaker(language, catalogue, spoken, as_of) for language in languages()
        }

    def drawer(self, seed: int) -> Drawer:
        """Draws definitions of the shop, with what is kept by name beside it."""
        return Drawer(self.catalogue, self.spoken, seed)

    def trip(self, definition: Condition, language: str) -> Trip:
        """Say the definition in the language and read that."""
        said = self.speakers[language].say(definition)
        return Trip(definition, language, said, self.reader.read(said, language))


def trips(
    catalogue: Catalogue, spoken: Sequence[Spoken], languages: Sequence[str], count: int, seed: int
) -> Iterator[Trip]:
    """So many trips in each language."""
    traveller = Traveller(catalogue, spoken, AS_OF)
    for definition in traveller.drawer(seed).definitions(count):
        for language in languages:
            yield traveller.trip(definition, language)


def main() -> None:
    """Travel and print."""
    asked = _arguments()
    with open_shop() as engine:
        catalogue, spoken = engine.catalogue, engine.values()
    codes = asked.language or languages()
    outcomes: dict[str, Counter[str]] = {language: Counter() for language in codes}
    for trip in trips(catalogue, spoken, codes, asked.count, asked.seed):
        outcomes[trip.language][trip.why] += 1
        if not trip.came_back and outcomes[trip.language].total() <= asked.count:
            print(_difference(trip))
    for language, counted in outcomes.items():
        told = ", ".join(f"{number} {why}" for why, number in counted.most_common())
        print(f"{language}: {told}")


def _difference(trip: Trip) -> str:
    reading = trip.reading
    lines = [f"{trip.language} {trip.why}: {trip.said}", f"    of    {to_text(trip.definition)}"]
    if reading.definition is not None:
        lines.append(f"    read  {to_text(reading.definition)}")
    lines += [f"    {reason.code} {dict(reason.values)}" for reason in reading.reasons]
    for question in reading.questions:
        lines += [f"    {question.code}  {to_text(choice.part)}" for choice in question.choices]
    return "\n".join(lines)


def _arguments() -> Namespace:
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=1000, help="definitions a language")
    parser.add_argument("--language", action="append", choices=languages(), help="default: all")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
