"""A definition said back in the reader's language, in words the grammar can read again.

In: a `Condition`, the catalogue and the words of its values. Out: one sentence for the whole, a
chip for a leaf, a short label for any part. Every clause begins with the relative word, and a group
inside another stands in brackets, so that the sentence has one reading. Start at `Speaker.say`.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import assert_never

from assistant.grammar.reading import Colour
from assistant.grammar.sense import OPPOSITE
from assistant.messages.chips import Chip, colour_of
from assistant.messages.event_words import Events
from assistant.messages.phrases import Clause, Phrases, capitalized, fill
from assistant.messages.say_edges import say_edge
from assistant.messages.say_events import is_amount, say_count, say_measure
from assistant.messages.say_favourites import say_favourite
from assistant.messages.say_fields import attribute_of, head_of, say_date_field, say_field
from assistant.messages.say_groups import say_place, say_plainly
from assistant.messages.say_only import say_only, soles
from assistant.messages.say_patterns import Pattern, say_parts, say_pattern
from assistant.messages.say_periods import say_day
from assistant.messages.say_places import say_distance
from assistant.messages.say_ranks import say_rank
from assistant.messages.say_sides import say_sides
from assistant.messages.say_values import Values, by_code
from assistant.messages.shape import Sole, is_leaf, pushed, sign, windowed
from segments.catalogue import Catalogue, Spoken
from segments.definition import (
    Ago,
    Ahead,
    All,
    Anniversary,
    Any,
    Audience,
    Comparison,
    Condition,
    DateField,
    Distance,
    Edge,
    Extent,
    Favourite,
    Field,
    Fixed,
    Grouped,
    Jointly,
    Measure,
    Not,
    OfOthers,
    Operator,
    People,
    Rank,
    Share,
    Similar,
    Window,
    inner_of,
    leaves,
    records_of,
)
from segments.rewrites import simplify
from segments.windows import Bounds, stretches


class Speaker:
    """Says the definitions of one shop in one language."""

    def __init__(
        self, language: str, catalogue: Catalogue, spoken: Sequence[Spoken], as_of: date
    ) -> None:
        self.phrases = Phrases(language, catalogue.home)
        self.values = Values(self.phrases, catalogue, by_code(spoken))
        self.events = Events(self.values, catalogue)
        self.catalogue = catalogue
        self.as_of = as_of

    def say(self, condition: Condition) -> str:
        """Say the whole definition in one sentence, without a full stop."""
        if _events_of(condition) > 1 and not self.events.beside:
            return self._beside().say(condition)
        return capitalized(self._members(pushed(condition)))

    def say_part(self, condition: Condition) -> str:
        """Say any condition in short, as on a button."""
        match pushed(condition):
            case Measure() as measure if is_amount(measure):
                return say_count(self.events, measure)
            case All(parts) if parts:
                return self.phrases.listed([self._button(part) for part in parts], "and")
            case Any(parts) if parts:
                return self.phrases.listed([self._button(part) for part in parts], "or")
            case All() | Any():
                return self.phrases.text("sentence", "everyone")
            case Rank() as rank:
                return self._ranked(rank)
            case Similar() as similar:
                return self._alike(similar)
            case leaf:
                clause = self._clause(leaf, later=False)
                if clause.end:
                    return clause.text
                label = self.phrases.label(clause)
                return f"{label[:1].lower()}{label[1:]} {clause.rest}".strip()

    def chip(self, leaf: Condition, negated: bool) -> Chip:  # noqa: FBT001 - the page's own call
        """Give the label, text and colour of a leaf's chip."""
        if isinstance(leaf, Rank) and not negated:
            said = self._ranked(leaf)
            return Chip(Colour.DID, capitalized(said), "")
        clause = self._clause(Not(leaf) if negated else leaf, later=False)
        return Chip(colour_of(self.catalogue, leaf), self.phrases.label(clause), clause.rest)

    def dates(self, window: Fixed) -> str:
        """Say the days that a window means on the as-of day."""
        midnight = datetime.combine(self.as_of + timedelta(days=1), time())
        said = [self._dates(found) for found in stretches(window, midnight)]
        return self.phrases.listed(said, "and")

    def _dates(self, found: Bounds) -> str:
        end = (found.end - timedelta(microseconds=1)).date() if found.end else None
        start = found.start.date() if found.start else None
        ends = [say_day(self.phrases, day) if day else "" for day in (start, end)]
        key = "range" if start and end else "since" if start else "until"
        if start == end:
            return ends[0]
        return fill(self.phrases.text("date", key), start=ends[0], end=ends[1])

    def _beside(self) -> "Speaker":
        """The same speaker for a sentence that speaks of several events."""
        speaker = copy(self)
        speaker.events = replace(self.events, beside=True)
        return speaker

    # --- the whole ------------------------------------------------------------------------------

    def _members(self, condition: Condition, *, inner: bool = False) -> str:
        """Name the members, in lower case."""
        match condition:
            case Rank():
                return self._ranked(condition)
            case Similar():
                return self._alike(condition)
            case Any(parts) if parts:
                return self._who(self._head(), self._joined(parts, "or", later=False))
            case All(parts) if parts:
                return self._all(parts, inner=inner)
            case All() | Any():
                return self.phrases.text("sentence", "everyone")
            case _:
                return self._all((condition,), inner=inner)

    def _all(self, parts: Sequence[Condition], *, inner: bool = False) -> str:
        """Say parts that all hold: who they are first, whom they are not last. Of an `inner` group
        "except" would leave out of the whole."""
        said, rest = self._head(), tuple(parts)
        if isinstance(rest[0], Field):
            noun = head_of(self.values, self.catalogue.fields, rest[0])
            said, rest = (noun, rest[1:]) if noun is not None else (said, rest)
        outside = next((part for part in rest if _leaves_out(part) and not inner), None)
        kept = tuple(part for part in rest if part is not outside)
        if kept:
            said = self._who(said, self._joined(kept, "and", later=False))
        match outside:
            case Not(Rank() as rank):
                comma, word = "," if kept else "", self.phrases.text("sentence", "except")
                group = self._ranked(rank)
                group = group if rank.among is None else f"({group})"
                return f"{said}{comma} {word} {group}"
            case _:
                return said

    def _who(self, head: str, clauses: str) -> str:
        """The noun and its relative clauses, with the comma that some languages put between."""
        return f"{head}{self.phrases.find('sentence', 'opening') or ''} {clauses}"

    def _joined(self, parts: Sequence[Condition], conjunction: str, *, later: bool) -> str:
        """Say parts one after another, each with its relative word. A comma would join as "and"."""
        shown = soles(self.events, parts) if conjunction == "and" else tuple(parts)
        said = [
            self._part(part, later=later or windowed(shown[index + 1 :]))
            for index, part in enumerate(shown)
        ]
        if conjunction == "and":
            return self.phrases.listed(said, "and")
        return f" {self.phrases.text('sentence', conjunction)} ".join(said)

    def _part(self, part: Condition | Sole, *, later: bool) -> str:
        """Say a part of a group: groups inside it stand in brackets."""
        match part:
            case Sole():
                clause = say_only(self.events, part, later=later)
                return f"{self.phrases.text('sentence', 'relative')} {clause.text}"
            case All(parts) if parts:
                joined = self._joined(parts, "and", later=later)
                return joined if len(soles(self.events, parts)) == 1 else f"({joined})"
            case Any(parts) if parts:
                return f"({self._joined(parts, 'or', later=later)})"
            case _:
                clause = self._clause(part, later=later)
                relative = self.phrases.text("sentence", "relative")
                return clause.text if clause.own else f"{relative} {clause.text}"

    def _button(self, part: Condition) -> str:
        said = self.say_part(part)
        return said if is_leaf(part) else f"({said})"

    # --- leaves ---------------------------------------------------------------------------------

    def _clause(self, part: Condition, *, later: bool) -> Clause:
        leaf, negated = sign(part)
        fields = self.catalogue.fields
        match leaf:
            case Field():
                clause = say_field(self.values, fields, leaf, negated=False)
                if negated and clause.own and leaf.test.operator in OPPOSITE:
                    return self._in_group(f"{self._head()} {clause.text}", negated=True)
                return say_field(self.values, fields, leaf, negated=negated)
            case DateField() | Anniversary():
                clause = say_date_field(self.values, fields, leaf, negated=False)
                if negated and clause.own and _compares(leaf.window):
                    return self._in_group(f"{self._head()} {clause.text}", negated=True)
                return say_date_field(self.values, fields, leaf, negated=negated)
            case Measure():
                clause = say_measure(self.events, leaf, negated=False, later=later)
                if negated and clause.own:  # "not less than" would leave out those without records
                    return self._in_group(f"{self._head()} {clause.text}", negated=True)
                return say_measure(self.events, leaf, negated=negated, later=later)
            case Edge():
                if negated and any(one.test.operator in OPPOSITE for one in leaf.having):
                    return self._in_group(self._all((leaf,)), negated=True)
                return say_edge(self.events, leaf, negated=negated)
            case Rank():
                return self._in_group(self._ranked(leaf), negated=negated)
            case All() | Any() | Not():
                return Clause(f"({self.say_part(leaf)})")
            case Favourite():
                return say_favourite(self.events, leaf, negated=negated)
            case Audience() | People() | Jointly() | Distance() | Similar():
                return self._of_others(leaf, negated=negated)
            case _:
                return self._pattern(leaf, negated=negated)

    def _of_others(self, leaf: OfOthers, *, negated: bool) -> Clause:
        match leaf:
            case Audience(source, name):
                template = self.phrases.find("audience", source.value)
                named = {"name": self.values.quoted(name)}
                return self.phrases.clause(template, named, negated=negated)
            case People(_, who, test):
                key = "none" if (test.operator, test.values) == (Operator.EQ, (0,)) else "of"
                counted = fill(self.phrases.text("people", key), v=self.values.counted(test))
                slots = {"of": counted, "who": self._members(pushed(who), inner=True)}
                template = self.phrases.find("people", "at")
                return self.phrases.clause(template, slots, negated=negated)
            case Jointly(_, aggregate, test, among):
                number = Measure(aggregate, test)
                whose = number if among is None else simplify(All((among, number)))
                slots = {"who": self._members(pushed(whose), inner=True)}
                template = self.phrases.find("people", "together")
                return self.phrases.clause(template, slots, negated=negated)
            case Distance():
                return say_distance(self.values, self.catalogue, leaf, negated=negated)
            case Similar():
                return self._in_group(self._alike(leaf), negated=negated)
            case _:
                assert_never(leaf)

    def _pattern(self, leaf: Pattern | Grouped, *, negated: bool) -> Clause:
        if isinstance(leaf, Grouped):
            plain = say_plainly(self.events, leaf, negated=negated)
            if plain is not None:
                return plain
            clause = self._among_groups(leaf)
        elif isinstance(leaf, Comparison | Share):
            clause = say_sides(self.events, leaf) or say_pattern(self.events, leaf)
        else:
            clause = say_pattern(self.events, leaf)
        if not negated:
            return clause
        relative = "" if clause.own else f"{self.phrases.text('sentence', 'relative')} "
        return self._in_group(f"{self._head()} {relative}{clause.text}", negated=True)

    def _among_groups(self, leaf: Grouped) -> Clause:
        """Where it is, and in brackets all that holds there."""
        group = self._members(pushed(All(tuple(leaf.having))), inner=True)
        slots = {"place": say_place(self.events, leaf), "group": f"({group})"}
        return self.phrases.clause(self.phrases.entry("groups", "among"), slots)

    def _in_group(self, group: str, *, negated: bool) -> Clause:
        template = self.phrases.find("sentence", "in_group")
        return self.phrases.clause(template, {"group": f"({group})"}, negated=negated)

    def _ranked(self, rank: Rank) -> str:
        one = rank.amount == 1 and not rank.percent
        said = say_rank(self.events, rank, self._head("head_one" if one else "head_those"))
        if rank.within is not None:
            field = attribute_of(self.catalogue.fields, rank.within)
            said = f"{said} {say_parts(self.events, field)}"
        if rank.among is None:
            return said
        members = self._members(pushed(rank.among), inner=True)
        return f"{said} {fill(self.phrases.text('sentence', 'among'), members=members)}"

    def _alike(self, similar: Similar) -> str:
        """Those who are most like a group, and whom they are chosen among."""
        numbers = self.values
        percent = similar.extent is Extent.PERCENT
        slots = {
            "n": numbers.percent(similar.amount) if percent else numbers.number(similar.amount),
            "members": self._head("head_those"),
            "to": self._members(pushed(similar.to), inner=True),
        }
        said = fill(self.phrases.text("similar", similar.extent.value), **slots)
        if similar.among is None:
            return said
        among = self._members(pushed(similar.among), inner=True)
        return f"{said} {fill(self.phrases.text('similar', 'among'), members=among)}"

    def _head(self, key: str = "head") -> str:
        own = self.catalogue.nouns.get(self.phrases.language)
        if not own:
            own_form = self.phrases.find("sentence", key)
            return str(own_form) if own_form else self.phrases.text("sentence", "head")
        return own[1] if key == "head_one" and len(own) > 1 else own[0]


def _compares(window: Window) -> bool:
    """Whether a "not" before it would be read as the opposite: "not more than 3 weeks ago"."""
    return isinstance(window, Ago | Ahead) and window.test.operator in OPPOSITE


def _events_of(condition: Condition) -> int:
    """How many conditions on events there are, those of an `among` too."""
    found = 0
    for leaf in leaves(condition):
        found += len(records_of(leaf))
        found += sum(map(_events_of, inner_of(leaf)))
    return found


def _leaves_out(part: Condition) -> bool:
    """Whether the part leaves out a ranked group, which is plainer than to negate it."""
    return isinstance(part, Not) and isinstance(part.part, Rank)
