"""Which playbooks fit a segment, and why; which tone and which languages are proposed.

In: the facts and what the definition says. Out: one to three `Chosen`, the best first. What the
definition says goes before what the data shows; among equals the playbook's own priority decides.
Start at `chosen`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.messages.facts import Facts
from assistant.messages.playbooks import Playbook, Playbooks
from assistant.messages.predicates import Reason
from assistant.messages.signals import Signals, said_value
from assistant.messages.voices import written
from segments.catalogue import Catalogue

MOST = 3
GENERIC = "generic"
_NAMED = {
    "category": ("did.purchase.category", "did.view.category", "did.cart.category"),
    "brand": ("did.purchase.brand", "did.view.brand", "did.cart.brand"),
    "need": ("did.purchase.need", "did.view.need", "did.cart.need"),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A playbook and the reasons for it; the generic one has none."""

    playbook: Playbook
    reasons: tuple[Reason, ...]

    @property
    def said(self) -> bool:
        """Whether the definition itself asks for it."""
        return any(reason.condition is not None for reason in self.reasons)


def chosen(facts: Facts, found: Signals, playbooks: Playbooks) -> tuple[Chosen, ...]:
    """The playbooks for a segment; the generic one when no other fits. None for nobody."""
    if not facts.count:
        return ()
    fitting = [
        Chosen(book, reasons)
        for book in playbooks.books.values()
        if book.code != GENERIC and (reasons := book.when.holds(facts, found)) is not None
    ]
    fitting.sort(key=lambda each: (not each.said, -each.playbook.priority, each.playbook.code))
    kept: list[Chosen] = []
    for each in fitting:
        excluded = any(each.playbook.code in other.playbook.excludes for other in kept)
        if not excluded and len(kept) < MOST:
            kept.append(each)
    return tuple(kept) or (Chosen(playbooks.books[GENERIC], ()),)


def offers(picked: tuple[Chosen, ...]) -> bool:
    """Whether any message to them may speak of the shop's offer: not where a playbook for them,
    as that for new customers, leaves prices out."""
    return not any("price" in each.playbook.excludes for each in picked)


def tone_for(facts: Facts, found: Signals, playbooks: Playbooks) -> tuple[str, tuple[Reason, ...]]:
    """The tone that is proposed, and why."""
    for tone, when in playbooks.tones:
        reasons = when.holds(facts, found)
        if reasons is not None:
            return tone, reasons
    return "neutral", ()


def languages_for(facts: Facts) -> Mapping[str, int]:
    """The languages to write in, the most common first, with how many of them each has."""
    known = {code: facts.languages.get(code, 0) for code in written()}
    ordered = sorted(known.items(), key=lambda pair: -pair[1])
    return {code: count for code, count in ordered if count}


def named_values(found: Signals, catalogue: Catalogue) -> dict[str, str]:
    """The category, brand and need that the definition names, by role."""
    values = {}
    for role, names in _NAMED.items():
        known = (said_value(found, name, catalogue) for name in names)
        value = next((each for each in known if each is not None), None)
        if value is not None:
            values[role] = value
    return values
