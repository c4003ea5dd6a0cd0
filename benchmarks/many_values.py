"""A shop's values and many more: product names made of syllables, the same each time."""

import random
import re
from collections.abc import Sequence

from segments.catalogue import Spoken

OWNER = "purchase.product"
_SYLLABLES = re.findall("..?", "albedafrigohavjukralumonoraspilsetintovulvezu")


def with_products(spoken: Sequence[Spoken], count: int, seed: int = 1) -> tuple[Spoken, ...]:
    """The values and so many products more, each of two to five words."""
    chosen = random.Random(seed)
    names: dict[str, Spoken] = {}
    while len(names) < count:
        words = [_word(chosen) for _ in range(chosen.randint(1, 4))]
        name = " ".join([*words, str(chosen.randint(1, 999))])
        names.setdefault(name, Spoken(OWNER, f"made-{len(names)}", name, None))
    return (*spoken, *names.values())


def _word(chosen: random.Random) -> str:
    return "".join(chosen.choices(_SYLLABLES, k=chosen.randint(2, 4)))
