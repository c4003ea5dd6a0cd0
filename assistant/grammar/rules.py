"""What the named rules of a shop, and those that come with every shop, say here.

In: a rule's text or name, and the catalogue. Out: a definition, or None where it cannot be used.
"""

from functools import lru_cache

from segments.catalogue import Catalogue
from segments.check import check
from segments.codec import from_text
from segments.definition import Condition, Field, Operator, Test
from segments.errors import Shown
from segments.predictions import Target
from segments.traits import trait

RISKS = (50, 70, 90)  # per cent
_STAGES = {
    "new": "lifecycle_new",
    "loyal": "lifecycle_loyal",
    "active": "lifecycle_active",
    "at_risk": "lifecycle_at_risk",
    "inactive": "lifecycle_inactive",
    "churned": "lifecycle_lost",
}


def usable(definition: str, catalogue: Catalogue) -> Condition | None:
    """What a rule says; None when it cannot be read, or no longer fits the catalogue."""
    found = _parsed(definition)
    return None if found is None or check(found, catalogue) else found


def standing_for(concept: str, catalogue: Catalogue) -> tuple[Condition, ...]:
    """What a vague word can also mean: the stage of life that is called so, and how likely they are
    to leave, where the shop has that predicted."""
    stage = standing(_STAGES.get(concept, ""), catalogue)
    field = catalogue.field_by_role(Target.CHURN_RISK) if concept == "at_risk" else None
    risks = [] if field is None else [Field(field.name, Test(Operator.GE, (n,))) for n in RISKS]
    return (*([stage] if stage else []), *(each for each in risks if not check(each, catalogue)))


def standing(name: str, catalogue: Catalogue) -> Condition | None:
    """The trait of that name as the shop has it, by its own rule or as it comes."""
    rule = catalogue.rules.get(name)
    return trait(name, catalogue) if rule is None else usable(rule.definition, catalogue)


@lru_cache(maxsize=1024)
def _parsed(definition: str) -> Condition | None:
    try:
        return from_text(definition)
    except Shown:
        return None
