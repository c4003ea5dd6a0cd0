"""Saved segments in a database that a team shares: one SQLite file, or a PostgreSQL server.

`Store` is all one needs; `Saved` is a segment, `Version` what it said at one time. Start there.
"""

from segments.store.model import (
    Cause,
    Download,
    Draft,
    Handed,
    KeptList,
    Saved,
    Size,
    Version,
)
from segments.store.store import Store

__all__ = [
    "Cause", "Download", "Draft", "Handed", "KeptList", "Saved", "Size", "Store", "Version",
]  # fmt: skip
