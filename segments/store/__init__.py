"""Saved segments in a database that a team shares: one SQLite file, or a PostgreSQL server.

`Store` is all one needs; `Saved` is a segment, `Version` what it said at one time. Start there.
"""

from segments.store.exchange import Outcome, Put
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
from segments.store.readable import Read, read
from segments.store.rescuing import Rescued, rescue
from segments.store.shelf import changed_since
from segments.store.store import Store

__all__ = [
    "Cause", "Download", "Draft", "Handed", "KeptList", "Outcome", "Put", "Read", "Rescued",
    "Saved", "Size", "Store", "Version", "changed_since", "read", "rescue",
]  # fmt: skip
