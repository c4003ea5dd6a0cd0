"""A sentence or a definition, asked of one shop: everything the page and the terminal show of it.

In: text, or a definition from chips, files or saved segments. Out: `Answer`. Knows no screen.
Start at `shop.Shop`; what comes out is in `answer`.
"""

from assistant.answers.answer import Answer, Asked, Chip, Milliseconds, Option, Part
from assistant.answers.shop import Shop
from assistant.answers.table import Table
from assistant.answers.why import Reason, Why

__all__ = [
    "Answer",
    "Asked",
    "Chip",
    "Milliseconds",
    "Option",
    "Part",
    "Reason",
    "Shop",
    "Table",
    "Why",
]
