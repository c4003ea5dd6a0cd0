"""Whether a definition can be asked of a catalogue: every `Problem` it has, as values.

Knows no SQL, no data and no wording. Start at `conditions`, then `values` and `windows`.
"""

from segments.check.conditions import check

__all__ = ["check"]
