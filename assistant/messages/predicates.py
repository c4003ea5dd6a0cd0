"""When a playbook applies: sentences over what the definition says and what the facts are.

In: "says field.city" or "discount_share >= 0.6". Out: whether it holds, and why. Start at
`Predicate`.
"""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.messages.facts import BOUNDS, NUMBERS, Facts, Number, Taste
from assistant.messages.signals import Signals
from segments.catalogue_roles import ATTRIBUTE_ROLES, EVENT_ROLES, FIELD_ROLES
from segments.definition import Condition

_COMPARED = re.compile(r"(\w+) *(<=|>=|<|>|=) *(-?\d+(?:\.\d+)?)")
_SAYS = re.compile(r"says ([a-z]+)\.([a-z_]+)(?:\.([a-z_]+))?(?:=([\w-]+))?")
_OPERATORS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
}
_OF_FIELDS = frozenset({"field", "anniversary", "recent"})
_OF_EVENTS = frozenset(
    {"did", "not", "never", "quiet", "once", "often", "top", "bottom", "left", "season", "recent"}
)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a playbook applies: a condition of the definition, or a number with what it is of."""

    condition: Condition | None = None
    fact: str = ""
    number: Number | None = None
    taste: Taste | None = None


@dataclass(frozen=True, slots=True)
class Predicate:
    """A signal the definition gives, or a number against another."""

    signal: str = ""
    fact: str = ""
    compared: str = ""
    value: Decimal = Decimal(0)

    def holds(self, facts: Facts, found: Signals) -> Reason | None:
        """Why it holds; None when it does not, or when the data cannot tell."""
        if self.signal:
            condition = found.get(self.signal)
            return Reason(condition) if condition is not None else None
        known = facts.numbers.get(self.fact)
        if known is None or not _OPERATORS[self.compared](known.value, self.value):
            return None
        role = self.fact.partition("_")[0]
        return Reason(fact=self.fact, number=known, taste=facts.top(role))


def parsed(text: str) -> Predicate | None:
    """The predicate of a text; None when it is none, or names what nobody knows."""
    if says := _SAYS.fullmatch(text):
        return Predicate(signal=text.removeprefix("says ")) if _known(*says.groups()) else None
    found = _COMPARED.fullmatch(text)
    if found is None or found[1] not in NUMBERS:
        return None
    return Predicate(fact=found[1], compared=found[2], value=Decimal(found[3]))


def _known(kind: str, role: str, attribute: str | None, _value: str | None) -> bool:
    if kind in _OF_FIELDS and attribute is None and role in FIELD_ROLES:
        return True
    of_event = kind in _OF_EVENTS and role in EVENT_ROLES
    return of_event and (attribute is None or attribute in ATTRIBUTE_ROLES)


@dataclass(frozen=True, slots=True)
class When:
    """All of these, any of those, none of the last; without any it always applies."""

    every: tuple[Predicate, ...] = ()
    some: tuple[Predicate, ...] = ()
    none: tuple[Predicate, ...] = ()

    def holds(self, facts: Facts, found: Signals) -> tuple[Reason, ...] | None:
        """The reasons, those of the definition first; None when it does not apply."""
        if any(each.holds(facts, found) for each in self.none):
            return None
        needed = [each.holds(facts, found) for each in self.every]
        either = [reason for each in self.some if (reason := each.holds(facts, found))]
        if None in needed or (self.some and not either):
            return None
        reasons = _telling([each for each in needed if each is not None], either)
        unique = list(dict.fromkeys((r.condition, r.fact) for r in reasons))
        by_kind = {(r.condition, r.fact): r for r in reversed(reasons)}
        return tuple(sorted((by_kind[each] for each in unique), key=lambda r: r.condition is None))


def _telling(needed: Sequence[Reason], either: Sequence[Reason]) -> list[Reason]:
    """Each thing once: no bound beside the condition that sets it, no ratio beside its shares."""
    said = any(each.condition is not None for each in either)
    kept = [*needed, *(each for each in either if not (said and each.fact in BOUNDS))]
    shares = {each.fact.removesuffix("_share") for each in kept if each.fact.endswith("_share")}
    return [each for each in kept if each.fact.removesuffix("_lift") not in shares]
