"""How many text messages a text takes: GSM-7 with its extension table, or UCS-2.

In: a text. Out: `Counted`. The alphabets and sizes are those of 3GPP TS 23.038 and 23.040: 160
septets or 70 units of 16 bits in one message, 153 or 67 in each of several, since the header that
joins them takes the rest. Start at `counted`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")  # each an escape and a septet
GSM, UCS = "GSM-7", "UCS-2"
_ROOM = {GSM: (160, 153), UCS: (70, 67)}


@dataclass(frozen=True, slots=True)
class Counted:
    """`length` in septets or 16-bit units; `parts` is how many messages are paid for."""

    encoding: str
    length: int
    parts: int
    strange: tuple[str, ...] = ()  # what keeps it out of GSM-7, each once

    @property
    def room(self) -> int:
        """How many units the message has room for with as many parts as it takes."""
        one, several = _ROOM[self.encoding]
        return one if self.parts <= 1 else several * self.parts


def counted(text: str) -> Counted:
    """Count a text; an empty one takes no message."""
    strange = tuple(dict.fromkeys(c for c in text if c not in BASIC and c not in EXTENDED))
    encoding = UCS if strange else GSM
    sizes = [_units(character, encoding) for character in text]
    return Counted(encoding, sum(sizes), _parts(sizes, *_ROOM[encoding]), strange)


def _units(character: str, encoding: str) -> int:
    if encoding == GSM:
        return 2 if character in EXTENDED else 1
    return len(character.encode("utf-16-le")) // 2


def _parts(sizes: Iterable[int], one: int, several: int) -> int:
    """A character of two units is never split between two messages."""
    sizes = list(sizes)
    if sum(sizes) <= one:
        return 1 if sizes else 0
    parts, used = 1, 0
    for size in sizes:
        if used + size > several:
            parts, used = parts + 1, 0
        used += size
    return parts
