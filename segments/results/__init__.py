"""What a campaign did: those it reached beside those that were held out.

Start at `outcomes` for who bought for how much, `effects` for what the difference is worth,
`stability` for how far a segment's people have moved.
"""

from segments.results.effects import Effect, Need, Outcome, Shortage, effect_of
from segments.results.outcomes import Counted, Measured, field_values, orders_since, revenue_since
from segments.results.stability import stability

__all__ = [
    "Counted", "Effect", "Measured", "Need", "Outcome", "Shortage", "effect_of", "field_values",
    "orders_since", "revenue_since", "stability",
]  # fmt: skip
