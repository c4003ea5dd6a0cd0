"""What can be predicted of a member, how far ahead, and how good it turned out to be.

Plain data: the catalogue asks for predictions, the engine learns them when a shop is prepared, and
whatever speaks of a predicted field finds its card here.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Target(StrEnum):
    """What is predicted of everyone who has bought, for so many days ahead."""

    CHURN_RISK = "churn_risk"  # how likely no purchase is, in whole per cent
    EXPECTED_VALUE = "expected_value"  # what purchases come to
    NEXT_ORDER = "next_order"  # the day of the next; unknown when more likely later than that


DAYS = {Target.CHURN_RISK: 90, Target.EXPECTED_VALUE: 365, Target.NEXT_ORDER: 90}
LEAST_DAYS, MOST_DAYS = 7, 730


@dataclass(frozen=True, slots=True)
class Card:
    """How good a prediction is. It was learned from what was known until the day `days` before the
    last ones, and `score` is how it did in the `days` before `until`, on `tested` members, where
    `base` is how a simple rule did: an area under the ROC curve for churn, else a mean absolute
    error. With `refused`, a code, there is no prediction: `found` is what there is of what is
    needed."""

    until: date | None = None
    tested: int = 0
    score: float = 0.0
    base: float = 0.0
    refused: str = ""
    found: str = ""
    needed: str = ""


@dataclass(frozen=True, slots=True)
class Prediction:
    """A field that is predicted; `card` once the shop is prepared."""

    target: Target
    days: int
    card: Card | None = None
