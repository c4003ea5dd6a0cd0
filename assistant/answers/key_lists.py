"""How a kept list and a shop's members meet: who is on it, and which entries are nobody's.

In: a shop, a kept list and its entries. Out: `Found`. Start at `looked_up`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers.shop import Shop
from segments.compile import compile_members
from segments.definition import Audience, Source
from segments.key_files import normal
from segments.store import KeptList


@dataclass(frozen=True, slots=True)
class Found:
    """How many members are on a list, and its entries that are no member's, rising."""

    members: int
    missing: tuple[str, ...]


def looked_up(shop: Shop, kept: KeptList, entries: Sequence[str]) -> Found:
    """Look up a list that the shop knows. Raises Shown when it does not, or has no such field."""
    audience = Audience(Source.LIST, kept.name)
    keys = shop.members(audience)
    if kept.field is None:
        known = {str(key) for key in keys}
    else:
        instant, ceiling = shop.engine.as_of(None)
        select = compile_members(audience, shop.catalogue, instant, ceiling)
        page = shop.engine.page(select, (kept.field,), limit=max(1, len(keys)))
        known = {normal(str(each), kept.field) for each in page.column(kept.field).to_pylist()}
    return Found(len(keys), tuple(entry for entry in entries if entry not in known))
