"""Up to five segments beside each other: how many are in which of them, and what tells them apart.

In: a shop, named definitions. Out: `Compared`, exact from the data, every number said with what it
is a part of. Start at `compared`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

from assistant.answers.apart import Apart, Finding
from assistant.answers.counting import Counts
from assistant.answers.figures import Figures
from assistant.answers.shop import Shop
from assistant.answers.table import Row, Table, Telling, rounded
from assistant.messages.phrases import capitalized
from segments.compile.overlapping import Beside
from segments.compile.overlapping import combinations as by_combination
from segments.definition import All, Condition, Kind, Not
from segments.inquiry import Total
from segments.rewrites import simplify
from segments.windows import as_of_day

FEWEST, MOST = 2, 5  # segments beside each other


@dataclass(frozen=True, slots=True)
class Pair:
    """Two of the segments, by their places, and how many are in both."""

    first: int
    second: int
    both: int
    sizes: tuple[int, int]

    @property
    def jaccard(self) -> Decimal | None:
        """Those in both as a part of those in either (Jaccard 1912); None when both are empty."""
        either = sum(self.sizes) - self.both
        return Decimal(self.both) / either if either else None


@dataclass(frozen=True, slots=True)
class Exact:
    """Those who are in all of these segments, by their places, and in none of the others."""

    inside: tuple[int, ...]
    members: int
    said: str


@dataclass(frozen=True, slots=True)
class Compared:
    """Segments beside each other; everything said is in one language."""

    names: tuple[str, ...]
    definitions: tuple[Condition, ...]
    sizes: tuple[int, ...]
    total: int
    pairs: tuple[Pair, ...]
    exact: tuple[Exact, ...]  # non-empty, the most first; who is in none of them is in no row
    table: Table
    said: tuple[str, ...]  # of each pair
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]

    def within(self, inside: Sequence[int], outside: Sequence[int] = ()) -> Condition:
        """The definition of those in some of the segments and not in others."""
        parts = [self.definitions[place] for place in inside]
        return simplify(All((*parts, *(Not(self.definitions[place]) for place in outside))))


def compared(
    shop: Shop, segments: Sequence[tuple[str, Condition]], language: str, day: date | None = None
) -> Compared:
    """Set two to five segments, each with a name, beside each other; raises Shown when one of them
    has problems."""
    instant, ceiling = shop.engine.as_of(day)
    counts = Counts(shop.engine, instant, ceiling)
    figures = Figures(counts, as_of_day(instant))
    telling = Telling(shop.speaker(language, figures.as_of), language)
    names = tuple(name for name, _ in segments)
    definitions = tuple(definition for _, definition in segments)
    beside = Beside([figures.keys(each) for each in definitions], shop.catalogue, instant, ceiling)
    found = dict(figures.rows(by_combination(beside)))
    total = sum(found.values())
    sizes = tuple(_inside(found, 2**place) for place in range(len(names)))
    pairs = tuple(
        Pair(one, two, _inside(found, 2**one + 2**two), (sizes[one], sizes[two]))
        for one, two in combinations(range(len(names)), 2)
    )
    exact = sorted(
        (
            Exact(places, members, _exactly(places, names, telling))
            for bits, members in found.items()
            if (places := _places(bits))
        ),
        key=lambda each: (-each.members, each.inside),
    )
    apart = Apart(figures, telling, beside, definitions, names, (*sizes, total))
    return Compared(
        names,
        definitions,
        sizes,
        total,
        pairs,
        tuple(exact),
        _table(apart, telling),
        tuple(_pair(each, names, telling) for each in pairs),
        apart.findings(),
        apart.notes(),
    )


def _inside(found: dict[int, int], bits: int) -> int:
    return sum(members for each, members in found.items() if each & bits == bits)


def _places(bits: int) -> tuple[int, ...]:
    return tuple(place for place in range(MOST) if bits & 2**place)


def _exactly(inside: Sequence[int], names: Sequence[str], telling: Telling) -> str:
    """Who they are, by the names of the segments they are in."""
    quoted = [telling.say("compare_quoted", a=names[place]) for place in inside]
    listed = telling.values.phrases.listed(quoted, "and")
    return listed if len(inside) == len(names) else telling.say("compare_only", names=listed)


def _pair(pair: Pair, names: Sequence[str], telling: Telling) -> str:
    """What two segments have in common."""
    one, two = pair.first, pair.second
    (of_one, of_two), both = pair.sizes, pair.both
    if not both:
        return telling.say("compare_none", a=names[one], b=names[two])
    if both == of_one == of_two:
        return telling.say("compare_same", a=names[one], b=names[two], n=telling.count(both))
    if both in (of_one, of_two):
        inner, outer, size = (one, two, of_two) if both == of_one else (two, one, of_one)
        share = telling.share(both, size).text
        n = telling.count(both)
        return telling.say("compare_inside", a=names[inner], b=names[outer], n=n, share=share)
    common = telling.say(
        "compare_both",
        a=names[one],
        b=names[two],
        n=telling.count(both),
        share_a=telling.share(both, of_one).text,
        share_b=telling.share(both, of_two).text,
    )
    either = telling.share(both, of_one + of_two - both).text
    return f"{common} {telling.say('compare_jaccard', share=either)}"


def _table(apart: Apart, telling: Telling) -> Table:
    """A row a segment, and one for everyone: members, their share, and what they buy."""
    names = (*apart.names, telling.word("col_everyone"))
    columns = ["", telling.word("col_members"), telling.word("col_share")]
    everyone = apart.sizes[-1]
    cells = [[telling.number(size), telling.share(size, everyone)] for size in apart.sizes]
    bought = apart.bought()
    if bought is not None:
        event = bought.event
        columns.append(capitalized(telling.speaker.say_part(bought.recently)))
        asked = [Total(Kind.COUNT, event.name)]
        if event.amount is not None:
            asked.append(Total(Kind.SUM, event.name, event.amount.name))
        columns += [telling.say("row_each", what=telling.figure(each)) for each in asked]
        rows = zip(cells, apart.sizes, bought.members, bought.records, bought.totals, strict=True)
        for row, size, members, records, amount in rows:
            row.append(telling.share(members, size))
            row.append(telling.number(rounded(Decimal(records) / size) if size else None))
            if event.amount is not None:
                row.append(telling.money(rounded(amount / size) if size else None))
    return Table(
        telling.word("compare_title"),
        tuple(columns),
        tuple(Row(name, tuple(row)) for name, row in zip(names, cells, strict=True)),
        (telling.word("compare_all_time"),) if bought is not None else (),
    )
