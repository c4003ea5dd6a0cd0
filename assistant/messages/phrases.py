"""Phrases of a language pack's `say.toml`, and what is built of them.

In: dotted keys and what fills the slots. Out: text and `Clause`s. Knows how a clause is negated
and joined as the pack says, and nothing of segments. Start at `Phrases`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.languages.files import FALLBACK, look_up
from segments.errors import Broken

_SLOT = re.compile(r"( ?)\{(\w+)\}")
OWN = "~"
DIVIDER = "|"


def fill(template: str, **slots: str) -> str:
    """Fill the slots once; an empty one goes together with the space before it."""

    def put(match: re.Match[str]) -> str:
        value = slots.get(match[2], "")
        return match[1] + value if value else ""

    return _SLOT.sub(put, template).strip()


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands after the relative word, subject left out. A chip shows `lead` as its label and
    `rest` as its text; `own` when it brings a relative word of its own. `end` is what closes the
    clause where a language puts its verb last."""

    lead: str
    rest: str = ""
    own: bool = False
    end: str = ""

    @property
    def text(self) -> str:
        """The whole clause."""
        return " ".join(filter(None, (self.lead, self.rest, self.end)))


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one language, and the country of the shop whose feasts it keeps."""

    language: str
    home: str = ""

    def find(self, *keys: str | None) -> Any:  # noqa: ANN401 - TOML: a text, a pair or a table
        """Give the entry; None when there is none, or when a key is None."""
        known = [key for key in keys if key is not None]
        return look_up(self.language, "say", *known) if len(known) == len(keys) else None

    def text(self, *keys: str) -> str:
        """Give a phrase that every pack has; English stands in for a missing one."""
        found = self.find(*keys)
        if found is None:
            found = look_up(FALLBACK, "say", *keys)
        if found is None:
            message = f"say.toml has no {'.'.join(keys)}"
            raise Broken(message)
        return str(found)

    def entry(self, *keys: str) -> Any:  # noqa: ANN401 - TOML: a text, a pair or a table
        """Give an entry that every pack has; the English one stands in for a missing one."""
        own = self.find(*keys)
        return look_up(FALLBACK, "say", *keys) if own is None else own

    def either(self, sections: Sequence[str], *names: str) -> Any:  # noqa: ANN401 - TOML
        """Give the first of the names in the role's section, then in the generic one."""
        for section in sections[1:]:
            for name in names:
                found = self.find(sections[0], section, name)
                if found is not None:
                    return found
        message = f"say.toml has none of {names} in {sections}"
        raise Broken(message)

    def clause(
        self,
        template: object,
        slots: Mapping[str, str],
        *,
        negated: bool = False,
        never: bool = False,
    ) -> Clause:
        """Fill a template (or a pair of positive and negative) and negate it as the pack says."""
        if isinstance(template, str):
            clause = _filled(template, slots)
            return self._negated(clause, never=never) if negated else clause
        return _filled(self.signed(template, negated=negated), slots)

    def limited(self, clause: Clause) -> Clause:
        """The clause with "only" at its verb."""
        return self._changed(clause, "only")

    def _negated(self, clause: Clause, *, never: bool) -> Clause:
        return self._changed(clause, "never" if never else "plain")

    def _changed(self, clause: Clause, key: str) -> Clause:
        rules: Sequence[Sequence[str]] = self.find("negation", key)
        for first, replacement in rules:
            if f"{clause.lead} ".startswith(first):
                lead = replacement + f"{clause.lead} ".removeprefix(first)
                return replace(clause, lead=lead.strip())
        message = f"no rule {key!r} for {clause.lead!r}"
        raise Broken(message)

    def signed(self, pair: object, *, negated: bool) -> str:
        """Give the phrase, or the one of a pair of positive and negative that is asked for."""
        if isinstance(pair, str):
            return pair
        return _pair(pair)[negated]

    def of_one(self, text: str) -> str:
        """Turn a clause about many into one about a single member, where the verb changes."""
        rules: Sequence[Sequence[str]] = self.find("negation", "one") or ()
        for many, one in rules:
            if text.startswith(many):
                return one + text.removeprefix(many)
        return text

    def label(self, clause: Clause) -> str:
        """Give a chip's label: the lead as a main clause, without a relative word of its own, and
        the verb where it comes last."""
        words = clause.lead.split()
        if clause.own:
            words = words[1:]
        words += clause.end.split()
        swapped: Sequence[str] = self.find("negation", "swap") or ()
        if len(words) > 1 and words[0] in swapped:
            words[:2] = words[1], words[0]
        return capitalized(" ".join(words))

    def listed(self, items: Sequence[str], conjunction: str = "or") -> str:
        """Join with commas and the conjunction before the last."""
        *front, last = items
        if not front:
            return last
        return f"{', '.join(front)} {self.text('sentence', conjunction)} {last}"


def capitalized(text: str) -> str:
    """The text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def _filled(template: str, slots: Mapping[str, str]) -> Clause:
    own = template.startswith(OWN)
    lead, rest, end = (*template.removeprefix(OWN).split(DIVIDER), "", "")[:3]
    return Clause(fill(lead, **slots), fill(rest, **slots), own, fill(end, **slots))


def _pair(template: object) -> tuple[str, str]:
    match template:
        case [str(positive), str(negative)]:
            return positive, negative
        case _:
            message = f"say.toml: {template!r} is neither a phrase nor a pair"
            raise Broken(message)
