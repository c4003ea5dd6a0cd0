"""What the named rules of a shop, and those that come with every shop, say here.

In: a rule's text or name, and the catalogue. Out: a definition, or None where it cannot be used.
"""

from functools import lru_cache

from segments.catalogue import Catalogue
from segments.check import check
from segments.codec import from_text
from segments.definition import Condition
from segments.errors import Shown
from segments.traits import trait


def usable(definition: str, catalogue: Catalogue) -> Condition | None:
    """What a rule says; None when it cannot be read, or no longer fits the catalogue."""
    found = _parsed(definition)
    return None if found is None or check(found, catalogue) else found


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
