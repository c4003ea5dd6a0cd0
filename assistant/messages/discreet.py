"""Which products are never named in a message: those whose names tell what somebody suffers from.

In: what a product is called, the shop's own words besides those of `discreet.toml` beside this
module. Out: whether it is one of them. Start at `telling`.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources


def telling(names: Iterable[str], own: tuple[str, ...] = ()) -> bool:
    """Whether a name, in any language, has a word that begins as one of these."""
    pattern = _pattern(own)
    return any(pattern.search(name.casefold()) for name in names)


@cache
def _pattern(own: tuple[str, ...]) -> re.Pattern[str]:
    path = resources.files("assistant.messages") / "discreet.toml"
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    words = {word.casefold() for each in (*found.values(), own) for word in each}
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(words)))})")
