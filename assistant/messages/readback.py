"""A definition said back in the reader's language, in words the grammar can read again.

In: a `Condition`, the catalogue and the words of its values. Out: one sentence for the whole, a
chip for a leaf, a short label for any part. Every clause of the outer group begins with the
relative word; a group inside it is said with "either … or" or "both … and" without one, deeper
ones in brackets, so that the sentence has one reading. Start at `Speaker.say`.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import assert_never

from assistant.grammar.reading import Colour
from assistant.messages.chips import Chip, colour_of
from assistant.messages.event_words import Events
from assistant.messages.phrases import Clause, Phrases, capitalized, fill
from assistant.messages.say_events import is_amount, say_count, say_measure
from assistant.messages.say_fields import head_of, say_date_field, say_field
from assistant.messages.say_periods import say_day
from assistant.messages.say_ranks import say_edge, say_rank
from assistant.messages.say_values import Values, by_code
from assistant.messages.shape import is_leaf, pushed, sign, windowed
from segments.catalogue import Catalogue, Spoken
from segments.definition import (
    All,
    Anniversary,
    Any,
    Condition,
    DateField,
    Edge,
    Field,
    Measure,
    Not,
    Rank,
    Window,
)
from segments.windows import Bounds, stretches


class Speaker:
    """Says the definitions of one shop in one language."""

    def __init__(
        self, language: str, catalogue: Catalogue, spoken: Sequence[Spoken], as_of: date
    ) -> None:
        self.phrases = Phrases(language, catalogue.home)
        self.values = Values(self.phrases, catalogue.currency, by_code(spoken))
        self.events = Events(self.values, catalogue)
        self.catalogue = catalogue
        self.as_of = as_of

    def say(self, condition: Condition) -> str:
        """Say the whole definition in one sentence, without a full stop."""
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
            case leaf:
                chip = self.chip(*sign(leaf))
                return f"{chip.label[:1].lower()}{chip.label[1:]} {chip.text}".strip()

    def chip(self, leaf: Condition, negated: bool) -> Chip:  # noqa: FBT001 - the page's own call
        """Give the label, text and colour of a leaf's chip."""
        if isinstance(leaf, Rank) and not negated:
            said = self._ranked(leaf, closed=False)
            return Chip(Colour.DID, capitalized(said), "")
        clause = self._clause(Not(leaf) if negated else leaf, later=False)
        return Chip(colour_of(self.catalogue, leaf), self.phrases.label(clause), clause.rest)

    def dates(self, window: Window) -> str:
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

    # --- the whole ------------------------------------------------------------------------------

    def _members(self, condition: Condition) -> str:
        """Name the members, in lower case."""
        match condition:
            case Rank():
                return self._ranked(condition, closed=False)
            case Any(parts) if parts:
                return f"{self._head()} {self._either(parts, later=False)}"
            case All(parts) if parts:
                return self._all(parts)
            case All() | Any():
                return self.phrases.text("sentence", "everyone")
            case _:
                return self._all((condition,))

    def _all(self, parts: Sequence[Condition]) -> str:
        head, rest = self._head(), tuple(parts)
        if isinstance(rest[0], Field):
            noun = head_of(self.values, self.catalogue.fields, rest[0])
            head, rest = (noun, rest[1:]) if noun is not None else (head, rest)
        said = head
        kept = [index for index, part in enumerate(rest) if self._outside(part) is None]
        for index, part in enumerate(rest):
            outside = self._outside(part)
            if outside is not None:
                comma = "," if index else ""
                said += f"{comma} {self.phrases.text('sentence', 'except')} {outside}"
                continue
            joint = self._joint(index, kept, after_outside=index - 1 not in kept)
            said += f"{joint} {self._outer(part, later=windowed(rest[index + 1 :]))}"
        return said

    def _joint(self, index: int, kept: Sequence[int], *, after_outside: bool) -> str:
        if index == kept[0]:
            return "," if index else ""
        if index != kept[-1]:
            return ","
        comma = "," if after_outside else ""
        return f"{comma} {self.phrases.text('sentence', 'and')}"

    def _outer(self, part: Condition, *, later: bool) -> str:
        """Say a part of the outer group, its relative word first."""
        relative = self.phrases.text("sentence", "relative")
        match part:
            case Any(parts) if parts:
                return self._either(parts, later=later)
            case All(parts) if parts:
                return f"{relative} ({self._grouped(parts, 'and', later=later)})"
            case _:
                clause = self._clause(part, later=later)
                return clause.text if clause.own else f"{relative} {clause.text}"

    def _either(self, parts: Sequence[Condition], *, later: bool) -> str:
        relative, either = (self.phrases.text("sentence", key) for key in ("relative", "either"))
        said = self._inner(parts, later=later)
        if said[0].own:
            texts = [c.text if c.own else f"{relative} {c.text}" for c in said]
            return self.phrases.listed(texts)
        after_own = [False, *(clause.own for clause in said)]
        texts = [
            f"{relative} {clause.text}" if after and not clause.own else clause.text
            for clause, after in zip(said, after_own, strict=False)
        ]
        lead = f"{relative} {either}" if len(texts) > 1 else relative
        return f"{lead} {self.phrases.listed(texts)}"

    def _button(self, part: Condition) -> str:
        said = self.say_part(part)
        return said if is_leaf(part) else f"({said})"

    # --- groups inside --------------------------------------------------------------------------

    def _inner(self, parts: Sequence[Condition], *, later: bool) -> list[Clause]:
        """Say the parts of an inner group: a pair that holds together with "both", other groups in
        brackets."""
        return [
            self._bracketed(part, later=later or windowed(parts[index + 1 :]))
            for index, part in enumerate(parts)
        ]

    def _bracketed(self, part: Condition, *, later: bool) -> Clause:
        match part:
            case All((first, second)) if is_leaf(first) and is_leaf(second):
                said = self._inner((first, second), later=later)
                if not any(clause.own for clause in said):
                    both, joint = (self.phrases.text("sentence", key) for key in ("both", "and"))
                    return Clause(f"{both} {said[0].text} {joint} {said[1].text}")
                return Clause(f"({self._grouped((first, second), 'and', later=later)})")
            case All(parts):
                return Clause(f"({self._grouped(parts, 'and', later=later)})")
            case Any(parts):
                return Clause(f"({self._grouped(parts, 'or', later=later)})")
            case _:
                return self._clause(part, later=later)

    def _grouped(self, parts: Sequence[Condition], conjunction: str, *, later: bool = False) -> str:
        if not parts:
            return self.phrases.text("sentence", "everyone")
        said = self._inner(parts, later=later)
        return self.phrases.listed([clause.text for clause in said], conjunction)

    # --- leaves ---------------------------------------------------------------------------------

    def _clause(self, part: Condition, *, later: bool) -> Clause:
        leaf, negated = sign(part)
        fields = self.catalogue.fields
        match leaf:
            case Field():
                return say_field(self.values, fields, leaf, negated=negated)
            case DateField() | Anniversary():
                return say_date_field(self.values, fields, leaf, negated=negated)
            case Measure():
                return say_measure(self.events, leaf, negated=negated, later=later)
            case Edge():
                return say_edge(self.events, leaf, negated=negated)
            case Rank():
                group = self._ranked(leaf, closed=True)
                template = self.phrases.find("sentence", "in_group")
                return self.phrases.clause(template, {"group": group}, negated=negated)
            case All() | Any() | Not():
                return Clause(f"({self.say_part(leaf)})")
            case _:
                assert_never(leaf)

    def _ranked(self, rank: Rank, *, closed: bool) -> str:
        said = say_rank(self.events, rank, self._head())
        if rank.among is None:
            return said
        members = self._members(pushed(rank.among))
        members = f"({members})" if closed else members
        return f"{said} {fill(self.phrases.text('sentence', 'among'), members=members)}"

    def _outside(self, part: Condition) -> str | None:
        """Name those whom the sentence leaves out, where that is plainer than a negation."""
        match part:
            case Not(Rank() as rank):
                return self._ranked(rank, closed=True)
            case Not(Edge() as edge):
                clause = say_edge(self.events, edge, negated=False)
                return fill(self.phrases.text("sentence", "those"), clause=clause.text)
            case _:
                return None

    def _head(self) -> str:
        own = self.catalogue.nouns.get(self.phrases.language)
        return own[0] if own else self.phrases.text("sentence", "head")
